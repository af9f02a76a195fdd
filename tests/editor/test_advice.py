"""What is told only where an author asks for advice, with its place."""

from __future__ import annotations

import pytest

from ncriteria.editor.linting.checking import checked_text
from ncriteria.editor.linting.rules.rule import Severity
from ncriteria.editor.linting.settings import LintSettings
from tests.case_files import cases
from tests.overlay_sets import NATIONAL, PROVINCE
from tests.sets.writing import file_text


@pytest.mark.parametrize("case", cases(__file__, "advised"))
def test_a_rule_advises_with_the_whole_message(case):
    parts = {key: text for key, text in case.items() if key not in ("rule", "advice")}
    findings = checked_text(file_text(parts), settings=LintSettings(advises=True)).findings
    assert [one.problem for one in findings if one.severity is Severity.ERROR] == []
    assert "\n".join(str(one.problem) for one in findings if one.problem.code == case["rule"]) == case["advice"]


def test_a_title_of_the_extended_set_is_told_of_at_the_change_that_makes_its_number_another(tmp_path):
    national = NATIONAL.replace('{vi: "Ít vụ", en: "Few cases"}', '{vi: "Không quá 10 vụ", en: "At most 10 cases"}')
    (tmp_path / "national.yaml").write_text(national, encoding="utf-8")
    found = checked_text(PROVINCE, path=tmp_path / "province.yaml", settings=LintSettings(advises=True)).findings
    told = [one.problem for one in found if one.problem.code == "NC160"]
    assert [one.message for one in told] == ['the title of "calm/crime" says 10, and in 2025 `most` is 8']
    assert [PROVINCE.split("\n")[one.place.line - 1] for one in told] == [
        '  - {set: most, value: 8, cite: [{instrument: 2/LONG-AN, at: "Điều 1"}]}'
    ]
