"""What units had before they were merged, in columns: the figures of predecessors as plain sums, by unit and year.

What is no plain sum, such as with a predecessor without a figure or a stated proportion, is put together by the way of
the record evaluator, and the row is judged by it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from importlib import import_module
from typing import Any, Final

import narwhals as nw
from attrs import evolve, field, frozen

from ncriteria.evaluation.columns.door.admission import Admitted
from ncriteria.evaluation.columns.door.fact_rows import fact_rows
from ncriteria.evaluation.columns.joining.succession import CROSSED, UNIT, YEAR, Across, unit_text
from ncriteria.evaluation.columns.naming import PREFIX
from ncriteria.evaluation.program.extents import Extent
from ncriteria.evaluation.records.record import in_view
from ncriteria.facts.lineage.bases import Predecessors
from ncriteria.facts.lineage.changes import WHOLE, Change
from ncriteria.facts.lineage.model import behind
from ncriteria.facts.table import FactTable
from ncriteria.language.tree import Ago, FactKey, InYear, Period
from ncriteria.sets.model import FactDeclaration, FactValue, Rate

_LEAF, _BACK, _START, _OLD, _WHOLE, _PLAIN, _CUT, _SIZE = (
    f"{PREFIX}made_{name}" for name in ("of", "back", "start", "old", "whole", "plain", "cut", "size")
)

_MADE: Final = [UNIT, _START, _BACK]
"""What tells a figure: a unit as it is since a year, and the year before that is looked at."""


def with_bases(
    found: Across, admitted: Admitted, declarations: Mapping[str, FactDeclaration], keys: Iterable[FactKey]
) -> tuple[Across, Admitted]:
    """What the rows see of `keys` across changes, and the table with room for the sums; the frame is one of Polars."""
    asked = [key for key in dict.fromkeys(keys) if key.period != Ago(0)]
    years = admitted.years
    if not (found.lineage.lineage.changes and asked and years.least is not None and years.greatest is not None):
        return found, admitted
    looking = _Looking(found, admitted, declarations, range(years.least, years.greatest + 1), _days(found))
    periods: dict[Period, list[str]] = {}
    for key in asked:
        periods.setdefault(key.period, []).append(key.name)
    for period in _with_last_years(periods, admitted):
        periods.setdefault(period, [])
    made = looking.bases(periods)
    by_reference = looking.known(asked)
    return evolve(found, bases=made, by_reference=by_reference), evolve(
        admitted, extents={name: _times(one, max(looking.sizes)) for name, one in admitted.extents.items()}
    )


def _with_last_years(periods: Collection[Period], admitted: Admitted) -> list[Period]:
    """The periods of the rows whose own last year is looked at."""
    if not admitted.last_year:
        return []
    backs = [Ago(one.years - 1) for one in periods if isinstance(one, Ago) and one.years > 1]
    return [*backs, *(InYear(one.year + 1) for one in periods if isinstance(one, InYear))]


def _times(extent: Extent, most: int) -> Extent:
    """Where sums of so many figures lie."""
    least, greatest = extent.least, extent.greatest
    return Extent(
        None if least is None else min(least, least * most),
        None if greatest is None else max(greatest, greatest * most),
    )


@frozen(eq=False)
class _Looking:
    """One looking back of a table from the `years` that it has; `by_reference` are the rows that are no plain sums."""

    across: Across
    admitted: Admitted
    declarations: Mapping[str, FactDeclaration]
    years: range
    days: list[_Day]
    by_reference: dict[tuple[str, int], None] = field(factory=dict)
    sizes: set[int] = field(factory=lambda: {1})

    def bases(self, periods: Mapping[Period, Collection[str]]) -> dict[Period, Any]:
        """By period, the rows that look across a change: unit, year, and each figure, null where it is not known."""
        polars = import_module("polars")
        crossing = {period: self._crossing(period) for period in periods}
        sums = self._sums(
            polars.concat([one.filter(~polars.col(_CUT)).select(_MADE) for one in crossing.values()]).unique(),
            list(dict.fromkeys(name for names in periods.values() for name in names)),
        )
        unplain = sums.filter(~polars.col(_PLAIN)).select(_MADE)
        for one in crossing.values():
            again = one.join(unplain, on=_MADE, how="semi").filter(~polars.col(_CUT))
            self.by_reference.update(dict.fromkeys(again.select(UNIT, YEAR).iter_rows()))
        known = sums.filter(polars.col(_PLAIN)).with_columns(polars.lit(False).alias(_CUT))
        return {
            period: crossing[period]
            .join(known.select(*_MADE, _CUT, *names), on=[*_MADE, _CUT], how="left")
            .select(UNIT, YEAR, polars.lit(True).alias(CROSSED), *names)
            for period, names in periods.items()
        }

    def _crossing(self, period: Period) -> Any:
        """The units and years that look across a beginning of the unit at a period, and whether a reform cuts them off.

        A reform after the beginning does; one of the same year is seen when its day is gone back.
        """
        polars = import_module("polars")
        back = polars.col(YEAR) - period.years if isinstance(period, Ago) else polars.lit(period.year)
        years = polars.DataFrame({YEAR: list(self.years)}, schema={YEAR: polars.Int64})
        looked = self.starts.join(years, how="cross").with_columns(back.cast(polars.Int64).alias(_BACK))
        looked = looked.filter((polars.col(_BACK) < polars.col(_START)) & (polars.col(_START) <= polars.col(YEAR)))
        latest = looked.group_by(UNIT, YEAR, _BACK).agg(polars.col(_START).max())
        reforms = [day.year for day in self.days if day.is_reform]
        later = [(polars.col(_START) < one) & (polars.col(YEAR) >= one) for one in reforms]
        return latest.with_columns(polars.any_horizontal(polars.lit(False), *later).alias(_CUT))

    @cached_property
    def starts(self) -> Any:
        """Every unit that is made, with the year."""
        polars = import_module("polars")
        return polars.concat([day.made.select(UNIT, polars.lit(day.year).alias(_START)) for day in self.days]).unique()

    def _sums(self, wanted: Any, names: Sequence[str]) -> Any:
        """The figures of units before a beginning, in a year, and whether that is a plain sum of whole units."""
        polars = import_module("polars")
        # A unit between that states its own figure of the year is not looked behind, which rests on its rows.
        is_next = polars.col(_BACK) == polars.col(_START) - 1 if self.admitted.last_year else polars.lit(True)
        looked = wanted.select(
            *_MADE, polars.col(UNIT).alias(_LEAF), is_next.alias(_PLAIN), polars.lit(False).alias(_CUT)
        )
        for day in self.days:
            looked = day.gone_back(looked)
        # Where a reform cuts one predecessor off, nothing is known: a sum of the others would be too small.
        looked = looked.filter(~polars.col(_CUT).any().over(_MADE))
        sizes = looked.group_by(_MADE).agg(polars.len().cast(polars.Int64).alias(_SIZE), polars.col(_PLAIN).all())
        self.sizes.update(sizes.get_column(_SIZE))
        return self._put_together(looked.drop(_PLAIN).join(sizes, on=_MADE), names)

    def _put_together(self, parts: Any, names: Collection[str]) -> Any:
        """The figures of the predecessors added up, and whether that is what they come to."""
        polars = import_module("polars")
        rows, known = self.rows(), list[Any]()
        own = {name: column for name in names if (column := self.admitted.facts.get(name)) is not None}
        last = {name: column for name in names if (column := self.admitted.last_year.get(name)) is not None}
        found = parts.lazy()
        if own:
            columns = (polars.col(column).alias(f"own {name}") for name, column in own.items())
            found = found.join(rows.select(_LEAF, _BACK, *columns), on=[_LEAF, _BACK], how="left")
        if last:
            there = polars.when(self._is_same_next_year())
            columns = (polars.col(column).alias(f"last {name}") for name, column in last.items())
            before = rows.select(_LEAF, polars.col(_BACK) - 1, *columns)
            found = found.join(before, on=[_LEAF, _BACK], how="left")
            found = found.with_columns(there.then(polars.col(f"last {name}")).alias(f"last {name}") for name in last)
        for name in names:
            said = [f"{whose} {name}" for whose, of in (("own", own), ("last", last)) if name in of]
            if said:
                known.append(name)
                found = found.with_columns(polars.coalesce(said).alias(name))
        size, sums = polars.col(_SIZE).first(), list[Any]()
        for name in known:
            figure, count = polars.col(name), polars.col(name).count()
            whole, is_partial = polars.when(size == 1).then(figure.first()), polars.lit(False)
            declared = self.declarations[name]
            if declared.adds_up_over_units:
                whole, is_partial = whole.when(count == size).then(figure.sum()), (count > 0) & (count < size)
            elif declared.aggregate in ("any", "all"):
                decisive = declared.aggregate == "any"
                whole = whole.when((figure == decisive).any()).then(decisive).when(count == size).then(not decisive)
            elif isinstance(declared.aggregate, Rate):
                is_partial = size > 1
            sums += [whole.alias(name), is_partial.alias(f"partial {name}")]
        done = found.group_by(_MADE).agg(polars.col(_PLAIN).first(), *sums)
        is_partial = polars.any_horizontal(polars.lit(False), *(f"partial {name}" for name in known))
        absent = (polars.lit(None).alias(name) for name in names if name not in known)
        return done.select(*_MADE, polars.col(_PLAIN) & ~is_partial, *known, *absent).collect()

    def _is_same_next_year(self) -> Any:
        """Whether the row of a predecessor of the year after is of the same unit, so that its last year is too."""
        polars = import_module("polars")
        changed = polars.lit(False)
        for day in self.days:
            touched = polars.lit(True) if day.is_reform else polars.col(_LEAF).is_in(day.units())
            changed |= (polars.col(_BACK) + 1 == day.year) & touched
        return ~changed

    def rows(self) -> Any:
        """The rows of the table with the texts of their units."""
        polars = import_module("polars")
        frame, matched = self.admitted.frame, self.admitted.matched
        keyed = frame.with_columns(unit_text(frame, matched).alias(_LEAF)).to_native()
        return keyed.with_columns(polars.col(matched.year).cast(polars.Int64).alias(_BACK))

    def known(self, keys: Iterable[FactKey]) -> dict[tuple[str, int], Mapping[FactKey, FactValue]]:
        """What is known of `keys` in the rows that are no plain sums, by the record evaluator's way."""
        if not self.by_reference:
            return {}
        polars, lineage = import_module("polars"), self.across.lineage
        units = behind(lineage.lineage, {unit for unit, _ in self.by_reference})
        rows = self.rows().filter(polars.col(_LEAF).is_in(sorted(units))).collect()
        table = FactTable(tuple(fact_rows(evolve(self.admitted, frame=nw.from_native(rows.lazy())), self.declarations)))
        looking = Predecessors(table, lineage, self.declarations, self.across.level)
        found: dict[tuple[str, int], Mapping[FactKey, FactValue]] = {}
        for unit, year in self.by_reference:
            if (row := table.row(unit, year)) is not None:
                needed = [FactKey.of(key.name, in_view(key.period, year)) for key in keys]
                bases = looking.earlier(row, needed).bases
                found[unit, year] = {
                    key: one.value for key, one in bases.items() if one.stated is None and one.value is not None
                }
        return found


@frozen(eq=False)
class _Day:
    """The changes of one day, with the year that it counts from: `made` has each new unit, what of, and if whole."""

    year: int
    made: Any
    changes: Sequence[Change]
    is_reform: bool

    def units(self) -> list[str]:
        """The units that change on the day."""
        return sorted({*self.made.get_column(UNIT), *(one.old for one in self.changes)})

    def gone_back(self, looked: Any) -> Any:
        """What was looked at, as it was before the day where that lies between the years."""
        polars = import_module("polars")
        between = (polars.col(_BACK) < self.year) & (polars.col(_START) >= self.year)
        before = looked.filter(between).join(self.made.rename({UNIT: _LEAF}), on=_LEAF, how="left")
        unsaid = polars.col(_OLD).is_null()
        before = before.with_columns(
            polars.coalesce(_OLD, _LEAF).alias(_LEAF),
            polars.col(_PLAIN) & polars.col(_WHOLE).fill_null(True),
            polars.col(_CUT) | (unsaid if self.is_reform else polars.lit(False)),
        )
        return polars.concat([looked.filter(~between), before.drop(_OLD, _WHOLE)])


def _days(found: Across) -> list[_Day]:
    """The days of the lineage and of reforms, the latest first."""
    polars, lineage = import_module("polars"), found.lineage.lineage
    reforms = {one.day for one in lineage.reforms if found.level in one.levels}
    days = []
    schema = {UNIT: polars.String, _OLD: polars.String, _WHOLE: polars.Boolean}
    for day in sorted({*lineage.by_day, *reforms}, reverse=True):
        of_day = lineage.made_on.get(day, {})
        units = [unit for unit, origins in of_day.items() for _ in origins]
        olds = [old for origins in of_day.values() for old in origins]
        wholes = [share is WHOLE or share == WHOLE for origins in of_day.values() for share in origins.values()]
        made = polars.DataFrame({UNIT: units, _OLD: olds, _WHOLE: wholes}, schema=schema)
        days.append(_Day(found.lineage.first_year(day), made, lineage.by_day.get(day, ()), day in reforms))
    return days
