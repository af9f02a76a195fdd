"""What stands in the columns of numbers and is none: what it is, and what to write instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from ncriteria.facts.cells.excel_dates import date_of_a_pair
from ncriteria.facts.cells.refusals import SHOWN, Refusal, quoted
from ncriteria.patterns import compiled_later
from ncriteria.quick_classes import frozen
from ncriteria.words import Phrase, joined, phrase

_MARKS_OF_A_PAIR = compiled_later(r"\W*/\W*")
_DASHES_OR_DOTS = compiled_later(r"[-–—.…]+")
_NOT_FINITE = compiled_later(r"[+-]?(nan|inf|infinity|∞)", re.IGNORECASE)
_N = r"([0-9][0-9.,]*)"
_N_OR_SHARE = r"([0-9][0-9.,]*(?:\s*%)?)"


def why_not_a_number(text: str, *, is_count: bool) -> Refusal:
    """Why `text`, which is no numeral, is refused in the column of a count or of another number."""
    if _NOT_FINITE.fullmatch(text):
        return Refusal("NC201", phrase("{found} is not a finite number", found=quoted(text)))
    if not any(character.isdigit() for character in text):
        none = "0/0" if _MARKS_OF_A_PAIR.fullmatch(text) else "0"
        hint = phrase("leave the cell blank where it is unknown; write {none} for none", none=none)
        if _DASHES_OR_DOTS.fullmatch(text):
            hint = joined("; ", [hint, _MARK])
        return _refused(text, _NO_NUMBER, _like_digits(text) or hint)
    return _of_a_date(text, is_count) or _of_foreign_digits(text) or _of_a_slip(text, is_count)


def _of_a_date(text: str, is_count: bool) -> Refusal | None:
    pair = date_of_a_pair(text)
    if pair is None:
        return None
    if not is_count:
        hint = phrase("format the column as Text, then write the figure again")
        told = phrase("{found} is a date, and a number was expected: Excel may have made it", found=quoted(text))
        return Refusal("NC214", told, hint)
    told = phrase(
        "{found} is a date, and a count was expected: Excel makes one of {pair}", found=quoted(text), pair=pair[0]
    )
    again: str = pair[0]
    if len(pair) > 1:
        again = phrase("{pair}, or {other} where Excel puts the month first", pair=pair[0], other=pair[1])
    hint = phrase("format the column as Text, then write this year/last year again: {again}", again=again)
    return Refusal("NC214", told, hint)


def _of_foreign_digits(text: str) -> Refusal | None:
    foreign = next((character for character in text if character.isdigit() and not character.isascii()), None)
    if foreign is None:
        return None
    name = unicodedata.name(foreign, f"U+{ord(foreign):04X}")
    plain = "".join(str(unicodedata.decimal(one, one)) for one in text)
    plain = unicodedata.normalize("NFKC", plain) if unicodedata.decimal(foreign, None) is not None else plain
    told = phrase("{found} has the digit {digit} ({name})", found=quoted(text), digit=foreign, name=name)
    return Refusal("NC201", told, _write(plain[:SHOWN]) if plain.isascii() else _NUMBER_ALONE)


def in_digits(text: str) -> str | None:
    """A number in digits alone, where a letter stands for one of them; a bar between digits is a mark."""
    if not re.fullmatch(r"[0-9.,]*[OolI|][0-9OolI|.,]*", text) or re.search(r"[0-9]\|[0-9]", text) or text == "|":
        return None
    return text.translate(str.maketrans("OolI|", "00111"))


def _like_digits(text: str) -> Phrase | None:
    """What is meant where a letter stands for a digit."""
    digits = in_digits(text)
    return None if digits is None else phrase("write {number}, in digits alone", number=digits)


@frozen
class _Slip:
    """A way of writing that is not read: its pattern, what to say of the cell, and what to write."""

    pattern: re.Pattern[str]
    told: Phrase
    hint: Callable[[re.Match[str], bool], Phrase]


def _slip(pattern: str, told: Phrase, hint: Callable[[re.Match[str], bool], Phrase]) -> _Slip:
    return _Slip(re.compile(pattern, re.IGNORECASE), told, hint)


def _beyond(match: re.Match[str], is_count: bool) -> Phrase:
    """The bound of whole numbers that says `> 3` or `< 3`."""
    above, limit = match[1] not in ("<", "dưới", "ít hơn", "chưa đến", "chưa tới"), match[2]
    if is_count and "%" in limit:
        return _HOW_MANY
    if is_count and limit.isdigit():
        whole = int(limit) + (1 if above else -1)
        return _write(f"{'>=' if above else '<='}{whole}" if whole > 0 else f"{max(whole, 0)}")
    bound = f"{'>=' if above else '<='}{limit}"
    return phrase("write {bound} where {limit} itself is possible, or the number", bound=bound, limit=limit)


def _two_numbers(match: re.Match[str], is_count: bool) -> Phrase:
    if is_count:
        pair = f"{match[1]}/{match[2]}"
        return phrase(
            "write {pair} for this year/last year; a range is not read, but >={least} is", pair=pair, least=match[1]
        )
    return phrase("write one number; a range is not read, but >={least} is", least=match[1])


def _write(text: str) -> Phrase:
    return phrase("write {text}", text=text)


def _at_least(match: re.Match[str], _: bool) -> Phrase:
    return phrase("write >={limit} for at least {limit}", limit=match[1])


def _without_sign(match: re.Match[str], _: bool) -> Phrase:
    return _write(match[1])


def _without_marks(match: re.Match[str], _: bool) -> Phrase:
    return _write(_closed_up(match[1]))


def _without_dash(match: re.Match[str], is_count: bool) -> Phrase:
    return _write(match[1]) if is_count else phrase("write -{number} for less than 0", number=match[1])


def _closed_up(numeral: str) -> str:
    return re.sub(r"[^0-9.,]", "", numeral)


_MARK: Final = phrase("a mark for no figure is named with `blanks` (--blank)")
_NO_NUMBER: Final = phrase("is not a number")
_WORDS: Final = phrase("has words beside the number")
_HOW_MANY: Final = phrase("write how many, not which part")
_NUMBER_ALONE: Final = phrase("write the number alone, in the digits 0 to 9")
_SLIPS: Final = (
    _slip(
        rf"([<>]|trên|hơn|quá|dưới|ít hơn|chưa đến|chưa tới)\s*{_N_OR_SHARE}",
        phrase("leaves out its own limit"),
        _beyond,
    ),
    _slip(
        rf"=\s*([<>])\s*{_N_OR_SHARE}", phrase("has its signs in another order"), lambda m, _: _write(f"{m[1]}={m[2]}")
    ),
    _slip(rf"{_N_OR_SHARE}\s*(?:\+|trở lên)", _NO_NUMBER, _at_least),
    _slip(rf"(?:ít nhất|tối thiểu|từ)\s*{_N_OR_SHARE}(?:\s*trở lên)?", _WORDS, _at_least),
    _slip(
        rf"(?:nhiều nhất|tối đa|không quá)\s*{_N_OR_SHARE}",
        *(_WORDS, lambda m, _: phrase("write <={limit} for at most {limit}", limit=m[1])),
    ),
    _slip(
        rf"(?:~|≈|±|khoảng|chừng|gần|ước|ước tính)\s*{_N_OR_SHARE}",
        phrase("is not exact"),
        lambda m, _: phrase("write the figure itself, or a bound such as >={limit}", limit=m[1]),
    ),
    _slip(rf"{_N}\s*%", phrase("is a share, and a count was expected"), lambda _m, _: _HOW_MANY),
    _slip(
        rf"{_N}\s*‰",
        phrase("is in thousandths"),
        lambda _m, c: phrase("write how many") if c else phrase("write a decimal, or percent"),
    ),
    _slip(rf"\+\s*{_N}", phrase("has a sign that is not read"), _without_sign),
    _slip(r"['’‘`´]([0-9].*)", phrase("has an apostrophe before the number"), _without_sign),
    _slip(
        r"([0-9]{1,3}(?:[ \u00a0\u2007\u2009\u202f]+[0-9]{3})+(?:[.,][0-9]+)?)",
        phrase("has spaces between its digits"),
        _without_marks,
    ),
    _slip(r"([0-9]{1,3}(?:['’‘`´_][0-9]{3})+(?:[.,][0-9]+)?)", phrase("has marks between its digits"), _without_marks),
    _slip(
        r"([1-9][0-9]{0,2}(?:,[0-9]{3})+)\.([0-9]+)",
        phrase("is not a number as it is written in Vietnam"),
        lambda m, _: _write(f"{m[1].replace(',', '')},{m[2]}"),
    ),
    _slip(r"([0-9]+)[.,]", _NO_NUMBER, _without_sign),
    _slip(rf"[–—]\s*{_N}", phrase("has a dash before the number"), _without_dash),
    _slip(r"[.,]([0-9]+)", _NO_NUMBER, lambda m, _: _write(f"0,{m[1]}")),
    _slip(
        rf"\(\s*{_N}\s*\)",
        phrase("is in brackets"),
        lambda m, _: phrase("write {number}, or -{number} where less than 0 is meant", number=m[1]),
    ),
    _slip(
        r"[0-9]+:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?|(?::[0-9]{2})?\s*(?:AM|PM|SA|CH))",
        phrase("is a time of day"),
        lambda _m, _: phrase("format the column as Text, then write the number again"),
    ),
    _slip(r"([0-9]+)\s*[-–—−⁄∕\\|:;]\s*([0-9]+)", _NO_NUMBER, _two_numbers),
    _slip(
        r"[0-9]+(?:\s*/\s*[0-9]+){2,}",
        phrase("is more than two numbers"),
        lambda _m, _: phrase("a pair is this year/last year: 01/02"),
    ),
    _slip(
        r"[0-9]*(?:[.,]+[0-9]*){2,}",
        phrase("has points or commas that fit no number"),
        lambda _m, _: phrase("write digits, and one comma before decimals: 1704,5"),
    ),
    _slip(
        r"[0-9][0-9.,]*\s*[^\W\d].*|[^\W\d].*",
        *(_WORDS, lambda _m, _: phrase("write the number alone; the unit is declared")),
    ),
    _slip(
        rf"{_N}\s*[^0-9/%.,].*",
        phrase("has a mark beside the number"),
        lambda m, _: phrase("write {number} alone; a remark belongs into the column of notes", number=m[1]),
    ),
)


def _refused(text: str, told: Phrase, hint: Phrase) -> Refusal:
    """The refusal of `text`, of which `told` says what is wrong in words that follow it."""
    return Refusal("NC201", joined(" ", [quoted(text), told]), hint)


def _of_a_slip(text: str, is_count: bool) -> Refusal:
    if (digits := _like_digits(text)) is not None:
        return _refused(text, phrase("has a letter that looks like a digit"), digits)
    for slip in _SLIPS:
        if (match := slip.pattern.fullmatch(text)) is not None:
            return _refused(text, slip.told, slip.hint(match, is_count))
    return _refused(text, _NO_NUMBER, _NUMBER_ALONE)
