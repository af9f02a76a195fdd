"""Reading windows: the twelve months that make up the assessment year of a set, or the year of a fact."""

from __future__ import annotations

import datetime

from attrs import evolve

from ncriteria.language.hints.near_misses import did_you_mean
from ncriteria.patterns import compiled_later
from ncriteria.sets.keys import heading
from ncriteria.sets.reading.fields import FileReading, citations, fields, identifier, shown
from ncriteria.sets.reading.nodes import Node, Scalar, Table
from ncriteria.sets.years.windows import NAMED_WINDOWS, Window
from ncriteria.words import phrase

_EXAMPLE = phrase('write `window: {{from: "11-01", to: "10-31", cite: [...]}}`, with the month before the day')
_MONTH_FIRST = compiled_later(r"([0-9]{2})-([0-9]{2})")
_DAY_FIRST = compiled_later(r"([0-9]{1,2})[/.]([0-9]{1,2})")
_LEAP_YEAR = 2000


def declared_windows(reading: FileReading, node: Node) -> None:
    """The `windows:` of a file, which its set and its facts may name."""
    if not isinstance(node, Table):
        message = phrase("`windows` is a mapping of names to windows, not {found}", found=shown(node))
        reading.report("NC108", message, node.place)
        return
    for entry in node.entries:
        name = identifier(reading, entry.key)
        if name is None:
            continue
        if name in NAMED_WINDOWS:
            message = phrase("`{name}` is {window} without being declared", name=name, window=str(NAMED_WINDOWS[name]))
            reading.report("NC412", message, entry.key.place, phrase("give the window another name"))
        else:
            window = _written_out(reading, entry.value)
            reading.windows[name] = None if window is None else evolve(window, name=name)


def window_of_year(reading: FileReading, node: Node) -> Window | None:
    """A window: its name, or its days written out; what is wrong is reported."""
    if not isinstance(node, Scalar) or not node.text[:1].isalpha():
        return _written_out(reading, node)
    known = {**NAMED_WINDOWS, **reading.windows}
    if node.text not in known:
        hint = did_you_mean(node.text, known) or phrase("the windows are: {windows}", windows=", ".join(known))
        message = phrase("there is no window `{name}`", name=node.text[:60])
        reading.report("NC410", message, node.place, hint)
    return known.get(node.text)


def _written_out(reading: FileReading, node: Node) -> Window | None:
    """The window; the day before it begins is its last one."""
    given = fields(reading, node, heading.WINDOW.keys, "`window`", _EXAMPLE)
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
