"""YAML files: a list of rows, or `rows:` with a list."""

from __future__ import annotations

from ncriteria.errors import CellPlace, NCriteriaError, Problem, TextPlace
from ncriteria.facts.formats.raw import NumberText, RawTable
from ncriteria.facts.formats.records import raw_table
from ncriteria.facts.table import FactsError
from ncriteria.patterns import compiled_later
from ncriteria.sets.reading.documents import document_of
from ncriteria.sets.reading.nodes import Listing, Node, Scalar, Table, read_nodes
from ncriteria.words import phrase

_NUMBER = compiled_later(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def read_yaml(text: str, file: str | None) -> RawTable:
    """The rows of a YAML text; plain scalars are numbers as in JSON, those in quotes are cells. Raises `FactsError`."""
    problems: list[Problem] = []
    try:
        root = read_nodes(document_of(text, file), problems)
    except NCriteriaError as error:
        raise FactsError([_told(problem, file) for problem in error.problems]) from None
    if problems:
        raise FactsError([_told(problem, file) for problem in problems])
    if root is None:
        raise FactsError(Problem("NC221", phrase("the file is empty"), CellPlace(file)))
    return raw_table(_content(root), file)


def _told(problem: Problem, file: str | None) -> Problem:
    """A problem of the YAML as one of the facts."""
    place = problem.place
    line = place.line if isinstance(place, TextPlace) else None
    return Problem("NC220", problem.message, CellPlace(file, row=line), problem.hint)


def _content(node: Node) -> object:
    match node:
        case Listing(items=items):
            return [_content(item) for item in items]
        case Table(entries=entries):
            return {entry.key.text: _content(entry.value) for entry in entries}
        case Scalar(text=text):
            if node.is_empty:
                return None
            if node.plain and text in ("true", "false"):
                return text == "true"
            return NumberText(text) if node.plain and _NUMBER.fullmatch(text) else text
