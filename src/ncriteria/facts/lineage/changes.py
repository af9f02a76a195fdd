"""The changes of units: which went into which, how much of it, and what a unit that is made on a day is made of."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from enum import Enum
from fractions import Fraction
from typing import Final, TypeVar

from attrs import field

from ncriteria.errors import CellPlace
from ncriteria.facts.units.identifiers import normal_identifier
from ncriteria.quick_classes import frozen

K = TypeVar("K")
Proportion = Fraction | None
"""How much of a unit; `None` where that is not said."""
WHOLE: Final = Fraction(1)
Origins = Mapping[str, Proportion]
"""The units that one is made of, and how much of each."""


def _identifier(given: str) -> str:
    return normal_identifier(given)


class Share(Enum):
    """How much of a unit goes into another, where that is no stated proportion."""

    WHOLE = "whole"
    PART = "part"
    """A part; how large it is, is not said."""
    REMAINDER = "remainder"
    """What is left of it after the parts that go elsewhere."""


@frozen(kw_only=True)
class Change:
    """That a unit, or a `share` of it, is a part of the unit `new` from a `day` on.

    `share` is a `Share`, or a proportion above 0 and below 1. `instrument` is the act that says so. A unit that is
    merged with others stands in one change for each of them; one that only gets another identifier, in one.
    """

    old: str = field(converter=_identifier)
    new: str = field(converter=_identifier)
    share: Share | Fraction
    day: datetime.date
    instrument: str | None = None
    old_name: str | None = None
    new_name: str | None = None
    place: CellPlace | None = field(default=None, eq=False, repr=False)


def origins_on(changes: Sequence[Change]) -> Mapping[str, Origins]:
    """The units that are made on a day, with what each is made of; what is left of a unit stays that unit."""
    by_old: dict[str, list[Change]] = {}
    for change in changes:
        if change.share is not Share.WHOLE:
            by_old.setdefault(change.old, []).append(change)
    left = {old: remainder(parts) for old, parts in by_old.items()}
    found: dict[str, dict[str, Proportion]] = {}
    for change in changes:
        of_new = found.setdefault(change.new, {})
        if isinstance(change.share, Fraction):
            add_share(of_new, change.old, change.share)
        else:
            of_new[change.old] = WHOLE if change.share is Share.WHOLE else _unstated(change, left)
    for old, parts in by_old.items():
        if is_left(parts) and old not in found:
            found[old] = {old: left[old]}
    return found


def _unstated(change: Change, left: Mapping[str, Proportion]) -> Proportion:
    return left[change.old] if change.share is Share.REMAINDER else None


def is_left(parts: list[Change]) -> bool:
    """Whether something of a unit is left that no change of the day takes."""
    shares = [change.share for change in parts]
    return not {Share.WHOLE, Share.REMAINDER} & set(shares) and remainder(parts) != 0


def remainder(parts: list[Change]) -> Proportion:
    """What is left of a unit after its parts; `None` where one of them does not say how large it is."""
    stated = [change.share for change in parts if isinstance(change.share, Fraction)]
    return None if any(change.share is Share.PART for change in parts) else WHOLE - sum(stated, Fraction(0))


def times(one: Proportion, other: Proportion) -> Proportion:
    """A part of a part."""
    return None if one is None or other is None else one * other


def add_share(found: dict[K, Proportion], unit: K, share: Proportion) -> None:
    """Add to how much of a unit is known."""
    known = found.get(unit, Fraction(0))
    found[unit] = None if known is None or share is None else known + share
