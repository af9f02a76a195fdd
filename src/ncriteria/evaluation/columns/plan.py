"""What a table is judged by: the program that fits its columns, with what must be left to rows and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

from ncriteria.evaluation.columns.door.admission import Admitted
from ncriteria.evaluation.columns.expressions import size_in_columns
from ncriteria.evaluation.inside.form import sum_scale
from ncriteria.evaluation.program import tree as t
from ncriteria.evaluation.program.assembling import Epoch, Program, program_of
from ncriteria.evaluation.program.extents import Extent, fits, numbers_in
from ncriteria.evaluation.program.slots import keys_in, slots_of
from ncriteria.language.queries import walk
from ncriteria.language.tree import FactKey, FactRef, Within, is_verdict
from ncriteria.language.values import FIRST_DAY, LAST_DAY, DayPart
from ncriteria.quick_classes import frozen
from ncriteria.words import phrase

_ABSENT = Extent(0, 0)
_MOST_PARTS = 3_000
"""Parts of an expression of columns; each engine takes a while to plan a large one."""


@frozen
class Plan:
    """The program of a table, and every slot that it or the rows need; `sums` says where sums of facts lie."""

    program: Program
    slots: tuple[t.SlotKey, ...]
    sums: Mapping[str, Extent]


def plan_for(epochs: Sequence[Epoch], admitted: Admitted, *, rows_too: bool) -> Plan:
    """The program for a frame whose values lie where `admitted` says.

    A condition whose numbers might leave Int64, or that divides and rounds, is left to be evaluated row by row.
    `rows_too` asks for the slots of all rules, for the reference to judge whole rows with.
    """
    # A fact without a column has no values, so they are whole.
    scales = {name: 1 for epoch in epochs for name in epoch.lowered.criteria.facts} | dict(admitted.scales)
    sums = _sums(epochs, admitted, scales)
    extents = _Extents(admitted.extents, sums, admitted.most_inside)
    program = program_of(epochs, scales, lambda condition: _refusal(condition, extents))
    slots = slots_of(program)
    if program.opaque or rows_too:
        slots = tuple(dict.fromkeys((*slots, *_all_slots(epochs))))
    return Plan(program, slots, sums)


@frozen
class _Extents:
    """Where the values of facts lie and the sums of facts of units inside, and how many units lie inside one."""

    by_fact: Mapping[str, Extent]
    sums: Mapping[str, Extent]
    most_inside: int


def _refusal(condition: t.Condition, known: _Extents) -> str | None:
    """Why columns cannot judge a condition whose values lie where `known` says."""
    if size_in_columns(condition) > _MOST_PARTS:
        return phrase("its form in columns is too large")
    if any(isinstance(whole, t.FloorQuotient) for whole in numbers_in(condition)):
        return phrase("a rounded quotient, which engines do not round alike")
    extents = {key: _extent(key, known) for key in keys_in(condition)}
    if not fits(condition, extents):
        return phrase("with the values of this table a product or a sum may leave the range of Int64")
    return None


def facts_asked(epochs: Sequence[Epoch]) -> list[FactKey]:
    """The facts that the rules look at, with their periods."""
    return [key for key in _all_slots(epochs) if isinstance(key, FactKey)]


def verdicts_asked_in(plan: Plan) -> tuple[FactKey, ...]:
    """The verdicts of other years and standards that rules lean on."""
    return tuple(key for key in plan.slots if isinstance(key, FactKey) and is_verdict(key.name))


def _extent(key: t.SlotKey, known: _Extents) -> Extent:
    match key:
        case FactKey(name=name):
            return known.by_fact.get(name, _ABSENT)
        case t.ShareKey(fact=""):
            return Extent(0, known.most_inside)
        case t.ShareKey(fact=fact):
            return known.sums[fact]
        case t.DayPartKey(part=part):
            return Extent(part.least, part.greatest)
        case t.DayNumberKey():
            return Extent(FIRST_DAY, LAST_DAY)
        case t.JudgedYearKey():
            return Extent(DayPart.YEAR.least, DayPart.YEAR.greatest)
        case _:
            assert_never(key)


def _sums(epochs: Sequence[Epoch], admitted: Admitted, scales: Mapping[str, int]) -> dict[str, Extent]:
    """Where sums of facts lie; a term of which nothing is known adds the end of its declared range."""
    declared = {name: one for epoch in epochs for name, one in epoch.lowered.criteria.facts.items()}
    found = {}
    for name in {key.fact for key in _all_slots(epochs) if isinstance(key, t.ShareKey) and key.fact}:
        scale, terms = sum_scale(declared[name], scales), admitted.extents.get(name, _ABSENT)
        assert terms.least is not None
        assert terms.greatest is not None
        finer = scale // scales.get(name, 1)
        ends = [int(end * scale) for end in (declared[name].minimum, declared[name].maximum) if end is not None]
        each = (terms.least * finer, terms.greatest * finer, *ends, 0)
        # Units that are made of others may add what more rows have than there are units.
        most = 2 * admitted.most_inside
        found[name] = Extent(min(each) * most, max(each) * most)
    return found


def _all_slots(epochs: Sequence[Epoch]) -> list[t.SlotKey]:
    found: list[t.SlotKey] = []
    for node in (node for epoch in epochs for expr in epoch.lowered.exprs for node in walk(expr)):
        if isinstance(node, FactRef):
            found.append(FactKey(node.name, node.period))
        elif isinstance(node, Within):
            found += t.share_keys(node)
    return found
