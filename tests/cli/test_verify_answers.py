"""Answers that tell more than verdicts carry a receipt, and `verify` makes them again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ncriteria.report.receipts.reading import read_receipt
from tests.cli.conftest import ROOT
from tests.report.dossier.edits import STRICTER, edited

DISTRICT = ROOT / "examples" / "invented_district"
ONE_DAY = ("--day", "2026-01-02")
FACTS = "unit,name,level,year,fires,floods\na,Xã A,commune,2024,2,0\n"
LAST = ("watch", "august.csv", "--standard", "ntm-19.2", "--as-of", "2025-07", "--unit", "m1")
CALLS = {
    "room": ("room", "august.csv", "--standard", "ntm-19.2", "--as-of", "2025-08", "--unit", "m1", "--near-misses"),
    "watch": (*LAST[:5], "2025-08", *LAST[6:], "--assignments", "members.csv", "--since", "last.json"),
    "impact": ("impact", "old.yaml", "new.yaml", "facts.csv", "--years", "all", "--year", "2024"),
    "compare": ("compare", "old.yaml", "new.yaml", "--year", "2024"),
    "dossier": ("dossier", "old.yaml", "new.yaml", "facts.csv"),
}
SAME = [
    "Receipt of 2026-01-02, made with ncriteria 0.1.0",
    "THE SAME RESULT",
    "The file is, byte for byte, what is written again",
]


@pytest.fixture
def office(run, tmp_path, monkeypatch):
    """A folder with tables, an edit and an answer of the last time, in which the commands run."""
    (tmp_path / "august.csv").write_bytes((DISTRICT / "august-2025.csv").read_bytes())
    (tmp_path / "facts.csv").write_text(FACTS, encoding="utf-8")
    (tmp_path / "members.csv").write_text("member,unit\nAn,m1\n", encoding="utf-8")
    (tmp_path / "old.yaml").write_text(edited(()), encoding="utf-8")
    (tmp_path / "new.yaml").write_text(edited(STRICTER), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    run(*LAST, "-o", "last.json", *ONE_DAY)
    return tmp_path


@pytest.fixture
def verified(run):
    """What `verify` says of a file: its status, its lines, and what is wrong."""

    def verify(*arguments):
        result = run("verify", *arguments, "--lang", "en", COLUMNS="300")
        return result.exit_code, result.stdout.splitlines(), result.stderr

    return verify


@pytest.mark.parametrize(
    ("command", "suffix"),
    [
        *(("room", ".html"), ("room", ".docx"), ("watch", ".xlsx"), ("watch", ".docx"), ("watch", ".jsonl")),
        *(("impact", ".docx"), ("impact", ".json"), ("compare", ".html"), ("compare", ".docx"), ("dossier", ".docx")),
    ],
)
def test_an_answer_carries_its_receipt_and_is_made_again_the_same(run, office, verified, command, suffix):
    target = f"answer{suffix}"
    run(*CALLS[command], *ONE_DAY, "-o", target, "--lang", "en")
    assert read_receipt(Path(target)).arguments[: len(CALLS[command])][:2] == CALLS[command][:2]
    assert verified(target) == (0, SAME, "")


@pytest.mark.parametrize("command", ["room", "watch", "impact", "compare"])
def test_what_json_prints_has_the_same_receipt_as_the_file(run, office, command):
    printed = json.loads(run(*CALLS[command], *ONE_DAY, "--json").stdout)
    run(*CALLS[command], *ONE_DAY, "-o", "answer.json")
    assert printed == json.loads(Path("answer.json").read_text(encoding="utf-8"))


def test_a_part_of_an_impact_has_no_receipt(run, office):
    told = json.loads(run(*CALLS["impact"], *ONE_DAY, "--json", "--flips-only").stdout)
    assert "receipt" not in told


def test_the_files_of_a_receipt_are_told_by_what_they_are_for_however_they_were_given(run, office):
    run(*CALLS["watch"], *ONE_DAY, "-o", "one.json")
    absolute = [str(office / one) if one.endswith((".csv", ".json")) else one for one in CALLS["watch"]]
    run(*absolute, *ONE_DAY, "-o", "two.json")
    assert Path("one.json").read_bytes() == Path("two.json").read_bytes()
    files = [(file.role.value, file.name) for file in read_receipt(Path("one.json")).files]
    assert files == [("facts", "august.csv"), ("assignments", "members.csv"), ("last_time", "last.json")]
    run(*CALLS["dossier"], *ONE_DAY, "-o", "dossier.json")
    files = [(file.role.value, file.name) for file in read_receipt(Path("dossier.json")).files]
    assert files == [("facts", "facts.csv"), ("criteria", "new.yaml"), ("criteria", "old.yaml")]


def test_what_a_changed_file_gives_is_told_not_the_same(run, office, verified):
    run(*CALLS["impact"], *ONE_DAY, "-o", "answer.html")
    Path("facts.csv").write_text(FACTS.replace(",2,", ",1,"), encoding="utf-8")
    status, lines, _ = verified("answer.html")
    assert (status, lines[2:]) == (
        1,
        ["NOT THE SAME RESULT", "The file was not compared byte for byte: its receipt would now be another"],
    )
    assert lines[1].startswith("facts.csv has changed: ")


def test_a_file_that_is_elsewhere_is_looked_for_in_the_folder_given(run, office, verified, tmp_path):
    run(*CALLS["compare"], *ONE_DAY, "-o", "answer.json")
    away = tmp_path / "away"
    away.mkdir()
    for name in ("old.yaml", "new.yaml"):
        (office / name).rename(away / name)
    status, _, told = verified("answer.json")
    assert (status, told.split("\n")[0].split(": ", 1)[1].startswith("NC328 `new.yaml` is not in ")) == (2, True)
    assert verified("answer.json", "--folder", away) == (0, SAME, "")


def test_a_saved_answer_that_says_something_else_is_not_as_written(run, office, verified):
    run(*CALLS["watch"], *ONE_DAY, "-o", "answer.json")
    told = Path("answer.json").read_text(encoding="utf-8")
    Path("answer.json").write_text(told.replace('"at_risk"', '"certain"'), encoding="utf-8")
    status, lines, _ = verified("answer.json")
    assert (status, lines[1:3]) == (
        0,
        ["THE SAME RESULT", "The file is not, byte for byte, what is written again"],
    )


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (
            ["compare", "old.yaml", "new.yaml", "--output", "new.yaml"],
            "its arguments have `--output`, which no receipt has",
        ),
        (["init", "new.yaml"], "its arguments are those of no call that gives an answer"),
        (["compare", "old.yaml", "new.yaml", "--timeout"], "its arguments have `--timeout`, which no receipt has"),
    ],
)
def test_nothing_of_a_receipt_is_called_but_what_an_answer_is_made_by(run, office, verified, arguments, why):
    run(*CALLS["compare"], *ONE_DAY, "-o", "answer.json")
    told = json.loads(Path("answer.json").read_text(encoding="utf-8"))
    told["receipt"]["arguments"] = arguments
    Path("answer.json").write_text(json.dumps(told), encoding="utf-8")
    status, _, said = verified("answer.json")
    assert (status, said.split("\n")[0]) == (
        2,
        f"answer.json:1:1: NC327 this is no receipt that can be read: {why}",
    )
