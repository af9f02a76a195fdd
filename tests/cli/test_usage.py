from __future__ import annotations

import pytest

from tests.case_files import cases
from tests.cli.conftest import CRITERIA, FACTS


def filled(call):
    return [part.format(facts=FACTS, criteria=CRITERIA) for part in call]


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("case", cases(__file__, "usage"))
def test_a_wrong_call_ends_with_status_2_and_says_what_was_meant(case, run):
    result = run(*filled(case["call"]))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1] == case["error"]


@pytest.mark.parametrize("case", cases(__file__, "bad_tables"))
@pytest.mark.parametrize("call", [["evaluate"], ["explain", "--unit", "a", "--year", "2023"]])
def test_a_table_that_cannot_be_read_ends_with_status_2_its_problems_and_nothing_half_printed(case, call, run, table):
    path = table(case["table"])
    result = run(*call, path, "--lang", "en")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == case["error"].format(file=path)


@pytest.mark.usefixtures("english")
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


def test_what_is_wrong_with_a_table_is_told_in_the_language_that_is_asked_for(run, table):
    path = table("unit,level,year,crime_cases\na,xã,2023,n/a\n")
    assert run("evaluate", path).stderr == (
        f'{path}, hàng 2, cột "crime_cases": NC201 "n/a" không phải là số\n'
        "  gợi ý: để trống ô nếu chưa có số liệu; ghi 0 nếu không có\n"
    )
    assert "row 2" in run("evaluate", path, "--lang", "en").stderr
    assert "row 2" in run("evaluate", path, NCRITERIA_LANG="en").stderr


def test_a_warning_is_told_in_the_language_that_is_asked_for(run, table):
    path = table("name,level,year,crime_cases\nXã An,xã,2023,2\nTổng,xã,2023,2\n")
    assert run("evaluate", path).stderr.startswith(f"cảnh báo {path}, hàng 3: NC234 ")
    assert run("evaluate", path, "--lang", "en").stderr.startswith(f"warning {path}, row 3: NC234 ")
