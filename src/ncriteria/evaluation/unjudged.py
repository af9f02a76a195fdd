"""Rows that have no verdict: which of them are a fault of the table or the rules, and which are none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Protocol

from ncriteria.errors import Problem

_NO_CRITERIA: Final = ("NC125", "NC301", "NC462")


class WithProblems(Protocol):
    """What came of a row, with why there is no more."""

    @property
    def problems(self) -> Sequence[Problem]:
        """Why the row could not be judged, where it could not."""


def failures(found: Iterable[WithProblems]) -> list[Problem]:
    """Why rows could not be judged, apart from years that no criteria hold for: those have no verdict, and no fault."""
    return [problem for one in found for problem in one.problems if problem.code not in _NO_CRITERIA]
