"""Generated rows of facts for a criteria set, from what it declares and from where its rules turn."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from math import ceil, floor
from typing import TypeVar

from hypothesis import strategies as st

from ncriteria.analysis.cases import Row
from ncriteria.analysis.rule_testing.mutation.edits import numbers_beside
from ncriteria.analysis.slicing import sliced
from ncriteria.analysis.telling import boundaries
from ncriteria.analysis.telling.row_values import around, numbers_on_boundaries, solved
from ncriteria.evaluation.criteria import Criteria, definition_of
from ncriteria.evaluation.inside.told import summed
from ncriteria.evaluation.lowering import LoweredSet, lower
from ncriteria.language import tree as t
from ncriteria.language.queries import walk
from ncriteria.language.values import UNKNOWN, Interval, Unknown
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import CriteriaSet, FactDeclaration, FactType, FactValue, ParameterValue, Rolled, RollUp

K = TypeVar("K")
V = TypeVar("V")
Exact = Fraction | bool | str | datetime.date
_LARGE = 10**6
_TIES = 2
_PLAIN = (Fraction(20), Fraction(100))


def facts_for(
    criteria: Criteria | CriteriaSet,
    *,
    paths: Iterable[str] | None = None,
    year: int | None = None,
    blanks: bool = True,
    bounds: bool = False,
    parameters: bool = True,
) -> st.SearchStrategy[Row]:
    """Rows for the rules of `criteria`, or of the clauses at `paths` and what they rest on.

    A row holds the facts of every year that the rules look at, within their declared ranges: zeros, small and large
    numbers, the values at which a comparison turns and those beside them, and ties with the other facts of the row.
    `blanks` leaves some facts unknown; `bounds` gives some numbers as at least or at most. `parameters` also tries the
    other values of parameters. The assessment `year` is one of those that the set holds for. Rows shrink to few facts
    and small numbers.
    """
    definition = definition_of(criteria)
    part = definition if paths is None else sliced(definition, paths)
    last = part.years.first + 3 if part.years.last is None else part.years.last
    years = [year] if year is not None else list(range(part.years.first, last + 1))
    options = _Options(blanks, bounds, parameters)

    @cache
    def rows_of(chosen: int) -> st.SearchStrategy[Row]:
        return _rows(part, chosen, options)

    return st.sampled_from(years).flatmap(rows_of)


@frozen
class _Options:
    blanks: bool
    bounds: bool
    parameters: bool


@frozen
class _Tie:
    """A comparison that is linear in facts, with the step of each."""

    form: boundaries.Linear
    steps: Mapping[t.FactRef, Fraction]


def _rows(part: CriteriaSet, year: int, options: _Options) -> st.SearchStrategy[Row]:
    lowered = lower(part, year)
    exprs = lowered.exprs
    nodes = [node for expr in exprs for node in walk(expr)]
    numbers = numbers_on_boundaries(lowered)
    keys = dict.fromkeys(node.key for node in nodes if isinstance(node, t.FactRef))
    days = [node.value for node in nodes if isinstance(node, t.Date)]
    facts = {key: known_values(part.facts[key.name], numbers.get(key, ()), days) for key in keys}
    inside = {(node.level, node.path): _known_inside(part, node) for node in nodes if isinstance(node, t.Within)}
    names = dict.fromkeys(node.name for node in nodes if isinstance(node, t.Parameter))
    settings = {name: _settings(part, lowered, name) for name in names} if options.parameters else {}
    ties = _ties(part, lowered, exprs)

    @st.composite
    def row(draw: st.DrawFn) -> Row:
        values = {key: draw(strategy) for key, strategy in facts.items()}
        for _ in range(_TIES if ties else 0):
            tie = draw(st.sampled_from([None, *ties]))
            if tie is not None:
                _bring_to_boundary(draw, part, tie, values)
        given = {key: _given(draw, part.facts[key.name], value, options) for key, value in values.items()}
        return Row(
            facts={key: value for key, value in given.items() if value is not None},
            year=year,
            parameters={name: value for name, value in _drawn(draw, settings).items() if value is not None},
            shares={key: value for key, value in _drawn(draw, inside).items() if value is not None},
        )

    return row()


def _drawn(draw: st.DrawFn, strategies: Mapping[K, st.SearchStrategy[V]]) -> dict[K, V]:
    return {key: draw(strategy) for key, strategy in strategies.items()}


_ROLL_UPS: st.SearchStrategy[RollUp | None] = st.none() | st.builds(
    RollUp, st.integers(0, 100), st.integers(0, 100), st.integers(0, 3)
).filter(lambda roll_up: roll_up.met + roll_up.not_met + roll_up.undetermined > 0)


def _known_inside(part: CriteriaSet, asked: t.Within) -> st.SearchStrategy[Rolled | None]:
    """What may be known of the units inside: how many meet what is asked, or a sum, at times as bounds."""
    if asked.measure is not t.Measure.SUM_OF:
        return _ROLL_UPS
    sums = known_values(summed(part, asked)).filter(lambda value: isinstance(value, Fraction))
    return st.none() | sums.map(_exact) | sums.map(lambda value: Interval(_exact(value), None))


def _exact(value: Exact) -> Fraction:
    assert isinstance(value, Fraction)
    return value


def known_values(
    declaration: FactDeclaration, numbers: Sequence[Fraction] = (), days: Sequence[datetime.date] = ()
) -> st.SearchStrategy[Exact]:
    """Exact values of a fact within its declaration; `numbers` and `days` are worth a try."""
    match declaration.type:
        case FactType.BOOLEAN:
            return st.booleans()
        case FactType.ENUMERATION:
            return st.sampled_from(declaration.options)
        case FactType.DATE:
            near = [value for day in days for value in (day, *_days_around(day))]
            dates = st.dates(datetime.date(2015, 1, 1), datetime.date(2035, 12, 31))
            return st.sampled_from(near) | dates if near else dates
        case _:
            return _numbers(declaration, numbers)


def _days_around(day: datetime.date) -> tuple[datetime.date, datetime.date]:
    return day - datetime.timedelta(1), day + datetime.timedelta(1)


def _numbers(declaration: FactDeclaration, numbers: Sequence[Fraction]) -> st.SearchStrategy[Fraction]:
    step = boundaries.smallest_step(declaration, tuple(numbers))
    low = declaration.minimum if declaration.minimum is not None else Fraction(-_LARGE)
    high = declaration.maximum if declaration.maximum is not None else max(Fraction(_LARGE), low + _LARGE)
    least, most = ceil(low / step), floor(high / step)
    small = st.integers(max(least, min(0, most)), max(least, min(most, floor(30 / step))))
    strategies = [small.map(lambda count: count * step), st.integers(least, most).map(lambda count: count * step)]
    if declaration.type is FactType.NUMBER and declaration.decimals is None:
        thirds = st.integers(ceil(3 * low), floor(3 * min(high, low + _LARGE))).map(lambda count: Fraction(count, 3))
        strategies.append(thirds)
    possible = sorted({value for value in numbers if boundaries.is_possible(declaration, value)})
    return st.one_of(*strategies, *([st.sampled_from(possible)] if possible else []))


def _settings(part: CriteriaSet, lowered: LoweredSet, name: str) -> st.SearchStrategy[ParameterValue | None]:
    """Values that a row may give a parameter in place of its own; `None` leaves it as it is."""
    declared, held = part.parameters[name], lowered.parameters[name]
    others: list[ParameterValue] = list(declared.options)
    if isinstance(held, bool) or declared.type is FactType.BOOLEAN:
        others += [True, False]
    elif isinstance(held, Fraction):
        others += numbers_beside(held, percent=declared.percent)
    if any(isinstance(dated.value, Unknown) for dated in declared.values):
        others.append(UNKNOWN)
    return st.sampled_from([None, *(value for value in others if value != held)])


def _ties(part: CriteriaSet, lowered: LoweredSet, exprs: Sequence[t.Expr]) -> list[_Tie]:
    values = {name: value for name, value in lowered.parameters.items() if isinstance(value, Fraction)}
    found = []
    for comparison in (node for expr in exprs for node in walk(expr) if isinstance(node, (t.Compare, t.InRange))):
        constants = boundaries.constants_of(part, comparison)
        for threshold in boundaries.thresholds(comparison):
            form = boundaries.difference(threshold, values)
            if form is not None and _is_of_numbers(part, form):
                steps = {leaf: boundaries.smallest_step(part.facts[leaf.name], constants) for leaf in form.factors}
                found.append(_Tie(form, steps))
    return found


def _is_of_numbers(part: CriteriaSet, form: boundaries.Linear) -> bool:
    """Whether a form mentions facts, and numbers alone: days are compared by it too."""
    return bool(form.factors) and all(part.facts[leaf.name].type.is_numeric for leaf in form.factors)


def _bring_to_boundary(draw: st.DrawFn, part: CriteriaSet, tie: _Tie, values: dict[t.FactKey, Exact]) -> None:
    """Give one fact of a comparison the value at which it turns, or one beside it.

    The other facts stay as they are, or have one round number.
    """
    leaf = draw(st.sampled_from(list(tie.form.factors)))
    plain = draw(st.sampled_from((None, *_PLAIN)))
    if plain is not None:
        # Round numbers meet a percentage exactly where drawn ones seldom do.
        possible_plain = {other.key for other in tie.steps if boundaries.is_possible(part.facts[other.name], plain)}
        values.update(dict.fromkeys(possible_plain, plain))
    numbers = {key: value for key, value in values.items() if isinstance(value, Fraction)}
    near = around(solved(tie.form, leaf, numbers), tie.steps[leaf])
    possible = [value for value in near if boundaries.is_possible(part.facts[leaf.name], value)]
    if possible:
        values[leaf.key] = draw(st.sampled_from(possible))


def _given(draw: st.DrawFn, declaration: FactDeclaration, value: Exact, options: _Options) -> FactValue | None:
    """What a row says of a fact that has `value`: nothing, the value, or a bound that it keeps."""
    if options.blanks and draw(st.sampled_from(("blank", "known", "known", "known"))) == "blank":
        return None
    if options.bounds and isinstance(value, Fraction) and declaration.type.is_numeric:
        said = draw(st.sampled_from(("exactly", "exactly", "at least", "at most")))
        if said != "exactly":
            return Interval(value, None) if said == "at least" else Interval(None, value)
    return value
