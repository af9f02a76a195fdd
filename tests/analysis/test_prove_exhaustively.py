"""Proofs against every record of a small domain, and against records that hypothesis draws."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import prod

import pytest
from attrs import evolve
from hypothesis import assume, event, example, given, settings
from hypothesis import strategies as st

from ncriteria.analysis.cases import Row
from ncriteria.analysis.proof.common_facts import declared_facts
from ncriteria.analysis.proof.judging import Pair, TwoSets
from ncriteria.analysis.proof.relation import ClauseRelation, Relation, Way, Witness, relation_of
from ncriteria.analysis.proof.relation_years import settings as year_settings
from ncriteria.language.queries import facts_of, walk
from ncriteria.language.tree import (
    DAY_PARTS,
    Ago,
    And,
    Arithmetic,
    AssessmentYear,
    Boolean,
    Call,
    Compare,
    CompareOp,
    Date,
    Expr,
    FactKey,
    FactRef,
    Not,
    Or,
    Within,
)
from ncriteria.sets.model import CriteriaSet, FactDeclaration, FactType, FactValue
from tests.analysis.generated_sets import YEAR, criteria_of, declarations
from tests.strategies import DAY, expressions, truths

pytest.importorskip("z3")

from ncriteria.analysis.deadline import deadline_in
from ncriteria.analysis.proof.solving.pairs import prove_pair

MOST_RECORDS = 700


def _small_declarations() -> dict[str, FactDeclaration]:
    """The facts of the generated rules, with counts of at most 3."""
    return {
        name: evolve(declared, maximum=Fraction(3)) if declared.type is FactType.COUNT else declared
        for name, declared in declarations().items()
    }


def _is_of_small_domains(rule: Expr) -> bool:
    """Whether the days of a rule are compared as they stand: moved days and parts of days lead to the ends of time."""
    return not any(
        isinstance(node, (Within, AssessmentYear))
        or (isinstance(node, Call) and node.function in DAY_PARTS)
        or (isinstance(node, Arithmetic) and _is_of_days(node))
        for node in walk(rule)
    )


def _is_of_days(part: Expr) -> bool:
    return any(isinstance(node, Date) for node in walk(part)) or any(key.name == DAY for key in facts_of(part))


rules = (truths | expressions).filter(_is_of_small_domains)
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
    days = sorted({node.value for rule in rules for node in walk(rule) if isinstance(node, Date)})
    keys = dict.fromkeys(key for rule in rules for key in facts_of(rule))
    dates = sum(_small_declarations()[key.name].type is FactType.DATE for key in keys)
    return {key: [*_values(_small_declarations()[key.name], days, dates), None] for key in keys}


def _values(declared: FactDeclaration, days: list[datetime.date], dates: int) -> list[FactValue]:
    """The values of a fact; of days those around the rules' own, and one for each of the `dates` that can differ."""
    match declared.type:
        case FactType.BOOLEAN:
            return [False, True]
        case FactType.ENUMERATION:
            return list(declared.options)
        case FactType.DATE:
            around = {day + datetime.timedelta(days=shift) for day in days for shift in (-1, 0, 1)}
            return sorted(around | {datetime.date(YEAR, 1, 1 + number) for number in range(dates)})
        case _:
            return [Fraction(value) for value in range(4)]


def _records(domain: dict[FactKey, list[FactValue | None]]) -> Iterator[Row]:
    for values in product(*domain.values()):
        held = {key: value for key, value in zip(domain, values, strict=True) if value is not None}
        yield Row(held, YEAR)


def _ways(witnesses: list[Witness]) -> set[Way]:
    found = {witness.way for witness in witnesses}
    return found - {Way.OTHERWISE} if found & {Way.STRICTER, Way.LOOSER} else found


def _proved(both: Pair) -> ClauseRelation:
    found = prove_pair(both, declared_facts(both.old.lowered, both.new.lowered), deadline_in(1))
    event(f"{found.relation}, {'proved' if found.proved else 'unproved'}")
    return found


@given(edits)
@example((Boolean(False), Compare(CompareOp.NE, FactRef(DAY), FactRef(DAY, Ago(1)))))
@settings(max_examples=30)
def test_a_proof_says_of_a_small_domain_what_trying_every_record_says(edit: tuple[Expr, Expr]) -> None:
    both = _pair(*edit)
    domain = _domain(both)
    assume(prod(map(len, domain.values())) <= MOST_RECORDS)
    found = _proved(both)
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
@settings(max_examples=20)
def test_a_pair_that_is_proved_equivalent_never_differs(edit: tuple[Expr, Expr], data: st.DataObject) -> None:
    both = _pair(*edit)
    found = _proved(both)
    assume(found.proved and found.relation is Relation.EQUIVALENT)
    domain = _domain(both)
    for _ in range(20):
        values = data.draw(st.fixed_dictionaries({key: st.sampled_from(options) for key, options in domain.items()}))
        row = Row({key: value for key, value in values.items() if value is not None}, YEAR)
        assert both.witness(row) is None
