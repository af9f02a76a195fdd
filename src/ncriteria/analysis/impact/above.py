"""The units above: those whose verdicts rest, by `share_met`, on the units that a change of criteria touches."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from ncriteria.analysis.impact.counts import TouchedRow, Transitions, VerdictsByRow
from ncriteria.analysis.impact.flips import Flip, flip_of
from ncriteria.analysis.impact.tally import Tally, transition
from ncriteria.errors import Problem
from ncriteria.evaluation.criteria import Catalog
from ncriteria.evaluation.table_years.judgement import SettledVerdicts
from ncriteria.evaluation.tables import judgements
from ncriteria.facts.table import FactRow, FactTable
from ncriteria.quick_classes import frozen
from ncriteria.sets.catalog import set_catalog
from ncriteria.sets.inside import Asked, asked_inside, with_inside
from ncriteria.sets.model import CriteriaSet, Level
from ncriteria.sets.names import standard_among
from ncriteria.sets.sources import Bilingual


@frozen
class AboveImpact:
    """What the change does to the units of a larger `level` under one `standard`, whose sets stay the same.

    `whole` are the transitions of the verdicts on the whole set, `clauses` those of each clause and group, whose
    `titles` say what they are called; `flips` are the rows that are touched. A row without criteria for its year, or
    whose rules have no value, has no verdict.
    """

    standard: str
    standard_title: Bilingual | None
    level: Level
    whole: Transitions
    clauses: Mapping[str, Transitions]
    flips: tuple[Flip, ...]
    problems: tuple[Problem, ...]
    titles: Mapping[str, Bilingual]


def resting_on(around: Catalog, old: CriteriaSet, new: CriteriaSet) -> list[tuple[str, Level]]:
    """The standards and levels whose sets ask, at one remove or more, for what `old` and `new` say of units inside."""
    paths = {(old.level, old.standard): {member.path for one in (old, new) for member in one.members()}}
    levels = list(Level)
    for level in levels[levels.index(old.level) + 1 :]:
        for criteria in around.sets.sets:
            if criteria.level is level and any(_is_in(paths, *asked) for asked in _asked(criteria)):
                found = paths.setdefault((level, criteria.standard), set())
                found.update(member.path for member in criteria.members())
    return [(standard, level) for level, standard in paths if level is not old.level]


def _asked(criteria: CriteriaSet) -> Iterator[Asked]:
    """What the rules of a set ask of the units inside, and what the conditions of these ask."""
    for one in with_inside([criteria]):
        yield from asked_inside(one)


def _is_in(paths: Mapping[tuple[Level, str], Collection[str]], level: str, path: str) -> bool:
    standard, _, inner = path.rpartition(":")
    return any(
        known is Level(level) and standard in ("", name) and inner in members
        for (known, name), members in paths.items()
    )


def units_above(
    table: FactTable,
    around: Catalog,
    sides: tuple[CriteriaSet, CriteriaSet],
    verdicts: tuple[VerdictsByRow, VerdictsByRow],
) -> tuple[AboveImpact, ...]:
    """What the two sets `sides`, whose `verdicts` on the units inside are given, do to the larger units of `table`.

    Only rows of years that have verdicts are looked at. `around` has the sets that judge these; all else that they
    rest on is judged under it, alike on both sides.
    """
    around = _with(around, sides[0])
    in_years = {year for _, year in verdicts[0]}
    found = (
        _above(table, around, resting, [SettledVerdicts(sides[0].standard, one) for one in verdicts], in_years)
        for resting in resting_on(around, *sides)
    )
    return tuple(one for one in found if one.whole.total)


def _with(around: Catalog, criteria: CriteriaSet) -> Catalog:
    """`around`, where units like those of `criteria` are judged under its standard."""
    alike = criteria.standard, criteria.level
    if any(one.id == criteria.id or (one.standard, one.level) == alike for one in around.sets.sets):
        return around
    return Catalog(set_catalog([*around.sets.sets, criteria]))


def _above(
    table: FactTable,
    around: Catalog,
    resting: tuple[str, Level],
    settled: Collection[SettledVerdicts],
    in_years: Collection[int],
) -> AboveImpact:
    standard, level = resting

    def wanted(row: FactRow) -> bool:
        return row.unit.level is level and row.year in in_years

    runs = (judgements(table, around, standards=[standard], wanted=wanted, settled=one) for one in settled)
    tally = Tally()
    flips: list[Flip] = []
    problems: dict[Problem, None] = {}
    titles: dict[str, Bilingual] = {}
    for one, other in zip(*runs, strict=True):
        if one.criteria is None or other.criteria is None:
            continue
        before, after = one.verdicts, other.verdicts
        some = before or after
        paths = () if some is None else some.clauses
        titles |= {member.path: member.title for member in other.criteria.definition.members()}
        clauses = {path: transition(before, after, path) for path in paths}
        kind = tally.row(one.row.unit.parent, transition(before, after), clauses)
        problems.update(dict.fromkeys((*one.problems, *other.problems)))
        if kind is not None:
            flips.append(flip_of(TouchedRow(one.row.unit, one.row.year, kind, one.result, other.result)))
    title = standard_among(around.sets.sets, standard).title
    return AboveImpact(standard, title, level, tally.whole, tally.by_path, tuple(flips), tuple(problems), titles)
