"""What the commands take for a unit: total rows are told and not judged, and every spelling of a unit finds it."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import CRITERIA

TABLE = """\
name,level,year,crime_cases
Xã An,xã,2023,2
Xã Cộng Hòa,xã,2023,3
Tổng cộng,xã,2023,6
"""
HD06 = CRITERIA / "hd06-2022.commune.yaml"
WARNED = """\
warning {file}, row 4: NC234 "Tổng cộng" is a total and no unit; the row is passed over; \
its `crime_cases` is 6, and the rows come to 5
  hint: look for a slip, or for a row that is missing
"""


def test_a_total_row_is_told_and_not_judged(run, table):
    facts = table(TABLE)
    result = run("evaluate", facts, "--criteria", HD06, "--json", "--lang", "en")
    assert [one["unit"] for one in json.loads(result.stdout)["judgements"]] == ["Xã An", "Xã Cộng Hòa"]
    assert result.stderr == WARNED.format(file=facts)


def test_the_impact_of_an_edit_is_not_counted_on_a_total_row(run, table):
    facts = table(TABLE)
    result = run("impact", HD06, HD06, facts, "--json", "--lang", "en")
    assert sum(json.loads(result.stdout)["rows_by_year"].values()) == 2
    assert result.stderr == WARNED.format(file=facts)


@pytest.mark.parametrize("unit", ["Xã An", " Xã  An", "Xã\u00a0An", "Xa\u0303 An\u00a0"])
@pytest.mark.parametrize("command", ["evaluate", "explain", "room"])
def test_a_unit_is_found_however_its_name_is_spaced_and_stored(run, table, command, unit):
    result = run(command, table(TABLE), "--criteria", HD06, "--unit", unit, "--year", "2023", "--json")
    assert result.exit_code == 0, result.output
    assert "Xã An" in result.stdout
    assert "Xã Cộng Hòa" not in result.stdout


@pytest.mark.parametrize("command", ["evaluate", "room", "impact"])
def test_a_lone_district_without_a_level_is_told_where_a_set_of_communes_judges_it(run, table, command):
    facts = table("name,year,crime_cases\nHuyện Tân Hưng,2023,2\n")
    call = ["impact", HD06, HD06, facts] if command == "impact" else [command, facts, "--criteria", HD06]
    result = run(*call, "--lang", "en")
    assert result.stderr == (
        f'warning {facts}, row 2: NC260 "Huyện Tân Hưng" is named as a district, and without a level it is judged as '
        "a commune\n"
        "  hint: give the level of each unit in a column `level` (Cấp); leave the row out where it sums up others\n"
    )


def test_a_district_among_communes_is_told_once(run, table):
    result = run("evaluate", table("name,year\nXã An,2023\nHuyện Bình,2023\n"), "--criteria", HD06)
    assert result.stderr.count("NC260") == 1


NEIGHBOURS = (
    "unit,name,year,level,crime_cases\n1,Xã Tân Phong,2023,xã,1\n2,Phường Tân Hiệp,2023,xã,1\n3,Xã Hòa An,2023,xã,1\n"
)


@pytest.mark.parametrize(
    ("given", "meant"),
    [("Xã Tân Hòa", None), ("Xã Tân Phông", "Xã Tân Phong"), ("Hoà Am", "Xã Hòa An")],
)
def test_a_unit_is_looked_for_without_the_word_that_all_have(run, table, given, meant):
    told = run("evaluate", table(NEIGHBOURS), "--standard", "ntm-19.2", "--unit", given, "--lang", "en").stderr
    hint = f"did you mean `{meant}`?" if meant else ""
    assert hint in told
    assert ("did you mean" in told) is (meant is not None)
