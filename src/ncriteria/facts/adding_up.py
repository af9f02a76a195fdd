"""What a set sees of a table with months: a row for each unit and year, the months added up over the set's window."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from attrs import evolve, field

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.cells.ranges import out_of_range
from ncriteria.facts.checks.fitting import differing, shown
from ncriteria.facts.checks.series import LeftOutFigures
from ncriteria.facts.month_windows import WindowMonths
from ncriteria.facts.options import LATEST_MONTHS_END
from ncriteria.facts.table import FactRow, FactTable, Month, add_to_known, contradict, merged
from ncriteria.language.tree import Ago, FactKey
from ncriteria.language.values import Interval, bounds, interval, total
from ncriteria.quick_classes import define, frozen
from ncriteria.sets.model import FactDeclaration, FactType, FactValue
from ncriteria.sets.years.windows import Window
from ncriteria.words import phrase

_WHOLE_YEAR = phrase("write it in a row of the whole year, without a month")


@frozen
class Monthly:
    """The figures that a fact has month by month, in the order of the `months`; `None` where a month has none."""

    months: tuple[Month, ...]
    figures: tuple[FactValue | None, ...]
    adds_up: bool

    @property
    def absent(self) -> int:
        """How many months have no figure."""
        return self.figures.count(None)


@frozen
class YearlyFacts:
    """A table as a set sees it: `table` has a row for each unit and assessment year.

    By unit and year, `monthly` has the figures that were added up, by fact, `problems` what keeps a row from being
    judged, and `other_series` the figures that are left out because they are of another series.
    """

    table: FactTable
    monthly: Mapping[tuple[str, int], Mapping[FactKey, Monthly]] = field(factory=dict)
    problems: Mapping[tuple[str, int], tuple[Problem, ...]] = field(factory=dict)
    other_series: LeftOutFigures = field(factory=dict)


def in_years(table: FactTable, window: Window, declarations: Mapping[str, FactDeclaration]) -> YearlyFacts:
    """The table by assessment years of a set with this `window` and these facts, each over its own where it has one.

    Counts of months are added up; the sum is the least that the year has where a month is not given. Other facts are
    those of the year where every month says the same. While a year still runs (`as_of`), its counts are the least that
    they can become. Attested counts are a person's judgement, not a tally, and stay as they are.
    """
    if not table.has_months and table.as_of is None:
        return YearlyFacts(table)
    by_unit: dict[str, list[FactRow]] = {}
    for row in table.rows:
        by_unit.setdefault(row.unit.id, []).append(row)
    found: list[_Year] = []
    calendars = _Calendars(WindowMonths(window, table.months_end), declarations)
    for rows in by_unit.values():
        unit = _Unit(calendars, declarations, table.as_of, rows)
        found += unit.years()
    return YearlyFacts(
        evolve(table, rows=tuple(year.row for year in found), as_of=None),
        {year.key: year.monthly for year in found if year.monthly},
        {year.key: tuple(year.problems) for year in found if year.problems},
    )


@define
class _Year:
    """The row of a unit in an assessment year, as it is put together."""

    row: FactRow
    monthly: dict[FactKey, Monthly] = field(factory=dict)
    problems: list[Problem] = field(factory=list)

    @property
    def key(self) -> tuple[str, int]:
        return self.row.unit.id, self.row.year


@frozen(eq=False)
class _Figure:
    """A figure of a month or a year, and its cell."""

    value: FactValue
    place: CellPlace


@frozen(eq=False)
class _Calendars:
    """The months of the years of a set, and of the facts that are counted over others."""

    of_set: WindowMonths
    declarations: Mapping[str, FactDeclaration]
    own: dict[str, WindowMonths] = field(init=False)

    @own.default
    def _of_other_windows(self) -> dict[str, WindowMonths]:
        window, months_end = self.of_set.window, self.of_set.months_end
        others = {
            name: declared.window
            for name, declared in self.declarations.items()
            if declared.window is not None and not declared.window.has_days_of(window)
        }
        made = {other: WindowMonths(other, months_end) for other in others.values()}
        return {name: made[other] for name, other in others.items()}

    def of(self, fact: str) -> WindowMonths:
        """The months of the years of a fact."""
        return self.own.get(fact, self.of_set)

    def behind(self, row: FactRow) -> dict[WindowMonths, str]:
        """What the months of a row are of, each with a fact of the row; those of the set where it has no fact."""
        names = [key.name for key in row.values if key.name in self.declarations] if self.own else []
        return {self.of(name): name for name in reversed(names)} or {self.of_set: ""}


@frozen(eq=False)
class _Unit:
    """The rows of one unit; `figures` are those of its months, by fact and month."""

    calendars: _Calendars
    declarations: Mapping[str, FactDeclaration]
    as_of: Month | None
    rows: Sequence[FactRow]
    figures: dict[str, dict[Month, _Figure]] = field(init=False)

    @figures.default
    def _figures_by_month(self) -> dict[str, dict[Month, _Figure]]:
        found: dict[str, dict[Month, _Figure]] = {}
        for row in self.rows:
            if row.month is None:
                continue
            for key, value in row.values.items():
                declared = self.declarations.get(key.name)
                if declared is None:
                    continue
                assert isinstance(key.period, Ago)
                month = Month(row.year - key.period.years, row.month)
                known = so_far(declared, value) if month == self.as_of else value
                of_fact = found.setdefault(key.name, {})
                before = of_fact.get(month)
                place = row.places.get(key, row.place)
                of_fact[month] = (
                    _Figure(known, place) if before is None else evolve(before, value=merged(before.value, known))
                )
        return found

    def years(self) -> Iterator[_Year]:
        """The rows of the years that the unit has a row of, or a month."""
        whole = {row.year: row for row in self.rows if row.month is None}
        of_months: dict[int, list[FactRow]] = {}
        for row in self.rows:
            if row.month is not None:
                calendars, month = self.calendars.behind(row), Month(row.year, row.month)
                for year in sorted({year for calendar in calendars for year in calendar.years(month)}):
                    of_months.setdefault(year, []).append(row)
        before: _Year | None = None
        for year in sorted({*whole, *of_months}):
            found = self._year(year, whole.get(year), of_months.get(year, []))
            if before is not None and before.row.year == year - 1:
                found.problems.extend(differing(found.row, before.row))
            yield found
            before = found

    def _year(self, year: int, whole: FactRow | None, months: list[FactRow]) -> _Year:
        if whole is not None:
            whole = self._so_far(whole)
        if not months:
            assert whole is not None
            return _Year(whole)
        months = sorted(months, key=lambda row: (row.year, row.month or 0))
        latest = whole or months[-1]
        counts = next((row.child_counts for row in (latest, *reversed(months)) if row.child_counts), {})
        values = {} if whole is None else dict(whole.values)
        places = {} if whole is None else dict(whole.places)
        row = evolve(
            latest,
            year=year,
            month=None,
            values=values,
            places=places,
            child_counts=counts,
            place=months[0].place if whole is None else whole.place,
            published=next((one.published for one in (latest, *months) if one.published), None),
            unread=frozenset(key for one in (latest, *months) for key in one.unread),
        )
        found = _Year(row)
        found.problems.extend(self._across(year, months))
        said = {key.period.years for one in months for key in one.values if isinstance(key.period, Ago)}
        for back in sorted({0, *said}):
            for name in self.figures:
                months_of_fact = self.calendars.of(name).months(year - back)
                self._add(found, FactKey.of(name, Ago(back)), months_of_fact, values, places)
        return found

    def _across(self, year: int, rows: Sequence[FactRow]) -> Iterator[Problem]:
        """The months that are only in part of the year of the set, or of that of a fact that they have."""
        for row in rows:
            month = Month(row.year, row.month or 0)
            for calendar, fact in self.calendars.behind(row).items():
                if month in calendar.across(year):
                    yield self._only_in_part(year, row, calendar, fact)

    def _only_in_part(self, year: int, row: FactRow, calendar: WindowMonths, fact: str) -> Problem:
        first, last = calendar.window.days(year)
        begins, ends = calendar.days(Month(row.year, row.month or 0))
        message = phrase(
            "the month {month} of {unit}, {begins} to {ends}, is only in part of the year {year} of {whose}, "
            "which is {first} to {last}",
            month=row.when,
            unit=row.unit.id,
            begins=begins,
            ends=ends,
            year=year,
            whose=phrase("this set") if calendar is self.calendars.of_set else f"`{fact}`",
            first=first,
            last=last,
        )
        hint = phrase("where the months of the table end on day {day}, say so (--months-end {day})", day=last.day)
        if last.day > LATEST_MONTHS_END or calendar.months_end is not None:
            hint = phrase("give the figures of whole years, or of months that begin and end with the window")
        return Problem("NC323", message, row.place, hint)

    def _add(
        self,
        year: _Year,
        key: FactKey,
        months: tuple[Month, ...],
        values: dict[FactKey, FactValue],
        places: dict[FactKey, CellPlace],
    ) -> None:
        """Add what the months of a year say of a fact to what its row says."""
        of_fact = self.figures[key.name]
        given = {month: of_fact[month] for month in months if month in of_fact}
        if not given:
            return
        declared = self.declarations[key.name]
        figures = tuple(given[month].value if month in given else None for month in months)
        monthly = Monthly(months, figures, declared.adds_up_over_months)
        first = next(iter(given.values()))
        year.monthly[key] = monthly
        what = phrase("`{fact}` of {unit}", fact=key.name, unit=year.row.unit.id)
        if not monthly.adds_up:
            other = next((one for one in given.values() if contradict(first.value, one.value)), None)
            if other is not None and key not in values:
                year.problems.append(_unlike(what, first, other))
            if other is not None:
                return
        found = _sum(declared, figures) if monthly.adds_up else self._alike(monthly)
        if found is None:
            return
        if monthly.adds_up and (outside := out_of_range(declared, found)) is not None:
            message = phrase(
                "the months of {what} come to {sum}, which {outside}", what=what, sum=shown(found), outside=outside
            )
            year.problems.append(Problem("NC325", message, first.place))
        elif key in values and contradict(values[key], found):
            whole = _Figure(values[key], places.get(key, year.row.place))
            year.problems.append(_against_the_year(what, whole, _Figure(found, first.place)))
        elif (
            monthly.adds_up
            and monthly.absent
            and key in values
            and isinstance(found, Interval)
            and values[key] == found.low
        ):
            whole = _Figure(values[key], places.get(key, year.row.place))
            year.problems.append(_may_be_so_far(what, whole, monthly))
        else:
            add_to_known(values, key, found)
            places.setdefault(key, first.place)

    def _alike(self, monthly: Monthly) -> FactValue | None:
        """What every month says that has come by now, which all say alike."""
        pairs = zip(monthly.months, monthly.figures, strict=True)
        asked = [figure for month, figure in pairs if self.as_of is None or month <= self.as_of]
        if not asked or None in asked:
            return None
        found = asked[0]
        for figure in asked[1:]:
            assert found is not None
            assert figure is not None
            found = merged(found, figure)
        return found

    def _so_far(self, row: FactRow) -> FactRow:
        """A row of a whole year; its counts are the least that they can become while the year still runs."""
        values = {
            key: so_far(self.declarations[key.name], value)
            if key.period == Ago(0) and key.name in self.declarations and self._still_runs(key.name, row.year)
            else value
            for key, value in row.values.items()
        }
        return evolve(row, values=values)

    def _still_runs(self, fact: str, year: int) -> bool:
        last = self.calendars.of(fact).window.days(year)[1]
        return self.as_of is not None and self.as_of <= Month(last.year, last.month)


def _unlike(what: str, first: _Figure, other: _Figure) -> Problem:
    message = phrase(
        "{what} is {value} in one month and {other} in another, {place}; months of it are not added up",
        what=what,
        value=shown(first.value),
        other=shown(other.value),
        place=other.place.as_phrase(),
    )
    return Problem("NC324", message, first.place, _WHOLE_YEAR)


def _against_the_year(what: str, whole: _Figure, months: _Figure) -> Problem:
    message = phrase(
        "{what} is {value} in {place} for the whole year, and its months come to {sum}",
        what=what,
        value=shown(whole.value),
        place=whole.place.as_phrase(),
        sum=shown(months.value),
    )
    return Problem("NC325", message, months.place, phrase("find out which is right; neither is preferred"))


def _may_be_so_far(what: str, whole: _Figure, monthly: Monthly) -> Problem:
    message = phrase(
        "{what} is {value} for the whole year, just what {given} of its {all} months come to, "
        "and the others are not given",
        what=what,
        value=shown(whole.value),
        given=len(monthly.months) - monthly.absent,
        all=len(monthly.months),
    )
    hint = phrase("leave out a sum of the months so far; where nothing happened in the other months, write 0 for them")
    return Problem("NC332", message, whole.place, hint)


def so_far(declared: FactDeclaration, known: FactValue) -> FactValue:
    """A figure of a time that still runs: a count that is no person's judgement can only grow."""
    tallied = declared.type is FactType.COUNT and not declared.attested
    return Interval(known, None) if tallied and isinstance(known, Fraction) else known


def _sum(declared: FactDeclaration, figures: Sequence[FactValue | None]) -> FactValue | None:
    """The sum of months; one without a figure has anything that the fact can be, and a count is never less than 0."""
    never_less = Fraction(0) if declared.minimum is not None and declared.minimum >= 0 else None
    ends = [bounds(figure) if isinstance(figure, (Fraction, Interval)) else (never_less, None) for figure in figures]
    low, high = total([low if low is not None else never_less for low, _ in ends]), total([high for _, high in ends])
    return None if low is None and high is None else interval(low, high)
