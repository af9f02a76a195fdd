"""Numerals and days, read exactly."""

from __future__ import annotations

import datetime
import re
from fractions import Fraction

from ncriteria.language.reading.limits import MAX_DIGITS, MAX_EXPONENT
from ncriteria.language.source import Finding, FindingsError, Span
from ncriteria.language.tree import Date
from ncriteria.patterns import compiled_later
from ncriteria.words import Phrase, phrase

_NUMERAL = compiled_later(r"([0-9]*)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?")


def read_number(text: str, span: Span, *, percent: bool = False) -> Fraction:
    """The exact value of a numeral such as `12`, `.5` or `1e3`; raises `FindingsError` over the limits."""
    match = _NUMERAL.fullmatch(text)
    assert match is not None, text
    whole, fraction, exponent = match[1], match[2] or "", match[3] or "0"
    if len(whole) + len(fraction) > MAX_DIGITS:
        digits = len(whole) + len(fraction)
        raise _too_large(
            phrase("a numeral of {digits} digits; at most {most} are read", digits=digits, most=MAX_DIGITS), span
        )
    if len(exponent) > 5 or abs(int(exponent)) > MAX_EXPONENT:
        raise _too_large(phrase("an exponent beyond {most}", most=MAX_EXPONENT), span)
    value = scaled(int(whole + fraction), int(exponent) - len(fraction))
    if abs(decimal_exponent(value)) > MAX_EXPONENT:
        raise _too_large(phrase("an exponent beyond {most}", most=MAX_EXPONENT), span)
    return value / 100 if percent else value


def written_decimals(numeral: str) -> int:
    """How many digits a numeral has after its point: 3 in `1.500`; none where it has an exponent."""
    match = _NUMERAL.fullmatch(numeral)
    return len(match[2] or "") if match is not None and match[3] is None else 0


def looks_grouped(value: Fraction, decimals: int) -> bool:
    """Whether a numeral of three decimals, such as `1.500`, may be a whole number with a point before its thousands."""
    return decimals == 3 and 1 <= value < 1000


def grouped_hint(numeral: str) -> str:
    """What to write for a numeral that `looks_grouped`."""
    whole, number = numeral.replace(".", ""), numeral.rstrip("0").rstrip(".")
    return phrase(
        "in Vietnam {numeral} is read as {whole}: write {whole}, or {number}",
        numeral=numeral,
        whole=whole,
        number=number,
    )


def scaled(digits: int, exponent: int) -> Fraction:
    """`digits` times ten to the `exponent`."""
    return Fraction(digits * 10**exponent) if exponent >= 0 else Fraction(digits, 10**-exponent)


def decimal_exponent(value: Fraction) -> int:
    """The exponent e of `value` = m times ten to the e, where the whole number m does not end in 0.

    `value` has a finite decimal form.
    """
    if value == 0:
        return 0
    exponent, rest = 0, value
    while rest.denominator != 1:
        rest, exponent = rest * 10, exponent - 1
    digits = rest.numerator
    while digits % 10 == 0:
        digits, exponent = digits // 10, exponent + 1
    return exponent


def read_date(text: str, span: Span) -> Date:
    """The calendar day of `2024-03-18`; raises `FindingsError`."""
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError
        return Date(datetime.date.fromisoformat(text), span=span)
    except ValueError:
        hint = phrase('write year, month and day: @"{value}"', value=day_meant(text) or "2024-03-18")
        raise FindingsError(
            [Finding("NC007", phrase('"{value}" is not a calendar day', value=text), span, hint)]
        ) from None


def day_meant(text: str) -> str | None:
    """The day that `text` gives in another order or with other marks, as `2024-03-18`; a day comes before its month."""
    parts = re.fullmatch(r"([0-9]{1,4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,4})", text.strip())
    if parts is None or {len(parts[1]), len(parts[3])} not in ({4, 1}, {4, 2}):
        return None
    first, month, last = map(int, parts.groups())
    year, day = (first, last) if len(parts[1]) == 4 else (last, first)
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def _too_large(message: Phrase, span: Span) -> FindingsError:
    return FindingsError([Finding("NC006", message, span)])
