"""A unit that sets may be particular to, in time: a name may pass to another, and a set is of that of its day."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from ncriteria.quick_classes import frozen
from ncriteria.sets.model import CriteriaSet, Years
from ncriteria.sets.years.windows import CALENDAR_YEAR


@frozen
class TerritoryInTime:
    """A unit that sets may be particular to, as it stood from the day `since` to the day before `until`."""

    name: str
    since: datetime.date | None = None
    until: datetime.date | None = None

    def has(self, criteria: CriteriaSet) -> bool:
        """Whether a set is particular to the unit as it stood then."""
        if criteria.territory != self.name:
            return False
        day = day_of(criteria) if self.since or self.until else None
        return day is None or ((self.since is None or self.since <= day) and (self.until is None or day < self.until))


Territories = Sequence[TerritoryInTime | None]
"""A unit and those around it, nearest first; `None` is the whole country, which is the last."""


def is_of(criteria: CriteriaSet, territory: TerritoryInTime | None) -> bool:
    """Whether a set is particular to a territory, or is one for the whole country where that is asked for."""
    return criteria.territory is None if territory is None else territory.has(criteria)


def judged_territory(criteria: CriteriaSet) -> str | None:
    """The territory that a set judges: its own, or that of the set in whose place it stands after its end."""
    ended = criteria.stands_in_after
    return criteria.territory if ended is None else ended.origin.territory


def judged_years(criteria: CriteriaSet) -> Years | None:
    """The assessment years that a set judges of those that it holds for; `None` where it judges none.

    One that extends another, and whose act says from which day it is in force, begins with the first year whose window
    ends on that day or after it: the years before are left to the set that it extends. The years of one that says
    itself in which days it is in force follow from these.
    """
    day = criteria.instrument.in_force
    if criteria.extended is None or day is None or criteria.held is not None:
        return criteria.years
    window = criteria.window or CALENDAR_YEAR
    first = day.year if window.days(day.year)[1] >= day else day.year + 1
    return criteria.years.within(Years(first))


def day_of(criteria: CriteriaSet) -> datetime.date:
    """The day on which a set was laid down: that of its act, or, where it says none, the last of its first year."""
    act = criteria.instrument
    held = None if criteria.held is None else criteria.held.first
    return act.issued or act.in_force or held or (criteria.window or CALENDAR_YEAR).days(criteria.years.first)[1]
