from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import chdir, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import pytest

from ncriteria.sets.files.files import shipped_folder
from tests.rule_sets import HEAD, one_rule

TESTS = "  - {id: tie, given: {cases: 3}, expect: {c: met}}\n  - {id: over, given: {cases: 4}, expect: {c: VERDICT}}"


PLUGINS = ["-p", "ncriteria", "-p", "no:unraisableexception"]


class Told(NamedTuple):
    """What a run of pytest came to, and what it printed."""

    returncode: int
    stdout: str


def run_pytest(folder: Path, *arguments: str, language: str = "") -> Told:
    """Pytest with this plugin only, within this process, which starts no other Python.

    It does not look for errors in what is collected as garbage: there is much of it, from the tests before.
    """
    told = StringIO()
    environment = {"NCRITERIA_LANG": language, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    with patch.dict(os.environ, environment), chdir(folder), redirect_stdout(told):
        status = pytest.main([*_options(folder), *PLUGINS, "--capture=no", *arguments])
    return Told(int(status), told.getvalue())


def run_pytest_with_all_plugins(folder: Path, *arguments: str) -> Told:
    """Pytest in a process of its own, with all plugins that are installed, which takes long."""
    command = [sys.executable, "-m", "pytest", *_options(folder), *arguments]
    found = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    return Told(found.returncode, found.stdout)


def _options(folder: Path) -> list[str]:
    return ["-p", "no:cacheprovider", "--rootdir", str(folder)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.yaml").write_text(HEAD + one_rule("cases <= 3", TESTS.replace("VERDICT", "not_met")), "utf-8")
    (tmp_path / "other.yaml").write_text("name: someone else's\n", "utf-8")
    return tmp_path


def test_nothing_is_collected_unless_it_is_asked_for(folder: Path) -> None:
    assert run_pytest_with_all_plugins(folder).returncode == 5


def test_each_embedded_test_is_an_item(folder: Path) -> None:
    found = run_pytest(folder, "--ncriteria", "--collect-only", "-q")
    assert found.stdout.splitlines()[:2] == ["good.yaml::tie", "good.yaml::over"]
    assert found.stdout.splitlines()[-1].startswith("2 tests collected")
    assert run_pytest(folder, "--ncriteria", "-q").returncode == 0


def test_a_test_that_is_taken_over_is_an_item_named_by_the_set_that_carries_it(folder: Path) -> None:
    extending = HEAD.replace("test.set", "test.next").replace("standard: test", "standard: next")
    (folder / "next.yaml").write_text(extending + "extends: good.yaml\nchanges: []\n", "utf-8")
    found = run_pytest(folder, "--ncriteria", "next.yaml", "-v").stdout
    assert "next.yaml::test.set:tie PASSED" in found
    assert "2 passed" in found


def test_one_test_can_be_run_by_its_name(folder: Path) -> None:
    assert "1 passed" in run_pytest_with_all_plugins(folder, "--ncriteria", "good.yaml::over").stdout


def test_files_are_named_by_pattern_in_the_ini_file(folder: Path) -> None:
    (folder / "pytest.ini").write_text("[pytest]\nncriteria_files =\n    good.*\n", "utf-8")
    assert "2 passed" in run_pytest(folder).stdout


def test_a_failure_tells_the_place_the_facts_and_what_came_out_without_a_traceback(folder: Path) -> None:
    path = folder / "good.yaml"
    path.write_text(HEAD + one_rule("cases <= 3", TESTS.replace("VERDICT", "met")), "utf-8")
    line = path.read_text("utf-8").splitlines().index(TESTS.splitlines()[1].replace("VERDICT", "met")) + 1
    found = run_pytest(folder, "--ncriteria", "-v")
    assert found.returncode == 1
    assert f"{path}:{line}:5: Test (test.set), test over\n  year: 2021\n  given: {{cases: 4}}\n" in found.stdout
    assert "  c: expected met, found not_met\n" in found.stdout
    assert "Traceback" not in found.stdout
    assert ".py" not in found.stdout.split("FAILURES")[1]


@pytest.mark.parametrize("by", ["environment", "ini"])
def test_failures_and_problems_are_told_in_the_language_that_is_asked_for(folder: Path, by: str) -> None:
    (folder / "good.yaml").write_text(HEAD + one_rule("cases <= 3", TESTS.replace("VERDICT", "met")), "utf-8")
    (folder / "broken.yaml").write_text(HEAD + one_rule("cases <= missing_fact"), "utf-8")
    if by == "ini":
        (folder / "pytest.ini").write_text("[pytest]\nncriteria_language = vi\n", "utf-8")
    asked = "vi" if by == "environment" else ""
    found = run_pytest(folder, "--ncriteria", "--continue-on-collection-errors", language=asked)
    assert "Test (test.set), phép thử over\n" in found.stdout
    assert "  c: cần đạt, nhưng kết quả là chưa đạt\n" in found.stdout
    assert "NC012 không có số liệu `missing_fact`" in found.stdout


def test_its_options_are_told_in_the_language_of_the_environment(folder: Path) -> None:
    told = run_pytest(folder, "--help", language="vi").stdout
    assert "thu thập các phép thử kèm trong bộ tiêu chí" in " ".join(told.split())


def test_a_file_that_does_not_load_is_a_collection_error_with_its_problems(folder: Path) -> None:
    (folder / "broken.yaml").write_text(HEAD + one_rule("cases <= missing_fact + nothing"), "utf-8")
    found = run_pytest(folder, "--ncriteria")
    assert found.returncode == 2
    assert "NC012 there is no fact `missing_fact`" in found.stdout
    assert "NC012 there is no fact `nothing`" in found.stdout
    assert "Traceback" not in found.stdout


def test_the_shipped_sets_are_collected_from_anywhere(folder: Path) -> None:
    found = run_pytest(folder, "--ncriteria-shipped", "--collect-only", "-q")
    assert "hd06-2022.commune.yaml::crime-at-the-limit" in found.stdout
    assert "good.yaml" not in found.stdout


def test_a_copy_of_the_shipped_sets_passes(folder: Path) -> None:
    shutil.copy(shipped_folder() / "tan-hung.district.yaml", folder)
    found = run_pytest(folder, "--ncriteria", "tan-hung.district.yaml")
    assert found.returncode == 0
    assert "nine-of-eleven" in run_pytest(folder, "--ncriteria", "tan-hung.district.yaml", "--collect-only").stdout
