"""What is known of the units inside the one that is judged: as a value of a rule, and unit by unit."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Final, assert_never, cast

from ncriteria.language.source import Finding
from ncriteria.language.tree import FactRef, Measure, Within
from ncriteria.language.values import Interval, Quantity, Undefined, Value
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import CriteriaSet, FactDeclaration, Rolled, RollUp, Verdict
from ncriteria.words import phrase

_ANY_SHARE: Final = Interval(Fraction(0), Fraction(1))
_ANY_COUNT: Final = Interval(Fraction(0), None)


@frozen
class UnitInside:
    """A unit inside another: how it came out, or what it adds to a sum; `None` where nothing is known of it.

    `reason` is the error for which it is awaited, of the unit or of one inside it, where there is one.
    """

    id: str
    name: str | None
    found: Verdict | Quantity | None = None
    reason: str | None = None

    @property
    def is_awaited(self) -> bool:
        """Whether what it comes to can still change."""
        return self.found is None or self.found is Verdict.UNDETERMINED or isinstance(self.found, Interval)


@frozen
class UnitsInside:
    """The units that a roll-up is taken of; `unnamed` are so many more of which the table has no row."""

    units: tuple[UnitInside, ...]
    unnamed: int = 0

    @property
    def awaited(self) -> tuple[UnitInside, ...]:
        """The units that the roll-up waits for."""
        return tuple(one for one in self.units if one.is_awaited)

    def of(self, verdict: Verdict) -> tuple[UnitInside, ...]:
        """The units that came out so."""
        return tuple(one for one in self.units if one.found is verdict)


def told_inside(criteria: CriteriaSet, asked: Within) -> Callable[[Rolled | None], Value]:
    """The value of a roll-up in a rule of `criteria`, as a function of what is known of the units inside."""
    match asked.measure:
        case Measure.SHARE_MET | Measure.SHARE_OF:
            return lambda found: _ANY_SHARE if found is None else _share_of(asked, cast("RollUp", found))
        case Measure.COUNT_MET | Measure.COUNT_OF:
            return lambda found: _ANY_COUNT if found is None else count(cast("RollUp", found))
        case Measure.SUM_OF:
            nothing = any_sum(summed(criteria, asked))
            return lambda found: nothing if found is None else cast("Quantity", found)
        case _:
            assert_never(asked.measure)


def summed(criteria: CriteriaSet, asked: Within) -> FactDeclaration:
    """What is declared of the fact that a sum adds up."""
    assert isinstance(asked.inner, FactRef)
    return criteria.facts[asked.inner.name]


def any_sum(declared: FactDeclaration) -> Interval:
    """Where a sum lies of which neither the terms nor their number are known."""
    low, high = declared.minimum, declared.maximum
    zero = Fraction(0)
    return Interval(zero if low is not None and low >= 0 else None, zero if high is not None and high <= 0 else None)


def share(roll_up: RollUp) -> Quantity | None:
    """The share of units that meet a clause; `None` where it applies to no unit.

    A unit that is undetermined may come out met, not met or not applicable; the bounds hold all of these.
    """
    judged = roll_up.met + roll_up.not_met + roll_up.undetermined
    if judged == 0:
        return None
    low, high = Fraction(roll_up.met, judged), Fraction(roll_up.met + roll_up.undetermined, judged)
    return low if roll_up.undetermined == 0 else Interval(low, high)


def count(roll_up: RollUp) -> Quantity:
    """How many units meet a clause."""
    low = Fraction(roll_up.met)
    return low if roll_up.undetermined == 0 else Interval(low, low + roll_up.undetermined)


def _share_of(asked: Within, roll_up: RollUp) -> Value:
    value = share(roll_up)
    if value is None:
        message = phrase(
            '"{path}" applies to no {level}, so there is no share of those that meet it',
            path=asked.path,
            level=asked.level,
        )
        return Undefined(Finding("NC305", message, asked.span))
    return value
