"""The slots that a program reads: the facts and roll-ups that must be looked up before it runs."""

from __future__ import annotations

from collections.abc import Iterator

from ncriteria.evaluation.program import tree as t
from ncriteria.evaluation.program.assembling import Program


def slots_of(program: Program) -> tuple[t.SlotKey, ...]:
    """The keys of every slot and flag that the steps read, each once, in the order of the steps."""
    conditions = [
        condition
        for step in program.steps
        for condition in (step.status.applies, step.status.holds, step.condition, step.undefined)
    ]
    return tuple(dict.fromkeys(key for condition in conditions for key in keys_in(condition)))


def looked_up(key: t.SlotKey) -> t.SlotKey:
    """What is looked up for a slot: of a day's number and of a part of it, the fact that says the day."""
    return key.day if isinstance(key, (t.DayPartKey, t.DayNumberKey)) else key


def keys_in(condition: t.Condition) -> Iterator[t.SlotKey]:
    """The slots and flags that `condition` reads."""
    return (node.key for node in t.nodes_in(condition) if isinstance(node, t.Slot | t.Flag))


def names_in(part: t.Condition | t.Whole) -> Iterator[str]:
    """The named conditions that `part` rests on."""
    return (node.name for node in t.nodes_in(part) if isinstance(node, t.Named))
