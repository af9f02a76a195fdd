"""Numerals as Vietnamese offices and Excel write them: what could mean two things is refused, with both readings."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from ncriteria.facts.cells.refusals import Refusal, quoted
from ncriteria.language.reading.literals import scaled
from ncriteria.patterns import compiled_later
from ncriteria.words import phrase

MAX_DIGITS: Final = 100
_MINUS = ("-", "−")
_PLAIN = compiled_later(r"[0-9]+")
_DOT_GROUPS = compiled_later(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_COMMA_GROUPS = compiled_later(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+")
_PADDED_GROUP = compiled_later(r"0[0-9]{1,2}[.,][0-9]{3}")
_DECIMAL_COMMA = compiled_later(r"([0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+),([0-9]+)")
_DECIMAL_POINT = compiled_later(r"([0-9]+)\.([0-9]+)")
_SCIENTIFIC = compiled_later(r"([0-9]{1,3})(?:[.,]([0-9]+))?[eE]([+-]?[0-9]{1,3})")


def read_count(text: str) -> Fraction | Refusal:
    """A whole number of zero or more: `12`, `05`, `1.704` (one thousand seven hundred and four), `12,0`, `1E+06`."""
    if _DOT_GROUPS.fullmatch(text):
        return Fraction(int(text.replace(".", ""))) if _is_short(text) else _too_long()
    if _COMMA_GROUPS.fullmatch(text) and text.count(",") > 1:
        return _foreign_groups(text, text.replace(",", ""))
    if _COMMA_GROUPS.fullmatch(text):
        return _ambiguous_count(text)
    value = _decimal(text, text)
    if isinstance(value, Refusal):
        return value
    if value is None and text.startswith(_MINUS) and _decimal(text[1:], text) == 0:
        return Fraction(0)
    if value is None and text.startswith(_MINUS) and any(character.isdigit() for character in text):
        return Refusal("NC203", phrase("{found} is less than 0, and a count is not", found=quoted(text)))
    if value is None:
        return _not_a_number(text, is_count=True)
    if value.denominator != 1:
        return Refusal("NC201", phrase("{found} is not a whole number, and a count is", found=quoted(text)))
    return _ambiguous_count(text) if value and _PADDED_GROUP.fullmatch(text) else value


def read_number(text: str) -> Fraction | Refusal:
    """An exact number: `0,95`, `12`, `1.704,5`, `-3`, `12,5%`, `1,2E-03`."""
    body, percent = (text[:-1].rstrip(), "%") if text.endswith("%") else (text, "")
    sign, body = (body[0], body[1:].lstrip()) if body.startswith(_MINUS) and len(body) > 1 else ("", body)
    if _COMMA_GROUPS.fullmatch(body) or (_DOT_GROUPS.fullmatch(body) and body.count(".") == 1):
        return _ambiguous(body, sign, percent)
    value = (
        Fraction(int(body.replace(".", "")))
        if _DOT_GROUPS.fullmatch(body) and _is_short(body)
        else _decimal(body, text)
    )
    if value is None:
        return _not_a_number(text, is_count=False)
    return value if isinstance(value, Refusal) else (-value if sign else value) / (100 if percent else 1)


def _not_a_number(text: str, *, is_count: bool) -> Refusal:
    from ncriteria.facts.cells.not_numerals import why_not_a_number  # many patterns, which most tables have no need of

    return why_not_a_number(text, is_count=is_count)


def is_scientific(text: str) -> bool:
    """Whether `text` is a number as Excel shows large ones, such as `1,2E+06`: it may have been rounded."""
    return _SCIENTIFIC.fullmatch(text) is not None


def has_decimal_point(text: str) -> bool:
    """Whether the point in `text` can only be the decimal mark: `12.0`, `0.000`."""
    return _DECIMAL_POINT.fullmatch(text) is not None and not _DOT_GROUPS.fullmatch(text)


def has_one_group(text: str) -> bool:
    """Whether `text` has one point with three digits after it, which is read as a mark between groups: `1.704`."""
    return _DOT_GROUPS.fullmatch(text) is not None and text.count(".") == 1


def _decimal(text: str, cell: str) -> Fraction | Refusal | None:
    """A numeral of a `cell` without marks between groups but those before a decimal comma; `None` where it is none."""
    if not _is_short(text):
        return _too_long()
    if _PLAIN.fullmatch(text):
        return Fraction(int(text))
    if match := _DECIMAL_COMMA.fullmatch(text):
        return Fraction(f"{match[1].replace('.', '')}.{match[2]}")
    if _DECIMAL_POINT.fullmatch(text):
        return Fraction(text)
    if match := _SCIENTIFIC.fullmatch(text):
        fraction, exponent = match[2] or "", int(match[3])
        if abs(exponent) > MAX_DIGITS:
            told = phrase("{found} has an exponent beyond {most}", found=quoted(cell), most=MAX_DIGITS)
            return Refusal("NC201", told)
        return scaled(int(match[1] + fraction), exponent - len(fraction))
    return None


def _is_short(text: str) -> bool:
    return sum(character.isdigit() for character in text) <= MAX_DIGITS


def _too_long() -> Refusal:
    return Refusal("NC201", phrase("a numeral of more than {most} digits", most=MAX_DIGITS))


def _ambiguous_count(text: str) -> Refusal:
    """`1,704`, `12,000` or `012.000`: three digits after the only mark, which no count needs as decimals."""
    digits, point = re.sub("[.,]", "", text).lstrip("0"), re.sub("[.,]", ".", text)
    found = quoted(text)
    if "," in text:
        told = phrase(
            "{found} is ambiguous: {digits} with a comma between groups, or a decimal {point}",
            found=found,
            digits=digits,
            point=point,
        )
    else:
        told = phrase(
            "{found} is ambiguous: {digits} with a point between groups, or a decimal {point}",
            found=found,
            digits=digits,
            point=point,
        )
    if Fraction(point).denominator == 1:
        return Refusal("NC202", told, phrase("write {text}, or {other}", text=digits, other=str(int(Fraction(point)))))
    grouped = f"{digits[:-3]}.{digits[-3:]}"
    return Refusal("NC202", told, phrase("write {text}, or {other} as in Vietnam", text=digits, other=grouped))


def _ambiguous(text: str, sign: str, percent: str) -> Refusal:
    found, whole = f"{sign}{text}{percent}", f"{sign}{re.sub('[.,]', '', text)}{percent}"
    if text.count(",") > 1:
        return _foreign_groups(found, whole)
    point, comma = re.sub("[.,]", ".", text), re.sub("[.,]", ",", text)
    longer, decimal = f"{sign}{comma}0{percent}", f"{sign}{point}{percent}"
    hint = phrase("write {text}, or {other} with a comma and one more digit", text=whole, other=longer)
    told = phrase(
        '"{found}" is ambiguous: {whole} in groups of three, or the decimal {decimal}',
        found=found,
        whole=whole,
        decimal=decimal,
    )
    return Refusal("NC202", told, hint)


def _foreign_groups(text: str, whole: str) -> Refusal:
    told = phrase("{found} is not a number as it is written in Vietnam", found=quoted(text))
    return Refusal("NC201", told, phrase("write {text}", text=whole[:60]))
