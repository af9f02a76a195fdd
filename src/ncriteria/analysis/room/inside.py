"""The room that units inside leave a clause: how many of those that are still open may fail, or must come out so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import evolve

from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.inside.told import UnitInside
from ncriteria.evaluation.lowering import LoweredSet
from ncriteria.evaluation.records.judging import judge
from ncriteria.evaluation.records.record import Record
from ncriteria.language.tree import Within
from ncriteria.quick_classes import frozen
from ncriteria.sets.inside import asked_inside
from ncriteria.sets.model import RollUp, Verdict

_MOST_TRIED: Final = 1_000
"""Of up to so many open units it is tried how many of them a clause can bear to fail."""


@frozen
class InsideRoom:
    """The units inside that are still open for a clause which is open, and how they may come out for it not to be lost.

    `open` are those that the table has, in the year or another, and `unnamed` so many more. At least `least` and at
    most `most` of them may meet what is asked, all else as it is known; `None` where it is not known how many, as for a
    sum. So many `met` it and `failed` by now. Where there is a table (`in_table`), the unnamed ones have no row in it.
    """

    asked: Within
    open: tuple[UnitInside, ...]
    unnamed: int
    in_table: bool
    least: int | None = None
    most: int | None = None
    met: int = 0
    failed: int = 0

    @property
    def count(self) -> int:
        """How many units are still open."""
        return len(self.open) + self.unnamed

    @property
    def may_fail(self) -> int | None:
        """How many of them may fail; `None` where that is not known."""
        return None if self.least is None else self.count - self.least

    @property
    def has_no_room(self) -> bool:
        """Whether some failed and not one more may, or some came out so and not one more may."""
        is_used_up = (self.failed > 0 and self.may_fail == 0) or (self.met > 0 and self.most == 0)
        return self.count > 0 and is_used_up


def inside_rooms(lowered: LoweredSet, record: Record, path: str) -> tuple[InsideRoom, ...]:
    """What the units inside leave of a clause whose verdict is open; nothing where a rule has no value."""
    if not record.shares:
        return ()
    try:
        waiting = judge(lowered, record)[path].open.roll_ups
    except EvaluationError:
        return ()
    asked = asked_inside(lowered.criteria)
    return tuple(_room(lowered, record, path, asked[key]) for key in waiting if key in record.shares)


def _room(lowered: LoweredSet, record: Record, path: str, asked: Within) -> InsideRoom:
    key = asked.level, asked.path
    rolled, units = record.shares[key], record.inside.get(key)
    in_table, awaited = units is not None, () if units is None else units.awaited
    if not isinstance(rolled, RollUp):
        return InsideRoom(asked, awaited, 0 if units is None else units.unnamed, in_table)
    unnamed = rolled.undetermined - len(awaited)
    found = InsideRoom(asked, awaited, unnamed, in_table, met=rolled.met, failed=rolled.not_met)
    if rolled.undetermined > _MOST_TRIED:
        return found
    borne = list(_borne(lowered, record, path, asked, rolled))
    if not borne or borne != list(range(borne[0], borne[-1] + 1)):
        return found
    return evolve(found, least=borne[0], most=borne[-1])


def _borne(lowered: LoweredSet, record: Record, path: str, asked: Within, rolled: RollUp) -> Iterator[int]:
    """How many of the open units may meet what is asked, so that the clause is not lost."""
    for met in range(rolled.undetermined + 1):
        whole = RollUp(rolled.met + met, rolled.not_met + rolled.undetermined - met)
        tried = evolve(record, shares={**record.shares, (asked.level, asked.path): whole})
        try:
            outcome = judge(lowered, tried)[path].verdict
        except EvaluationError:
            continue
        if outcome is not Verdict.NOT_MET:
            yield met
