"""The invented district: its README says what its verdicts are, and every unit says that it is invented."""

import json

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


def test_every_unit_says_that_it_is_invented():
    criteria = [nc.load(FOLDER / "targets.yaml"), nc.catalog()["vn.bca.hd04-2024.commune"]]
    facts = {name: declared for one in criteria for name, declared in one.facts.items()}
    for name in ("facts.csv", "august-2025.csv"):
        assert all("giả định" in row.unit.name for row in nc.read_facts(FOLDER / name, facts).rows)


def test_the_demo_runs_through_and_marks_what_is_invented():
    status, lines = run("make demo", ROOT)
    assert status == 0
    heading = next(index for index, line in enumerate(lines) if line.startswith("=== Huyện Mẫu"))
    assert [line for line in lines[heading:] if "Xã Mẫu" in line and "(giả định)" not in line] == []
    assert sum(line.startswith('echo "=') for line in demo_recipe()) == 3
