"""The solved sets against the record evaluator, value by value, over generated rules and rows."""

from __future__ import annotations

import datetime
from fractions import Fraction

from hypothesis import event, given
from hypothesis import strategies as st

from ncriteria.analysis.room.ends import Reason
from ncriteria.analysis.room.rooms import Progress, room_of
from ncriteria.analysis.room.value_sets import Choices
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.lowering import lower
from ncriteria.evaluation.records.judging import judge
from ncriteria.evaluation.records.record import Record
from ncriteria.language.queries import facts_of
from ncriteria.language.tree import (
    THIS_YEAR,
    Ago,
    Arithmetic,
    ArithmeticOp,
    Call,
    Coalesce,
    Compare,
    CompareOp,
    FactKey,
    FactRef,
    Function,
    If,
    Met,
    Negate,
    Not,
    Number,
    Or,
)
from ncriteria.language.values import Interval
from ncriteria.sets.model import WHOLE_SET, Combination, FactType, Group, RollUp, Verdict
from ncriteria.sets.sources import Bilingual
from tests.analysis.room.room_sets import YEAR, clause, with_clauses
from tests.strategies import COUNTS, comparisons, expressions, number_literals, truths

COUNTED = tuple(map(Fraction, (*range(12), 19, 20, 21, 58, 100, 997, 10**6)))
TINY = Fraction(1, 10**9)


def evaluated(lowered, record, key, value):
    """The verdicts that the evaluator gives with the fact at `value`, by path; `None` where a rule has no value."""
    known = {**record.values, key: value}
    try:
        result = judge(lowered, Record(known, record.year, record.shares))
    except EvaluationError:
        return None
    return {WHOLE_SET: result.verdict, **{path: found.verdict for path, found in result.clauses.items()}}


def sets_of(found):
    """The sets of a room by what they stand for."""
    return {
        Verdict.MET: found.met,
        Verdict.NOT_MET: found.not_met,
        Verdict.UNDETERMINED: found.undetermined,
        Verdict.NOT_APPLICABLE: found.not_applicable,
        None: found.no_value,
        **{refused.reason: refused.values for refused in found.not_solved},
    }


def values_to_try(found):
    """Values of a fact to ask the evaluator about: small ones, and those at and around every end of a span."""
    if isinstance(found.met, Choices):
        return found.met.domain
    spans = [span for values in sets_of(found).values() for span in values.spans]
    ends = {end for span in spans for end in (span.low, span.high) if end is not None}
    step = found.met.step
    near = (-TINY, 0, TINY, Fraction(1, 2)) if step is None else (-step, 0, step)
    tried = {Fraction(number) for number in COUNTED} | {end + by for end in ends for by in near}
    if step is None:
        tried |= {-number for number in COUNTED} | {number / 7 for number in COUNTED}
    inside = sorted(number for number in tried if number in found.met.domain)
    return [datetime.date.fromordinal(int(number)) for number in inside] if found.met.days else inside


def check(criteria, record, key):
    """Every set of every clause against the evaluator; gives how many values were solved, and how many were not."""
    lowered = lower(criteria.definition, record.year)
    found = room_of(lowered, record, [str(key)])
    rooms = [clause.facts[key] for clause in found.clauses.values() if key in clause.facts]
    tried = dict.fromkeys(value for one in rooms for value in values_to_try(one))
    verdicts = {value: evaluated(lowered, record, key, value) for value in tried}
    counted = [0, 0]
    for one in rooms:
        for value, truth in verdicts.items():
            (said,) = [meaning for meaning, values in sets_of(one).items() if value in values]
            counted[isinstance(said, Reason)] += 1
            # Where one rule has no value the evaluator gives no verdict on any clause.
            if not isinstance(said, Reason) and (truth is not None or one.path == WHOLE_SET):
                assert said is (None if truth is None else truth[one.path]), (one.path, value)
        check_near_misses(lowered, record, key, one)
    return counted


def check_near_misses(lowered, record, key, one):
    """The near misses of a count against the evaluator's verdicts at the value and one either way."""
    now = record.values.get(key)
    turned = {miss.change: (miss.before, miss.after) for miss in one.near_misses}
    if not isinstance(now, Fraction) or one.met.step != 1 or key.period != THIS_YEAR or one.not_solved:
        return
    at = {step: evaluated(lowered, record, key, now + step) for step in (-1, 0, 1) if now + step in one.met.domain}
    for step in at.keys() - {0} if 0 in at and (one.path == WHOLE_SET or None not in at.values()) else ():
        before, after = (None if truth is None else truth[one.path] for truth in (at[0], at[step]))
        assert turned.get(step) == (None if before is after else (before, after)), (one.path, step)


known_counts = st.one_of(
    st.none(),
    st.sampled_from(COUNTED),
    st.builds(Interval, st.sampled_from(COUNTED[:8]), st.none()),
    st.builds(Interval, st.none(), st.sampled_from(COUNTED[:8])),
    st.builds(lambda low, more: Interval(low, low + more), st.sampled_from(COUNTED[:8]), st.sampled_from(COUNTED[1:8])),
)
OTHERS = {
    "has_border": st.none() | st.booleans(),
    "resolution": st.none() | st.booleans(),
    "status": st.none() | st.sampled_from(("đạt", "chưa đạt", "chưa xét")),
    "decided_on": st.none() | st.dates(datetime.date(2020, 1, 1), datetime.date(2026, 12, 31)),
}


@st.composite
def records(draw, keys):
    values = {key: draw(OTHERS.get(key.name, known_counts)) for key in keys}
    shares = draw(st.sampled_from(({}, {("commune", "ntm-19.2:19.2"): RollUp(3, 1, 2)})))
    return Record({key: value for key, value in values.items() if value is not None}, YEAR, shares)


def keys_of(criteria):
    lowered = lower(criteria.definition, YEAR)
    rules = [expr for rules in lowered.clauses.values() for expr in (rules.rule, rules.applies_when) if expr]
    return tuple(dict.fromkeys(key for rule in rules for key in facts_of(rule)))


def told(counted):
    event("solved" if not counted[1] else "partly solved" if counted[0] else "not solved")


@given(st.data(), truths, st.sampled_from((FactType.COUNT, FactType.NUMBER)))
def test_a_solved_rule_says_what_the_evaluator_says_for_every_value(data, rule, kind):
    criteria = with_clauses(clause("c", rule), **dict.fromkeys(COUNTS, kind))
    keys = keys_of(criteria)
    if not keys:
        return
    record, key = data.draw(records(keys)), data.draw(st.sampled_from(keys))
    told(check(criteria, record, key))


count_leaves = st.sampled_from([FactRef("crimes"), FactRef("crimes"), FactRef("crimes", Ago(1)), FactRef("accidents")])
simple = st.one_of(
    st.builds(Compare, st.sampled_from(CompareOp), count_leaves, number_literals | count_leaves),
    st.builds(
        lambda op, one, other, limit: Compare(op, Arithmetic(ArithmeticOp.DIV, one, other), limit),
        st.sampled_from(CompareOp),
        count_leaves,
        count_leaves,
        number_literals,
    ),
    st.builds(FactRef, st.just("has_border")),
)
"""Short rules, so that sets of several of them rest on one fact."""
referring = st.builds(
    lambda rule, other: Or((Met("19.2/crime"), rule)) if other else Not(Met("19.2")), simple, st.booleans()
)


small = st.builds(
    Number, st.sampled_from([*map(Fraction, range(8)), Fraction(1, 2), Fraction(19, 20), Fraction(3, 10)])
)


def _dense(inner):
    """Numbers that lean on the fact from several sides: products, quotients, roundings, choices."""
    rounding = st.sampled_from((Function.FLOOR, Function.CEILING, Function.ROUND_HALF_UP, Function.ROUND_HALF_EVEN))
    return st.one_of(
        st.builds(Arithmetic, st.sampled_from(ArithmeticOp), inner, inner),
        st.builds(Negate, inner),
        st.builds(lambda function, operand: Call(function, (operand,)), rounding | st.just(Function.ABS), inner),
        st.builds(lambda operand: Call(Function.ROUND_HALF_UP, (operand, Number(Fraction(1)))), inner),
        st.builds(lambda function, *two: Call(function, two), st.sampled_from(SEVERAL), inner, inner),
        st.builds(
            lambda op, one, other, *two: If(Compare(op, one, other), *two), comparisons, inner, small, inner, inner
        ),
        st.builds(Coalesce, inner, small),
    )


SEVERAL = (Function.MIN, Function.MAX, Function.MEAN, Function.SUM)
dense = st.recursive(count_leaves | small, _dense, max_leaves=6)
dense_rules = st.builds(Compare, comparisons, dense, dense | small)


@given(
    st.data(), dense_rules, st.sampled_from((FactType.COUNT, FactType.NUMBER)), st.sampled_from((None, Fraction(20)))
)
def test_a_rule_that_leans_on_the_fact_from_several_sides_is_solved_exactly(data, rule, kind, maximum):
    criteria = with_clauses(clause("c", rule), maximum=maximum, **dict.fromkeys(COUNTS, kind))
    keys = keys_of(criteria)
    if not keys:
        return
    record, key = data.draw(records(keys)), data.draw(st.sampled_from(keys))
    told(check(criteria, record, key))


def group(path, members, combination, minimum=None, **fields):
    return Group(path, Bilingual(path, path), combination, tuple(members), minimum, **fields)


@st.composite
def sets(draw):
    """A set with a group of clauses of every kind, conditions of application, and references between clauses."""
    rules = [draw(st.one_of(simple, simple, referring, expressions)) for _ in range(3)]
    conditions = [draw(st.one_of(st.none(), st.none(), simple)) for _ in range(3)]
    members = [
        clause(path, rule, applies_when=condition)
        for path, rule, condition in zip(("g/a", "g/b", "g/c"), rules, conditions, strict=True)
    ]
    combination = draw(st.sampled_from(Combination))
    minimum = draw(st.integers(1, 3)) if combination is Combination.AT_LEAST else None
    counts, condition = draw(st.booleans()), draw(st.none() | simple)
    inner = group("g", members, combination, minimum, counts_not_applicable=counts, applies_when=condition)
    referred = [group("19.2", [clause("19.2/crime", draw(simple))], Combination.ALL)]
    return with_clauses(inner, *referred)


@given(st.data(), sets())
def test_a_solved_set_with_groups_and_references_says_what_the_evaluator_says(data, criteria):
    keys = keys_of(criteria)
    if not keys:
        return
    record, key = data.draw(records(keys)), data.draw(st.sampled_from(keys))
    told(check(criteria, record, key))


FINAL = tuple(map(Fraction, range(40)))


@given(st.data(), st.one_of(simple, dense_rules), st.sampled_from(COUNTED[:8]))
def test_what_is_lost_or_certain_so_far_is_so_for_every_final_count(data, rule, so_far):
    criteria, key = with_clauses(clause("c", rule)), FactKey("crimes")
    keys = keys_of(criteria)
    if key not in keys:
        return
    values = {**data.draw(records(keys)).values, key: Interval(so_far, None)}
    lowered = lower(criteria.definition, YEAR)
    found = room_of(lowered, Record(values, YEAR), ["crimes"])["c"].facts[key]
    finals = [evaluated(lowered, Record(values, YEAR), key, so_far + more) for more in FINAL]
    verdicts = {None if truth is None else truth["c"] for truth in finals}
    if found.progress is Progress.LOST:
        assert verdicts == {Verdict.NOT_MET}
    if found.progress is Progress.CERTAIN:
        assert verdicts == {Verdict.MET}
