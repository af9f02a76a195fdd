"""The nodes of the integer form: whole numbers and conditions, of which each may be unknown.

An unknown whole number is an end without a bound; an unknown condition is neither true nor false. Values of dates and
enumerations take part in relations as they are.
"""

from __future__ import annotations

import datetime

from attrs import frozen

from ncriteria.language.tree import CompareOp, FactKey


@frozen
class ShareKey:
    """A part of a roll-up: how many units are `met`, how many `may_be_met`, and how many are `judged` in all."""

    level: str
    path: str
    part: str


SlotKey = FactKey | ShareKey


@frozen
class Constant:
    """A whole number, or no bound at all."""

    value: int | None


@frozen
class Slot:
    """The value of a fact, multiplied by the scale of its values so that it is whole; unknown where the fact is."""

    key: SlotKey


@frozen
class Filled:
    """The value of a slot, with `missing` in its place where it is unknown."""

    slot: Slot
    missing: int


@frozen
class Sum:
    """The sum; unknown where a term is."""

    terms: tuple[Whole, ...]


@frozen
class Scaled:
    """`factor` times a number; unknown where the number is."""

    factor: int
    operand: Whole


@frozen
class Product:
    """The product; unknown where a factor is."""

    left: Whole
    right: Whole


@frozen
class FloorQuotient:
    """The greatest whole number that is not above `left / right`; `right` is positive."""

    left: Whole
    right: Whole


@frozen
class Extreme:
    """The least or the greatest of numbers: of all, unknown where one is, or of those that are `known_only`."""

    greatest: bool
    operands: tuple[Whole, ...]
    known_only: bool


@frozen
class Pick:
    """`consequence` where the condition is true, `alternative` where it is false or unknown."""

    condition: Condition
    consequence: Whole
    alternative: Whole


@frozen
class Indicator:
    """1 where the condition is true, 0 where it is not; an unknown one counts if `unknown_counts`."""

    condition: Condition
    unknown_counts: bool


Whole = Constant | Slot | Filled | Sum | Scaled | Product | FloorQuotient | Extreme | Pick | Indicator


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


@frozen
class Relation:
    """A comparison; unknown where an operand is."""

    op: CompareOp
    left: Operand
    right: Operand


@frozen
class Decision:
    """A relation, and what missing values leave decided.

    Where all is known the relation `plain` says it; elsewhere it is true where `true_if` is, false where `false_if` is.
    """

    plain: Relation
    true_if: Condition
    false_if: Condition


@frozen
class Both:
    """The conjunction (Kleene) of two or more."""

    operands: tuple[Condition, ...]


@frozen
class Either:
    """The disjunction (Kleene) of two or more."""

    operands: tuple[Condition, ...]


@frozen
class Choice:
    """`consequence` where the condition is true, `alternative` where it is false, and elsewhere what both agree on."""

    condition: Condition
    consequence: Condition
    alternative: Condition


@frozen
class Opposite:
    """The negation; unknown stays unknown."""

    operand: Condition


@frozen
class IsKnown:
    """Whether a number, a day, a text or a truth is known; itself never unknown."""

    operand: Operand | Condition


@frozen
class Settled:
    """The condition, with `unknown` in its place where it is unknown; itself never unknown."""

    operand: Condition
    unknown: bool


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
    Certain | Flag | Relation | Decision | Both | Either | Choice | Opposite | IsKnown | Settled | InYears | Named
)
TRUE = Certain(True)
FALSE = Certain(False)
UNKNOWN = Certain(None)


class NoIntegerForm(Exception):  # noqa: N818 (it is not an error: the rule is evaluated in another way)
    """A rule that has no exact integer form, with the reason; never leaves the package."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)
