from __future__ import annotations

import pytest

from tests.case_files import cases
from tests.cli.conftest import CRITERIA, FACTS


def filled(call):
    return [part.format(facts=FACTS, criteria=CRITERIA) for part in call]


@pytest.mark.parametrize("case", cases(__file__, "usage"))
def test_a_wrong_call_ends_with_status_2_and_says_what_was_meant(case, run):
    result = run(*filled(case["call"]))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1] == case["error"]


@pytest.mark.parametrize("case", cases(__file__, "bad_tables"))
@pytest.mark.parametrize("call", [["evaluate"], ["explain", "--unit", "a", "--year", "2023"]])
def test_a_table_that_cannot_be_read_ends_with_status_2_its_problems_and_nothing_half_printed(case, call, run, table):
    path = table(case["table"])
    result = run(*call, path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == case["error"].format(file=path)


@pytest.mark.parametrize("command", ["evaluate", "explain", "check", "test", "catalog"])
def test_every_command_says_what_it_does_and_is_listed(command, run):
    told = run(command, "--help")
    assert told.exit_code == 0
    assert told.stdout.startswith(f"Usage: ncriteria {command} ")
    assert "--json" in told.stdout
    assert f"\n  {command}" in run("--help").stdout


def test_the_version_is_told(run):
    from ncriteria import __version__

    assert run("--version").stdout == f"ncriteria {__version__}\n"
