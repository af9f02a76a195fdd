"""Typed values out of scalars: parameters, ranges and the facts of embedded tests."""

from __future__ import annotations

import datetime
import re
from fractions import Fraction

from attrs import evolve

from ncriteria.language.hints.near_misses import did_you_mean
from ncriteria.language.reading.literals import day_meant, grouped_hint, read_number, written_decimals
from ncriteria.language.source import FindingsError, Span
from ncriteria.language.values import UNKNOWN, Interval, Unknown
from ncriteria.patterns import compiled_later
from ncriteria.sets.model import FactType
from ncriteria.sets.reading.fields import FileReading, shown, truth_meant
from ncriteria.sets.reading.nodes import Node, Scalar
from ncriteria.words import phrase

_NUMBER = compiled_later(r"(-?)((?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)\s*(%?)")
_DAY = compiled_later(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BOUND = compiled_later(r"(>=|<=)\s*(.+)")
_BEGUN_NUMBER = compiled_later(r"[-+−]?\s*[0-9]")
_SPACED = compiled_later(r"([0-9]{1,3}(?: [0-9]{3})+)|([0-9]+)\s*(?:phần trăm|percent)")
_GROUPED = compiled_later(r"(?:[<>]=\s*)?([1-9][0-9]{0,2}\.[0-9]{3})")

ScalarValue = Fraction | bool | str | datetime.date | Interval | Unknown


def number(reading: FileReading, node: Node) -> Fraction | None:
    """An exact number, `0.95`, `-3` or `5%`."""
    found = _number(reading, node) if isinstance(node, Scalar) else None
    if found is None:
        hint = decimal_meant(node.text) if isinstance(node, Scalar) else None
        reading.report(
            "NC108", phrase("expected a number such as 0.95 or 5%, found {found}", found=shown(node)), node.place, hint
        )
    return found


def _number(reading: FileReading, node: Scalar) -> Fraction | None:
    match = _NUMBER.fullmatch(node.text.strip())
    if match is None:
        return None
    try:
        value = read_number(match[2], Span(0, len(node.text)), percent=bool(match[3]))
    except FindingsError as error:
        reading.problems.extend(finding.located(node.locate()) for finding in error.findings)
        return Fraction(0)
    return -value if match[1] else value


def decimals_of(node: Node) -> int:
    """How many digits a number has after its point, as written; none where `node` is no number."""
    match = _NUMBER.fullmatch(node.text.strip()) if isinstance(node, Scalar) else None
    return 0 if match is None or match[3] else written_decimals(match[2])


def count_hint(node: Node | None) -> str | None:
    """What to write for a count such as `1.500`, which is 1500 as Vietnam reads it and 1.5 in these files."""
    match = _GROUPED.fullmatch(node.text.strip()) if isinstance(node, Scalar) else None
    return None if match is None else grouped_hint(match[1])


def type_of(node: Node) -> FactType | None:
    """The type that a plain scalar shows by itself; in quotes it is a text."""
    if not isinstance(node, Scalar) or node.is_empty:
        return None
    if node.plain and node.text in ("true", "false"):
        return FactType.BOOLEAN
    if node.plain and _NUMBER.fullmatch(node.text):
        return FactType.NUMBER
    if node.plain and _DAY.fullmatch(node.text):
        return FactType.DATE
    return FactType.ENUMERATION


def is_odd_number(reading: FileReading, node: Node) -> bool:
    """Whether a value begins as a number or a day does and is neither; it is reported then."""
    if not isinstance(node, Scalar) or not _BEGUN_NUMBER.match(text := node.text.strip()):
        return False
    written = phrase("{value} without quotes", value=text) if _NUMBER.fullmatch(text) else day_meant(text)
    if written is None and (match := _SPACED.fullmatch(text)):
        written = match[1].replace(" ", "") if match[1] else f"{match[2]}%"
    hint = phrase("write {written}", written=written) if written else decimal_meant(text)
    other = phrase("write a number such as 1500, 0.95 or 5%, or a day such as 2024-03-18, without quotes")
    reading.report(
        "NC108", phrase("{found} is neither a number nor a day", found=shown(node)), node.place, hint or other
    )
    return True


def typed_value(reading: FileReading, node: Node, kind: FactType, options: tuple[str, ...]) -> ScalarValue | None:
    """The value of `node` as a `kind`: exact, a bound such as ">=3", or `UNKNOWN`; `None` where it is wrong."""
    if not isinstance(node, Scalar) or node.is_empty:
        hint = phrase("an unknown value is written `unknown`")
        reading.report(
            "NC108",
            phrase("expected {expected}, found {found}", expected=_EXPECTED[kind], found=shown(node)),
            node.place,
            hint,
        )
        return None
    text = node.text.strip()
    if node.plain and text == "unknown":
        return UNKNOWN
    value = _read(reading, node, text, kind)
    grouped = count_hint(node) if kind is FactType.COUNT else None
    if value is None or grouped is not None or (kind is FactType.COUNT and not _is_count(value)):
        message = phrase('expected {expected}, found "{found}"', expected=_EXPECTED[kind], found=text[:40])
        reading.report("NC108", message, node.place, grouped or _meant(node, text, kind))
        return None
    if kind is FactType.ENUMERATION and options and value not in options:
        message = phrase('"{value}" is none of the values: {options}', value=text[:40], options=", ".join(options))
        reading.report("NC108", message, node.place, did_you_mean(text, (*options, "unknown")))
        return None
    return value


_EXPECTED = {
    FactType.COUNT: phrase("a whole number of zero or more"),
    FactType.NUMBER: phrase("a number"),
    FactType.BOOLEAN: phrase("`true` or `false`"),
    FactType.ENUMERATION: phrase("a text"),
    FactType.DATE: phrase("a calendar day such as 2024-03-18"),
}


def _meant(node: Scalar, text: str, kind: FactType) -> str | None:
    """What to write for a value that is none of its type."""
    if kind is FactType.BOOLEAN and (hint := truth_meant(node)) is not None:
        return hint
    if kind is FactType.DATE and (written := day_meant(text)) is not None:
        return phrase("write {written}", written=written)
    return decimal_meant(text) if kind is FactType.NUMBER else did_you_mean(text, ("unknown",))


def decimal_meant(text: str) -> str | None:
    """What to write for a number with a decimal comma."""
    return (
        phrase("write {written}", written=text.replace(",", "."))
        if re.fullmatch(r"-?[0-9]+,[0-9]+ ?%?", text)
        else None
    )


def _read(reading: FileReading, node: Scalar, text: str, kind: FactType) -> ScalarValue | None:
    match kind:
        case FactType.COUNT | FactType.NUMBER:
            return _bound(reading, node, text) if _BOUND.fullmatch(text) else _number(reading, node)
        case FactType.BOOLEAN:
            return {"true": True, "false": False}.get(text)
        case FactType.ENUMERATION:
            return text
        case FactType.DATE:
            return _day(text)


def _bound(reading: FileReading, node: Scalar, text: str) -> Interval | None:
    match = _BOUND.fullmatch(text)
    inner = evolve(node, text=match[2]) if match else node
    limit = _number(reading, inner)
    if match is None or limit is None:
        return None
    return Interval(limit, None) if match[1] == ">=" else Interval(None, limit)


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _is_count(value: ScalarValue) -> bool:
    ends = (value.low, value.high) if isinstance(value, Interval) else (value,)
    numbers = [end for end in ends if isinstance(end, Fraction)]
    return all(end.denominator == 1 and end >= 0 for end in numbers)
