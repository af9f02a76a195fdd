"""The spans of years in which criteria stay the same, so that one program judges a table of many years."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import narwhals as nw
from attrs import evolve

from ncriteria.evaluation.lowering import lower, lower_from
from ncriteria.evaluation.program.assembling import Epoch
from ncriteria.evaluation.program.extents import Extent
from ncriteria.language.tree import InYear
from ncriteria.sets.model import Years
from ncriteria.sets.structure import is_own, verdicts_leaned_on
from ncriteria.sets.years.parameter_years import starts_within
from ncriteria.sets.years.turns import Turn


def epochs_of(turns: Sequence[Turn]) -> tuple[Epoch, ...]:
    """The years in which each set of a line judges, split where a parameter of it takes a new value."""
    return tuple(_epoch(turn, years) for turn in turns for years in _spans(turn))


def _epoch(turn: Turn, years: Years) -> Epoch:
    if years.first == years.last and years.first in _fixed_verdicts(turn):
        return Epoch(lower(turn.criteria, years.first), years)
    return Epoch(lower_from(turn.criteria, years.first), years)


def _fixed_verdicts(turn: Turn) -> set[int]:
    """The years of a turn whose own verdict a rule asks for by the year, which is the clause itself in that year."""
    periods = (key.period for key in verdicts_leaned_on(turn.criteria) if is_own(key))
    return {one.year for one in periods if isinstance(one, InYear) and one.year in turn.years}


def epochs_within(epochs: Sequence[Epoch], years: Extent) -> tuple[Epoch, ...]:
    """The epochs of one set that a table with these years needs; one that covers them all need not ask for the year."""
    several = len({epoch.lowered.criteria.id for epoch in epochs}) > 1
    if several or years.least is None or years.greatest is None:
        return tuple(epochs)
    needed = [epoch for epoch in epochs if epoch.years is None or _overlap(epoch.years, years.least, years.greatest)]
    if len(needed) == 1 and needed[0].years is not None:
        covering = needed[0].years
        if years.least in covering and years.greatest in covering:
            return (evolve(needed[0], years=None),)
    return tuple(epochs)


def _overlap(one: Years, first: int, last: int) -> bool:
    return one.first <= last and (one.last is None or first <= one.last)


def years_expr(year: nw.Expr, years: Years | None) -> nw.Expr:
    """Whether a year lies in a span of years; `None` is all years."""
    if years is None:
        return nw.lit(True, dtype=nw.Boolean())
    within = year >= years.first
    return within if years.last is None else within & (year <= years.last)


def _spans(turn: Turn) -> list[Years]:
    beside = {year for fixed in _fixed_verdicts(turn) for year in (fixed, fixed + 1) if year in turn.years}
    starts = sorted({*starts_within(turn.criteria.parameters.values(), turn.years), *beside})
    spans = [Years(first, following - 1) for first, following in pairwise(starts)]
    return [*spans, Years(starts[-1], turn.years.last)]
