"""From any model to the smallest: the fewest known facts, then the least values, by asking the solver again."""

from __future__ import annotations

import datetime
from fractions import Fraction

from ncriteria.analysis.deadline import Deadline
from ncriteria.analysis.proof.solving.solver import (
    Formula,
    Model,
    NoModel,
    Term,
    at_most,
    both,
    counted,
    either,
    equal,
    floor_of,
    is_whole,
    number,
    opposite,
    plus,
    size_of,
    solve,
    times,
    total,
    whole,
)
from ncriteria.analysis.proof.solving.variables import ShareVariable, Variable, Variables
from ncriteria.quick_classes import define
from ncriteria.sets.model import FactType

_SCALES = (1, 10, 100, 1000)
_DENOMINATORS = (1, 2, 3, 4, 5, 10, 20, 100)


@define
class _Descent:
    """Constraints that grow while a model of them is kept; `certain` while the solver has answered everything."""

    constraints: list[Formula]
    model: Model
    deadline: Deadline
    certain: bool = True

    def attempt(self, *formulas: Formula) -> bool:
        """Keep `formulas` if there is a model of them too."""
        found = solve([*self.constraints, *formulas], self.deadline)
        if isinstance(found, Model):
            self.model = found
            self.constraints.extend(formulas)
            return True
        self.certain = self.certain and found is NoModel.IMPOSSIBLE
        return False

    def least(self, term: Term) -> None:
        """Make a whole number that is not negative as small as it can be."""
        low, high = Fraction(0), self._value(term)
        while low < high and self.certain:
            middle = Fraction((low + high) // 2)
            if self.attempt(at_most(term, whole(int(middle)))):
                high = self._value(term)
            else:
                low = middle + 1
        self.constraints.append(at_most(term, whole(int(high))))

    def _value(self, term: Term) -> Fraction:
        value = self.model.number(term)
        assert value is not None, "a whole number is rational"
        return value


def smallest(
    variables: Variables, constraints: list[Formula], model: Model, year: int, deadline: Deadline
) -> tuple[Model, bool]:
    """The smallest model of `constraints`, from any `model`, and whether it was shown to be the smallest.

    Fewest known facts come first, then the least sum of values, then the least value fact by fact in the order of the
    rules. A day counts from the first of January of the assessment `year`.
    """
    descent = _Descent(list(constraints), model, deadline)
    known = variables.known
    descent.least(counted(known))
    for flag in known:
        if not descent.attempt(opposite(flag)):
            descent.constraints.append(flag) if descent.model.truth(flag) else None
    sizes = [
        size
        for variable in variables.values
        if descent.model.truth(variable.known) and (size := _size(descent, variable, year)) is not None
    ]
    for share in variables.shares.values():
        _simplify(descent, share)
    descent.least(total(sizes))
    for size in sizes:
        descent.least(size)
    return descent.model, descent.certain


def _size(descent: _Descent, variable: Variable, year: int) -> Term | None:
    """How large a known value is, as a whole number; `None` for a number that has no short decimal form."""
    match variable.type:
        case FactType.BOOLEAN:
            return counted([variable.truth])
        case FactType.DATE:
            return size_of(plus(variable.value, whole(-datetime.date(max(year, 1), 1, 1).toordinal())))
        case FactType.ENUMERATION:
            return variable.value
        case FactType.COUNT | FactType.NUMBER:
            if variable.whole is not None:
                return size_of(variable.whole)
            for scale in _SCALES:
                scaled = times(variable.value, number(scale))
                if descent.attempt(is_whole(scaled)):
                    return floor_of(size_of(scaled))
            return None


def _simplify(descent: _Descent, share: ShareVariable) -> None:
    """Make a known share one of few units, where it can be."""
    if descent.model.truth(share.known):
        for denominator in _DENOMINATORS:
            if descent.attempt(share.known, is_whole(times(share.value, number(denominator)))):
                break
        value = descent.model.number(share.value)
        if value is not None:
            descent.constraints.append(both(share.known, equal(share.value, number(value))))
    else:
        descent.constraints.append(
            share.empty if descent.model.truth(share.empty) else opposite(either(share.known, share.empty))
        )
