"""Criteria are named alike in every command: by file, folder, or the identifier of a shipped set."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.cli.conftest import CRITERIA, FACTS

HD06, HD04 = "vn.bca.hd06-2022.commune", "vn.bca.hd04-2024.commune"
FILE = CRITERIA / "hd06-2022.commune.yaml"
UNIT = ("--unit", "vinh-buu", "--year", "2023")


def found(run, *call):
    result = run(*call, "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    told.pop("receipt", None)  # which says how the criteria were named
    return told


@pytest.mark.parametrize("command", ["evaluate", "explain", "room"])
def test_a_shipped_set_is_named_by_its_file_or_its_identifier(command, run):
    by_file = found(run, command, FACTS, *UNIT, "--criteria", FILE)
    assert found(run, command, FACTS, *UNIT, "--criteria", HD06) == by_file


def test_several_sets_are_a_catalog_of_them(run, tmp_path):
    shutil.copy(FILE, tmp_path / "one.yaml")
    named = [one["criteria"] for one in _sets(run, "--criteria", tmp_path, "--criteria", HD04)]
    assert dict.fromkeys(named) == dict.fromkeys([HD06, HD04])


def _sets(run, *options):
    rows = found(run, "evaluate", FACTS, *options)["judgements"]
    return [one["result"] for one in rows if one["result"] is not None]


def test_larger_units_of_an_impact_are_judged_under_what_is_named(run):
    call = ("impact", HD06, FILE, FACTS, "--criteria", HD06, "--criteria", HD04)
    assert found(run, *call)["command"] == "impact"


@pytest.mark.parametrize("command", ["check", "test"])
def test_files_of_criteria_are_named_by_identifiers_too(command, run):
    assert found(run, command, HD06) == found(run, command, FILE)


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    "call",
    [
        ("evaluate", FACTS, "--criteria"),
        ("explain", FACTS, *UNIT, "--criteria"),
        ("room", FACTS, "--criteria"),
        ("impact", HD06, HD06, FACTS, "--criteria"),
        ("check",),
        ("test",),
        ("facts",),
        ("compare", HD06),
    ],
    ids=lambda call: call[0],
)
def test_a_name_of_no_criteria_is_told_with_what_may_be_meant(call, run):
    result = run(*call, "vn.bca.hd06-2022.comune")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1] == (
        "Error: there is no file and no shipped set `vn.bca.hd06-2022.comune`; did you mean `vn.bca.hd06-2022.commune`?"
    )


@pytest.mark.usefixtures("english")
def test_a_project_file_has_a_place_for_one_path_of_criteria(run, tmp_path):
    file = tmp_path / "ncriteria.yaml"
    result = run("init", FACTS, "--criteria", HD06, "--criteria", FILE, "--yes", "-o", file)
    assert (result.exit_code, file.exists()) == (2, False)
    assert result.stderr.splitlines()[-1] == (
        "Error: a project file names one file or folder of criteria; give --criteria such a path"
    )


@pytest.mark.usefixtures("english")
def test_a_project_file_names_no_criteria_where_the_shipped_ones_are_asked_for(run, tmp_path):
    file = tmp_path / "ncriteria.yaml"
    assert run("init", FACTS, "--criteria", HD06, "--yes", "-o", file).exit_code == 0
    assert "criteria:" not in file.read_text(encoding="utf-8")
