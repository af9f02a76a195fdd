"""The invented district: its README says what its verdicts are, and every unit says that it is invented."""

import json

import pytest
from click.testing import CliRunner

import ncriteria as nc
from ncriteria.cli import program
from tests.docs.console import demo_recipe, run
from tests.examples.demonstration import ROOT

FOLDER = ROOT / "examples" / "invented_district"
GIVEN = ("--criteria", "vn.bca.hd04-2024.commune", "--criteria", str(FOLDER / "targets.yaml"))
ATTESTED = ("--attestations", str(FOLDER / "attestations.csv"))


def _told(*arguments):
    found = CliRunner().invoke(program, [*arguments, "--json"], prog_name="ncriteria")
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


def test_the_verdicts_are_those_that_its_readme_says():
    judged = _told("evaluate", str(FOLDER / "facts.csv"), *GIVEN, *ATTESTED)["judgements"]
    verdicts = {one["unit"]: one["result"]["verdict"] for one in judged}
    assert verdicts == {
        **dict.fromkeys(("m1", "m2", "m3", "m4"), "met"),
        **dict.fromkeys(("m5", "m6"), "not_met"),
        "m7": "undetermined",
        "mau": "met",
    }
    failed = {
        one["unit"]: [each["path"] for each in one["result"]["clauses"] if each["verdict"] == "not_met"]
        for one in judged
    }
    assert failed["m5"] == ["19.2", "19.2/crime", "19.2/social_evils", "19.2/traffic"]
    assert failed["m6"] == ["19.2", "19.2/petitions"]
    assert [one["unit"] for one in judged if one["result"]["attested"]] == ["m1", "m2", "m3", "m4", "m5"]


LEVELS = FOLDER / "levels"


def test_the_verdicts_of_all_levels_are_those_that_its_readme_says():
    judged = _told("evaluate", str(LEVELS / "facts.csv"), "--criteria", str(LEVELS))["judgements"]
    verdicts = {one["unit"]: one["result"]["verdict"] for one in judged}
    assert {unit: verdicts[unit] for unit in ("m1", "m2", "m3", "mau")} == {
        "m1": "met",
        "m2": "undetermined",
        "m3": "not_met",
        "mau": "undetermined",
    }
    assert [unit for unit, verdict in verdicts.items() if verdict == "not_met"] == ["m1d", "m3a", "m3b", "m3"]
    clauses = {one["unit"]: {each["path"]: each["verdict"] for each in one["result"]["clauses"]} for one in judged}
    assert (clauses["m2"]["quiet/hamlets"], clauses["m2"]["quiet/cases"]) == ("met", "undetermined")
    district = next(one["result"] for one in judged if one["unit"] == "mau")
    for inside in district["inside"]:
        assert [one["unit"] for one in inside["units"] if one["verdict"] == "undetermined"] == ["m2"]


@pytest.mark.parametrize("cases", [0, 9])
def test_the_last_hamlet_decides_the_commune_and_the_district(cases):
    text = (LEVELS / "facts.csv").read_text(encoding="utf-8")
    text += f"m2d,Ấp Mẫu 2D (giả định),ấp,m2,2024,,{cases}/1,Có\n"
    catalog = nc.catalog(LEVELS)
    facts = nc.read_facts_text(text, "csv", catalog["example.invented.levels.hamlet"].facts)
    found = {one.row.unit.id: one.verdicts.verdict.value for one in nc.evaluate_rows(facts, catalog)}
    assert (found["m2"], found["mau"]) == (("met", "met") if cases == 0 else ("not_met", "not_met"))


def test_every_unit_says_that_it_is_invented():
    criteria = [nc.load(FOLDER / "targets.yaml"), nc.catalog()["vn.bca.hd04-2024.commune"]]
    facts = {name: declared for one in criteria for name, declared in one.facts.items()}
    tables = [(FOLDER / name, facts) for name in ("facts.csv", "august-2025.csv")]
    for table, declared in (*tables, (LEVELS / "facts.csv", nc.load(LEVELS / "hamlet.yaml").facts)):
        assert all("giả định" in row.unit.name for row in nc.read_facts(table, declared).rows)


def test_the_demo_runs_through_and_marks_what_is_invented():
    status, lines = run("make demo", ROOT)
    assert status == 0
    heading = next(index for index, line in enumerate(lines) if line.startswith("=== Huyện Mẫu"))
    assert [line for line in lines[heading:] if "Xã Mẫu" in line and "(giả định)" not in line] == []
    assert sum(line.startswith('echo "=') for line in demo_recipe()) == 3
