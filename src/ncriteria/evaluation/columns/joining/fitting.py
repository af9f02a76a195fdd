"""Whether a frame and its lineage fit: rows of units that are no more, and units that look back across a reform."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import or_

import narwhals as nw

from ncriteria.errors import CellPlace, Problem
from ncriteria.evaluation.columns.door.admission import Admitted
from ncriteria.evaluation.columns.door.frames import Frame, collected, distinct
from ncriteria.evaluation.columns.door.matching import Matched
from ncriteria.evaluation.columns.epochs import years_expr
from ncriteria.evaluation.columns.joining.succession import UNIT, YEAR, Across, unit_text
from ncriteria.evaluation.columns.joining.territory import of_level
from ncriteria.evaluation.columns.lines import Line
from ncriteria.facts.checks.doubts import limited
from ncriteria.facts.lineage.fitting import gone, halves, no_unit_of_the_table, not_compared
from ncriteria.facts.lineage.model import Lineage
from ncriteria.facts.lineage.yearly import YearlyLineage
from ncriteria.facts.table import FactRow, FactsError, Unit
from ncriteria.language.tree import Ago, InYear
from ncriteria.sets.model import Level
from ncriteria.sets.needs import needs_of

_FEW = 100
"""So many rows are looked at before all are."""


def refuse_misfits(found: Across, admitted: Admitted) -> None:
    """Raise `FactsError` for rows of units that the lineage says are no more, or that gave a part away."""
    lineage = found.lineage
    olds = lineage.lineage.left_behind
    years = [lineage.first_year(day) for day in lineage.lineage.by_day]
    if not olds or admitted.years.greatest is None or admitted.years.greatest < min(years):
        return
    later = _keyed(admitted.frame, admitted.matched, found.level).filter(nw.col(YEAR) >= min(years))
    units = {str(unit) for (unit,) in collected(distinct(later.select(UNIT))).rows()}
    if not (left := sorted(units & olds)):
        return
    doubtful = later.filter(nw.col(UNIT).is_in(left)).sort(UNIT, YEAR)
    place = CellPlace(heading=admitted.matched.unit)
    listed = [FactRow(Unit(str(unit)), year, {}, place=place) for unit, year in collected(doubtful).rows()]
    if listed and (problems := [*gone(lineage, listed), *halves(lineage, listed)]):
        raise FactsError(limited(dict.fromkeys(problems), place))


def _keyed(frame: Frame, matched: Matched, level: Level) -> Frame:
    """The units and years of the rows of a level, and of those that do not say it."""
    is_own = of_level(matched, level)
    rows = frame if is_own is None else frame.filter(is_own.fill_null(True))
    return rows.select(unit_text(rows, matched).alias(UNIT), nw.col(matched.year).cast(nw.Int64()).alias(YEAR))


def lineage_doubts(frame: Frame, matched: Matched, line: Line, lineage: Lineage) -> tuple[Problem, ...]:
    """The warnings of units that look back across a reform, and of a lineage of other units than those of the frame."""
    rows, every = _keyed(frame, matched, line.level), frame.select(unit_text(frame, matched).alias(UNIT))
    return limited([*_across_reforms(rows, line, lineage), *_other_units(every, lineage)], CellPlace())


def _across_reforms(rows: Frame, line: Line, lineage: Lineage) -> Iterator[Problem]:
    known = rows.select(UNIT, nw.col(YEAR).alias(f"{YEAR}_known"))
    for reform in lineage.reforms:
        if line.level not in reform.levels:
            continue
        crossing, made = list[Frame](), sorted(lineage.made_on.get(reform.day, ()))
        for turn in line.turns:
            first = YearlyLineage(lineage, turn.criteria.months_of_year).first_year(reform.day)
            year, back = nw.col(YEAR), nw.col(f"{YEAR}_known")
            asked = [
                back == (nw.lit(period.year) if isinstance(period, InYear) else year - period.years)
                for period in {period for need in needs_of(turn.criteria) for period in need.asked} - {Ago(0)}
            ]
            if asked:
                after = rows.filter((year >= first) & years_expr(year, turn.years) & ~nw.col(UNIT).is_in(made))
                beside = after.join(known.filter(back < first), on=UNIT, how="inner")
                crossing.append(beside.filter(reduce(or_, asked)).select(UNIT))
        units = {str(unit) for one in crossing for (unit,) in collected(distinct(one)).rows()}
        if units:
            yield not_compared(sorted(units), reform, first)


def _other_units(rows: Frame, lineage: Lineage) -> Iterator[Problem]:
    if not lineage.changes or any(
        _is_named(lineage, str(unit)) for (unit,) in collected(rows.select(UNIT).head(_FEW)).rows()
    ):
        return
    named = sorted({unit for one in lineage.changes for unit in (one.old, one.new)})
    if not collected(rows.filter(nw.col(UNIT).is_in(named)).head(1)).rows():
        units = collected(rows.select(UNIT).head(1)).rows()
        yield no_unit_of_the_table(lineage, units[0][0] if units else None)


def _is_named(lineage: Lineage, unit: str) -> bool:
    return any(unit in made for made in lineage.made_on.values())
