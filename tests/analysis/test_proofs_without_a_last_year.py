"""Proofs of sets without a last year, whose rules ask for the assessment year: all years to come are meant."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.analysis.proof.relation import Relation, Way
from tests.rule_sets import HEAD, one_rule

pytest.importorskip("z3")

OPEN = HEAD.replace("years: {from: 2021, to: 2023}", "years: {from: 2021}")


def without_end(rule: str) -> nc.Criteria:
    return nc.loads(OPEN + one_rule(rule))


def test_a_difference_of_a_year_far_away_is_found_in_that_year():
    (found,) = nc.prove(without_end("cases = 0"), without_end("cases = 0 or assessment_year >= 2071")).years
    assert (found.years.first, found.years.last) == (2021, None)
    (witness,) = found.whole.witnesses
    assert (witness.way, witness.row.year, witness.smallest) == (Way.LOOSER, 2071, True)
    assert found.whole.relation is Relation.LOOSER


def test_the_year_of_a_day_is_the_year_that_is_judged_in_all_years():
    rule = "year(decided) = assessment_year and quarter(decided) = 1"
    (found,) = nc.prove(without_end(rule), without_end(f"{rule} and cases = 0")).years
    assert (str(found.years), found.whole.relation, found.whole.proved) == ("2021-", Relation.STRICTER, True)


def test_years_before_the_last_change_of_a_parameter_stand_each_for_itself():
    dated = OPEN + one_rule("plain <= assessment_year - 2000 + param.limit").replace(
        "value: 5%", "values: [{from: 2021, value: 1}, {from: 2023, value: 2}]"
    )
    years = [str(one.years) for one in nc.prove(nc.loads(dated), nc.loads(dated)).years]
    assert years == ["2021-2021", "2022-2022", "2023-"]


def test_a_parameter_that_changes_in_a_far_year_is_looked_at_there():
    far = OPEN + one_rule("rate <= param.limit")
    far = far.replace("value: 5%", "values: [{from: 2021, value: 5%}, {from: 2150, value: VALUE}]")
    before, after = (nc.loads(far.replace("VALUE", value)) for value in ("6%", "7%"))
    years = nc.prove(before, after, paths=["c"]).years
    assert [(str(one.years), one.whole.relation) for one in years] == [
        ("2021-2149", Relation.EQUIVALENT),
        ("2150-", Relation.LOOSER),
    ]


RULES = st.sampled_from(
    [
        "cases <= 3",
        "plain <= assessment_year - 2020",
        "plain <= assessment_year - 2019",
        "cases <= 3 or assessment_year >= 2024",
        "cases <= 3 and assessment_year < 2026",
        "year(decided) = assessment_year",
        "year(decided) >= assessment_year - 1",
        "prev_year(plain <= assessment_year - 2020)",
        "year(decided) = assessment_year or cases in [1..3]",
        "cases <= at(cases, 2020) or assessment_year = 2025",
    ]
)


@given(RULES, RULES)
@settings(max_examples=2)
@example("cases <= 3", "cases <= 3 or assessment_year >= 2024")
def test_what_is_proved_of_all_years_is_proved_of_each(old, new):
    before, after = without_end(old), without_end(new)
    last = nc.prove(before, after, paths=["c"]).years[-1]
    assume(last.whole.proved)
    for year in range(last.years.first, last.years.first + 4):
        (found,) = nc.prove(before, after, year=year, paths=["c"]).years
        assert last.whole.ruled_out <= found.whole.ruled_out
    for witness in last.whole.witnesses:
        (found,) = nc.prove(before, after, year=witness.row.year, paths=["c"]).years
        assert witness.way in {one.way for one in found.whole.witnesses}
