"""The solver's words, typed (Z3: L. de Moura and N. Bjørner, TACAS 2008). No other module imports it.

Constants are folded while formulas are built, so that what does not occur in a rule does not reach the solver.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import contextmanager
from enum import Enum
from fractions import Fraction
from functools import reduce, wraps
from threading import RLock, Timer
from typing import TYPE_CHECKING, NewType, ParamSpec, TypeVar

import z3  # type: ignore[import-untyped]
from attrs import field

from ncriteria.analysis.deadline import Deadline
from ncriteria.quick_classes import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

P = ParamSpec("P")
T = TypeVar("T")
Formula = NewType("Formula", object)
"""A truth of the solver, which is two-valued."""
Term = NewType("Term", object)
"""A number of the solver: a whole number or a real one."""

_MOST_CASES = 8
_LONGEST = 1_000_000.0
"""Seconds of one call of the solver; it counts milliseconds in 32 bits."""
TRUE = Formula(z3.BoolVal(True))
FALSE = Formula(z3.BoolVal(False))
_ONE_AT_A_TIME = RLock()
# A thread that collects garbage throws formulas away while another one asks about its own.
z3.Z3_enable_concurrent_dec_ref(z3.main_ctx().ref())


def one_at_a_time(ask: Callable[P, T]) -> Callable[P, T]:
    """What writes formulas and asks about them, of all threads one at a time: they share the solver's context."""

    @wraps(ask)
    def waiting(*given: P.args, **named: P.kwargs) -> T:
        with _ONE_AT_A_TIME:
            return ask(*given, **named)

    return waiting


def formula_of(truth: bool) -> Formula:
    """A constant."""
    return TRUE if truth else FALSE


def both(*formulas: Formula) -> Formula:
    """And."""
    left = [formula for formula in formulas if not z3.is_true(formula)]
    if any(z3.is_false(formula) for formula in left):
        return FALSE
    return TRUE if not left else left[0] if len(left) == 1 else Formula(z3.And(*left))


def either(*formulas: Formula) -> Formula:
    """Or."""
    left = [formula for formula in formulas if not z3.is_false(formula)]
    if any(z3.is_true(formula) for formula in left):
        return TRUE
    return FALSE if not left else left[0] if len(left) == 1 else Formula(z3.Or(*left))


def opposite(formula: Formula) -> Formula:
    """Not."""
    if z3.is_true(formula):
        return FALSE
    return TRUE if z3.is_false(formula) else Formula(z3.Not(formula))


def same(one: Formula, other: Formula) -> Formula:
    """Both or neither."""
    return either(both(one, other), both(opposite(one), opposite(other)))


def choose(condition: Formula, consequence: Term, alternative: Term) -> Term:
    """One number or the other."""
    if z3.is_true(condition) or consequence.eq(alternative):  # type: ignore[attr-defined]
        return consequence
    return alternative if z3.is_false(condition) else Term(z3.If(condition, consequence, alternative))


def choose_formula(condition: Formula, consequence: Formula, alternative: Formula) -> Formula:
    """One truth or the other."""
    return either(both(condition, consequence), both(opposite(condition), alternative))


def truth_variable(name: str) -> Formula:
    """A truth that may be either."""
    return Formula(z3.Bool(name))


def whole_variable(name: str) -> Term:
    """A whole number that may be any."""
    return Term(z3.Int(name))


def real_variable(name: str) -> Term:
    """A real number that may be any."""
    return Term(z3.Real(name))


def identity_of(term: Term) -> int:
    """What terms that are written alike, and no others, have in common as long as one of them is kept."""
    return int(term.get_id())  # type: ignore[attr-defined]


def number(value: Fraction | int) -> Term:
    """A constant, as a real number."""
    return Term(z3.RealVal(str(Fraction(value))))


def whole(value: int) -> Term:
    """A constant, as a whole number."""
    return Term(z3.IntVal(value))


def as_real(term: Term) -> Term:
    """A whole number as a real one."""
    return Term(z3.ToReal(term))


def is_whole(term: Term) -> Formula:
    """Whether a real number is whole."""
    return Formula(z3.IsInt(term))


def floor_of(term: Term) -> Term:
    """The greatest whole number that is not more, as a whole number."""
    return Term(z3.ToInt(term))


def is_odd(term: Term) -> Formula:
    """Whether a whole number is odd."""
    return Formula(term % 2 == 1)  # type: ignore[operator]


def plus(one: Term, other: Term) -> Term:
    """The sum."""
    return Term(one + other)  # type: ignore[operator]


def total(terms: Iterable[Term]) -> Term:
    """The sum of whole numbers."""
    return reduce(plus, terms, whole(0))


def minus(term: Term) -> Term:
    """The number with the other sign."""
    return Term(-term)  # type: ignore[operator]


def times(one: Term, other: Term) -> Term:
    """The product; a constant that depends on a condition is multiplied in each of its cases, which keeps it linear."""
    for factor, by in ((one, other), (other, one)):
        if z3.is_app_of(factor, z3.Z3_OP_ITE) and _constants(factor) <= _MOST_CASES:
            condition, consequence, alternative = factor.children()  # type: ignore[attr-defined]
            return choose(condition, times(consequence, by), times(alternative, by))
    return Term(one * other)  # type: ignore[operator]


def _constants(term: object) -> int:
    """How many constants a number is chosen from; more than the most that are multiplied out where it is not."""
    pending, found = [term], 0
    while pending and found <= _MOST_CASES:
        current = pending.pop()
        if z3.is_app_of(current, z3.Z3_OP_ITE):
            pending.extend(current.children()[1:])  # type: ignore[attr-defined]
        else:
            found += 1 if z3.is_rational_value(current) else _MOST_CASES + 1
    return found


def over(one: Term, other: Term) -> Term:
    """The quotient of real numbers; anything where the divisor is zero."""
    return Term(one / other)  # type: ignore[operator]


def size_of(term: Term) -> Term:
    """The number without its sign."""
    return Term(z3.If(term < 0, -term, term))  # type: ignore[operator]


def _compared(formula: object) -> Formula:
    return Formula(z3.simplify(formula)) if _is_constant(formula) else Formula(formula)


def _is_constant(formula: object) -> bool:
    return all(z3.is_int_value(part) or z3.is_rational_value(part) for part in formula.children())  # type: ignore[attr-defined]


def less(one: Term, other: Term) -> Formula:
    """Less than."""
    return _compared(one < other)  # type: ignore[operator]


def at_most(one: Term, other: Term) -> Formula:
    """Less than or equal."""
    return _compared(one <= other)  # type: ignore[operator]


def equal(one: Term, other: Term) -> Formula:
    """Equal."""
    return TRUE if one.eq(other) else _compared(one == other)  # type: ignore[attr-defined]


def counted(formulas: Iterable[Formula]) -> Term:
    """How many are true, as a whole number."""
    return total(choose(formula, whole(1), whole(0)) for formula in formulas)


class NoModel(Enum):
    """Why there is no model."""

    IMPOSSIBLE = "impossible"
    UNDECIDED = "undecided"


@frozen(eq=False)
class Model:
    """Values of all variables under which what was asked is true."""

    _model: object = field(repr=False)

    def truth(self, formula: Formula) -> bool:
        """The value of a truth."""
        return bool(z3.is_true(self._value(formula)))

    def number(self, term: Term) -> Fraction | None:
        """The value of a number; `None` where it is irrational."""
        value = self._value(term)
        if z3.is_int_value(value) or z3.is_rational_value(value):
            return Fraction(str(value))
        return None

    def _value(self, expression: object) -> object:
        value: object = self._model.eval(expression, model_completion=True)  # type: ignore[attr-defined]
        return value


def solve(constraints: Sequence[Formula], deadline: Deadline) -> Model | NoModel:
    """A model of all `constraints`, or why there is none."""
    if deadline.passed:
        return NoModel.UNDECIDED
    solver = z3.Solver()
    solver.set("timeout", max(1, int(min(deadline.left, _LONGEST) * 1000)))
    solver.add(*constraints)
    with _interrupted_at(deadline):
        try:
            answer = solver.check()
            if answer == z3.sat:
                return Model(solver.model())
        except z3.Z3Exception:
            return NoModel.UNDECIDED
    return NoModel.IMPOSSIBLE if answer == z3.unsat else NoModel.UNDECIDED


@contextmanager
def _interrupted_at(deadline: Deadline) -> Iterator[None]:
    """A second stop, for the parts of the solver that do not look at its own time limit."""
    timer = Timer(min(max(0.0, deadline.left), _LONGEST) + 0.5, z3.main_ctx().interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
