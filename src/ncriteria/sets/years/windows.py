"""The twelve months that make up an assessment year, or the year of a fact."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Final

from attrs import field

from ncriteria.quick_classes import frozen
from ncriteria.sets.sources import Basis, Citation


@frozen
class Window:
    """The twelve months whose facts are those of an assessment year: they begin on this day of the calendar.

    They end in the assessment year, on the day before; all of it where the day is 1 January. `name` is what the file
    calls it, if anything: windows of the same days are the same.
    """

    month: int
    day: int
    cite: tuple[Citation, ...] = ()
    name: str | None = field(default=None, eq=False, kw_only=True)

    def has_days_of(self, other: Window) -> bool:
        """Whether it has the same days of each year as another."""
        return (self.month, self.day) == (other.month, other.day)

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

_STATISTICS: Final = Citation(
    "62/2024/NĐ-CP",
    basis=Basis.INFERRED,
    url="https://plo.vn/bo-cong-an-toi-pham-trat-tu-xa-hoi-thang-12-2025-co-xu-huong-tang-post889361.html",
)
NAMED_WINDOWS: Final[Mapping[str, Window]] = {
    "calendar": Window(1, 1, name="calendar"),
    "police": Window(12, 15, (_STATISTICS,), name="police"),
    "procuracy": Window(11, 1, name="procuracy"),
}
"""The windows that need no declaration.

That the year of police statistics ends on 14 December follows from the month of December that a report of 2025 has, 15
November to 14 December; no text that says so of the year was read. No text was read on that of the procuracy.
"""
