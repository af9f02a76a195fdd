"""How clauses make groups, case by case."""

from __future__ import annotations

import pytest
import yaml
from attrs import evolve

from ncriteria.evaluation.criteria import loads
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.language.printer import show
from tests.case_files import cases
from tests.evaluation.test_rules import SET


def _member(member):
    """The full form of a clause or group in short form."""
    full = {"title": "T", **member}
    for kind in ("all", "any"):
        if kind in full:
            return {**full, kind: [_member(inner) for inner in full[kind]]}
    if "at_least" in full:
        return {**full, "at_least": {**full["at_least"], "of": [_member(inner) for inner in full["at_least"]["of"]]}}
    return {**full, "encodes": "exact" if "rule" in full else "not_encoded", "cite": [{"instrument": "1/TEST"}]}


def _criteria(short):
    head = SET[: SET.index("clauses:")]
    clauses = {name: _member(member) for name, member in short.items()}
    return loads(head + yaml.safe_dump({"clauses": clauses}, allow_unicode=True, sort_keys=False))


@pytest.mark.parametrize("case", cases(__file__, "groups"))
def test_a_set_comes_out_as_the_case_says(case):
    criteria = _criteria(case["clauses"])
    if "error" in case:
        with pytest.raises(EvaluationError) as caught:
            criteria.evaluate(case["given"])
        (problem,) = caught.value.problems
        assert str(evolve(problem, place=None, hint=None)) == case["error"]
        return
    result = criteria.evaluate(case["given"])
    assert {path: result[path].verdict.value for path in case["expect"]} == case["expect"]
    outcome = result[case["of"]] if "of" in case else result
    if "missing" in case:
        assert [str(key) for key in outcome.missing] == case["missing"]
    if "residual" in case:
        assert show(outcome.residual) == case["residual"]
    if "open" in case:
        assert list(outcome.open.clauses) == case["open"]
    assert result.explain("vi")
    assert result.explain("en")
