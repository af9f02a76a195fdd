"""The facts of a record as variables: each a value and whether it is known. Bounds of a value are not among them."""

from __future__ import annotations

import datetime
from fractions import Fraction
from math import ceil, floor
from typing import cast

from attrs import evolve, field, frozen

from ncriteria.analysis.proof.common_facts import joint
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
from ncriteria.language.tree import FactKey, ShareMet
from ncriteria.language.values import UNKNOWN
from ncriteria.sets.model import FactDeclaration, FactType, FactValue, ParameterDeclaration, RollUp


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


@frozen
class Variables:
    """The variables of one question; `declarations` are those of both sets by name."""

    declarations: dict[str, tuple[FactDeclaration, ...]]
    facts: dict[FactKey, Variable] = field(factory=dict)
    shares: dict[tuple[str, str], ShareVariable] = field(factory=dict)
    parameters: dict[str, Variable] = field(factory=dict)
    texts: dict[str, int] = field(factory=dict)

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

    def share(self, leaf: ShareMet) -> ShareVariable:
        """The variable of a roll-up."""
        at = (leaf.level, leaf.path)
        if at not in self.shares:
            name = f"share_met({leaf.level}, {leaf.path})"
            value, known, empty = real_variable(name), truth_variable(f"known {name}"), truth_variable(f"empty {name}")
            domain = both(at_most(number(0), value), at_most(value, number(1)), opposite(both(known, empty)))
            self.shares[at] = ShareVariable(known, empty, value, domain)
        return self.shares[at]

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
                domain = both(at_most(whole(1), value), at_most(value, whole(datetime.date.max.toordinal())))
                return Variable(declaration.type, known, value, domain, value)
            case FactType.COUNT | FactType.NUMBER:
                return _number_variable(name, known, declaration)

    @property
    def domain(self) -> list[Formula]:
        """What may be, of all variables."""
        return [
            *(variable.domain for variable in self.facts.values()),
            *(variable.domain for variable in self.shares.values()),
            *(variable.domain for variable in self.parameters.values()),
        ]

    @property
    def known(self) -> list[Formula]:
        """Whether each fact and share is known."""
        shares = [either(variable.known, variable.empty) for variable in self.shares.values()]
        return [variable.known for variable in self.facts.values()] + shares


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


def read_shares(variables: Variables, model: Model) -> dict[tuple[str, str], RollUp] | None:
    """The roll-ups of a model that are not unknown; `None` where a share is irrational."""
    found: dict[tuple[str, str], RollUp] = {}
    for at, variable in variables.shares.items():
        if model.truth(variable.empty):
            found[at] = RollUp(0, 0)
        elif model.truth(variable.known):
            value = model.number(variable.value)
            if value is None:
                return None
            found[at] = RollUp(value.numerator, value.denominator - value.numerator)
    return found
