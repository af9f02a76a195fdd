"""An edit of a clause by the solver: whether some record shows it, and the smallest that does."""

from __future__ import annotations

from enum import Enum

from ncriteria.analysis.cases import Row
from ncriteria.analysis.deadline import Deadline, OutOfTimeError
from ncriteria.analysis.proof.judging import Pair
from ncriteria.analysis.proof.solving.pairs import row_of, verdicts_differ
from ncriteria.analysis.proof.solving.sets import Encoded, encode_set
from ncriteria.analysis.proof.solving.smallest import smallest
from ncriteria.analysis.proof.solving.solver import (
    Formula,
    Model,
    NoModel,
    both,
    either,
    one_at_a_time,
    opposite,
    same,
    solve,
)
from ncriteria.analysis.proof.solving.variables import Variables
from ncriteria.sets.model import FactDeclaration

_MINIMISING = 2.0
"""Seconds in which a record that shows an edit is made small; any is good enough."""


class EditOutcome(Enum):
    """What is left of an edit that changes no verdict of its clause."""

    NONE = "none"
    """Nothing: what rests on the clause cannot see the edit either."""
    INSIDE = "inside"
    """Whether the clause applies, or passes, is known of more or fewer records."""


@one_at_a_time
def settle(
    pair: Pair, declarations: dict[str, tuple[FactDeclaration, ...]], deadline: Deadline
) -> EditOutcome | Row | None:
    """A record that the clause can judge as it was and that shows the edit, or that there is none.

    Where the edited clause has no value, such as a division by zero, that is a difference. `None` where nothing is
    decided by the `deadline`.
    """
    variables = Variables(declarations, pair.year)
    try:
        old, new = (encode_set(side.lowered, variables, deadline) for side in (pair.old, pair.new))
    except OutOfTimeError:
        return None
    before, after = old.status(pair.old.path), new.status(pair.new.path)
    possible = [*variables.domain, *old.judged]
    shown = either(opposite(both(*new.judged)), verdicts_differ(before, after))
    found = solve([*possible, shown], deadline)
    if isinstance(found, Model):
        least, _ = smallest(variables, [*possible, shown], found, pair.year, deadline.part(0.5).within(_MINIMISING))
        return row_of(variables, least, pair.year) or row_of(variables, found, pair.year)
    if found is NoModel.UNDECIDED:
        return None
    match solve([*possible, _seen_differently(old, new, pair)], deadline):
        case NoModel.IMPOSSIBLE:
            return EditOutcome.NONE
        case _:
            return EditOutcome.INSIDE


def _seen_differently(old: Encoded, new: Encoded, pair: Pair) -> Formula:
    """That a group around the clause, or a rule that refers to it, may see a difference."""
    before, after = old.status(pair.old.path), new.status(pair.new.path)
    passes = old.passes(pair.old.path), new.passes(pair.new.path)
    alike = [
        same(before.applies.true, after.applies.true),
        same(before.applies.false, after.applies.false),
        same(passes[0].true, passes[1].true),
        same(passes[0].false, passes[1].false),
        same(both(before.applies.true, before.holds.true), both(after.applies.true, after.holds.true)),
        same(either(before.applies.false, before.holds.false), either(after.applies.false, after.holds.false)),
    ]
    return opposite(both(*alike))
