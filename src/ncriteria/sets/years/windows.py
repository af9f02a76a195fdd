"""The twelve months that make up an assessment year, or the year of a fact."""

from __future__ import annotations

import datetime
from typing import Final

from attrs import frozen

from ncriteria.sets.sources import Citation


@frozen
class Window:
    """The twelve months whose facts are those of an assessment year: they begin on this day of the calendar.

    They end in the assessment year, on the day before; all of it where the day is 1 January.
    """

    month: int
    day: int
    cite: tuple[Citation, ...] = ()

    def days(self, year: int) -> tuple[datetime.date, datetime.date]:
        """The first and the last day of the assessment `year`."""
        first = year if (self.month, self.day) == (1, 1) else year - 1
        after = datetime.date(first + 1, self.month, self.day)
        return datetime.date(first, self.month, self.day), after - datetime.timedelta(days=1)

    @property
    def first(self) -> str:
        """The month and the day that it begins on: `11-01`."""
        return f"{self.month:02d}-{self.day:02d}"

    @property
    def last(self) -> str:
        """The month and the day that it ends on: `10-31`."""
        return f"{self.days(_NO_LEAP_YEAR)[1]:%m-%d}"

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"


_NO_LEAP_YEAR: Final = 2001
CALENDAR_YEAR: Final = Window(1, 1)
"""The months of a set that declares no window."""
