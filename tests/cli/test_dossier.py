"""`ncriteria dossier`: its exit statuses, its files, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.report.dossier.edits import LOOSER, OLD, STRICTER, edited

DAY = ("--day", "2026-03-31")
TABLE = """\
unit,name,level,year,fires,floods
a,<script>A</script>,commune,2024,2,0
b,<b>B</b>,commune,2025,1,0
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, edits in (("old", ()), ("stricter", STRICTER), ("looser", LOOSER)):
        (tmp_path / f"{name}.yaml").write_text(edited(edits), encoding="utf-8")
    (tmp_path / "other.yaml").write_text(OLD.replace("standard: example", "standard: other"), encoding="utf-8")
    (tmp_path / "facts.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path


def test_a_finding_is_status_1_and_none_is_status_0(run, folder):
    pytest.importorskip("z3")
    assert run("dossier", "old.yaml", "stricter.yaml", "facts.csv").exit_code == 0
    assert run("dossier", "old.yaml", "looser.yaml").exit_code == 1


def test_the_file_holds_what_is_printed_as_json(run, folder):
    pytest.importorskip("z3")
    call = ("dossier", "old.yaml", "stricter.yaml", "facts.csv", *DAY)
    printed = json.loads(run(*call, "--json", "-o", "out.json").stdout)
    assert json.loads((folder / "out.json").read_text(encoding="utf-8")) == printed
    assert [(one["unit"], one["year"], one["old"], one["new"]) for one in printed["impact"]["flips"]] == [
        ("a", 2024, "met", "not_met")
    ]


def test_the_receipt_says_what_the_dossier_was_made_from_and_is_the_same_again(run, folder):
    call = ("dossier", "old.yaml", "stricter.yaml", "facts.csv", *DAY, "--json")
    receipts = [json.loads(run(*call).stdout)["receipt"] for _ in range(2)]
    assert receipts[0] == receipts[1]
    assert receipts[0]["day"] == "2026-03-31"
    assert receipts[0]["arguments"] == [
        *("dossier", "old.yaml", "stricter.yaml", "facts.csv"),
        *("--years", "as-law", "--timeout", "120"),
    ]
    assert [(one["role"], one["name"]) for one in receipts[0]["files"]] == [
        ("facts", "facts.csv"),
        ("criteria", "old.yaml"),
        ("criteria", "stricter.yaml"),
    ]
    assert [one["id"] for one in receipts[0]["sets"]] == ["example.old", "example.old"]


@pytest.mark.parametrize("name", ["out.csv", "out.jsonl", "out.xlsx", "out.parquet", "out.html", "out.docx"])
def test_it_is_written_in_every_format(run, folder, name):
    result = run("dossier", "old.yaml", "stricter.yaml", "facts.csv", "-o", name, *DAY, "--lang", "en")
    assert result.exit_code == 0, result.output
    assert (folder / name).stat().st_size > 200
    assert "Written to" in result.stderr


def test_sets_of_two_standards_are_refused_before_any_work(run, folder):
    result = run("dossier", "old.yaml", "other.yaml", "--lang", "en")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[0] == (
        "NC402 example.old is of the standard example, example.old of other: the one is no edit of the other"
    )


def test_a_dossier_is_never_written_over_what_it_is_made_from(run, folder):
    result = run("dossier", "old.yaml", "stricter.yaml", "facts.csv", "-o", "facts.csv", "--force", "--lang", "en")
    assert (result.exit_code, result.stdout) == (2, "")
    assert (folder / "facts.csv").read_text(encoding="utf-8") == TABLE
