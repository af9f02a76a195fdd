"""`check` as a linter: settings, fixes, and what other programs read."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from ncriteria.cli import program
from ncriteria.editor.linting.rules.table import RULES
from tests.cli.conftest import CRITERIA, ROOT
from tests.sets.writing import file_text

TEST = "tests:\n  - {id: a, given: {cases: 0}, expect: {crime: met}}\n"
REPEATED = {"tests": TEST + "  - {id: b, given: {cases: 0}, expect: {crime: met}}\n"}
ALWAYS = file_text({"tests": TEST}).replace("rule: cases = 0", "rule: cases = 0, applies_when: true")
BROKEN = file_text({"tests": TEST}).replace("cases = 0", "case = 0")
pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Write a criteria file into the working folder."""
    monkeypatch.chdir(tmp_path)

    def write(text, name="set.yaml"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return name

    return write


def test_advice_is_told_where_it_is_asked_for_and_is_no_finding(run, file):
    name = file(file_text(REPEATED))
    assert run("check", name, "--strict").stdout == "1 file checked: 0 errors, 0 warnings\n"
    found = run("check", name, "--advice", "--strict")
    assert found.exit_code == 0
    assert f"advice {name}:15:5: NC158 the test `b` says nothing that `a` does not\n" in found.stdout
    assert found.stdout.endswith("1 file checked: 0 errors, 0 warnings, 7 pieces of advice\n")


@pytest.mark.parametrize(
    ("said", "expected", "status"),
    [
        ("NC158: warning", "1 file checked: 0 errors, 1 warning\n", 0),
        ("NC158: error", "1 file checked: 1 error, 0 warnings\n", 1),
        ("NC158: notice", "1 file checked: 0 errors, 0 warnings, 1 notice\n", 0),
        ("NC144: warning", "1 file checked: 0 errors, 0 warnings\n", 0),
    ],
)
def test_the_project_file_says_how_much_a_rule_counts(run, file, said, expected, status):
    file(f"format: ncriteria-project/1\ncheck: {{{said}}}\n", "ncriteria.yaml")
    found = run("check", file(file_text(REPEATED)))
    assert (found.stdout[-len(expected) :], found.exit_code) == (expected, status)


def test_a_rule_that_is_off_is_not_told_and_an_error_cannot_be(run, file):
    file("format: ncriteria-project/1\ncheck: {NC144: off}\n", "ncriteria.yaml")
    assert run("check", file(ALWAYS)).stdout == "1 file checked: 0 errors, 0 warnings\n"
    file("format: ncriteria-project/1\ncheck: {NC012: off}\n", "ncriteria.yaml")
    refused = run("check", file(BROKEN))
    assert refused.exit_code == 2
    assert "ncriteria.yaml:2:9: NC196 there is no rule `NC012` of the check" in refused.stderr


def test_a_severity_that_is_none_is_refused(run, file):
    file("format: ncriteria-project/1\ncheck: {NC144: warn}\n", "ncriteria.yaml")
    refused = run("check", file(ALWAYS))
    assert 'NC108 expected one of error, warning, notice, advice, off, found "warn"' in refused.stderr
    assert "did you mean `warning`?" in refused.stderr


def test_fix_mends_what_needs_no_choice(run, file):
    name = file(ALWAYS + "  - {id: b, given: {cases: 0}, expect: {crime: met}}\n  # the end\n")
    found = run("check", name, "--advice", "--fix")
    assert found.stdout.endswith(", 2 findings mended\n")
    assert Path(name).read_text("utf-8") == file_text({"tests": TEST}) + "  # the end\n"
    assert json.loads(run("check", name, "--fix", "--json").stdout)["mended"] == 0


def test_fix_keeps_the_line_ends_and_the_mark_of_a_file(run, file):
    name = file("")
    Path(name).write_bytes(b"\xef\xbb\xbf" + ALWAYS.replace("\n", "\r\n").encode())
    run("check", name, "--fix")
    mended = ALWAYS.replace("applies_when: true, ", "")
    assert Path(name).read_bytes() == b"\xef\xbb\xbf" + mended.replace("\n", "\r\n").encode()


def test_fix_needs_to_be_told_what_it_may_write(run):
    refused = run("check", "--fix")
    assert refused.exit_code == 2
    assert refused.stderr.endswith("Error: --fix needs the files that it may write\n")


def test_github_reads_a_command_a_finding(run, file):
    found = run("check", file(BROKEN), "--format", "github")
    assert found.exit_code == 1
    assert found.stdout == (
        "::error file=set.yaml,line=12,col=31,endColumn=35,title=NC012::"
        "there is no fact `case`%0Ahint: did you mean `cases`?\n"
    )
    assert run("check", file(ALWAYS), "--format", "github").stdout.startswith("::warning file=set.yaml,line=12,")


def test_sarif_holds_the_rules_the_findings_and_their_fixes(run, file):
    log = json.loads(run("check", file(ALWAYS), CRITERIA / "hd04-2024.commune.yaml", "--format", "sarif").stdout)
    assert log["version"] == "2.1.0"
    [told] = log["runs"]
    assert [rule["id"] for rule in told["tool"]["driver"]["rules"]] == list(RULES)
    result = next(one for one in told["results"] if one["ruleId"] == "NC144")
    assert result["level"] == "warning"
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "set.yaml"},
                "region": {"startLine": 12, "startColumn": 56, "endColumn": 60},
            }
        }
    ]
    [replacement] = result["fixes"][0]["artifactChanges"][0]["replacements"]
    deleted = replacement["deletedRegion"]
    start = deleted["charOffset"]
    assert ALWAYS[start : start + deleted["charLength"]] == "applies_when: true, "


@pytest.mark.parametrize(("options", "failures"), [((), 1), (("--strict",), 2)])
def test_junit_has_a_suite_a_file_and_a_case_a_finding(run, file, options, failures):
    found = run("check", file(ALWAYS, "always.yaml"), file(BROKEN, "broken.yaml"), "--format", "junit", *options)
    root = ElementTree.fromstring(found.stdout)
    assert root.tag == "testsuites"
    assert {suite.get("name") for suite in root} == {"always.yaml", "broken.yaml"}
    assert sum(int(suite.get("failures")) for suite in root) == failures == len(root.findall(".//failure"))
    failure = root.find("testsuite[@name='broken.yaml']/testcase/failure")
    assert failure.attrib == {"type": "NC012", "message": "there is no fact `case`"}
    assert all(len(suite.findall("testcase")) == int(suite.get("tests")) for suite in root)


def test_a_format_of_json_is_the_object_of_json(run, file):
    name = file(ALWAYS)
    assert run("check", name, "--format", "json").stdout == run("check", name, "--json").stdout


def test_a_rule_is_told_in_both_languages_and_one_that_is_none_is_refused(run):
    assert "Do: write `1500`, or `1.5` where that is meant" in run("rule", "nc138").stdout
    assert "Cần làm: hãy viết `1500`, hoặc `1.5` nếu đúng ý đó" in run("rule", "NC138", "--lang", "vi").stdout
    assert len(run("rule", "--list").stdout.splitlines()) == len(RULES)
    assert run("rule", "NC012").stderr.endswith("there is no rule `NC012`; --list lists the rules; an error is none\n")
    assert run("rule").stderr.endswith("name the code of a rule, such as NC131; --list lists them\n")


def test_the_hooks_of_pre_commit_call_commands_and_options_that_there_are():
    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")):
        name, command, *options = hook["entry"].split()
        assert name == "ncriteria"
        known = {one for parameter in program.get_command(None, command).params for one in parameter.opts}
        assert set(options) <= known


def test_a_file_that_is_no_text_is_told_and_the_others_are_mended(run, tmp_path):
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(ALWAYS, encoding="utf-8")
    bad.write_bytes(b"\xff")
    found = run("check", good, bad, "--fix", "--json")
    told = json.loads(found.stdout)
    assert (found.exit_code, told["mended"]) == (1, 1)
    assert [one["code"] for one in told["errors"]] == ["NC101"]
