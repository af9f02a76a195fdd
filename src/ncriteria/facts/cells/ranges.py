"""Whether a value lies in the declared range of its fact."""

from __future__ import annotations

from fractions import Fraction

from ncriteria.language.values import Interval, bounds
from ncriteria.sets.model import FactDeclaration, FactType, FactValue


def limits_of(value: FactValue) -> list[Fraction]:
    """The number that `value` is, or the ends that are known of it; none of what is no number."""
    if isinstance(value, Fraction):
        return [value]
    return [end for end in bounds(value) if end is not None] if isinstance(value, Interval) else []


def out_of_range(declaration: FactDeclaration, value: FactValue) -> str | None:
    """What is wrong with `value` as a value of the fact, in words that follow it; `None` where it fits."""
    if not isinstance(value, (Fraction, Interval)):
        return None
    ends = limits_of(value)
    low, high = bounds(value)
    if declaration.type is FactType.COUNT and any(end.denominator != 1 for end in ends):
        return "is not a whole number, and a count is"
    if declaration.minimum is not None and high is not None and high < declaration.minimum:
        return f"is less than {declaration.minimum}, the least that `{declaration.name}` can be"
    if declaration.maximum is not None and low is not None and low > declaration.maximum:
        return f"is more than {declaration.maximum}, the most that `{declaration.name}` can be"
    if declaration.decimals is not None and any((end * 10**declaration.decimals).denominator != 1 for end in ends):
        return f"has more than the {declaration.decimals} decimal places of `{declaration.name}`"
    return None
