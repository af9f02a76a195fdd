"""Which years a set is tried on: those that it holds for, or every year of a table, and then it is said."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal

from attrs import evolve

from ncriteria.quick_classes import frozen
from ncriteria.sets.model import CriteriaSet, DatedValue, ParameterDeclaration, Years
from ncriteria.sets.years.parameter_years import value_at

YearsTried = Literal["as-law", "all"]
"""`as-law`: a set judges the years that it holds for. `all`: it judges every year, also outside of those."""


@frozen
class OutsideYears:
    """A set that was tried outside the years that it holds for: in `years`, on so many rows.

    What it says there shows what its rules would do; it is no verdict under the law.
    """

    criteria: CriteriaSet
    years: tuple[int, ...]
    rows: int


def tried_in(criteria: CriteriaSet, years: Collection[int]) -> CriteriaSet:
    """`criteria` so that it judges all of `years`.

    Before its own years its parameters have their first values, after them their last.
    """
    own = criteria.years
    first = min((*years, own.first))
    last = None if own.last is None else max((*years, own.last))
    if Years(first, last) == own:
        return criteria
    parameters = {name: _stretched(declared, own) for name, declared in criteria.parameters.items()}
    return evolve(criteria, years=Years(first, last), parameters=parameters)


def _stretched(declared: ParameterDeclaration, own: Years) -> ParameterDeclaration:
    """A parameter whose first and last value within `own` hold before and after it too."""
    earliest = value_at(declared, own.first)
    if earliest is None:
        return declared
    later = tuple(dated for dated in declared.values if _begins_within(dated, own))
    return evolve(declared, values=(DatedValue(None, earliest.value), *later))


def _begins_within(dated: DatedValue, own: Years) -> bool:
    return dated.since is not None and dated.since > own.first and dated.since in own


def outside_years(criteria: CriteriaSet, rows_by_year: Mapping[int, int]) -> OutsideYears | None:
    """The years, among those of the judged rows, that `criteria` does not hold for."""
    years = tuple(sorted(year for year in rows_by_year if year not in criteria.years))
    return OutsideYears(criteria, years, sum(rows_by_year[year] for year in years)) if years else None
