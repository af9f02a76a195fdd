"""Reading one cell by the declaration of its fact: exact values, bounds, and `this year/last year`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import assert_never

from attrs import evolve

from ncriteria.facts.cells.days import read_day
from ncriteria.facts.cells.excel_dates import date_of_a_pair
from ncriteria.facts.cells.numerals import read_count, read_number
from ncriteria.facts.cells.ranges import out_of_range
from ncriteria.facts.cells.refusals import Refusal, decimal_text, quoted
from ncriteria.language.hints.lookalikes import difference, skeleton, told_apart, unseen
from ncriteria.language.hints.near_misses import did_you_mean
from ncriteria.language.values import Interval
from ncriteria.patterns import compiled_later
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import FactDeclaration, FactType, FactValue
from ncriteria.words import Phrase, joined, phrase

_TRUE = frozenset({"có", "đạt", "x", "true", "yes", "đúng", "1"})
_FALSE = frozenset({"không", "chưa đạt", "không đạt", "false", "no", "sai", "0", "chưa"})
_WHOLE_TRUTH = compiled_later(r"([01])[.,]0+")
_BOUND = compiled_later(r"(>=|≥|<=|≤)\s*(.+)")
_YEAR = compiled_later(r"(?:19|20)[0-9]{2}")
_PAIR = compiled_later(r"([^/]*)/([^/]*)")
_FORMULA = compiled_later(r"#(?:[A-Z][A-Z_0-9]*[!?]?|DIV/0!|N/A)|Err:[0-9]+|=[^<>≤≥\s].*", re.IGNORECASE | re.DOTALL)
_TOO_NARROW = compiled_later(r"##+")


@frozen
class CellReading:
    """What a cell says: of the year of its row, and, in the notation `01/02`, of the year before."""

    value: FactValue
    last_year: FactValue | None = None


def folded(text: str) -> str:
    """Text for comparing: composed (NFC), small letters, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def read_cell(declaration: FactDeclaration, cell: str, *, alone: bool = False) -> CellReading | Refusal | None:
    """What the text of a cell says of a fact; `None` for a blank cell.

    `alone` is set where the cell can hold one year only, so that `01/02` is refused.
    """
    text = unicodedata.normalize("NFC", cell).strip()
    if not text:
        return None
    reading = _reading(declaration, text, alone=alone)
    return _told(declaration, text, reading, alone=alone) if isinstance(reading, Refusal) else reading


def _reading(declaration: FactDeclaration, text: str, *, alone: bool) -> CellReading | Refusal:
    if (refused := formula_error(text)) is not None:
        return refused
    if declaration.type is FactType.COUNT and (pair := _pair_of(text)):
        return _pair(declaration, text, pair, alone=alone)
    value = _value(declaration, text)
    return value if isinstance(value, Refusal) else CellReading(value)


def _told(declaration: FactDeclaration, text: str, refusal: Refusal, *, alone: bool) -> Refusal:
    """`refusal`, which names the character that keeps a text from being what it looks like."""
    seen = unicodedata.normalize("NFC", skeleton(text)).strip()
    if not seen:
        return evolve(refusal, hint=unseen(text))
    found = difference(text, seen)
    if found is None or isinstance(_reading(declaration, seen, alone=alone), Refusal):
        return refusal
    is_named = bool(found.written) and unicodedata.name(found.written, "?") in refusal.message
    return refusal if is_named else evolve(refusal, hint=told_apart(text, [seen]))


@lru_cache(maxsize=10_000)
def parts_of(cell: str) -> tuple[str, ...]:
    """The numerals of a cell that was read: one or, in `01/02`, two; without the signs of bounds."""
    parts = (part.strip() for part in unicodedata.normalize("NFC", cell).split("/"))
    return tuple(bound[2] if (bound := _BOUND.fullmatch(part)) else part for part in parts)


@lru_cache(maxsize=1 << 16)
def formula_error(text: str) -> Refusal | None:
    """Why a cell of any column is refused that holds what a workbook shows where a formula has no value."""
    if not text.startswith(("#", "=", "E", "e")):
        return None  # as nearly all are
    if _FORMULA.fullmatch(text):
        if text.startswith("="):
            hint = phrase(
                "open the workbook in Excel or LibreOffice, let it calculate, and save it; or write the value"
            )
            return Refusal("NC216", phrase("{found} is a formula, not its value", found=quoted(text)), hint)
        hint = phrase("mend the formula in the workbook; leave the cell blank where nothing is known")
        return Refusal("NC216", phrase("{found} is an error of a formula, not a value", found=quoted(text)), hint)
    if _TOO_NARROW.fullmatch(text):
        hint = phrase("make the column of the workbook wider, and save the file again")
        told = phrase("{found} stands where a column was too narrow for its values", found=quoted(text))
        return Refusal("NC216", told, hint)
    return None


def _pair_of(text: str) -> re.Match[str] | None:
    """The two parts of `01/02`; what has no digit, such as `n/a`, is no pair, and a date is none."""
    pair = _PAIR.fullmatch(text)
    return pair if pair and _has_digit(text) and date_of_a_pair(text) is None else None


def _pair(declaration: FactDeclaration, text: str, pair: re.Match[str], *, alone: bool) -> CellReading | Refusal:
    if alone:
        hint = phrase("`this year/last year` belongs into the column of the year itself")
        return Refusal("NC204", phrase("{found} gives two years in a column that is of one", found=quoted(text)), hint)
    this_part, last_part = (part.strip() for part in pair.groups())
    this_year, last_year = (_value(declaration, part) for part in (this_part, last_part))
    if this_part.isdecimal() and 1 <= int(this_part[:3]) <= 12 and _YEAR.fullmatch(last_part):
        told = phrase(
            "{found} is ambiguous: {this_year} this year and {last_year} last year, or a month of {last_year}",
            found=quoted(text),
            this_year=this_part,
            last_year=last_part,
        )
        hint = phrase(
            "write {number} into the column of last year, `prev_year.{fact}`, where it is a count",
            number=last_part,
            fact=declaration.name,
        )
        return Refusal("NC202", told, hint)
    if isinstance(this_year, Refusal):
        if not isinstance(last_year, Refusal) and not _has_digit(this_part):
            hint = phrase(
                "write 0/{number} for none; where this year is unknown, write {number} into the column of last year, "
                "`prev_year.{fact}`",
                number=last_part,
                fact=declaration.name,
            )
            return Refusal("NC201", phrase("{found} does not give the number of this year", found=quoted(text)), hint)
        return _in_all_of(text, this_part, this_year)
    if isinstance(last_year, Refusal):
        if not _has_digit(last_part):
            hint = phrase("write {number} alone where last year is unknown, or {number}/0 for none", number=this_part)
            return Refusal("NC201", phrase("{found} does not give the number of last year", found=quoted(text)), hint)
        return _in_all_of(text, last_part, last_year)
    return CellReading(this_year, last_year)


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _in_all_of(text: str, part: str, refused: Refusal) -> Refusal:
    """What is wrong with a part of the cell `text`, which is quoted whole."""
    if part == text:
        return refused
    return evolve(refused, message=phrase("in {cell}, {told}", cell=quoted(text), told=refused.message))


def _value(declaration: FactDeclaration, text: str) -> FactValue | Refusal:
    value = _unchecked(declaration, text)
    if isinstance(value, Refusal):
        return value
    outside = out_of_range(declaration, value)
    if outside is None:
        return value
    hint = None if "%" in text else as_a_share(declaration, value)
    return Refusal("NC203", joined(" ", [quoted(text), outside]), hint)


def as_a_share(declaration: FactDeclaration, value: FactValue) -> Phrase | None:
    """What to write for a number that is right in percent, where the fact is a share of 1."""
    if declaration.maximum != 1 or not isinstance(value, Fraction) or not 1 < value <= 100:
        return None
    return phrase("write {share}% where percent are meant", share=decimal_text(value))


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
            return read_day(text)
        case _:
            assert_never(declaration.type)


def _bounded(text: str, read: Callable[[str], Fraction | Refusal]) -> FactValue | Refusal:
    match = _BOUND.fullmatch(text)
    if match is None:
        return read(text)
    limit = read(match[2])
    if isinstance(limit, Refusal):
        return _in_all_of(text, match[2], limit)
    return Interval(limit, None) if match[1] in (">=", "≥") else Interval(None, limit)


def truth_of(text: str) -> bool | None:
    """The truth that a text says, such as `Đạt`; `None` where it says none."""
    whole = _WHOLE_TRUTH.fullmatch(text)
    word = whole[1] if whole else folded(text)
    return word in _TRUE if word in _TRUE or word in _FALSE else None


def _boolean(text: str) -> bool | Refusal:
    truth = truth_of(text)
    if truth is not None:
        return truth
    told = phrase("{found} is neither yes nor no", found=quoted(text))
    return Refusal("NC205", told, phrase("write Có or Không, Đạt or Chưa đạt, or x"))


def _option(declaration: FactDeclaration, text: str) -> str | Refusal:
    meant = _options_meant(declaration)
    found = meant.get(folded(text))
    if found is not None:
        return found
    hint = did_you_mean(text, _options_written(declaration)) or values_of(declaration)
    return Refusal("NC206", phrase("{found} is none of the values of this fact", found=quoted(text)), hint)


def values_of(declaration: FactDeclaration) -> Phrase:
    """The hint with the values that a fact can have in a table."""
    return phrase("the values are: {values}", values=", ".join(_options_written(declaration)))


def _options_meant(declaration: FactDeclaration) -> dict[str, str]:
    """The options by all that a cell may call them, folded."""
    titles = declaration.option_titles.items()
    called = {folded(name): option for option, title in titles for name in (title.vi, title.en)}
    return called | {folded(option): option for option in declaration.options}


def _options_written(declaration: FactDeclaration) -> dict[str, None]:
    """The options as people write them: by their titles, and as rules do."""
    titles = declaration.option_titles
    return dict.fromkeys(
        name
        for option in declaration.options
        for name in ((titles[option].vi, option) if option in titles else (option,))
    )
