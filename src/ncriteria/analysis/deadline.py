"""Time that runs out: one deadline is passed along to whatever may take long, and each loop looks at it."""

from __future__ import annotations

import math
import time

from attrs import frozen


class OutOfTimeError(Exception):
    """The deadline passed before an answer was found; what was asked is not decided."""


@frozen
class Deadline:
    """A moment after which nothing more is tried; of the process's own clock, in seconds."""

    at: float

    @property
    def left(self) -> float:
        """The seconds that are left; less than 0 once it has passed."""
        return self.at - time.monotonic()

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

    def within(self, seconds: float) -> Deadline:
        """This deadline, or `seconds` from now where that comes first."""
        return min(self, deadline_in(seconds), key=lambda deadline: deadline.at)


def deadline_in(seconds: float) -> Deadline:
    """The deadline `seconds` from now."""
    return Deadline(time.monotonic() + seconds)


NEVER = Deadline(math.inf)
"""A deadline that does not pass."""
