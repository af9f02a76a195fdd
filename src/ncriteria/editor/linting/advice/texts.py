"""Advice on the texts of a file: citations, titles, tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ncriteria.editor.shaped import shaped_nodes
from ncriteria.errors import Problem
from ncriteria.sets.keys.heading import CITATION, LANGUAGES, UNIT_LANGUAGES
from ncriteria.sets.loader import LocatedSet
from ncriteria.sets.model import EmbeddedTest
from ncriteria.sets.reading.nodes import Entry, Node, Scalar, Table
from ncriteria.sets.sources import Basis
from ncriteria.words import phrase

_UNREAD: Final = {Basis.MENTIONED.value, Basis.NOT_FOUND.value}
"""What a citation says of itself whose place in the act nobody can know."""
_BOTH: Final = phrase("write `{{vi: ..., en: ...}}`, the same text twice where both languages have it so")


def citations_without_place(root: Node) -> Iterator[Problem]:
    """A finding for each citation without the place in the act, where so much of the text is known."""
    for one in shaped_nodes(root):
        if CITATION in one.shapes and isinstance(one.node, Table) and not one.is_key:
            said = {entry.key.text: entry.value for entry in one.node.entries}
            act, basis = said.get("instrument"), said.get("basis")
            is_unread = isinstance(basis, Scalar) and basis.text in _UNREAD
            if isinstance(act, Scalar) and "at" not in said and not is_unread:
                message = phrase("`{act}` is cited without the place in it", act=act.text)
                yield Problem("NC153", message, act.place, phrase("add `at`: the article, the clause, the point"))


def texts_in_one_language(root: Node) -> Iterator[Problem]:
    """A finding for each text that is written once for both languages, or in one of them alone.

    A text that is written for each says that it is the same in both, such as a name. A sign needs no language.
    """
    for one in shaped_nodes(root):
        is_of_both = any(shape in one.shapes for shape in (LANGUAGES, UNIT_LANGUAGES)) and not one.is_key
        if is_of_both and (text := _only_text(one.node)) is not None:
            key = next(key for key in reversed(one.keys) if not key.isdecimal())
            message = phrase("`{key}` is written in one language", key=key)
            yield Problem("NC157", message, text.place, _BOTH)


def _only_text(node: Node) -> Scalar | None:
    """The text that stands for both languages, where there is one, and it has letters."""
    match node:
        case Scalar():
            return node if any(map(str.isalpha, node.text)) else None
        case Table(entries=(entry,)) | Table(entries=(Entry(key=Scalar(text="one" | "other")), entry)):
            return _only_text(entry.value)
        case _:
            return None


def repeated_tests(located: LocatedSet) -> Iterator[Problem]:
    """A finding for each test that is given the same as another and expects no more; of two equal ones the later."""
    tests = located.criteria.tests
    for number, test in enumerate(tests):
        before, after = tests[:number], tests[number + 1 :]
        others = [one for one in (*before, *after) if _is_told_by(one, test)]
        same = next((one for one in others if one in before or not _is_told_by(test, one)), None)
        if same is not None:
            message = phrase("the test `{test}` says nothing that `{other}` does not", test=test.id, other=same.id)
            yield Problem("NC158", message, test.place, phrase("leave it out, or try another case"))


def _is_told_by(one: EmbeddedTest, other: EmbeddedTest) -> bool:
    """Whether `one` is of the same case as `other` and expects all that it expects."""
    is_same_case = (one.given, one.year, one.parameters, one.shares, one.attested) == (
        other.given,
        other.year,
        other.parameters,
        other.shares,
        other.attested,
    )
    return (
        is_same_case
        and other.expect.items() <= one.expect.items()
        and all(one.grades.get(path) == grades for path, grades in other.grades.items())
        and other.missing in (None, one.missing)
        and other.residual in (None, one.residual)
    )
