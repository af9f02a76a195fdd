"""Rows of a file that are no unit and are passed over: totals, periods, and what stands below a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from attrs import field

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.formats.raw import RawRow
from ncriteria.facts.layout.columns import Reserved
from ncriteria.facts.rows.no_units import NoUnit, no_unit
from ncriteria.facts.rows.row_periods import Period
from ncriteria.facts.rows.row_texts import Texts
from ncriteria.facts.rows.totals import is_total
from ncriteria.facts.table import FactRow
from ncriteria.facts.units.identifiers import normal_identifier
from ncriteria.language.tree import FactKey
from ncriteria.quick_classes import define, frozen
from ncriteria.sets.model import FactValue, Level
from ncriteria.words import joined, one_of, phrase

_SHOWN = 3

_IS_A_UNIT = phrase("where it is a unit, write the word of its level before its name, such as Xã")
_HINTS = {
    NoUnit.TOTAL: _IS_A_UNIT,
    NoUnit.AVERAGE: _IS_A_UNIT,
    NoUnit.PERIOD: phrase("a row has a unit in a whole year; {hint}", hint=_IS_A_UNIT),
    NoUnit.COMPARISON: _IS_A_UNIT,
    NoUnit.PLAN: _IS_A_UNIT,
    NoUnit.NOTE: None,
    NoUnit.MEASURE: None,
    NoUnit.NUMBERS: None,
    NoUnit.SECTION: _IS_A_UNIT,
}


@frozen
class Aside:
    """A row that is passed over: what stands in the place of the unit, and for a total its period and its figures."""

    text: str
    kind: NoUnit
    period: Period | None
    values: Mapping[FactKey, FactValue]
    place: CellPlace


def asides_of(
    rows: Sequence[tuple[RawRow, Texts]],
    figures: Callable[[RawRow], tuple[Period | None, Mapping[FactKey, FactValue]]],
    table: CellPlace,
) -> dict[int, Aside]:
    """The rows that are no unit, by their places in `rows`; `figures` are the period and the facts of a row.

    A row is a total, an average, a period or a comparison by its name, else by its identifier, and a total also by any
    other of its cells, unless other rows give its identifier as the unit around them. What a row is by where it stands
    is known already.
    """
    around = {texts.get(Reserved.PARENT) for _, texts in rows}
    found: dict[int, Aside] = {}
    for index, (row, texts) in enumerate(rows):
        said = _said(row, texts, around)
        kind = None if said is None else no_unit(said)
        if said is not None and kind is not None:
            found[index] = Aside(said, kind, *figures(row), row.place(table))
        elif row.no_unit is not None:
            shown = texts.get(Reserved.NAME) if row.no_unit is NoUnit.SECTION else None
            found[index] = Aside(shown or next(_written(row), ""), row.no_unit, None, {}, row.place(table))
    return found


def _said(row: RawRow, texts: Texts, around: set[str | None]) -> str | None:
    """What may say that a row is of no unit; `None` where others lie in its unit."""
    name, unit = texts.get(Reserved.NAME), texts.get(Reserved.UNIT)
    if unit is not None and unit in around and no_unit(unit) is None:
        return None
    return name or unit or next(filter(is_total, _written(row)), None)


def _written(row: RawRow) -> Iterator[str]:
    return (normal_identifier(value) for value in row.cells.values() if isinstance(value, str))


def passed_over(rows: Sequence[FactRow | Aside], counts: frozenset[str]) -> Iterator[Problem]:
    """A warning of each row that is passed over; of a total also where it is no sum of the rows of units.

    `rows` are in the order of the file. `counts` are the facts that a total adds up. A total may be of the rows above
    it or below it, up to the next total or all of them, and of the units of one level.
    """
    sums = _sums_of(rows, counts)
    for index, aside in enumerate(rows):
        if not isinstance(aside, Aside):
            continue
        wrong = [
            phrase(
                "; its `{key}` is {figure}, and the rows come to {sums}",
                key=key,
                figure=aside.values[key],
                sums=_listed(reckoned),
            )
            for key, reckoned in sums.get(index, {}).items()
            if aside.values[key] not in reckoned
        ]
        more = len(wrong) - _SHOWN
        message = [
            phrase(
                '"{text}" is {what} and no unit; the row is passed over', text=aside.text[:40], what=aside.kind.value
            ),
            *wrong[:_SHOWN],
            *([phrase("; {count} more of its figures differ", count=more)] if more > 0 else []),
        ]
        hint = phrase("look for a slip, or for a row that is missing") if wrong else _HINTS[aside.kind]
        yield Problem("NC234", joined("", message), aside.place, hint)


def _listed(sums: Sequence[Fraction]) -> str:
    return one_of(joined("", [one]) for one in list(dict.fromkeys(sums))[:_SHOWN])


_Group = tuple[Period, Level | None]


@define
class _Sums:
    """Sums of rows by period and level; the level `None` has all rows of a period."""

    rows: dict[_Group, int] = field(factory=dict)
    figures: dict[tuple[_Group, FactKey], tuple[Fraction, int]] = field(factory=dict)

    def add(self, row: FactRow, counts: frozenset[str]) -> None:
        """Add a row to the sums of its period, and of its period and level."""
        when = row.year, row.month
        for group in {(when, None), (when, row.unit.level)}:
            self.rows[group] = self.rows.get(group, 0) + 1
            for key, value in row.values.items():
                if key.name in counts and isinstance(value, Fraction):
                    total, of = self.figures.get((group, key), (Fraction(0), 0))
                    self.figures[group, key] = total + value, of + 1

    def of(self, period: Period, key: FactKey) -> Iterator[Fraction]:
        """The sums of a fact in a period to which every row gives a figure: of all rows first, then of each level."""
        for level in (None, *Level):
            total, of = self.figures.get(((period, level), key), (Fraction(0), 0))
            if of and of == self.rows[period, level]:
                yield total


def _sums_of(rows: Sequence[FactRow | Aside], counts: frozenset[str]) -> dict[int, dict[FactKey, list[Fraction]]]:
    """For each total, by its index: what its figures may be the sums of, the nearest rows first."""
    if not any(isinstance(row, Aside) for row in rows):
        return {}
    whole = _Sums()
    for row in rows:
        if isinstance(row, FactRow):
            whole.add(row, counts)
    periods = {period for period, _ in whole.rows}
    only = next(iter(periods)) if len(periods) == 1 else None
    found: dict[int, dict[FactKey, list[Fraction]]] = {}
    for step in (1, -1):
        since, all_so_far = _Sums(), _Sums()
        for index in range(len(rows))[::step]:
            row = rows[index]
            if isinstance(row, FactRow):
                since.add(row, counts)
                all_so_far.add(row, counts)
            elif row.kind is NoUnit.TOTAL:
                _collect(found.setdefault(index, {}), row, only, (since, all_so_far, whole))
                since = _Sums()
    return found


def _collect(found: dict[FactKey, list[Fraction]], total: Aside, only: Period | None, scopes: Sequence[_Sums]) -> None:
    """Add what `total` may be the sum of, for each of its counts; nothing where its period is not known."""
    period = total.period if total.period is not None else only
    for key, value in total.values.items():
        if period is not None and isinstance(value, Fraction):
            sums = [one for scope in scopes for one in scope.of(period, key)]
            if sums:
                found.setdefault(key, []).extend(sums)
