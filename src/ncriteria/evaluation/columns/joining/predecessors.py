"""What units had before they were merged, in columns: the figures of predecessors as plain sums, by unit and year.

What is no plain sum, such as with a predecessor without a figure or a stated proportion, is put together by the way of
the record evaluator, and the row is judged by it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from importlib import import_module
from typing import Any, Final

import narwhals as nw
from attrs import evolve, field

from ncriteria.errors import CellPlace, Problem
from ncriteria.evaluation.columns.door.admission import Admitted
from ncriteria.evaluation.columns.door.fact_rows import fact_rows
from ncriteria.evaluation.columns.joining.succession import CROSSED, UNIT, YEAR, Across, unit_text
from ncriteria.evaluation.columns.naming import PREFIX
from ncriteria.evaluation.program.extents import INT64, Extent
from ncriteria.evaluation.records.record import in_view
from ncriteria.facts.checks.doubts import limited
from ncriteria.facts.lineage.bases import Predecessors
from ncriteria.facts.lineage.changes import WHOLE, Change
from ncriteria.facts.lineage.fitting import stated_otherwise
from ncriteria.facts.lineage.model import behind
from ncriteria.facts.table import FactTable
from ncriteria.language.tree import Ago, FactKey, InYear, Period
from ncriteria.quick_classes import frozen
from ncriteria.sets.declared.figures import Rate
from ncriteria.sets.model import FactDeclaration, FactValue

_LEAF, _BACK, _START, _OLD, _WHOLE, _PLAIN, _CUT, _SIZE, _BEGINNING, _UNTIL, _NUMBER = (
    f"{PREFIX}made_{name}"
    for name in ("of", "back", "start", "old", "whole", "plain", "cut", "size", "beginning", "until", "number")
)

_MADE: Final = [_BEGINNING, _BACK]
"""What tells a figure: the beginning of a unit, and the year before that is looked at."""


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
    across = evolve(found, bases=made, by_reference=looking.known(asked), doubts=looking.doubts(asked))
    extents = {name: _times(one, max(looking.sizes)) for name, one in admitted.extents.items()}
    return across, evolve(admitted, extents=extents)


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
        looked_at = polars.concat([one.filter(~polars.col(_CUT)).select(_MADE) for one in crossing.values()]).unique()
        wanted = looked_at.join(self.starts, on=_BEGINNING, how="left").with_row_index(_NUMBER)
        numbers = wanted.select(_NUMBER, *_MADE)
        # The same figure may be cut off from one year, and not from an earlier one.
        seen = polars.when(~polars.col(_CUT)).then(_NUMBER).alias(_NUMBER)
        numbered = {
            period: one.join(numbers, on=_MADE, how="left").with_columns(seen) for period, one in crossing.items()
        }
        sums = self._sums(wanted, list(dict.fromkeys(name for names in periods.values() for name in names)))
        self.sizes.update(sums.get_column(_SIZE))
        unplain = sums.filter(~polars.col(_PLAIN)).select(_NUMBER)
        for one in numbered.values() if unplain.height else ():
            self.by_reference.update(
                dict.fromkeys(one.join(unplain, on=_NUMBER, how="semi").select(UNIT, YEAR).iter_rows())
            )
        known = sums.filter(polars.col(_PLAIN))
        return {
            period: numbered[period]
            .join(known.select(_NUMBER, *names), on=_NUMBER, how="left")
            .select(UNIT, YEAR, polars.lit(True).alias(CROSSED), *names)
            for period, names in periods.items()
        }

    def _crossing(self, period: Period) -> Any:
        """The units and years that look across a beginning of the unit at a period, and whether a reform cuts them off.

        A reform after the beginning does; one of the same year is seen when its day is gone back.
        """
        backs = {year: year - period.years if isinstance(period, Ago) else period.year for year in self.years}
        years = [year for year, back in backs.items() if any(back < day.year <= year for day in self.days)]
        return import_module("polars").concat([self._from(year, backs[year]) for year in years or self.years[:1]])

    def _from(self, year: int, back: int) -> Any:
        """The units that look from a year to one before they began."""
        polars = import_module("polars")
        start, reforms = polars.col(_START), [day.year for day in self.days if day.is_reform and day.year <= year]
        latest = self.starts.filter(start.is_between(back + 1, year) & (polars.col(_UNTIL) > year))
        years = (polars.lit(one, polars.Int64).alias(name) for name, one in ((YEAR, year), (_BACK, back)))
        is_cut = start < max(reforms) if reforms else polars.lit(False)
        return latest.select(_BEGINNING, UNIT, *years, is_cut.alias(_CUT))

    @cached_property
    def starts(self) -> Any:
        """Every unit that is made, with the year, and the year in which it is made anew."""
        polars = import_module("polars")
        made = polars.concat([day.made.select(UNIT, polars.lit(day.year).alias(_START)) for day in self.days])
        again = polars.when(polars.col(UNIT).shift(-1) == polars.col(UNIT)).then(polars.col(_START).shift(-1))
        found = made.unique().sort(UNIT, _START).with_columns(again.fill_null(self.years.stop).alias(_UNTIL))
        return found.with_row_index(_BEGINNING)

    def _sums(self, wanted: Any, names: Sequence[str]) -> Any:
        """The figures of units before a beginning, in a year, and whether that is a plain sum of whole units."""
        polars = import_module("polars")
        # A unit between that states its own figure of the year is not looked behind, which rests on its rows.
        is_next = polars.col(_BACK) == polars.col(_START) - 1 if self.admitted.last_year else polars.lit(True)
        looked = wanted.select(
            _NUMBER,
            _START,
            _BACK,
            polars.col(UNIT).alias(_LEAF),
            is_next.alias(_PLAIN),
            polars.lit(False).alias(_CUT),
        )
        for day in self.days:
            looked = day.gone_back(looked)
        return self._put_together(looked, names)

    def _put_together(self, parts: Any, names: Collection[str]) -> Any:
        """The figures of the predecessors added up, of how many, and whether that is what they come to."""
        polars = import_module("polars")
        rows, known = self.rows(), list[str]()
        own = {name: column for name in names if (column := self.admitted.facts.get(name)) is not None}
        last = {name: column for name in names if (column := self.admitted.last_year.get(name)) is not None}
        found, backs = parts.lazy(), parts.get_column(_BACK).unique().implode()
        if own:
            columns = (polars.col(column).alias(f"own {name}") for name, column in own.items())
            of_years = rows.filter(polars.col(_BACK).is_in(backs)).select(_LEAF, _BACK, *columns)
            found = found.join(of_years, on=[_LEAF, _BACK], how="left")
        if last:
            there = polars.when(self._is_same_next_year())
            columns = (polars.col(column).alias(f"last {name}") for name, column in last.items())
            before = rows.select(_LEAF, polars.col(_BACK) - 1, *columns).filter(polars.col(_BACK).is_in(backs))
            found = found.join(before, on=[_LEAF, _BACK], how="left")
            found = found.with_columns(there.then(polars.col(f"last {name}")).alias(f"last {name}") for name in last)
        for name in names:
            said = [f"{whose} {name}" for whose, of in (("own", own), ("last", last)) if name in of]
            if said:
                known.append(name)
                found = found.with_columns(polars.coalesce(said).alias(name))
        made = found.group_by(_NUMBER).agg(
            polars.len().cast(polars.Int64).alias(_SIZE),
            polars.col(_PLAIN).all(),
            polars.col(_CUT).any(),
            *(one for name in known for one in self._together(name)),
        )
        is_partial = polars.any_horizontal(polars.lit(False), *(f"partial {name}" for name in known))
        absent = (polars.lit(None).alias(name) for name in names if name not in known)
        # Where a reform cuts one predecessor off, nothing is known: a sum of the others would be too small.
        done = made.filter(~polars.col(_CUT))
        summed = done.select(_NUMBER, _SIZE, polars.col(_PLAIN) & ~is_partial, *known, *absent).collect()
        # A sum that leaves 64 bits stays as it is: rows that look at it are judged one by one.
        narrow = [name for name, dtype in summed.schema.items() if dtype == polars.Int128 and _fits(summed[name])]
        return summed.with_columns(polars.col(name).cast(polars.Int64) for name in narrow)

    def _together(self, name: str) -> Iterator[Any]:
        """What the figures of predecessors come to, and whether the reference is to say it."""
        polars, declared = import_module("polars"), self.declarations[name]
        figure, count, size = polars.col(name), polars.col(name).count(), polars.len()
        whole, is_partial = polars.when(size == 1).then(figure.first()), polars.lit(False)
        if declared.adds_up_over_units:
            whole, is_partial = (
                whole.when(count == size).then(figure.cast(polars.Int128).sum()),
                (count > 0) & (count < size),
            )
        elif declared.aggregate in ("any", "all"):
            decisive = declared.aggregate == "any"
            whole = whole.when((figure == decisive).any()).then(decisive).when(count == size).then(not decisive)
        elif isinstance(declared.aggregate, Rate):
            is_partial = size > 1
        yield whole.alias(name)
        yield is_partial.alias(f"partial {name}")

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
        looking = self.behind({unit for unit, _ in self.by_reference})
        found: dict[tuple[str, int], Mapping[FactKey, FactValue]] = {}
        for unit, year in self.by_reference:
            if (row := looking.table.row(unit, year)) is not None:
                needed = [FactKey.of(key.name, in_view(key.period, year)) for key in keys]
                bases = looking.earlier(row, needed).bases
                found[unit, year] = {
                    key: one.value for key, one in bases.items() if one.stated is None and one.value is not None
                }
        return found

    def behind(self, units: Collection[str]) -> Predecessors:
        """The rows of these units and of all that they were made of, as the record evaluator looks at them."""
        polars, lineage = import_module("polars"), self.across.lineage
        of_units = polars.col(_LEAF).is_in(sorted(behind(lineage.lineage, units)))
        rows = nw.from_native(self.rows().filter(of_units).collect().lazy())
        table = FactTable(tuple(fact_rows(evolve(self.admitted, frame=rows), self.declarations)))
        return Predecessors(table, lineage, self.declarations, self.across.level)

    def doubts(self, keys: Iterable[FactKey]) -> tuple[Problem, ...]:
        """The warnings of figures of the year before that new units state, and that predecessors do not come to."""
        polars, last = import_module("polars"), self.admitted.last_year
        asked = [key for key in keys if key.period == Ago(1) and key.name in last]
        if not asked:
            return ()
        is_stated = polars.any_horizontal(polars.col(last[key.name]).is_not_null() for key in asked)
        first = self.starts.lazy().select(polars.col(UNIT).alias(_LEAF), polars.col(_START).alias(_BACK))
        new = self.rows().filter(is_stated).join(first, on=[_LEAF, _BACK], how="semi").select(_LEAF, _BACK).collect()
        if not new.height:
            return ()
        looking = self.behind(new.get_column(_LEAF).to_list())
        rows = [row for unit, year in new.sort(_LEAF, _BACK).iter_rows() if (row := looking.table.row(unit, year))]
        found = (one for row in rows for one in stated_otherwise(row, looking.earlier(row, asked).bases))
        return limited(found, CellPlace())


def _fits(sums: Any) -> bool:
    """Whether each of the sums fits into 64 bits."""
    return all(end is None or abs(end) <= INT64 for end in (sums.min(), sums.max()))


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
