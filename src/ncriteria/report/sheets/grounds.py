"""Explanations as a sheet, a row for each comparison of a clause, and those of them that are near their limit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial
from typing import Final

from attrs import field

from ncriteria.evaluation.explanation.grounds import ground_lines, left_lines
from ncriteria.evaluation.explanation.sources import citation_text, origin_lines
from ncriteria.evaluation.explanation.statements import limit_text
from ncriteria.evaluation.explanation.text import clause_title, has_condition_left, is_open_clause
from ncriteria.evaluation.explanation.values import Voice, attestation_text, fact_text, value_teller
from ncriteria.evaluation.records.comparisons import Ground
from ncriteria.evaluation.result import ClauseResult, Result
from ncriteria.evaluation.table_years.judgement import Judgement
from ncriteria.language.printer import show
from ncriteria.language.values import is_exact
from ncriteria.quick_classes import frozen
from ncriteria.report.sheets.sheet import Cell, Column, Kind, Row, Sheet, by_option, verdict_column
from ncriteria.report.sheets.units import clause_columns, unit_cells, unit_columns
from ncriteria.sets.model import Clause, Encodes, FactType, Group, Verdict
from ncriteria.sets.names import ENCODES, options_text
from ncriteria.words import Language, Words, about, words

NEAR: Final = Fraction(1, 20)
"""How much of its limit a number may lie away from it to be near."""
ONE_CASE: Final = 1
_DECIDED: Final = (Verdict.MET, Verdict.NOT_MET)


def explanations_sheet(judgements: Sequence[Judgement], language: Language) -> Sheet:
    """A row for each clause and group of each judgement; a clause that compares several numbers has one for each.

    What is told of the clause as a whole at length stands in the first of its rows.
    """
    say = words(language)
    columns = (
        *unit_columns(say),
        *clause_columns(say),
        Column("comparison", say("Comparison"), Kind.WHOLE, 9),
        *_number_columns(say),
        Column("holds", say("As required"), Kind.TRUTH, 9),
        Column("grounds", say("Grounds"), width=50),
        Column("missing", say("Missing"), width=30),
        Column("left_in_words", say("Left to decide"), width=40),
        Column("left", say("Left to decide, as the rule writes it"), width=30),
        Column("note", say("Note"), width=36),
        Column("cite", say("Legal basis"), width=36),
        Column("encodes", say("Encodes the law"), Kind.NAME, 16, by_option(ENCODES)),
        Column("attestations", say("Attested by"), width=36),
    )
    return Sheet("explanations", say("Explanations"), columns, lambda: _explanations(judgements, language))


def near_misses_sheet(judgements: Sequence[Judgement], language: Language) -> Sheet:
    """A row for each comparison of a clause that is met or not met, and is near its limit."""
    say = words(language)
    columns = (
        *unit_columns(say),
        verdict_column("set_verdict", say("Verdict of the set")),
        *clause_columns(say),
        *_number_columns(say),
        Column("share", say("Distance as a share of the limit"), Kind.PERCENT, 12),
        Column("limit_about", say("About the limit"), Kind.EXACT, 9),
        Column("distance_about", say("About the distance"), Kind.EXACT, 9),
    )
    return Sheet("near_misses", say("Near misses"), columns, lambda: _near_misses(judgements, language))


def _number_columns(say: Words) -> tuple[Column, ...]:
    return (
        Column("compared", say("What is compared"), width=30),
        Column("found", say("Found"), width=14),
        Column("allowed", say("Allowed or required"), width=20),
        Column("value", say("Value"), Kind.EXACT, 9),
        Column("limit", say("Limit"), Kind.EXACT, 9),
        Column("distance", say("Distance to the limit (below 0: beyond it)"), Kind.EXACT, 12),
    )


def _explanations(judgements: Sequence[Judgement], language: Language) -> Iterator[Row]:
    clauses = _ClauseTexts(language)
    for judgement in judgements:
        result = judgement.result
        if result is not None:
            unit, voice = unit_cells(judgement, language), Voice(language, result.criteria)
            for outcome in result.clauses.values():
                told = partial(_explained, clauses, voice, result, outcome)
                for cells in outcome.once(("explained", language), told):
                    yield (*unit, *cells)


def _explained(clauses: _ClauseTexts, voice: Voice, result: Result, outcome: ClauseResult) -> list[Row]:
    """The cells behind those of the unit, for each comparison of a clause."""
    said = clauses.of(voice, outcome)
    before = outcome.path, said.title, outcome.verdict
    told = (*_told_cells(voice, result, outcome), said.note)
    attested = "\n".join(attestation_text(voice, one) for one in outcome.attestations) or None
    sources = said.cite, said.encodes, attested
    if not outcome.comparisons:
        return [(*before, None, *_number_cells(voice, None), *told, *sources)]
    nothing = (None,) * len(told)
    return [
        (*before, number, *_number_cells(voice, ground), *(told if number == 1 else nothing), *sources)
        for number, ground in enumerate(outcome.comparisons, start=1)
    ]


def _near_misses(judgements: Sequence[Judgement], language: Language) -> Iterator[Row]:
    clauses = _ClauseTexts(language)
    for judgement in judgements:
        result = judgement.result
        if result is not None:
            voice = Voice(language, result.criteria)
            for outcome in result.clauses.values():
                if outcome.verdict in _DECIDED:
                    told = partial(_near_cells, clauses, voice, outcome)
                    for cells in outcome.once(("near", language), told):
                        yield (*unit_cells(judgement, language), result.verdict, *cells)


def _near_cells(clauses: _ClauseTexts, voice: Voice, outcome: ClauseResult) -> list[Row]:
    """The cells behind those of the unit, for each comparison of a clause that is near its limit."""
    clause = outcome.path, clauses.of(voice, outcome).title, outcome.verdict
    near = [ground for ground in outcome.comparisons if is_near(ground)]
    return [(*clause, *_number_cells(voice, ground)[:-1], _share(ground), *_about(ground)) for ground in near]


def _about(ground: Ground) -> tuple[Fraction, Fraction]:
    """The limit and the distance to it in decimals, which a workbook counts with where an exact one is a text."""
    assert isinstance(ground.limit, Fraction)
    assert ground.distance is not None
    return about(ground.limit), about(ground.distance)


@frozen
class _ClauseText:
    """What is said of a clause whatever the record."""

    title: str
    cite: str | None
    encodes: Encodes | None
    note: str | None


@frozen
class _ClauseTexts:
    """What is said of the clauses of sets, put together once for each."""

    language: Language
    _said: dict[tuple[str, str], _ClauseText] = field(factory=dict)

    def of(self, voice: Voice, outcome: ClauseResult) -> _ClauseText:
        """What is said of one clause or group."""
        key = voice.criteria.id, outcome.path
        if key not in self._said:
            self._said[key] = self._put_together(voice, outcome.clause)
        return self._said[key]

    def _put_together(self, voice: Voice, clause: Clause | Group) -> _ClauseText:
        return _ClauseText(
            clause_title(voice, clause),
            "\n".join((*(citation_text(voice, one) for one in clause.cite), *origin_lines(voice, clause.path))) or None,
            clause.encodes if isinstance(clause, Clause) else None,
            None if clause.note is None else clause.note.text(self.language),
        )


def is_near(ground: Ground) -> bool:
    """Whether a comparison came out as it did by little: by one case, or by a twentieth of the limit.

    Where nothing is allowed and there is nothing, as with grave crime, there is no more to say.
    """
    distance, limit = ground.distance, ground.limit
    if distance is None or not isinstance(limit, Fraction) or not isinstance(ground.holds, bool):
        return False
    if limit == ground.value == 0:
        return False
    if abs(distance) <= NEAR * abs(limit):
        return True
    return ground.type is FactType.COUNT and -ONE_CASE <= distance < ONE_CASE


def _share(ground: Ground) -> Fraction | None:
    assert ground.distance is not None
    assert isinstance(ground.limit, Fraction)
    return ground.distance / abs(ground.limit) if ground.limit else None


def _number_cells(voice: Voice, ground: Ground | None) -> tuple[Cell, ...]:
    """What is compared, the value and the limit in words, both and the distance as numbers, and whether it holds."""
    if ground is None:
        return (None,) * 7
    compared = ground.expression if ground.fact is None else fact_text(voice, ground.fact)
    value, limit = (one if isinstance(one, Fraction) else None for one in (ground.value, ground.limit))
    holds = ground.holds if isinstance(ground.holds, bool) else None
    allowed = voice.say("the limit cannot be computed yet")
    options = {} if ground.fact is None else options_text(voice.criteria.facts[ground.fact.name], voice.language)
    told, bare = value_teller(voice.say, ground.unit, options=options), value_teller(voice.say, options=options)
    if is_exact(ground.limit):
        allowed = limit_text(voice, ground.relation, bare(ground.limit))
    return compared, told(ground.value), allowed, value, limit, ground.distance, holds


def _told_cells(voice: Voice, result: Result, outcome: ClauseResult) -> tuple[Cell, ...]:
    is_open, is_left = is_open_clause(outcome), has_condition_left(outcome)
    return (
        "\n".join(ground_lines(result, outcome, voice.language)) or None,
        ("\n".join(fact_text(voice, key) for key in outcome.missing) or None) if is_open else None,
        "\n".join(left_lines(result, outcome, voice.language)) or None,
        show(outcome.residual) if is_left else None,
    )
