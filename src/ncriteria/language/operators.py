"""The operators and functions of the language, and what is told of the units inside a unit, by their names."""

from __future__ import annotations

import operator
from collections.abc import Callable
from enum import Enum
from typing import Any


class CompareOp(Enum):
    """The comparisons."""

    EQ = "="
    NE = "!="
    LT = "<"
    LE = "<="
    GT = ">"
    GE = ">="

    @property
    def opposite(self) -> CompareOp:
        """The comparison that holds where this one does not; so in three-valued logic too."""
        return _OPPOSITES[self]

    @property
    def mirrored(self) -> CompareOp:
        """The comparison that says the same with its sides exchanged."""
        return _MIRRORED[self]

    @property
    def holds(self) -> Callable[[object, object], bool]:
        """Whether it holds of two exact values of one type."""
        return _HOLDS[self]


_OPPOSITES = {
    CompareOp.EQ: CompareOp.NE,
    CompareOp.NE: CompareOp.EQ,
    CompareOp.LT: CompareOp.GE,
    CompareOp.GE: CompareOp.LT,
    CompareOp.GT: CompareOp.LE,
    CompareOp.LE: CompareOp.GT,
}
_MIRRORED = {
    CompareOp.EQ: CompareOp.EQ,
    CompareOp.NE: CompareOp.NE,
    CompareOp.LT: CompareOp.GT,
    CompareOp.GE: CompareOp.LE,
    CompareOp.GT: CompareOp.LT,
    CompareOp.LE: CompareOp.GE,
}
_HOLDS: dict[CompareOp, Callable[[Any, Any], bool]] = {
    CompareOp.EQ: operator.eq,
    CompareOp.NE: operator.ne,
    CompareOp.LT: operator.lt,
    CompareOp.GE: operator.ge,
    CompareOp.GT: operator.gt,
    CompareOp.LE: operator.le,
}


class ArithmeticOp(Enum):
    """The four operations of arithmetic."""

    ADD = "+"
    SUB = "-"
    MUL = "*"
    DIV = "/"


class Function(Enum):
    """The functions that take values and give a value; period and knowledge forms are nodes of their own."""

    ABS = "abs"
    FLOOR = "floor"
    CEILING = "ceiling"
    ROUND_UP = "round_up"
    ROUND_DOWN = "round_down"
    ROUND_HALF_UP = "round_half_up"
    ROUND_HALF_EVEN = "round_half_even"
    MIN = "min"
    MAX = "max"
    SUM = "sum"
    MEAN = "mean"
    COUNT = "count"
    ALL = "all"
    ANY = "any"
    COUNT_TRUE = "count_true"
    YEAR = "year"
    MONTH = "month"
    QUARTER = "quarter"


DECIMAL_ROUNDINGS = (Function.ROUND_UP, Function.ROUND_DOWN, Function.ROUND_HALF_UP, Function.ROUND_HALF_EVEN)
"""The functions that round to so many decimal places, or to a whole number."""
ROUNDINGS = (Function.FLOOR, Function.CEILING, *DECIMAL_ROUNDINGS)
DAY_PARTS = frozenset({Function.YEAR, Function.MONTH, Function.QUARTER})
"""The functions of a day."""


class Measure(Enum):
    """What is told of the units inside a unit: how many meet something, which share of them, or a sum."""

    SHARE_MET = "share_met"
    COUNT_MET = "count_met"
    SHARE_OF = "share_of"
    COUNT_OF = "count_of"
    SUM_OF = "sum_of"

    @property
    def is_share(self) -> bool:
        """Whether it is a part of 1."""
        return self in (Measure.SHARE_MET, Measure.SHARE_OF)
