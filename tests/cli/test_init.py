"""`ncriteria init`: a real table is looked at, what it does not say is asked, and it is judged from then on."""

from __future__ import annotations

import json

import pytest
import yaml
from click.testing import CliRunner

from ncriteria.cli import program
from ncriteria.report.documents import schema_text
from tests.cli.conftest import CRITERIA

HD06 = CRITERIA / "hd06-2022.commune.yaml"
TABLE = "BÁO CÁO NĂM 2023;;\nXã;Số vụ TTXH;TNGT\nAn;9;-\n"


@pytest.fixture
def office(table, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return table(TABLE)


def test_the_table_is_judged_without_options_afterwards(run, office):
    assert run("evaluate", office).exit_code == 2
    begun = run("init", office, "--criteria", HD06, "--yes", "--lang", "en")
    told = "editors check it by ncriteria-project-1.schema.json, which lies beside it\n"
    assert begun.stdout == f"ncriteria.yaml is written\n{office.name}: 1 row of 1 unit\n{told}"
    assert begun.exit_code == 0
    assert "An · 2023 · New rural indicator 19.2 (ntm-19.2)" in run("evaluate", office, "--details").stdout


def test_the_file_names_the_schema_that_lies_beside_it_and_fits_it(run, office, tmp_path):
    jsonschema = pytest.importorskip("jsonschema")
    run("init", office, "--criteria", HD06, "--yes")
    text = (tmp_path / "ncriteria.yaml").read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=ncriteria-project-1.schema.json\nformat: ")
    schema = (tmp_path / "ncriteria-project-1.schema.json").read_text("utf-8")
    assert schema == schema_text("project")
    jsonschema.Draft202012Validator(json.loads(schema)).validate(yaml.safe_load(text))


def test_the_answers_of_a_person_count(office, tmp_path):
    answers = "-\ncommune\n"
    arguments = ["init", str(office), "--criteria", str(HD06), "--lang", "en"]
    result = CliRunner().invoke(program, arguments, input=answers, prog_name="ncriteria")
    assert result.exit_code == 0
    assert 'Which column is "TNGT"? (- passes it over) [traffic_accidents]: -' in result.stdout
    assert 'ignore: ["TNGT"]' in (tmp_path / "ncriteria.yaml").read_text("utf-8")


def test_what_only_a_person_knows_stays_open(run, office, table):
    facts = table("Xã;Số vụ TTXH\nAn;9\n", "g.csv")
    result = run("init", facts, "--criteria", HD06, "--yes", "--lang", "en")
    assert (result.exit_code, result.stderr) == (
        1,
        "Of which level are the units? commune\nstill open: Of which year is the table?\n",
    )


@pytest.mark.usefixtures("english")
def test_a_file_that_is_there_stays(run, office, table):
    file = table("format: ncriteria-project/1\n", "ncriteria.yaml")
    refused = run("init", office, "--criteria", HD06, "--yes")
    assert refused.exit_code == 2
    assert "--force writes over it" in refused.stderr
    assert file.read_text("utf-8") == "format: ncriteria-project/1\n"
    assert run("init", office, "--criteria", HD06, "--yes", "--force").exit_code == 0


@pytest.mark.usefixtures("english")
def test_a_file_that_cannot_be_written_is_a_usage_error(run, office):
    refused = run("init", office, "--criteria", HD06, "--yes", "-o", "nowhere/ncriteria.yaml")
    assert refused.exit_code == 2
    assert "`nowhere/ncriteria.yaml` cannot be written: No such file or directory" in refused.stderr


def test_what_is_taken_for_likeliest_is_told(run, office):
    result = run("init", office, "--criteria", HD06, "--yes", "--lang", "en")
    assert result.stderr == (
        'Which column is "TNGT"? (- passes it over) traffic_accidents (Traffic accidents)\n'
        "Of which level are the units? commune\n"
        'Does "-" mean that there is no figure? -\n'
    )


def test_what_cannot_be_read_all_the_same_is_told(run, table, tmp_path):
    facts = table("Xã;Năm;Cấp;Số vụ TTXH\nAn;2023;xã;abc\n", "g.csv")
    result = run("init", facts, "--criteria", HD06, "--yes", "--lang", "en", "-o", tmp_path / "p.yaml")
    assert result.exit_code == 0
    assert "1 cell cannot be read\n" in result.stdout
    assert 'g.csv, row 2, column "Số vụ TTXH": NC201 "abc" is not a number\n' in result.stderr


def test_a_year_that_no_project_may_have_is_asked_for_again(office, table, tmp_path):
    facts = table("Xã;Số vụ TTXH\nAn;9\n", "g.csv")
    arguments = ["init", str(facts), "--criteria", str(HD06), "--lang", "en"]
    result = CliRunner().invoke(program, arguments, input="-5\n99999\n2023\ncommune\n", prog_name="ncriteria")
    assert result.exit_code == 0
    assert "year: 2023" in (tmp_path / "ncriteria.yaml").read_text("utf-8")


OF_TWO_YEARS = "BÁO CÁO NĂM 2023 (so với năm 2022);;;\nXã;Số vụ TTXH 2022;Số vụ TTXH 2023;TNGT\nAn;9;8;1\n"


def test_a_title_that_names_two_years_has_its_first_proposed_for_what_says_none(office, table, tmp_path):
    facts = table(OF_TWO_YEARS, "g.csv")
    arguments = ["init", str(facts), "--criteria", str(HD06), "--lang", "en"]
    result = CliRunner().invoke(program, arguments, input="traffic_accidents\n\ncommune\n", prog_name="ncriteria")
    assert result.exit_code == 0
    assert "Of which year is the table? [2023]: " in result.stdout
    assert "year: 2023" in (tmp_path / "ncriteria.yaml").read_text("utf-8")
    assert "2 rows of 1 unit" in result.stdout


def test_a_span_of_years_in_a_title_is_not_proposed(run, office, table):
    facts = table("GIAI ĐOẠN 2021-2025;\nXã;Số vụ TTXH\nAn;9\n", "g.csv")
    result = run("init", facts, "--criteria", HD06, "--yes", "--lang", "en")
    assert result.stderr.endswith("still open: Of which year is the table?\n")


def test_what_was_answered_is_kept_where_the_table_cannot_be_read_in_the_end(run, office, table, tmp_path):
    facts = table("Xã;Năm;Số vụ TTXH;crime_cases;TNGT\nAn;2023;9;9;1\n", "g.csv")
    result = run("init", facts, "--criteria", HD06, "--yes", "--lang", "en")
    assert result.exit_code == 2
    assert "ncriteria.yaml is written" in result.stdout
    assert "NC211" in result.stderr
    assert '"TNGT": traffic_accidents' in (tmp_path / "ncriteria.yaml").read_text("utf-8")


def test_a_table_that_cannot_be_read_at_all_leaves_no_file(run, office, table, tmp_path):
    refused = run("init", table("", "g.csv"), "--criteria", HD06, "--yes", "--lang", "en")
    assert refused.exit_code == 2
    assert not (tmp_path / "ncriteria.yaml").exists()


def test_a_shipped_set_needs_no_place_in_the_file(run, office, tmp_path):
    begun = run("init", office, "--criteria", "vn.bca.hd06-2022.commune", "--yes", "--lang", "en")
    assert begun.exit_code == 0
    assert "criteria:" not in (tmp_path / "ncriteria.yaml").read_text("utf-8")


def test_a_file_of_criteria_beside_others_has_no_place(run, office):
    refused = run("init", office, "--criteria", HD06, "--criteria", "vn.bca.hd06-2022.commune", "--lang", "en")
    assert refused.exit_code == 2
    assert "a project file names one file or folder of criteria" in refused.stderr
