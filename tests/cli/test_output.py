"""Standard output that cannot be written is said, with the status 2; a reader that goes away is not."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import CRITERIA, FACTS, PROGRAM

HD06, HD04 = "vn.bca.hd06-2022.commune", "vn.bca.hd04-2024.commune"
COMMANDS = {
    "help": ["--help"],
    "evaluate": ["evaluate", str(FACTS)],
    "explain": ["explain", str(FACTS), "--unit", "vinh-buu", "--year", "2023"],
    "check": ["check"],
    "test": ["test", str(CRITERIA / "tan-hung.district.yaml")],
    "room": ["room", str(FACTS), "--unit", "vinh-buu"],
    "compare": ["compare", HD06, HD04],
    "prove": ["prove", HD06, HD06],
    "impact": ["impact", HD06, HD06, str(FACTS)],
    "catalog": ["catalog", "--json"],
}
QUICK = {"help", "evaluate", "check", "catalog"}
"""Each is a Python of its own; the long runs try the other commands."""
FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full")
@pytest.mark.parametrize(
    "command",
    [pytest.param(one, marks=() if one in QUICK else pytest.mark.soak) for one in COMMANDS],
)
def test_a_full_disk_is_told_and_is_no_finding(command):
    with FULL.open("w") as full:
        ended = subprocess.run([*PROGRAM, *COMMANDS[command]], stdout=full, stderr=subprocess.PIPE, check=False)
    assert ended.returncode == 2
    told = "Error: standard output cannot be written: No space left on device\n"
    assert ended.stderr.decode().endswith(told)
    assert "Traceback" not in ended.stderr.decode()


def test_a_closed_output_is_told():
    shell = subprocess.run(["sh", "-c", '"$@" >&-', "sh", *PROGRAM, "catalog"], stderr=subprocess.PIPE, check=False)
    assert shell.returncode == 2
    assert shell.stderr.decode() == "Error: standard output cannot be written: it is closed\n"


@pytest.mark.parametrize("command", ["help", "evaluate", "catalog"])
def test_a_reader_that_goes_away_ends_the_program_quietly(command):
    started = subprocess.Popen([*PROGRAM, *COMMANDS[command]], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert started.stdout is not None
    assert started.stderr is not None
    started.stdout.close()
    told = started.stderr.read()
    assert (started.wait(), told) == (0, b"")


def test_of_a_great_many_problems_the_first_are_told_and_the_others_counted(run, table):
    path = table("unit,level,year,crime_cases\n" + "".join(f"c{number},xã,2023,n/a\n" for number in range(1_000)))
    result = run("evaluate", path, "--lang", "en")
    lines = [line for line in result.stderr.splitlines() if not line.startswith("  hint")]
    assert result.exit_code == 2
    assert len(lines) == 51
    assert lines[0] == f'{path}, row 2, column "crime_cases": NC201 "n/a" is not a number'
    assert lines[-1] == "and 950 more problems"
