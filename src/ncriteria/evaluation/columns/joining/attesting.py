"""Attestations beside a frame: columns that hold them, joined by unit and year, and sets in which they are facts."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from importlib import import_module

import narwhals as nw
from attrs import evolve, field

from ncriteria.errors import Problem
from ncriteria.evaluation.attesting.attestable import Probe, attestable, probes
from ncriteria.evaluation.attesting.attested_tables import attested_table
from ncriteria.evaluation.attesting.deciding import resolved
from ncriteria.evaluation.columns.door.bringing import brought
from ncriteria.evaluation.columns.door.frames import Frame, NativeFrame, Opened, collected
from ncriteria.evaluation.columns.door.keys import first_rows, key_type_problems, keyed
from ncriteria.evaluation.columns.door.matching import Matched
from ncriteria.evaluation.columns.joining.left_joins import left_join
from ncriteria.evaluation.columns.joining.territory import unit_key
from ncriteria.evaluation.columns.judging import VerdictFrame
from ncriteria.evaluation.columns.lines import Line
from ncriteria.evaluation.columns.naming import PREFIX
from ncriteria.evaluation.criteria import Catalog, Criteria
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.records.attesting import ATTESTED_AS, CONTRADICTED
from ncriteria.facts.attestations.contents import SetContents
from ncriteria.facts.attestations.model import Attestation
from ncriteria.facts.lineage.model import Lineage
from ncriteria.facts.table import FactRow, FactsError, FactTable, Unit
from ncriteria.facts.units.levels import level_of
from ncriteria.facts.values import from_python
from ncriteria.language.tree import THIS_YEAR, FactKey, path_of_verdict
from ncriteria.quick_classes import frozen
from ncriteria.sets.catalog import SetCatalog
from ncriteria.sets.model import CriteriaSet, FactDeclaration, FactType, FactValue, Verdict
from ncriteria.sets.structure import verdicts_leaned_on
from ncriteria.sets.years.turns import Turn
from ncriteria.words import phrase

_UNIT, _YEAR = f"{PREFIX}attested_unit", f"{PREFIX}attested_year"
_TYPES: Mapping[FactType, str] = {
    FactType.COUNT: "Int64",
    FactType.NUMBER: "Int64",
    FactType.BOOLEAN: "Boolean",
    FactType.ENUMERATION: "String",
    FactType.DATE: "Date",
}


@frozen
class AttestedFrame:
    """A frame with columns of attestations, and what judges it.

    `hidden` are the headings of columns that were added, `ignore` those of columns whose values they have; `facts` has
    the facts that decide clauses, by what is attested; `given` are the attestations of the rows. `beside` are rows of
    years that the frame has none of, with what is attested of them and leaned on. `warnings` tell of other attestations
    that are of no row.
    """

    opened: Opened
    criteria: Criteria | Catalog
    line: Line
    ignore: Collection[str]
    hidden: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(factory=dict)
    given: Mapping[tuple[str, int, str], Attestation] = field(factory=dict)
    beside: tuple[FactRow, ...] = ()
    warnings: tuple[Problem, ...] = ()

    def without_hidden(self, frame: NativeFrame) -> NativeFrame:
        """A frame that was judged, without the columns that were added for it."""
        return nw.from_native(frame).drop(*self.hidden, strict=False).to_native() if self.hidden else frame


def with_attestations(
    judged: AttestedFrame, found: Matched, attestations: Sequence[Attestation], lineage: Lineage
) -> AttestedFrame:
    """The frame with a column for everything that is attested; `found` are its columns, and `lineage` is told from.

    Raises `EvaluationError` as `ncriteria.attest` does, and for clauses that may not be attested.
    """
    opened = judged.opened
    if problems := list(key_type_problems(found, opened.frame.collect_schema())):
        raise FactsError(problems)
    normal = keyed(opened.frame, found)
    frame = _with_keys(normal.frame, normal.matched)
    sets = sets_in_question(judged.criteria, judged.line)
    facts = _facts_attested(attestations, sets)
    is_leaned_on = any(map(verdicts_leaned_on, sets))
    rows = tuple(_rows(frame, found, attestations, facts, every_year=is_leaned_on))
    table = attested_table(FactTable(rows, lineage=lineage), sets, attestations)
    contents = tuple(map(SetContents, sets))
    decided = dict(_decided(table.rows, contents, judged.line))
    besides = dict(_decided(table.beside, contents, judged.line))
    columns = _AttestedColumns.of({**decided, **besides}, facts)
    if not columns.all:
        return evolve(judged, warnings=table.warnings)
    right = columns.frame(frame, decided)
    joined = left_join(frame, right, [_UNIT, _YEAR], ordered=True).drop(_UNIT, _YEAR)
    ignored = {name: found.facts[name] for name in columns.facts if name in found.facts}
    if ignored:
        joined = joined.with_columns(*(columns.filled(name, own, joined) for name, own in ignored.items()))
    names = {**opened.names, **{column: column for column in columns.all}}
    return AttestedFrame(
        evolve(
            opened,
            frame=joined,
            headings=(*opened.headings, *columns.all),
            names=names,
            wanted=(*(one for one in opened.wanted if one not in ignored.values()), *columns.all),
        ),
        _criteria(judged.criteria, columns.clauses, columns.facts),
        Line(tuple(_turn(turn, columns.clauses, columns.facts) for turn in judged.line.turns), judged.line.level),
        (*judged.ignore, *(opened.names[column] for column in ignored.values())),
        columns.all,
        columns.clauses,
        {(one.unit or "", one.year or 0, one.content): one for one in attestations},
        tuple(columns.row(row, besides[row.unit.id, row.year]) for row in table.beside),
        table.warnings,
    )


def unused_attestations(
    frame: Frame,
    found: Matched,
    attestations: Sequence[Attestation],
    criteria: Criteria | Catalog,
    line: Line,
    lineage: Lineage,
) -> tuple[Problem, ...]:
    """What is told of attestations that are of no row of a frame, whose units and years are in normal form."""
    if not attestations:
        return ()
    sets = sets_in_question(criteria, line)
    is_leaned_on = any(map(verdicts_leaned_on, sets))
    rows = tuple(_rows(_with_keys(frame, found), found, attestations, {}, every_year=is_leaned_on))
    return attested_table(FactTable(rows, lineage=lineage), sets, attestations).warnings


def sets_in_question(criteria: Criteria | Catalog, line: Line) -> tuple[CriteriaSet, ...]:
    """The sets that judge the rows, those whose verdicts they lean on, and those that may judge the units inside."""
    if isinstance(criteria, Criteria):
        return line.sets
    catalog, standards = criteria.sets.sets, list(dict.fromkeys(one.standard for one in line.sets))
    for standard in standards:
        leaning = (one for one in catalog if one.standard == standard and one.level is line.level)
        named = (path_of_verdict(key.name).rpartition(":")[0] for one in leaning for key in verdicts_leaned_on(one))
        standards += dict.fromkeys(one for one in named if one and one not in standards)
    return (*line.sets, *(one for one in catalog if _is_beside(one, line, standards)))


def _is_beside(criteria: CriteriaSet, line: Line, standards: Collection[str]) -> bool:
    """Whether a set that does not judge the rows itself judges something that these rest on."""
    if criteria.level is not line.level:
        return True
    return criteria.standard in standards and all(criteria.id != one.id for one in line.sets)


def _with_keys(frame: Frame, found: Matched) -> Frame:
    """A frame with its units and years, which are in normal form, in columns to join by."""
    return frame.with_columns(unit_key(frame, found).alias(_UNIT), nw.col(found.year).cast(nw.Int64()).alias(_YEAR))


def _facts_attested(attestations: Iterable[Attestation], sets: Iterable[CriteriaSet]) -> dict[str, FactDeclaration]:
    """The facts that are attested."""
    contents = tuple(map(SetContents, sets))
    found = ((one.content, fact) for one in attestations for each in contents if (fact := each.fact_of(one)))
    return dict(sorted(found, key=lambda one: one[0]))


def _rows(
    frame: Frame,
    found: Matched,
    attestations: Iterable[Attestation],
    facts: Mapping[str, FactDeclaration],
    *,
    every_year: bool,
) -> Iterator[FactRow]:
    """The rows of the frame that are attested, or `every_year` of their units, with their values of these facts."""
    is_number = frame.collect_schema()[_UNIT].is_integer()
    keys = sorted({(one.unit, one.year) for one in attestations if one.unit is not None and one.year is not None})
    known = [(int(unit) if is_number else unit, year) for unit, year in keys if not is_number or unit.isdecimal()]
    on = {_UNIT: "Int64" if is_number else "String"} | ({} if every_year else {_YEAR: "Int64"})
    right = _frame_of(frame, on, dict.fromkeys(key[: len(on)] for key in known))
    columns = {name: found.facts[name] for name in facts if name in found.facts}
    level = [] if found.level is None else [nw.col(found.level).cast(nw.String()).alias(f"{PREFIX}level")]
    values = [nw.col(column).alias(f"{PREFIX}fact_{name}") for name, column in columns.items()]
    asked = frame.join(right, on=[*on], how="inner").select(_UNIT, _YEAR, *level, *values)
    for row in collected(asked).rows(named=True):
        said = row.get(f"{PREFIX}level")
        unit = Unit(str(row[_UNIT]), level=None if said is None else level_of(str(said)))
        given = {name: from_python(facts[name], row[f"{PREFIX}fact_{name}"]) for name in columns}
        yield FactRow(
            unit, row[_YEAR], {FactKey.of(name, THIS_YEAR): value for name, value in given.items() if value is not None}
        )


_Decided = Mapping[tuple[str, int], Mapping[str, FactValue]]
"""What is attested of each unit and year, by content: a verdict as a text, or the value of a fact."""


def _decided(
    rows: Iterable[FactRow], contents: Sequence[SetContents], line: Line
) -> Iterator[tuple[tuple[str, int], dict[str, FactValue]]]:
    problems: list[Problem] = []
    for row in rows:
        values: dict[str, FactValue] = {}
        level = row.unit.level or line.level
        for one in contents:
            if one.criteria.level is level and row.year in one.criteria.years:
                clauses = [given for given in row.attestations if one.concerns(given) and one.fact_of(given) is None]
                found = resolved(one, clauses, problems)
                values |= {given.content: Verdict(str(given.value)).value for given in found.clauses.values()}
        for given in row.attestations:
            if not isinstance(given.value, Verdict) and given.content not in values and _is_fact(given, contents):
                values[given.content] = _plain(given, problems)
        yield (row.unit.id, row.year), values
    if problems:
        raise EvaluationError(dict.fromkeys(problems))


def _is_fact(given: Attestation, contents: Sequence[SetContents]) -> bool:
    return any(one.fact_of(given) is not None for one in contents)


def _plain(given: Attestation, problems: list[Problem]) -> FactValue:
    """The value of an attested fact as a column has it."""
    value = given.value
    if isinstance(value, Fraction) and value.denominator == 1:
        return value
    if isinstance(value, (bool, str, datetime.date)):
        return value
    message = phrase(
        "`{content}` is attested as {value}; beside a frame only whole numbers are",
        content=given.content,
        value=str(value),
    )
    problems.append(Problem("NC316", message, given.place, phrase("put it into the column of the frame")))
    return Fraction(0)


@frozen
class _AttestedColumns:
    """The columns that are added: of the attested clauses and facts, by content."""

    clauses: Mapping[str, str]
    facts: Mapping[str, str]
    types: Mapping[str, str]

    @classmethod
    def of(cls, decided: _Decided, facts: Mapping[str, FactDeclaration]) -> _AttestedColumns:
        contents = dict.fromkeys(content for values in decided.values() for content in values)
        names = {one: f"{PREFIX}attested_{number}" for number, one in enumerate(contents)}
        types = {one: _TYPES[facts[one].type] if one in facts else "String" for one in contents}
        clauses = {one: name for one, name in names.items() if one not in facts}
        return cls(clauses, {one: name for one, name in names.items() if one in facts}, types)

    @property
    def all(self) -> tuple[str, ...]:
        """The names of the columns."""
        return (*self.clauses.values(), *self.facts.values())

    def frame(self, beside: Frame, decided: _Decided) -> Frame:
        """The columns by unit and year, as a frame of the engine of another."""
        is_number = beside.collect_schema()[_UNIT].is_integer()
        names = {**self.clauses, **self.facts}
        schema = {_UNIT: "Int64" if is_number else "String", _YEAR: "Int64"}
        schema |= {name: self.types[content] for content, name in names.items()}
        rows = [
            (int(unit) if is_number else unit, year, *(_cell(values.get(content)) for content in names))
            for (unit, year), values in decided.items()
        ]
        return _frame_of(beside, schema, rows)

    def row(self, beside: FactRow, decided: Mapping[str, FactValue]) -> FactRow:
        """A row that the frame has none of, with what is attested of it among its facts."""
        values = {FactKey.of(self.clauses.get(content, content)): value for content, value in decided.items()}
        return evolve(beside, values=values, attestations=())

    def filled(self, name: str, own: str, frame: Frame) -> nw.Expr:
        """The column of a fact, with the values of the frame where nothing is attested."""
        column = self.facts[name]
        dtype = nw.String() if self.types[name] == "String" else frame.collect_schema()[own]
        return nw.coalesce(nw.col(own).cast(dtype), nw.col(column).cast(dtype)).alias(column)


def _cell(value: FactValue | None) -> object:
    return int(value) if isinstance(value, Fraction) else value


def _frame_of(beside: Frame, schema: Mapping[str, str], rows: Iterable[Sequence[object]]) -> Frame:
    """A frame of the engine of another, with these columns."""
    polars = import_module("polars")
    types = {name: getattr(polars, kind) for name, kind in schema.items()}
    made = polars.DataFrame(list(rows), schema=types, orient="row")
    if beside.implementation is nw.Implementation.POLARS:
        found: Frame = nw.from_native(made.lazy())
        return found
    return brought(beside, made.to_arrow())


def _turn(turn: Turn, clauses: Mapping[str, str], facts: Mapping[str, str]) -> Turn:
    return Turn(_attestable(turn.criteria, clauses, facts), turn.years)


def _criteria(criteria: Criteria | Catalog, clauses: Mapping[str, str], facts: Mapping[str, str]) -> Criteria | Catalog:
    if isinstance(criteria, Criteria):
        return Criteria(_attestable(criteria.definition, clauses, facts))
    return Catalog(SetCatalog(tuple(_attestable(one, clauses, facts) for one in criteria.sets.sets)))


def _attestable(criteria: CriteriaSet, clauses: Mapping[str, str], facts: Mapping[str, str]) -> CriteriaSet:
    """The set in which attested clauses rest on columns, and attested facts have another heading."""
    named = {
        name: evolve(declared, headings=(*declared.headings, facts[name])) if name in facts else declared
        for name, declared in criteria.facts.items()
    }
    return attestable(evolve(criteria, facts=named), clauses)


def refuse_contradicted(
    judged: AttestedFrame, before: AttestedFrame, verdicts_of: Callable[[Line], tuple[VerdictFrame, Matched]]
) -> None:
    """Raise `EvaluationError` where the rules decide a clause, and say something else than its attestation.

    `before` is what was to be judged without attestations; `verdicts_of` judges the frame with them by other sets.
    """
    problems: list[Problem] = []
    for criteria in sets_in_question(before.criteria, before.line):
        probing, asked = probes(criteria, judged.facts, PREFIX)
        if asked:
            turned = evolve(probing, facts={**probing.facts, **_headed(judged, criteria)})
            verdicts, found = verdicts_of(Line((Turn(turned, criteria.years),), criteria.level))
            for one in asked:
                problems += _contradictions(judged, one, verdicts, found)
    if problems:
        raise EvaluationError(problems)


def _headed(judged: AttestedFrame, criteria: CriteriaSet) -> dict[str, FactDeclaration]:
    """The facts of a set with the headings that they have in the frame."""
    sets = judged.line.sets if isinstance(judged.criteria, Criteria) else judged.criteria.sets.sets
    known = {name: fact for one in sets if one.id == criteria.id for name, fact in one.facts.items()}
    return {name: fact for name, fact in known.items() if name in criteria.facts}


def _contradictions(judged: AttestedFrame, probe: Probe, verdicts: VerdictFrame, found: Matched) -> Iterator[Problem]:
    met, not_met = Verdict.MET.value, Verdict.NOT_MET.value
    column = next(one for one, heading in judged.opened.names.items() if heading == probe.fact)
    attested, none = nw.col(column).cast(nw.String()), Verdict.NOT_APPLICABLE.value
    wrong = nw.lit(False, dtype=nw.Boolean())
    holds = applies = None
    if probe.applies:
        applies = nw.col(verdicts.columns[probe.applies]).cast(nw.String())
        wrong |= ((applies == not_met) & (attested != none)) | ((applies == met) & (attested == none))
    if probe.holds:
        holds = nw.col(verdicts.columns[probe.holds]).cast(nw.String())
        differs = ((holds == met) & (attested == not_met)) | ((holds == not_met) & (attested == met))
        if applies is None:
            differs |= holds.is_in([met, not_met]) & (attested == none)
        wrong |= differs.fill_null(False)
    asked = verdicts.frame.filter(wrong.fill_null(False)).select(found.unit, found.year, column)
    clause = probe.clause
    for unit, year, value in first_rows(asked):
        message = phrase(
            "{clause} is attested as {verdict} for {unit} in {year}, and the facts say otherwise",
            clause=f'"{clause.path}"' if clause.place is None else f'"{clause.path}" ({clause.place})',
            verdict=ATTESTED_AS[Verdict(str(value))],
            unit=str(unit),
            year=str(year),
        )
        content = next(one for one, fact in judged.facts.items() if fact == probe.fact)
        given = judged.given.get((str(unit), int(str(year)), content))
        yield Problem("NC315", message, None if given is None else given.place, CONTRADICTED)
