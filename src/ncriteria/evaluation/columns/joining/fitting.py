"""Whether a frame and its lineage fit: rows of units that are no more, and units that look back across a reform."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial, reduce
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
from ncriteria.evaluation.columns.naming import PREFIX
from ncriteria.facts.checks.doubts import limited
from ncriteria.facts.lineage.fitting import SHOWN, gone, halves, no_unit_of_the_table, not_compared
from ncriteria.facts.lineage.model import Lineage
from ncriteria.facts.lineage.yearly import YearlyLineage
from ncriteria.facts.table import FactRow, FactsError, Unit
from ncriteria.language.tree import Ago, InYear
from ncriteria.sets.model import Level, Years
from ncriteria.sets.needs import needs_of
from ncriteria.sets.years.turns import Turn

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
    for reform in lineage.reforms:
        looks: dict[Years, set[int]] = {}
        for turn in line.turns if line.level in reform.levels else ():
            first = YearlyLineage(lineage, turn.criteria.months_of_year).first_year(reform.day)
            for later, earlier in _looks(turn, first):
                looks.setdefault(later, set()).add(earlier)
        if not looks:
            continue
        made = sorted(lineage.made_on.get(reform.day, ()))
        units = collected(_looking(rows.filter(~nw.col(UNIT).is_in(made)) if made else rows, looks))
        if count := len(units):
            shown = [str(unit) for (unit,) in units.top_k(SHOWN, by=UNIT, reverse=True).rows()]
            yield not_compared(shown, count, reform, first)


def _looks(turn: Turn, first: int) -> Iterator[tuple[Years, int]]:
    """Which years that are judged, from the `first` of a reform on, look back at which year before it."""
    for period in {period for need in needs_of(turn.criteria) for period in need.asked}:
        if isinstance(period, InYear) and period.year < first:
            if later := turn.years.within(Years(first)):
                yield later, period.year
        elif isinstance(period, Ago):
            judged = (year for year in range(first, first + period.years) if year in turn.years)
            yield from ((Years(year, year), year - period.years) for year in judged)


def _looking(rows: Frame, looks: Mapping[Years, Collection[int]]) -> Frame:
    """The units that have a row of years that look back, and one of an earlier year that these look at.

    They are grouped by the years that they have: joining rows to earlier ones takes three times as long.
    """
    year, has = nw.col(YEAR), partial("{}has_{}".format, PREFIX)
    spans = {*looks, *(Years(one, one) for earlier in looks.values() for one in earlier)}
    flags = [years_expr(year, span).alias(has(span)) for span in spans]
    asked = reduce(or_, (years_expr(year, span) for span in spans))
    had = rows.filter(asked).select(UNIT, *flags).group_by(UNIT).agg(*(nw.col(has(span)).any() for span in spans))
    before = {
        later: reduce(or_, (nw.col(has(Years(one, one))) for one in sorted(earlier)))
        for later, earlier in looks.items()
    }
    return had.filter(reduce(or_, (nw.col(has(later)) & one for later, one in before.items()))).select(UNIT)


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
