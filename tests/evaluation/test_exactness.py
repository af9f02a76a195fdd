"""Ties are ties: what is computed against an independent calculation in whole numbers."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from ncriteria.sets.model import RollUp, Verdict
from tests.evaluation.test_rules import criteria_of

VERDICTS = {True: Verdict.MET, False: Verdict.NOT_MET}
counts = st.integers(0, 10**6)
divisors = st.integers(1, 10**6)


def verdict_of(rule, **facts):
    return criteria_of({"rule": rule}).evaluate(facts)["c"].verdict


@st.composite
def rates(draw):
    """Two rates, often the same one written with other numbers."""
    a, b = draw(counts), draw(divisors)
    if draw(st.booleans()):
        return a, b, draw(counts), draw(divisors)
    factor = draw(st.integers(1, 1000))
    return a, b, a * factor + draw(st.sampled_from((-1, 0, 1))), b * factor


@given(rates())
def test_a_rate_against_a_rate_is_decided_as_the_products_of_whole_numbers_are(case):
    a, b, c, d = case
    assume(c >= 0)
    facts = {"crimes": a, "units": b, "accidents": c, "recognised": d}
    assert verdict_of("crimes / units >= accidents / recognised", **facts) is VERDICTS[a * d >= c * b]
    assert verdict_of("crimes / units = accidents / recognised", **facts) is VERDICTS[a * d == c * b]
    assert verdict_of("crimes / units < accidents / recognised", **facts) is VERDICTS[a * d < c * b]


@given(counts, st.integers(-2, 2), st.integers(1, 9999))
def test_a_percentage_of_a_count_is_decided_as_the_product_of_whole_numbers_is(base, distance, hundredths):
    count = max(0, base * hundredths // 10_000 + distance)
    rule = f"crimes <= prev_year.crimes * {hundredths / 100}%"
    found = criteria_of({"rule": rule}).evaluate({"crimes": count}, prev_year={"crimes": base})["c"].verdict
    assert found is VERDICTS[count * 10_000 <= base * hundredths]


@given(st.integers(1, 10**34 - 1), st.integers(1, 33), st.sampled_from((-1, 0, 1)))
def test_decimals_of_34_digits_are_told_apart_in_the_last_one(digits, places, step):
    limit = Decimal(f"{digits}e-{places}")  # exact, whatever the precision of the context
    rule = f"rate / 3 <= {limit:f} / 3"
    given_rate = Fraction(digits + step, 10**places)
    assume(given_rate <= 100)
    assert verdict_of(rule, rate=given_rate) is VERDICTS[step <= 0]


@given(st.integers(1, 60))
def test_a_tenth_taken_away_many_times_leaves_what_is_left(times):
    taken = " - ".join(["10", *["0.1"] * times])
    assert verdict_of(f"{taken} = {100 - times} / 10") is Verdict.MET


@given(st.integers(0, 10_000), st.integers(1, 12))
def test_shares_of_a_roll_up_are_exact(met, factor):
    criteria = criteria_of({"rule": 'share_met(hamlet, "x") > 0.8'})
    shares = {("hamlet", "x"): RollUp(4 * factor, factor)}
    assert criteria.evaluate({}, shares=shares)["c"].verdict is Verdict.NOT_MET
    shares = {("hamlet", "x"): RollUp(met + 1, met)}
    assert criteria.evaluate({}, shares=shares)["c"].verdict is VERDICTS[(met + 1) * 5 > (2 * met + 1) * 4]
