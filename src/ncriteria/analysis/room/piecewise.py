"""Functions that are constant on each of a few spans of one variable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Generic, TypeVar

from attrs import evolve

from ncriteria.analysis.room.value_sets import NumberRange, overlap, position, united
from ncriteria.quick_classes import frozen

T = TypeVar("T")


@frozen
class Piece(Generic[T]):
    """One span, and the value that a function has on all of it."""

    span: NumberRange
    value: T


def joined(pieces: Iterable[Piece[T]], step: Fraction | None = None) -> tuple[Piece[T], ...]:
    """The pieces in order, with neighbours of one value made one; the pieces cover a span without gaps."""
    found: list[Piece[T]] = []
    for piece in sorted(pieces, key=lambda piece: position(piece.span)):
        if found and found[-1].value == piece.value:
            (whole,) = united((found[-1].span, piece.span), step)
            found[-1] = evolve(found[-1], span=whole)
        else:
            found.append(piece)
    return tuple(found)


def aligned(
    functions: Sequence[Sequence[Piece[T]]], domain: NumberRange
) -> Iterator[tuple[NumberRange, tuple[T, ...]]]:
    """The spans on which every one of the functions is constant, with the values of all of them.

    Each function covers `domain` in order; of no functions there is one span, the domain.
    """
    places = [0] * len(functions)
    remaining: list[NumberRange] = [domain] if not functions else []
    for span in remaining:
        yield span, ()
    while functions and all(place < len(pieces) for place, pieces in zip(places, functions, strict=True)):
        current = [pieces[place] for place, pieces in zip(places, functions, strict=True)]
        common: NumberRange | None = current[0].span
        for piece in current[1:]:
            common = None if common is None else overlap(common, piece.span)
        assert common is not None, "the functions cover the domain"
        yield common, tuple(piece.value for piece in current)
        for index, piece in enumerate(current):
            if (piece.span.high, piece.span.high_closed) == (common.high, common.high_closed):
                places[index] += 1
