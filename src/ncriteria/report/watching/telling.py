"""How a table that is watched is told."""

from __future__ import annotations

from ncriteria.analysis.room.counts import CountStanding
from ncriteria.analysis.watching.changes import (
    ArrivedFigures,
    FormerMonths,
    StandingTurn,
    WatchChanges,
)
from ncriteria.analysis.watching.pace import Elapsed
from ncriteria.analysis.watching.standing import AbsentMonths, LostClause, WatchedCount, WatchedRow
from ncriteria.analysis.watching.watch import Charges, MemberInCharge, SilentUnit, WatchedTable
from ncriteria.evaluation.explanation.values import Voice, fact_text
from ncriteria.language.tree import FactKey
from ncriteria.quick_classes import frozen
from ncriteria.report.records.room import UnitsStillOpen, units_still_open
from ncriteria.report.structure import TellingContext, record
from ncriteria.sets.model import CriteriaSet
from ncriteria.sets.sources import Bilingual


@frozen
class Watched:
    """What `watch` finds: `charges` where assignments are given, `changes` where a last time is."""

    table: WatchedTable
    charges: Charges | None = None
    changes: WatchChanges | None = None


@frozen
class WatchedUnit:
    """A row by which unit it is of, and under which standard, where it stands among the rows."""

    unit: str
    name: str | None
    year: int
    standard: str


@frozen
class ClauseNamed:
    """A clause by its path and its title."""

    path: str
    title: Bilingual


@frozen
class FigureToCome:
    """A figure that can still change the verdict, and who has it.

    `is_left_out` says that the table has it, of before a reform, and that nothing says that the unit is the same.
    """

    fact: FactKey
    title: str
    supplier: Bilingual | None
    is_left_out: bool


def named(row: WatchedRow) -> WatchedUnit:
    """Which row it is."""
    return WatchedUnit(row.row.unit.id, row.row.unit.name, row.row.year, row.standard)


def figures_to_come(row: WatchedRow, around: TellingContext) -> tuple[FigureToCome, ...]:
    """The figures that can still change the verdict on a row."""
    if row.criteria is None:
        return ()
    voice, facts = Voice(around.language, row.criteria), row.criteria.facts
    return tuple(
        FigureToCome(key, fact_text(voice, key), facts[key.name].supplier, key in row.left_out) for key in row.missing
    )


def _named(holder: StandingTurn | ArrivedFigures, _: TellingContext) -> WatchedUnit:
    return named(holder.row)


def _own_rows(member: MemberInCharge, _: TellingContext) -> tuple[WatchedUnit, ...]:
    return tuple(map(named, member.rows))


def _without_member(charges: Charges, _: TellingContext) -> tuple[WatchedUnit, ...]:
    return tuple(map(named, charges.without_member))


def _new(changes: WatchChanges, _: TellingContext) -> tuple[WatchedUnit, ...]:
    return tuple(map(named, changes.new))


def _gone(changes: WatchChanges, _: TellingContext) -> tuple[WatchedUnit, ...]:
    return tuple(WatchedUnit(one.unit, one.name, one.year, one.standard) for one in changes.gone)


def _clauses(row: WatchedRow, _: TellingContext) -> tuple[ClauseNamed, ...]:
    return tuple(ClauseNamed(one.path, one.title) for one in row.at_pace)


def _waits_for(row: WatchedRow, _: TellingContext) -> tuple[ClauseNamed, ...]:
    titles = {} if row.criteria is None else {member.path: member.title for member in row.criteria.members()}
    return tuple(ClauseNamed(path, titles[path]) for path in row.waits.clauses)


def _inside(row: WatchedRow, around: TellingContext) -> tuple[UnitsStillOpen, ...]:
    """The units inside that are still open."""
    return () if row.criteria is None else units_still_open(row.inside, Voice(around.language, row.criteria))


def _fact_title(one: CountStanding, around: TellingContext) -> str:
    criteria: CriteriaSet | None = around.nearest(WatchedRow).criteria
    assert criteria is not None, "counts are those of a set"
    return fact_text(Voice(around.language, criteria), one.fact)


for _each in (WatchedUnit, ClauseNamed, FigureToCome, Elapsed, AbsentMonths, FormerMonths):
    record(_each)
record(SilentUnit, {"unit": "unit.id", "name": "unit.name", "latest": "latest"}, without=("unit",))
record(
    CountStanding,
    {"fact": "fact", "title": _fact_title, "now": "now", "limit": "limit", "needed": "needed", "left": "left"},
    without=("bearable",),
)
record(WatchedCount, {"leads_out": "leads_out"}, spread="standing")
record(LostClause, {"path": "clause.path", "title": "clause.title", "counts": "counts"}, without=("clause",))
record(
    WatchedRow,
    {
        "unit": "row.unit.id",
        "name": "row.unit.name",
        "year": "row.year",
        "standard": "standard",
        "criteria": "criteria.id",
        "standing": "standing",
        "left": "left",
        "elapsed": "elapsed",
        "counts": "counts",
        "none_at_all": "none_at_all",
        "lost": "lost",
        "at_pace": _clauses,
        "missing": figures_to_come,
        "absent": "absent",
        "to_attest": _waits_for,
        "open_parameters": "waits.parameters",
        "inside": _inside,
        "problems": "judged.problems",
    },
    without=("judged", "waits", "none_so_far"),
    unless_empty=("inside",),
)
record(MemberInCharge, {"member": "member", "rows": _own_rows})
record(Charges, {"members": "members", "without_member": _without_member})
record(StandingTurn, {"row": _named, "before": "before", "now": "row.standing"})
record(ArrivedFigures, {"row": _named, "facts": "facts", "months": "months"})
record(WatchChanges, {"since": "since", "turned": "turned", "arrived": "arrived", "new": _new, "gone": _gone})
record(WatchedTable, {"as_of": "as_of"})
record(Watched, spread="table")
