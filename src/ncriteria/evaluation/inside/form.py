"""The integer forms of what is told of the units inside: shares, counts and sums, each between two ends."""

from __future__ import annotations

from collections.abc import Mapping
from math import lcm
from typing import assert_never

from ncriteria.evaluation.inside.told import any_sum
from ncriteria.evaluation.program.ends import Ends, RationalEnd
from ncriteria.evaluation.program.logic import settled
from ncriteria.evaluation.program.tree import FALSE, ComparedTerms, Constant, Filled, Pick, Slot, Whole, share_keys
from ncriteria.language.operators import CompareOp, Measure
from ncriteria.language.tree import Within
from ncriteria.sets.model import FactDeclaration, FactType


def inside_form(asked: Within, facts: Mapping[str, FactDeclaration], scales: Mapping[str, int]) -> Ends:
    """The form of what is asked; a sum has the scale that `sum_scale` says."""
    match asked.measure:
        case Measure.SHARE_MET | Measure.SHARE_OF:
            return _share(*map(Slot, share_keys(asked)))
        case Measure.COUNT_MET | Measure.COUNT_OF:
            met, possible, _ = map(Slot, share_keys(asked))
            return Ends(RationalEnd(Filled(met, 0)), RationalEnd(possible), _where_same(met, possible), FALSE, True)
        case Measure.SUM_OF:
            return _sum(asked, facts, scales)
        case _:
            assert_never(asked.measure)


def sum_scale(declared: FactDeclaration, scales: Mapping[str, int]) -> int:
    """What makes the ends of a sum whole: its terms, and the ends of the declared range that missing ones stand for."""
    ends = (end.denominator for end in (declared.minimum, declared.maximum) if end is not None)
    return lcm(scales.get(declared.name, 1), *ends)


def _share(met: Slot, possible: Slot, of: Slot) -> Ends:
    judged = Filled(of, 1)
    none_judged = settled(ComparedTerms(CompareOp.EQ, judged, Constant(0)))
    # Where no unit is judged there is no share, and the divisor must not be zero.
    under = Pick(none_judged, Constant(1), judged)
    low, high = (RationalEnd(Filled(slot, end), 1, under) for end, slot in enumerate((met, possible)))
    return Ends(low, high, _where_same(met, possible, 1, under), none_judged, True)


def _sum(asked: Within, facts: Mapping[str, FactDeclaration], scales: Mapping[str, int]) -> Ends:
    low_key, high_key = share_keys(asked)
    declared = facts[low_key.fact]
    scale, nothing = sum_scale(declared, scales), any_sum(declared)
    may_be_broken = declared.type is not FactType.COUNT and declared.name not in scales
    low, high = Slot(low_key, may_be_broken), Slot(high_key, may_be_broken)
    ends = [
        RationalEnd(slot if end is None else Filled(slot, 0), scale)
        for slot, end in ((low, nothing.low), (high, nothing.high))
    ]
    return Ends(ends[0], ends[1], _where_same(low, high, scale), FALSE, True)


def _where_same(low: Slot, high: Slot, denominator: int = 1, under: Whole | None = None) -> RationalEnd:
    """The value of both slots, unknown where they are not the same."""
    certain = settled(ComparedTerms(CompareOp.EQ, low, high))
    return RationalEnd(Pick(certain, low, Constant(None)), denominator, under)
