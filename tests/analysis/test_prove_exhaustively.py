"""Proofs against every record of a small domain, and against records that hypothesis draws."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import prod
from unittest.mock import patch

import pytest
from attrs import evolve
from hypothesis import assume, event, example, given, settings
from hypothesis import strategies as st

from ncriteria.analysis.cases import Row
from ncriteria.analysis.proof.common_facts import declared_facts
from ncriteria.analysis.proof.judging import Pair, TwoSets
from ncriteria.analysis.proof.relation import ClauseRelation, Relation, Way, Witness, relation_of
from ncriteria.analysis.proof.relation_years import settings as year_settings
from ncriteria.language.parser import parse
from ncriteria.language.queries import facts_of, walk
from ncriteria.language.tree import (
    Ago,
    And,
    Boolean,
    Compare,
    CompareOp,
    Date,
    Expr,
    FactKey,
    FactRef,
    Not,
    Number,
    Or,
    Within,
)
from ncriteria.sets.model import CriteriaSet, FactDeclaration, FactType, FactValue
from tests.analysis.generated_sets import YEAR, criteria_of, declarations
from tests.strategies import DAY, expressions, truths

pytest.importorskip("z3")

from ncriteria.analysis.deadline import deadline_in
from ncriteria.analysis.proof.solving import variables
from ncriteria.analysis.proof.solving.pairs import prove_pair
from ncriteria.analysis.proof.solving.solver import either, equal, whole

MOST_RECORDS = 700


def _small_declarations() -> dict[str, FactDeclaration]:
    """The facts of the generated rules, with counts of at most 3."""
    return {
        name: evolve(declared, maximum=Fraction(3)) if declared.type is FactType.COUNT else declared
        for name, declared in declarations().items()
    }


def _has_no_roll_up(rule: Expr) -> bool:
    return not any(isinstance(node, Within) for node in walk(rule))


rules = (truths | expressions).filter(_has_no_roll_up)
edits = st.one_of(
    st.tuples(rules, rules),
    st.builds(lambda rule, other: (rule, And((rule, other))), rules, rules),
    st.builds(lambda rule, other: (rule, Or((rule, other))), rules, rules),
    st.builds(lambda rule, other: (rule, And((Or((rule, other)), rule))), rules, rules),
    rules.map(lambda rule: (rule, Not(Not(rule)))),
    rules.map(lambda rule: (Or((rule, Not(rule))), Or((Not(rule), rule)))),
)


def _pair(old: Expr, new: Expr) -> Pair:
    before, after = (_set(rule, name) for rule, name in ((old, "test.old"), (new, "test.new")))
    (setting,) = year_settings(before, after, YEAR)
    return TwoSets.of(setting).pair("rule", "rule")


def _set(rule: Expr, name: str) -> CriteriaSet:
    return criteria_of(rule, facts=_small_declarations(), name=name)


def _domain(both: Pair) -> dict[FactKey, list[FactValue | None]]:
    rules = [
        expr
        for side in (both.old, both.new)
        for clause in side.lowered.clauses.values()
        for expr in (clause.rule, clause.applies_when)
        if expr is not None
    ]
    keys = dict.fromkeys(key for rule in rules for key in facts_of(rule))
    days = _calendar(rules)
    return {key: [*_values(_small_declarations()[key.name], days), None] for key in keys}


def _calendar(rules: list[Expr]) -> list[datetime.date]:
    """The few days that there are in a proof: where the rules turn, at ends of years, and two that are like others."""
    nodes = [node for rule in rules for node in walk(rule)]
    written = {node.value for node in nodes if isinstance(node, Date)}
    moves = {int(node.value) for node in nodes if isinstance(node, Number) and 0 < node.value <= 400}
    turning = {
        _later(day, by + beside)
        for day in written
        for by in (0, *moves, *(-move for move in moves))
        for beside in (-1, 0)
    }
    return sorted([*_spread(sorted(turning), 4), *_ENDS_OF_YEARS, datetime.date(YEAR, 5, 5), datetime.date(YEAR, 5, 6)])


_ENDS_OF_YEARS = (datetime.date(2021, 12, 31), datetime.date(2022, 1, 1))


def _later(day: datetime.date, by: int) -> datetime.date:
    return day + datetime.timedelta(days=by)


def _spread(days: list[datetime.date], most: int) -> list[datetime.date]:
    """At most so many of the days, the first and the last among them."""
    step = max(1, -(-len(days) // most))
    return days[::step]


def _values(declared: FactDeclaration, days: list[datetime.date]) -> list[FactValue]:
    """The values of a fact."""
    match declared.type:
        case FactType.BOOLEAN:
            return [False, True]
        case FactType.ENUMERATION:
            return list(declared.options)
        case FactType.DATE:
            return list(days)
        case _:
            return [Fraction(value) for value in range(4)]


def _records(domain: dict[FactKey, list[FactValue | None]]) -> Iterator[Row]:
    for values in product(*domain.values()):
        held = {key: value for key, value in zip(domain, values, strict=True) if value is not None}
        yield Row(held, YEAR)


def _ways(witnesses: list[Witness]) -> set[Way]:
    found = {witness.way for witness in witnesses}
    return found - {Way.OTHERWISE} if found & {Way.STRICTER, Way.LOOSER} else found


def _proved(both: Pair, domain: dict[FactKey, list[FactValue | None]]) -> ClauseRelation:
    """What is proved of records whose days are those of the `domain`."""
    days = {value for key in domain for value in domain[key] if isinstance(value, datetime.date)}
    with patch.object(
        variables, "_is_day", lambda term: either(*(equal(term, whole(one.toordinal())) for one in days))
    ):
        found = prove_pair(both, declared_facts(both.old.lowered, both.new.lowered), deadline_in(1))
    event(f"{found.relation}, {'proved' if found.proved else 'unproved'}")
    return found


@given(edits)
@example((Boolean(False), Compare(CompareOp.NE, FactRef(DAY), FactRef(DAY, Ago(1)))))
@example((parse("year(decided_on) > year(prev_year.decided_on)"), parse("decided_on > prev_year.decided_on")))
@example((parse("decided_on + 30 <= prev_year.decided_on"), parse("prev_year.decided_on - decided_on > 30")))
@example((parse("quarter(decided_on - 1) = 4 and year(decided_on - 1) = 2021"), parse('decided_on <= @"2022-01-01"')))
@settings(max_examples=settings().max_examples // 2)
def test_a_proof_says_of_a_small_domain_what_trying_every_record_says(edit: tuple[Expr, Expr]) -> None:
    both = _pair(*edit)
    domain = _domain(both)
    assume(prod(map(len, domain.values())) <= MOST_RECORDS)
    found = _proved(both, domain)
    witnesses = [witness for row in _records(domain) if (witness := both.witness(row)) is not None]
    if found.proved:
        assert _ways(list(found.witnesses)) == _ways(witnesses)
    assert not found.ruled_out & {witness.way for witness in witnesses}
    if found.when_complete is not None:
        complete = [witness for witness in witnesses if len(witness.row.facts) == len(domain)]
        assert found.when_complete is relation_of(_ways(complete))
    for witness in found.witnesses:
        _check_smallest(witness, witnesses)


def _check_smallest(witness: Witness, others: list[Witness]) -> None:
    alike = [other for other in others if other.way is witness.way]
    assert witness.row.facts in [other.row.facts for other in alike]
    if witness.smallest and witness.way is not Way.OTHERWISE:
        decided = [other for other in alike if {other.old.passes, other.new.passes} == {True, False}]
        assert len(witness.row.facts) == min(len(other.row.facts) for other in decided or alike)


@given(edits, st.data())
@settings(max_examples=settings().max_examples // 5)
def test_a_pair_that_is_proved_equivalent_never_differs(edit: tuple[Expr, Expr], data: st.DataObject) -> None:
    both = _pair(*edit)
    domain = _domain(both)
    found = _proved(both, domain)
    assume(found.proved and found.relation is Relation.EQUIVALENT)
    for _ in range(20):
        values = data.draw(st.fixed_dictionaries({key: st.sampled_from(options) for key, options in domain.items()}))
        row = Row({key: value for key, value in values.items() if value is not None}, YEAR)
        assert both.witness(row) is None
