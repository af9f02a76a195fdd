"""The facts of a record as variables: each a value and whether it is known. Bounds of a value are not among them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor
from typing import cast

from attrs import evolve, field

from ncriteria.analysis.proof.common_facts import joint
from ncriteria.analysis.proof.solving.days import Calendar
from ncriteria.analysis.proof.solving.solver import (
    FALSE,
    TRUE,
    Formula,
    Model,
    Term,
    as_real,
    at_most,
    both,
    choose,
    either,
    equal,
    formula_of,
    number,
    opposite,
    real_variable,
    times,
    truth_variable,
    whole,
    whole_variable,
)
from ncriteria.analysis.proof.solving.terms import ChoiceTerm, QuantityTerm, SymbolicValue, TruthTerm
from ncriteria.evaluation.inside.told import any_sum
from ncriteria.language.tree import FactKey, FactRef, Measure, Within
from ncriteria.language.values import FIRST_DAY, LAST_DAY, UNKNOWN
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import FactDeclaration, FactType, FactValue, ParameterDeclaration, Rolled, RollUp
from ncriteria.sets.sources import Bilingual


@frozen(eq=False)
class Variable:
    """One value that a record may hold.

    `known` says whether it does. `value` is a number as the rules see it, or the code of a choice; `whole` a whole
    number that it is made from, where there is one; `truth` stands for both where the value is a truth. `domain` is
    what may be.
    """

    type: FactType
    known: Formula
    value: Term
    domain: Formula
    whole: Term | None = None
    truth: Formula = FALSE


@frozen(eq=False)
class ShareVariable:
    """A roll-up: a known share, or unknown, or of no unit at all. Shares known within bounds are left out."""

    known: Formula
    empty: Formula
    value: Term
    domain: Formula


@frozen(eq=False)
class CountedVariable:
    """A number told of the units inside: how many meet something, or a sum; `declared` is what it may be."""

    measure: Measure
    declared: FactDeclaration
    variable: Variable


@frozen
class Variables:
    """The variables of one question; `declarations` are those of both sets by name.

    A rule that asks for the assessment year asks for one from `first_year` on.
    """

    declarations: dict[str, tuple[FactDeclaration, ...]]
    first_year: int
    facts: dict[FactKey, Variable] = field(factory=dict)
    shares: dict[tuple[str, str], ShareVariable] = field(factory=dict)
    counted: dict[tuple[str, str], CountedVariable] = field(factory=dict)
    parameters: dict[str, Variable] = field(factory=dict)
    texts: dict[str, int] = field(factory=dict)
    calendar: Calendar = field(factory=Calendar)
    _year: dict[str, Term] = field(factory=dict, init=False)

    def fact(self, key: FactKey) -> Variable:
        """The variable of a fact."""
        if key not in self.facts:
            self.facts[key] = self._variable(str(key), joint(self.declarations[key.name]))
        return self.facts[key]

    def parameter(self, declaration: ParameterDeclaration) -> Variable:
        """The variable of a parameter whose value is open; it is always known."""
        if declaration.name not in self.parameters:
            name, kind = declaration.name, declaration.type
            as_fact = joint([FactDeclaration(name, declaration.title, kind, options=declaration.options)])
            variable = self._variable(f"param.{name}", as_fact)
            domain = both(variable.known, variable.domain)
            self.parameters[name] = evolve(variable, known=TRUE, domain=domain)
        return self.parameters[declaration.name]

    @property
    def year(self) -> Term:
        """The assessment year, a whole number."""
        return self._year.setdefault("assessment year", whole_variable("assessment year"))

    @property
    def asks_year(self) -> bool:
        """Whether a rule has asked for the assessment year."""
        return bool(self._year)

    def share(self, leaf: Within) -> ShareVariable:
        """The variable of a roll-up."""
        at = (leaf.level, leaf.path)
        if at not in self.shares:
            name = f"share_met({leaf.level}, {leaf.path})"
            value, known, empty = real_variable(name), truth_variable(f"known {name}"), truth_variable(f"empty {name}")
            domain = both(at_most(number(0), value), at_most(value, number(1)), opposite(both(known, empty)))
            self.shares[at] = ShareVariable(known, empty, value, domain)
        return self.shares[at]

    def number_inside(self, leaf: Within) -> CountedVariable:
        """The variable of a count of units inside, or of a sum of a fact of theirs."""
        at = (leaf.level, leaf.path)
        if at not in self.counted:
            if isinstance(leaf.inner, FactRef) and leaf.measure is Measure.SUM_OF:
                declared = joint(self.declarations[leaf.inner.name])
                ends = any_sum(declared)
                declared = evolve(declared, minimum=ends.low, maximum=ends.high)
            else:
                title = Bilingual(leaf.path, leaf.path)
                declared = joint([FactDeclaration(leaf.path, title, FactType.COUNT, minimum=Fraction(0))])
            name = f"{leaf.measure.value}({leaf.level}, {leaf.path})"
            self.counted[at] = CountedVariable(leaf.measure, declared, self._variable(name, declared))
        return self.counted[at]

    def _of_one_roll_up(self) -> Iterator[Formula]:
        """That a share and a count of the same units are of one roll-up."""
        for at in self.shares.keys() & self.counted.keys():
            share, met = self.shares[at], self.counted[at].variable
            units = as_real(whole_variable(f"units of {at}"))
            yield either(share.known, share.empty, opposite(met.known))
            yield either(met.known, both(opposite(share.known), opposite(share.empty)))
            yield either(opposite(share.empty), equal(met.value, number(0)))
            some = both(at_most(number(1), units), at_most(met.value, units))
            yield either(opposite(share.known), both(some, equal(times(share.value, units), met.value)))

    def code(self, value: str | datetime.date) -> int:
        """The whole number that stands for a text or a day."""
        return value.toordinal() if isinstance(value, datetime.date) else self.texts.setdefault(value, len(self.texts))

    def _variable(self, name: str, declaration: FactDeclaration) -> Variable:
        known = truth_variable(f"known {name}")
        match declaration.type:
            case FactType.BOOLEAN:
                return Variable(declaration.type, known, whole(0), TRUE, truth=truth_variable(name))
            case FactType.ENUMERATION:
                value = whole_variable(name)
                options = either(*(equal(value, whole(self.code(option))) for option in declaration.options))
                return Variable(declaration.type, known, value, either(opposite(known), options), value)
            case FactType.DATE:
                value = whole_variable(name)
                return Variable(declaration.type, known, value, _is_day(value), value)
            case FactType.COUNT | FactType.NUMBER:
                return _number_variable(name, known, declaration)

    @property
    def domain(self) -> list[Formula]:
        """What may be, of all variables."""
        return [
            *(variable.domain for variable in self.facts.values()),
            *(variable.domain for variable in self.shares.values()),
            *(one.variable.domain for one in self.counted.values()),
            *self._of_one_roll_up(),
            *(variable.domain for variable in self.parameters.values()),
            *self.calendar.constraints,
            *self._years(),
        ]

    def _years(self) -> Iterator[Formula]:
        if self.asks_year:
            yield both(at_most(whole(self.first_year), self.year), at_most(self.year, whole(datetime.MAXYEAR)))

    @property
    def known(self) -> list[Formula]:
        """Whether each fact and share is known."""
        shares = [either(variable.known, variable.empty) for variable in self.shares.values()]
        return [variable.known for variable in self.values] + shares

    @property
    def values(self) -> list[Variable]:
        """The variables of facts, of counts of units inside, and of sums over them."""
        return [*self.facts.values(), *(one.variable for one in self.counted.values())]


def _is_day(value: Term) -> Formula:
    return both(at_most(whole(FIRST_DAY), value), at_most(value, whole(LAST_DAY)))


def _number_variable(name: str, known: Formula, declaration: FactDeclaration) -> Variable:
    if declaration.decimals is None:
        value = real_variable(name)
        return Variable(declaration.type, known, value, either(opposite(known), _range(value, declaration)))
    scale = Fraction(10) ** declaration.decimals
    steps = whole_variable(name)
    value = as_real(steps) if scale == 1 else times(as_real(steps), number(1 / scale))
    low = None if declaration.minimum is None else whole(ceil(declaration.minimum * scale))
    high = None if declaration.maximum is None else whole(floor(declaration.maximum * scale))
    lies = both(TRUE if low is None else at_most(low, steps), TRUE if high is None else at_most(steps, high))
    return Variable(declaration.type, known, value, either(opposite(known), lies), steps)


def _range(value: Term, declaration: FactDeclaration) -> Formula:
    low, high = declaration.minimum, declaration.maximum
    return both(
        TRUE if low is None else at_most(number(low), value), TRUE if high is None else at_most(value, number(high))
    )


def fact_value(variable: Variable, declaration: FactDeclaration) -> SymbolicValue:
    """What a rule sees of a fact: its value, or, where it is not known, its declared range or nothing."""
    match declaration.type:
        case FactType.BOOLEAN:
            return TruthTerm(both(variable.known, variable.truth), both(variable.known, opposite(variable.truth)))
        case FactType.ENUMERATION | FactType.DATE:
            return ChoiceTerm(variable.value, variable.known)
        case FactType.COUNT | FactType.NUMBER:
            low, high = declaration.minimum, declaration.maximum
            return QuantityTerm(
                choose(variable.known, variable.value, number(low or 0)),
                choose(variable.known, variable.value, number(high or 0)),
                either(variable.known, formula_of(low is not None)),
                either(variable.known, formula_of(high is not None)),
                either(variable.known, formula_of(low is not None and low == high)),
                variable.known,
            )


def year_value(year: Term) -> QuantityTerm:
    """What a rule sees of the assessment year."""
    return QuantityTerm(as_real(year), as_real(year), TRUE, TRUE, TRUE, TRUE)


def share_value(variable: ShareVariable) -> QuantityTerm:
    """What a rule sees of a roll-up."""
    return QuantityTerm(
        choose(variable.known, variable.value, number(0)),
        choose(variable.known, variable.value, number(1)),
        TRUE,
        TRUE,
        variable.known,
        variable.known,
        variable.empty,
    )


def open_parameter_value(variable: Variable, declaration: ParameterDeclaration) -> SymbolicValue:
    """What a rule sees of a parameter that may have any value."""
    match declaration.type:
        case FactType.BOOLEAN:
            return TruthTerm(variable.truth, opposite(variable.truth))
        case FactType.ENUMERATION | FactType.DATE:
            return ChoiceTerm(variable.value, TRUE)
        case FactType.COUNT | FactType.NUMBER:
            return QuantityTerm(variable.value, variable.value, TRUE, TRUE, TRUE, TRUE)


def read_facts(variables: Variables, model: Model) -> dict[FactKey, FactValue] | None:
    """The known facts of a model; `None` where a value is irrational, which no record can hold."""
    texts = {code: value for value, code in variables.texts.items()}
    found: dict[FactKey, FactValue] = {}
    for key, variable in variables.facts.items():
        if model.truth(variable.known):
            value = _read(variable, model, texts)
            if value is UNKNOWN:
                return None
            found[key] = cast("FactValue", value)
    return found


def _read(variable: Variable, model: Model, texts: dict[int, str]) -> object:
    if variable.type is FactType.BOOLEAN:
        return model.truth(variable.truth)
    value = model.number(variable.value)
    if value is None:
        return UNKNOWN
    match variable.type:
        case FactType.ENUMERATION:
            return texts[int(value)]
        case FactType.DATE:
            return datetime.date.fromordinal(int(value))
        case _:
            return value


def read_shares(variables: Variables, model: Model) -> dict[tuple[str, str], Rolled] | None:
    """The roll-ups of a model that are not unknown; `None` where a number is irrational."""
    found: dict[tuple[str, str], Rolled] = {}
    for at, counted in variables.counted.items():
        if model.truth(counted.variable.known):
            number_inside = model.number(counted.variable.value)
            if number_inside is None:
                return None
            is_sum = counted.measure is Measure.SUM_OF
            found[at] = number_inside if is_sum else RollUp(int(number_inside), 0)
    for at, variable in variables.shares.items():
        if model.truth(variable.empty):
            found[at] = RollUp(0, 0)
        elif model.truth(variable.known):
            value = model.number(variable.value)
            if value is None:
                return None
            found[at] = _counts(value, found.get(at))
    return found


def _counts(share: Fraction, counted: Rolled | None) -> RollUp:
    """Units of which this share meets something, as many of them as are `counted` where they are."""
    met = counted.met if isinstance(counted, RollUp) and counted.met else share.numerator
    judged = share.denominator if share == 0 else int(met / share)
    return RollUp(met if share else 0, judged - (met if share else 0))
