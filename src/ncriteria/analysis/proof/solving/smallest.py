"""From any model to the smallest: the fewest known facts, then the least values, by asking the solver again."""

from __future__ import annotations

import datetime
from fractions import Fraction

from ncriteria.analysis.deadline import Deadline
from ncriteria.analysis.proof.solving import solver
from ncriteria.analysis.proof.solving.variables import ShareVariable, Variable, Variables
from ncriteria.quick_classes import define
from ncriteria.sets.model import FactType

_SCALES = (1, 10, 100, 1000)
_DENOMINATORS = (1, 2, 3, 4, 5, 10, 20, 100)


@define
class _Descent:
    """Constraints that grow while a model of them is kept; `certain` while the solver has answered everything."""

    constraints: list[solver.Formula]
    model: solver.Model
    deadline: Deadline
    certain: bool = True

    def attempt(self, *formulas: solver.Formula) -> bool:
        """Keep `formulas` if there is a model of them too."""
        found = solver.solve([*self.constraints, *formulas], self.deadline)
        if isinstance(found, solver.Model):
            self.model = found
            self.constraints.extend(formulas)
            return True
        self.certain = self.certain and found is solver.NoModel.IMPOSSIBLE
        return False

    def least(self, term: solver.Term) -> None:
        """Make a whole number that is not negative as small as it can be."""
        low, high = Fraction(0), self._value(term)
        while low < high and self.certain:
            middle = Fraction((low + high) // 2)
            if self.attempt(solver.at_most(term, solver.whole(int(middle)))):
                high = self._value(term)
            else:
                low = middle + 1
        self.constraints.append(solver.at_most(term, solver.whole(int(high))))

    def _value(self, term: solver.Term) -> Fraction:
        value = self.model.number(term)
        assert value is not None, "a whole number is rational"
        return value


def smallest(
    variables: Variables, constraints: list[solver.Formula], model: solver.Model, year: int, deadline: Deadline
) -> tuple[solver.Model, bool]:
    """The smallest model of `constraints`, from any `model`, and whether it was shown to be the smallest.

    The earliest year comes first where the rules ask for it, then the fewest known facts, then the least sum of values,
    then the least value fact by fact in the order of the rules. A day counts from the first of January of the
    assessment `year`.
    """
    descent = _Descent(list(constraints), model, deadline)
    known = variables.known
    if variables.asks_year:
        descent.least(variables.year)
        year = int(descent.model.number(variables.year) or year)
    descent.least(solver.counted(known))
    for flag in known:
        if not descent.attempt(solver.opposite(flag)):
            descent.constraints.append(flag) if descent.model.truth(flag) else None
    sizes = [
        size
        for variable in variables.values
        if descent.model.truth(variable.known) and (size := _size(descent, variable, year)) is not None
    ]
    for share in variables.shares.values():
        _simplify(descent, share)
    descent.least(solver.total(sizes))
    for size in sizes:
        descent.least(size)
    return descent.model, descent.certain


def _size(descent: _Descent, variable: Variable, year: int) -> solver.Term | None:
    """How large a known value is, as a whole number; `None` for a number that has no short decimal form."""
    match variable.type:
        case FactType.BOOLEAN:
            return solver.counted([variable.truth])
        case FactType.DATE:
            return solver.size_of(
                solver.plus(variable.value, solver.whole(-datetime.date(max(year, 1), 1, 1).toordinal()))
            )
        case FactType.ENUMERATION:
            return variable.value
        case FactType.COUNT | FactType.NUMBER:
            if variable.whole is not None:
                return solver.size_of(variable.whole)
            for scale in _SCALES:
                scaled = solver.times(variable.value, solver.number(scale))
                if descent.attempt(solver.is_whole(scaled)):
                    return solver.floor_of(solver.size_of(scaled))
            return None


def _simplify(descent: _Descent, share: ShareVariable) -> None:
    """Make a known share one of few units, where it can be."""
    if descent.model.truth(share.known):
        for denominator in _DENOMINATORS:
            if descent.attempt(share.known, solver.is_whole(solver.times(share.value, solver.number(denominator)))):
                break
        value = descent.model.number(share.value)
        if value is not None:
            descent.constraints.append(solver.both(share.known, solver.equal(share.value, solver.number(value))))
    else:
        descent.constraints.append(
            share.empty
            if descent.model.truth(share.empty)
            else solver.opposite(solver.either(share.known, share.empty))
        )
