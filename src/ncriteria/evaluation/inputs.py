"""Facts as a program gives them, made into a record."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from ncriteria.errors import NCriteriaError, Problem
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.record import Record
from ncriteria.facts.checks import shown
from ncriteria.facts.table import contradict, merged
from ncriteria.facts.values import FactInput, from_python
from ncriteria.language.near_misses import did_you_mean
from ncriteria.language.tree import THIS_YEAR, Ago, FactKey, Period
from ncriteria.sets.model import CriteriaSet, FactValue, RollUp

Facts = Mapping[str, FactInput]


def record_of(
    criteria: CriteriaSet,
    facts: Facts,
    *,
    prev_year: Facts | None = None,
    earlier: Mapping[int, Facts] | None = None,
    year: int | None = None,
    shares: Mapping[tuple[str, str], RollUp] | None = None,
) -> Record:
    """The record of `facts` by name; raises `EvaluationError` with everything that is wrong with them."""
    problems: list[Problem] = []
    if earlier and year is None:
        problems.append(
            Problem("NC302", "`earlier` gives facts by year, so the assessment year is needed", None, _YEAR)
        )
    values: dict[FactKey, FactValue] = {}
    for period, given in _periods(facts, prev_year, earlier or {}, year, problems):
        for name, value in given.items():
            # Names are compared in composed form, as everywhere in the language.
            _add(criteria, values, FactKey(unicodedata.normalize("NFC", name), period), value, problems)
    if problems:
        raise EvaluationError(problems)
    return Record(values, year, shares or {})


_YEAR = "give `year=...`"


def _periods(
    facts: Facts,
    prev_year: Facts | None,
    earlier: Mapping[int, Facts],
    year: int | None,
    problems: list[Problem],
) -> list[tuple[Period, Facts]]:
    periods: list[tuple[Period, Facts]] = [(THIS_YEAR, facts), (Ago(1), prev_year or {})]
    for earlier_year, given in earlier.items():
        if year is not None and earlier_year >= year:
            message = f"`earlier` holds {earlier_year}, which is not before the assessment year {year}"
            problems.append(Problem("NC306", message))
        elif year is not None:
            periods.append((Ago(year - earlier_year), given))
    return periods


def _add(
    criteria: CriteriaSet,
    values: dict[FactKey, FactValue],
    key: FactKey,
    given: FactInput,
    problems: list[Problem],
) -> None:
    declaration = criteria.facts.get(key.name)
    if declaration is None:
        hint = did_you_mean(key.name, criteria.facts)
        problems.append(Problem("NC304", f"{criteria.id} has no fact `{key.name}`", None, hint))
        return
    try:
        value = from_python(declaration, given)
    except NCriteriaError as error:
        problems.extend(error.problems)
        return
    if value is None:
        return
    before = values.setdefault(key, value)
    if contradict(before, value):
        problems.append(Problem("NC306", f"`{key}` is given twice, as {shown(before)} and as {shown(value)}"))
    else:
        values[key] = merged(before, value)
