"""The values that a judgement has as one fact varies: constant on spans, whose ends are found by algebra.

At one place of a span a rule is judged, and what it decided there leaves the span around the place for which it comes
out so. The other parts of the span are taken up in their turn.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeVar

from ncriteria.analysis.deadline import NEVER, Deadline
from ncriteria.analysis.room.ends import Place, Reason, Unsolved
from ncriteria.analysis.room.piecewise import Piece, joined
from ncriteria.analysis.room.value_sets import NumberRange, gaps, on_grid

T = TypeVar("T")
MOST_PLACES = 600
"""How many places are judged before the intervals are too many to be read."""

Judge = Callable[[Place], T]
"""The outcome at a place, whose span becomes that for which it stays so."""


def solve(
    judge: Judge[T], span: NumberRange, step: Fraction | None, deadline: Deadline = NEVER
) -> tuple[Piece[T | Unsolved], ...]:
    """The outcomes of `judge` on `span`, of which the fact takes the multiples of `step`, or every rational.

    Where a rule cannot be solved, or is not by the `deadline`, the outcome is `Unsolved`, never a guess.
    """
    found: list[Piece[T | Unsolved]] = []
    pending = [span]
    while pending:
        if len(found) == MOST_PLACES or deadline.passed:
            return (Piece(span, Unsolved(Reason.OUT_OF_TIME if deadline.passed else Reason.TOO_MANY)),)
        current = pending.pop()
        place = Place(_place_in(current), current, step)
        outcome = judge(place)
        if place.span is current:
            found.append(Piece(current, outcome))
            continue
        kept = place.span if step is None else on_grid(place.span, step)
        found.append(Piece(kept, outcome))
        pending.extend(reversed(gaps((kept,), current, step)))
    return joined(found, step)


def _place_in(span: NumberRange) -> Fraction:
    """A value inside the span: its first where it is closed; elsewhere one between the ends."""
    if span.low is not None and span.low_closed:
        return span.low
    if span.high is not None and span.high_closed:
        return span.high
    if span.low is not None and span.high is not None:
        return (span.low + span.high) / 2
    if span.low is not None:
        return span.low + 1
    return Fraction(0) if span.high is None else span.high - 1
