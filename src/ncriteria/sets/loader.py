"""Loading a criteria set: a file or a text in, a `CriteriaSet` out, or every problem of it in one error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from attrs import evolve, field

from ncriteria.errors import Problem, TextPlace
from ncriteria.language.source import Locate
from ncriteria.quick_classes import frozen
from ncriteria.sets.errors import CriteriaError
from ncriteria.sets.files.extended_meant import file_meant
from ncriteria.sets.files.files import ON_DISK, FileTexts, extended_file, read_file, shown_path
from ncriteria.sets.grades.reading import grades
from ncriteria.sets.grades.scales import graded
from ncriteria.sets.keys import tables
from ncriteria.sets.model import (
    WHOLE_SET,
    CriteriaSet,
    EmbeddedTest,
    Extended,
    FactDeclaration,
    ParameterDeclaration,
    Years,
)
from ncriteria.sets.overlaid.changes import Members, Overlaid, overlay
from ncriteria.sets.overlaid.inherited import with_inherited_tests
from ncriteria.sets.overlaid.origins import origins_over
from ncriteria.sets.reading.clauses import clauses
from ncriteria.sets.reading.comparing import comparable_series
from ncriteria.sets.reading.declarations import fact, named_entries, parameters
from ncriteria.sets.reading.documents import Document, document_of
from ncriteria.sets.reading.embedded import TestReader
from ncriteria.sets.reading.fields import Fields, FileReading, as_is, choice, fields, listing, text
from ncriteria.sets.reading.header import Header, header
from ncriteria.sets.reading.nodes import Node, Scalar, Table, read_nodes
from ncriteria.sets.reading.windows import declared_windows
from ncriteria.sets.sources import AfterEnd, Bilingual, DeclaredDirection, OverlayChange, OverlayDirection
from ncriteria.sets.structure import with_known_options, with_verdicts
from ncriteria.sets.validation import validate
from ncriteria.sets.years.days_in_force import DaysInForce
from ncriteria.sets.years.series import ComparableSeries
from ncriteria.sets.years.windows import CALENDAR_YEAR, Window
from ncriteria.words import phrase

_MAX_CHAIN = 10


@frozen
class _TextSource:
    """Where the text being loaded comes from: its folder, the files that extend it, outermost first, and all files."""

    folder: Path | None = None
    chain: tuple[Path, ...] = ()
    texts: FileTexts = ON_DISK


@frozen
class _Body:
    """What a set says after its header, with the set that it extends.

    `is_whole` is not set where the extended set could not be read.
    """

    facts: Mapping[str, FactDeclaration] = field(factory=dict)
    parameters: Mapping[str, ParameterDeclaration] = field(factory=dict)
    clauses: Members = ()
    extends: str | None = None
    base: CriteriaSet | None = None
    changes: tuple[OverlayChange, ...] = ()
    is_whole: bool = True
    comparable: tuple[ComparableSeries, ...] = ()


def load_set(path: str | Path) -> CriteriaSet:
    """The criteria set in the file at `path`.

    Raises `CriteriaError` with every problem of the file: line, column, excerpt, code and hint of each.
    """
    return load_set_of(Path(path), ON_DISK)


def load_set_of(path: Path, texts: FileTexts) -> CriteriaSet:
    """The criteria set in the file at `path`, as the `texts` have it and what it extends; raises as `load_set` does."""
    return _load_file(path, (), texts)


def extended_set(criteria: CriteriaSet, folder: Path, texts: FileTexts = ON_DISK) -> CriteriaSet | None:
    """The set that `criteria` extends, whose file lies in `folder` or is shipped; `None` where it extends none.

    Raises `CriteriaError` where it cannot be read.
    """
    found = None if criteria.extends is None else extended_file(criteria.extends, folder, texts)
    return load_set_of(found, texts) if isinstance(found, Path) else None


@frozen
class LocatedSet:
    """A criteria set with the places of its expressions, by clause path and the key that each stands under.

    Rules that come from an extended set are not among `places`: they stand in another file.
    """

    criteria: CriteriaSet
    places: Mapping[tuple[str, str], Locate]


@frozen
class ReadText:
    """What one reading of a criteria file found, however much is wrong with it.

    `criteria` is `None` where there are problems, `root` where the text is no YAML or is empty. `unread` are the
    problems of its YAML, which are among the others. `expressions` are the texts of its rules, by clause path and the
    key that each stands under.
    """

    document: Document
    root: Node | None
    criteria: CriteriaSet | None
    problems: tuple[Problem, ...]
    unread: tuple[Problem, ...]
    expressions: Mapping[tuple[str, str], Scalar]

    @property
    def located(self) -> LocatedSet | None:
        """The set with the places of its expressions, where it has no problems."""
        if self.criteria is None:
            return None
        return LocatedSet(self.criteria, {key: node.locate() for key, node in self.expressions.items()})


def read_text(content: bytes | str, *, path: Path | None = None, texts: FileTexts = ON_DISK) -> ReadText:
    """What a text says that stands, or is to stand, in the file at `path`, which need not be there.

    What it extends is read from `texts`.

    Raises `CriteriaError` only where `content` is no text, or larger than a file may be.
    """
    document = document_of(content, None if path is None else shown_path(path))
    origin = _TextSource() if path is None else _TextSource(path.parent, (path.resolve(),), texts)
    reading = FileReading()
    try:
        root = read_nodes(document, reading.problems)
    except CriteriaError as error:
        found = (*reading.problems, *error.problems)
        return ReadText(document, None, None, found, found, {})
    unread = tuple(reading.problems)
    criteria = _criteria_set(reading, root, document, origin)
    found = tuple(_in_order(reading, document))
    return ReadText(document, root, None if found else criteria, found, unread, reading.expressions)


def load_located(path: str | Path) -> LocatedSet:
    """The criteria set in the file at `path`, with where its expressions stand; raises as `load_set` does."""
    file = Path(path)
    document = document_of(read_file(file), shown_path(file))
    criteria, reading = _read(document, _TextSource(file.parent, (file.resolve(),)))
    return LocatedSet(criteria, reading.places())


def loads_located(content: str, *, file: str | None = None) -> LocatedSet:
    """The criteria set in a text, with where its expressions stand; raises as `loads_set` does."""
    criteria, reading = _read(document_of(content, file), _TextSource())
    return LocatedSet(criteria, reading.places())


def loads_set(content: str, *, file: str | None = None) -> CriteriaSet:
    """The criteria set in a text; `file` names it in errors. What it extends is looked for among the shipped sets.

    Raises `CriteriaError` with every problem of the text.
    """
    return _load(document_of(content, file), _TextSource())


def _load_file(path: Path, chain: tuple[Path, ...], texts: FileTexts) -> CriteriaSet:
    document = document_of(texts.content(path), shown_path(path))
    return _load(document, _TextSource(path.parent, (*chain, path.resolve()), texts))


def _load(document: Document, origin: _TextSource) -> CriteriaSet:
    return _read(document, origin)[0]


def _read(document: Document, origin: _TextSource) -> tuple[CriteriaSet, FileReading]:
    reading = FileReading()
    criteria = _criteria_set(reading, read_nodes(document, reading.problems), document, origin)
    if criteria is None or reading.problems:
        raise CriteriaError(_in_order(reading, document))
    return criteria, reading


def _in_order(reading: FileReading, document: Document) -> list[Problem]:
    return sorted(dict.fromkeys(reading.problems), key=lambda problem: _position(problem, document))


def _position(problem: Problem, document: Document) -> tuple[bool, str, int, int]:
    """In the order of the file, then of the files that it extends."""
    place = problem.place
    if not isinstance(place, TextPlace):
        return False, "", 0, 0
    return place.file != document.file, place.file or "", place.line, place.column


def _criteria_set(
    reading: FileReading, root: Node | None, document: Document, origin: _TextSource
) -> CriteriaSet | None:
    if root is None:
        reading.report("NC107", phrase("the file is empty"), TextPlace(1, 1, file=document.file))
        return None
    given = fields(reading, root, tables.FILE, phrase("a criteria file"))
    given.require("format", _format)
    given.read("windows", declared_windows)
    head = given.require("set", header)
    body = _extending_body(reading, given, origin) if "extends" in given else _own_body(reading, given)
    if head is None:
        head = header(FileReading(), Table(root.document, root.start, root.end, ()))
        reading.unread.add("years")
    criteria = _assembled(reading, head, body, document.file)
    comparable = given.read("comparable", comparable_series) or ()
    scale = given.read("grades", grades(WHOLE_SET)) or criteria.grades
    criteria = evolve(criteria, comparable=criteria.comparable + comparable, grades=scale)
    criteria = with_verdicts(with_known_options(criteria))
    if body.base is not None:
        direction = given.read("direction", _direction)
        after_end = given.read("after_end", _after_end(criteria.years))
        origins = origins_over(body.base, criteria)
        criteria = evolve(criteria, direction=direction, after_end=after_end, origins=origins)
    tests = _tests(given, criteria) if body.is_whole else ()
    criteria = evolve(criteria, tests=tests)
    if body.base is not None:
        criteria = with_inherited_tests(body.base, criteria)
    if criteria.clauses:
        validate(reading, criteria)
    return criteria


def _format(reading: FileReading, node: Node) -> str | None:
    if isinstance(node, Scalar) and node.text == tables.FORMAT:
        return tables.FORMAT
    hint = phrase("`ncriteria fmt --upgrade` brings a file of an older format to it")
    message = phrase("this version reads the format `{format}`", format=tables.FORMAT)
    reading.report("NC109", message, node.place, hint)
    return None


def _direction(reading: FileReading, node: Node) -> DeclaredDirection | None:
    direction = choice(OverlayDirection)(reading, node)
    return None if direction is None else DeclaredDirection(direction, node.place)


def _after_end(years: Years) -> Callable[[FileReading, Node], AfterEnd | None]:
    def read(reading: FileReading, node: Node) -> AfterEnd | None:
        if years.last is None:
            message = phrase("`after_end` says what judges after the years of the set, and these have no end")
            hint = phrase("write `to` in `years`, or leave `after_end` out")
            reading.report("NC467", message, node.place, hint)
        return choice(AfterEnd)(reading, node)

    return read


def _own_body(reading: FileReading, given: Fields) -> _Body:
    for key in ("changes", "direction", "after_end"):
        if key in given:
            message = phrase("`{key}` needs `extends`, the set that is changed", key=key)
            reading.report("NC122", message, given.values[key].place)
    members = given.require("clauses", clauses) or ()
    if "clauses" not in given:
        reading.incomplete.add("")
    return _Body(_facts(reading, given), _parameters(reading, given), members)


def _facts(reading: FileReading, given: Fields) -> dict[str, FactDeclaration]:
    return given.read("facts", lambda _, node: named_entries(reading, node, phrase("a fact"), fact)) or {}


def _parameters(reading: FileReading, given: Fields) -> dict[str, ParameterDeclaration]:
    return given.read("parameters", parameters) or {}


def _extending_body(reading: FileReading, given: Fields, origin: _TextSource) -> _Body:
    reference = given.read("extends", text)
    place = given.values["extends"].place
    base = None if reference is None else _extended(reading, reference, place, origin)
    facts, parameters = _facts(reading, given), _parameters(reading, given)
    if "clauses" in given:
        place = given.values["clauses"].place
        reading.report("NC122", phrase("a set that extends another changes it with `changes`, not `clauses`"), place)
    changes_node = given.require("changes", as_is)
    if base is None:
        return _Body(facts, parameters, is_whole=False)
    for name in (facts.keys() & base.facts.keys()) | (parameters.keys() & base.parameters.keys()):
        again = facts[name].place if name in facts else parameters[name].place
        reading.report("NC112", phrase("`{name}` is declared in the extended set already", name=name), again)
    start = Overlaid(base.clauses, {**base.parameters, **parameters})
    result = start if changes_node is None else overlay(reading, changes_node, start)
    return _Body(
        facts={**base.facts, **facts},
        parameters=result.parameters,
        clauses=result.clauses,
        extends=reference,
        base=base,
        changes=result.changes,
        comparable=base.comparable,
    )


def _extended(reading: FileReading, reference: str, place: TextPlace, origin: _TextSource) -> CriteriaSet | None:
    found = extended_file(reference, origin.folder, origin.texts)
    if isinstance(found, str):
        reading.report("NC120", found, place, file_meant(reference, origin.folder, origin.chain, origin.texts))
        return None
    if found.resolve() in origin.chain:
        names = " → ".join(path.name for path in (*origin.chain, found))
        reading.report("NC121", phrase("sets extend each other in a circle: {names}", names=names), place)
        return None
    if len(origin.chain) >= _MAX_CHAIN:
        reading.report("NC121", phrase("more than {most} sets extend each other", most=_MAX_CHAIN), place)
        return None
    try:
        return _load_file(found, origin.chain, origin.texts)
    except CriteriaError as error:
        reading.report("NC120", phrase('"{reference}" has problems of its own', reference=reference), place)
        reading.problems.extend(error.problems)
        return None


def _assembled(reading: FileReading, head: Header, body: _Body, source: str | None) -> CriteriaSet:
    base = body.base
    window = head.window or (None if base is None else base.window)
    return CriteriaSet(
        id=head.id,
        standard=head.standard,
        standard_title=head.standard_title or _inherited_title(head, body.base),
        title=head.title,
        instrument=head.instrument,
        years=head.years if head.held is None else _years_judged(reading, head.held, window or CALENDAR_YEAR),
        held=head.held,
        level=head.level,
        facts=body.facts,
        parameters=body.parameters,
        clauses=body.clauses,
        territory=head.territory,
        supersedes=head.supersedes,
        extends=body.extends,
        extended=None if base is None else Extended(base.id, base.years),
        changes=body.changes,
        window=window,
        comparable=body.comparable,
        only_when_named=head.only_when_named,
        grades=() if base is None else base.grades,
        note=head.note,
        source=source,
        places=head.places,
    )


def _years_judged(reading: FileReading, held: DaysInForce, window: Window) -> Years:
    """The years of a set that says in which days it is in force."""
    first, last = held.years(window)
    if last is not None and last < first:
        message = phrase(
            "the set would judge no year: `judges` says {judges}, and it is in force from {first} to {last}",
            judges=held.judges.value,
            first=held.first,
            last=held.last,
        )
        hint = phrase("correct the days, or say with `judges` and a citation which years the set judges")
        reading.report("NC192", message, held.place, hint)
        return Years(first)
    return Years(first, last)


def _inherited_title(head: Header, base: CriteriaSet | None) -> Bilingual | None:
    return base.standard_title if base is not None and base.standard == head.standard else None


def _tests(given: Fields, criteria: CriteriaSet) -> tuple[EmbeddedTest, ...]:
    members = {member.path: member for member in criteria.members()}
    reader = TestReader(criteria.facts, criteria.parameters, members, graded(criteria))
    return given.read("tests", listing(reader)) or ()
