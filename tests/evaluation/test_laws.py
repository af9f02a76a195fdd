"""Laws of one rule, over generated rules and generated knowledge, against every way that the facts can be."""

from __future__ import annotations

from fractions import Fraction
from itertools import count, product

import pytest
from hypothesis import assume, given, note
from hypothesis import strategies as st

from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.lowering import resolve
from ncriteria.evaluation.records.record import in_view, seen_from
from ncriteria.evaluation.records.simplifying import opposite
from ncriteria.language.parser import parse
from ncriteria.language.printer import show
from ncriteria.language.queries import facts_of
from ncriteria.language.tree import (
    THIS_YEAR,
    And,
    Arithmetic,
    ArithmeticOp,
    Boolean,
    Call,
    Compare,
    CompareOp,
    FactKey,
    FactRef,
    Function,
    Not,
    Number,
    Or,
)
from ncriteria.language.values import Interval, Undefined, bounds
from ncriteria.sets.model import Verdict
from tests.evaluation.completions import NO_VALUE, World, completions, outcome
from tests.evaluation.knowledge import allowed, knowledge, record, tightened
from tests.evaluation.sets import COUNT_DOMAIN, DOMAINS, YEAR, with_rule
from tests.strategies import near_truths, truths

VERDICTS = {True: Verdict.MET, False: Verdict.NOT_MET}
DECIDED = (Verdict.MET, Verdict.NOT_MET)


def keys_of(rule):
    return facts_of(resolve(rule, THIS_YEAR, YEAR))


@st.composite
def rules_with_knowledge(draw, rules=near_truths | truths):
    rule = draw(rules)
    note(show(rule))
    keys = keys_of(rule)
    assume(len(keys) <= 6)
    return rule, draw(knowledge(keys))


def judged(rule, known):
    return with_rule(rule).judge(record(known))["c"]


def worlds(rule, known):
    for facts in completions(allowed(known, keys_of(rule)), YEAR):
        yield World(YEAR, facts)


@given(rules_with_knowledge())
def test_a_decided_verdict_is_the_truth_whatever_the_missing_facts_are(case):
    rule, known = case
    outcomes = {outcome(world, rule) for world in worlds(rule, known)}
    try:
        verdict = judged(rule, known).verdict
    except EvaluationError:
        assert outcomes == {NO_VALUE}
        return
    if verdict in DECIDED:
        assert {VERDICTS[truth] for truth in outcomes - {NO_VALUE}} <= {verdict}
    if len(outcomes) == 1 and len(list(worlds(rule, known))) == 1 and outcomes != {NO_VALUE}:
        assert verdict is VERDICTS[outcomes.pop()]


def steps_of(step):
    return [step, *(inner for part in step.parts for inner in steps_of(part))]


@given(rules_with_knowledge())
def test_every_number_of_a_trace_is_a_fraction(case):
    rule, known = case
    try:
        found = judged(rule, known)
    except EvaluationError:
        return
    for step in steps_of(found.rule):
        assert type(step.value) is not int
        if isinstance(step.value, Interval):
            assert {type(end) for end in bounds(step.value)} <= {Fraction, type(None)}


def has_no_value_in_a_part(step):
    return isinstance(step.value, Undefined) or any(map(has_no_value_in_a_part, step.parts))


@given(rules_with_knowledge(), st.data())
def test_further_knowledge_never_overturns_a_verdict(case, data):
    rule, known = case
    try:
        before = judged(rule, known)
    except EvaluationError:
        return
    more = data.draw(tightened(known, keys_of(rule)))
    try:
        after = judged(rule, more)
    except EvaluationError:
        return
    if before.verdict in DECIDED and after.verdict is Verdict.UNDETERMINED:
        # A branch that may be taken lost its value, for its divisor turned out to be 0: no verdict, never the other.
        assert has_no_value_in_a_part(after.rule)
        return
    if before.verdict in DECIDED:
        assert after.verdict is before.verdict
    assert set(after.missing) <= set(before.missing)


@given(rules_with_knowledge())
def test_the_residual_says_of_the_missing_facts_what_the_rule_says(case):
    rule, known = case
    try:
        left = judged(rule, known)
    except EvaluationError:
        return
    for world in worlds(rule, known):
        truth = outcome(world, rule)
        if truth != NO_VALUE:
            assert world.value(left.residual) is truth
    if left.verdict in DECIDED:
        assert left.residual == Boolean(left.verdict is Verdict.MET)
        assert left.missing == ()
    assert parse(show(left.residual)) == left.residual
    assert set(left.missing) == set(facts_of(left.residual))
    missing = set(seen_from(dict.fromkeys(left.missing), YEAR))
    assert not {key for key, value in known.items() if len(allowed({key: value}, [key])[key]) == 1} & missing


@given(rules_with_knowledge())
def test_a_fact_that_is_not_missing_cannot_change_the_verdict(case):
    rule, known = case
    try:
        left = judged(rule, known)
    except EvaluationError:
        return
    truths_by_missing = {}
    for world in worlds(rule, known):
        truth = outcome(world, rule)
        if truth != NO_VALUE:
            waiting = tuple(world.facts[key.name, YEAR - in_view(key.period, YEAR).years] for key in left.missing)
            truths_by_missing.setdefault(waiting, set()).add(truth)
    assert all(len(found) == 1 for found in truths_by_missing.values())


_NAMES = [f"f{number}" for number in range(8)]


@st.composite
def rules_that_mention_each_fact_once(draw):
    """Comparisons with order, `and`, `or`, `not` and counts, in which no fact stands twice."""
    fresh = count()

    def number():
        fact = FactRef(_NAMES[next(fresh)])
        factor = draw(st.integers(1, 3))
        return fact if factor == 1 else Arithmetic(ArithmeticOp.MUL, Number(Fraction(factor)), fact)

    def comparison():
        op = draw(st.sampled_from((CompareOp.LT, CompareOp.LE, CompareOp.GT, CompareOp.GE)))
        limit = number() if draw(st.booleans()) else Number(Fraction(draw(st.integers(0, 7)), 2))
        return Compare(op, number(), limit)

    def truth(depth):
        kind = draw(st.sampled_from(("compare", "not", "and", "or", "count"))) if depth else "compare"
        if kind == "compare":
            return comparison()
        if kind == "not":
            return Not(truth(depth - 1))
        inner = (truth(depth - 1), truth(depth - 1))
        if kind == "count":
            return Compare(CompareOp.GE, Call(Function.COUNT_TRUE, inner), Number(Fraction(draw(st.integers(0, 3)))))
        return And(inner) if kind == "and" else Or(inner)

    return truth(2)


@given(rules_that_mention_each_fact_once(), st.data())
def test_where_each_fact_stands_once_the_rule_is_decided_exactly_when_the_missing_facts_cannot_change_it(rule, data):
    domains = dict.fromkeys(_NAMES, COUNT_DOMAIN)
    keys = facts_of(rule)
    known = data.draw(knowledge(keys, domains))
    renamed = _with_facts(rule)
    outcomes = {World(YEAR, facts).value(rule) for facts in completions(allowed(known, keys, domains), YEAR)}
    verdict = renamed.judge(record(known))["c"].verdict
    assert verdict is (VERDICTS[outcomes.pop()] if len(outcomes) == 1 else Verdict.UNDETERMINED)


def _with_facts(rule):
    """The rule in a set that declares its facts as counts from 0 to 3."""
    from attrs import evolve

    from ncriteria.evaluation.criteria import Criteria

    definition = with_rule(rule).definition
    crimes = definition.facts["crimes"]
    return Criteria(evolve(definition, facts={name: evolve(crimes, name=name) for name in _NAMES}))


TRUTHS = {"true": True, "false": False, "has_border": None}


@pytest.mark.parametrize(("one", "other"), list(product(TRUTHS, TRUTHS)))
def test_equality_of_truths_is_unknown_where_one_is(one, other):
    other_text = "resolution" if other == "has_border" else other
    decided = None not in (TRUTHS[one], TRUTHS[other])
    equal = judged(parse(f"{one} = {other_text}"), {}).verdict
    unequal = judged(parse(f"{one} != {other_text}"), {}).verdict
    same = TRUTHS[one] is TRUTHS[other]
    assert equal is (VERDICTS[same] if decided else Verdict.UNDETERMINED)
    assert unequal is (VERDICTS[not same] if decided else Verdict.UNDETERMINED)


@pytest.mark.parametrize(("consequence", "alternative"), list(product(TRUTHS, TRUTHS)))
@pytest.mark.parametrize("condition", TRUTHS)
def test_a_conditional_on_something_unknown_is_known_only_where_both_branches_agree(
    condition, consequence, alternative
):
    texts = [
        condition,
        *(
            {"has_border": fact}.get(branch, branch)
            for branch, fact in ((consequence, "resolution"), (alternative, "prev_year.resolution"))
        ),
    ]
    branches = (TRUTHS[consequence], TRUTHS[alternative])
    chosen = branches[0] if TRUTHS[condition] else branches[1]
    if TRUTHS[condition] is None:
        chosen = branches[0] if branches[0] is branches[1] else None
    verdict = judged(parse("if {} then {} else {}".format(*texts)), {}).verdict
    assert verdict is VERDICTS.get(chosen, Verdict.UNDETERMINED)


def test_every_fact_of_the_generated_rules_has_a_domain():
    assert set(DOMAINS) == set(with_rule("true").facts)
    assert FactKey("crimes") == FactRef("crimes").key


@pytest.mark.parametrize("op", CompareOp)
@pytest.mark.parametrize("left", range(3))
def test_the_opposite_of_a_comparison_is_its_negation_at_ties_too(op, left):
    condition = Compare(op, Number(Fraction(left)), Number(Fraction(1)))
    assert isinstance(opposite(condition), Compare)
    assert World(YEAR, {}).value(opposite(condition)) is not World(YEAR, {}).value(condition)
