"""The static check: names, types and units of rules, each finding with its place and what to write."""

from __future__ import annotations

import pytest

from ncriteria.language.check import check
from ncriteria.language.checking.agreeing import Scope
from ncriteria.language.parser import parse
from ncriteria.language.types import EnumerationType, NumberType, TruthType, unit_of
from ncriteria.sets.errors import CriteriaError
from ncriteria.sets.loader import loads_set
from tests.case_files import cases

SET = """\
format: ncriteria/1
set:
  id: test.check
  standard: test
  title: Test
  instrument: {number: "1/TEST", issuer: Test}
  years: {from: 2021}
  level: district
parameters:
  limit: {title: Limit, value: 3, unit: vụ, cite: [{instrument: "1/TEST"}]}
  allowed: {title: Allowed, by: status, value: {đạt: 3, a: 5}, cite: [{instrument: "1/TEST"}]}
  cap: {title: Cap, by: other, value: {a: 3, b: 5, c: 7}, cite: [{instrument: "1/TEST"}]}
  share: {title: Share, value: 5%, cite: [{instrument: "1/TEST"}]}
facts:
  crime_cases: {title: Cases, type: count, unit: vụ}
  fires: {title: Fires, type: count, unit: vụ}
  persons: {title: Persons, type: count, unit: người}
  rate: {title: Rate, type: number}
  has_border: {title: Border, type: boolean}
  status: {title: Status, type: enumeration, options: [đạt, chưa đạt]}
  other: {title: Other, type: enumeration, ordered: true, options: [a, b, c]}
  decided_on: {title: Decided on, type: date}
clauses:
  crime:
    title: T
    rule: 'RULE'
    encodes: exact
    cite: [{instrument: "1/TEST"}]
  "19.2": {title: T, rule: has_border, encodes: exact, cite: [{instrument: "1/TEST"}]}
"""


def problems(rule):
    try:
        loads_set(SET.replace("RULE", rule))
    except CriteriaError as error:
        return "\n".join(str(problem) for problem in error.problems)
    return None


@pytest.mark.parametrize("case", cases(__file__, "check"))
def test_a_rule_that_does_not_fit_is_refused_with_its_place_and_a_hint(case):
    assert problems(case["rule"]) == case["error"]


@pytest.mark.parametrize("case", cases(__file__, "check_valid"))
def test_a_rule_that_fits_is_taken(case):
    assert problems(case["rule"]) is None


def test_everything_that_is_wrong_is_found_at_once():
    scope = Scope(facts={"a": TruthType(), "n": NumberType(unit_of("vụ"))})
    findings = check(parse("b and n and param.p = 3 and (c or a)"), scope)
    assert [finding.code for finding in findings] == ["NC012", "NC014", "NC013", "NC012"]


def test_a_part_that_is_wrong_is_reported_once_and_not_again_for_what_is_around_it():
    scope = Scope(facts={"n": NumberType(unit_of("vụ"))})
    assert [finding.code for finding in check(parse("(n + typo) * 2 >= n and not (typo2 < 1)"), scope)] == [
        "NC012",
        "NC012",
    ]


def test_names_that_were_declared_wrongly_are_passed_over():
    scope = Scope(facts={"n": NumberType(), "e": EnumerationType(frozenset("ab"))}, passed_over=("m",))
    assert check(parse("m <= n"), scope) == []
    assert check(parse("n <= param.m[e]"), scope) == []


def test_an_expression_may_be_asked_for_another_type():
    scope = Scope(facts={"n": NumberType(unit_of("vụ"))})
    assert check(parse("n + 1"), scope, NumberType()) == []
    (finding,) = check(parse("n > 1"), scope, NumberType())
    assert (finding.code, finding.message) == ("NC014", "expected a number; `n > 1` is a condition")
    assert check(parse('"a"'), scope, EnumerationType(frozenset("a"))) == []


def test_a_hamlet_has_no_units_inside():
    with pytest.raises(CriteriaError) as caught:
        loads_set(SET.replace("RULE", 'share_met(hamlet, "19.2") > 0.8').replace("level: district", "level: hamlet"))
    (problem,) = caught.value.problems
    assert (problem.code, problem.hint) == ("NC018", "no units lie inside those of this level")


@pytest.mark.parametrize(
    ("rule", "term"), [("has_border = prev_year", "prev_year.has_border"), ("status != prev_year", "prev_year.status")]
)
def test_what_is_no_number_is_never_a_zero_base(rule, term):
    with pytest.raises(CriteriaError) as caught:
        loads_set(SET.replace("'RULE'", f"{rule}\n    when_zero_base: has_border"))
    (problem,) = caught.value.problems
    assert problem.code == "NC117"
    assert problem.message == f"`when_zero_base` needs an earlier-year value that is a number; `{term}` is none"
