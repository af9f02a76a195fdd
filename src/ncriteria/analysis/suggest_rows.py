"""Rows that tell the rules of some clauses apart: on the boundaries, beside them, and with facts left unknown.

A search, not a proof: rows are a plain one (nothing known, or every number the same) with one or two values changed.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, combinations, islice, product
from math import floor

from attrs import frozen

from ncriteria.analysis.boundaries import (
    Linear,
    constants_of,
    difference,
    is_possible,
    smallest_step,
    thresholds,
)
from ncriteria.analysis.rows import Row
from ncriteria.evaluation.lowering import LoweredSet, lower
from ncriteria.evaluation.record import in_view
from ncriteria.language.queries import walk
from ncriteria.language.tree import Compare, Date, Expr, FactKey, FactRef, InRange, Parameter, ShareMet
from ncriteria.language.values import UNKNOWN, Unknown
from ncriteria.sets.model import CriteriaSet, FactDeclaration, FactType, FactValue, ParameterValue, RollUp

_BASES = tuple(map(Fraction, (0, 1, 2, 10, 20, 100)))
"""Numbers that every fact of a plain row has; a reader can follow 19 of 20."""
_MOST_VALUES = 14
MOST_ROWS = 6000
"""How many rows a search tries unless it is told otherwise."""

Share = tuple[str, str]
Key = FactKey | Share
Candidate = FactValue | RollUp | None


@frozen
class _Variables:
    """What the rules of a slice ask for, with the values that are worth a try, the plainest first."""

    facts: Mapping[FactKey, tuple[Candidate, ...]]
    shares: Mapping[Share, tuple[Candidate, ...]]
    parameters: Mapping[str, tuple[ParameterValue, ...]]


def telling_rows(part: CriteriaSet, year: int, most: int = MOST_ROWS) -> Iterator[Row]:
    """Rows that a slice of a set is worth trying on, the plainest first; at most `most` of them."""
    variables = _variables(part, year)
    settings = [_overrides(part, year, values) for values in _parameter_settings(variables)]
    plain = _assignments(part, variables)
    rows = (_row(year, values, setting) for values in plain for setting in settings)
    return islice(rows, most)


def _variables(part: CriteriaSet, year: int) -> _Variables:
    lowered = lower(part, year)
    exprs = [
        expr for rules in lowered.clauses.values() for expr in (rules.rule, rules.applies_when) if expr is not None
    ]
    nodes = [node for expr in exprs for node in walk(expr)]
    facts = dict.fromkeys(node.key for node in nodes if isinstance(node, FactRef))
    shares = dict.fromkeys((node.level, node.path) for node in nodes if isinstance(node, ShareMet))
    names = dict.fromkeys(node.name for node in nodes if isinstance(node, Parameter))
    numbers = numbers_on_boundaries(part, lowered, exprs)
    return _Variables(
        {key: tuple(_fact_values(part.facts[key.name], numbers.get(key, ()), nodes)) for key in facts},
        {key: tuple(_roll_ups(constants_of(part, expr) for expr in exprs)) for key in shares},
        {name: tuple(_parameter_values(part, lowered, name)) for name in names},
    )


def numbers_on_boundaries(
    part: CriteriaSet, lowered: LoweredSet, exprs: Sequence[Expr]
) -> dict[FactKey, list[Fraction]]:
    """For each fact the values at and beside the boundaries, where all other facts have one plain number."""
    found: dict[FactKey, list[Fraction]] = {}
    values = {name: value for name, value in lowered.parameters.items() if isinstance(value, Fraction)}
    for comparison in (node for expr in exprs for node in walk(expr) if isinstance(node, (Compare, InRange))):
        constants = constants_of(part, comparison)
        for threshold in thresholds(comparison):
            form = difference(threshold, values)
            if form is not None:
                for leaf in form.factors:
                    step = smallest_step(part.facts[leaf.name], constants)
                    numbers = found.setdefault(leaf.key, [])
                    for base in _BASES:
                        others = {other.key: base for other in form.factors}
                        numbers += around(solved(form, leaf, others), step)
    return found


def solved(form: Linear, leaf: FactRef, values: Mapping[FactKey, Fraction]) -> Fraction:
    """The value of `leaf` at which the form is 0 where the other facts have `values`."""
    others = sum((factor * values[other.key] for other, factor in form.factors.items() if other != leaf), form.constant)
    return -others / form.factors[leaf]


def around(exact: Fraction, step: Fraction) -> list[Fraction]:
    """`exact` and its neighbours, or the two values beside it where it is no multiple of the `step`."""
    nearest = floor(exact / step) * step
    return [nearest, nearest + step, nearest - step] if nearest == exact else [nearest, nearest + step]


def _fact_values(
    declaration: FactDeclaration, numbers: Iterable[Fraction], nodes: Sequence[Expr]
) -> Iterator[FactValue | None]:
    yield None
    match declaration.type:
        case FactType.BOOLEAN:
            yield from (True, False)
        case FactType.ENUMERATION:
            yield from declaration.options
        case FactType.DATE:
            days = dict.fromkeys(node.value for node in nodes if isinstance(node, Date))
            for day in days or [datetime.date(2024, 1, 1)]:
                yield from (day, day - datetime.timedelta(1), day + datetime.timedelta(1))
        case _:
            possible = [value for value in chain(_BASES, numbers) if is_possible(declaration, value)]
            plain = sorted(dict.fromkeys(possible), key=_plainness)
            yield from plain[:_MOST_VALUES]


def _plainness(value: Fraction) -> tuple[int, Fraction]:
    return (value.denominator, abs(value))


def _roll_ups(constants: Iterable[tuple[Fraction, ...]]) -> Iterator[RollUp | None]:
    yield None
    shares = dict.fromkeys(value for found in constants for value in found if 0 <= value <= 1)
    for total in (10, 100):
        for value in shares:
            met = floor(value * total)
            for count in (met, met + 1, met - 1):
                if 0 <= count <= total:
                    yield RollUp(count, total - count)
                    if count < total:
                        yield RollUp(count, total - count - 1, 1)


def _parameter_values(part: CriteriaSet, lowered: LoweredSet, name: str) -> Iterator[ParameterValue]:
    """The value that holds, then the others that an enumeration, a truth or an open parameter can have."""
    declared = part.parameters[name]
    yield lowered.parameters[name]
    if declared.type is FactType.BOOLEAN:
        yield from (True, False)
    yield from declared.options
    if any(isinstance(dated.value, Unknown) for dated in declared.values):
        yield UNKNOWN


def _parameter_settings(variables: _Variables) -> list[dict[str, ParameterValue]]:
    names = list(variables.parameters)
    settings = product(*(dict.fromkeys(values) for values in variables.parameters.values()))
    return [dict(zip(names, values, strict=True)) for values in islice(settings, 12)]


def _overrides(part: CriteriaSet, year: int, setting: Mapping[str, ParameterValue]) -> dict[str, ParameterValue]:
    """The part of a setting that differs from what the set says."""
    held = lower(part, year).parameters
    return {name: value for name, value in setting.items() if held[name] != value}


def _assignments(part: CriteriaSet, variables: _Variables) -> Iterator[dict[Key, Candidate]]:
    """Values for all variables: nothing known or one plain number everywhere, with no, one or two values changed."""
    candidates: dict[Key, tuple[Candidate, ...]] = {}
    candidates.update(variables.facts.items())
    candidates.update(variables.shares.items())
    keys = list(candidates)
    plain = [dict.fromkeys(keys), *_plain_rows(part, variables)]
    seen: set[tuple[Candidate, ...]] = set()
    for changes in (0, 1, 2):
        for base in plain:
            for changed in combinations(keys, changes):
                for values in product(*(candidates[key] for key in changed)):
                    row = {**base, **dict(zip(changed, values, strict=True))}
                    form = tuple(row.values())
                    if form not in seen:
                        seen.add(form)
                        yield row


def _plain_rows(part: CriteriaSet, variables: _Variables) -> Iterator[dict[Key, Candidate]]:
    truths = any(part.facts[key.name].type is FactType.BOOLEAN for key in variables.facts)
    for number in _BASES:
        for truth in (True, False) if truths else (True,):
            facts: dict[Key, Candidate] = {}
            for key, values in variables.facts.items():
                kind = part.facts[key.name].type
                if kind is FactType.BOOLEAN:
                    facts[key] = truth
                elif kind.is_numeric:
                    facts[key] = number if number in values else None
                else:
                    facts[key] = next((value for value in values if value is not None), None)
            yield {**facts, **dict.fromkeys(variables.shares)}


def _row(year: int, values: Mapping[Key, Candidate], parameters: Mapping[str, ParameterValue]) -> Row:
    facts: dict[FactKey, FactValue] = {}
    shares: dict[Share, RollUp] = {}
    for key, value in values.items():
        if isinstance(key, FactKey) and value is not None and not isinstance(value, RollUp):
            facts[FactKey(key.name, in_view(key.period, year))] = value
        elif isinstance(value, RollUp) and not isinstance(key, FactKey):
            shares[key] = value
    return Row(facts, year, parameters, shares)
