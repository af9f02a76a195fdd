"""Reading a raw cell of any format: text as offices write it, a number of JSON and YAML, or a truth."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import assert_never

from ncriteria.facts.cells.cells import CellReading, as_a_share, formula_error, read_cell
from ncriteria.facts.cells.numerals import read_count
from ncriteria.facts.cells.ranges import out_of_range
from ncriteria.facts.cells.refusals import Refusal, decimal_text, quoted
from ncriteria.facts.formats.raw import NumberText, RawValue
from ncriteria.facts.units.identifiers import normal_identifier
from ncriteria.language.reading.literals import read_number as read_literal
from ncriteria.language.source import FindingsError, Span
from ncriteria.patterns import compiled_later
from ncriteria.sets.model import FactDeclaration, FactType
from ncriteria.words import joined, phrase

_YEAR = compiled_later(r"((?:19|20|21)[0-9]{2})(?:[.,]0+)?")


def read_raw(
    declaration: FactDeclaration, value: RawValue, *, alone: bool, in_percent: bool = False
) -> CellReading | Refusal | None:
    """What a raw cell says of a fact; `None` for a blank one.

    `alone` is set where the cell can hold one year only, `in_percent` where a number without a sign counts hundredths.
    """
    match value:
        case str():
            text = f"{value.strip()}%" if in_percent and value.strip() and "%" not in value else value
            return read_cell(declaration, text, alone=alone)
        case bool():
            if declaration.type is FactType.BOOLEAN:
                return CellReading(value)
            name, kind = declaration.name, declaration.type.value
            return Refusal("NC205", phrase("`{fact}` is of type {kind}, not true or false", fact=name, kind=kind))
        case NumberText(text=text, is_percent=is_percent):
            return _read_number(declaration, text, 100 if in_percent and not is_percent else 1)
        case _:
            assert_never(value)


def _read_number(declaration: FactDeclaration, text: str, divisor: int) -> CellReading | Refusal | None:
    """A number of JSON or YAML, whose point is always the decimal mark."""
    if not declaration.type.is_numeric:
        return read_cell(declaration, text)
    value = _exact(text)
    if isinstance(value, Refusal):
        return value
    number = value / divisor
    outside = out_of_range(declaration, number)
    if outside is not None:
        return Refusal("NC203", joined(" ", [text, outside]), as_a_share(declaration, number))
    return CellReading(number)


def _exact(text: str) -> Fraction | Refusal:
    try:
        number = read_literal(text.removeprefix("-"), Span(0, len(text)))
    except FindingsError as error:
        return Refusal("NC201", error.findings[0].message)
    return -number if text.startswith("-") else Fraction(number)


def raw_text(value: RawValue) -> str:
    """The text of a cell that is no figure, such as the name of a unit."""
    match value:
        case bool():
            return "true" if value else "false"
        case NumberText(text=text):
            return text
        case str():
            return normal_identifier(value)
        case _:
            assert_never(value)


def figure_text(value: RawValue) -> str:
    """The text of a cell that is a figure; a number that a workbook shows with a percent sign has it."""
    if isinstance(value, NumberText) and value.is_percent:
        return f"{decimal_text(Fraction(value.text) * 100)}%"
    return raw_text(value)


def raw_count(value: RawValue) -> int | Refusal:
    """How many units there are inside another, as a cell says it."""
    if not isinstance(value, NumberText):
        text = raw_text(value)
        count = formula_error(text) or read_count(text)
    else:
        count = _exact(value.text)
    if isinstance(count, Refusal):
        return count
    if count.denominator != 1 or count < 0:
        told = phrase("{found} is not a whole number of zero or more, and a count is", found=raw_text(value))
        return Refusal("NC203", told)
    return int(count)


@lru_cache(maxsize=1024)
def raw_year(value: RawValue | None) -> int | Refusal:
    """An assessment year of four digits: `2024`, and `2024.0` as programs write it beside blank cells."""
    if isinstance(value, NumberText):
        number = _exact(value.text)
        text = str(number) if isinstance(number, Fraction) and number.denominator == 1 else value.text
    else:
        text = "" if value is None else raw_text(value)
    shown = value.text if isinstance(value, NumberText) else text
    if match := _YEAR.fullmatch(text):
        return int(match[1])
    if refused := formula_error(text):
        return refused
    if not text:
        return Refusal("NC213", phrase("expected a year of four digits, found nothing"))
    from ncriteria.facts.cells.not_years import year_meant  # many patterns, which most tables have no need of

    told = phrase("expected a year of four digits, found {found}", found=quoted(shown))
    return Refusal("NC213", told, year_meant(text))
