"""What the rules of a slice ask for, and the values of each fact that are worth a try: on the boundaries and beside.

Values are worked out for a fact when they are asked for, so that a search which ends early costs little.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, islice, product
from math import floor

from attrs import field

from ncriteria.analysis.deadline import NEVER, Deadline
from ncriteria.analysis.telling import boundaries
from ncriteria.analysis.telling.turning_points import turning_points
from ncriteria.evaluation.lowering import LoweredSet
from ncriteria.language import tree as t
from ncriteria.language.queries import parts, walk
from ncriteria.language.values import UNKNOWN, Unknown
from ncriteria.quick_classes import define, frozen
from ncriteria.sets.model import CriteriaSet, FactDeclaration, FactType, FactValue, ParameterValue, Rolled, RollUp

PLAIN_NUMBERS = tuple(map(Fraction, (0, 1, 2, 10, 20, 100)))
"""Numbers that every fact of a plain row has; a reader can follow 19 of 20."""
_MOST_OWN = 24
_LEAST_YEAR = 1900
"""A number above it may be a year."""
_MOST_DAYS = 10_000
"""A number of days that lie between two days of one record."""
_MOST_UNITS = 1_000
"""More units inside one than are worth a try."""
_SOME_DAY = datetime.date(2024, 1, 1)

Share = tuple[str, str]
Key = t.FactKey | Share
Candidate = FactValue | Rolled | None


@frozen
class _Boundary:
    """A threshold of the rules, multiplied out where it is linear, with the values of the parameters in it."""

    threshold: boundaries.Threshold
    constants: tuple[Fraction, ...]
    parameters: Mapping[str, Fraction]
    form: boundaries.Linear | None
    total: Fraction

    def numbers(self, declaration: FactDeclaration, leaf: t.FactRef, base: Fraction) -> list[Fraction]:
        """The values of a fact at and beside the boundary where all other facts are `base`."""
        step = boundaries.smallest_step(declaration, self.constants)
        if self.form is None:
            return list(turning_points(self.threshold, leaf, base, self.parameters, step))
        factor = self.form.factors[leaf]
        return around(-(self.form.constant + base * (self.total - factor)) / factor, step)


def _boundaries(lowered: LoweredSet) -> Iterator[tuple[t.FactRef, _Boundary]]:
    """Each boundary with each fact that can bring a row to it."""
    part = lowered.criteria
    values = {name: value for name, value in lowered.parameters.items() if isinstance(value, Fraction)}
    comparisons = (node for expr in lowered.exprs for node in walk(expr) if isinstance(node, (t.Compare, t.InRange)))
    for comparison in dict.fromkeys(comparisons):
        constants = boundaries.constants_of(part, comparison)
        for threshold in boundaries.thresholds(comparison):
            form = boundaries.difference(threshold, values)
            total = Fraction(0) if form is None else sum(form.factors.values(), Fraction(0))
            boundary = _Boundary(threshold, constants, values, form, total)
            for leaf in _numeric_facts(part, threshold):
                if form is None or leaf in form.factors:
                    yield leaf, boundary


def numbers_on_boundaries(lowered: LoweredSet) -> dict[t.FactKey, list[Fraction]]:
    """For each fact the values at and beside the boundaries, where all other facts have one plain number."""
    found: dict[t.FactKey, list[Fraction]] = {}
    for leaf, boundary in _boundaries(lowered):
        for base in PLAIN_NUMBERS:
            found.setdefault(leaf.key, []).extend(boundary.numbers(lowered.criteria.facts[leaf.name], leaf, base))
    return found


@define(eq=False)
class SliceVariables:
    """What rules ask for; `bases` are the numbers of plain rows."""

    facts: tuple[t.FactKey, ...]
    shares: tuple[Share, ...]
    parameters: tuple[str, ...]
    bases: tuple[Fraction, ...]
    _declared: Mapping[str, FactDeclaration]
    _days: tuple[datetime.date, ...]
    _inside: Mapping[Share, tuple[Rolled | None, ...]]
    _boundaries: Mapping[t.FactKey, Sequence[tuple[t.FactRef, _Boundary]]]
    _deadline: Deadline
    _near: dict[t.FactKey, Mapping[Fraction, tuple[Fraction, ...]]] = field(factory=dict)
    _candidates: dict[t.FactKey, tuple[Candidate, ...]] = field(factory=dict)

    @property
    def keys(self) -> tuple[Key, ...]:
        """The facts, then the roll-ups."""
        return (*self.facts, *self.shares)

    def type_of(self, key: t.FactKey) -> FactType:
        """The declared type of a fact."""
        return self._declared[key.name].type

    def fits(self, key: t.FactKey, number: Fraction) -> bool:
        """Whether a fact can be this number."""
        return boundaries.is_possible(self._declared[key.name], number)

    def near(self, key: Key, base: Fraction) -> tuple[Fraction, ...]:
        """The values of a fact at and beside the boundaries where all other facts are `base`; raises as looking up."""
        return self._numbers(key)[base] if isinstance(key, t.FactKey) else ()

    def candidates(self, key: Key) -> tuple[Candidate, ...]:
        """All values worth a try, `None` for an unknown one first, then the plainest; may raise `OutOfTimeError`."""
        if not isinstance(key, t.FactKey):
            return self._inside[key]
        if key not in self._candidates:
            numbers = chain(self.bases, *self._numbers(key).values())
            self._candidates[key] = tuple(_fact_values(self._declared[key.name], numbers, self._days))
        return self._candidates[key]

    def telling_first(self, key: t.FactKey) -> tuple[Candidate, ...]:
        """All values worth a try, those at and beside boundaries first."""
        near = chain.from_iterable(self._numbers(key).values())
        return tuple(dict.fromkeys([*near, *self.candidates(key)]))

    def _numbers(self, key: t.FactKey) -> Mapping[Fraction, tuple[Fraction, ...]]:
        """The possible values on boundaries by plain number."""
        if key not in self._near:
            found: dict[Fraction, dict[Fraction, None]] = {base: {} for base in self.bases}
            for leaf, boundary in self._boundaries.get(key, ()):
                for base in self.bases:
                    self._deadline.check()
                    found[base].update(dict.fromkeys(boundary.numbers(self._declared[key.name], leaf, base)))
            self._near[key] = {
                base: tuple(number for number in numbers if self.fits(key, number)) for base, numbers in found.items()
            }
        return self._near[key]


def variables_of(
    sides: Sequence[LoweredSet], facts: Mapping[str, FactDeclaration], deadline: Deadline = NEVER
) -> SliceVariables:
    """What the rules of all `sides` ask for, such as those before and after an edit; `facts` are declared by name."""
    nodes = [node for expr in dict.fromkeys(expr for side in sides for expr in side.exprs) for node in walk(expr)]
    by_fact: dict[t.FactKey, list[tuple[t.FactRef, _Boundary]]] = {}
    for leaf, boundary in (found for side in sides for found in _boundaries(side)):
        deadline.check()
        by_fact.setdefault(leaf.key, []).append((leaf, boundary))
    inside = {(node.level, node.path): node for node in nodes if isinstance(node, t.Within)}
    constants = [boundaries.constants_of(side.criteria, expr) for side in sides for expr in side.exprs]
    return SliceVariables(
        tuple(dict.fromkeys(node.key for node in nodes if isinstance(node, t.FactRef))),
        tuple(inside),
        tuple(dict.fromkeys(node.name for node in nodes if isinstance(node, t.Parameter))),
        _bases(sides, nodes),
        facts,
        tuple(_days(sides, nodes)),
        {at: tuple(dict.fromkeys(_values_inside(facts, asked, constants))) for at, asked in inside.items()},
        by_fact,
        deadline,
    )


def _bases(sides: Sequence[LoweredSet], nodes: Sequence[t.Expr]) -> tuple[Fraction, ...]:
    """Numbers that every fact of a plain row has: those that a reader follows, then those of the rules."""
    parameters = [value for side in sides for value in side.parameters.values() if isinstance(value, Fraction)]
    own = dict.fromkeys([*(node.value for node in nodes if isinstance(node, t.Number)), *parameters])
    return tuple(
        dict.fromkeys([*PLAIN_NUMBERS, *islice((value for value in own if value not in PLAIN_NUMBERS), _MOST_OWN)])
    )


def _days(sides: Sequence[LoweredSet], nodes: Sequence[t.Expr]) -> Iterator[datetime.date]:
    """The days that the rules mention, those of their parameters in any year included."""
    yield from dict.fromkeys(node.value for node in nodes if isinstance(node, t.Date))
    yield from _days_of_parts(sides, nodes)
    yield from _days_apart(sides, nodes)
    for name in dict.fromkeys(node.name for node in nodes if isinstance(node, t.Parameter)):
        declared = (side.criteria.parameters[name] for side in sides if name in side.criteria.parameters)
        for dated in (dated for parameter in declared for dated in parameter.values):
            if isinstance(dated.value, datetime.date):
                yield dated.value


def _days_of_parts(sides: Sequence[LoweredSet], nodes: Sequence[t.Expr]) -> Iterator[datetime.date]:
    """Where rules ask for parts of days: the days that begin the months of the years that they name."""
    asked = {node.function for node in nodes if isinstance(node, t.Call)} & t.DAY_PARTS
    if asked:
        numbers = [node.value for node in nodes if isinstance(node, t.Number)]
        named = [int(one) for one in numbers if one.denominator == 1 and _LEAST_YEAR < one < datetime.MAXYEAR]
        years = dict.fromkeys(named) or dict.fromkeys(side.year or _SOME_DAY.year for side in sides)
        months = (1,) if asked == {t.Function.YEAR} else range(1, 13)
        yield from (datetime.date(year, month, 1) for year in islice(years, _MOST_OWN) for month in months)
        yield from (datetime.date(year + 1, 1, 1) for year in islice(years, _MOST_OWN))


def _days_apart(sides: Sequence[LoweredSet], nodes: Sequence[t.Expr]) -> Iterator[datetime.date]:
    """Where rules count days: days that lie as far from each other as the numbers that they name."""
    facts = {name: declared for side in sides for name, declared in side.criteria.facts.items()}
    sums = (node for node in nodes if isinstance(node, t.Arithmetic))
    operands = [part for node in sums for part in parts(node) if isinstance(part, t.FactRef)]
    if any(facts[part.name].type is FactType.DATE for part in operands):
        numbers = dict.fromkeys(int(node.value) for node in nodes if isinstance(node, t.Number))
        days = [number for number in numbers if 0 < number < _MOST_DAYS]
        yield from (_SOME_DAY + datetime.timedelta(count) for count in (0, *islice(days, _MOST_OWN)))


def _numeric_facts(part: CriteriaSet, threshold: boundaries.Threshold) -> list[t.FactRef]:
    nodes = (node for side in (threshold.left, threshold.right) for node in walk(side))
    refs = (node for node in nodes if isinstance(node, t.FactRef) and part.facts[node.name].type.is_numeric)
    return list(dict.fromkeys(refs))


def solved(form: boundaries.Linear, leaf: t.FactRef, values: Mapping[t.FactKey, Fraction]) -> Fraction:
    """The value of `leaf` at which the form is 0 where the other facts have `values`."""
    others = sum((factor * values[other.key] for other, factor in form.factors.items() if other != leaf), form.constant)
    return -others / form.factors[leaf]


def around(exact: Fraction, step: Fraction) -> list[Fraction]:
    """`exact` and its neighbours, or the two values beside it where it is no multiple of the `step`."""
    nearest = floor(exact / step) * step
    return [nearest, nearest + step, nearest - step] if nearest == exact else [nearest, nearest + step]


def _fact_values(
    declaration: FactDeclaration, numbers: Iterable[Fraction], days: Sequence[datetime.date]
) -> Iterator[FactValue | None]:
    yield None
    match declaration.type:
        case FactType.BOOLEAN:
            yield from (True, False)
        case FactType.ENUMERATION:
            yield from declaration.options
        case FactType.DATE:
            yield from dict.fromkeys(beside for day in days or [_SOME_DAY] for beside in _around_day(day))
        case _:
            possible = [value for value in numbers if boundaries.is_possible(declaration, value)]
            yield from sorted(dict.fromkeys(possible), key=_plainness)


def _around_day(day: datetime.date) -> Iterator[datetime.date]:
    yield day
    if day > datetime.date.min:
        yield day - datetime.timedelta(1)
    if day < datetime.date.max:
        yield day + datetime.timedelta(1)


def _plainness(value: Fraction) -> tuple[int, Fraction]:
    return (value.denominator, abs(value))


def _values_inside(
    facts: Mapping[str, FactDeclaration], asked: t.Within, constants: Iterable[tuple[Fraction, ...]]
) -> Iterator[Rolled | None]:
    """What may be known of the units inside: nothing, and what lies at and beside the numbers of the rules."""
    yield None
    numbers = dict.fromkeys(number for found in constants for value in found for number in around(value, Fraction(1)))
    if asked.measure is t.Measure.SUM_OF and isinstance(asked.inner, t.FactRef):
        declared = facts[asked.inner.name]
        yield from (number for number in (*numbers, *PLAIN_NUMBERS) if boundaries.is_possible(declared, number))
        return
    for number in (one for one in numbers if 0 <= one <= _MOST_UNITS):
        met = int(number)
        yield from (RollUp(met, 0), RollUp(met, 1), RollUp(met, 0, 1))
    yield from _roll_ups(constants)


def _roll_ups(constants: Iterable[tuple[Fraction, ...]]) -> Iterator[RollUp]:
    shares = dict.fromkeys(value for found in constants for value in found if 0 <= value <= 1)
    for total in (10, 100):
        for value in shares:
            met = floor(value * total)
            for count in (met, met + 1, met - 1):
                if 0 <= count <= total:
                    yield RollUp(count, total - count)
                    if count < total:
                        yield RollUp(count, total - count - 1, 1)


def _parameter_values(lowered: LoweredSet, name: str) -> Iterator[ParameterValue]:
    """The value that holds, then the others that an enumeration, a truth or an open parameter can have."""
    declared = lowered.criteria.parameters[name]
    yield lowered.parameters[name]
    if declared.type is FactType.BOOLEAN:
        yield from (True, False)
    yield from declared.options
    if any(isinstance(dated.value, Unknown) for dated in declared.values):
        yield UNKNOWN


def readings(lowered: LoweredSet, names: Iterable[str]) -> Iterator[dict[str, ParameterValue]]:
    """The values of parameters that tests may set, first those that hold; each reading has what differs from these."""
    values = {name: dict.fromkeys(_parameter_values(lowered, name)) for name in names}
    for setting in product(*values.values()):
        chosen = zip(values, setting, strict=True)
        yield {name: value for name, value in chosen if lowered.parameters[name] != value}
