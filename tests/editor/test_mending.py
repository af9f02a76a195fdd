"""Findings that are mended without a choice: what the file says is kept, and every comment."""

from __future__ import annotations

from pathlib import Path
from textwrap import indent

import pytest

from ncriteria.editor.linting.mending import mended_text
from ncriteria.editor.linting.settings import LintSettings
from tests.case_files import document

CASES = document(Path(__file__).with_name("cases") / "mended.yaml")
ALL = LintSettings(advises=True)


def file_with(condition: str, tests: str) -> str:
    return f"""\
format: ncriteria/1
set:
  id: test.mended
  standard: mended
  title: {{vi: "Ví dụ", en: "Example"}}
  instrument: {{number: 1/TEST, issuer: {{vi: "Ví dụ", en: "Example"}}}}
  years: {{from: 2024}}
  level: commune
facts:
  crime_cases: {{title: {{vi: "Số vụ", en: "Cases"}}, type: count}}
clauses:
  few:
    title: {{vi: "Ít vụ", en: "Few cases"}}
    rule: crime_cases < 3
{condition}    encodes: exact
    cite: [{{instrument: 1/TEST}}]
tests:
{indent(tests, "  ")}"""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_test_that_says_nothing_new_is_left_out_and_no_comment_with_it(case):
    before, after = (file_with("", tests) for tests in (case["before"], case.get("after", case["before"])))
    assert mended_text(before, None, ALL) == (after, int("after" in case))


@pytest.mark.parametrize(
    ("condition", "is_mended"),
    [
        ("    applies_when: true\n", True),
        ("    # of the decree\n\n    applies_when: true\n", True),
        ("    applies_when: true  # of the decree\n", False),
        ("    applies_when:  # of the decree\n      true\n", False),
        ("    # of the decree\n    applies_when: true\n", False),
    ],
)
def test_a_condition_that_always_holds_is_left_out_and_no_comment_with_it(condition, is_mended):
    tests = CASES[0]["after"]
    after = file_with(condition.replace("    applies_when: true\n", "") if is_mended else condition, tests)
    assert mended_text(file_with(condition, tests), None, ALL) == (after, int(is_mended))
