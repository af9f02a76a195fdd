"""Units of a frame that left a territory which has sets of its own, where nothing says what became of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import narwhals as nw

from ncriteria.errors import CellPlace, Problem
from ncriteria.evaluation.columns.door.frames import Frame, collected, distinct
from ncriteria.evaluation.columns.door.matching import Matched
from ncriteria.evaluation.columns.lines import Line
from ncriteria.evaluation.criteria import Catalog
from ncriteria.evaluation.table_years.territories import left_territories
from ncriteria.evaluation.table_years.years_of_sets import YearsOfSets
from ncriteria.facts.lineage.model import Lineage
from ncriteria.facts.table import FactRow, FactTable, Unit
from ncriteria.facts.units.levels import level_of
from ncriteria.sets.model import CriteriaSet, Level


def left_in_frame(
    frame: Frame, matched: Matched, line: Line, catalog: Catalog | None, around: Collection[str], lineage: Lineage
) -> Iterator[Problem]:
    """The warnings that a table of these rows has; only rows of units that lay in such a territory are looked at."""
    if catalog is None or matched.parent is None:
        return
    standards = {one.standard for one in line.sets}
    told = {*around, *(one for change in lineage.changes for one in (change.old, change.new))}
    sets: dict[str, list[CriteriaSet]] = {}
    for one in catalog.sets.sets:
        if one.territory is not None and one.standard in standards and one.territory not in told:
            sets.setdefault(one.territory, []).append(one)
    for territory, own in sets.items():
        units = _once_inside(frame, matched, territory)
        if units:
            made = {one.new for one in lineage.changes if one.old in units}
            rows = tuple(_rows_of(frame, matched, units | made, line.level))
            yield from left_territories(YearsOfSets(FactTable(rows, lineage=lineage)), own)


def _once_inside(frame: Frame, matched: Matched, territory: str) -> set[str]:
    """The units that have a row in which they lie in a territory, directly or in a unit that does."""
    assert matched.parent is not None
    found: set[str] = set()
    near = {territory}
    while near:
        inside = frame.filter(_text(matched.parent).is_in(sorted(near))).select(_text(matched.unit).alias("unit"))
        near = {str(unit) for (unit,) in collected(distinct(inside)).rows()} - found
        found |= near
    return found


def _rows_of(frame: Frame, matched: Matched, units: Iterable[str], level: Level) -> Iterator[FactRow]:
    """The rows of units and of the units around them."""
    assert matched.parent is not None
    said = nw.lit(None, dtype=nw.String()) if matched.level is None else _text(matched.level)
    columns = (_text(matched.unit), nw.col(matched.year).cast(nw.Int64()), _text(matched.parent), said)
    names = ("unit", "year", "parent", "level")
    told, wanted = set[str](), set(units)
    while wanted:
        rows = frame.filter(_text(matched.unit).is_in(sorted(wanted)))
        told |= wanted
        around = set[str]()
        for unit, year, parent, word in collected(
            rows.select(*(one.alias(name) for one, name in zip(columns, names, strict=True)))
        ).rows():
            of_level = level if word is None else level_of(str(word))
            place = CellPlace(heading=matched.parent)
            yield FactRow(Unit(str(unit), level=of_level, parent=parent), year, {}, place=place)
            around |= set() if parent is None else {str(parent)}
        wanted = around - told


def _text(column: str) -> nw.Expr:
    return nw.col(column).cast(nw.String())
