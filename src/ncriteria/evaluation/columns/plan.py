"""What a table is judged by: the program that fits its columns, with what must be left to rows and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

from attrs import frozen

from ncriteria.evaluation.columns.door.admission import Admitted
from ncriteria.evaluation.columns.expressions import size_in_columns
from ncriteria.evaluation.program.assembling import Epoch, Program, program_of
from ncriteria.evaluation.program.extents import Extent, fits, numbers_in
from ncriteria.evaluation.program.slots import keys_in, slots_of
from ncriteria.evaluation.program.tree import (
    Condition,
    DayNumberKey,
    DayPartKey,
    FloorQuotient,
    JudgedYearKey,
    ShareKey,
    SlotKey,
    share_keys,
)
from ncriteria.language.queries import walk
from ncriteria.language.tree import FactKey, FactRef, Within, is_verdict
from ncriteria.language.values import FIRST_DAY, LAST_DAY, DayPart
from ncriteria.words import phrase

_MOST_UNITS = 2**40
"""More units than any roll-up has."""
_MOST_TERMS = 2**24
"""More units than lie inside one."""
_ABSENT = Extent(0, 0)
_MOST_PARTS = 3_000
"""Parts of an expression of columns; each engine takes a while to plan a large one."""


@frozen
class Plan:
    """The program of a table, and every slot that it or the rows need."""

    program: Program
    slots: tuple[SlotKey, ...]


def plan_for(epochs: Sequence[Epoch], admitted: Admitted, *, rows_too: bool) -> Plan:
    """The program for a frame whose values lie where `admitted` says.

    A condition whose numbers might leave Int64, or that divides and rounds, is left to be evaluated row by row.
    `rows_too` asks for the slots of all rules, for the reference to judge whole rows with.
    """
    # A fact without a column has no values, so they are whole.
    scales = {name: 1 for epoch in epochs for name in epoch.lowered.criteria.facts} | dict(admitted.scales)
    extents = {**admitted.extents, **_sums(epochs, admitted, scales)}
    program = program_of(epochs, scales, lambda condition: _refusal(condition, extents))
    slots = slots_of(program)
    if program.opaque or rows_too:
        slots = tuple(dict.fromkeys((*slots, *_all_slots(epochs))))
    return Plan(program, slots)


def _refusal(condition: Condition, by_fact: Mapping[str, Extent]) -> str | None:
    """Why columns cannot judge a condition whose facts lie where `by_fact` says."""
    if size_in_columns(condition) > _MOST_PARTS:
        return phrase("its form in columns is too large")
    if any(isinstance(whole, FloorQuotient) for whole in numbers_in(condition)):
        return phrase("a rounded quotient, which engines do not round alike")
    extents = {key: _extent(key, by_fact) for key in keys_in(condition)}
    if not fits(condition, extents):
        return phrase("with the values of this table a product or a sum may leave the range of Int64")
    return None


def facts_asked(epochs: Sequence[Epoch]) -> list[FactKey]:
    """The facts that the rules look at, with their periods."""
    return [key for key in _all_slots(epochs) if isinstance(key, FactKey)]


def verdicts_asked_in(plan: Plan) -> tuple[FactKey, ...]:
    """The verdicts of other years and standards that rules lean on."""
    return tuple(key for key in plan.slots if isinstance(key, FactKey) and is_verdict(key.name))


def _extent(key: SlotKey, by_fact: Mapping[str, Extent]) -> Extent:
    match key:
        case FactKey(name=name):
            return by_fact.get(name, _ABSENT)
        case ShareKey(fact=""):
            return Extent(0, _MOST_UNITS)
        case ShareKey(fact=fact):
            return by_fact.get(sum_name(fact), _ABSENT)
        case DayPartKey(part=part):
            return Extent(part.least, part.greatest)
        case DayNumberKey():
            return Extent(FIRST_DAY, LAST_DAY)
        case JudgedYearKey():
            return Extent(DayPart.YEAR.least, DayPart.YEAR.greatest)
        case _:
            assert_never(key)


def _sums(epochs: Sequence[Epoch], admitted: Admitted, scales: Mapping[str, int]) -> dict[str, Extent]:
    """Where sums of facts lie; a term of which nothing is known adds the end of its declared range."""
    declared = {name: one for epoch in epochs for name, one in epoch.lowered.criteria.facts.items()}
    found = {}
    for name in {key.fact for key in _all_slots(epochs) if isinstance(key, ShareKey) and key.fact}:
        terms, scale = admitted.extents.get(name, _ABSENT), scales.get(name, 1)
        ends = [int(end * scale) for end in (declared[name].minimum, declared[name].maximum) if end is not None]
        low = None if terms.least is None else min(terms.least, *ends, 0) * _MOST_TERMS
        high = None if terms.greatest is None else max(terms.greatest, *ends, 0) * _MOST_TERMS
        found[sum_name(name)] = Extent(low, high)
    return found


def sum_name(fact: str) -> str:
    """What the sum of a fact is called among the extents; no fact is called so."""
    return f"sum_of({fact})"


def _all_slots(epochs: Sequence[Epoch]) -> list[SlotKey]:
    found: list[SlotKey] = []
    for node in (node for epoch in epochs for expr in epoch.lowered.exprs for node in walk(expr)):
        if isinstance(node, FactRef):
            found.append(FactKey(node.name, node.period))
        elif isinstance(node, Within):
            found += share_keys(node)
    return found
