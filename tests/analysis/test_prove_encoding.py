"""The formulas of a rule say of every record what the evaluator says of it."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.judging import judge
from ncriteria.evaluation.lowering import lower
from ncriteria.evaluation.record import Record
from ncriteria.language.tree import Expr, FactKey
from ncriteria.sets.model import FactType, FactValue, RollUp, Verdict
from tests.analysis.generated_sets import PERIODS_SEEN, criteria_of, declarations
from tests.strategies import expressions

pytest.importorskip("z3")

from ncriteria.analysis.proving.facts import Variables
from ncriteria.analysis.proving.solver import (
    Formula,
    Model,
    deadline_in,
    equal,
    number,
    opposite,
    solve,
    whole,
)
from ncriteria.analysis.proving.statuses import encode_set

_VALUES = {
    "crimes": st.integers(0, 4).map(Fraction),
    "số_vụ": st.integers(0, 4).map(Fraction),
    "accidents": st.integers(0, 4).map(Fraction),
    "has_border": st.booleans(),
    "resolution": st.booleans(),
    "status": st.sampled_from(("đạt", "chưa đạt", "chưa xét")),
    "decided_on": st.dates(datetime.date(2020, 1, 1), datetime.date(2026, 12, 31)),
}
records = st.fixed_dictionaries(
    {},
    optional={FactKey(name, period): value for name, value in _VALUES.items() for period in PERIODS_SEEN},
)
shares = st.one_of(
    st.just({}),
    st.builds(
        lambda met, not_met: {("commune", "ntm-19.2:19.2"): RollUp(met, not_met)}, st.integers(0, 3), st.integers(0, 3)
    ),
)


def _fixed(
    variables: Variables, values: dict[FactKey, FactValue], given_shares: dict[tuple[str, str], RollUp]
) -> list[Formula]:
    """That the variables have the values of a record."""
    found: list[Formula] = []
    for key, variable in variables.facts.items():
        value = values.get(key)
        if value is None:
            found.append(opposite(variable.known))
        elif variable.type is FactType.BOOLEAN:
            found += [variable.known, variable.truth if value else opposite(variable.truth)]
        elif isinstance(value, (str, datetime.date)):
            found += [variable.known, equal(variable.value, whole(variables.code(value)))]
        else:
            assert isinstance(value, Fraction)
            found += [variable.known, equal(variable.value, number(value))]
    for at, share in variables.shares.items():
        roll_up = given_shares.get(at)
        if roll_up is None:
            found += [opposite(share.known), opposite(share.empty)]
        elif roll_up.met + roll_up.not_met == 0:
            found += [opposite(share.known), share.empty]
        else:
            value = Fraction(roll_up.met, roll_up.met + roll_up.not_met)
            found += [share.known, equal(share.value, number(value))]
    return found


@given(expressions, records, shares)
@settings(max_examples=200)
def test_formulas_and_evaluator_agree_on_every_record(
    rule: Expr, values: dict[FactKey, FactValue], given_shares: dict[tuple[str, str], RollUp]
) -> None:
    lowered = lower(criteria_of(rule), 2024)
    variables = Variables({name: (declared,) for name, declared in declarations().items()})
    encoded = encode_set(lowered, variables)
    record = _fixed(variables, values, given_shares)
    model = solve([*variables.domain, *record], deadline_in(10))
    assert isinstance(model, Model)
    status = encoded.statuses["rule"]
    try:
        verdict = judge(lowered, Record(values, 2024, given_shares))["rule"].verdict
    except EvaluationError:
        assert any(model.truth(error) for error in encoded.errors.values())
        return
    assert not any(model.truth(error) for error in encoded.errors.values())
    found = (model.truth(status.holds.true), model.truth(status.holds.false))
    assert (
        found
        == {
            Verdict.MET: (True, False),
            Verdict.NOT_MET: (False, True),
            Verdict.UNDETERMINED: (False, False),
        }[verdict]
    )
