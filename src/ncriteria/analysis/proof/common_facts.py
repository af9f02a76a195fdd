"""The facts of two sets side by side: what a value must be to fit both, and where they are not one fact at all."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from fractions import Fraction

from attrs import evolve

from ncriteria.evaluation.lowering import LoweredSet
from ncriteria.language.queries import fact_names
from ncriteria.sets.model import FactDeclaration, FactType


def measured(declaration: FactDeclaration) -> Hashable:
    """What may be a value of a fact: its type, unit, range and options, in their order where they have one."""
    options = declaration.options if declaration.ordered else tuple(sorted(declaration.options))
    extent = (declaration.minimum, declaration.maximum, declaration.decimals, declaration.ordered, options)
    return declaration.type, _unit(declaration), *extent


def _unit(declaration: FactDeclaration) -> str | None:
    return declaration.unit.vi if declaration.unit else None


def declared_facts(*lowered: LoweredSet) -> dict[str, tuple[FactDeclaration, ...]]:
    """What the sets declare of each fact, by name."""
    found: dict[str, tuple[FactDeclaration, ...]] = {}
    for one in lowered:
        for name, declaration in one.criteria.facts.items():
            found[name] = (*found.get(name, ()), declaration)
    return found


def used_names(*lowered: LoweredSet) -> Iterator[str]:
    """The names of the facts that the rules mention, each once."""
    rules = (expr for one in lowered for expr in one.exprs)
    yield from dict.fromkeys(name for expr in rules for name in sorted(fact_names(expr)))


def unlike(declared: Mapping[str, Sequence[FactDeclaration]], names: Iterator[str]) -> FactDeclaration | None:
    """The first fact that the sets declare with another type or unit, so that no value is a value of both."""
    for name in names:
        first, *others = declared[name]
        for other in others:
            numeric = first.type.is_numeric and other.type.is_numeric
            if _unit(first) != _unit(other) or not (numeric or first.type is other.type):
                return first
    return None


def narrowed(declared: Mapping[str, Sequence[FactDeclaration]], names: Iterator[str]) -> tuple[str, ...]:
    """The facts of which the sets allow different values."""
    return tuple(name for name in names if len({measured(declaration) for declaration in declared[name]}) > 1)


def joint(declarations: Sequence[FactDeclaration]) -> FactDeclaration:
    """What a value must be to fit every one of `declarations`, which are of one type but for counts and numbers."""
    first, *others = declarations
    result = _as_number(first)
    for other in map(_as_number, others):
        lows = [end for end in (result.minimum, other.minimum) if end is not None]
        highs = [end for end in (result.maximum, other.maximum) if end is not None]
        places = [places for places in (result.decimals, other.decimals) if places is not None]
        result = evolve(
            result,
            minimum=max(lows, default=None),
            maximum=min(highs, default=None),
            decimals=min(places, default=None),
            options=tuple(option for option in result.options if option in other.options),
        )
    return result


def _as_number(declaration: FactDeclaration) -> FactDeclaration:
    """A count as the number without decimals, of zero or more, that it is."""
    if declaration.type is not FactType.COUNT:
        return declaration
    return evolve(declaration, type=FactType.NUMBER, decimals=0, minimum=declaration.minimum or Fraction(0))
