"""The values that a judgement has as one fact varies: constant on spans, whose ends are found by algebra.

At one place of a span the record evaluator judges and its trace says which signs the outcome rests on (guards). The
roots of the guards divide the span; on the part around the place nothing changes, and the other parts are taken up in
their turn. So each end is a root of a polynomial of the rules, and each value is what the record evaluator says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Generic, TypeVar

from attrs import define, frozen

from ncriteria.analysis.deadline import NEVER, Deadline
from ncriteria.analysis.room.ends import FinerGridError, NotSolvableError, Place, Reason
from ncriteria.analysis.room.piecewise import Piece, joined
from ncriteria.analysis.room.polynomials import Polynomial, rational_roots, sign_changes, trimmed, whole_ends
from ncriteria.analysis.room.value_sets import Span

T = TypeVar("T")
MOST_PLACES = 600
"""How many places of one grid, or of all rationals, are judged before the intervals are too many to be read."""
MOST_PLACES_OF_ALL = 8_000
"""The same for all grids together that the whole numbers are divided into."""
MOST_NUMBERS = 10_000
FINEST_GRID = 2_000


@frozen
class Unsolved:
    """No answer for a span: `reason` says why the rule could not be solved there."""

    reason: Reason


@frozen
class Line:
    """How the fact depends on the variable t: it is `anchor + step * t`.

    On a grid t takes whole numbers only, otherwise every rational.
    """

    anchor: Fraction
    step: Fraction
    grid: bool

    @property
    def form(self) -> Polynomial:
        """The fact as a polynomial of t."""
        return trimmed([self.anchor, self.step])

    def at(self, place: Fraction) -> Fraction:
        """The fact where t is `place`."""
        return self.anchor + self.step * place


@frozen
class Sample(Generic[T]):
    """The outcome at one value of the fact; `guard` adds to a place what the outcome rests on."""

    outcome: T
    guard: Callable[[Place, Polynomial], None]


Judge = Callable[[Fraction], Sample[T]]


@define
class Effort:
    """How many places may still be judged, into how many parts a grid may be divided, and until when."""

    places: int = MOST_PLACES_OF_ALL
    finest: int = FINEST_GRID
    deadline: Deadline = NEVER


def solve(judge: Judge[T], line: Line, span: Span, deadline: Deadline = NEVER) -> tuple[Piece[T | Unsolved], ...]:
    """The outcomes of `judge` on `span`, which is in terms of the variable of `line`.

    Where a rule cannot be solved the outcome is `Unsolved`, never a guess.
    """
    try:
        return _solved(judge, line, span, Effort(deadline=deadline))
    except NotSolvableError as refusal:
        return (Piece(span, Unsolved(refusal.reason)),)


def _solved(judge: Judge[T], line: Line, span: Span, effort: Effort) -> tuple[Piece[T | Unsolved], ...]:
    try:
        return joined(_pieces(judge, line, span, effort), _gap(line))
    except FinerGridError as finer:
        return _divided(judge, line, span, finer.parts, effort)


def _gap(line: Line) -> Fraction | None:
    return Fraction(1) if line.grid else None


def _pieces(judge: Judge[T], line: Line, span: Span, effort: Effort) -> Iterator[Piece[T | Unsolved]]:
    pending, left = [span], min(MOST_PLACES, effort.places)
    while pending:
        current = pending.pop()
        if not line.grid and not current.is_point and (current.low_closed or current.high_closed):
            pending.extend(_opened(current))
            continue
        if effort.deadline.passed:
            raise NotSolvableError(Reason.OUT_OF_TIME)
        left, effort.places = left - 1, effort.places - 1
        if left < 0:
            raise NotSolvableError(Reason.TOO_MANY)
        at = _place_in(current)
        sample = judge(line.at(at))
        if current.is_point:
            yield Piece(current, sample.outcome)
            continue
        place = Place(at, line.grid, effort.finest)
        try:
            sample.guard(place, line.form)
            parts = _parts(current, place)
        except NotSolvableError as refusal:
            yield Piece(current, Unsolved(refusal.reason))
            continue
        for part in parts:
            if at in part:
                yield Piece(part, sample.outcome)
            else:
                pending.append(part)


def _place_in(span: Span) -> Fraction:
    """A number inside the span: its first where it is closed; elsewhere one between the ends."""
    if span.low is not None and span.low_closed:
        return span.low
    if span.high is not None and span.high_closed:
        return span.high
    if span.low is not None and span.high is not None:
        return (span.low + span.high) / 2
    if span.low is not None:
        return span.low + 1
    return Fraction(0) if span.high is None else span.high - 1


def _opened(span: Span) -> Iterator[Span]:
    """The ends that belong to the span, and the open span between them."""
    for end, closed in ((span.low, span.low_closed), (span.high, span.high_closed)):
        if end is not None and closed:
            yield Span(end, end)
    yield Span(span.low, span.high, False, False)


def _parts(span: Span, place: Place) -> list[Span]:
    """The span divided at every place where a guard changes its sign."""
    return _whole_parts(span, place) if place.grid else _rational_parts(span, place)


def _whole_parts(span: Span, place: Place) -> list[Span]:
    low, high = whole_ends(span)
    starts = sorted({change for polynomial in place.guards for change in sign_changes(polynomial, low, high)})
    lows = [span.low, *(Fraction(start) for start in starts)]
    highs = [*(Fraction(start - 1) for start in starts), span.high]
    return [Span(first, last) for first, last in zip(lows, highs, strict=True)]


def _rational_parts(span: Span, place: Place) -> list[Span]:
    roots: set[Fraction] = set()
    for polynomial in place.guards:
        found = rational_roots(polynomial, span)
        if found is None:
            raise NotSolvableError(Reason.NOT_RATIONAL)
        roots.update(found)
    ends = [span.low, *sorted(roots), span.high]
    opened = [Span(low, high, False, False) for low, high in pairwise(ends)]
    return [*opened, *(Span(root, root) for root in roots)]


def _divided(judge: Judge[T], line: Line, span: Span, parts: int, effort: Effort) -> tuple[Piece[T | Unsolved], ...]:
    """The outcomes on every `parts`-th whole number, one class after another, put together again."""
    classes, before = [], effort.finest
    effort.finest //= parts
    for remainder in range(parts):
        inner = Line(line.at(Fraction(remainder)), line.step * parts, grid=True)
        within = _class_span(span, remainder, parts)
        classes.append(_solved(judge, inner, within, effort) if within is not None else ())
    effort.finest = before
    return joined(_together(classes, span, parts), Fraction(1))


def _class_span(span: Span, remainder: int, parts: int) -> Span | None:
    low = None if span.low is None else -((remainder - span.low) // parts)
    high = None if span.high is None else (span.high - remainder) // parts
    if low is not None and high is not None and low > high:
        return None
    return Span(None if low is None else Fraction(low), None if high is None else Fraction(high))


def _together(classes: list[tuple[Piece[T | Unsolved], ...]], span: Span, parts: int) -> Iterator[Piece[T | Unsolved]]:
    """The pieces of all classes as pieces of the whole span."""
    starts: set[Fraction] = set()
    for remainder, pieces in enumerate(classes):
        for piece in pieces:
            if piece.span.low is not None:
                starts.add(piece.span.low * parts + remainder)
            if piece.span.high is not None:
                starts.add(piece.span.high * parts + remainder + 1)
    inside = sorted(start for start in starts if start in span and start != span.low)
    lows = [span.low, *inside]
    highs = [*(start - 1 for start in inside), span.high]
    for low, high in zip(lows, highs, strict=True):
        yield from _stretch(classes, Span(low, high), parts)


def _stretch(
    classes: list[tuple[Piece[T | Unsolved], ...]], stretch: Span, parts: int
) -> Iterator[Piece[T | Unsolved]]:
    """One stretch on which every class has one outcome: one piece where they agree, else number by number."""
    places = [_first_in(stretch, remainder, parts) for remainder in range(parts)]
    outcomes = [_outcome_at(pieces, place) for pieces, place in zip(classes, places, strict=True) if place is not None]
    if all(outcome == outcomes[0] for outcome in outcomes):
        yield Piece(stretch, outcomes[0])
    elif stretch.low is None or stretch.high is None:
        refusal = next((outcome for outcome in outcomes if isinstance(outcome, Unsolved)), None)
        yield Piece(stretch, refusal or Unsolved(Reason.UNENDING))
    elif stretch.high - stretch.low > MOST_NUMBERS:
        yield Piece(stretch, Unsolved(Reason.TOO_MANY))
    else:
        for number in range(int(stretch.low), int(stretch.high) + 1):
            point, inner = Fraction(number), Fraction(number // parts)
            yield Piece(Span(point, point), _outcome_at(classes[number % parts], inner))


def _first_in(stretch: Span, remainder: int, parts: int) -> Fraction | None:
    """Where the numbers of a class begin inside a stretch, in terms of the class; `None` where there are none."""
    if stretch.low is None:
        return Fraction(0) if stretch.high is None else Fraction((stretch.high - remainder) // parts)
    first = Fraction(-((remainder - stretch.low) // parts))
    return None if stretch.high is not None and first * parts + remainder > stretch.high else first


def _outcome_at(pieces: tuple[Piece[T | Unsolved], ...], place: Fraction) -> T | Unsolved:
    return next(piece.value for piece in pieces if place in piece.span)
