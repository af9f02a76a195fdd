"""How figures are put together, and what a source prints of another figure."""

from __future__ import annotations

from typing import Literal

from ncriteria.quick_classes import frozen


@frozen
class Rate:
    """That a number is one fact over another, both by name, and is computed anew from the sums of several units."""

    of: str
    over: str

    def __str__(self) -> str:
        return f"rate {self.of}/{self.over}"


Aggregate = Literal["sum", "any", "all", "none"] | Rate
"""How the values of several units are put together; `none` says that they are not."""


@frozen
class Published:
    """That a fact is what a source prints of another, by name: its change in percent, or the difference.

    Both are against the year before. Where it is `unsigned`, the source says in words whether it is up or down.
    """

    what: Literal["change_of", "difference_of"]
    of: str
    unsigned: bool = False

    def __str__(self) -> str:
        return f"{self.what} {self.of}{' (unsigned)' if self.unsigned else ''}"
