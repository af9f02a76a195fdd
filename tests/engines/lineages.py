"""Generated lineages: units that are kept, renamed, merged and split on days of two years, and tables of them."""

from __future__ import annotations

import datetime
from fractions import Fraction

from attrs import frozen
from hypothesis import strategies as st

import ncriteria as nc

FIRST, LAST = 2020, 2023
_DAYS = (datetime.date(2021, 7, 1), datetime.date(2022, 1, 1), datetime.date(2022, 9, 1))


@frozen
class LineageTable:
    """A lineage, and rows of the units that there are at the end of each year: unit, year, and figures by column."""

    lineage: nc.Lineage
    rows: tuple[tuple[str, int, dict[str, int | bool | None]], ...]


@st.composite
def lineage_tables(draw: st.DrawFn, *, plain: bool = False) -> LineageTable:
    """Tables with their lineages; `plain` ones have every figure, no reform, and no split without a proportion."""
    units = [f"u{number}" for number in range(draw(st.integers(1, 4)))]
    changes: list[nc.Change] = []
    standing = {FIRST: tuple(units)}
    for year in range(FIRST + 1, LAST + 1):
        for day in (one for one in _DAYS if one.year == year):
            units = draw(_changed(units, day, changes, plain=plain))
        standing[year] = tuple(units)
    rows = []
    for year, of_year in standing.items():
        for unit in of_year:
            if plain or draw(st.integers(0, 5)):
                rows.append((unit, year, draw(_figures(plain=plain))))
    if not rows:
        rows.append((standing[FIRST][0], FIRST, {"cases": 1}))
    reforms = () if plain else draw(st.sampled_from([(), *((_reform(day),) for day in _DAYS)]))
    return LineageTable(nc.Lineage(changes, reforms), tuple(draw(st.permutations(rows))))


def _reform(day: datetime.date) -> nc.Reform:
    return nc.Reform(day=day, levels=(nc.Level.COMMUNE,))


@st.composite
def _changed(
    draw: st.DrawFn, units: list[str], day: datetime.date, changes: list[nc.Change], *, plain: bool
) -> list[str]:
    """The units after a day; a new unit has an identifier of its own, or that of one of those that it is made of."""
    left, found = list(draw(st.permutations(units))), list[str]()
    kinds = ["keep", "keep", "rename", "merge", "split"]
    while left:
        unit, kind = left.pop(), draw(st.sampled_from(kinds))
        fresh = f"{unit}-{day.year}{day.month}"
        if kind == "keep":
            found.append(unit)
        elif kind == "rename":
            changes.append(_change(unit, fresh, nc.Share.WHOLE, day))
            found.append(fresh)
        elif kind == "merge":
            others = [left.pop() for _ in range(min(len(left), draw(st.integers(1, 2))))]
            new = draw(st.sampled_from([unit, fresh, *others]))
            changes += [_change(one, new, nc.Share.WHOLE, day) for one in (unit, *others)]
            found.append(new)
        else:
            share = Fraction(draw(st.integers(1, 3)), 4) if plain or draw(st.booleans()) else nc.Share.PART
            changes.append(_change(unit, fresh, share, day))
            rest = draw(st.sampled_from([unit, f"{fresh}-rest"]))
            changes.append(_change(unit, rest, nc.Share.REMAINDER, day))
            found += [fresh, rest]
    return found


def _change(old: str, new: str, share: nc.Share | Fraction, day: datetime.date) -> nc.Change:
    return nc.Change(old=old, new=new, share=share, day=day)


@st.composite
def _figures(draw: st.DrawFn, *, plain: bool) -> dict[str, int | bool | None]:
    count = st.integers(0, 8) if plain else st.none() | st.integers(0, 8)
    found: dict[str, int | bool | None] = {"cases": draw(count), "level": draw(st.none() | st.integers(0, 3))}
    found |= {"good": draw(st.none() | st.booleans()), "sound": draw(st.none() | st.booleans())}
    found |= {"part": draw(count), "rate": draw(st.none() | st.integers(0, 2))}
    if not plain and draw(st.integers(0, 9)) == 0:
        found["prev_year.cases"] = draw(st.integers(0, 8))
    return found
