"""A result as data: what is written is read back, and the grounds say in numbers what the prose says."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings

import ncriteria as nc
from ncriteria.language.values import UNKNOWN
from tests.evaluation.knowledge import record
from tests.evaluation.sets import with_rule
from tests.evaluation.test_set_laws import judged_sets

LANGUAGES = ["vi", "en"]


def commune(known=None, before=None, year=2023):
    criteria = nc.catalog().choose(standard="ntm-19.2", level="commune", year=2023)
    return criteria.evaluate(known or {}, prev_year=before or {}, year=year)


def public(result):
    """All that a result says, apart from what it was judged by and from."""
    clauses = {
        path: (one.verdict, one.missing, one.open, one.residual, one.comparisons)
        for path, one in result.clauses.items()
    }
    whole = (result.verdict, result.missing, result.open, result.residual, result.year)
    return result.criteria.id, result.criteria.standard, whole, clauses


def assert_read_back(result, language):
    text = result.to_json(language)
    again = nc.Result.from_json(text)
    assert public(again) == public(result)
    assert again.to_json(language) == text
    assert nc.Result.from_json(again.to_json(language)) == again


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_result_of_every_shipped_set_is_read_back(language):
    for definition in nc.catalog().sets.sets:
        criteria = nc.Criteria(definition)
        names = [name for name, one in definition.facts.items() if one.type.value == "count"]
        for known in ({}, dict.fromkeys(names, 1), dict.fromkeys(names[::2], nc.AtLeast(2))):
            assert_read_back(criteria.evaluate(known, year=definition.years.first), language)


@settings(max_examples=settings().max_examples)
@given(judged_sets())
def test_a_result_of_any_set_is_read_back(case):
    criteria, known = case
    try:
        result = criteria.judge(record(known))
    except nc.EvaluationError:
        return
    assert_read_back(result, "en")


RULES = {
    "crimes <= prev_year * 0.95": ({"crimes": 3}, {"crimes": 3}, ("crimes", "<=", "3", "2", "-1", False)),
    "crimes < 3": ({"crimes": 1}, {}, ("crimes", "<=", "1", "2", "1", True)),
    "3 <= crimes": ({"crimes": 3}, {}, ("crimes", ">=", "3", "3", "0", True)),
    "crimes = 0": ({"crimes": 2}, {}, ("crimes", "=", "2", "0", "-2", False)),
    "crimes <= 1": ({"crimes": nc.AtLeast(2)}, {}, ("crimes", "<=", {"low": "2", "high": "3"}, "1", None, False)),
    "crimes <= accidents": ({"crimes": 1}, {}, ("crimes", "<=", "1", None, None, None)),
    "has_border": ({"has_border": False}, {}, ("has_border", "=", False, True, None, False)),
    'status = "đạt"': ({"status": "đạt"}, {}, ("status", "=", "đạt", "đạt", None, True)),
    "crimes + accidents <= 3": ({"crimes": 1, "accidents": 1}, {}, (None, "<=", "2", "3", "1", True)),
}


@pytest.mark.parametrize("rule", RULES)
def test_a_comparison_has_fact_value_limit_distance_and_relation(rule):
    known, before, expected = RULES[rule]
    result = with_rule(rule).evaluate(known, prev_year=before, year=2023)
    (told,) = result.to_dict()["result"]["clauses"][0]["comparisons"]
    keys = ("fact", "relation", "value", "limit", "distance", "holds")
    assert tuple(told[key] for key in keys) == expected
    assert_read_back(result, "vi")


def test_a_comparison_has_the_unit_the_year_and_what_the_limit_was_made_of():
    (crime,) = commune({"crime_cases": 1}, {"crime_cases": 2})["19.2/crime"].comparisons
    assert (crime.year, crime.unit.vi, crime.unit.en) == (2023, "vụ", "cases")
    assert [(one.name, one.value) for one in crime.rests_on] == [
        ("prev_year.crime_cases", 2),
        ("param.crime_reduction", nc.parse("0.05").value),
    ]


@pytest.mark.parametrize("known", [{}, {"crimes": 3}])
@pytest.mark.parametrize("rule", ["known(crimes + accidents)", "coalesce(has_border, crimes > 2)"])
def test_a_condition_that_is_no_comparison_tells_what_it_rests_on(rule, known):
    result = with_rule(rule).evaluate(known, year=2023)
    (told,) = result["c"].comparisons
    assert (told.expression, told.limit) == (rule, True)
    assert "crimes" in [one.name for one in told.rests_on]
    assert_read_back(result, "vi")


def test_a_fact_of_which_nothing_is_known_has_no_value():
    (crime,) = commune()["19.2/grave_crime"].comparisons
    assert (crime.value, crime.limit, crime.holds) == (UNKNOWN, 0, UNKNOWN)


def test_the_dictionary_is_what_the_text_holds():
    result = commune({"crime_cases": 1})
    assert json.loads(result.to_json("en")) == result.to_dict("en")


def test_a_result_that_was_read_back_is_not_explained():
    again = nc.Result.from_json(commune().to_json())
    assert again["19.2/crime"].rule is None
    with pytest.raises(nc.EvaluationError) as raised:
        again.explain("vi")
    assert str(raised.value) == (
        "NC311 a result that was read back cannot be explained\n"
        "  hint: evaluate the record again, or read `comparisons` of the clauses"
    )


REFUSED = {
    "{": "the text is no JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
    "[]": "the text says no `schema`",
    '{"schema": "ncriteria-result/9"}': ("the schema is `ncriteria-result/9`; this version reads `ncriteria-result/1`"),
    '{"schema": "ncriteria-result/1", "command": "check"}': "the document has no `result`",
    '{"schema": "ncriteria-result/1", "result": []}': "`result` is []; expected an object",
    '{"schema": "ncriteria-result/1", "result": {}}': "`result` has no `criteria`",
}


@pytest.mark.parametrize("text", REFUSED)
def test_a_text_that_is_no_result_is_refused(text):
    with pytest.raises(nc.EvaluationError) as raised:
        nc.Result.from_json(text)
    (problem,) = raised.value.problems
    assert problem.code == "NC310"
    assert problem.message == f"this is no result that can be read back: {REFUSED[text]}"


WRONG = {
    "result.year": ("x", '"x"; expected a whole number or null'),
    "result.verdict": ("maybe", '"maybe"; expected one of met, not_met, undetermined, not_applicable'),
    "result.set.title": (3, "3; expected a text"),
    "result.set.years.to": (True, "true; expected a whole number or null"),
    "result.set.instrument.issued": ("soon", '"soon"; expected a day or null'),
    "result.missing": ({}, "{}; expected a list"),
    "result.residual": ("1 +", '"1 +"; expected an expression'),
    "result.clauses[0].missing[0]": ("1", '"1"; expected a fact'),
    "result.clauses[0].cite": ("x", '"x"; expected a list'),
    "result.clauses[0].comparisons[0].relation": ("~", '"~"; expected one of =, !=, <, <=, >, >='),
    "result.clauses[0].comparisons[0].distance": ("1/0", '"1/0"; expected an exact number or null'),
    "result.clauses[0].comparisons[0].unit": (3, "3; expected an object or null"),
    "result.clauses[0].comparisons[0].rests_on[0].type": (
        None,
        "null; expected one of count, number, boolean, enumeration, date",
    ),
}


def places(told, place):
    """Every key and item of plain data: what holds it, what it is called there, and where that is."""
    inside = told.items() if isinstance(told, dict) else enumerate(told) if isinstance(told, list) else ()
    for key, inner in inside:
        where = f"{place}.{key}" if isinstance(told, dict) else f"{place}[{key}]"
        yield told, key, where
        yield from places(inner, where)


def document():
    """A result in which something is missing, and something compared."""
    return with_rule("crimes <= accidents").evaluate({"crimes": 1}, year=2023).to_dict()


@pytest.mark.parametrize("place", WRONG)
def test_a_key_of_another_type_is_refused_by_its_place(place):
    told, (wrong, expected) = document(), WRONG[place]
    ((holder, key),) = [(holder, key) for holder, key, where in places(told["result"], "result") if where == place]
    holder[key] = wrong
    with pytest.raises(nc.EvaluationError) as raised:
        nc.Result.from_json(json.dumps(told))
    said = raised.value.problems[0].message.removeprefix("this is no result that can be read back: ")
    assert said == f"`{place}` is {expected}"


def test_any_damage_to_a_result_is_refused_or_read():
    text = json.dumps(document())
    for number in range(len(list(places(json.loads(text)["result"], "result")))):
        for wrong in (None, 3, "x", [], {}, [3], True):
            damaged = json.loads(text)
            holder, key, _ = list(places(damaged["result"], "result"))[number]
            holder[key] = wrong
            with suppress(nc.EvaluationError):
                nc.Result.from_json(json.dumps(damaged))


def test_a_number_with_thousands_of_digits_is_written_and_read_back():
    rule = " * ".join([f"{10**99 + 7}"] * 60) + " * crimes <= 3"
    result = with_rule(rule).evaluate({"crimes": 1}, year=2023)
    (told,) = result.to_dict()["result"]["clauses"][0]["comparisons"]
    assert len(told["value"]) > 4_300
    assert_read_back(result, "vi")


@pytest.mark.parametrize("number", ["1e9999999999", "1/0", "x", "", "0x1"])
@pytest.mark.parametrize("key", ["value", "limit", "distance"])
def test_a_number_that_is_none_is_refused(key, number):
    told = commune({"crime_cases": 1}, {"crime_cases": 2}).to_dict()
    (crime,) = (one for one in told["result"]["clauses"] if one["path"] == "19.2/crime")
    crime["comparisons"][0][key] = number
    with pytest.raises(nc.EvaluationError, match="expected an exact number"):
        nc.Result.from_json(json.dumps(told))
