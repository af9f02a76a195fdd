"""What the suite is drawn from: the cases of the tests, and families of rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.case_files import read_cases
from tests.conformance.families import YEAR, facts_by_year, family_cases, texts
from tests.conformance.suite import FORMAT
from tests.conformance.written import json_text, read_texts
from tests.evaluation import test_grades, test_rules
from tests.language import test_checking

TESTS = Path(__file__).parents[1]
HERE = Path(__file__).parent
_CODE = re.compile(r"\bNC\d{3}\b")


def sets() -> dict[str, Any]:
    """The sets by name, every scalar as a text."""
    rules = read_texts(test_rules.DATED_SET.replace("MORE", ""))
    rules["parameters"]["dated"] = read_texts(_DATED)
    rules["facts"]["settled"] = {"title": "Settled", "type": "number", "min": "0", "max": "1", "decimals": "2"}
    del rules["clauses"]["c"]
    checked = read_texts(test_checking.SET)
    del checked["clauses"]["crime"]
    own = {path.stem: read_texts(path.read_text(encoding="utf-8")) for path in sorted((HERE / "sets").glob("*.yaml"))}
    graded = read_texts(test_grades.SET + test_grades.GRADES)
    return {"rules": rules, "facts": {**rules, "clauses": {}}, "checked": checked, "graded": graded, **own}


_DATED = """\
title: Dated
values: [{from: 2018, value: 4}, {from: 2020, value: 3}, {from: 2022, value: 2}]
cite: [{instrument: 1/TEST}]
"""


def files_of_sets() -> dict[str, str]:
    """The text of the file of every set, by its name."""
    return {f"sets/{name}.json": json_text(content) for name, content in sets().items()}


def files_of_cases() -> dict[str, str]:
    """The text of every file of cases, by its name."""
    suites = {
        name: {"format": FORMAT, "kind": kind, "title": title, "cases": list(cases())}
        for name, (kind, title, cases) in CONTENT.items()
    }
    return {f"{name}.json": json_text(suite) for name, suite in suites.items()}


def _numbered(name: str, cases: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for number, case in enumerate(cases, start=1):
        yield {"id": f"{name}-{number}", **case}


def _reading() -> Iterator[dict[str, Any]]:
    for case in read_cases(TESTS / "language/cases/valid.yaml"):
        yield {"read": case["text"], "expression": case["canonical"]}


def _refused() -> Iterator[dict[str, Any]]:
    for case in read_cases(TESTS / "language/cases/invalid.yaml"):
        yield {"read": case["text"], "error": _code(case["error"])}


def _code(message: str) -> str:
    found = _CODE.search(message)
    assert found, message
    return found[0]


def _checking() -> Iterator[dict[str, Any]]:
    for case in read_cases(TESTS / "language/cases/check_valid.yaml"):
        yield {"set": "checked", "clauses": {"crime": {"rule": case["rule"]}}, "accepted": True}
    for case in read_cases(TESTS / "language/cases/check.yaml"):
        codes = [_code(line) for line in case["error"].splitlines() if line.startswith("line ")]
        yield {"set": "checked", "clauses": {"crime": {"rule": case["rule"]}}, "refused": codes}


def _rules() -> Iterator[dict[str, Any]]:
    for case in read_cases(TESTS / "evaluation/cases/rules.yaml"):
        keys = ("rule", "when_zero_base", "applies_when")
        asked = {"set": "rules", "clauses": {"c": {key: case[key] for key in keys if key in case}}, "year": YEAR}
        asked |= _given(case)
        if "shares" in case:
            counts = ("met", "not_met", "undetermined")
            told = {path: dict(zip(counts, share, strict=True)) for path, share in case["shares"].items()}
            asked["inside"] = {"hamlet": told}
        yield asked | _expected(case, "c")


def _given(case: Mapping[str, Any]) -> dict[str, Any]:
    facts = facts_by_year(case.get("given", {}), YEAR)
    return {"facts": facts} if facts else {}


def _expected(case: Mapping[str, Any], path: str) -> dict[str, Any]:
    if "error" in case:
        return {"error": _code(case["error"])}
    left = {key: case[key] for key in ("missing", "residual") if key in case}
    return {"expect": {path: {"verdict": case["verdict"], **left} if left else case["verdict"]}}


def _groups() -> Iterator[dict[str, Any]]:
    for case in read_cases(TESTS / "evaluation/cases/groups.yaml"):
        asked = {"id": case["id"], "set": "facts", "clauses": texts(case["clauses"]), "year": YEAR, **_given(case)}
        if "error" in case:
            yield asked | {"error": _code(case["error"])}
            continue
        expect: dict[str, Any] = dict(case["expect"])
        left = {key: case[key] for key in ("missing", "residual") if key in case}
        left |= {"not_encoded": case["open"]} if "open" in case else {}
        if left:
            of = case.get("of", "set")
            expect[of] = ({"verdict": expect[of]} if of in expect else {}) | left
        yield asked | {"expect": expect}


def _grades() -> Iterator[dict[str, Any]]:
    for case in read_cases(TESTS / "evaluation/cases/grades.yaml"):
        expect: dict[str, Any] = {}
        for path in ("set", "19.2", "border"):
            if path in case:
                expect[path] = {"grades": case[path] or []}
                if f"missing_of_{path}" in case:
                    expect[path]["missing_of_grade"] = case[f"missing_of_{path}"]
        facts = facts_by_year(case["given"], 2024)
        yield {"set": "graded", "year": 2024, "facts": facts, "expect": expect}


def _tables() -> Iterator[dict[str, Any]]:
    return (_typed(case) for case in read_texts((HERE / "tables.yaml").read_text(encoding="utf-8")))


def _typed(value: Any, key: str = "") -> Any:
    """What stands in the tables as JSON has it: years and counts of units as numbers, truths and nothing as such."""
    match value:
        case dict():
            return {name: _typed(one, "inside" if key == "inside" else name) for name, one in value.items()}
        case list():
            return [_typed(one) for one in value]
    if key in ("year", "inside"):
        return int(value)
    return {"true": True, "false": False, "null": None}.get(value, value)


CONTENT = {
    "reading": ("reading", "How expressions are read", lambda: _numbered("read", _reading())),
    "refused": ("reading", "Expressions that are refused", lambda: _numbered("refused", _refused())),
    "checking": (
        "checking",
        "Rules that a file may hold, and rules that it may not",
        lambda: _numbered("check", _checking()),
    ),
    "rules": ("judging", "What each construct means", lambda: _numbered("rule", _rules())),
    "families": ("judging", "At, below and above each limit, with what is known in part", family_cases),
    "groups": ("judging", "How clauses make groups", _groups),
    "tables": (
        "tables",
        "Whole tables: units inside, units that changed, sets that follow, extend or ask each other",
        _tables,
    ),
    "grades": ("judging", "Graded outcomes", lambda: _numbered("grade", _grades())),
}
"""The kind, the title and the cases of each file."""
