"""A bounded search for records under which two clauses differ, for where nothing is proved.

Values are tried at and around the numbers of the rules, as they are to find rows that tell an edit. What is found is
certain; that nothing is found is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice, product
from math import prod

from ncriteria.analysis.deadline import NEVER, Deadline, OutOfTimeError
from ncriteria.analysis.proof.judging import Pair
from ncriteria.analysis.proof.relation import Way, Witness
from ncriteria.analysis.telling.candidates import Values, drawn, plain_changed, row_of
from ncriteria.analysis.telling.row_values import SliceVariables, variables_of
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import FactDeclaration

_ROWS = 800
"""How many records are tried in order, and how many more are drawn, where not all can be tried."""
_SMALLER = 40
"""How many values of each fact are tried to make a record smaller."""


@frozen
class Found:
    """What a search came to: at most one witness for each way, and how many records it tried."""

    witnesses: tuple[Witness, ...]
    tried: int


def search(
    pair: Pair, declared: Mapping[str, FactDeclaration], wanted: Sequence[Way], deadline: Deadline = NEVER
) -> Found:
    """Records under which the clauses of `pair` differ in the ways `wanted`.

    `declared` are the facts by name, as both sets allow them (`common_facts.joint`). The same search is made each
    time it is asked for, as far as it comes by the `deadline`.
    """
    found: dict[Way, Witness] = {}
    tried = 0
    try:
        variables = variables_of((pair.old.in_year(pair.year), pair.new.in_year(pair.year)), declared, deadline)
        for values in _tried(variables):
            deadline.check()
            if found.keys() >= set(wanted):
                break
            tried += 1
            witness = pair.witness(row_of(pair.year, values))
            if witness is not None and witness.way in wanted and witness.way not in found:
                found[witness.way] = witness
                found[witness.way] = _smaller(pair, variables, values, witness, deadline)
    except OutOfTimeError:
        pass
    return Found(tuple(found.values()), tried)


def _tried(variables: SliceVariables) -> Iterator[Values]:
    """Everything where that is not too much, otherwise plain records with few values changed, then a sample."""
    options = {key: variables.candidates(key) for key in variables.keys}
    if prod(map(len, options.values())) <= _ROWS:
        for values in product(*options.values()):
            yield dict(zip(options, values, strict=True))
        return
    yield from chain(islice(plain_changed(variables), _ROWS), islice(drawn(variables), _ROWS))


def _smaller(pair: Pair, variables: SliceVariables, values: Values, witness: Witness, deadline: Deadline) -> Witness:
    """A smaller record that differs in the same way: facts left out, then plainer values, one at a time."""
    current = dict(values)
    for key, now in values.items():
        for value in variables.candidates(key)[:_SMALLER]:
            if value == now or deadline.passed:
                break
            smaller = pair.witness(row_of(pair.year, {**current, key: value}))
            if smaller is not None and smaller.way is witness.way:
                current[key], witness = value, smaller
                break
    return witness
