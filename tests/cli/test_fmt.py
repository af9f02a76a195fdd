"""`fmt`: the canonical layout of files, folders and the standard input."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from ncriteria.cli import program
from tests.sets.writing import file_text

TIDY = file_text({}).replace("\nfacts:", "\n\nfacts:").replace("\nclauses:", "\n\nclauses:")
UNTIDY = TIDY.replace("format: ", "format:   ").replace("cases = 0", "cases=0")
pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "tidy.yaml").write_text(TIDY, encoding="utf-8")
    (tmp_path / "untidy.yaml").write_text(UNTIDY, encoding="utf-8")
    return tmp_path


def test_the_files_of_a_folder_are_laid_out_and_those_that_are_stay_untouched(run, folder):
    before = (folder / "tidy.yaml").stat().st_mtime_ns
    found = run("fmt", folder)
    assert found.stdout == f"{folder / 'untidy.yaml'} is laid out\n2 files looked at: 1 differs\n"
    assert found.exit_code == 0
    assert (folder / "untidy.yaml").read_text("utf-8") == TIDY
    assert (folder / "tidy.yaml").stat().st_mtime_ns == before


def test_check_writes_nothing_and_is_a_finding_where_a_file_would_change(run, folder):
    found = run("fmt", folder, "--check")
    assert found.stdout == f"{folder / 'untidy.yaml'} would change\n2 files looked at: 1 differs\n"
    assert found.exit_code == 1
    assert (folder / "untidy.yaml").read_text("utf-8") == UNTIDY
    assert run("fmt", folder / "tidy.yaml", "--check").exit_code == 0


def test_diff_prints_a_patch_and_writes_nothing(run, folder):
    found = run("fmt", folder, "--diff")
    assert found.stdout.splitlines()[:4] == [
        f"--- {folder / 'untidy.yaml'}",
        f"+++ {folder / 'untidy.yaml'}",
        "@@ -1,4 +1,4 @@",
        "-format:   ncriteria/1",
    ]
    assert found.exit_code == 0
    assert (folder / "untidy.yaml").read_text("utf-8") == UNTIDY


def test_the_standard_input_is_laid_out_to_the_standard_output():
    found = CliRunner().invoke(program, ["fmt", "-", "--lang", "en"], input=UNTIDY.encode())
    assert (found.exit_code, found.stdout) == (0, TIDY)


def test_a_file_with_other_line_ends_or_a_mark_at_its_beginning_changes(run, tmp_path):
    file = tmp_path / "set.yaml"
    for content in (TIDY.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + TIDY.encode()):
        file.write_bytes(content)
        assert run("fmt", file, "--check").exit_code == 1
        assert run("fmt", file).exit_code == 0
        assert file.read_bytes() == TIDY.encode()


def test_a_file_that_cannot_be_read_is_bad_input_and_the_others_are_laid_out(run, folder):
    (folder / "broken.yaml").write_text("a: [1", encoding="utf-8")
    found = run("fmt", folder)
    assert found.exit_code == 2
    assert found.stderr.startswith(f"{folder / 'broken.yaml'}:1:4: NC103 this is not YAML: this `[` is not closed")
    assert (folder / "untidy.yaml").read_text("utf-8") == TIDY
    told = json.loads(run("fmt", folder, "--json").stdout)
    assert [one["changed"] for one in told["files"]] == [False, False]
    assert [one["code"] for one in told["problems"]] == ["NC103"]
