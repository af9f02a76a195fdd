"""Years that no assessment year of a set can reach: dated values, and fixed years of facts."""

from __future__ import annotations

from collections.abc import Iterator

from ncriteria.analysis.rule_testing.conditions import place_of
from ncriteria.errors import Problem
from ncriteria.language.queries import facts_of
from ncriteria.language.tree import InYear
from ncriteria.sets.loader import LocatedSet
from ncriteria.sets.model import CriteriaSet, DatedValue, ParameterDeclaration
from ncriteria.sets.structure import expressions

_YEARS_BACK = 50
"""No figure is asked for that is older: a year that lies farther back is a slip of the pen."""


def year_slips(located: LocatedSet) -> Iterator[Problem]:
    """A warning for each dated value that never holds, and each fixed year that is no earlier year."""
    for parameter in located.criteria.parameters.values():
        yield from _values_out_of_reach(located.criteria, parameter)
    yield from _fixed_years(located)


def _values_out_of_reach(criteria: CriteriaSet, parameter: ParameterDeclaration) -> Iterator[Problem]:
    years = criteria.years
    ends: list[DatedValue | None] = [*parameter.values[1:], None]
    for dated, following in zip(parameter.values, ends, strict=True):
        begins_late = dated.since is not None and years.last is not None and dated.since > years.last
        ends_early = following is not None and (following.since or 0) <= years.first
        if begins_late or ends_early:
            until = "" if following is None or begins_late else f" to {(following.since or 1) - 1}"
            message = f"the value of `{parameter.name}` from {dated.since}{until} never holds"
            hint = "correct `from`, or leave the value out"
            place = dated.place or parameter.place
            yield Problem("NC140", f"{message}: the set is for {years}", place, hint)


def _fixed_years(located: LocatedSet) -> Iterator[Problem]:
    years = located.criteria.years
    for member in located.criteria.members():
        for role, expr in expressions(member):
            for key in facts_of(expr):
                if isinstance(key.period, InYear) and (why := _why_not(located.criteria, key.period.year)) is not None:
                    message = f'`{key}` in the {role} of "{member.path}" takes {key.period.year}: {why}'
                    place = place_of(located, member, role, expr.span)
                    hint = f"write a year before {years.first}, or `prev_year` and `years_ago` for a moving year"
                    yield Problem("NC141", message, place, hint)


def _why_not(criteria: CriteriaSet, year: int) -> str | None:
    years = criteria.years
    if years.last is not None and year >= years.last:
        return f"no assessment year of {years} comes after it"
    if year > years.first:
        return f"it is still to come in the assessment years {years.first} to {year - 1}"
    if year < years.first - _YEARS_BACK:
        return f"it lies more than {_YEARS_BACK} years before the set"
    return None
