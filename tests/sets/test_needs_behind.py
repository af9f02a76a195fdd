"""The facts behind verdicts of other years and standards: of the set of each year, with the year that they are of."""

from __future__ import annotations

from ncriteria.report.form.planning import plan_of
from ncriteria.sets.needs_behind import needs_behind
from tests.evaluation.leaning import catalog_of, leaning_set, revocation


def told(rules, *more):
    sets = catalog_of(revocation(**rules), *more).sets
    criteria = next(one for one in sets.sets if one.id == "test.qd18")
    return {
        (str(one.verdict), one.criteria.id): (
            str(one.years),
            {str(need.declaration.name): [str(period) for period in need.asked] for need in one.facts},
        )
        for one in needs_behind(criteria, sets)
    }


def test_each_set_that_gave_the_verdict_is_told_with_its_years_and_its_facts_as_seen_from_the_year_judged():
    assert told({"before": 'prev_year(met("ntm:calm"))'}) == {
        ('prev_year(met("ntm:calm"))', "test.hd06"): ("2021-2022", {"cases": ["Ago(years=1)"]}),
        ('prev_year(met("ntm:calm"))', "test.hd04"): (
            "2023-2024",
            {"cases": ["Ago(years=1)"], "border": ["Ago(years=1)"]},
        ),
    }


def test_a_verdict_that_leans_on_another_has_what_stands_behind_that_one_and_goes_in_no_circle():
    found = told({"ever": 'cases = 0 or prev_year(met("ever"))', "calm": 'years_ago(2, met("ntm:calm"))'})
    assert list(found) == [
        ('prev_year(met("ever"))', "test.qd18"),
        ('years_ago(2, met("ntm:calm"))', "test.hd06"),
    ]
    assert found['prev_year(met("ever"))', "test.qd18"][1]["cases"] == ["Ago(years=1)"]


def test_clauses_that_a_clause_refers_to_are_behind_it():
    other = leaning_set(
        "other", "other", "{from: 2021}", {"whole": 'met("part")', "part": "border", "apart": "cases = 0"}
    )
    found = told({"before": 'prev_year(met("other:whole"))'}, other)
    assert found['prev_year(met("other:whole"))', "test.other"][1] == {"border": ["Ago(years=1)"]}


def test_a_form_has_a_column_for_each_of_them_in_the_year_that_it_is_of():
    sets = catalog_of(revocation(before='cases = 0 and prev_year(met("ntm:calm"))')).sets
    criteria = next(one for one in sets.sets if one.id == "test.qd18")
    for year, expected in (
        (2023, [("cases", 2023), ("cases", 2022)]),
        (2024, [("cases", 2024), ("cases", 2023), ("border", 2023)]),
    ):
        plan = plan_of(criteria, [year], "en", sets=sets)
        columns = [(one.column.name, one.column.year) for one in plan.columns if one.fact is not None]
        assert columns[0] == expected[0]
        assert set(expected) <= set(columns)
