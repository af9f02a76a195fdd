"""Reading what a figure counts, and how those of several units are put together: `unit:` and `aggregate:`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from ncriteria.sets.declared.figures import Aggregate, Rate
from ncriteria.sets.keys import heading, tables
from ncriteria.sets.model import FactType
from ncriteria.sets.reading.fields import FileReading, fields, shown, text
from ncriteria.sets.reading.nodes import Node, Scalar, Table
from ncriteria.sets.sources import UnitName
from ncriteria.words import one_of, phrase

_UNIT: Final = phrase("a text: `{{vi: ..., en: ...}}`")
_FORMS: Final = phrase("write `cases`, or `{{one: case, other: cases}}`")
_AGGREGATES: Final[Mapping[FactType, tuple[Aggregate, ...]]] = {
    FactType.COUNT: ("sum", "none"),
    FactType.NUMBER: ("sum", "none"),
    FactType.BOOLEAN: ("any", "all", "none"),
    FactType.ENUMERATION: ("none",),
    FactType.DATE: ("none",),
}


def unit_name(reading: FileReading, node: Node) -> UnitName | None:
    """What is counted: one text, or `{vi: vụ, en: {one: case, other: cases}}`."""
    if isinstance(node, Scalar):
        found = text(reading, node)
        return None if found is None else UnitName(found, found)
    given = fields(reading, node, heading.UNIT_LANGUAGES.keys, phrase("a unit in two languages"))
    vi, en = given.read("vi", _in_vietnamese), given.read("en", _in_english)
    if vi is None and en is None:
        if isinstance(node, Table) and not node.entries:
            message = phrase("expected {expected}, found {found}", expected=_UNIT, found=shown(node))
            reading.report("NC108", message, node.place)
        return None
    one, other = en or (None, vi or "")
    return UnitName(vi or other, other, one)


def _in_vietnamese(reading: FileReading, node: Node) -> str | None:
    if isinstance(node, Table):
        message = phrase("expected {expected}, found {found}", expected=phrase("a text"), found=shown(node))
        reading.report("NC108", message, node.place, phrase("Vietnamese has one word for every number"))
        return None
    return text(reading, node)


def _in_english(reading: FileReading, node: Node) -> tuple[str | None, str] | None:
    """The word behind 1, where it is said, and the word behind other numbers."""
    if isinstance(node, Scalar):
        found = text(reading, node)
        return None if found is None else (None, found)
    given = fields(reading, node, heading.UNIT_FORMS.keys, phrase("a unit in English"), _FORMS)
    one, other = given.require("one", text), given.require("other", text)
    return None if one is None or other is None else (one, other)


def aggregate_of(kind: FactType | None) -> Callable[[FileReading, Node], Aggregate | None]:
    """A reader of how the values of several units of a type are put together."""

    def read(reading: FileReading, node: Node) -> Aggregate | None:
        allowed = (
            _AGGREGATES[kind] if kind is not None else dict.fromkeys(one for of in _AGGREGATES.values() for one in of)
        )
        if isinstance(node, Table) and kind in (None, FactType.NUMBER):
            return fields(reading, node, tables.AGGREGATE.keys, "`aggregate`").require("rate", _rate)
        found: Aggregate | None = next((one for one in allowed if isinstance(node, Scalar) and node.text == one), None)
        if found is None:
            words = [f"`{one}`" for one in allowed]
            if kind is FactType.NUMBER:
                words.append("`{rate: {of: ..., over: ...}}`")
            message = phrase("`aggregate` can only be {words}", words=one_of(words))
            if kind is not None:
                message = phrase(
                    "`aggregate` of a fact of type {kind} can only be {words}", kind=kind.value, words=one_of(words)
                )
            reading.report("NC108", message, node.place)
        return found

    return read


def _rate(reading: FileReading, node: Node) -> Rate | None:
    given = fields(reading, node, tables.RATE.keys, "`rate`", phrase("write `{{of: settled, over: received}}`"))
    of, over = given.require("of", text), given.require("over", text)
    return None if of is None or over is None else Rate(of, over)
