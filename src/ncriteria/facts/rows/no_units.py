"""Rows that are of no unit, by what stands in the place of the unit: totals, averages, parts of a year, plans."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from ncriteria.facts.rows.periods import is_comparison, is_period, is_plan
from ncriteria.facts.rows.totals import is_average, is_total
from ncriteria.words import phrase


class NoUnit(Enum):
    """What a row is that is no unit, in words."""

    TOTAL = phrase("a total")
    AVERAGE = phrase("an average")
    PERIOD = phrase("a period")
    COMPARISON = phrase("a comparison")
    PLAN = phrase("a plan, an estimate or a rating")
    NOTE = phrase("a note below the table")
    MEASURE = phrase("the unit of measure")
    NUMBERS = phrase("a row of column numbers")
    SECTION = phrase("a heading of the rows below it")


@lru_cache(maxsize=1 << 16)
def no_unit(text: str) -> NoUnit | None:
    """What `text` says that its row is, in the place of a unit; `None` where it may name a unit."""
    if is_total(text):
        return NoUnit.AVERAGE if is_average(text) else NoUnit.TOTAL
    if is_period(text):
        return NoUnit.PERIOD
    if is_comparison(text):
        return NoUnit.COMPARISON
    return NoUnit.PLAN if is_plan(text) else None
