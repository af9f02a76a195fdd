"""Years that no assessment year of a set can reach: dated values, and fixed years of facts."""

from __future__ import annotations

from collections.abc import Iterator

from ncriteria.analysis.rule_testing.conditions import place_of
from ncriteria.errors import Problem
from ncriteria.language.queries import facts_of
from ncriteria.language.tree import InYear
from ncriteria.language.values import Unknown
from ncriteria.sets.grades.scales import written_members
from ncriteria.sets.loader import LocatedSet
from ncriteria.sets.model import CriteriaSet, DatedValue, ParameterDeclaration
from ncriteria.sets.structure import expressions
from ncriteria.sets.years.territories import judged_years
from ncriteria.sets.years.windows import CALENDAR_YEAR
from ncriteria.words import phrase

_YEARS_BACK = 50
"""No figure is asked for that is older: a year that lies farther back is a slip of the pen."""


def year_slips(located: LocatedSet) -> Iterator[Problem]:
    """A warning for each dated value that never holds, and each fixed year that is no earlier year."""
    for parameter in located.criteria.parameters.values():
        yield from _values_out_of_reach(located.criteria, parameter)
    yield from _fixed_years(located)
    yield from _years_before_force(located.criteria)


def _years_before_force(criteria: CriteriaSet) -> Iterator[Problem]:
    """The years of an extending set that end before its act is in force, which are left to the set that it extends."""
    years, judged, day = criteria.years, judged_years(criteria), criteria.instrument.in_force
    if judged != years:
        place = criteria.place_of("years")
        message = phrase(
            "the set begins in {first}, which ends on {end}, before {act} is in force ({day}): it does not judge that "
            "year",
            first=years.first,
            end=(criteria.window or CALENDAR_YEAR).days(years.first)[1],
            act=criteria.instrument.number,
            day=day,
        )
        hint = (
            phrase("write `years: {{from: {first}}}`", first=judged.first)
            if judged is not None
            else phrase("correct `years`, or `in_force`")
        )
        yield Problem("NC444", message, place, hint)


def _values_out_of_reach(criteria: CriteriaSet, parameter: ParameterDeclaration) -> Iterator[Problem]:
    years = criteria.years
    ends: list[DatedValue | None] = [*parameter.values[1:], None]
    for dated, following in zip(parameter.values, ends, strict=True):
        is_known = dated.value is not Unknown.UNKNOWN  # that nothing is known of later years is no slip
        begins_late = is_known and dated.since is not None and years.last is not None and dated.since > years.last
        ends_early = following is not None and (following.since or 0) <= years.first
        if begins_late or ends_early:
            until = "" if following is None or begins_late else phrase(" to {year}", year=(following.since or 1) - 1)
            message = phrase(
                "the value of `{name}` from {since}{until} never holds",
                name=parameter.name,
                since=dated.since,
                until=until,
            )
            hint = phrase("correct `from`, or leave the value out")
            place = dated.place or parameter.place
            yield Problem(
                "NC140", phrase("{message}: the set is for {years}", message=message, years=years), place, hint
            )


def _fixed_years(located: LocatedSet) -> Iterator[Problem]:
    years = located.criteria.years
    for member in written_members(located.criteria):
        for role, expr in expressions(member):
            for key in facts_of(expr):
                if isinstance(key.period, InYear) and (why := _why_not(located.criteria, key.period.year)) is not None:
                    message = phrase(
                        '`{key}` in the {role} of "{path}" takes {year}: {why}',
                        key=key,
                        role=role,
                        path=member.path,
                        year=key.period.year,
                        why=why,
                    )
                    place = place_of(located, member, role, expr.span)
                    hint = phrase(
                        "write a year before {first}, or `prev_year` and `years_ago` for a moving year",
                        first=years.first,
                    )
                    yield Problem("NC141", message, place, hint)


def _why_not(criteria: CriteriaSet, year: int) -> str | None:
    years = criteria.years
    if years.last is not None and year >= years.last:
        return phrase("no assessment year of {years} comes after it", years=years)
    if year > years.first:
        return phrase("it is still to come in the assessment years {first} to {year}", first=years.first, year=year - 1)
    if year < years.first - _YEARS_BACK:
        return phrase("it lies more than {years_back} years before the set", years_back=_YEARS_BACK)
    return None
