"""What stands in the place of a year and is none: what to write instead."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from ncriteria.facts.cells.excel_dates import day_of, may_be_a_day
from ncriteria.facts.cells.not_numerals import in_digits
from ncriteria.facts.cells.numerals import read_number
from ncriteria.patterns import compiled_later
from ncriteria.words import Phrase, phrase

_YEAR = compiled_later("(?:19|20|21)[0-9]{2}")
_YEAR_WITHIN = compiled_later(f"(?<![0-9.,]){_YEAR.pattern}(?![0-9.,])")
_TWO_DIGITS = compiled_later("[^0-9]?([0-9]{2})")
_SHORT_YEARS = compiled_later(r"[0-9]{2}\s*[-–—/]\s*[0-9]{2}")
_PART = compiled_later(
    r"th[áa]ng|qu[ýíyi]|tu[ầa]n|k[ỳìyi]\b|[đd][ầa]u|month|quarter|half|\b[thq]\s*[0-9]", re.IGNORECASE
)
_MONTH = compiled_later(r"\W*[0-9]{1,2}\W*")
_THIS_CENTURY: Final = 70
"""Two digits below it are of the years from 2000 on."""


def year_meant(text: str) -> Phrase:
    """What to write where `text`, which is no year, stands in the place of one."""
    plain = unicodedata.normalize("NFKC", re.sub("(?<=[0-9])[.,](?=[0-9]{3}$)", "", text)).strip()
    within = _YEAR_WITHIN.findall(plain)
    if len(set(within)) > 1 or _SHORT_YEARS.fullmatch(plain):
        return phrase("a row is of one year: give each year a row of its own")
    if not within:
        return _of_digits(plain)
    beside = _YEAR_WITHIN.sub("", plain).strip()
    if _PART.search(beside) or _MONTH.fullmatch(beside):
        return phrase(
            "write {year} where the figures are those of the whole year; a month has a column `month`", year=within[0]
        )
    return phrase("write {text}", text=within[0])


def _of_digits(text: str) -> Phrase:
    if match := _TWO_DIGITS.fullmatch(text):
        century = 20 if int(match[1]) < _THIS_CENTURY else 19
        return phrase("write {year}, in four digits", year=f"{century}{match[1]}")
    day = day_of(int(text)) if re.fullmatch("[0-9]{5}", text) and may_be_a_day(int(text)) else None
    if day is not None:
        return phrase(
            "write {year} where that is meant: Excel keeps {day} as {number}",
            year=day.year,
            day=f"{day:%d/%m/%Y}",
            number=text,
        )
    digits = any(character.isdigit() for character in text)
    for meant in (in_digits(text), "".join(text.split()), str(read_number(text)) if digits else None):
        if meant is not None and _YEAR.fullmatch(meant):
            return phrase("write {text}", text=meant)
    return phrase("write a year from 1900 to 2199, such as 2024")
