"""A table whose year still runs: where every unit stands, who is in charge of it, and what changed since last time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from attrs import evolve, field

from ncriteria.analysis.room.rooms import TIMEOUT
from ncriteria.analysis.room.rows import RowRoom, room_rows
from ncriteria.analysis.watching.pace import pace_of
from ncriteria.analysis.watching.standing import LeftOut, Standing, WatchedRow, watched_row
from ncriteria.evaluation.criteria import Catalog, Criteria
from ncriteria.evaluation.tables import Wanted, evaluate_rows
from ncriteria.facts.assignments import AssignedUnits
from ncriteria.facts.lineage.months import months_left_out, rows_of_months
from ncriteria.facts.lineage.yearly import End, Start, YearlyLineage
from ncriteria.facts.month_windows import WindowMonths
from ncriteria.facts.table import FactRow, FactTable, Month, Unit
from ncriteria.language.values import Interval
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import CriteriaSet
from ncriteria.sets.years.windows import CALENDAR_YEAR


@frozen
class SilentUnit:
    """A unit of the table that has no row of the year that runs; `latest` is the last year that it has one of."""

    unit: Unit
    latest: int


@frozen
class WatchedTable:
    """The rows of the years that run at the end of the month `as_of`, those that need most care first.

    `silent` are units that the table knows from earlier years only.
    """

    as_of: Month
    rows: tuple[WatchedRow, ...]
    silent: tuple[SilentUnit, ...] = ()


def watched_table(
    table: FactTable,
    criteria: Catalog | Criteria,
    as_of: Month,
    *,
    standards: Collection[str] | None = None,
    wanted: Wanted = lambda _: True,
    timeout: float = TIMEOUT,
) -> WatchedTable:
    """Where every wanted unit of a table stands at the end of a month, in the year of each set that runs then.

    `timeout` is in seconds and for the room of all rows, as in `room_rows`.
    """
    running = (as_of.year, as_of.year + 1)
    so_far = evolve(table, as_of=as_of)

    def asked(row: FactRow) -> bool:
        return row.year in running and wanted(row)

    rows = room_rows(so_far, criteria, standards=standards, wanted=asked, timeout=timeout)
    found = [one for one in stood_rows(rows, table, as_of) if one.elapsed is not None]
    seen = {one.row.unit.id for one in found}
    silent = _silent(table, criteria, as_of, standards, lambda row: wanted(row) and row.unit.id not in seen)
    return WatchedTable(as_of, ordered(found), tuple(silent))


def ordered(rows: Collection[WatchedRow]) -> tuple[WatchedRow, ...]:
    """The rows that need most care first: as they stand, and by how little is left."""
    return tuple(sorted(rows, key=_care))


_PLACES: Mapping[Standing | None, int] = {standing: place for place, standing in enumerate((*Standing, None))}


def _care(one: WatchedRow) -> tuple[int, bool, object]:
    return _PLACES[one.standing], one.left is None, one.left or 0


def stood_rows(rooms: Iterable[RowRoom], table: FactTable, as_of: Month) -> Iterator[WatchedRow]:
    """Where each row stands at the end of a month; of a year that does not run then, nothing is `elapsed`.

    `table` is the one that the rooms are of, before its figures are read as what there is so far.
    """
    bounds, months = _Bounds.of(table), _EarlyMonths(table)
    for judged in rooms:
        criteria = judged.judgement.criteria
        if criteria is None:
            yield WatchedRow(judged)
            continue
        pace = pace_of(criteria.definition, judged.row.year, as_of, table.months_end if table.has_months else None)
        left_out = months.left_out(judged, criteria.definition)
        yield watched_row(judged, pace, as_of, bounds.facts_of(judged), left_out)


@frozen
class _Bounds:
    """The figures that a table gives as bounds, such as `>=3`: by unit, year and month, the names of the facts."""

    by_row: Mapping[tuple[str, int, int | None], frozenset[str]] = field(factory=dict)

    @classmethod
    def of(cls, table: FactTable) -> _Bounds:
        """Those of a table as it was read, before its figures are read as the least that they will be."""
        found = {(row.unit.id, row.year, row.month): _bounded(row) for row in table.rows}
        return cls({key: names for key, names in found.items() if names})

    def facts_of(self, judged: RowRoom) -> frozenset[str]:
        """The facts of a row that are bounds, or the sum of some."""
        names = set(self.by_row.get((judged.row.unit.id, judged.row.year, None), ()))
        record = judged.judgement.record
        for monthly in () if record is None or not self.by_row else record.monthly.values():
            for month in monthly.months:
                names |= self.by_row.get((judged.row.unit.id, month.year, month.number), frozenset())
        return frozenset(names)


@frozen
class _EarlyMonths:
    """The months of a table before a reform, over which nothing says that a unit is the same."""

    table: FactTable
    starts: dict[str, Mapping[str, Start]] = field(factory=dict)
    rows: dict[str, dict[Month, FactRow]] = field(init=False)

    @rows.default
    def _by_unit(self) -> dict[str, dict[Month, FactRow]]:
        return rows_of_months(self.table)

    def left_out(self, judged: RowRoom, criteria: CriteriaSet) -> LeftOut:
        """The facts of a row with figures of such months, which are not counted, by month."""
        if not self.table.has_months:
            return {}
        window = criteria.months_of_year
        if criteria.id not in self.starts:
            lineage = YearlyLineage(self.table.lineage, window)
            self.starts[criteria.id] = months_left_out(self.table, lineage, criteria.level)
        start = self.starts[criteria.id].get(judged.row.unit.id)
        if start is None:
            return {}
        calendar = WindowMonths(window, self.table.months_end)
        return {
            month: frozenset(key.name for key in row.values)
            for month, row in self.rows[judged.row.unit.id].items()
            if calendar.days(month)[1] < start.day
        }


def _bounded(row: FactRow) -> frozenset[str]:
    return frozenset(key.name for key, value in row.values.items() if isinstance(value, Interval))


def _silent(
    table: FactTable, criteria: Catalog | Criteria, as_of: Month, standards: Collection[str] | None, wanted: Wanted
) -> Iterator[SilentUnit]:
    """The units that would be judged and have no row of the year that runs; not those that the lineage has ended."""
    latest: dict[str, FactRow] = {}
    lineage = YearlyLineage(table.lineage, CALENDAR_YEAR)
    for one in evaluate_rows(table, criteria, standards=standards, wanted=wanted):
        before = latest.get(one.row.unit.id)
        if before is None or before.year < one.row.year:
            latest[one.row.unit.id] = one.row
    for unit, row in latest.items():
        if not isinstance(lineage.standing(unit, as_of.year, None), End):
            yield SilentUnit(row.unit, row.year)


@frozen
class MemberInCharge:
    """A member with the units assigned: their rows, those that need most care first.

    `without_rows` are assigned units of the table without a row of this year, `unknown` are none of the table.
    """

    member: str
    rows: tuple[WatchedRow, ...]
    without_rows: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@frozen
class Charges:
    """The rows of a table by the members in charge, and those of the units that have no member."""

    members: tuple[MemberInCharge, ...]
    without_member: tuple[WatchedRow, ...]


def by_members(table: WatchedTable, assigned: Iterable[AssignedUnits]) -> Charges:
    """The rows of a table by who is in charge of them."""
    rows: dict[str, list[WatchedRow]] = {}
    for one in table.rows:
        rows.setdefault(one.row.unit.id, []).append(one)
    members = tuple(_in_charge(one, rows) for one in assigned)
    taken = {id(row) for member in members for row in member.rows}
    return Charges(members, tuple(one for one in table.rows if id(one) not in taken))


def _in_charge(one: AssignedUnits, rows: Mapping[str, Sequence[WatchedRow]]) -> MemberInCharge:
    own = ordered([row for unit in one.units for row in rows.get(unit, ())])
    return MemberInCharge(one.member, own, tuple(unit for unit in one.units if unit not in rows), one.unknown)
