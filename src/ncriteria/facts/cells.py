"""Reading one cell by the declaration of its fact: exact values, bounds, and `this year/last year`."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable
from fractions import Fraction
from typing import assert_never

from attrs import evolve, frozen

from ncriteria.facts.numerals import Refusal, read_count, read_number
from ncriteria.facts.ranges import out_of_range
from ncriteria.language.lookalikes import difference, skeleton, told_apart
from ncriteria.language.near_misses import did_you_mean
from ncriteria.language.values import Interval
from ncriteria.sets.model import FactDeclaration, FactType, FactValue

_TRUE = frozenset({"có", "đạt", "x", "true", "yes", "đúng", "1"})
_FALSE = frozenset({"không", "chưa đạt", "không đạt", "false", "no", "sai", "0", "chưa"})
_BOUND = re.compile(r"(>=|≥|<=|≤)\s*(.+)")
_PAIR = re.compile(r"([^/]+)/([^/]+)")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_VIETNAMESE_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")


@frozen
class Reading:
    """What a cell says: of the year of its row, and, in the notation `01/02`, of the year before."""

    value: FactValue
    last_year: FactValue | None = None


def folded(text: str) -> str:
    """Text for comparing: composed (NFC), small letters, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def read_cell(declaration: FactDeclaration, cell: str, *, alone: bool = False) -> Reading | Refusal | None:
    """What the text of a cell says of a fact; `None` for a blank cell.

    `alone` is set where the cell can hold one year only, so that `01/02` is refused.
    """
    text = unicodedata.normalize("NFC", cell).strip()
    if not text:
        return None
    if declaration.type is FactType.COUNT and (pair := _pair_of(text)):
        return _pair(declaration, text, pair, alone=alone)
    value = _value(declaration, text)
    return _told(declaration, text, value) if isinstance(value, Refusal) else Reading(value)


def _told(declaration: FactDeclaration, text: str, refusal: Refusal) -> Refusal:
    """`refusal`, which names the character that keeps a text from being what it looks like."""
    seen = unicodedata.normalize("NFC", skeleton(text)).strip()
    found = difference(text, seen)
    if found is None or isinstance(_value(declaration, seen), Refusal):
        return refusal
    is_named = bool(found.written) and unicodedata.name(found.written, "?") in refusal.message
    return refusal if is_named else evolve(refusal, hint=told_apart(text, [seen]))


def _pair_of(text: str) -> re.Match[str] | None:
    """The two parts of `01/02`; what has no digit, such as `n/a`, is no pair."""
    return _PAIR.fullmatch(text) if any(character.isdigit() for character in text) else None


def _pair(declaration: FactDeclaration, text: str, pair: re.Match[str], *, alone: bool) -> Reading | Refusal:
    if alone:
        hint = "`this year/last year` belongs into the column of the year itself"
        return Refusal("NC204", f'"{text}" gives two years in a column that is of one', hint)
    values = [_value(declaration, part.strip()) for part in pair.groups()]
    this_year, last_year = values
    if isinstance(this_year, Refusal):
        return this_year
    if isinstance(last_year, Refusal):
        return last_year
    return Reading(this_year, last_year)


def _value(declaration: FactDeclaration, text: str) -> FactValue | Refusal:
    value = _unchecked(declaration, text)
    if isinstance(value, Refusal):
        return value
    outside = out_of_range(declaration, value)
    return value if outside is None else Refusal("NC203", f'"{text}" {outside}')


def _unchecked(declaration: FactDeclaration, text: str) -> FactValue | Refusal:
    match declaration.type:
        case FactType.COUNT:
            return _bounded(text, read_count)
        case FactType.NUMBER:
            return _bounded(text, read_number)
        case FactType.BOOLEAN:
            return _boolean(text)
        case FactType.ENUMERATION:
            return _option(declaration, text)
        case FactType.DATE:
            return _day(text)
        case _:
            assert_never(declaration.type)


def _bounded(text: str, read: Callable[[str], Fraction | Refusal]) -> FactValue | Refusal:
    match = _BOUND.fullmatch(text)
    if match is None:
        return read(text)
    limit = read(match[2])
    if isinstance(limit, Refusal):
        return limit
    return Interval(limit, None) if match[1] in (">=", "≥") else Interval(None, limit)


def _boolean(text: str) -> bool | Refusal:
    word = folded(text)
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    return Refusal("NC205", f'"{text[:60]}" is neither yes nor no', "write Có or Không, Đạt or Chưa đạt, or x")


def _option(declaration: FactDeclaration, text: str) -> str | Refusal:
    options = {folded(option): option for option in declaration.options}
    found = options.get(folded(text))
    if found is not None:
        return found
    hint = did_you_mean(text, declaration.options)
    listed = ", ".join(declaration.options)
    return Refusal("NC206", f'"{text[:60]}" is none of the values of this fact', hint or f"the values are: {listed}")


def _day(text: str) -> datetime.date | Refusal:
    iso, vietnamese = _ISO_DAY.fullmatch(text), _VIETNAMESE_DAY.fullmatch(text)
    parts = iso.groups() if iso else vietnamese.groups()[::-1] if vietnamese else None
    if parts is not None:
        try:
            return datetime.date(*map(int, parts))
        except ValueError:
            return Refusal("NC207", f'"{text}" is not a calendar day')
    return Refusal(
        "NC207", f'"{text[:60]}" is not a date', "write 18/03/2024 or 2024-03-18, with four digits of the year"
    )
