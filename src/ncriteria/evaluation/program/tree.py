"""The nodes of the integer form: whole numbers and conditions, of which each may be unknown.

An unknown whole number is an end without a bound; an unknown condition is neither true nor false. Values of dates and
enumerations take part in relations as they are.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import assert_never

from ncriteria.language.tree import CompareOp, FactKey, FactRef, Measure, Within
from ncriteria.language.values import DayPart
from ncriteria.quick_classes import frozen


@frozen
class ShareKey:
    """A part of a roll-up: how many units are `met`, how many `may_be_met`, and how many are `judged` in all.

    Of a sum they are the `low` and the `high` end, in the scale of sums of the `fact`.
    """

    level: str
    path: str
    part: str
    fact: str = ""


def share_keys(asked: Within) -> tuple[ShareKey, ...]:
    """The parts of a roll-up that a rule looks at."""
    fact = asked.inner.name if asked.measure is Measure.SUM_OF and isinstance(asked.inner, FactRef) else ""
    parts = ("low", "high") if fact else ("met", "may_be_met", "judged")
    return tuple(ShareKey(asked.level, asked.path, part, fact) for part in parts)


@frozen
class DayPartKey:
    """A part of the day that a fact says."""

    day: FactKey
    part: DayPart


@frozen
class DayNumberKey:
    """The number of the day that a fact says."""

    day: FactKey


@frozen
class JudgedYearKey:
    """The assessment year of a record."""


SlotKey = FactKey | ShareKey | DayPartKey | DayNumberKey | JudgedYearKey


@frozen
class Constant:
    """A whole number, or no bound at all."""

    value: int | None


@frozen
class Slot:
    """The value of a fact, multiplied by the scale of its values so that it is whole; unknown where the fact is.

    A fact whose values have no scale `may_be_broken`: then the value is any rational, and so is what is made of it
    without rounding.
    """

    key: SlotKey
    may_be_broken: bool = False


@frozen
class Filled:
    """The value of a slot, with `missing` in its place where it is unknown."""

    slot: Slot
    missing: int


@frozen(cache_hash=True)
class Sum:
    """The sum; unknown where a term is."""

    terms: tuple[Whole, ...]


@frozen(cache_hash=True)
class Scaled:
    """`factor` times a number; unknown where the number is."""

    factor: int
    operand: Whole


@frozen(cache_hash=True)
class Product:
    """The product; unknown where a factor is."""

    left: Whole
    right: Whole


@frozen(cache_hash=True)
class FloorQuotient:
    """The greatest whole number that is not above `left / right`; `right` is positive."""

    left: Whole
    right: Whole


@frozen(cache_hash=True)
class Extreme:
    """The least or the greatest of numbers: of all, unknown where one is, or of those that are `known_only`."""

    greatest: bool
    operands: tuple[Whole, ...]
    known_only: bool


@frozen(cache_hash=True)
class Pick:
    """`consequence` where the condition is true, `alternative` where it is false or unknown."""

    condition: Condition
    consequence: Whole
    alternative: Whole


@frozen(cache_hash=True)
class Alternative:
    """`consequence` where the condition is true, `alternative` where it is false.

    Where the condition is unknown it is the greatest or the least of both, and unknown where one of them is.
    """

    greatest: bool
    condition: Condition
    consequence: Whole
    alternative: Whole


@frozen(cache_hash=True)
class Indicator:
    """1 where the condition is true, 0 where it is not; an unknown one counts if `unknown_counts`."""

    condition: Condition
    unknown_counts: bool


Whole = Constant | Slot | Filled | Sum | Scaled | Product | FloorQuotient | Extreme | Pick | Alternative | Indicator


@frozen
class Literal:
    """A calendar day or a value of an enumeration."""

    value: datetime.date | str


Operand = Whole | Literal


@frozen
class Certain:
    """A truth that is the same for every record; `None` is unknown."""

    value: bool | None


@frozen
class Flag:
    """A fact that is true, false or unknown."""

    key: FactKey


@frozen(cache_hash=True)
class ComparedTerms:
    """A comparison; unknown where an operand is."""

    op: CompareOp
    left: Operand
    right: Operand


@frozen(cache_hash=True)
class Decision:
    """A relation, and what missing values leave decided.

    Where all is known the relation `plain` says it; elsewhere it is true where `true_if` is, false where `false_if` is.
    """

    plain: ComparedTerms
    true_if: Condition
    false_if: Condition


@frozen(cache_hash=True)
class Both:
    """The conjunction (Kleene) of two or more."""

    operands: tuple[Condition, ...]


@frozen(cache_hash=True)
class Either:
    """The disjunction (Kleene) of two or more."""

    operands: tuple[Condition, ...]


@frozen(cache_hash=True)
class Choice:
    """`consequence` where the condition is true, `alternative` where it is false, and elsewhere what both agree on."""

    condition: Condition
    consequence: Condition
    alternative: Condition


@frozen(cache_hash=True)
class Opposite:
    """The negation; unknown stays unknown."""

    operand: Condition


@frozen(cache_hash=True)
class IsKnown:
    """Whether a number, a day, a text or a truth is known; itself never unknown."""

    operand: Operand | Condition


@frozen(cache_hash=True)
class Settled:
    """The condition, false where it is unknown; itself never unknown."""

    operand: Condition


@frozen
class InYears:
    """Whether the assessment year lies between `first` and `last`, both included; `None` is open."""

    first: int | None
    last: int | None


@frozen
class Named:
    """A condition that an earlier step of the program has computed."""

    name: str


Condition = (
    Certain | Flag | ComparedTerms | Decision | Both | Either | Choice | Opposite | IsKnown | Settled | InYears | Named
)
TRUE = Certain(True)
FALSE = Certain(False)
UNKNOWN = Certain(None)


Node = Operand | Condition


def parts_of(node: Node) -> tuple[Node, ...]:
    """The nodes that `node` is directly made of."""
    match node:
        case Constant() | Slot() | Literal() | Certain() | Flag() | InYears() | Named():
            return ()
        case Filled(slot=slot):
            return (slot,)
        case Sum(terms=numbers) | Extreme(operands=numbers):
            return numbers
        case Scaled(operand=number):
            return (number,)
        case (
            Product(left=left, right=right)
            | FloorQuotient(left=left, right=right)
            | ComparedTerms(left=left, right=right)
        ):
            return (left, right)
        case Pick() | Alternative() | Choice():
            return (node.condition, node.consequence, node.alternative)
        case Indicator(condition=condition):
            return (condition,)
        case Decision(plain=plain, true_if=true_if, false_if=false_if):
            return (plain, true_if, false_if)
        case Both(operands=conditions) | Either(operands=conditions):
            return conditions
        case Opposite(operand=condition) | Settled(operand=condition):
            return (condition,)
        case IsKnown(operand=operand):
            return (operand,)
        case _:
            assert_never(node)


def nodes_in(node: Node) -> Iterator[Node]:
    """`node` and every node inside it, outermost first; a node that is used twice comes twice."""
    pending = [node]
    while pending:
        current = pending.pop()
        yield current
        pending.extend(reversed(parts_of(current)))


class NoIntegerForm(Exception):  # noqa: N818 (it is not an error: the rule is evaluated in another way)
    """A rule that has no exact integer form, with the reason; never leaves the package."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)
