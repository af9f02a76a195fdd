"""Whether a value lies in the declared range of its fact."""

from __future__ import annotations

from fractions import Fraction

from ncriteria.language.values import Interval, bounds
from ncriteria.sets.model import FactDeclaration, FactType, FactValue
from ncriteria.words import Phrase, phrase


def limits_of(value: FactValue) -> list[Fraction]:
    """The number that `value` is, or the ends that are known of it; none of what is no number."""
    if isinstance(value, Fraction):
        return [value]
    return [end for end in bounds(value) if end is not None] if isinstance(value, Interval) else []


def out_of_range(declaration: FactDeclaration, value: FactValue) -> Phrase | None:
    """What is wrong with `value` as a value of the fact, in words that follow it; `None` where it fits."""
    if not isinstance(value, (Fraction, Interval)):
        return None
    ends = limits_of(value)
    low, high = bounds(value)
    if declaration.type is FactType.COUNT and any(end.denominator != 1 for end in ends):
        return phrase("is not a whole number, and a count is")
    name, places = declaration.name, declaration.decimals
    if (least := declaration.minimum) is not None and high is not None and high < least:
        return phrase("is less than {least}, the least that `{fact}` can be", least=least, fact=name)
    if (most := declaration.maximum) is not None and low is not None and low > most:
        return phrase("is more than {most}, the most that `{fact}` can be", most=most, fact=name)
    if places is not None and any((end * 10**places).denominator != 1 for end in ends):
        return phrase("has more than the {places} decimal places of `{fact}`", places=places, fact=name)
    return None
