"""Loading a criteria set: a file or a text in, a `CriteriaSet` out, or every problem of it in one error."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from attrs import evolve, field, frozen

from ncriteria.errors import Problem, TextPlace
from ncriteria.sets.clauses import clauses
from ncriteria.sets.declarations import fact, named_entries, parameter
from ncriteria.sets.embedded import TestReader
from ncriteria.sets.fields import Fields, Reading, as_is, fields, listing, text
from ncriteria.sets.files import extended_file, read_file
from ncriteria.sets.header import Header, header
from ncriteria.sets.model import Change, CriteriaSet, EmbeddedTest, FactDeclaration, ParameterDeclaration
from ncriteria.sets.nodes import CriteriaError, Document, Node, Scalar, document_of, read_nodes
from ncriteria.sets.overlays import Members, Overlaid, overlay
from ncriteria.sets.validation import validate

FORMAT = "ncriteria/1"
_KEYS = ("format", "set", "extends", "parameters", "facts", "clauses", "changes", "tests")
_MAX_CHAIN = 10


@frozen
class _Origin:
    """Where the text being loaded comes from: its folder, and the files that extend it, outermost first."""

    folder: Path | None = None
    chain: tuple[Path, ...] = ()


@frozen
class _Body:
    """What a set says after its header."""

    facts: Mapping[str, FactDeclaration] = field(factory=dict)
    parameters: Mapping[str, ParameterDeclaration] = field(factory=dict)
    clauses: Members = ()
    changes: tuple[Change, ...] = ()


def load_set(path: str | Path) -> CriteriaSet:
    """The criteria set in the file at `path`.

    Raises `CriteriaError` with every problem of the file: line, column, excerpt, code and hint of each.
    """
    return _load_file(Path(path), ())


def loads_set(content: str, *, file: str | None = None) -> CriteriaSet:
    """The criteria set in a text; `file` names it in errors. What it extends is looked for among the shipped sets.

    Raises `CriteriaError` with every problem of the text.
    """
    return _load(document_of(content, file), _Origin())


def _load_file(path: Path, chain: tuple[Path, ...]) -> CriteriaSet:
    document = document_of(read_file(path), str(path))
    return _load(document, _Origin(path.parent, (*chain, path.resolve())))


def _load(document: Document, origin: _Origin) -> CriteriaSet:
    reading = Reading()
    criteria = _criteria_set(reading, document, origin)
    if criteria is None or reading.problems:
        raise CriteriaError(sorted(reading.problems, key=_position))
    return criteria


def _position(problem: Problem) -> tuple[int, int]:
    place = problem.place
    return (place.line, place.column) if isinstance(place, TextPlace) else (0, 0)


def _criteria_set(reading: Reading, document: Document, origin: _Origin) -> CriteriaSet | None:
    root = read_nodes(document, reading.problems)
    if root is None:
        reading.report("NC107", "the file is empty", TextPlace(1, 1, file=document.file))
        return None
    given = fields(reading, root, _KEYS, "a criteria file")
    given.require("format", _format)
    head = given.require("set", header)
    body = _extending_body(reading, given, origin) if "extends" in given else _own_body(reading, given)
    if head is None:
        return None
    criteria = _assembled(head, body, document.file, given.read("extends", text))
    tests = _tests(reading, given, criteria)
    criteria = evolve(criteria, tests=tests)
    if criteria.clauses:
        validate(reading, criteria)
    return criteria


def _format(reading: Reading, node: Node) -> str | None:
    if isinstance(node, Scalar) and node.text == FORMAT:
        return FORMAT
    reading.report("NC109", f"this version reads the format `{FORMAT}`", node.place)
    return None


def _own_body(reading: Reading, given: Fields) -> _Body:
    if "changes" in given:
        place = given.values["changes"].place
        reading.report("NC122", "`changes` needs `extends`, the set that is changed", place)
    members = given.require("clauses", clauses) or ()
    return _Body(_facts(reading, given), _parameters(reading, given), members)


def _facts(reading: Reading, given: Fields) -> dict[str, FactDeclaration]:
    return given.read("facts", lambda _, node: named_entries(reading, node, "a fact", fact)) or {}


def _parameters(reading: Reading, given: Fields) -> dict[str, ParameterDeclaration]:
    return given.read("parameters", lambda _, node: named_entries(reading, node, "a parameter", parameter)) or {}


def _extending_body(reading: Reading, given: Fields, origin: _Origin) -> _Body:
    base = given.read("extends", lambda _, node: _extended(reading, node, origin))
    facts, parameters = _facts(reading, given), _parameters(reading, given)
    if "clauses" in given:
        place = given.values["clauses"].place
        reading.report("NC122", "a set that extends another changes it with `changes`, not `clauses`", place)
    changes_node = given.require("changes", as_is)
    if base is None:
        return _Body(facts, parameters)
    for name in (facts.keys() & base.facts.keys()) | (parameters.keys() & base.parameters.keys()):
        again = facts[name].place if name in facts else parameters[name].place
        reading.report("NC112", f"`{name}` is declared in the extended set already", again)
    start = Overlaid(base.clauses, {**base.parameters, **parameters})
    result = start if changes_node is None else overlay(reading, changes_node, start)
    return _Body({**base.facts, **facts}, result.parameters, result.clauses, result.changes)


def _extended(reading: Reading, node: Node, origin: _Origin) -> CriteriaSet | None:
    reference = text(reading, node)
    if reference is None:
        return None
    found = extended_file(reference, origin.folder)
    if isinstance(found, str):
        reading.report("NC120", found, node.place)
        return None
    if found.resolve() in origin.chain:
        names = " → ".join(path.name for path in (*origin.chain, found))
        reading.report("NC121", f"sets extend each other in a circle: {names}", node.place)
        return None
    if len(origin.chain) >= _MAX_CHAIN:
        reading.report("NC121", f"more than {_MAX_CHAIN} sets extend each other", node.place)
        return None
    try:
        return _load_file(found, origin.chain)
    except CriteriaError as error:
        reading.report("NC120", f'"{reference}" has problems of its own', node.place)
        reading.problems.extend(error.problems)
        return None


def _assembled(head: Header, body: _Body, source: str | None, extends: str | None) -> CriteriaSet:
    return CriteriaSet(
        id=head.id,
        standard=head.standard,
        title=head.title,
        instrument=head.instrument,
        years=head.years,
        level=head.level,
        facts=body.facts,
        parameters=body.parameters,
        clauses=body.clauses,
        territory=head.territory,
        supersedes=head.supersedes,
        extends=extends,
        changes=body.changes,
        note=head.note,
        source=source,
    )


def _tests(reading: Reading, given: Fields, criteria: CriteriaSet) -> tuple[EmbeddedTest, ...]:
    paths = frozenset(member.path for member in criteria.members())
    reader = TestReader(criteria.facts, criteria.parameters, paths)
    return given.read("tests", listing(reader)) or ()
