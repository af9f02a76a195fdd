"""What a grid holds for the numbers, texts and times of a workbook."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from typing import assert_never

from attrs import evolve

from ncriteria.errors import CellPlace
from ncriteria.facts.formats.raw import NumberText, RawValue
from ncriteria.facts.formats.workbook.joining.sheet_cells import cell_name
from ncriteria.facts.formats.workbook.number_formats import PercentSign
from ncriteria.facts.formats.workbook.refusing import refused
from ncriteria.sets.reading.documents import UNREADABLE, named
from ncriteria.words import phrase


def composed(text: str, place: CellPlace, row: int, column: int) -> str:
    """A text in composed form; raises `FactsError` for characters that no text may hold."""
    found = unicodedata.normalize("NFC", text)
    if unreadable := UNREADABLE.search(found):
        message = phrase(
            "{character} stands in the cell {cell}", character=named(unreadable[0]), cell=cell_name(row, column)
        )
        raise refused("NC220", message, evolve(place, row=row))
    return found


def digits(number: str) -> str:
    """A number in full digits; a whole one without a point. `number` is as programs write it, such as `1E+20`."""
    text = format(Decimal(number), "f") if "e" in number or "E" in number else number
    return "0" if text in ("-0", "-0.0") else text.removesuffix(".0")


def with_sign(number: NumberText, sign: PercentSign) -> RawValue:
    """A number that is shown with a `%`; where that is a text, the number is hundredths already."""
    match sign:
        case PercentSign.HUNDREDTHS:
            return NumberText(number.text, is_percent=True)
        case PercentSign.TEXT:
            return f"{number.text.replace('.', ',')}%"
        case _:
            assert_never(sign)


def duration(seconds: float) -> str:
    """A length of time as a workbook shows it, such as 30:00:00."""
    whole = round(abs(seconds))
    shown = f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"
    return f"-{shown}" if seconds < 0 else shown


def moment(text: str) -> str:
    """A day in ISO form; with a time, where it has one that is not midnight."""
    day, _, time = text.partition("T")
    return f"{day} {time}" if time.strip("0:.Z") else day
