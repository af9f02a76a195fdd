"""Facts as a program gives them, made into a record."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Container, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from typing import Final, assert_never, cast

from attrs import evolve, field

from ncriteria.errors import NCriteriaError, Problem
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.inside.told import any_sum, summed
from ncriteria.evaluation.records.arguments import expect_name, expect_record_arguments
from ncriteria.evaluation.records.record import Record
from ncriteria.facts.checks.fitting import shown
from ncriteria.facts.table import add_to_known, contradict
from ncriteria.facts.values import MOST_NUMERATOR, FactInput, from_python
from ncriteria.language.hints.near_misses import did_you_mean
from ncriteria.language.tree import Ago, FactKey, InYear
from ncriteria.language.values import Interval, Quantity
from ncriteria.quick_classes import frozen
from ncriteria.sets.inside import Asked, asked_inside
from ncriteria.sets.model import CriteriaSet, FactDeclaration, FactType, FactValue, Rolled, RollUp
from ncriteria.words import phrase

Facts = Mapping[str, FactInput]
Shares = Mapping[Asked, Rolled | FactInput]
"""What is given of the units inside: how many meet something, or a sum of theirs."""
_YEAR: Final = phrase("give `year=...`")
_exactly = lru_cache(maxsize=4096)(Fraction)
_Plain = tuple[type, Container[object] | None]
"""Values of a fact that need no further look: of one Python type, and among these."""
_Ready = tuple[FactKey, type, Container[object] | None]
"""A fact of one year, with the values of it that need no further look."""


@frozen(eq=False)
class Door:
    """Where the facts of a program come in: each is checked by its declaration, and becomes a value of a record.

    `declarations` are of the facts of the set, and of those that verdicts which it leans on are judged from.
    """

    criteria: CriteriaSet
    declarations: Mapping[str, FactDeclaration]
    _facts: dict[int, Mapping[str, _Ready]] = field(factory=dict, init=False, repr=False)

    def record(
        self,
        facts: Facts,
        *,
        prev_year: Facts | None = None,
        earlier: Mapping[int, Facts] | None = None,
        year: int | None = None,
        shares: Shares | None = None,
    ) -> Record:
        """The record of `facts` by name; raises `EvaluationError` with everything that is wrong with them."""
        expect_record_arguments(facts, prev_year, earlier, year, shares)
        problems: list[Problem] = []
        values: dict[FactKey, FactValue] = {}
        filled: set[int] = set()
        named = False
        for back, given in _periods(facts, prev_year, earlier or {}, year, problems):
            alone = back not in filled and not named
            named |= self._add_all(values, back, given, year, problems, alone=alone)
            filled.add(back)
        if problems:
            raise EvaluationError(problems)
        return Record(values, year, {} if not shares else self._rolled(shares))

    def _rolled(self, shares: Shares) -> dict[Asked, Rolled]:
        """What is known of the units inside, a sum as a value of its fact; raises `FactsError` for what is none."""
        found: dict[Asked, Rolled] = {}
        for at, given in shares.items():
            if isinstance(given, RollUp | Interval):
                found[at] = given
                continue
            asked = asked_inside(self.criteria).get(at)
            if asked is None:
                continue
            declared = summed(self.criteria, asked)
            ends = any_sum(declared)
            value = from_python(evolve(declared, name=at[1], minimum=ends.low, maximum=ends.high), given)
            if value is not None:
                found[at] = cast("Quantity", value)
        return found

    def _add_all(
        self,
        values: dict[FactKey, FactValue],
        back: int,
        given: Facts,
        year: int | None,
        problems: list[Problem],
        *,
        alone: bool,
    ) -> bool:
        """Add the facts of the year `back`; whether a name says another year.

        `alone` says that nothing else has given facts of that year.
        """
        says_years = False
        known = self._facts_of(back)
        for name, value in given.items():
            ready = known.get(name)
            if ready is not None and alone:
                key, kind, among = ready
                if type(value) is kind and (among is None or value in among):
                    values[key] = _exactly(value) if kind is int else cast("FactValue", value)
                    continue
            expect_name(name)
            named = _named(name, back, year)
            if isinstance(named, Problem):
                problems.append(named)
            else:
                says_years |= named.period != Ago(back)
                self._add(values, named, value, problems)
            alone = alone and ready is not None
        return says_years

    def _facts_of(self, back: int) -> Mapping[str, _Ready]:
        if back not in self._facts:
            self._facts[back] = {
                name: (FactKey.of(name, Ago(back)), *_plain_values(declaration))
                for name, declaration in self.declarations.items()
            }
        return self._facts[back]

    def _add(self, values: dict[FactKey, FactValue], key: FactKey, given: FactInput, problems: list[Problem]) -> None:
        declaration = self.declarations.get(key.name)
        if declaration is None:
            hint = did_you_mean(key.name, self.declarations)
            problems.append(
                Problem(
                    "NC304",
                    phrase("{criteria} has no fact `{name}`", criteria=self.criteria.id, name=key.name),
                    None,
                    hint,
                )
            )
            return
        try:
            value = from_python(declaration, given)
        except NCriteriaError as error:
            problems.extend(error.problems)
            return
        if value is None:
            return
        if key in values and contradict(values[key], value):
            message = phrase(
                "`{key}` is given twice, as {values} and as {value}",
                key=key,
                values=shown(values[key]),
                value=shown(value),
            )
            problems.append(Problem("NC306", message))
        else:
            add_to_known(values, key, value)


def _named(name: str, back: int, year: int | None) -> FactKey | Problem:
    """The fact that a name says, in the period that it says as seen from the year `back`; names are composed (NFC)."""
    key = None
    if "(" in name or "." in name:
        from ncriteria.language.parser import read_fact_key  # which most records have no need of

        key = read_fact_key(name)
    if key is None:
        return FactKey.of(unicodedata.normalize("NFC", name), Ago(back))
    match key.period:
        case Ago(years=years):
            return FactKey.of(key.name, Ago(back + years))
        case InYear(year=fixed) if year is None:
            return Problem(
                "NC302",
                phrase("`{name}` is a fact of {fixed}, so the assessment year is needed", name=name, fixed=fixed),
                None,
                _YEAR,
            )
        case InYear(year=fixed) if fixed > year:
            return Problem("NC306", phrase("`{name}` is after the assessment year {year}", name=name, year=year))
        case InYear(year=fixed):
            return FactKey.of(key.name, Ago(year - fixed))


def _plain_values(declaration: FactDeclaration) -> _Plain:
    match declaration.type:
        case FactType.COUNT | FactType.NUMBER:
            low = -MOST_NUMERATOR if declaration.minimum is None else ceil(declaration.minimum)
            high = MOST_NUMERATOR if declaration.maximum is None else floor(declaration.maximum)
            return int, range(low, high + 1)
        case FactType.BOOLEAN:
            return bool, (True, False)
        case FactType.ENUMERATION:
            return str, frozenset(declaration.options)
        case FactType.DATE:
            return datetime.date, None
        case _:
            assert_never(declaration.type)


def _periods(
    facts: Facts,
    prev_year: Facts | None,
    earlier: Mapping[int, Facts],
    year: int | None,
    problems: list[Problem],
) -> Iterator[tuple[int, Facts]]:
    """The facts of each year, by how many years it lies back."""
    if earlier and year is None:
        problems.append(
            Problem("NC302", phrase("`earlier` gives facts by year, so the assessment year is needed"), None, _YEAR)
        )
    yield 0, facts
    yield 1, prev_year or {}
    for earlier_year, given in earlier.items():
        if year is not None and earlier_year >= year:
            message = phrase(
                "`earlier` holds {earlier_year}, which is not before the assessment year {year}",
                earlier_year=earlier_year,
                year=year,
            )
            problems.append(Problem("NC306", message))
        elif year is not None:
            yield year - earlier_year, given
