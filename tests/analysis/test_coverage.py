from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ncriteria.analysis.rule_testing.coverage import Goal, coverage_of
from ncriteria.language.printer import show
from tests.case_files import cases
from tests.rule_sets import located_set, one_rule


@pytest.mark.parametrize("case", cases(__file__, "coverage"))
def test_what_the_tests_of_a_rule_have_not_seen_is_told(case: dict[str, Any], tmp_path: Path) -> None:
    tests = "\n".join(f"  - {{id: t{index}, {line}}}" for index, line in enumerate(case["tests"]))
    covered = coverage_of(located_set(tmp_path, one_rule(case["rule"], tests, case.get("extra", ""))))
    missing = {f"{one.condition.role}: {show(one.condition.expr)}": _words(one.missing) for one in covered.conditions}
    # YAML reads the words true and false as truths.
    assert missing == {name: [str(word).lower() for word in words] for name, words in case["missing"].items()}
    assert covered.is_full == (not any(missing.values()))


def _words(goals: tuple[Goal, ...]) -> list[str]:
    return [_word(goal) for goal in goals]


def _word(goal: Goal) -> str:
    if goal.outcome is not None:
        return goal.outcome.value
    assert goal.side is not None
    return ("upper " if goal.threshold else "") + goal.side.value


def test_a_test_covers_only_the_clauses_whose_verdict_it_expects(tmp_path: Path) -> None:
    two = one_rule("cases <= 3", "  - {id: t, given: {cases: 3, others: 1}, expect: {other: not_met}}").replace(
        "tests:\n", "  other: {title: O, rule: others = 0, encodes: exact, cite: [{instrument: T1}]}\ntests:\n"
    )
    seen = {one.condition.path: len(one.seen) for one in coverage_of(located_set(tmp_path, two)).conditions}
    assert seen == {"c": 0, "other": 2}


def test_a_condition_is_told_with_the_line_and_column_where_it_stands(tmp_path: Path) -> None:
    covered = coverage_of(located_set(tmp_path, one_rule("border and cases <= 3")))
    lines = (tmp_path / "set.yaml").read_text(encoding="utf-8").splitlines()
    places = [one.condition.place for one in covered.conditions if one.condition.place is not None]
    assert [lines[place.line - 1][place.column - 1 :] for place in places] == ["border and cases <= 3'", "cases <= 3'"]
