"""Shells complete the names of commands, options, standards and shipped sets, and the units and years of a table."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete

from ncriteria.cli import program
from tests.cli.conftest import FACTS


@pytest.mark.parametrize("shell", [BashComplete, ZshComplete, FishComplete])
@pytest.mark.parametrize(
    ("call", "begun", "found"),
    [
        ([], "eval", ["evaluate"]),
        (["evaluate"], "--stand", ["--standard"]),
        (["evaluate", "--standard"], "ntm-r", ["ntm-revocation"]),
        (
            ["room", "--criteria"],
            "vn.bca.hd04-2024.a",
            ["vn.bca.hd04-2024.advanced-commune", "vn.bca.hd04-2024.advanced-district"],
        ),
        (["evaluate", "--lang"], "", ["vi", "en"]),
        (["compare"], "vn.bca.hd04-2024.c", ["vn.bca.hd04-2024.commune"]),
        (["compare", "a.yaml"], "vn.bca.hd04-2024.c", ["vn.bca.hd04-2024.commune"]),
        (["form"], "vn.bca.hd04-2024.c", ["vn.bca.hd04-2024.commune"]),
        (["evaluate", str(FACTS), "--unit"], "tan-h", ["tan-hung"]),
        (["room", str(FACTS), "--unit"], "Xã Vĩnh Châu A", ["Xã Vĩnh Châu A"]),
        (["explain", str(FACTS), "--year"], "202", ["2021", "2022", "2023", "2024"]),
        (["evaluate", "--unit"], "", []),
        (["evaluate", str(FACTS.with_name("nothing.csv")), "--unit"], "", []),
    ],
)
def test_what_is_begun_is_completed(shell: type[ShellComplete], call: list[str], begun: str, found: list[str]) -> None:
    complete = shell(program, {}, "ncriteria", "_NCRITERIA_COMPLETE")
    assert sorted(one.value for one in complete.get_completions(call, begun)) == sorted(found)
    assert "_NCRITERIA_COMPLETE" in complete.source()


def test_where_no_shipped_set_begins_so_a_file_is_completed() -> None:
    complete = ShellComplete(program, {}, "ncriteria", "_NCRITERIA_COMPLETE")
    assert [(one.value, one.type) for one in complete.get_completions(["compare"], "sets/a")] == [("sets/a", "file")]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of tables and other files, in which the shell is."""
    (tmp_path / "năm").mkdir()
    for name in ("a.csv", "a.XLSX", "a.ods", "a.json", "a.yaml", "a.parquet", "a.docx", "b.pdf", ".a.csv", "năm/c.csv"):
        (tmp_path / name).write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("call", "begun", "found"),
    [
        (["evaluate"], "", ["a.XLSX", "a.csv", "a.json", "a.ods", "a.parquet", "a.yaml", "năm/"]),
        (["watch"], "a.c", ["a.csv"]),
        (["impact", "old", "new"], "a.x", []),
        (["room"], "năm/", ["năm/c.csv"]),
        (["init"], "a.p", ["a.parquet"]),
        (["evaluate", "a.csv", "--attestations"], "a.j", ["a.json"]),
        (["watch", "--assignments"], "a.o", ["a.ods"]),
    ],
)
def test_files_that_tables_stand_in_are_completed(folder: Path, call: list[str], begun: str, found: list[str]) -> None:
    complete = ShellComplete(program, {}, "ncriteria", "_NCRITERIA_COMPLETE")
    given = complete.get_completions(call, begun)
    assert [one.value for one in given if one.type == "plain"] == found


@pytest.mark.parametrize(("begun", "kind"), [("n", "dir"), ("zzz", "dir"), ("~nobody/x", "file")])
def test_where_no_table_begins_so_the_shell_goes_on(folder: Path, begun: str, kind: str) -> None:
    complete = ShellComplete(program, {}, "ncriteria", "_NCRITERIA_COMPLETE")
    assert [(one.value, one.type) for one in complete.get_completions(["evaluate"], begun)] == [(begun, kind)]
