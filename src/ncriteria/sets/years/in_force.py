"""Since when the act of a set is in force, and whether it is applied to a year that was over by then."""

from __future__ import annotations

import datetime

from ncriteria.errors import Problem
from ncriteria.sets.model import CriteriaSet
from ncriteria.sets.years.days_in_force import DaysOutside
from ncriteria.words import phrase


def in_force_since(criteria: CriteriaSet) -> datetime.date | None:
    """The first day on which the act of a set was there and in force; `None` where the set says no day of it."""
    held = None if criteria.held is None else criteria.held.first
    days = (criteria.instrument.issued, criteria.instrument.in_force, held)
    return max((day for day in days if day is not None), default=None)


def retroactive_since(criteria: CriteriaSet, year: int | None) -> datetime.date | None:
    """Since when the act is in force that is applied to the assessment `year`, where that was over by then."""
    since = in_force_since(criteria)
    if since is None or year is None:
        return None
    _, last = criteria.months_of_year.days(year)
    return since if since > last else None


def days_outside(criteria: CriteriaSet, year: int | None) -> tuple[DaysOutside, ...]:
    """The days of an assessment year on which the set is not in force, where it says from which day it is."""
    if criteria.held is None or year is None:
        return ()
    return tuple(criteria.held.outside(criteria.months_of_year, year))


def not_in_force(criteria: CriteriaSet, known_on: datetime.date | None) -> Problem | None:
    """Why a set does not judge what was known on a day, where it does not."""
    if known_on is None:
        return None
    since = in_force_since(criteria)
    if since is None:
        message = phrase("`{set}` does not say since when it is in force", set=criteria.id)
        hint = phrase("write `issued` or `in_force` of its instrument, or judge without a day (--known-on)")
        return Problem("NC463", message, None, hint)
    if since <= known_on:
        return None
    act = criteria.instrument.number
    message = phrase(
        "on {day} `{set}` was not yet in force: {act} is in force since {since}",
        day=known_on,
        set=criteria.id,
        act=act,
        since=since,
    )
    return Problem("NC462", message, None, phrase("choose a later day, or judge without one (--known-on)"))
