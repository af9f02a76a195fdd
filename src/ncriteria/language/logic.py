"""Three-valued truth (S. C. Kleene, Introduction to Metamathematics, 1952, section 64), and counting under it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from ncriteria.language.values import UNKNOWN, Quantity, Truth, interval


def negation(truth: Truth) -> Truth:
    """Not: unknown stays unknown."""
    return truth if truth is UNKNOWN else not truth


def conjunction(truths: Iterable[Truth]) -> Truth:
    """And: false as soon as one is false, true when all are true."""
    found: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is UNKNOWN:
            found = UNKNOWN
    return found


def disjunction(truths: Iterable[Truth]) -> Truth:
    """Or: true as soon as one is true, false when all are false."""
    return negation(conjunction(negation(truth) for truth in truths))


def count_true(truths: Sequence[Truth]) -> Quantity:
    """How many are true: between those that are true and those that may be."""
    certain = sum(truth is True for truth in truths)
    return interval(Fraction(certain), Fraction(certain + sum(truth is UNKNOWN for truth in truths)))
