"""Criteria ready to judge: the face of the library for one record at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import Factory, field, frozen

from ncriteria.errors import Problem
from ncriteria.evaluation.inputs import Door, Facts
from ncriteria.evaluation.judging import judge
from ncriteria.evaluation.lowering import LoweredSet, lower
from ncriteria.evaluation.record import Record
from ncriteria.evaluation.result import Result
from ncriteria.facts.identifiers import normal_identifier
from ncriteria.language.near_misses import no_such
from ncriteria.sets.catalog import ChoiceError, SetCatalog, load_catalog
from ncriteria.sets.loader import load_set, loads_set
from ncriteria.sets.model import CriteriaSet, FactDeclaration, Level, RollUp, Years


@frozen
class Criteria:
    """A criteria set that judges records; `definition` is the set itself, with its clauses and declarations."""

    definition: CriteriaSet = field(repr=lambda definition: repr(definition.id))
    _lowered: dict[int | None, LoweredSet] = field(factory=dict, init=False, repr=False, eq=False)
    _door: Door = field(
        init=False, repr=False, eq=False, default=Factory(lambda self: Door(self.definition), takes_self=True)
    )

    @property
    def id(self) -> str:
        """The stable identifier of the set."""
        return self.definition.id

    @property
    def level(self) -> Level:
        """The level of the units that the set judges."""
        return self.definition.level

    @property
    def years(self) -> Years:
        """The assessment years that the set holds for."""
        return self.definition.years

    @property
    def facts(self) -> Mapping[str, FactDeclaration]:
        """The facts that the rules use, by name."""
        return self.definition.facts

    def evaluate(
        self,
        facts: Facts,
        *,
        prev_year: Facts | None = None,
        earlier: Mapping[int, Facts] | None = None,
        year: int | None = None,
        shares: Mapping[tuple[str, str], RollUp] | None = None,
    ) -> Result:
        """Judge one unit in one assessment year.

        `facts` are those of the assessment year by name: `int`, `Fraction`, `Decimal`, `bool`, `str`, `date`,
        `AtLeast(n)` or `AtMost(n)`; `None`, or no entry, is unknown. `prev_year` are those of the year before,
        `earlier` those of other years by year. `year` is the assessment year; it is needed with `earlier`, and where a
        parameter of the set depends on the year. `shares` are the roll-ups that `share_met` asks for, by level and
        path.

        Raises `EvaluationError` for facts that the set does not know or that do not fit their declaration, for a year
        that the set does not hold for, and for a rule that has no value, such as a division by zero.
        """
        return self.judge(self.record(facts, prev_year=prev_year, earlier=earlier, year=year, shares=shares))

    def record(
        self,
        facts: Facts,
        *,
        prev_year: Facts | None = None,
        earlier: Mapping[int, Facts] | None = None,
        year: int | None = None,
        shares: Mapping[tuple[str, str], RollUp] | None = None,
    ) -> Record:
        """The record of the facts that `evaluate` takes; raises `EvaluationError` for facts that do not fit."""
        return self._door.record(facts, prev_year=prev_year, earlier=earlier, year=year, shares=shares)

    def judge(self, record: Record) -> Result:
        """Judge a record; raises `EvaluationError` as `evaluate` does."""
        if record.year not in self._lowered:
            self._lowered[record.year] = lower(self.definition, record.year)
        return judge(self._lowered[record.year], record)


@frozen
class Catalog:
    """Criteria sets to choose from by standard, level, year and territory."""

    sets: SetCatalog = field(repr=lambda sets: repr([criteria.id for criteria in sets.sets]))
    _criteria: dict[str, Criteria] = field(factory=dict, init=False, repr=False, eq=False)

    def choose(
        self, *, standard: str, level: str | Level, year: int, territory: str | Sequence[str] | None = None
    ) -> Criteria:
        """The criteria of `standard` for units of `level` in the assessment `year`.

        `territory` is the identifier of the unit, or of the unit and the units around it, nearest first: a set made
        for one of them wins over a national one. Raises `ChoiceError` where no set holds: a gap is never filled with
        the criteria of another year.
        """
        given = (territory,) if isinstance(territory, str) else tuple(territory or ())
        lineage = tuple(map(normal_identifier, given))
        levels = {known.value: known for known in Level}
        found = level if isinstance(level, Level) else levels.get(level)
        if found is None:
            raise ChoiceError(Problem("NC125", f'"{level}" is no level', hint=f"the levels are: {', '.join(levels)}"))
        return self.of(self.sets.choose(standard, found, year, lineage))

    def of(self, definition: CriteriaSet) -> Criteria:
        """The criteria of one of the catalog's sets, made ready once."""
        return self._criteria.setdefault(definition.id, Criteria(definition))

    def __getitem__(self, identifier: str) -> Criteria:
        for definition in self.sets.sets:
            if definition.id == identifier:
                return self.of(definition)
        raise no_such("set", identifier, [definition.id for definition in self.sets.sets])


def load(path: str | Path) -> Criteria:
    """The criteria in the file at `path`; raises `CriteriaError` with every problem of the file."""
    return Criteria(load_set(path))


def loads(content: str, *, file: str | None = None) -> Criteria:
    """The criteria in a text, which errors call `file`; raises `CriteriaError` with every problem of the text."""
    return Criteria(loads_set(content, file=file))


def definition_of(criteria: Criteria | CriteriaSet) -> CriteriaSet:
    """The set itself, of criteria that are ready to judge."""
    return criteria if isinstance(criteria, CriteriaSet) else criteria.definition


def catalog(folder: str | Path | None = None) -> Catalog:
    """The catalog of the criteria files in `folder`, or of the sets that come with the library.

    Raises `CriteriaError` with the problems of all files, and where two sets hold for the same units and years.
    """
    return Catalog(load_catalog(folder))
