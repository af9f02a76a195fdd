"""The assessment years in which two sets are set against each other.

That is more than the years of each one's parameters: it rests on both, also outside the years that they hold for, and
on fixed base years that are earlier years of some records and not of others.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from ncriteria.errors import Problem
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.lowering import names_its_year
from ncriteria.language.queries import facts_of
from ncriteria.language.tree import Ago, InYear
from ncriteria.quick_classes import frozen
from ncriteria.sets.grades.scales import judged_members
from ncriteria.sets.model import CriteriaSet, Years
from ncriteria.sets.structure import expressions
from ncriteria.sets.years.parameter_years import fixed_at, nearest_year, value_at
from ncriteria.words import phrase


@frozen
class Setting:
    """Two sets as they judge in each of `years`, in which they say the same; `year` is the first of these.

    A set that does not hold in these years judges as in the nearest year that it holds for: with the parameters of
    that year, and with fixed base years counted from `year`. `judged_as_if` has the identifiers of such sets.
    Where a rule `asks_year`, all years from `year` on are meant at once, and the year of a record is one of them.
    """

    years: Years
    old: CriteriaSet
    new: CriteriaSet
    judged_as_if: tuple[str, ...] = ()
    asks_year: bool = False

    @property
    def year(self) -> int:
        """The assessment year of the records."""
        return self.years.first


def settings(old: CriteriaSet, new: CriteriaSet, year: int | None = None) -> tuple[Setting, ...]:
    """The years to compare in: those that both hold for, or else those of the new set; or one given `year`.

    Consecutive years in which parameters and base years make no difference are one setting. Where a rule asks for the
    assessment year each year is one, but for those after which nothing else changes and of which there is no last.
    Raises `EvaluationError` where the new set does not hold in the given year.
    """
    if year is not None and year not in new.years:
        raise EvaluationError(
            Problem(
                "NC301",
                phrase(
                    "{criteria} holds for the assessment years {years}, not for {year}",
                    criteria=new.id,
                    years=new.years,
                    year=year,
                ),
            )
        )
    asked = Years(year, year) if year is not None else common_years(old, new) or new.years
    last = asked.last if asked.last is not None else _last_change(old, new, asked.first)
    asks_year = names_its_year(old) or names_its_year(new)
    runs: list[tuple[int, int, object]] = []
    for current in range(asked.first, last + 1):
        signature = (_signature(old, current), _signature(new, current))
        if runs and runs[-1][2] == signature:
            runs[-1] = (runs[-1][0], current, signature)
        else:
            runs.append((current, current, signature))
    found = [Years(first, None if asked.last is None and until == last else until) for first, until, _ in runs]
    return tuple(
        Setting(
            years,
            held_in(old, years),
            held_in(new, years),
            tuple(dict.fromkeys(criteria.id for criteria in (old, new) if years.first not in criteria.years)),
            asks_year and years.last is None,
        )
        for years in found
    )


def common_years(old: CriteriaSet, new: CriteriaSet) -> Years | None:
    """The years that both sets hold for."""
    return old.years.within(new.years)


def held_in(criteria: CriteriaSet, years: Years) -> CriteriaSet:
    """`criteria` so that it judges `years`, with the parameters of the nearest year that it holds for."""
    return criteria if years.first in criteria.years else evolve(fixed_at(criteria, years.first), years=years)


def _signature(criteria: CriteriaSet, year: int) -> object:
    """What of a set depends on the assessment year: its parameters, and base years that are also earlier years."""
    nearest = nearest_year(criteria.years, year)
    values = tuple(value_at(declared, nearest) for declared in criteria.parameters.values())
    back = max(_years_back(criteria), default=0)
    bases = tuple((base, year - base) for base in _base_years(criteria) if year - base <= back)
    return tuple(dated and dated.value for dated in values), bases, year if names_its_year(criteria) else None


def _periods(criteria: CriteriaSet) -> Iterator[Ago | InYear]:
    for member in judged_members(criteria):
        for _, expr in expressions(member):
            for key in facts_of(expr):
                yield key.period


def _years_back(criteria: CriteriaSet) -> Iterator[int]:
    return (period.years for period in _periods(criteria) if isinstance(period, Ago))


def _base_years(criteria: CriteriaSet) -> list[int]:
    return sorted({period.year for period in _periods(criteria) if isinstance(period, InYear)})


def _last_change(old: CriteriaSet, new: CriteriaSet, first: int) -> int:
    """The last year in which something of two open-ended sets can change."""
    years = [first]
    for criteria in (old, new):
        years += [dated.since for declared in criteria.parameters.values() for dated in declared.values if dated.since]
        years += [base + max(_years_back(criteria), default=0) + 1 for base in _base_years(criteria)]
    return max(years)
