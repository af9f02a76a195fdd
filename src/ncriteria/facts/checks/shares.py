"""Shares and percent: what a column means whose numbers could be either."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from attrs import evolve

from ncriteria.errors import Problem
from ncriteria.facts.cells.alike_cells import Told, each_cell
from ncriteria.facts.cells.cells import CellReading, folded
from ncriteria.facts.cells.ranges import limits_of
from ncriteria.facts.cells.raw_cells import figure_text, read_raw
from ncriteria.facts.cells.refusals import decimal_text
from ncriteria.facts.formats.raw import RawTable, RawValue
from ncriteria.facts.layout.columns import Column
from ncriteria.language.tree import FactKey
from ncriteria.sets.model import FactDeclaration, FactType
from ncriteria.words import phrase

_NEARLY_ALL: Final = Fraction(9, 10)
"""From here on a share is just below 1."""


def says_percent(heading: str) -> bool:
    """Whether a heading says that the numbers below it are percent."""
    return re.search("[%％]|phần trăm|percent", folded(heading)) is not None


def is_share(declaration: FactDeclaration) -> bool:
    """Whether the fact is a part of 1, so that 95 percent of it are 0.95; so is a published change."""
    is_change = declaration.published is not None and declaration.published.what == "change_of"
    return declaration.type is FactType.NUMBER and (declaration.maximum == 1 or is_change)


def is_of_hundred(declaration: FactDeclaration) -> bool:
    """Whether the fact counts percent, so that 95 percent of it are 95."""
    return declaration.type is FactType.NUMBER and declaration.maximum == 100


def columns_in_percent(
    raw: RawTable, columns: Mapping[str, Column], declarations: Mapping[str, FactDeclaration]
) -> frozenset[str]:
    """The headings of shares that say percent and have a number over 1 below them: all their numbers are percent."""
    return frozenset(
        heading
        for heading, column in columns.items()
        if says_percent(heading)
        and isinstance(column, FactKey)
        and is_share(declarations[column.name])
        and any(_is_over_one(declarations[column.name], row.cells.get(heading)) for row in raw.rows)
    )


def _is_over_one(declaration: FactDeclaration, value: RawValue | None) -> bool:
    """Whether a cell without a percent sign holds a number beyond 1."""
    if value is None or "%" in figure_text(value):
        return False
    anything = evolve(declaration, minimum=None, maximum=None, decimals=None)
    reading = read_raw(anything, value, alone=True)
    return isinstance(reading, CellReading) and any(abs(end) > 1 for end in limits_of(reading.value))


def misread_shares(declaration: FactDeclaration, plain: Sequence[Told], signed: Sequence[Told]) -> Iterator[Problem]:
    """Numbers that mean two things: shares under a heading in percent, and percent of a fact that counts percent."""
    first = next((one for one in plain if one.number), None)
    if is_share(declaration) and first is not None and says_percent(first.place.heading or ""):
        percent = _percent(first.number)
        told = phrase(
            '"{text}" under a heading with percent is ambiguous: {share}, or {percent}',
            text=first.text,
            share=_percent(first.number / 100),
            percent=percent,
        )
        hint = phrase(
            "write {percent} with its sign, or leave percent out of the heading; no number below it is over 1",
            percent=percent,
        )
        yield Problem("NC218", told, first.place, hint)
    if is_of_hundred(declaration):
        for place, one in each_cell(signed):
            number, fact = decimal_text(one.number * 100), declaration.name
            told = phrase(
                '"{text}" is ambiguous: {number}, or {other} of `{fact}`',
                text=one.text,
                number=number,
                other=decimal_text(one.number),
                fact=fact,
            )
            hint = phrase("write {number} without the sign; `{fact}` goes to 100", number=number, fact=fact)
            yield Problem("NC218", told, place, hint)


def doubted_shares(declaration: FactDeclaration, plain: Sequence[Told], *, in_percent: bool) -> Iterator[Problem]:
    """What is told of a column of shares that was read in one of two ways."""
    given = [one for one in plain if one.number]
    if not given or (sum(len(one.rows) for one in given) < 2 and not in_percent):
        return
    first, numbers = given[0], [one.number for one in given]
    place = evolve(first.place, row=None)
    if in_percent:
        small = [one for one in plain if 0 < abs(one.number) <= Fraction(1, 100)]
        for cell, one in each_cell(small):
            told = phrase(
                '"{text}" is read as {percent}, as the heading says percent and other numbers are over 1',
                text=one.text,
                percent=_percent(one.number),
            )
            hint = phrase("write {percent} where that is meant", percent=_percent(one.number * 100))
            yield Problem("NC219", told, cell, hint)
    elif is_share(declaration) and all(_NEARLY_ALL <= number < 1 for number in numbers):
        low, high = _percent(min(numbers)), _percent(max(numbers))
        told = phrase("the numbers are read as shares of 1, from {low} to {high}", low=low, high=high)
        yield Problem("NC219", told, place, phrase("write {percent} with its sign to leave no doubt", percent=low))
    elif is_of_hundred(declaration) and all(abs(number) <= 1 for number in numbers):
        told = phrase(
            "no number is more than 1, but `{fact}` goes to 100: {number} is read as {percent}",
            fact=declaration.name,
            number=decimal_text(first.number),
            percent=_percent(first.number / 100),
        )
        hint = phrase(
            "write {number} where {percent} is meant",
            number=decimal_text(first.number * 100),
            percent=_percent(first.number),
        )
        yield Problem("NC219", told, place, hint)


def _percent(number: Fraction) -> str:
    return f"{decimal_text(number * 100)}%"
