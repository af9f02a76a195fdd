"""What is told only where an author asks for advice, with its place."""

from __future__ import annotations

import pytest

from ncriteria.editor.linting.checking import checked_text
from ncriteria.editor.linting.rules.rule import Severity
from ncriteria.editor.linting.settings import LintSettings
from tests.case_files import cases
from tests.sets.writing import file_text


@pytest.mark.parametrize("case", cases(__file__, "advised"))
def test_a_rule_advises_with_the_whole_message(case):
    parts = {key: text for key, text in case.items() if key not in ("rule", "advice")}
    findings = checked_text(file_text(parts), settings=LintSettings(advises=True)).findings
    assert [one.problem for one in findings if one.severity is Severity.ERROR] == []
    assert "\n".join(str(one.problem) for one in findings if one.problem.code == case["rule"]) == case["advice"]
