"""Time that runs out: one deadline is passed along to whatever may take long, and each loop looks at it."""

from __future__ import annotations

import math
from time import monotonic

from ncriteria.quick_classes import frozen

_GENEROUS = 3.0
"""How many even shares of the time one question may take."""
_MOST_OF_ALL = 0.5
"""The most of the time that is left which one question may take while others wait."""


class OutOfTimeError(Exception):
    """The deadline passed before an answer was found; what was asked is not decided."""


@frozen
class Deadline:
    """A moment after which nothing more is tried; of the process's own clock, in seconds."""

    at: float

    @property
    def left(self) -> float:
        """The seconds that are left; less than 0 once it has passed."""
        return self.at - monotonic()

    @property
    def passed(self) -> bool:
        """Whether no time is left."""
        return self.left <= 0

    def check(self) -> None:
        """Raise `OutOfTimeError` once no time is left."""
        if self.passed:
            raise OutOfTimeError

    def part(self, share: float) -> Deadline:
        """The moment at which this `share`, from 0 to 1, of the time that is left is used up."""
        return deadline_in(max(0.0, self.left) * share)

    def turn(self, waiting: int, least: float = 0.0) -> Deadline:
        """The time of the next of `waiting` questions, which share what is left; what it leaves goes to the others.

        Most questions take little, so one may take a few even shares, or `least` seconds, but never more than half of
        what is left while others wait.
        """
        if waiting <= 1 or not self.left > 0:
            return self
        return self.part(min(_MOST_OF_ALL, max(_GENEROUS / waiting, least / self.left)))

    def within(self, seconds: float) -> Deadline:
        """This deadline, or `seconds` from now where that comes first."""
        return min(self, deadline_in(seconds), key=lambda deadline: deadline.at)


def deadline_in(seconds: float) -> Deadline:
    """The deadline `seconds` from now."""
    return Deadline(monotonic() + seconds)


NEVER = Deadline(math.inf)
"""A deadline that does not pass."""
