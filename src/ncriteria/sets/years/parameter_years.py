"""Which values of parameters hold in which years of a set, and a set with the values of one year in all of them."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from ncriteria.sets.model import CriteriaSet, DatedValue, ParameterDeclaration, Years


def value_at(declaration: ParameterDeclaration, year: int | None) -> DatedValue | None:
    """The value that holds in `year`; `None` before the first. Without a year, the value that holds in all years."""
    if len(declaration.values) == 1 and declaration.values[0].since is None:
        return declaration.values[0]
    if year is None:
        return None
    return max(
        (dated for dated in declaration.values if (dated.since or 0) <= year),
        key=lambda dated: dated.since or 0,
        default=None,
    )


def starts_within(parameters: Iterable[ParameterDeclaration], years: Years) -> tuple[int, ...]:
    """The first of `years`, and each later one of them from which one of the parameters has another value."""
    changes = {dated.since for parameter in parameters for dated in parameter.values if dated.since is not None}
    return (years.first, *sorted(year for year in changes if year > years.first and year in years))


def nearest_year(years: Years, year: int) -> int:
    """The one of `years` that is nearest to `year`."""
    return max(years.first, year if years.last is None else min(year, years.last))


def fixed_at(criteria: CriteriaSet, year: int) -> CriteriaSet:
    """`criteria` with the values of its parameters in `year`, or in its nearest one, whatever year is judged."""
    nearest = nearest_year(criteria.years, year)
    return evolve(criteria, parameters={name: _fixed(one, nearest) for name, one in criteria.parameters.items()})


def _fixed(declared: ParameterDeclaration, year: int) -> ParameterDeclaration:
    dated = value_at(declared, year)
    return declared if dated is None else evolve(declared, values=(DatedValue(None, dated.value),))
