"""What the names of rules stand for when a rule gets its integer form, and the types of lowered expressions."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from attrs import frozen

from ncriteria.evaluation.program.extents import Extent, Extents
from ncriteria.evaluation.program.tree import Condition, SlotKey
from ncriteria.language.queries import walk
from ncriteria.language.tree import (
    Arithmetic,
    Call,
    Coalesce,
    Date,
    Earlier,
    Expr,
    FactRef,
    Function,
    If,
    Negate,
    Number,
    Parameter,
    ShareMet,
    SumYears,
    Text,
)
from ncriteria.sets.model import FactDeclaration, FactType, ParameterDeclaration, ParameterValue

_CONDITIONS: Final = (Function.ALL, Function.ANY)


@frozen
class Scope:
    """What the names of rules stand for.

    `scales` has, for each number, the factor that makes its values whole; one without a scale and without declared
    decimals may be any rational. `satisfied` names the condition that a
    clause is met or not applicable, by path. `declared` are the extents of the slots that the declarations allow.
    """

    facts: Mapping[str, FactDeclaration]
    parameters: Mapping[str, ParameterDeclaration]
    values: Mapping[str, ParameterValue]
    scales: Mapping[str, int]
    satisfied: Mapping[str, Condition]

    def extents(self, *exprs: Expr) -> Extents:
        """What the declarations allow for the values of the numbers in `exprs`."""
        found: dict[SlotKey, Extent] = {}
        for node in (node for expr in exprs for node in walk(expr) if isinstance(node, FactRef)):
            declaration, scale = self.facts[node.name], self.scales.get(node.name, 1)
            if declaration.type.is_numeric:
                found[node.key] = Extent(_scaled(declaration.minimum, scale), _scaled(declaration.maximum, scale))
        return found


def _scaled(bound: Fraction | None, scale: int) -> int | None:
    return None if bound is None or (bound * scale).denominator != 1 else int(bound * scale)


def kind_of(scope: Scope, expr: Expr) -> FactType:
    """The type of a lowered expression; numbers of either kind are `NUMBER` unless they are one fact."""
    match expr:
        case FactRef(name=name):
            return scope.facts[name].type
        case Parameter(name=name):
            return scope.parameters[name].type
        case Text():
            return FactType.ENUMERATION
        case Date():
            return FactType.DATE
        case Number() | Negate() | Arithmetic() | ShareMet():
            return FactType.NUMBER
        case Call(function=function):
            return FactType.BOOLEAN if function in _CONDITIONS else FactType.NUMBER
        case If(consequence=inner) | Coalesce(operand=inner) | Earlier(operand=inner) | SumYears(operand=inner):
            return kind_of(scope, inner)
        case _:
            return FactType.BOOLEAN
