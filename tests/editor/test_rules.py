"""Every rule of the table: its examples do what they are for, in the check and in an editor alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from ncriteria.editor.edits import applied
from ncriteria.editor.linting.checking import checked_files, checked_text
from ncriteria.editor.linting.rules.rule import Severity
from ncriteria.editor.linting.rules.table import RULES
from ncriteria.editor.linting.settings import LintSettings
from tests.docs.criteria_blocks import whole
from tests.docs.pages import ROOT

ALL = LintSettings(advises=True)
SHOWN = [code for code, rule in RULES.items() if rule.bad]
BETWEEN = {"NC142", "NC147"}
"""Rules that look at other files, which an editor does not on each stroke."""


TEMPLATE = (ROOT / "tests" / "docs" / "template.yaml").read_text("utf-8")


def count(code: str, text: str, tmp_path: Path) -> int:
    """How often the check tells of `code` in a file."""
    file = tmp_path / "set.yaml"
    file.write_text(text, encoding="utf-8")
    checked = checked_files([file], alone=True, settings=ALL)
    assert checked.of(Severity.ERROR) == ()
    return sum(problem.code == code for problem in checked.of(*Severity))


@pytest.mark.parametrize("code", SHOWN)
def test_the_bad_example_of_a_rule_breaks_it_and_the_good_one_does_not(code, tmp_path):
    usual = count(code, TEMPLATE, tmp_path)
    assert count(code, whole(RULES[code].bad), tmp_path) > usual
    assert count(code, whole(RULES[code].good), tmp_path) <= usual


@pytest.mark.parametrize("code", sorted(set(SHOWN) - BETWEEN))
def test_an_editor_finds_in_the_text_what_the_check_finds_in_the_file(code):
    findings = checked_text(whole(RULES[code].bad), settings=ALL).findings
    assert code in {one.problem.code for one in findings}
    assert all(one.severity is not Severity.ADVICE for one in checked_text(whole(RULES[code].bad)).findings)


def test_the_rules_without_an_example_are_about_several_files():
    assert set(RULES) - set(SHOWN) == {"NC150", "NC151", "NC194", "NC440", "NC441", "NC444"}


@pytest.mark.parametrize("code", [code for code, rule in RULES.items() if rule.fix])
def test_a_rule_that_has_a_fix_mends_its_bad_example(code):
    text = whole(RULES[code].bad)
    finding = next(one for one in checked_text(text, settings=ALL).findings if one.problem.code == code)
    mended = checked_text(applied(text, finding.fix), settings=ALL)
    assert code not in {one.problem.code for one in mended.findings}
    assert mended.read.criteria is not None


def test_a_rule_without_a_fix_offers_none():
    for code in sorted(set(SHOWN) - BETWEEN):
        findings = checked_text(whole(RULES[code].bad), settings=ALL).findings
        assert any(one.fix for one in findings if one.problem.code == code) is bool(RULES[code].fix), code
