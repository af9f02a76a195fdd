"""Rows that tell the rules of some clauses apart: on the boundaries, beside them, and with facts left unknown.

A search, not a proof: rows are a plain one (nothing known, or every number the same) with one or two values changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, combinations, islice, product
from random import Random

from ncriteria.analysis.cases import Row
from ncriteria.analysis.deadline import NEVER, Deadline
from ncriteria.analysis.telling.row_values import Candidate, Key, Share, SliceVariables, readings, variables_of
from ncriteria.evaluation.lowering import lower
from ncriteria.evaluation.records.record import in_view
from ncriteria.language.tree import FactKey
from ncriteria.language.values import Interval
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import CriteriaSet, FactType, FactValue, ParameterValue, Rolled, RollUp

_MOST_VALUES = 14
_MOST_FOCUS = 6
_MOST_READINGS = 12
MOST_ROWS = 6000
"""How many rows a search tries unless it is told otherwise."""

Values = Mapping[Key, Candidate]
"""Values for all variables of some rules; what is `None` is not known."""


@frozen
class Edited:
    """An edit that rows should tell: the slice as it is edited, and the facts next to the change, tried first."""

    part: CriteriaSet
    facts: frozenset[FactKey] = frozenset()


def telling_rows(
    part: CriteriaSet,
    year: int,
    most: int = MOST_ROWS,
    *,
    edited: Edited | None = None,
    deadline: Deadline = NEVER,
) -> Iterator[Row]:
    """Rows that a slice of a set is worth trying on, the plainest first; at most `most` of them.

    With `edited` they are those on which the edit is worth trying. Raises `OutOfTimeError` once the `deadline` has
    passed.
    """
    lowered = lower(part, year)
    sides = [lowered, *([] if edited is None else [lower(edited.part, year)])]
    variables = variables_of(sides, part.facts, deadline)
    settings = list(islice(readings(lowered, variables.parameters), _MOST_READINGS))
    focus = [key for key in variables.facts if edited is not None and key in edited.facts]
    rows = (row_of(year, values, setting) for values in plain_changed(variables, focus) for setting in settings)
    for row in islice(rows, most):
        deadline.check()
        yield row


def drawn(variables: SliceVariables) -> Iterator[Values]:
    """Values for all variables at random, the same each time, and without end: near one plain number in each row."""
    draw = Random(0)
    while True:
        base = draw.choice(variables.bases)
        yield {
            key: draw.choice((*variables.near(key, base), *variables.candidates(key)[:_MOST_VALUES]))
            for key in variables.keys
        }


def plain_changed(variables: SliceVariables, focus: Sequence[FactKey] = ()) -> Iterator[Values]:
    """Values for all variables: nothing known or one plain number everywhere, with no, one or two values changed.

    Those in which facts of the `focus` change come first.
    """
    plain = [_Base(dict.fromkeys(variables.keys), None), *_plain_rows(variables)]
    seen: set[tuple[Candidate, ...]] = set()
    rows = chain(
        _focused(variables, plain, focus),
        (
            row
            for changes in (0, 1, 2)
            for base in plain
            for changed in combinations(variables.keys, changes)
            for row in _changed(variables, base, changed)
        ),
    )
    for row in rows:
        form = tuple(row.values())
        if form not in seen:
            seen.add(form)
            yield row


@frozen
class _Base:
    """A plain row: nothing known, or every fact the same `number`."""

    values: Values
    number: Fraction | None


def _plain_rows(variables: SliceVariables) -> Iterator[_Base]:
    truths = any(variables.type_of(key) is FactType.BOOLEAN for key in variables.facts)
    for number in variables.bases:
        for truth in (True, False) if truths else (True,):
            facts: dict[Key, Candidate] = {}
            for key in variables.facts:
                kind = variables.type_of(key)
                if kind is FactType.BOOLEAN:
                    facts[key] = truth
                elif kind.is_numeric:
                    facts[key] = number if variables.fits(key, number) else None
                else:
                    facts[key] = next((value for value in variables.candidates(key) if value is not None), None)
            yield _Base({**facts, **dict.fromkeys(variables.shares)}, number)


def _focused(variables: SliceVariables, plain: Sequence[_Base], focus: Sequence[FactKey]) -> Iterator[Values]:
    """The plain rows with one or two of a few facts changed, to values on boundaries first."""
    for key in focus:
        for base in plain:
            near = () if base.number is None else variables.near(key, base.number)
            for value in near or variables.telling_first(key):
                yield {**base.values, key: value}
    for changed in combinations(focus, 2) if len(focus) <= _MOST_FOCUS else ():
        for base in plain:
            yield from _changed(variables, base, changed)


def _changed(variables: SliceVariables, base: _Base, changed: Sequence[Key]) -> Iterator[Values]:
    """The plain row with each value in turn of the facts that change; of two, only the values that fit its number."""
    options = [_options(variables, base, key, alone=len(changed) == 1) for key in changed]
    for values in product(*options):
        yield {**base.values, **dict(zip(changed, values, strict=True))}


def _options(variables: SliceVariables, base: _Base, key: Key, *, alone: bool) -> tuple[Candidate, ...]:
    values = variables.candidates(key)
    if alone:
        return values
    near = () if base.number is None else variables.near(key, base.number)
    if not near:
        return values[: _MOST_VALUES + 1]
    return tuple(dict.fromkeys([*near[:_MOST_VALUES], *values[:4]]))


def row_of(year: int, values: Values, parameters: Mapping[str, ParameterValue] | None = None) -> Row:
    """The row in which variables have these values."""
    facts: dict[FactKey, FactValue] = {}
    shares: dict[Share, Rolled] = {}
    for key, value in values.items():
        if isinstance(key, FactKey) and value is not None and not isinstance(value, RollUp):
            facts[FactKey(key.name, in_view(key.period, year))] = value
        elif not isinstance(key, FactKey) and isinstance(value, (RollUp, Fraction, Interval)):
            shares[key] = value
    return Row(facts, year, parameters or {}, shares)
