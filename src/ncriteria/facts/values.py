"""Facts as a program gives them, made exact."""

from __future__ import annotations

import datetime
import math
from decimal import Decimal
from fractions import Fraction
from numbers import Rational
from typing import Final

from ncriteria.errors import Problem
from ncriteria.facts.cells.cells import folded
from ncriteria.facts.cells.ranges import out_of_range
from ncriteria.facts.table import FactsError
from ncriteria.language.hints.near_misses import did_you_mean
from ncriteria.language.values import AtLeast, AtMost, Interval, Unknown
from ncriteria.sets.model import FactDeclaration, FactType, FactValue
from ncriteria.words import Phrase, phrase

FactInput = int | Fraction | Decimal | float | bool | str | datetime.date | AtLeast | AtMost | Unknown | None
"""What a program may give for a fact; `None` and `UNKNOWN` are no value, and a float must be whole."""

MAX_DIGITS: Final = 200
"""Digits of a number's numerator and of its denominator, as many as a numeral within the limits can come to."""
MOST_NUMERATOR: Final = 10**MAX_DIGITS - 1
"""The greatest numerator or denominator of so many digits."""
_EXPECTED = {
    FactType.COUNT: phrase("a whole number of zero or more"),
    FactType.NUMBER: phrase("an exact number"),
    FactType.BOOLEAN: phrase("True or False"),
    FactType.ENUMERATION: phrase("one of its values"),
    FactType.DATE: phrase("a datetime.date"),
}
_NONE: Final = phrase("a value that is not known is None")


def type_of(value: object) -> FactType:
    """The type of a fact that has this exact value; of a number it is not known whether it is a count."""
    match value:
        case bool():
            return FactType.BOOLEAN
        case str():
            return FactType.ENUMERATION
        case datetime.date():
            return FactType.DATE
        case _:
            return FactType.NUMBER


def from_python(declaration: FactDeclaration, given: FactInput) -> FactValue | None:
    """The value of a fact from a Python object; `None` where it is not known.

    Numbers are `int`, `Fraction` or a finite `Decimal`, or `AtLeast` and `AtMost` of one. A float is taken only where
    it is whole, for others are seldom what was meant. Raises `FactsError`.
    """
    if given is None or isinstance(given, Unknown):
        return None
    value = _value(declaration, given)
    outside = out_of_range(declaration, value)
    if outside is not None:
        message = phrase("`{fact}` = {given} {told}", fact=declaration.name, given=_shown(given), told=outside)
        raise _refusal("NC203", message)
    return value


def _value(declaration: FactDeclaration, given: object) -> FactValue:
    match declaration.type:
        case FactType.COUNT | FactType.NUMBER:
            return _quantity(declaration, given)
        case FactType.BOOLEAN if isinstance(given, bool):
            return given
        case FactType.ENUMERATION if isinstance(given, str):
            return _option(declaration, given)
        case FactType.DATE if isinstance(given, datetime.datetime):
            return _day(declaration, given)
        case FactType.DATE if isinstance(given, datetime.date):
            return given
        case _:
            raise _mistyped(declaration, given)


def _quantity(declaration: FactDeclaration, given: object) -> Fraction | Interval:
    match given:
        case AtLeast(limit=limit):
            return Interval(_number(declaration, limit), None)
        case AtMost(limit=limit):
            return Interval(None, _number(declaration, limit))
        case _:
            return _number(declaration, given)


def _number(declaration: FactDeclaration, given: object) -> Fraction:
    if isinstance(given, bool):
        raise _mistyped(declaration, given)
    if isinstance(given, Rational):
        return _within_limits(declaration, Fraction(int(given.numerator), int(given.denominator)))
    if (isinstance(given, Decimal) and not given.is_finite()) or (
        isinstance(given, float) and not math.isfinite(given)
    ):
        message = phrase("`{fact}` = {given} is not a finite number", fact=declaration.name, given=repr(given))
        raise _refusal("NC201", message, _NONE)
    if isinstance(given, Decimal):
        if given and abs(given.adjusted()) > MAX_DIGITS:
            raise _too_large(declaration)
        return _within_limits(declaration, Fraction(given))
    if isinstance(given, float) and given.is_integer():
        return _within_limits(declaration, Fraction(int(given)))
    if isinstance(given, float):
        hint = phrase('give Fraction("{number}") or Decimal("{number}")', number=str(given))
        message = phrase("`{fact}` = {given} is a float, which is not exact", fact=declaration.name, given=repr(given))
        raise _refusal("NC208", message, hint)
    raise _mistyped(declaration, given)


def _within_limits(declaration: FactDeclaration, value: Fraction) -> Fraction:
    if abs(value.numerator) > MOST_NUMERATOR or value.denominator > MOST_NUMERATOR:
        raise _too_large(declaration)
    return value


def _too_large(declaration: FactDeclaration) -> FactsError:
    message = phrase("`{fact}` is a number of more than {most} digits", fact=declaration.name, most=MAX_DIGITS)
    return _refusal("NC208", message)


def _shown(given: object) -> str:
    try:
        text = repr(given)
    except ValueError:  # a whole number too long to be written out
        return phrase("a number of very many digits")
    return text if len(text) <= 60 else f"{text[:60]}..."


def _option(declaration: FactDeclaration, given: str) -> str:
    options = {folded(option): option for option in declaration.options}
    if folded(given) in options:
        return options[folded(given)]
    message = phrase("`{fact}` = {given} is none of its values", fact=declaration.name, given=repr(given[:60]))
    values = phrase("the values are: {values}", values=", ".join(declaration.options))
    raise _refusal("NC206", message, did_you_mean(given, declaration.options) or values)


def _day(declaration: FactDeclaration, given: datetime.datetime) -> datetime.date:
    """The day of a timestamp at midnight, as frames and databases hold days."""
    if type(given).__name__ == "NaTType":  # the missing timestamp of pandas, which has no time
        message = phrase("`{fact}` = {given} is no timestamp", fact=declaration.name, given=_shown(given))
        raise _refusal("NC208", message, _NONE)
    if given.time() == datetime.time.min and getattr(given, "nanosecond", 0) == 0:
        return given.date()
    message = phrase(
        "`{fact}` = {given} has a time that is not midnight, and a day has none",
        fact=declaration.name,
        given=_shown(given),
    )
    raise _refusal("NC208", message, phrase("give the day alone, as a datetime.date"))


def _mistyped(declaration: FactDeclaration, given: object) -> FactsError:
    message = phrase(
        "`{fact}` is {expected}, not {given} ({type})",
        fact=declaration.name,
        expected=_EXPECTED[declaration.type],
        given=_shown(given),
        type=type(given).__name__,
    )
    return _refusal("NC208", message)


def _refusal(code: str, message: Phrase, hint: Phrase | None = None) -> FactsError:
    return FactsError(Problem(code, message, None, hint))
