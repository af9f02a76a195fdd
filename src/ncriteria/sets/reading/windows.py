"""Reading the `window:` of a set: the twelve months whose facts are those of an assessment year."""

from __future__ import annotations

import datetime
import re

from ncriteria.sets.reading.fields import FileReading, citations, fields, shown
from ncriteria.sets.reading.nodes import Node, Scalar
from ncriteria.sets.years.windows import Window
from ncriteria.words import phrase

_EXAMPLE = phrase('write `window: {{from: "11-01", to: "10-31", cite: [...]}}`, with the month before the day')
_MONTH_FIRST = re.compile(r"([0-9]{2})-([0-9]{2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})")
_LEAP_YEAR = 2000


def window_of_year(reading: FileReading, node: Node) -> Window | None:
    """The window; what is wrong is reported: the day before it begins is its last one."""
    given = fields(reading, node, ("from", "to", "cite"), "`window`", _EXAMPLE)
    first, last = given.require("from", _day_of_any_year), given.require("to", _day_of_any_year)
    cite = given.require("cite", citations)
    if first is None or last is None or cite is None:
        return None
    day_before = _before(first)
    if last != day_before and (first, last) != ((3, 1), (2, 28)):
        message = phrase("from {first} to {last} are not twelve months", first=_told(first), last=_told(last))
        hint = phrase('twelve months from {first} end with "{last}"', first=_told(first), last=_told(day_before))
        reading.report("NC179", message, given.values["to"].place, hint)
        return None
    if first == (2, 29):
        reading.report("NC178", phrase("a window cannot begin on 02-29, which most years do not have"), given.place)
        return None
    return Window(*first, cite)


def _before(day: tuple[int, int]) -> tuple[int, int]:
    before = datetime.date(_LEAP_YEAR, *day) - datetime.timedelta(days=1)
    return before.month, before.day


def _told(day: tuple[int, int]) -> str:
    return f"{day[0]:02d}-{day[1]:02d}"


def _day_of_any_year(reading: FileReading, node: Node) -> tuple[int, int] | None:
    """A month and a day, `11-01`."""
    text = node.text.strip() if isinstance(node, Scalar) else ""
    if (match := _MONTH_FIRST.fullmatch(text)) and _is_day(int(match[1]), int(match[2])):
        return int(match[1]), int(match[2])
    hint = None
    if (match := _DAY_FIRST.fullmatch(text)) and _is_day(int(match[2]), int(match[1])):
        hint = phrase(
            'write "{month:02d}-{day:02d}" where {text} is a day and its month',
            month=int(match[2]),
            day=int(match[1]),
            text=text,
        )
    message = phrase('expected a month and a day such as "11-01", found {found}', found=shown(node))
    reading.report("NC178", message, node.place, hint)
    return None


def _is_day(month: int, day: int) -> bool:
    try:
        datetime.date(_LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True
