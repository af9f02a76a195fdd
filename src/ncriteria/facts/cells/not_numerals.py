"""What stands in the columns of numbers and is none: what it is, and what to write instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from attrs import frozen

from ncriteria.facts.cells.excel_dates import date_of_a_pair
from ncriteria.facts.cells.refusals import SHOWN, Refusal, quoted

_MARKS_OF_A_PAIR = re.compile(r"\W*/\W*")
_NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity|∞)", re.IGNORECASE)
_N = r"([0-9][0-9.,]*)"
_N_OR_SHARE = r"([0-9][0-9.,]*(?:\s*%)?)"


def why_not_a_number(text: str, *, is_count: bool) -> Refusal:
    """Why `text`, which is no numeral, is refused in the column of a count or of another number."""
    if _NOT_FINITE.fullmatch(text):
        return Refusal("NC201", f"{quoted(text)} is not a finite number")
    if not any(character.isdigit() for character in text):
        none = "0/0" if _MARKS_OF_A_PAIR.fullmatch(text) else "0"
        hint = f"leave the cell blank where it is unknown; write {none} for none"
        return Refusal("NC201", f"{quoted(text)} is not a number", _like_digits(text) or hint)
    return _of_a_date(text, is_count) or _of_foreign_digits(text) or _of_a_slip(text, is_count)


def _of_a_date(text: str, is_count: bool) -> Refusal | None:
    pair = date_of_a_pair(text)
    if pair is None:
        return None
    if not is_count:
        hint = "format the column as Text, then write the figure again"
        return Refusal("NC214", f"{quoted(text)} is a date, and a number was expected: Excel may have made it", hint)
    told = f"{quoted(text)} is a date, and a count was expected: Excel makes one of {pair[0]}"
    again = pair[0] if len(pair) == 1 else f"{pair[0]}, or {pair[1]} where Excel puts the month first"
    return Refusal("NC214", told, f"format the column as Text, then write this year/last year again: {again}")


def _of_foreign_digits(text: str) -> Refusal | None:
    foreign = next((character for character in text if character.isdigit() and not character.isascii()), None)
    if foreign is None:
        return None
    name = unicodedata.name(foreign, f"U+{ord(foreign):04X}")
    plain = "".join(str(unicodedata.decimal(one, one)) for one in text)
    plain = unicodedata.normalize("NFKC", plain) if unicodedata.decimal(foreign, None) is not None else plain
    hint = f"write {plain[:SHOWN]}" if plain.isascii() else "write the number alone, in the digits 0 to 9"
    return Refusal("NC201", f"{quoted(text)} has the digit {foreign} ({name})", hint)


def in_digits(text: str) -> str | None:
    """A number in digits alone, where a letter stands for one of them; a bar between digits is a mark."""
    if not re.fullmatch(r"[0-9.,]*[OolI|][0-9OolI|.,]*", text) or re.search(r"[0-9]\|[0-9]", text) or text == "|":
        return None
    return text.translate(str.maketrans("OolI|", "00111"))


def _like_digits(text: str) -> str | None:
    """What is meant where a letter stands for a digit."""
    digits = in_digits(text)
    return None if digits is None else f"write {digits}, in digits alone"


@frozen
class _Slip:
    """A way of writing that is not read: its pattern, what to say of the cell, and what to write."""

    pattern: re.Pattern[str]
    told: str
    hint: Callable[[re.Match[str], bool], str]


def _slip(pattern: str, told: str, hint: Callable[[re.Match[str], bool], str]) -> _Slip:
    return _Slip(re.compile(pattern, re.IGNORECASE), told, hint)


def _beyond(match: re.Match[str], is_count: bool) -> str:
    """The bound of whole numbers that says `> 3` or `< 3`."""
    above, limit = match[1] not in ("<", "dưới", "ít hơn", "chưa đến", "chưa tới"), match[2]
    if is_count and "%" in limit:
        return _HOW_MANY
    if is_count and limit.isdigit():
        whole = int(limit) + (1 if above else -1)
        return f"write {'>=' if above else '<='}{whole}" if whole > 0 else f"write {max(whole, 0)}"
    return f"write {'>=' if above else '<='}{limit} where {limit} itself is possible, or the number"


def _two_numbers(match: re.Match[str], is_count: bool) -> str:
    if is_count:
        return f"write {match[1]}/{match[2]} for this year/last year; a range is not read, but >={match[1]} is"
    return f"write one number; a range is not read, but >={match[1]} is"


def _closed_up(numeral: str) -> str:
    return re.sub(r"[^0-9.,]", "", numeral)


_HOW_MANY = "write how many, not which part"
_WORDS_HINT = "write the number alone; the unit is declared"
_SLIPS: Final = (
    _slip(rf"([<>]|trên|hơn|quá|dưới|ít hơn|chưa đến|chưa tới)\s*{_N_OR_SHARE}", "leaves out its own limit", _beyond),
    _slip(rf"=\s*([<>])\s*{_N_OR_SHARE}", "has its signs in another order", lambda m, _: f"write {m[1]}={m[2]}"),
    _slip(rf"{_N_OR_SHARE}\s*(?:\+|trở lên)", "is not a number", lambda m, _: f"write >={m[1]} for at least {m[1]}"),
    _slip(
        rf"(?:ít nhất|tối thiểu|từ)\s*{_N_OR_SHARE}(?:\s*trở lên)?",
        *("has words beside the number", lambda m, _: f"write >={m[1]} for at least {m[1]}"),
    ),
    _slip(
        rf"(?:nhiều nhất|tối đa|không quá)\s*{_N_OR_SHARE}",
        *("has words beside the number", lambda m, _: f"write <={m[1]} for at most {m[1]}"),
    ),
    _slip(
        rf"(?:~|≈|±|khoảng|chừng|gần|ước|ước tính)\s*{_N_OR_SHARE}",
        *("is not exact", lambda m, _: f"write the figure itself, or a bound such as >={m[1]}"),
    ),
    _slip(rf"{_N}\s*%", "is a share, and a count was expected", lambda _m, _: _HOW_MANY),
    _slip(rf"{_N}\s*‰", "is in thousandths", lambda _m, c: "write how many" if c else "write a decimal, or percent"),
    _slip(rf"\+\s*{_N}", "has a sign that is not read", lambda m, _: f"write {m[1]}"),
    _slip(r"['’‘`´]([0-9].*)", "has an apostrophe before the number", lambda m, _: f"write {m[1]}"),
    _slip(
        r"([0-9]{1,3}(?:[ \u00a0\u2007\u2009\u202f]+[0-9]{3})+(?:[.,][0-9]+)?)",
        *("has spaces between its digits", lambda m, _: f"write {_closed_up(m[1])}"),
    ),
    _slip(
        r"([0-9]{1,3}(?:['’‘`´_][0-9]{3})+(?:[.,][0-9]+)?)",
        *("has marks between its digits", lambda m, _: f"write {_closed_up(m[1])}"),
    ),
    _slip(
        r"([1-9][0-9]{0,2}(?:,[0-9]{3})+)\.([0-9]+)",
        *("is not a number as it is written in Vietnam", lambda m, _: f"write {m[1].replace(',', '')},{m[2]}"),
    ),
    _slip(r"([0-9]+)[.,]", "is not a number", lambda m, _: f"write {m[1]}"),
    _slip(
        rf"[–—]\s*{_N}",
        *("has a dash before the number", lambda m, c: f"write {m[1]}" if c else f"write -{m[1]} for less than 0"),
    ),
    _slip(r"[.,]([0-9]+)", "is not a number", lambda m, _: f"write 0,{m[1]}"),
    _slip(rf"\(\s*{_N}\s*\)", "is in brackets", lambda m, _: f"write {m[1]}, or -{m[1]} where less than 0 is meant"),
    _slip(
        r"[0-9]+:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?|(?::[0-9]{2})?\s*(?:AM|PM|SA|CH))",
        *("is a time of day", lambda _m, _: "format the column as Text, then write the number again"),
    ),
    _slip(r"([0-9]+)\s*[-–—−⁄∕\\|:;]\s*([0-9]+)", "is not a number", _two_numbers),
    _slip(
        r"[0-9]+(?:\s*/\s*[0-9]+){2,}",
        *("is more than two numbers", lambda _m, _: "a pair is this year/last year: 01/02"),
    ),
    _slip(
        r"[0-9]*(?:[.,]+[0-9]*){2,}",
        *(
            "has points or commas that fit no number",
            lambda _m, _: "write digits, and one comma before decimals: 1704,5",
        ),
    ),
    _slip(r"[0-9][0-9.,]*\s*[^\W\d].*|[^\W\d].*", "has words beside the number", lambda _m, _: _WORDS_HINT),
    _slip(
        rf"{_N}\s*[^0-9/%.,].*",
        *(
            "has a mark beside the number",
            lambda m, _: f"write {m[1]} alone; a remark belongs into the column of notes",
        ),
    ),
)


def _of_a_slip(text: str, is_count: bool) -> Refusal:
    if (digits := _like_digits(text)) is not None:
        return Refusal("NC201", f"{quoted(text)} has a letter that looks like a digit", digits)
    for slip in _SLIPS:
        if (match := slip.pattern.fullmatch(text)) is not None:
            return Refusal("NC201", f"{quoted(text)} {slip.told}", slip.hint(match, is_count))
    return Refusal("NC201", f"{quoted(text)} is not a number", "write the number alone, in the digits 0 to 9")
