"""`ncriteria compare`: each kind of difference with all that is said of it, and what shows nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ncriteria.cli import program
from tests.case_files import cases

BASE = (Path(__file__).parent / "cases" / "compare_base.yaml").read_text(encoding="utf-8")

pytest.importorskip("z3")


LATE = [
    ["- id: fire\n", "- id: blaze\n"],
    ['title: {vi: "Cháy", en: "Fire"}', 'title: {vi: "Cháy", en: "Blaze"}'],
    ["fires <= 2", "fires < 3"],
    ['met("main/fire") and', 'met("main/blaze") and'],
]
"""A clause renamed in path, title and rule."""


def _edited(edits: list[list[str]]) -> str:
    text = BASE
    for found, replacement in edits:
        assert text.count(found) == 1, f"the base has {found!r} {text.count(found)} times"
        text = text.replace(found, replacement)
    return text


def _invoke(*arguments: str) -> Result:
    return CliRunner(env={"COLUMNS": "100", "NO_COLOR": "1"}).invoke(program, ["compare", *map(str, arguments)])


def run_compare(edits: list[list[str]], folder: Path, *options: str) -> str:
    """What `compare` prints of the base and its edit, without the two lines that name the sets."""
    (folder / "old.yaml").write_text(BASE, encoding="utf-8")
    (folder / "new.yaml").write_text(_edited(edits), encoding="utf-8")
    result = _invoke(str(folder / "old.yaml"), str(folder / "new.yaml"), *(options or ("--lang", "en")))
    assert result.exception is None, result.exception
    assert result.exit_code == 0
    return result.stdout if options else "".join(result.stdout.splitlines(keepends=True)[2:])


def test_what_is_not_decided_in_time_is_told_of_each_clause(tmp_path: Path) -> None:
    pytest.importorskip("z3")
    said = run_compare(LATE, tmp_path, "--timeout", "0.000000001", "--lang", "en")
    assert "not decided in time" in said
    assert "removed or renamed, not decided in time: Fire (main/fire)\n" in said


@pytest.mark.parametrize("case", cases(__file__, "compare"))
def test_an_edit_shows_what_it_changes_and_nothing_else(case: dict[str, Any], tmp_path: Path) -> None:
    assert run_compare(case["edits"], tmp_path) == case["says"]


def test_the_output_names_both_sets_in_vietnamese_by_default(tmp_path: Path) -> None:
    said = run_compare([["fires <= 2", "fires <= 1"]], tmp_path, "--lang", "vi")
    assert said.splitlines()[:7] == [
        "Bộ cũ: Bộ thử (1/HD, 2024-2025; test.old)",
        "Bộ mới: Bộ thử (1/HD, 2024-2025; test.old)",
        "Nội dung",
        "  sửa Cháy (main/fire)",
        "    quy tắc: fires <= 2 → fires <= 1",
        "      trong đó fires = Số vụ cháy",
        "    chặt hơn (đã chứng minh)",
    ]


def test_json_has_everything_and_the_exact_values(tmp_path: Path) -> None:
    found = json.loads(run_compare([["value: 5%", "value: 10%"]], tmp_path, "--json"))
    assert (found["old"], found["new"], found["same"]) == ("test.old", "test.old", False)
    parameter, clause = found["differences"]
    assert parameter["aspects"] == [{"key": "value", "old": "5%", "new": "10%"}]
    assert clause["because_of"] == ["param.reduction"]
    (relation,) = clause["relations"]
    assert (relation["relation"], relation["proved"]) == ("stricter", True)
    assert relation["witnesses"] == [
        {
            "shows": "stricter",
            "smallest": True,
            "year": 2024,
            "facts": {"crimes": "10", "prev_year.crimes": "11"},
            "share_met": [],
            "old": {"verdict": "met", "passes": True},
            "new": {"verdict": "not_met", "passes": False},
        }
    ]


def test_without_the_solver_the_relation_is_said_to_rest_on_a_search(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ncriteria.analysis.proof.prove.solver_installed", lambda: False)
    said = run_compare([["fires <= 2", "fires <= 1"]], tmp_path, "--lang", "en")
    assert "stricter (unproved; only a search of" in said


@pytest.mark.usefixtures("english")
def test_a_set_that_there_is_not_is_bad_usage() -> None:
    result = _invoke("vn.bca.hd06-2022.comune", "vn.bca.hd06-2022.commune")
    assert result.exit_code == 2
    assert "did you mean" in result.stderr
    assert "vn.bca.hd06-2022.commune" in result.stderr


def test_a_shipped_set_does_not_differ_from_itself() -> None:
    result = _invoke("vn.bca.hd06-2022.commune", "vn.bca.hd06-2022.commune", "--lang", "en")
    assert result.stdout.endswith("The two sets say the same.\n")
