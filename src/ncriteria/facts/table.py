"""The model of a fact table: one row per unit and year, with the place that each value was read from."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from attrs import Factory, evolve, field

from ncriteria.errors import CellPlace, NCriteriaError, Problem
from ncriteria.facts.attestations.model import Attestation
from ncriteria.facts.layout.account import Account
from ncriteria.facts.lineage.model import NO_LINEAGE, Lineage
from ncriteria.language.tree import Ago, FactKey
from ncriteria.language.values import Interval, intersection
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import FactDeclaration, FactValue, Level

_Key = TypeVar("_Key")

if TYPE_CHECKING:
    from ncriteria.facts.frames import Library
    from ncriteria.facts.options import ReadingOptions


class FactsError(NCriteriaError):
    """Facts that cannot be read, or that contradict each other; `problems` has all that is wrong with a table."""


class SheetsError(FactsError):
    """A workbook of which it is not clear which sheet is meant; `names` are those that hold something."""

    def __init__(self, problems: Problem | Iterable[Problem], names: Iterable[str] = ()) -> None:
        super().__init__(problems)
        self.names = tuple(names)


class UnknownFactsError(FactsError):
    """Facts below each other of which some are not known, by their `names`; the others are `found`."""

    def __init__(
        self, problems: Problem | Iterable[Problem], names: Iterable[str] = (), found: Iterable[FactKey] = ()
    ) -> None:
        super().__init__(problems)
        self.names = tuple(names)
        self.found = tuple(found)


@frozen
class Unit:
    """A territorial unit as a row gives it; `parent` is the identifier of the unit around it."""

    id: str
    name: str | None = None
    level: Level | None = None
    parent: str | None = None

    @property
    def named(self) -> str:
        """The name with the identifier behind it; one of them where there is no other, or where they are the same."""
        return self.id if self.name is None or self.name == self.id else f"{self.name} ({self.id})"


@frozen(eq=False)
class Places(Mapping[FactKey, CellPlace]):
    """The cell of each value that is `given` in a row, made when it is asked for.

    `headings` are those of the columns of facts, `others` those of what stands in another column, as `01/02` does.
    `elsewhere` has the cells, by heading, that stand in another row or below another heading.
    """

    row: CellPlace
    given: Mapping[FactKey, FactValue]
    headings: Mapping[FactKey, str]
    others: dict[FactKey, str]
    elsewhere: Mapping[str, CellPlace]

    def __getitem__(self, key: FactKey) -> CellPlace:
        heading = self.others.get(key) or self.headings[key]
        return self.elsewhere.get(heading) or evolve(self.row, heading=heading)

    def __iter__(self) -> Iterator[FactKey]:
        return iter(self.given)

    def __len__(self) -> int:
        return len(self.given)


@frozen
class FactRow:
    """What one row says of a unit in one assessment year, or in one `month` of a calendar `year`.

    `values` are by fact and period: this year, and the year before where the row says it too (`01/02`). A blank cell
    has no entry. `published` is a published verdict, as printed. `child_counts` says how many units of a level there
    are inside. `places` has the cell of each value. `unread` are the facts whose cells could not be read, which are as
    unknown as blank ones, but not known to be blank. `attestations` are those of the unit in the year; the facts that
    they give stand among the values. `series` is the one that the counts of the row are of, where the table states it.
    `basis_sources` says, by fact, what a figure of the year before was taken from.
    `known_on` is the day since which the row is on file; `came_later` are the facts that came after the day that the
    table is seen on, each with the day on which it came.
    """

    unit: Unit
    year: int
    values: Mapping[FactKey, FactValue]
    published: str | None = None
    note: str | None = None
    source: str | None = None
    child_counts: Mapping[Level, int] = field(factory=dict)
    places: Mapping[FactKey, CellPlace] = field(factory=dict, repr=False, eq=False)
    place: CellPlace = field(default=CellPlace(), eq=False)
    unread: frozenset[FactKey] = frozenset()
    attestations: tuple[Attestation, ...] = ()
    month: int | None = None
    series: str | None = None
    basis_sources: Mapping[str, str] = field(factory=dict)
    known_on: datetime.date | None = None
    came_later: Mapping[FactKey, datetime.date] = field(factory=dict)

    @property
    def when(self) -> str:
        """The year, or the month with its year: `5/2026`."""
        return str(self.year) if self.month is None else f"{self.month}/{self.year}"


@frozen(order=True)
class Month:
    """A month of a calendar year, from 1 to 12."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"


@frozen
class FactTable:
    """Rows that do not contradict each other: each unit once in a year or month, with one value for each fact.

    `warnings` tell what was read, but may not be what was meant, with its place. `account` tells what was taken for
    what, where the format has rows and columns. `problems` are those of the rows and cells that were left out because
    they could not be read; there are none unless that was asked for. Where `lacks_rows`, rows of units are among them.

    `months_end` is the day on which the months of the table end, `None` for calendar months. With `as_of` the years and
    months that still run then have counts that may grow. Months are added up where a set judges the table, for the
    year of a set need not be the calendar year; `row`, `rows_of` and `known` are of rows of whole years. In the same
    way its `lineage` says what a unit was in earlier years where a set judges it. `assessment_years` are those of the
    form that the table was filled into, and no others are judged; `None` where the table says none.

    With `known_on` the table is as it was on file at the end of that day, and is judged by the sets that were in force
    then; without it the latest version of each row counts. `other_versions` are the rows that do not count. `beside`
    has what is attested of years that a unit has no row of, and that verdicts of later years lean on.
    """

    rows: tuple[FactRow, ...]
    file: str | None = None
    warnings: tuple[Problem, ...] = field(default=(), repr=False, eq=False)
    account: Account | None = field(default=None, repr=False, eq=False)
    problems: tuple[Problem, ...] = field(default=(), repr=False, eq=False)
    lacks_rows: bool = False
    months_end: int | None = None
    as_of: Month | None = None
    lineage: Lineage = field(default=NO_LINEAGE, repr=False)
    assessment_years: frozenset[int] | None = field(default=None, repr=False)
    known_on: datetime.date | None = None
    other_versions: tuple[FactRow, ...] = field(default=(), repr=False)
    beside: tuple[FactRow, ...] = field(default=(), repr=False)
    has_months: bool = field(
        init=False,
        repr=False,
        eq=False,
        default=Factory(lambda self: any(row.month is not None for row in self.rows), takes_self=True),
    )
    _by_unit: Mapping[str, Mapping[int, FactRow]] = field(
        init=False,
        repr=False,
        eq=False,
        default=Factory(lambda self: _rows_by_unit(self.rows), takes_self=True),
    )

    def row(self, unit: str, year: int) -> FactRow | None:
        """The row of a unit and whole year, if there is one."""
        return self.rows_of(unit).get(year)

    def rows_of(self, unit: str) -> Mapping[int, FactRow]:
        """The rows of a unit that are of whole years, by year, in the order of the table."""
        return self._by_unit.get(unit, {})

    def known(self, unit: str, year: int) -> dict[FactKey, FactValue]:
        """All that the table says of a unit as seen from the assessment `year`, by fact and years back."""
        return by_key(said_until(self.rows_of(unit), year), year)

    def as_known_on(self, day: datetime.date) -> FactTable:
        """The table as it was on file at the end of a `day`: of the versions of a row, the latest known by then.

        A row without a day is taken to have been on file; where there are such rows, a warning tells how many.
        """
        from ncriteria.facts.rows.known_days import as_known_on

        return as_known_on(self, day)

    @staticmethod
    def from_frame(
        frame: object, declarations: Mapping[str, FactDeclaration], *, options: ReadingOptions | None = None
    ) -> FactTable:
        """The table in a frame of Polars, pandas or PyArrow, one row for each unit and year; raises `FactsError`.

        A frame that is to be judged as a whole is given to `evaluate_table`, which is far quicker.
        """
        from ncriteria.facts.readers import read_frame

        return read_frame(frame, declarations, options)

    def to_frame(self, library: Library = "polars") -> object:
        """A frame of that library with the rows: unit, year and facts, those of other years as rules name them.

        Counts are whole numbers, other numbers decimals. Raises `FactsError` for a value that is known only within
        bounds, which no column can hold.
        """
        from ncriteria.facts.frames import frame_of

        return frame_of(self, library)

    def _repr_html_(self) -> str:
        from ncriteria.report.notebook import facts_html

        return facts_html(self)


def said_until(rows: Mapping[int, FactRow], year: int) -> dict[int, dict[str, FactValue]]:
    """All that the rows of a unit say as seen from the assessment `year`, by year and fact.

    Earlier values come from the rows of those years, never from the row above: a missing year stays unknown.
    Where a row's own "last year" and the row of that year both give bounds, both hold.
    """
    said: dict[int, dict[str, FactValue]] = {}
    for row_year, row in rows.items():
        if row_year > year:
            continue
        for key, value in row.values.items():
            assert isinstance(key.period, Ago)
            facts = said.setdefault(row_year - key.period.years, {})
            add_to_known(facts, key.name, value)
    return said


def by_key(said: Mapping[int, Mapping[str, FactValue]], year: int) -> dict[FactKey, FactValue]:
    """What is said of a unit, by fact and years back from the assessment `year`."""
    return {
        FactKey.of(name, Ago(year - said_year)): value
        for said_year, facts in said.items()
        for name, value in facts.items()
    }


def _rows_by_unit(rows: tuple[FactRow, ...]) -> dict[str, dict[int, FactRow]]:
    by_unit: dict[str, dict[int, FactRow]] = {}
    for row in rows:
        if row.month is None:
            by_unit.setdefault(row.unit.id, {})[row.year] = row
    return by_unit


def merged(one: FactValue, other: FactValue) -> FactValue:
    """What two sources that do not contradict each other say together."""
    both = _meeting(one, other)
    return one if both is None else both


def add_to_known(known: dict[_Key, FactValue], key: _Key, value: FactValue) -> None:
    """Add to what is `known` of a fact what another source says, which does not contradict it."""
    known[key] = merged(known[key], value) if key in known else value


def contradict(one: FactValue, other: FactValue) -> bool:
    """Whether two sources for one value cannot both be right."""
    return _meeting(one, other) is None


def _meeting(one: FactValue, other: FactValue) -> FactValue | None:
    """What both sources say together; `None` where they contradict each other."""
    if isinstance(one, (Fraction, Interval)) and isinstance(other, (Fraction, Interval)):
        return intersection(one, other)
    return one if one == other else None
