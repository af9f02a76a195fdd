"""Judging one record: what may be given, what is refused and how, and what an error says."""

from __future__ import annotations

import datetime
import unicodedata
from decimal import Decimal
from fractions import Fraction

import pytest

import ncriteria as nc
from ncriteria.evaluation.criteria import loads
from tests.evaluation.sets import base, clause, with_clauses, with_rule
from tests.evaluation.test_rules import SET


def criteria(rule="true", **more):
    text = SET.replace('"RULE"', f"'{rule}'").replace("MORE", "")
    return loads(text.replace("{from: 2018, to: 2030}", more.get("years", "{from: 2018, to: 2030}")))


def verdict(rule, *args, **kwargs):
    return criteria(rule).evaluate(*args, **kwargs)["c"].verdict.value


def refusals(rule, *args, **kwargs):
    with pytest.raises(nc.EvaluationError) as caught:
        criteria(rule).evaluate(*args, **kwargs)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("value", [3, 3.0, Fraction(3), Decimal("3.00"), nc.AtLeast(3), nc.AtMost(3)])
def test_whole_numbers_of_every_exact_kind_are_taken(value):
    assert verdict("crimes <= 3 or crimes >= 3", {"crimes": value}) == "met"


@pytest.mark.parametrize("value", [Fraction(1, 3), Decimal("0.1"), 7])
def test_exact_numbers_stay_exact(value):
    result = criteria(f"rate = {Fraction(value).numerator} / {Fraction(value).denominator}").evaluate({"rate": value})
    assert result["c"].verdict is nc.Verdict.MET


@pytest.mark.parametrize("value", [None, nc.UNKNOWN])
def test_none_and_unknown_are_no_value(value):
    assert verdict("crimes = 0", {"crimes": value}) == "undetermined"


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        (
            {"rate": 0.1},
            'NC208 `rate` = 0.1 is a float, which is not exact\n  hint: give Fraction("0.1") or Decimal("0.1")',
        ),
        (
            {"rate": float("nan")},
            "NC201 `rate` = nan is not a finite number\n  hint: a value that is not known is None",
        ),
        ({"crimes": True}, "NC208 `crimes` is a whole number of zero or more, not True (bool)"),
        ({"crimes": "3"}, "NC208 `crimes` is a whole number of zero or more, not '3' (str)"),
        ({"crimes": -1}, "NC203 `crimes` = -1 is less than 0, the least that `crimes` can be"),
        ({"crimes": Fraction(1, 2)}, "NC203 `crimes` = Fraction(1, 2) is not a whole number, and a count is"),
        ({"rate": 101}, "NC203 `rate` = 101 is more than 100, the most that `rate` can be"),
        ({"rate": nc.AtLeast(101)}, "NC203 `rate` = AtLeast(limit=101) is more than 100, the most that `rate` can be"),
        (
            {"rate": Decimal("NaN")},
            "NC201 `rate` = Decimal('NaN') is not a finite number\n  hint: a value that is not known is None",
        ),
        ({"resolution": 1}, "NC208 `resolution` is True or False, not 1 (int)"),
        ({"resolution": "có"}, "NC208 `resolution` is True or False, not 'có' (str)"),
        ({"status": "đat"}, "NC206 `status` = 'đat' is none of its values\n  hint: did you mean `đạt`?"),
        (
            {"decided_on": datetime.datetime(2024, 3, 18, 9, 30)},
            "NC208 `decided_on` = datetime.datetime(2024, 3, 18, 9, 30) has a time that is not midnight, "
            "and a day has none\n  hint: give the day alone, as a datetime.date",
        ),
        ({"crime": 1}, "NC304 test.rules has no fact `crime`\n  hint: did you mean `crimes`?"),
        ({"zzz": 1}, "NC304 test.rules has no fact `zzz`"),
    ],
)
def test_a_fact_that_does_not_fit_is_refused_with_what_was_expected(facts, error):
    assert refusals("true", facts) == [error]
    assert refusals("true", {}, prev_year=facts) == [error]
    assert refusals("true", {}, earlier={2019: facts}, year=2021) == [error]


def test_everything_that_is_wrong_is_reported_at_once():
    found = refusals("true", {"crimes": 0.5, "crime": 1}, prev_year={"resolution": 0})
    assert [problem[:5] for problem in found] == ["NC208", "NC304", "NC208"]


def test_names_of_facts_are_compared_in_composed_form():
    decomposed = unicodedata.normalize("NFD", "số_vụ")
    assert decomposed != "số_vụ"
    assert with_rule("số_vụ = 0").evaluate({decomposed: 0})["c"].verdict is nc.Verdict.MET


def test_texts_are_compared_in_composed_form():
    given = {"status": unicodedata.normalize("NFD", "chưa đạt")}
    assert verdict('status = "chưa đạt"', given) == "met"


def test_one_year_that_is_given_twice_must_be_given_the_same():
    rule = "crimes <= prev_year"
    again = {"prev_year": {"crimes": 2}, "earlier": {2020: {"crimes": 2}}, "year": 2021}
    assert verdict(rule, {"crimes": 2}, **again) == "met"
    assert refusals(rule, {}, prev_year={"crimes": 2}, earlier={2020: {"crimes": 3}}, year=2021) == [
        "NC306 `prev_year.crimes` is given twice, as 2 and as 3"
    ]
    assert refusals(rule, {}, prev_year={"crimes": nc.AtLeast(4)}, earlier={2020: {"crimes": 3}}, year=2021) == [
        "NC306 `prev_year.crimes` is given twice, as at least 4 and as 3"
    ]


def test_bounds_that_are_given_twice_hold_both():
    given = {"prev_year": {"crimes": nc.AtLeast(2)}, "earlier": {2020: {"crimes": nc.AtMost(2)}}, "year": 2021}
    assert verdict("prev_year.crimes = 2", {}, **given) == "met"


def test_earlier_years_need_the_assessment_year_and_lie_before_it():
    assert refusals("true", {}, earlier={2020: {"crimes": 1}}) == [
        "NC302 `earlier` gives facts by year, so the assessment year is needed\n  hint: give `year=...`"
    ]
    assert refusals("true", {}, earlier={2021: {"crimes": 1}}, year=2021) == [
        "NC306 `earlier` holds 2021, which is not before the assessment year 2021"
    ]


def test_a_year_that_the_set_does_not_hold_for_has_no_verdict():
    for year in (2017, 2031):
        assert refusals("true", {}, year=year) == [
            f"NC301 test.rules holds for the assessment years 2018-2030, not for {year}"
        ]
    assert criteria(years="{from: 2018}").evaluate({}, year=2999).year == 2999


def test_without_a_year_a_fixed_year_is_waited_for():
    found = criteria("crimes <= at(crimes, 2019)").evaluate({"crimes": 3})["c"]
    assert [str(key) for key in found.missing] == ["at(crimes, 2019)"]


def test_a_parameter_that_depends_on_the_year_needs_one():
    text = SET.replace("value: 5%", "values: [{from: 2018, value: 5%}, {from: 2022, value: 10%}]")
    dated = loads(text.replace('"RULE"', "crimes <= 100 * param.reduction").replace("MORE", ""))
    with pytest.raises(nc.EvaluationError) as caught:
        dated.evaluate({"crimes": 8})
    assert str(caught.value) == "NC302 the parameter `reduction` depends on the year\n  hint: give `year=...`"
    assert dated.evaluate({"crimes": 8}, year=2021)["c"].verdict is nc.Verdict.NOT_MET
    assert dated.evaluate({"crimes": 8}, year=2022)["c"].verdict is nc.Verdict.MET


def test_an_error_names_the_rule_its_place_and_the_record():
    table = nc.read_facts_text("unit,year,crimes,units\na,2021,1,0\n", "csv", criteria().facts, file="facts.csv")
    (judgement,) = nc.evaluate_rows(table, criteria("crimes / units > 1"))
    (problem,) = judgement.problems
    assert problem.message == 'in "c" (facts.csv, row 2): division by zero: `units` is 0'
    assert problem.code == "NC303"
    assert isinstance(problem.place, nc.TextPlace)
    assert problem.place.line == SET[: SET.index("  c: {")].count("\n") + 1
    assert problem.hint == "say with `when_zero_base` or `applies_when` what holds there"


def test_a_clause_that_is_not_there_is_named_with_the_one_that_may_be_meant():
    result = with_clauses(clause("19.2", "true")).evaluate({})
    with pytest.raises(KeyError, match=r"there is no clause .19\.3.; did you mean `19\.2`\?"):
        result["19.3"]
    with pytest.raises(KeyError, match=r"there is no clause .19\.3.; did you mean `19\.2`\?"):
        nc.compile_criteria(with_clauses(clause("19.2", "true")))({})["19.3"]


def test_what_is_shown_of_criteria_and_results_is_short():
    criteria = nc.catalog()["vn.bca.hd06-2022.commune"]
    result = criteria.evaluate({"crime_cases": 19}, year=2023)
    assert repr(criteria) == "Criteria(definition='vn.bca.hd06-2022.commune')"
    assert repr(nc.catalog()).startswith("Catalog(sets=['vn.bca.")
    assert repr(result).startswith("Result(criteria='vn.bca.hd06-2022.commune', verdict=<Verdict.UNDETERMINED: ")
    assert repr(result["19.2/crime"]).startswith("ClauseResult(clause='19.2/crime', verdict=<Verdict.UNDETERMINED: ")
    assert max(len(repr(result)), len(repr(nc.room(criteria, {"crime_cases": 19}, year=2023)))) < 800


def test_an_explanation_in_another_language_is_refused():
    with pytest.raises(ValueError, match="the languages are vi and en, not 'fr'"):
        nc.catalog()["vn.bca.hd06-2022.commune"].evaluate({}, year=2023).explain("fr")


def test_the_faces_of_a_set_are_those_of_its_definition():
    found = base()
    assert (found.id, found.level, found.years) == ("test.generated", nc.Level.DISTRICT, found.definition.years)
    assert set(found.facts) == set(found.definition.facts)


def test_a_catalog_makes_each_set_ready_once_and_knows_it_by_its_identifier():
    catalog = nc.catalog()
    chosen = catalog.choose(standard="ntm-19.2", level="commune", year=2023)
    assert chosen is catalog["vn.bca.hd06-2022.commune"]
    assert chosen is catalog.choose(standard="ntm-19.2", level=nc.Level.COMMUNE, year=2021, territory="x")
    with pytest.raises(KeyError, match=r"there is no set .*; did you mean `vn\.bca\.hd0"):
        catalog["vn.bca.hd06-2022"]


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        (
            {"level": "comune", "year": 2023},
            'NC125 "comune" is no level\n  hint: did you mean `commune`?',
        ),
        (
            {"level": "commune", "year": 2020},
            'NC125 no criteria of "New rural indicator 19.2 (ntm-19.2)" for a commune hold in 2020\n'
            "  hint: there are: 06/HD-BCA-V05 (vn.bca.hd06-2022.commune) for 2021-2023, "
            "04/HD-BCA-V05 (vn.bca.hd04-2024.commune) for 2024-2025; another year's criteria are never used instead",
        ),
    ],
)
def test_a_catalog_never_falls_back(asked, error):
    with pytest.raises(nc.ChoiceError) as caught:
        nc.catalog().choose(standard="ntm-19.2", **asked)
    assert str(caught.value) == error


@pytest.mark.parametrize("name", ["prev_year.crimes", "prev_year(crimes)", "years_ago(1, crimes)", "at(crimes, 2023)"])
def test_a_name_may_say_a_period_as_rules_do(name):
    assert verdict("prev_year(crimes) = 2", {name: 2}, year=2024) == "met"
    assert verdict("years_ago(2, crimes) = 2", {}, prev_year={"prev_year.crimes": 2}, year=2024) == "met"


@pytest.mark.parametrize("rule", ["crimes <= prev_year * 0.95", "crimes < at(crimes, 2019)", "decreasing(crimes, 3)"])
def test_what_is_missing_can_be_given_by_its_own_name(rule):
    asked = criteria(rule)
    missing = asked.evaluate({"crimes": 9}, year=2024)["c"].missing
    given = {str(key): 20 + key.period.years if hasattr(key.period, "years") else 30 for key in missing}
    assert given
    assert asked.evaluate({"crimes": 9, **given}, year=2024)["c"].verdict is nc.Verdict.MET


def test_a_named_period_may_contradict_need_a_year_or_lie_ahead():
    assert refusals("true", {"prev_year.crimes": 2}, prev_year={"crimes": 3}) == [
        "NC306 `prev_year.crimes` is given twice, as 2 and as 3"
    ]
    assert refusals("true", {"at(crimes, 2019)": 2}) == [
        "NC302 `at(crimes, 2019)` is a fact of 2019, so the assessment year is needed\n  hint: give `year=...`"
    ]
    assert refusals("true", {"at(crimes, 2025)": 2}, year=2024) == [
        "NC306 `at(crimes, 2025)` is after the assessment year 2024"
    ]
    assert refusals("true", {"prev_year.crime": 2}) == [
        "NC304 test.rules has no fact `crime`\n  hint: did you mean `crimes`?"
    ]
