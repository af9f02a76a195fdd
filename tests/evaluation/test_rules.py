"""What each construct of the language means, case by case."""

from __future__ import annotations

import datetime
import re
from fractions import Fraction
from functools import cache

import pytest
from attrs import evolve

from ncriteria.evaluation.criteria import Criteria, loads
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.language.parser import parse
from ncriteria.language.printer import show
from ncriteria.language.values import AtLeast, AtMost
from ncriteria.sets.model import RollUp
from tests.case_files import cases

SET = """\
format: ncriteria/1
set:
  id: test.rules
  standard: test
  title: Test
  instrument: {number: "1/TEST", issuer: Test}
  years: {from: 2018, to: 2030}
  level: commune
parameters:
  reduction: {title: Reduction, value: 5%, cite: [{instrument: "1/TEST"}]}
  open_truth: {title: Open, type: boolean, value: unknown, cite: [{instrument: "1/TEST"}]}
  allowed: {title: Allowed, by: status, value: {đạt: 3, chưa đạt: 5, chưa xét: 10}, cite: [{instrument: "1/TEST"}]}
  open_limit: {title: Open, type: number, value: unknown, cite: [{instrument: "1/TEST"}]}
facts:
  crimes: {title: Crimes, type: count}
  accidents: {title: Accidents, type: count}
  units: {title: Units, type: count}
  recognised: {title: Recognised, type: count}
  rate: {title: Rate, type: number, min: 0, max: 100}
  resolution: {title: Resolution, type: boolean}
  has_border: {title: Border, type: boolean}
  waited_for: {title: Waited for, type: boolean}
  status: {title: Status, type: enumeration, options: [đạt, chưa đạt, chưa xét]}
  decided_on: {title: Decided on, type: date}
  rating: {title: Rating, type: enumeration, ordered: true, options: [yếu, khá, tốt]}
clauses:
  c: {title: C, rule: "RULE", MORE encodes: approximated, cite: [{instrument: "1/TEST"}]}
  is_met: {title: M, rule: "true", encodes: exact, cite: [{instrument: "1/TEST"}]}
  is_not_met: {title: N, rule: "false", encodes: exact, cite: [{instrument: "1/TEST"}]}
  does_not_apply: {title: A, rule: "false", applies_when: "false", encodes: exact, cite: [{instrument: "1/TEST"}]}
  not_encoded: {title: E, encodes: not_encoded, cite: [{instrument: "1/TEST"}]}
  waits: {title: W, rule: waited_for, encodes: exact, cite: [{instrument: "1/TEST"}]}
"""
DATED = """\
  allowed_since:
    title: Allowed then
    by: status
    values:
      - {from: 2018, value: {đạt: 2, chưa đạt: 2, chưa xét: 2}}
      - {from: 2021, value: {đạt: 3, chưa đạt: 5, chưa xét: unknown}}
    cite: [{instrument: "1/TEST"}]
"""
"""A parameter with values of other years, without which the set can be judged in no year in particular."""
DATED_SET = SET.replace("facts:\n", f"{DATED}facts:\n", 1)
CLAUSE = next(line for line in SET.splitlines(keepends=True) if "RULE" in line)
"""The clause of a case in the set."""


def criteria_of(case) -> Criteria:
    """The set above with the rule of a case, which passes the checks of loading."""
    whole = DATED_SET if "allowed_since" in case["rule"] else SET
    return _loaded(whole.replace(CLAUSE, clause_of(case, "c")))


def clause_of(case, path: str, applies_when: str | None = None) -> str:
    """The rule of a case as a clause of the set, which may apply in some rows only."""
    asked = [f"({part})" for part in (applies_when, case.get("applies_when")) if part is not None]
    given = {"when_zero_base": case.get("when_zero_base"), "applies_when": " and ".join(asked) or None}
    more = "".join(f"{key}: {_quoted(text)}, " for key, text in given.items() if text is not None)
    rule = case["rule"].replace('"c"', f'"{path}"')
    return CLAUSE.replace("  c:", f"  {path}:").replace('"RULE"', _quoted(rule)).replace("MORE", more)


@cache
def _loaded(content) -> Criteria:
    return loads(content)


def _quoted(text):
    return '"' + text.replace('"', '\\"') + '"'


def facts_of(given):
    """Facts as a program gives them, from a case."""
    return {name: _value(value) for name, value in given.items()}


def _value(text):
    if isinstance(text, str) and re.fullmatch(r"\d+/\d+", text):
        return Fraction(text)
    match = re.fullmatch(r"([<>])=(\d+)", text) if isinstance(text, str) else None
    if match is None:
        assert isinstance(text, (bool, int, str, datetime.date))
        return text
    return (AtLeast if match[1] == ">" else AtMost)(int(match[2]))


def evaluated(case):
    """The result of a case."""
    given = dict(case.get("given", {}))
    prev_year, earlier = given.pop("prev_year", {}), given.pop("earlier", {})
    return criteria_of(case).evaluate(
        facts_of(given),
        prev_year=facts_of(prev_year),
        earlier={year: facts_of(facts) for year, facts in earlier.items()},
        year=2021,
        shares={("hamlet", path): RollUp(*counts) for path, counts in case.get("shares", {}).items()},
    )


@pytest.mark.parametrize("case", cases(__file__, "rules"))
def test_a_rule_comes_out_as_the_case_says(case):
    if "error" in case:
        with pytest.raises(EvaluationError) as caught:
            evaluated(case)
        (problem,) = caught.value.problems
        assert str(evolve(problem, place=None, hint=None)) == case["error"]
        assert problem.place is not None
        return
    found = evaluated(case)["c"]
    assert found.verdict.value == case["verdict"]
    if case["verdict"] == "undetermined":
        assert [str(key) for key in found.missing] == case["missing"]
        assert show(found.residual) == case["residual"]
        assert parse(case["residual"]) == found.residual
    else:
        assert found.missing == ()
        assert show(found.residual) == str(case["verdict"] != "not_met").lower()


@pytest.mark.parametrize("case", cases(__file__, "rules"))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_rule_can_be_explained(case, language):
    if "error" not in case:
        assert evaluated(case).explain(language)
