"""What the linter finds worth a second look, with its place."""

from __future__ import annotations

from typing import Any

import pytest

import ncriteria as nc
from tests.case_files import cases
from tests.sets.writing import file_text


@pytest.mark.parametrize("case", cases(__file__, "warnings"))
def test_a_set_is_warned_about_with_the_whole_message(case: Any) -> None:
    found = nc.lint(nc.loads(file_text(case)).definition)
    assert "\n".join(str(problem) for problem in found) == case["warnings"]


def test_the_shipped_sets_have_no_warnings_but_of_what_they_look_at() -> None:
    found = [problem for definition in nc.catalog().sets.sets for problem in nc.lint(definition)]
    assert {problem.code for problem in found} <= {"NC132"}
