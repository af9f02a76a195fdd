"""Numerals as Vietnamese offices write them: what could mean two things is refused, with both readings."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import Final

from attrs import frozen

MAX_DIGITS: Final = 100
_MINUS = ("-", "−")
_PLAIN = re.compile(r"[0-9]+")
_DOT_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_COMMA_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+")
_DECIMAL_COMMA = re.compile(r"([0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+),([0-9]+)")
_DECIMAL_POINT = re.compile(r"([0-9]+)\.([0-9]+)")
_SPACE_GROUPS = re.compile(r"[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+")
_PLACEHOLDERS = frozenset(
    {"-", "–", "—", "n/a", "na", "x", "?", "...", "…", "null", "none", "không có số liệu", "chưa có"}
)
_NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity|∞)", re.IGNORECASE)


@frozen
class Refusal:
    """Why a cell cannot be read: the code, the message, and what to write."""

    code: str
    message: str
    hint: str | None = None


def read_count(text: str) -> Fraction | Refusal:
    """A whole number of zero or more: `12`, `05`, `1.704` (one thousand seven hundred and four)."""
    refused = _not_a_numeral(text, text)
    if refused is not None:
        return refused
    if _PLAIN.fullmatch(text):
        return Fraction(int(text))
    if _DOT_GROUPS.fullmatch(text):
        return Fraction(int(text.replace(".", "")))
    if _COMMA_GROUPS.fullmatch(text):
        whole = text.replace(",", "")
        if text.count(",") > 1:
            return _foreign_groups(text, whole)
        message = (
            f'"{text}" is ambiguous: {whole} with a comma between groups, or a decimal {text.replace(",", ".", 1)}'
        )
        return Refusal("NC202", message, f"write {whole}, or {whole[:-3]}.{whole[-3:]} as in Vietnam")
    if _DECIMAL_COMMA.fullmatch(text) or _DECIMAL_POINT.fullmatch(text):
        return Refusal("NC201", f'"{text}" is not a whole number, and a count is')
    if text.startswith(_MINUS):
        return Refusal("NC203", f'"{text[:60]}" is less than 0, and a count is not')
    return _unreadable(text)


def read_number(text: str) -> Fraction | Refusal:
    """An exact number: `0,95`, `12`, `1.704,5`, `-3`, `12,5%`."""
    body, percent = (text[:-1].rstrip(), "%") if text.endswith("%") else (text, "")
    sign, body = (body[0], body[1:].lstrip()) if body.startswith(_MINUS) and len(body) > 1 else ("", body)
    if not body or (sign and body.startswith(_MINUS)):
        return Refusal("NC201", f'"{text[:60]}" is not a number')
    refused = _not_a_numeral(body, text)
    if refused is not None:
        return refused
    value = _positive(body, sign, percent)
    if value is None:
        return _unreadable(text)
    return value if isinstance(value, Refusal) else (-value if sign else value) / (100 if percent else 1)


def _positive(text: str, sign: str, percent: str) -> Fraction | Refusal | None:
    if _PLAIN.fullmatch(text):
        return Fraction(int(text))
    if (_DOT_GROUPS.fullmatch(text) and text.count(".") == 1) or _COMMA_GROUPS.fullmatch(text):
        return _ambiguous(text, sign, percent)
    if _DOT_GROUPS.fullmatch(text):
        return Fraction(int(text.replace(".", "")))
    if match := _DECIMAL_COMMA.fullmatch(text):
        return Fraction(f"{match[1].replace('.', '')}.{match[2]}")
    if _DECIMAL_POINT.fullmatch(text):
        return Fraction(text)
    return None


def _ambiguous(text: str, sign: str, percent: str) -> Refusal:
    found, whole = f"{sign}{text}{percent}", f"{sign}{re.sub('[.,]', '', text)}{percent}"
    if text.count(",") > 1:
        return _foreign_groups(found, whole)
    point, comma = re.sub("[.,]", ".", text), re.sub("[.,]", ",", text)
    hint = f"write {whole}, or {sign}{comma}0{percent} with a comma and one more digit"
    decimal = f"the decimal {sign}{point}{percent}"
    return Refusal("NC202", f'"{found}" is ambiguous: {whole} in groups of three, or {decimal}', hint)


def _foreign_groups(text: str, whole: str) -> Refusal:
    return Refusal("NC201", f'"{text[:60]}" is not a number as it is written in Vietnam', f"write {whole[:60]}")


def _not_a_numeral(text: str, shown: str) -> Refusal | None:
    """Why `text`, the part of the cell `shown` without sign and percent, is no numeral; `None` where it may be one."""
    if text.casefold() in _PLACEHOLDERS:
        return Refusal(
            "NC201", f'"{shown[:60]}" is not a number', "leave the cell blank where it is unknown; write 0 for none"
        )
    if _NOT_FINITE.fullmatch(text):
        return Refusal("NC201", f'"{shown[:60]}" is not a finite number')
    if sum(character.isdigit() for character in text) > MAX_DIGITS:
        return Refusal("NC201", f"a numeral of more than {MAX_DIGITS} digits")
    foreign = next((character for character in text if character.isdigit() and not character.isascii()), None)
    if foreign is not None:
        name = unicodedata.name(foreign, f"U+{ord(foreign):04X}")
        plain = "".join(str(unicodedata.decimal(one, one)) for one in shown)
        hint = f"write {plain[:60]}" if plain.isascii() else None
        return Refusal("NC201", f'"{shown[:60]}" has the digit {foreign} ({name})', hint)
    return None


def _unreadable(text: str) -> Refusal:
    if _SPACE_GROUPS.fullmatch(text):
        whole = re.sub(r"\s", "", text)
        return Refusal("NC201", f'"{text[:60]}" has spaces between its digits', f"write {whole}")
    if re.match(r"[0-9][0-9.,]*\s*[^\W\d]", text):
        return Refusal(
            "NC201", f'"{text[:60]}" has words beside the number', "write the number alone; the unit is declared"
        )
    return Refusal("NC201", f'"{text[:60]}" is not a number')
