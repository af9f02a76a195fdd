"""The years of a set between which no value of a parameter changes, and rules with those values put in."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction

from attrs import frozen

from ncriteria.language.queries import parts, walk, with_parts
from ncriteria.language.tree import Boolean, Date, Expr, Number, Parameter, Text
from ncriteria.language.values import Unknown
from ncriteria.sets.model import CriteriaSet, ParameterValue, value_at


@frozen
class ParameterEpoch:
    """Assessment years from `first` on in which the parameters have these `values`."""

    first: int
    values: Mapping[str, ParameterValue]


def epochs_of(criteria: CriteriaSet, expr: Expr) -> tuple[ParameterEpoch, ...]:
    """The epochs of the set for the parameters that `expr` mentions, in order."""
    names = dict.fromkeys(node.name for node in walk(expr) if isinstance(node, Parameter))
    declared = [criteria.parameters[name] for name in names]
    changes = {dated.since for parameter in declared for dated in parameter.values if dated.since is not None}
    first = criteria.years.first
    found = []
    for year in sorted({first, *(year for year in changes if year > first and year in criteria.years)}):
        dated = {parameter.name: value_at(parameter, year) for parameter in declared}
        found.append(ParameterEpoch(year, {name: value.value for name, value in dated.items() if value is not None}))
    return tuple(found)


def with_values(expr: Expr, values: Mapping[str, ParameterValue]) -> Expr:
    """`expr` with the parameters that have one of `values` replaced by it; an open value stays a parameter."""
    if isinstance(expr, Parameter):
        return _constant(expr, values.get(expr.name, Unknown.UNKNOWN))
    return with_parts(expr, [with_values(part, values) for part in parts(expr)])


def _constant(parameter: Parameter, value: ParameterValue) -> Expr:
    match value:
        case bool():
            return Boolean(value, span=parameter.span)
        case Fraction():
            return Number(value, span=parameter.span)
        case str():
            return Text(value, span=parameter.span)
        case datetime.date():
            return Date(value, span=parameter.span)
        case Unknown():
            return parameter
