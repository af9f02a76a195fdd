"""Dates in Excel: those that it makes of `01/02`, and the numbers that it keeps days as."""

from __future__ import annotations

import datetime
import re
from typing import Final

from ncriteria.patterns import compiled_later

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?:(?P<english>{'|'.join(_MONTHS)})[a-z]*|(?:thg|tháng|th)\.?\s?(?P<number>[0-9]{{1,2}}))"
_MARK = r"\s*[-/. ]\s*"
_TIME = r"(?:[T\s]\s*[0-9]{1,2}:[0-9]{2}.*)?"
_WITH_WORDS = compiled_later(
    rf"(?P<day>[0-9]{{1,2}}){_MARK}{_MONTH}(?:{_MARK}[0-9]{{2,4}})?{_TIME}",
    re.IGNORECASE,
)
_MONTH_FIRST = compiled_later(rf"{_MONTH}{_MARK}(?P<year>[0-9]{{2}}|[0-9]{{4}})", re.IGNORECASE)
_IN_NUMBERS = compiled_later(
    rf"(?:(?P<first>[0-9]{{1,2}})([-/.])(?P<second>[0-9]{{1,2}})\2(?:[0-9]{{4}}|[0-9]{{2}})"
    rf"|[0-9]{{4}}([-/.])(?P<month>[0-9]{{1,2}})\4(?P<day>[0-9]{{1,2}})){_TIME}",
    re.IGNORECASE,
)
_DAY_ZERO: Final = datetime.date(1899, 12, 30)
_SERIALS: Final = range(40179, 51502)
"""The numbers of the days of 2010 to 2040."""


def date_of_a_pair(text: str) -> tuple[str, ...] | None:
    """The pairs that Excel shows as the date `text`, the likelier first; `None` where `text` is no date.

    `01-Feb`, `1-Thg2` and `2026-02-01` come of 01/02 where the day is written first, and of 02/01 where the month is.
    `Dec-45` comes of 12/45.
    """
    if text.count("/") == 1 and text.replace("/", "").isdecimal():
        return None  # such as a pair itself
    if match := _WITH_WORDS.fullmatch(text):
        return _pairs(int(match["day"]), _month(match))
    if match := _MONTH_FIRST.fullmatch(text):
        month = _month(match)
        return (f"{month:02}/{match['year'][-2:]}",) if 1 <= month <= 12 else None
    if match := _IN_NUMBERS.fullmatch(text):
        if match["day"]:
            return _pairs(int(match["day"]), int(match["month"]))
        return _pairs(int(match["first"]), int(match["second"]))
    return None


def _month(match: re.Match[str]) -> int:
    return int(match["number"]) if match["number"] else _MONTHS.index(match["english"].lower()) + 1


def _pairs(day: int, month: int) -> tuple[str, ...] | None:
    if not (1 <= day <= 31 and 1 <= month <= 31 and min(day, month) <= 12):
        return None
    return tuple(dict.fromkeys((f"{day:02}/{month:02}", f"{month:02}/{day:02}")))


def may_be_a_day(number: int) -> bool:
    """Whether Excel keeps a day of our time (2010 to 2040) as `number`."""
    return number in _SERIALS


def day_of(number: int) -> datetime.date | None:
    """The day that Excel keeps as `number`: 45323 is 1 February 2024; `None` where it keeps none so."""
    return _DAY_ZERO + datetime.timedelta(days=number) if 60 < number < 2958466 else None
