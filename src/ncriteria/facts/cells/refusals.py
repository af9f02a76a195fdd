"""Why a cell is refused, and how messages repeat it."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from ncriteria.errors import CellPlace, Problem
from ncriteria.patterns import compiled_later
from ncriteria.quick_classes import frozen

SHOWN: Final = 60
"""Characters of a cell that a message repeats."""
_LINE_BREAKS = compiled_later("[\\r\\n\u2028\u2029]+")


@frozen
class Refusal:
    """Why a cell cannot be read: the code, the message, and what to write."""

    code: str
    message: str
    hint: str | None = None

    def at(self, place: CellPlace) -> Problem:
        """The problem of the cell at `place`."""
        return Problem(self.code, self.message, place, self.hint)


def quoted(text: str) -> str:
    """A cell as messages repeat it: whole, on one line; of a long one the beginning."""
    line = _LINE_BREAKS.sub(" ", text)
    return f'"{line}"' if len(line) <= SHOWN else f'"{line[:SHOWN]}..."'


def decimal_text(number: Fraction) -> str:
    """A number that has been read from digits, with a decimal comma."""
    whole, places = abs(number), 0
    while whole.denominator != 1:
        whole, places = whole * 10, places + 1
    digits = str(whole.numerator).rjust(places + 1, "0")
    sign = "-" if number < 0 else ""
    return sign + (f"{digits[:-places]},{digits[-places:]}" if places else digits)
