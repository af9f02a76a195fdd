"""A bounded search for records under which two clauses differ, for where nothing is proved.

Values are tried at and around the numbers of the rules. What is found is certain; that nothing is found is not.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from importlib.util import find_spec
from itertools import islice, product
from math import ceil, floor, prod
from random import Random
from typing import TYPE_CHECKING, TypeVar

from attrs import frozen

from ncriteria.analysis.cases import Row
from ncriteria.analysis.deadline import NEVER, Deadline
from ncriteria.analysis.proof.judging import Pair
from ncriteria.analysis.proof.relation import Way, Witness
from ncriteria.language.queries import walk
from ncriteria.language.tree import Date, Expr, FactKey, FactRef, Number, ShareMet, Text
from ncriteria.sets.model import FactDeclaration, FactType, FactValue, RollUp

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

ROWS = 800
"""How many records are tried one after the other."""
EXAMPLES = 200
"""How many more hypothesis draws, where it is installed, for each way in which the clauses may differ."""

_SHARES = (RollUp(0, 1), RollUp(1, 0), RollUp(1, 1), RollUp(4, 1), RollUp(9, 2), RollUp(0, 0))
_MOST_VALUES = 40
Part = FactKey | tuple[str, str]
"""What a record is made of: facts, and roll-ups by level and path."""
Values = Mapping[Part, FactValue | RollUp]
T = TypeVar("T")


@frozen
class Found:
    """What a search came to: at most one witness for each way, and how many records it tried."""

    witnesses: tuple[Witness, ...]
    tried: int


def search(
    pair: Pair, declared: Mapping[str, FactDeclaration], wanted: Sequence[Way], deadline: Deadline = NEVER
) -> Found:
    """Records under which the clauses of `pair` differ in the ways `wanted`.

    `declared` are the facts by name, as both sets allow them (`relation_facts.joint`). The same search is made each
    time it is asked for, as far as it comes by the `deadline`.
    """
    space = _space(pair, declared)
    found: dict[Way, Witness] = {}
    tried = 0
    for values in islice(_values(space), ROWS):
        if found.keys() >= set(wanted) or deadline.passed:
            break
        tried += 1
        witness = pair.witness(_row(pair, values))
        if witness is not None and witness.way in wanted and witness.way not in found:
            found[witness.way] = _smaller(pair, space, values, witness, deadline)
    if find_spec("hypothesis") is not None:
        for way in wanted:
            if way not in found and not deadline.passed:
                tried += _drawn(pair, declared, space, way, found, deadline)
    return Found(tuple(found.values()), tried)


Space = Mapping[Part, tuple[FactValue | RollUp | None, ...]]


def _space(pair: Pair, declared: Mapping[str, FactDeclaration]) -> Space:
    """The values to try for each part of a record; `None` leaves it unknown."""
    nodes = [node for expr in _expressions(pair) for node in walk(expr)]
    constants = [node.value for node in nodes if isinstance(node, Number)]
    days = [node.value for node in nodes if isinstance(node, Date)] or [datetime.date(max(pair.year, 2), 1, 1)]
    texts = [node.value for node in nodes if isinstance(node, Text)]
    space: dict[Part, tuple[FactValue | RollUp | None, ...]] = {}
    for node in nodes:
        match node:
            case FactRef(key=key):
                space[key] = (*_candidates(declared[key.name], constants, days, texts), None)
            case ShareMet(level=level, path=path):
                space[level, path] = (*_SHARES, None)
            case _:
                pass
    return space


def _expressions(pair: Pair) -> Iterator[Expr]:
    for side in (pair.old, pair.new):
        for clause in side.lowered.clauses.values():
            yield from (expr for expr in (clause.rule, clause.applies_when) if expr is not None)
        for value in side.lowered.parameters.values():
            if isinstance(value, Fraction) and value >= 0:
                yield Number(value)


def _candidates(
    declaration: FactDeclaration, constants: Sequence[Fraction], days: Sequence[datetime.date], texts: Sequence[str]
) -> Sequence[FactValue]:
    match declaration.type:
        case FactType.BOOLEAN:
            return [False, True]
        case FactType.ENUMERATION:
            named = [option for option in declaration.options if option in texts]
            return [*named, *(option for option in declaration.options if option not in texts)][:_MOST_VALUES]
        case FactType.DATE:
            around = (day + datetime.timedelta(days=shift) for day in days for shift in (0, -1, 1) if _shifts(day))
            return list(dict.fromkeys(around))[:_MOST_VALUES]
        case FactType.COUNT | FactType.NUMBER:
            return list(_numbers(declaration, constants))[:_MOST_VALUES]


def _shifts(day: datetime.date) -> bool:
    return datetime.date.min < day < datetime.date.max


def _numbers(declaration: FactDeclaration, constants: Sequence[Fraction]) -> Iterator[Fraction]:
    scale = _scale(declaration)
    ends = [end for end in (declaration.minimum, declaration.maximum) if end is not None]
    # A share of 19/20 turns where 19 of 20 do, so the terms of a fraction are tried too.
    terms = [Fraction(term) for value in constants for term in (value.numerator, value.denominator)]
    raw = [*map(Fraction, range(4)), *ends, *constants, *terms]
    steps = dict.fromkeys(Fraction(end(value * scale)) for value in raw for end in (floor, ceil))
    for value in dict.fromkeys((step + shift) / scale for step in steps for shift in (0, 1, -1)):
        if _fits(declaration, value):
            yield value


def _scale(declaration: FactDeclaration) -> Fraction:
    return Fraction(10) ** (2 if declaration.decimals is None else declaration.decimals)


def _fits(declaration: FactDeclaration, value: Fraction) -> bool:
    above = declaration.minimum is None or value >= declaration.minimum
    return above and (declaration.maximum is None or value <= declaration.maximum)


def _values(space: Space) -> Iterator[Values]:
    """Everything where that is not too much, otherwise a sample that is the same each time."""
    if prod(map(len, space.values())) <= ROWS:
        for chosen in product(*space.values()):
            yield _held(dict(zip(space, chosen, strict=True)))
        return
    draw = Random(0)
    while True:
        yield _held({part: draw.choice(options) for part, options in space.items()})


def _held(chosen: Mapping[Part, FactValue | RollUp | None]) -> Values:
    return {part: value for part, value in chosen.items() if value is not None}


def _row(pair: Pair, values: Values) -> Row:
    facts = {key: value for key, value in values.items() if isinstance(key, FactKey) and not isinstance(value, RollUp)}
    shares = {at: value for at, value in values.items() if not isinstance(at, FactKey) and isinstance(value, RollUp)}
    return Row(facts, pair.year, shares=shares)


def _smaller(pair: Pair, space: Space, values: Values, witness: Witness, deadline: Deadline) -> Witness:
    """A smaller record that differs in the same way: facts left out, then earlier candidates, one at a time."""
    current = dict(values)
    for part in list(current):
        for value in (None, *space[part]):
            if value == current.get(part) or deadline.passed:
                break
            tried = _held({**current, part: value})
            smaller = pair.witness(_row(pair, tried))
            if smaller is not None and smaller.way is witness.way:
                current, witness = dict(tried), smaller
                break
    return witness


def _drawn(
    pair: Pair,
    declared: Mapping[str, FactDeclaration],
    space: Space,
    way: Way,
    found: dict[Way, Witness],
    deadline: Deadline,
) -> int:
    """Look for one way with hypothesis, which also makes what it finds small; says how many records were drawn."""
    import hypothesis
    from hypothesis import strategies as st
    from hypothesis.errors import NoSuchExample

    optional = {part: _strategy(declared, part, options) for part, options in space.items() if options != (None,)}
    rows: SearchStrategy[Values] = st.fixed_dictionaries({}, optional=optional)
    tried = 0
    least: Values | None = None

    def shows(values: Values) -> bool:
        nonlocal tried, least
        if deadline.passed:
            # What was found is still the answer; nothing else is tried.
            return values == least
        tried += 1
        witness = pair.witness(_row(pair, values))
        shown = witness is not None and witness.way is way
        least = values if shown else least
        return shown

    settings = hypothesis.settings(
        max_examples=EXAMPLES,
        database=None,
        derandomize=False,
        deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    try:
        values = hypothesis.find(rows, shows, settings=settings, random=Random(0))
    except NoSuchExample:
        return tried
    witness = pair.witness(_row(pair, values))
    if witness is not None:
        found[way] = witness
    return tried


def _strategy(
    declared: Mapping[str, FactDeclaration], part: Part, options: Sequence[FactValue | RollUp | None]
) -> SearchStrategy[FactValue | RollUp]:
    from hypothesis import strategies as st

    near = st.sampled_from([option for option in options if option is not None])
    if not isinstance(part, FactKey):
        return near
    declaration = declared[part.name]
    if not declaration.type.is_numeric:
        return near
    scale = _scale(declaration)
    least = None if declaration.minimum is None else ceil(declaration.minimum * scale)
    most = None if declaration.maximum is None else floor(declaration.maximum * scale)
    return near | st.integers(least, most).map(lambda steps: steps / scale)
