"""The formulas of a rule say of every record what the evaluator says of it."""

from __future__ import annotations

import datetime
from fractions import Fraction
from itertools import product

import pytest
from attrs import evolve, frozen
from hypothesis import assume, currently_in_test_context, given, settings
from hypothesis import strategies as st

from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.lowering import LoweredSet, lower
from ncriteria.evaluation.records.judging import judge
from ncriteria.evaluation.records.record import Record
from ncriteria.language.parser import parse
from ncriteria.language.tree import Expr, FactKey
from ncriteria.language.values import DayPart
from ncriteria.sets.model import FactDeclaration, FactType, FactValue, RollUp, Verdict
from tests.analysis.generated_sets import PERIODS_SEEN, criteria_of, declarations
from tests.strategies import expressions

pytest.importorskip("z3")

from ncriteria.analysis.deadline import NEVER, deadline_in
from ncriteria.analysis.proof.solving.days import Calendar
from ncriteria.analysis.proof.solving.sets import Encoded, encode_set
from ncriteria.analysis.proof.solving.solver import Model, NoModel, equal, solve, whole, whole_variable
from ncriteria.analysis.proof.solving.variables import Variables
from tests.analysis.solved_records import fixed

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


@given(expressions, records, shares)
@settings(max_examples=settings().max_examples)
def test_formulas_and_evaluator_agree_on_every_record(
    rule: Expr, values: dict[FactKey, FactValue], given_shares: dict[tuple[str, str], RollUp]
) -> None:
    _check_agreement(_formulas(rule, declarations()), values, given_shares)


def _as_numbers(name: str, declared: FactDeclaration) -> FactDeclaration:
    """A count as a number of a range that may hold negative numbers, zero only at its end, or one number only."""
    if declared.type is not FactType.COUNT:
        return declared
    low, high = {"crimes": (Fraction(-2), None), "số_vụ": (Fraction(0), Fraction(3))}.get(
        name, (Fraction(1), Fraction(1))
    )
    return evolve(declared, type=FactType.NUMBER, minimum=low, maximum=high)


_NUMBERS = {
    "crimes": st.sampled_from([Fraction(value, 2) for value in (-4, -3, -1, 0, 1, 2, 7)]),
    "số_vụ": st.sampled_from([Fraction(value, 3) for value in (0, 1, 3, 9)]),
    "accidents": st.just(Fraction(1)),
}
numeric_records = st.fixed_dictionaries(
    {}, optional={FactKey(name, period): value for name, value in _NUMBERS.items() for period in PERIODS_SEEN}
)


@given(expressions, numeric_records)
@settings(max_examples=settings().max_examples)
def test_formulas_and_evaluator_agree_on_numbers_of_every_range(rule: Expr, values: dict[FactKey, FactValue]) -> None:
    numbers = {name: _as_numbers(name, declared) for name, declared in declarations().items()}
    _check_agreement(_formulas(rule, numbers), values, {})


_WITHOUT_A_VALUE = [
    "all(crimes / accidents > 1, has_border)",
    "any(crimes / accidents > 1, has_border)",
    "has_border and crimes / accidents > 1",
    "not (has_border or crimes / accidents > 1)",
    "coalesce(crimes, 1 / accidents) >= 1",
    "coalesce(crimes / accidents, 1) >= 1",
    "if has_border then crimes / accidents >= 1 else 1 / crimes >= 1",
    "(if has_border then crimes / accidents else 1 / crimes) + 1 >= 2",
    "(if has_border then 1 / accidents else 2) >= 1",
    "count_true(has_border, crimes / accidents >= 1) >= 1",
    "known(crimes / accidents)",
    "known(crimes) or 1 / accidents >= 1",
    'met("19.2/crime") or crimes / accidents >= 1',
    '(if 1 / accidents >= 1 then status else "đạt") = "đạt"',
    "max(1 / accidents, crimes) >= 1",
    "crimes in (1 / accidents, 2)",
]


@pytest.mark.parametrize("text", _WITHOUT_A_VALUE)
def test_a_rule_without_a_value_has_none_in_a_proof_either(text: str) -> None:
    counts = (Fraction(0), Fraction(2), None)
    keys = (FactKey("crimes"), FactKey("accidents"), FactKey("has_border"))
    formulas = _formulas(parse(text), declarations())
    for chosen in product(counts, counts, (False, True, None)):
        values = {key: value for key, value in zip(keys, chosen, strict=True) if value is not None}
        _check_agreement(formulas, values, {})


@pytest.mark.parametrize("year", [1, 4, 100, 400, 1900, 2000, 2023, 2024, 2100, 9999])
def test_the_parts_of_the_first_and_last_day_of_each_month_are_those_of_the_calendar(year: int) -> None:
    day, calendar = whole_variable("day"), Calendar()
    parts = {part: calendar.part_of(day, part) for part in DayPart}
    firsts = [datetime.date(year, month, 1) for month in range(1, 13)]
    for one in [*firsts, *(first - datetime.timedelta(days=1) for first in firsts if first.toordinal() > 1)]:
        model = solve([*calendar.constraints, equal(day, whole(one.toordinal()))], NEVER)
        assert isinstance(model, Model)
        assert {part: model.number(term) for part, term in parts.items()} == {part: part.of(one) for part in DayPart}


@frozen
class _Formulas:
    """A rule, and the formulas of all its records."""

    lowered: LoweredSet
    variables: Variables
    encoded: Encoded


def _formulas(rule: Expr, facts: dict[str, FactDeclaration]) -> _Formulas:
    lowered = lower(criteria_of(rule, facts=facts), 2024)
    variables = Variables({name: (declared,) for name, declared in facts.items()}, 2024)
    return _Formulas(lowered, variables, encode_set(lowered, variables, NEVER))


def _check_agreement(
    formulas: _Formulas, values: dict[FactKey, FactValue], given_shares: dict[tuple[str, str], RollUp]
) -> None:
    variables, encoded = formulas.variables, formulas.encoded
    model = solve([*variables.domain, *fixed(variables, values, given_shares)], deadline_in(10))
    if currently_in_test_context():
        assume(model is not NoModel.UNDECIDED)
    assert isinstance(model, Model)
    status = encoded.status("rule")
    try:
        verdict = judge(formulas.lowered, Record(values, 2024, given_shares))["rule"].verdict
    except EvaluationError:
        assert not all(model.truth(judged) for judged in encoded.judged)
        return
    assert all(model.truth(judged) for judged in encoded.judged)
    found = (model.truth(status.holds.true), model.truth(status.holds.false))
    assert (
        found
        == {
            Verdict.MET: (True, False),
            Verdict.NOT_MET: (False, True),
            Verdict.UNDETERMINED: (False, False),
        }[verdict]
    )
