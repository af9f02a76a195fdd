"""With `--json` every command prints one object, however it ends: tool, schema, command, problems."""

from __future__ import annotations

import json

import pytest

from ncriteria import __version__
from tests.case_files import cases
from tests.cli.conftest import CRITERIA, FACTS
from tests.cli.test_usage import filled

HD06, HD04 = "vn.bca.hd06-2022.commune", "vn.bca.hd04-2024.commune"
ENVELOPE = {"ncriteria", "schema", "command", "problems"}
CALLS = {
    "evaluate": (["evaluate", FACTS], {"summary", "judgements", "receipt"}),
    "explain": (["explain", FACTS, "--unit", "vinh-buu", "--year", "2023"], {"judgements", "receipt"}),
    "check": (["check"], {"errors", "warnings", "notices", "advice", "mended"}),
    "test": (["test"], {"tests", "not_inherited"}),
    "test --coverage": (["test", CRITERIA / "hd06-2022.commune.yaml", "--coverage"], {"sets"}),
    "room": (["room", FACTS, "--unit", "vinh-buu"], {"rooms", "receipt"}),
    "compare": (
        ["compare", HD06, HD04],
        {"old", "new", "same", "judged_as_if", "differences", "set", "undecided_renames", "receipt"},
    ),
    "prove": (["prove", HD06, HD06], {"old", "new", "years"}),
    "impact": (["impact", HD06, HD06, FACTS, "--flips-only"], {"flips"}),
    "dossier": (
        ["dossier", HD06, HD06],
        {
            "old",
            "new",
            "verdict",
            "statements",
            "comparison",
            "proof",
            "impact",
            "tests",
            "untried",
            "seconds",
            "receipt",
        },
    ),
    "catalog": (["catalog"], {"sets"}),
}


@pytest.mark.parametrize("name", CALLS)
def test_a_command_prints_one_object_that_says_what_wrote_it(name, run):
    call, keys = CALLS[name]
    found = json.loads(run(*call, "--json").stdout)
    assert set(found) == ENVELOPE | keys
    assert (found["ncriteria"], found["schema"]) == (__version__, "ncriteria-result/1")
    assert (found["command"], found["problems"]) == (name.split()[0], [])


@pytest.mark.parametrize("case", cases(__file__, "usage"))
def test_a_wrong_call_is_told_as_json_too(case, run):
    if not case["call"]:
        pytest.skip("help is no JSON")
    result = run(*filled(case["call"]), "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 2
    assert set(found) == ENVELOPE
    (problem,) = found["problems"]
    assert f"Error: {problem['message']}" == result.stderr.splitlines()[-1] == case["error"]
    assert (problem["code"], problem["place"], problem["hint"]) == ("usage", None, None)


def test_a_wrong_call_is_told_as_json_wherever_the_option_stands(run):
    found = json.loads(run("evaluate", "--json", FACTS, "--yaer", "2023").stdout)
    assert [one["code"] for one in found["problems"]] == ["usage"]


def test_an_operand_that_looks_like_the_option_is_none(run):
    result = run("evaluate", "--", "--json")
    assert (result.exit_code, result.stdout) == (2, "")


def test_help_is_no_json(run):
    assert run("evaluate", "--json", "--help").stdout.startswith("Usage: ncriteria evaluate ")


@pytest.mark.parametrize("case", cases(__file__, "bad_tables"))
@pytest.mark.parametrize("command", [["evaluate"], ["room"], ["impact", HD06, HD06]], ids=lambda one: one[0])
def test_bad_input_is_told_as_json_with_all_its_problems(case, command, run, table):
    path = table(case["table"])
    result = run(*command, path, "--json", "--lang", "en")
    found = json.loads(result.stdout)
    assert result.exit_code == 2
    assert (set(found), found["command"]) == (ENVELOPE, command[0])
    assert result.stderr == case["error"].format(file=path)
    told = [f"{one['place']}: {one['code']} {one['message']}" for one in found["problems"]]
    assert told == [line for line in result.stderr.splitlines() if not line.startswith("  hint: ")]
    hints = [f"  hint: {one['hint']}" for one in found["problems"] if one["hint"]]
    assert hints == [line for line in result.stderr.splitlines() if line.startswith("  hint: ")]


def test_a_criteria_file_that_is_broken_is_told_as_json(run, tmp_path):
    path = tmp_path / "broken.yaml"
    path.write_text("format: ncriteria/1\n", encoding="utf-8")
    for call in (["test", path], ["catalog", tmp_path], ["prove", path, HD06], ["compare", path, HD06]):
        result = run(*call, "--json")
        assert result.exit_code == 2
        assert json.loads(result.stdout)["problems"]


def test_rows_that_have_no_value_are_beside_those_that_have_one_and_among_the_problems(run, table, tmp_path):
    text = (CRITERIA / "hd06-2022.commune.yaml").read_text(encoding="utf-8")
    rule = "crime_cases <= prev_year * (1 - param.crime_reduction)"
    assert rule in text
    path = tmp_path / "divides.yaml"
    divides = text.replace(rule, "crime_cases / prev_year.crime_cases <= 1 - param.crime_reduction")
    path.write_text(divides.replace("when_zero_base: crime_cases = 0", ""), encoding="utf-8")
    rows = table("unit,level,year,crime_cases\na,commune,2022,0\na,commune,2023,1\n")
    result = run("evaluate", rows, "--criteria", path, "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 2
    assert [one["result"] is None for one in found["judgements"]] == [False, True]
    assert found["problems"] == found["judgements"][1]["problems"]
    assert [one["code"] for one in found["problems"]] == ["NC303"]


def test_all_problems_are_told_to_programs_however_many_there_are(run, table):
    path = table("unit,level,year,crime_cases\n" + "".join(f"c{number},xã,2023,n/a\n" for number in range(100)))
    assert len(json.loads(run("evaluate", path, "--json").stdout)["problems"]) == 100
