"""Three-valued logic over conditions of the integer form, folded where a part is certain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ncriteria.evaluation.program import tree as t


def opposite(condition: t.Condition) -> t.Condition:
    """Not; a relation turns around, for where it is unknown its opposite is too."""
    match condition:
        case t.Certain(value=value):
            return t.UNKNOWN if value is None else t.Certain(not value)
        case t.Opposite(operand=operand):
            return operand
        case t.ComparedTerms(op=op, left=left, right=right):
            return t.ComparedTerms(op.opposite, left, right)
        case t.Decision(plain=plain, true_if=true_if, false_if=false_if):
            return t.Decision(t.ComparedTerms(plain.op.opposite, plain.left, plain.right), false_if, true_if)
        case _:
            return t.Opposite(condition)


def all_of(conditions: Iterable[t.Condition]) -> t.Condition:
    """And."""
    found: list[t.Condition] = []
    for condition in conditions:
        if condition == t.FALSE:
            return t.FALSE
        found += condition.operands if isinstance(condition, t.Both) else [condition]
    left = tuple(dict.fromkeys(condition for condition in found if condition != t.TRUE))
    return t.TRUE if not left else left[0] if len(left) == 1 else t.Both(left)


def any_of(conditions: Iterable[t.Condition]) -> t.Condition:
    """Or."""
    found: list[t.Condition] = []
    for condition in conditions:
        if condition == t.TRUE:
            return t.TRUE
        found += condition.operands if isinstance(condition, t.Either) else [condition]
    left = tuple(dict.fromkeys(condition for condition in found if condition != t.FALSE))
    return t.FALSE if not left else left[0] if len(left) == 1 else t.Either(left)


def never_unknown(condition: t.Condition) -> bool:
    """Whether it can be seen that `condition` is true or false for every record."""
    match condition:
        case t.Certain(value=value):
            return value is not None
        case t.IsKnown() | t.Settled():
            return True
        case t.Both(operands=operands) | t.Either(operands=operands):
            return all(never_unknown(operand) for operand in operands)
        case t.Opposite(operand=operand):
            return never_unknown(operand)
        case t.ComparedTerms(left=left, right=right):
            return all(_is_number_of_indicators(side) for side in (left, right))
        case _:
            return False


def _is_number_of_indicators(side: object) -> bool:
    match side:
        case t.Constant(value=value):
            return value is not None
        case t.Indicator():
            return True
        case t.Sum(terms=terms):
            return all(_is_number_of_indicators(term) for term in terms)
        case _:
            return False


def settled(condition: t.Condition) -> t.Condition:
    """`condition`, false where it is unknown."""
    if condition == t.UNKNOWN:
        return t.FALSE
    return condition if never_unknown(condition) else t.Settled(condition)


def decided(true_if: t.Condition, false_if: t.Condition) -> t.Condition:
    """True where `true_if` is true, false where `false_if` is, unknown elsewhere; the two never hold together."""
    may_be = all_of([opposite(settled(false_if)), t.UNKNOWN])
    return any_of([settled(true_if), may_be])


def choice(condition: t.Condition, consequence: t.Condition, alternative: t.Condition) -> t.Condition:
    """If; on an unknown condition known only where both branches agree."""
    if consequence == alternative:
        return consequence
    match condition:
        case t.Certain(value=True):
            return consequence
        case t.Certain(value=False):
            return alternative
        case _:
            return t.Choice(condition, consequence, alternative)


def same_truth(one: t.Condition, other: t.Condition) -> t.Condition:
    """Whether two truths are equal; unknown where one of them is."""
    return any_of([all_of([one, other]), all_of([opposite(one), opposite(other)])])


def count(conditions: Sequence[t.Condition], unknown_counts: bool) -> t.Sum:
    """How many are true, with those that are unknown or without."""
    return t.Sum(tuple(t.Indicator(condition, unknown_counts) for condition in conditions))


def is_simple(condition: t.Condition) -> bool:
    """Whether naming `condition` would gain nothing."""
    return isinstance(condition, (t.Certain, t.Named))
