"""The years of a set between which no value of a parameter of a rule changes, with these values."""

from __future__ import annotations

from collections.abc import Mapping

from ncriteria.language.queries import walk
from ncriteria.language.tree import Expr, Parameter
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import CriteriaSet, ParameterValue
from ncriteria.sets.years.parameter_years import starts_within, value_at


@frozen
class ParameterEpoch:
    """Assessment years from `first` on in which the parameters have these `values`."""

    first: int
    values: Mapping[str, ParameterValue]


def epochs_of(criteria: CriteriaSet, expr: Expr) -> tuple[ParameterEpoch, ...]:
    """The epochs of the set for the parameters that `expr` mentions, in order."""
    names = dict.fromkeys(node.name for node in walk(expr) if isinstance(node, Parameter))
    declared = [criteria.parameters[name] for name in names]
    found = []
    for year in starts_within(declared, criteria.years):
        dated = {parameter.name: value_at(parameter, year) for parameter in declared}
        found.append(ParameterEpoch(year, {name: value.value for name, value in dated.items() if value is not None}))
    return tuple(found)
