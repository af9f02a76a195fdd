"""The slots that a program reads: the facts and roll-ups that must be looked up before it runs."""

from __future__ import annotations

from collections.abc import Iterator

from ncriteria.evaluation.program.assembling import Program
from ncriteria.evaluation.program.extents import numbers_in
from ncriteria.evaluation.program.tree import (
    Both,
    Choice,
    Condition,
    Decision,
    Either,
    Flag,
    Indicator,
    IsKnown,
    Literal,
    Named,
    Opposite,
    Pick,
    Relation,
    Settled,
    Slot,
    SlotKey,
    Whole,
)


def slots_of(program: Program) -> tuple[SlotKey, ...]:
    """The keys of every slot and flag that the steps read, each once, in the order of the steps."""
    conditions = [
        condition
        for step in program.steps
        for condition in (step.status.applies, step.status.holds, step.condition, step.undefined)
    ]
    return tuple(dict.fromkeys(key for condition in conditions for key in keys_in(condition)))


def keys_in(condition: Condition) -> Iterator[SlotKey]:
    """The slots and flags that `condition` reads."""
    for whole in numbers_in(condition):
        if isinstance(whole, Slot):
            yield whole.key
        elif isinstance(whole, (Pick, Indicator)):
            yield from keys_in(whole.condition)
    yield from _flags_in(condition)


def _flags_in(condition: Condition) -> Iterator[SlotKey]:
    match condition:
        case Flag(key=key):
            yield key
        case (
            Decision(plain=first, true_if=second, false_if=third)
            | Choice(condition=first, consequence=second, alternative=third)
        ):
            for inner in (first, second, third):
                yield from _flags_in(inner)
        case Both(operands=operands) | Either(operands=operands):
            for operand in operands:
                yield from _flags_in(operand)
        case Opposite(operand=operand) | Settled(operand=operand):
            yield from _flags_in(operand)
        case IsKnown(operand=operand) if not isinstance(operand, Literal):
            yield from _flags_in_known(operand)
        case Relation(left=left, right=right):
            for side in (left, right):
                if isinstance(side, Slot):
                    yield side.key
        case _:
            return


def _flags_in_known(operand: object) -> Iterator[SlotKey]:
    match operand:
        case Flag(key=key) | Slot(key=key):
            yield key
        case Both() | Either() | Opposite() | Settled() | Decision() | Choice() | IsKnown() | Relation():
            yield from _flags_in(operand)
        case _:
            return


def names_in(part: Condition | Whole) -> Iterator[str]:
    """The named conditions that `part` rests on."""
    match part:
        case Named(name=name):
            yield name
        case (
            Decision(plain=first, true_if=second, false_if=third)
            | Choice(condition=first, consequence=second, alternative=third)
        ):
            for inner in (first, second, third):
                yield from names_in(inner)
        case Both(operands=operands) | Either(operands=operands):
            for operand in operands:
                yield from names_in(operand)
        case Opposite(operand=operand) | Settled(operand=operand):
            yield from names_in(operand)
        case IsKnown(operand=operand) if not isinstance(operand, Literal):
            yield from names_in(operand)
        case Relation(left=left, right=right):
            for side in (left, right):
                if not isinstance(side, Literal):
                    yield from names_in(side)
        case _:
            for whole in numbers_in(part):
                if isinstance(whole, (Pick, Indicator)):
                    yield from names_in(whole.condition)
