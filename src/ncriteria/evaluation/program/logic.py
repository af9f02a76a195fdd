"""Three-valued logic over conditions of the integer form, folded where a part is certain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ncriteria.evaluation.program.tree import (
    FALSE,
    TRUE,
    UNKNOWN,
    Both,
    Certain,
    Choice,
    ComparedTerms,
    Condition,
    Constant,
    Decision,
    Either,
    Indicator,
    IsKnown,
    Named,
    Opposite,
    Settled,
    Sum,
)


def opposite(condition: Condition) -> Condition:
    """Not; a relation turns around, for where it is unknown its opposite is too."""
    match condition:
        case Certain(value=value):
            return UNKNOWN if value is None else Certain(not value)
        case Opposite(operand=operand):
            return operand
        case ComparedTerms(op=op, left=left, right=right):
            return ComparedTerms(op.opposite, left, right)
        case Decision(plain=plain, true_if=true_if, false_if=false_if):
            return Decision(ComparedTerms(plain.op.opposite, plain.left, plain.right), false_if, true_if)
        case _:
            return Opposite(condition)


def all_of(conditions: Iterable[Condition]) -> Condition:
    """And."""
    found: list[Condition] = []
    for condition in conditions:
        if condition == FALSE:
            return FALSE
        found += condition.operands if isinstance(condition, Both) else [condition]
    left = tuple(dict.fromkeys(condition for condition in found if condition != TRUE))
    return TRUE if not left else left[0] if len(left) == 1 else Both(left)


def any_of(conditions: Iterable[Condition]) -> Condition:
    """Or."""
    found: list[Condition] = []
    for condition in conditions:
        if condition == TRUE:
            return TRUE
        found += condition.operands if isinstance(condition, Either) else [condition]
    left = tuple(dict.fromkeys(condition for condition in found if condition != FALSE))
    return FALSE if not left else left[0] if len(left) == 1 else Either(left)


def never_unknown(condition: Condition) -> bool:
    """Whether it can be seen that `condition` is true or false for every record."""
    match condition:
        case Certain(value=value):
            return value is not None
        case IsKnown() | Settled():
            return True
        case Both(operands=operands) | Either(operands=operands):
            return all(never_unknown(operand) for operand in operands)
        case Opposite(operand=operand):
            return never_unknown(operand)
        case ComparedTerms(left=left, right=right):
            return all(_is_number_of_indicators(side) for side in (left, right))
        case _:
            return False


def _is_number_of_indicators(side: object) -> bool:
    match side:
        case Constant(value=value):
            return value is not None
        case Indicator():
            return True
        case Sum(terms=terms):
            return all(_is_number_of_indicators(term) for term in terms)
        case _:
            return False


def settled(condition: Condition, unknown: bool) -> Condition:
    """`condition`, with `unknown` where it is unknown."""
    if condition == UNKNOWN:
        return Certain(unknown)
    return condition if never_unknown(condition) else Settled(condition, unknown)


def decided(true_if: Condition, false_if: Condition) -> Condition:
    """True where `true_if` is true, false where `false_if` is, unknown elsewhere; the two never hold together."""
    may_be = all_of([opposite(settled(false_if, False)), UNKNOWN])
    return any_of([settled(true_if, False), may_be])


def choice(condition: Condition, consequence: Condition, alternative: Condition) -> Condition:
    """If; on an unknown condition known only where both branches agree."""
    if consequence == alternative:
        return consequence
    match condition:
        case Certain(value=True):
            return consequence
        case Certain(value=False):
            return alternative
        case _:
            return Choice(condition, consequence, alternative)


def same_truth(one: Condition, other: Condition) -> Condition:
    """Whether two truths are equal; unknown where one of them is."""
    return any_of([all_of([one, other]), all_of([opposite(one), opposite(other)])])


def count(conditions: Sequence[Condition], unknown_counts: bool) -> Sum:
    """How many are true, with those that are unknown or without."""
    return Sum(tuple(Indicator(condition, unknown_counts) for condition in conditions))


def is_simple(condition: Condition) -> bool:
    """Whether naming `condition` would gain nothing."""
    return isinstance(condition, (Certain, Named))
