"""Reading how the values of several units are put together: the `aggregate:` of a fact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from ncriteria.sets.declared.figures import Aggregate, Rate
from ncriteria.sets.keys import tables
from ncriteria.sets.model import FactType
from ncriteria.sets.reading.fields import FileReading, fields, text
from ncriteria.sets.reading.nodes import Node, Scalar, Table
from ncriteria.words import one_of, phrase

_AGGREGATES: Final[Mapping[FactType, tuple[Aggregate, ...]]] = {
    FactType.COUNT: ("sum", "none"),
    FactType.NUMBER: ("sum", "none"),
    FactType.BOOLEAN: ("any", "all", "none"),
    FactType.ENUMERATION: ("none",),
    FactType.DATE: ("none",),
}


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
