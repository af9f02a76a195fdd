"""How results and judgements are told, and the document of one result."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from typing import cast

from ncriteria.evaluation.explanation.grounds import ground_lines, left_lines
from ncriteria.evaluation.graded import Graded, GradeNamed
from ncriteria.evaluation.records.comparisons import Ground, Operand
from ncriteria.evaluation.result import ClauseResult, Result
from ncriteria.evaluation.table_years.judgement import Judgement
from ncriteria.facts.attestations.model import Attestation
from ncriteria.facts.lineage.bases import Untold
from ncriteria.facts.values import type_of
from ncriteria.language.queries import year_of
from ncriteria.language.tree import FactKey
from ncriteria.quick_classes import frozen
from ncriteria.report.documents import document
from ncriteria.report.receipts.receipt import Receipt
from ncriteria.report.records.criteria import SetOfResult
from ncriteria.report.records.leaning import MissingTold, VerdictTold, verdicts_told
from ncriteria.report.records.units_inside import units_inside_told
from ncriteria.report.structure import Plain, Source, TellingContext, plain_object, record
from ncriteria.report.summary.telling import Overview
from ncriteria.sets.model import (
    Clause,
    Combination,
    CriteriaSet,
    Encodes,
    FactType,
    FactValue,
    Group,
    Verdict,
)
from ncriteria.sets.needs import needs_of
from ncriteria.sets.sources import AwaitedText, Bilingual, ChangeMade, ClauseOrigin, Origin, OverlayChange
from ncriteria.words import Language


@frozen
class BothLanguages:
    """A text in Vietnamese and English."""

    vi: str
    en: str


def both_languages(text: Bilingual | None) -> BothLanguages | None:
    """A text as data that does not depend on the language of the output."""
    return None if text is None else BothLanguages(text.vi, text.en)


@frozen
class RollUpAsked:
    """The verdicts of units inside that a verdict waits for."""

    level: str
    path: str


@frozen
class Grouping:
    """How a group is made of its members."""

    combination: Combination
    minimum: int | None
    counts_not_applicable: bool


@frozen
class ResultDocument:
    """What `Result.to_json` holds."""

    language: Language
    result: Result


@frozen
class Judgements:
    """What `evaluate` and `explain` find, with what it was made from; `summary` is that of a whole table."""

    judgements: tuple[Judgement, ...]
    summary: Overview | None = None
    receipt: Receipt | None = None


@frozen
class PredecessorTold:
    """A unit that another is made of, how much of it (`None` where that is not said), and its figure."""

    unit: str
    name: str | None
    share: Fraction | None
    value: FactValue | None


@frozen
class BaseTold:
    """A figure of a year before a change of the unit: what it is, or at least is, and what it was put together of.

    `stated` is what the row of the unit states itself, which is taken, from the `source`. `lacks` is why the figure is
    not known in full.
    `since` is the assessment year that the unit is as it is since, `day` the day.
    """

    fact: FactKey
    type: FactType
    value: FactValue | None
    stated: FactValue | None
    source: str | None
    lacks: Untold | None
    since: int
    day: datetime.date
    predecessors: tuple[PredecessorTold, ...]


@frozen
class WindowTold:
    """The first and the last day of a figure that is counted over other months than those of the set."""

    fact: FactKey
    first: datetime.date
    last: datetime.date


@frozen
class OtherSeriesTold:
    """A figure of the table that is left out, for it is of another series than the one asked for."""

    fact: FactKey
    stated: str
    asked: str


def _other_series(judgement: Judgement, _: TellingContext) -> tuple[OtherSeriesTold, ...]:
    """The figures that are left out, by fact as seen from the year of the row."""
    found = {} if judgement.record is None else judgement.record.other_series
    return tuple(OtherSeriesTold(key, one.stated, one.asked) for key, one in found.items())


@frozen
class CameLaterTold:
    """A figure that came after the day that the table is seen on, and so is unknown."""

    fact: FactKey
    day: datetime.date


def _came_later(judgement: Judgement, _: TellingContext) -> tuple[CameLaterTold, ...]:
    """The figures that came later, by fact as seen from the year of the row."""
    found = {} if judgement.record is None else judgement.record.came_later
    return tuple(CameLaterTold(key, day) for key, day in found.items())


def _windows(judgement: Judgement, _: TellingContext) -> tuple[WindowTold, ...]:
    """The days of the figures that rules ask for, where they are not those of the set."""
    criteria = None if judgement.criteria is None else judgement.criteria.definition
    if criteria is None:
        return ()
    return tuple(
        WindowTold(FactKey.of(need.declaration.name, period), *window.days(year_of(period, judgement.row.year)))
        for need in needs_of(criteria)
        if (window := need.declaration.window) is not None and not window.has_days_of(criteria.months_of_year)
        for period in need.asked
    )


def _bases(result: Result, _: TellingContext) -> tuple[BaseTold, ...]:
    """The figures of years before a change of the unit."""
    return tuple(
        BaseTold(
            key,
            base.type,
            base.value,
            base.stated,
            base.source,
            base.untold,
            base.since.year,
            base.since.day,
            tuple(PredecessorTold(part.unit, part.name, part.share, part.value) for part in base.parts),
        )
        for key, base in sorted(result.record.bases.items(), key=lambda one: str(one[0]))
    )


def _roll_ups(found: Result | ClauseResult, _: TellingContext) -> tuple[RollUpAsked, ...]:
    return tuple(RollUpAsked(level, path) for level, path in found.open.roll_ups)


def _set(result: Result, _: TellingContext) -> SetOfResult:
    criteria: CriteriaSet = result.criteria
    return SetOfResult(
        criteria.title,
        criteria.level,
        criteria.territory,
        criteria.years,
        criteria.instrument,
        criteria.standard_title,
        criteria.stands_in_after,
    )


def _clauses(result: Result, _: TellingContext) -> tuple[ClauseResult, ...]:
    return tuple(result.clauses.values())


def _lines(outcome: ClauseResult, around: TellingContext) -> tuple[str, ...]:
    return tuple(ground_lines(around.nearest(Result), outcome, around.language))


def _left_lines(outcome: ClauseResult, around: TellingContext) -> tuple[str, ...]:
    """The condition that is left, in words, a line for each requirement."""
    return tuple(left_lines(around.nearest(Result), outcome, around.language))


def _encodes(outcome: ClauseResult, _: TellingContext) -> Encodes | None:
    return outcome.clause.encodes if isinstance(outcome.clause, Clause) else None


def _awaits(outcome: ClauseResult, _: TellingContext) -> AwaitedText | None:
    return outcome.clause.awaits if isinstance(outcome.clause, Clause) else None


def _group(outcome: ClauseResult, _: TellingContext) -> Grouping | None:
    group = outcome.clause
    if not isinstance(group, Group):
        return None
    return Grouping(group.combination, group.minimum, group.counts_not_applicable)


def _origin(outcome: ClauseResult, around: TellingContext) -> ClauseOrigin | None:
    return around.nearest(Result).criteria.origins.get(outcome.path)


def _unit(ground: Ground, _: TellingContext) -> BothLanguages | None:
    return both_languages(ground.unit)


def _unit_of_one(ground: Ground, _: TellingContext) -> BothLanguages | None:
    return None if ground.unit is None else both_languages(ground.unit.behind_one)


def _suppliers(judgement: Judgement, around: TellingContext) -> Mapping[str, str]:
    """Who is said to have what is missing, by the name of the fact."""
    result = judgement.result
    missing = () if result is None else dict.fromkeys(key.name for key in result.missing)
    declared = {} if result is None else result.criteria.facts
    said = {name: supplier for name in missing if (supplier := declared[name].supplier) is not None}
    return {name: supplier.text(around.language) for name, supplier in said.items()}


def _attested_verdict(attestation: Attestation, _: TellingContext) -> Verdict | None:
    return attestation.value if isinstance(attestation.value, Verdict) else None


def _attested_type(attestation: Attestation, _: TellingContext) -> FactType | None:
    return None if isinstance(attestation.value, Verdict) else type_of(attestation.value)


def _attested_value(attestation: Attestation, _: TellingContext) -> FactValue | None:
    return None if isinstance(attestation.value, Verdict) else cast("FactValue", attestation.value)


_WAITING: dict[str, Source] = {
    "missing": "missing",
    "residual": "residual",
    "not_encoded": "open.clauses",
    "open_parameters": "open.parameters",
    "roll_ups": _roll_ups,
}
for _each in (
    BothLanguages,
    RollUpAsked,
    PredecessorTold,
    BaseTold,
    WindowTold,
    MissingTold,
    VerdictTold,
    Grouping,
    GradeNamed,
    Graded,
    Operand,
    ResultDocument,
):
    record(_each)
for _part in (CameLaterTold, OtherSeriesTold, OverlayChange, Origin, ChangeMade, ClauseOrigin):
    record(_part)
record(Judgements, {"summary": "summary", "receipt": "receipt"}, omitted=("summary", "receipt"))
record(
    Ground,
    {"fact": "fact", "expression": "expression", "type": "type", "unit": _unit, "unit_of_one": _unit_of_one},
    omitted=("unit_of_one",),
)
record(
    Attestation,
    {
        "content": "content",
        "verdict": _attested_verdict,
        "type": _attested_type,
        "value": _attested_value,
    },
    without=("place",),
)
record(
    ClauseResult,
    {
        "path": "clause.path",
        "title": "clause.title",
        "verdict": "verdict",
        "graded": "graded",
        **_WAITING,
        "residual_in_words": _left_lines,
        "grounds": _lines,
        "comparisons": "comparisons",
        "attestations": "attestations",
        "encodes": _encodes,
        "awaits": _awaits,
        "group": _group,
        "cite": "clause.cite",
        "note": "clause.note",
        "origin": _origin,
    },
    without=("clause",),
    omitted=("graded", "awaits", "origin", "residual_in_words"),
    alike=ClauseResult.once,
)
record(
    Result,
    {
        "criteria": "criteria.id",
        "standard": "criteria.standard",
        "set": _set,
        "year": "year",
        "known_on": "known_on",
        "retroactive_since": "retroactive_since",
        "days_outside": "days_outside",
        "verdict": "verdict",
        "graded": "graded",
        **_WAITING,
        "attested": "attested",
        "bases": _bases,
        "inside": units_inside_told,
        "verdicts": verdicts_told,
        "clauses": _clauses,
    },
    without=("criteria", "record", "parameters"),
    omitted=("known_on", "retroactive_since", "graded"),
    unless_empty=("days_outside", "bases", "inside", "verdicts"),
)
record(
    Judgement,
    {
        "unit": "row.unit.id",
        "name": "row.unit.name",
        "level": "row.unit.level",
        "year": "row.year",
        "standard": "standard",
        "published": "row.published",
        "result": "result",
        "suppliers": _suppliers,
        "windows": _windows,
        "other_series": _other_series,
        "came_later": _came_later,
    },
    without=("row", "verdicts", "criteria"),
    unless_empty=("suppliers", "windows", "other_series", "came_later"),
)


def result_document(result: Result, language: Language) -> Plain:
    """One result as a document of its own."""
    return document(None, plain_object(ResultDocument(language, result), TellingContext(language)))
