"""`--attestations`: every command that judges a table takes it, and says what rests on it."""

from __future__ import annotations

import json
import re

import polars as pl
import pytest

from tests.attested_sets import TEXT
from tests.facts.encodings.written import written

GIVEN = "unit,year,content,value,by,document\nx1,2024,all/fire,Đạt,UBND,1/BC\nx7,2024,all/fire,Đạt,UBND,1/BC\n"


@pytest.fixture
def options(tmp_path):
    (tmp_path / "set.yaml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "facts.csv").write_text("unit,year,crimes\nx1,2023,1\nx1,2024,1\n", encoding="utf-8")
    (tmp_path / "attested.csv").write_text(GIVEN, encoding="utf-8")
    given = ["--criteria", tmp_path / "set.yaml", "--attestations", tmp_path / "attested.csv"]
    return tmp_path / "facts.csv", *given, "--year", 2024


def test_evaluate_says_what_is_attested_by_whom_and_where(run, options):
    done = run("evaluate", *options, "--details")
    assert done.exit_code == 0
    assert "1 nội dung được xác nhận" in done.stdout
    assert "• UBND xác nhận «đạt» tại 1/BC" in done.stdout


def test_the_summary_marks_the_verdicts_that_rest_on_attestations(run, options):
    told = run("evaluate", *options).stdout
    assert re.search("^x1 đ\\* .* Chưa xác định$", told, re.MULTILINE)
    assert "* dựa trên xác nhận" in told


def test_an_attestation_that_decides_nothing_is_told_on_standard_error(run, options):
    assert "NC317 `all/fire` được xác nhận cho x7 năm 2024, mà bảng không có dòng" in run("evaluate", *options).stderr
    assert "NC317 `all/fire` is attested for x7 in 2024" in run("evaluate", *options, "--lang", "en").stderr


def test_explain_says_it_in_english(run, options):
    done = run("explain", *options, "--unit", "x1", "--lang", "en")
    assert (done.exit_code, "1 content attested" in done.stdout) == (0, True)
    assert "• attested as met by UBND in 1/BC" in done.stdout


def test_json_has_the_attestations_of_each_clause(run, options):
    (judgement,) = json.loads(run("evaluate", *options, "--json").stdout)["judgements"]
    (fire,) = [one for one in judgement["result"]["clauses"] if one["path"] == "all/fire"]
    assert judgement["result"]["attested"] == ["all/fire"]
    (told,) = fire["attestations"]
    assert (told["verdict"], told["by"], told["document"], told["unit"]) == ("met", "UBND", "1/BC", "x1")


def test_room_is_judged_beside_what_is_attested(run, options):
    assert run("room", *options, "--lang", "en").exit_code == 0


def test_a_table_of_attestations_that_cannot_be_read_is_told_with_its_cell(run, options, tmp_path):
    (tmp_path / "attested.csv").write_text(GIVEN.replace("UBND", ""), encoding="utf-8")
    done = run("evaluate", *options, "--lang", "en")
    assert done.exit_code == 2
    assert 'attested.csv, row 2, column "by": NC291 `by` (Cơ quan xác nhận) is blank' in done.stderr


def test_a_parquet_table_is_judged_with_attestations(run, options, tmp_path):
    pl.read_csv(tmp_path / "facts.csv").write_parquet(tmp_path / "facts.parquet")
    done = run("evaluate", tmp_path / "facts.parquet", *options[1:5], "--lang", "en", "-o", tmp_path / "out.parquet")
    assert done.exit_code == 0
    assert pl.read_parquet(tmp_path / "out.parquet")["all/fire"].to_list() == ["undetermined", "met"]
    assert "NC317 `all/fire` is attested for x7 in 2024" in done.stderr


@pytest.mark.parametrize("encoding", ["tcvn3", "utf-8"])
def test_attestations_are_read_as_the_office_writes_its_tables_or_in_utf_8(run, options, tmp_path, encoding):
    rows = "Nơi,Năm,Nội dung,Kết quả,Cơ quan xác nhận,Văn bản\nx1,2024,all/fire,Đạt,Công an huyện,1/BC\n"
    (tmp_path / "attested.csv").write_bytes(written(rows, encoding))
    (tmp_path / "facts.csv").write_bytes(written("Nơi,Năm,crimes,Ghi chú\nx1,2024,1,đã kiểm tra\n", "tcvn3"))
    called = ("evaluate", *options, "--encoding", "tcvn3", "--column", "Nơi=name", "--details", "--lang", "en")
    done = run(*called)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "attested as met by Công an huyện in 1/BC" in done.stdout


def test_attestations_in_neither_encoding_are_refused(run, options, tmp_path):
    rows = "Đơn vị,Năm,Nội dung,Kết quả,Cơ quan xác nhận,Văn bản\nx1,2024,all/fire,Đạt,Công an huyện,1/BC\n"
    (tmp_path / "attested.csv").write_bytes(written(rows, "tcvn3"))
    done = run("evaluate", *options, "--lang", "en")
    assert done.exit_code == 2
    assert "attested.csv, row 1: NC220" in done.stderr
    assert "say --encoding tcvn3" in done.stderr


def impact_of(run, tmp_path, name):
    (tmp_path / "new.yaml").write_text(TEXT.replace("crimes <= prev_year", "crimes < prev_year"), encoding="utf-8")
    given = ("--attestations", tmp_path / "attested.csv", "--lang", "en")
    return run("impact", tmp_path / "set.yaml", tmp_path / "new.yaml", tmp_path / name, *given, COLUMNS="100")


def test_impact_judges_a_parquet_table_with_attestations_as_the_same_rows_in_csv(run, options, tmp_path):
    assert options
    pl.read_csv(tmp_path / "facts.csv").write_parquet(tmp_path / "facts.parquet")
    in_csv, in_parquet = (impact_of(run, tmp_path, f"facts.{kind}") for kind in ("csv", "parquet"))
    assert in_csv.exit_code == in_parquet.exit_code == 0
    assert in_csv.stdout == in_parquet.stdout
    assert "all/crime" in in_csv.stdout
    assert "NC317 `all/fire` is attested for x7 in 2024" in in_parquet.stderr


def test_impact_refuses_a_parquet_table_with_a_unit_twice_beside_attestations(run, options, tmp_path):
    assert options
    pl.DataFrame({"unit": ["x1", "x1"], "year": [2024, 2024], "crimes": [1, 2]}).write_parquet(tmp_path / "f.parquet")
    refused = impact_of(run, tmp_path, "f.parquet")
    assert refused.exit_code == 2
    assert "NC230 x1 stands twice in 2024" in refused.stderr
