"""Criteria ready to judge: the face of the library for one record at a time."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from numbers import Integral
from pathlib import Path
from types import NoneType
from typing import Final

from attrs import Factory, field

from ncriteria.errors import Problem, expect
from ncriteria.evaluation.attesting.deciding import attested_in, expect_attestations, with_attested
from ncriteria.evaluation.leaning.single_records import EarlierRecords, facts_leaned_on, leans
from ncriteria.evaluation.lowering import LoweredSet, lower
from ncriteria.evaluation.records.inputs import Door, Facts, Shares
from ncriteria.evaluation.records.judging import judge
from ncriteria.evaluation.records.record import Record
from ncriteria.evaluation.result import Result
from ncriteria.facts.attestations.model import Attestation
from ncriteria.facts.lineage.model import Lineage
from ncriteria.facts.lineage.territories import chosen_set, concerned, stated_chains
from ncriteria.facts.lineage.yearly import YearlyLineage
from ncriteria.facts.units.identifiers import normal_identifier
from ncriteria.language.hints.near_misses import did_you_mean, no_such
from ncriteria.quick_classes import frozen
from ncriteria.sets.catalog import ChoiceError, SetCatalog, load_catalog, shared_facts
from ncriteria.sets.declared.declared_facts import DeclaredFacts
from ncriteria.sets.files.files import FolderState, folder_state, shipped_folder
from ncriteria.sets.inside import with_inside
from ncriteria.sets.model import CriteriaSet, FactDeclaration, Level, Years
from ncriteria.sets.sources import EndedSet
from ncriteria.sets.structure import declared_facts
from ncriteria.sets.years.in_force import in_force_since
from ncriteria.sets.years.windows import CALENDAR_YEAR
from ncriteria.words import phrase


@frozen
class Criteria:
    """A criteria set that judges records; `definition` is the set itself, with its clauses and declarations."""

    definition: CriteriaSet = field(repr=lambda definition: repr(definition.id))
    _others: SetCatalog | None = field(default=None, repr=False, eq=False)
    """The sets that verdicts of other years and standards are judged by; of a set by itself only its own years are."""
    _lowered: dict[int | None, LoweredSet] = field(factory=dict, init=False, repr=False, eq=False)
    _door: Door = field(
        init=False,
        repr=False,
        eq=False,
        default=Factory(
            lambda self: Door(self.definition, facts_leaned_on(self.definition, self._others)), takes_self=True
        ),
    )

    leans: bool = field(
        init=False, repr=False, eq=False, default=Factory(lambda self: leans(self.definition), takes_self=True)
    )
    """Whether rules lean on verdicts of other years or standards."""

    @property
    def with_inside(self) -> tuple[CriteriaSet, ...]:
        """The set, followed by those that what its rules ask of units inside makes."""
        return with_inside((self.definition,))

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
        return DeclaredFacts(declared_facts(self.definition), (self.definition,))

    def evaluate(
        self,
        facts: Facts,
        *,
        prev_year: Facts | None = None,
        earlier: Mapping[int, Facts] | None = None,
        year: int | None = None,
        shares: Shares | None = None,
        attestations: Sequence[Attestation] = (),
    ) -> Result:
        """Judge one unit in one assessment year.

        `facts` are those of the assessment year by name: `int`, `Fraction`, `Decimal`, `bool`, `str`, `date`,
        `AtLeast(n)` or `AtMost(n)`; `None`, or no entry, is unknown. A name may say a period, as those in `missing` do:
        `prev_year.x`, `years_ago(2, x)`, `at(x, 2019)`. `prev_year` are the facts of the year before,
        `earlier` those of other years by year. `year` is the assessment year; it is needed with `earlier`, and where a
        parameter of the set depends on the year. `shares` are the roll-ups that `share_met` asks for, by level and
        path. `attestations` are those of this unit in this year; where rules lean on verdicts of other years or
        standards, those of these too.

        Verdicts of other years and standards are judged from the facts of those years, each under the set of its year,
        where the criteria come from a catalog; criteria of one file know only the years that they hold for. A verdict
        may also be given as a fact, by its name `met("19.2")`.

        Raises `EvaluationError` for facts that the set does not know or that do not fit their declaration, for a year
        that the set does not hold for, for a rule that has no value, such as a division by zero, and for an attestation
        of what is computed, or of which the facts say something else.
        """
        record = self.record(
            facts, prev_year=prev_year, earlier=earlier, year=year, shares=shares, attestations=attestations
        )
        return self.judge(record)

    def record(
        self,
        facts: Facts,
        *,
        prev_year: Facts | None = None,
        earlier: Mapping[int, Facts] | None = None,
        year: int | None = None,
        shares: Shares | None = None,
        attestations: Sequence[Attestation] = (),
    ) -> Record:
        """The record of what `evaluate` takes; raises `EvaluationError` for facts and attestations that do not fit."""
        record = self._door.record(facts, prev_year=prev_year, earlier=earlier, year=year, shares=shares)
        expect_attestations(attestations)
        if not self.leans:
            return self._attested(record, attestations, year)
        elsewhere = EarlierRecords(self._others, record.values, year, attestations)
        own = [one for one in attestations if not elsewhere.has_use_of(self.definition, one)]
        return elsewhere.record(self.definition, self._attested(record, own, year))

    def _attested(self, record: Record, attestations: Sequence[Attestation], year: int | None) -> Record:
        if attestations == ():
            return record
        return with_attested(record, attested_in(self.definition, attestations, year=year))

    def judge(self, record: Record) -> Result:
        """Judge a record; raises `EvaluationError` as `evaluate` does."""
        expect("`record`", record, Record, phrase("a Record"), phrase("`evaluate` takes facts by name"))
        if record.year not in self._lowered:
            self._lowered[record.year] = lower(self.definition, record.year)
        return judge(self._lowered[record.year], record)

    def _repr_html_(self) -> str:
        from ncriteria.report.notebook import criteria_html

        return criteria_html(self)


@frozen
class Catalog:
    """Criteria sets to choose from by standard, level, year and territory."""

    sets: SetCatalog = field(repr=lambda sets: repr([criteria.id for criteria in sets.sets]))
    _criteria: dict[tuple[str, EndedSet | None], Criteria] = field(factory=dict, init=False, repr=False, eq=False)
    with_inside: tuple[CriteriaSet, ...] = field(
        init=False, repr=False, eq=False, default=Factory(lambda self: with_inside(self.sets.sets), takes_self=True)
    )
    """Its sets, each followed by those that what its rules ask of units inside makes."""

    def choose(
        self,
        *,
        standard: str,
        level: str | Level,
        year: int,
        territory: str | Sequence[str] | None = None,
        lineage: Lineage | None = None,
    ) -> Criteria:
        """The criteria of `standard` for units of `level` in the assessment `year`.

        `territory` is the identifier of the unit, or of the unit and the units around it, nearest first: a set made
        for one of them wins over a national one. With a `lineage`, the sets of a unit that went into another go on
        judging what lay in it, until the other has its own; a unit of `territory` that is no more says what that is.
        Raises `ChoiceError` where no set holds: a gap is never filled with the criteria of another year.
        """
        expect("`standard`", standard, str, phrase("the name of a standard"), phrase('such as "ntm-19.2"'))
        expect("`level`", level, (str, Level), phrase("the name of a level"), phrase('such as "commune"'))
        expect("`year`", year, Integral, phrase("a year as a whole number"), phrase("such as 2024"))
        expect("`lineage`", lineage, (Lineage, NoneType), phrase("what `read_lineage` gives"))
        around = _lineage((territory,) if isinstance(territory, str) else territory)
        levels = {known.value: known for known in Level}
        found = level if isinstance(level, Level) else levels.get(level)
        if found is None:
            hint = did_you_mean(str(level), levels) or phrase("the levels are: {levels}", levels=", ".join(levels))
            raise ChoiceError(Problem("NC125", phrase('"{level}" is no level', level=level), hint=hint))
        if lineage is None or not concerned(lineage, self.sets.territories):
            return self.of(self.sets.choose(standard, found, year, around))
        yearly = YearlyLineage(lineage, self.sets.window(standard, found) or CALENDAR_YEAR)
        return self.of(chosen_set(self.sets, standard, found, year, stated_chains(yearly, around, year)))

    @property
    def facts(self) -> Mapping[str, FactDeclaration]:
        """The facts that any of its sets declares, for tables that serve them all.

        Raises `CriteriaError` where two sets declare one name with another type, unit, range or values.
        """
        return shared_facts(self.sets.sets)

    def of(self, definition: CriteriaSet) -> Criteria:
        """The criteria of one of the catalog's sets, made ready once."""
        return self._criteria.setdefault((definition.id, definition.stands_in_after), Criteria(definition, self.sets))

    def in_force_on(self, day: datetime.date) -> Catalog:
        """The catalog without the sets that were not in force on a `day`; those that say no day of it stay."""
        return Catalog(SetCatalog(tuple(one for one in self.sets.sets if (in_force_since(one) or day) <= day)))

    def __getitem__(self, identifier: str) -> Criteria:
        for definition in self.sets.sets:
            if definition.id == identifier:
                return self.of(definition)
        raise no_such("set", identifier, [definition.id for definition in self.sets.sets])

    def _repr_html_(self) -> str:
        from ncriteria.report.notebook import catalog_html

        return catalog_html(self)


def _lineage(territory: Sequence[str] | None) -> tuple[str, ...]:
    """The identifiers of a unit and the units around it."""
    if territory is None:
        return ()
    expect("`territory`", territory, (list, tuple), phrase("the identifier of a unit, or a list of them"))
    for unit in territory:
        expect(phrase("a unit of `territory`"), unit, str, phrase("an identifier in quotes"))
    return tuple(map(normal_identifier, territory))


def load(path: str | Path) -> Criteria:
    """The criteria in the file at `path`; raises `CriteriaError` with every problem of the file."""
    expect("`path`", path, (str, Path), phrase("the name of a file"))
    from ncriteria.sets.loader import load_set

    return Criteria(load_set(path))


def loads(content: str, *, file: str | None = None) -> Criteria:
    """The criteria in a text, which errors call `file`; raises `CriteriaError` with every problem of the text."""
    expect("`content`", content, (str, bytes), phrase("the text of a criteria file"))
    from ncriteria.sets.loader import loads_set

    return Criteria(loads_set(content, file=file))


def definition_of(criteria: Criteria | CriteriaSet) -> CriteriaSet:
    """The set itself, of criteria that are ready to judge."""
    expect("`criteria`", criteria, (Criteria, CriteriaSet), phrase("what `load`, `loads` or a catalog gives"))
    return criteria if isinstance(criteria, CriteriaSet) else criteria.definition


def catalog(folder: str | Path | None = None) -> Catalog:
    """The catalog of the criteria files in `folder`, or of the sets that come with the library.

    The folder is read again only when a file of it has changed. Raises `CriteriaError` with the problems of all files,
    and where two sets hold for the same units and years.
    """
    expect("`folder`", folder, (str, Path, NoneType), phrase("the name of a folder"))
    root = shipped_folder() if folder is None else Path(folder)
    state = folder_state(root)
    known = _READ.get(root)
    if known is None or known[0] != state:
        while len(_READ) >= _MOST_KEPT:
            _READ.pop(next(iter(_READ)), None)
        known = _READ[root] = state, Catalog(load_catalog(folder))
    return known[1]


_MOST_KEPT: Final = 8
_READ: Final[dict[Path, tuple[FolderState, Catalog]]] = {}
