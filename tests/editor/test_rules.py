"""Every rule of the table: its examples do what they are for, in the check and in an editor alike."""

from __future__ import annotations

import pytest
from pygls.workspace import PositionCodec

from ncriteria.editor.edits import applied
from ncriteria.editor.linting.checking import LintFinding, checked_text
from ncriteria.editor.linting.rules.rule import LintRule, Severity
from ncriteria.editor.linting.rules.table import RULES
from ncriteria.editor.linting.settings import LintSettings
from ncriteria.editor.server.opened import OpenFiles
from ncriteria.editor.server.positions import TypedText
from tests.docs.criteria_blocks import count_told, whole, whole_files
from tests.docs.pages import ROOT

ALL = LintSettings(advises=True)
TEMPLATE = (ROOT / "tests" / "docs" / "template.yaml").read_text("utf-8")


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_the_bad_example_of_a_rule_breaks_it_and_the_good_one_does_not(rule):
    usual = count_told(rule.code, {"set.yaml": TEMPLATE})
    assert count_told(rule.code, whole_files(rule.bad)) > usual
    assert count_told(rule.code, whole_files(rule.good)) <= usual


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_an_editor_finds_in_the_open_files_what_the_check_finds(rule, tmp_path):
    opened = OpenFiles(advises=True)
    for name, text in whole_files(rule.bad).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        file = opened.typed(tmp_path / name, TypedText(text, PositionCodec()))
        assert file is not None
        assert all(one.severity is not Severity.ADVICE for one in file.findings)
    asked = opened.together(file.path)
    opened.settle(asked, asked.checked())
    assert rule.code in {one.problem.code for file in opened.files.values() for one in file.findings}


def findings(rule: LintRule) -> list[LintFinding]:
    """What is found in the text of a bad example that breaks its rule."""
    found = (one for text in whole_files(rule.bad).values() for one in checked_text(text, settings=ALL).findings)
    return [one for one in found if one.problem.code == rule.code]


@pytest.mark.parametrize("rule", [rule for rule in RULES.values() if rule.fix], ids=lambda rule: rule.code)
def test_a_rule_that_has_a_fix_mends_its_bad_example(rule):
    mended = checked_text(applied(whole(rule.bad), findings(rule)[0].fix), settings=ALL)
    assert rule.code not in {one.problem.code for one in mended.findings}
    assert mended.read.criteria is not None


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_a_rule_without_a_fix_offers_none(rule):
    assert any(one.fix for one in findings(rule)) is bool(rule.fix)
