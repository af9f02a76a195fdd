"""The rules in the text of a set: where each stands, so that a page can show and change it."""

from __future__ import annotations

from collections.abc import Iterator

from ncriteria.browser.answering import Found
from ncriteria.browser.asked import CriteriaText
from ncriteria.evaluation.self_tests import run_tests
from ncriteria.language.source import Span
from ncriteria.sets.loader import LocatedSet, loads_located
from ncriteria.sets.model import CriteriaSet
from ncriteria.sets.reading.documents import Document, document_of
from ncriteria.sets.reading.nodes import Listing, Node, Scalar, Table, read_nodes
from ncriteria.words import Language

_ROLES = ("rule", "applies_when", "when_zero_base")
_FIRST = Span(0, 1)


def rules_of(asked: CriteriaText, language: Language) -> Found:
    """The rules and the values of parameters in a set's own text, its `text` in composed form, and its `tests`.

    `start` and `end` count as JavaScript does. What is written over several lines, or with escapes, has no `end`.
    Raises `CriteriaError` with every problem of the text.
    """
    located = loads_located(asked.text, file=asked.file)
    document = document_of(asked.text, asked.file)
    root = read_nodes(document, [])
    outcomes = run_tests(located.criteria)
    return {
        "text": document.text,
        "rules": [*_parameters(located.criteria, root, document, language), *_rules(located, root, document, language)],
        "tests": len(outcomes),
        "failed": [{"test": one.test_id, "failures": one.failures} for one in outcomes if not one.passed],
    }


def _rules(located: LocatedSet, root: Node | None, document: Document, language: Language) -> Iterator[Found]:
    titles = {member.path: member.title.text(language) for member in located.criteria.members()}
    scalars = {_place(scalar): scalar for scalar in _scalars(root)}
    for (path, role), locate in located.places.items():
        place = locate(_FIRST)
        scalar = scalars.get((place.line, place.column))
        if role in _ROLES and path in titles and scalar is not None:
            yield {"path": path, "role": role, "title": titles[path], **_extent(scalar, document)}


def _parameters(criteria: CriteriaSet, root: Node | None, document: Document, language: Language) -> Iterator[Found]:
    for name, declared in _entries(_entry(root, "parameters")):
        values = _entry(declared, "values")
        dated = values.items if isinstance(values, Listing) else ()
        for node in (declared, *dated):
            value, first = _entry(node, "value"), _entry(node, "from")
            if isinstance(value, Scalar) and name in criteria.parameters:
                since = f" ({first.text})" if isinstance(first, Scalar) else ""
                title = f"{criteria.parameters[name].title.text(language)}{since}"
                yield {"path": f"param.{name}", "role": "value", "title": title, **_extent(value, document)}


def _extent(scalar: Scalar, document: Document) -> Found:
    line, column = _place(scalar)
    start = document.starts[line - 1] + column - 1
    end = start + len(scalar.text)
    is_whole = document.text[start:end] == scalar.text
    return {"start": _units(document.text[:start]), "end": _units(document.text[:end]) if is_whole else None}


def _place(scalar: Scalar) -> tuple[int, int]:
    """The line and column where the text of a scalar begins, behind its quotes."""
    place = scalar.locate()(_FIRST)
    return place.line, place.column


def _entries(node: Node | None) -> Iterator[tuple[str, Node]]:
    if isinstance(node, Table):
        yield from ((entry.key.text, entry.value) for entry in node.entries)


def _entry(node: Node | None, key: str) -> Node | None:
    return dict(_entries(node)).get(key)


def _units(text: str) -> int:
    """How many code units of UTF-16 a text has."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _scalars(node: Node | None) -> Iterator[Scalar]:
    match node:
        case Scalar():
            yield node
        case Table(entries=entries):
            for entry in entries:
                yield from _scalars(entry.value)
        case Listing(items=items):
            for item in items:
                yield from _scalars(item)
        case None:
            return
