"""Reading the `grades:` of a set, a clause or a group."""

from __future__ import annotations

from collections.abc import Callable

from ncriteria.language.tree import Boolean
from ncriteria.sets.grades.grade import Grade
from ncriteria.sets.grades.scales import path_of_grade, with_rest
from ncriteria.sets.keys import tables
from ncriteria.sets.reading import fields
from ncriteria.sets.reading.nodes import Node
from ncriteria.sets.sources import Bilingual
from ncriteria.words import phrase

_UNSAID = Boolean(True)
"""Stands where a condition is wrong, which was told."""


def grades(path: str) -> Callable[[fields.FileReading, Node], tuple[Grade, ...]]:
    """A reader of the grades of what stands at `path`, best first."""

    def read(reading: fields.FileReading, node: Node) -> tuple[Grade, ...]:
        found = fields.listing(lambda _, item: _grade(reading, item, path))(reading, node) or ()
        if found and len(found) < 2:
            hint = phrase("list every grade that the text gives, the best first")
            reading.report("NC450", phrase("a scale has two grades or more"), node.place, hint)
        ids: set[str] = set()
        for grade in found:
            if grade.id in ids:
                reading.report("NC111", phrase("the grade `{grade}` stands twice", grade=grade.id), grade.place)
            ids.add(grade.id)
        for grade in found[:-1]:
            if grade.rest:
                message = phrase("`otherwise` stands at the last grade; no grade after it could be given")
                reading.report("NC450", message, grade.place)
        return with_rest(found)

    return read


def _grade(reading: fields.FileReading, node: Node, path: str) -> Grade | None:
    given = fields.fields(reading, node, tables.GRADE.keys, phrase("a grade"))
    name, title = given.require("id", fields.identifier), given.require("title", fields.bilingual)
    rest, cite, note = (
        given.read("otherwise", fields.flag),
        given.read("cite", fields.citations) or (),
        given.read("note", fields.bilingual),
    )
    if name is None:
        return None
    if given.is_mapping and ("when" in given) is (rest is True):
        hint = phrase("write `when: CONDITION`, or `otherwise: true` at the last grade")
        message = phrase("the grade `{grade}` has either `when` or `otherwise: true`", grade=name)
        reading.report("NC450", message, given.place, hint)
    when = given.read("when", fields.expression(path_of_grade(path, name), "rule"))
    return Grade(name, title or Bilingual(name, name), when or _UNSAID, rest is True, cite, note, given.place)
