"""Types of expressions: truths, numbers of a unit, values of an enumeration, calendar days."""

from __future__ import annotations

from collections import Counter
from typing import assert_never

from attrs import field

from ncriteria.quick_classes import frozen
from ncriteria.words import phrase


@frozen
class UnitOfMeasure:
    """What a number counts or measures: a product of powers of named units, `vụ` or `vụ/người`; none for a ratio."""

    powers: tuple[tuple[str, int], ...] = ()

    def __str__(self) -> str:
        above = [_power(name, power) for name, power in self.powers if power > 0]
        below = [_power(name, -power) for name, power in self.powers if power < 0]
        if not self.powers:
            return phrase("a plain number")
        return "·".join(above or ["1"]) + (f"/{'·'.join(below)}" if below else "")


def _power(name: str, power: int) -> str:
    return name if power == 1 else f"{name}^{power}"


PLAIN = UnitOfMeasure()
DAYS = UnitOfMeasure((("ngày", 1),))
"""What the difference of two days counts."""


def unit_of(name: str | None) -> UnitOfMeasure:
    """The unit called `name`; `None` is a plain number."""
    return PLAIN if name is None else UnitOfMeasure(((name, 1),))


def multiplied(one: UnitOfMeasure, other: UnitOfMeasure, sign: int = 1) -> UnitOfMeasure:
    """The unit of a product, or of a quotient when `sign` is -1."""
    powers = Counter(dict(one.powers))
    for name, power in other.powers:
        powers[name] += sign * power
    return UnitOfMeasure(tuple(sorted((name, power) for name, power in powers.items() if power)))


@frozen
class TruthType:
    """True, false or unknown."""


@frozen
class NumberType:
    """An exact number; `unit` is `None` for literals, which take the unit of what they meet.

    `is_whole` where the number is written out, or a parameter, and whole; it makes no other type.
    """

    unit: UnitOfMeasure | None = None
    is_whole: bool = field(default=False, eq=False)


@frozen
class EnumerationType:
    """One of `options`; a `literal` fits every enumeration that has it. `order` has them from worst to best, if any."""

    options: frozenset[str]
    literal: bool = False
    order: tuple[str, ...] = ()


@frozen
class DateType:
    """A calendar day."""


ValueType = TruthType | NumberType | EnumerationType | DateType


def describe(kind: ValueType) -> str:
    """The type in words, for messages."""
    match kind:
        case TruthType():
            return phrase("a condition")
        case NumberType():
            return phrase("a number")
        case EnumerationType():
            return phrase("a text")
        case DateType():
            return phrase("a date")
        case _:
            assert_never(kind)
