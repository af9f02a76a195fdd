"""Days as offices and programs write them; a day with a time is a day only at midnight."""

from __future__ import annotations

import datetime
import re

from attrs import evolve

from ncriteria.facts.cells.excel_dates import day_of
from ncriteria.facts.cells.refusals import Refusal, quoted
from ncriteria.patterns import compiled_later
from ncriteria.words import phrase

_TIME = (
    r"(?:(?:\s*T\s*|\s+)(?P<hour>[0-9]{1,2}):(?P<rest>[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?)"
    r"\s*(?P<half>AM|PM|SA|CH)?\s*(?P<zone>Z|UTC|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_ISO_DAY = compiled_later(rf"(?P<year>[0-9]{{4}})-(?P<month>[0-9]{{1,2}})-(?P<day>[0-9]{{1,2}}){_TIME}", re.IGNORECASE)
_VIETNAMESE_DAY = compiled_later(
    rf"(?P<day>[0-9]{{1,2}})[/.-](?P<month>[0-9]{{1,2}})[/.-](?P<year>[0-9]{{4}}){_TIME}", re.IGNORECASE
)
_SERIAL = compiled_later(r"([0-9]{5})(?:[.,]0+)?")
_COMPACT = compiled_later(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})(?:[.,]0+)?")


def read_day(text: str) -> datetime.date | Refusal:
    """A calendar day: `18/03/2024`, `2024-03-18`, and the midnight with which programs write it."""
    match = _ISO_DAY.fullmatch(text) or _VIETNAMESE_DAY.fullmatch(text)
    if match is None:
        return _no_day(text)
    day = _calendar_day(match["year"], match["month"], match["day"])
    if day is None:
        swapped = _calendar_day(match["year"], match["day"], match["month"])
        hint = None if swapped is None else phrase("write the day first: {day}", day=_shown(swapped))
        return Refusal("NC207", phrase("{found} is not a calendar day", found=quoted(text)), hint)
    return _at_midnight(text, match, day)


def _at_midnight(text: str, match: re.Match[str], day: datetime.date) -> datetime.date | Refusal:
    """The day of a match, whose time is midnight or is not there."""
    half = (match["half"] or "").upper()
    if half in ("AM", "PM") and match.re.pattern == _VIETNAMESE_DAY.pattern and day.day <= 12 and day.day != day.month:
        other = day.replace(month=day.day, day=day.month)
        told = phrase(
            "{found} is ambiguous: {day}, or {other}, for times with {half} are written after the month",
            found=quoted(text),
            day=day,
            other=other,
            half=half,
        )
        return Refusal("NC202", told, phrase("write {text}, or {other}", text=_shown(day), other=_shown(other)))
    if match["hour"] is None:
        return day
    hour, is_full = int(match["hour"]), not re.search("[1-9]", match["rest"])
    if is_full and (hour == 0 or (hour == 12 and half in ("AM", "SA"))) and half not in ("PM", "CH"):
        return day
    if is_full and hour == 17 and (match["zone"] or "").upper() in ("Z", "UTC") and day < datetime.date.max:
        next_day = day + datetime.timedelta(days=1)
        meant = _shown(next_day)
        hint = phrase("17:00 of UTC is midnight in Vietnam: write {day} where that day is meant", day=meant)
    else:
        hint = phrase("write the day alone: {day}", day=_shown(day))
    told = phrase("{found} has a time that is not midnight, and a day has none", found=quoted(text))
    return Refusal("NC207", told, hint)


def _no_day(text: str) -> Refusal:
    told = phrase("{found} is not a date", found=quoted(text))
    refusal = Refusal("NC207", told, phrase("write 18/03/2024 or 2024-03-18, with four digits of the year"))
    serial, compact = _SERIAL.fullmatch(text), _COMPACT.fullmatch(text)
    if serial and (day := day_of(int(serial[1]))) is not None:
        hint = phrase(
            "Excel keeps {day} as {number}: format the column as a date, or write {day}",
            day=_shown(day),
            number=serial[1],
        )
        return evolve(refusal, hint=hint)
    if compact and (day := _calendar_day(*compact.groups())) is not None:
        return evolve(refusal, hint=phrase("write {text}", text=_shown(day)))
    return refusal


def _calendar_day(year: str, month: str, day: str) -> datetime.date | None:
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _shown(day: datetime.date) -> str:
    return f"{day:%d/%m}/{day.year:04}"
