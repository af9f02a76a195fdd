"""Whole tables: headings, rows, sources that contradict each other, and what is known of a unit in a year."""

from __future__ import annotations

import unicodedata
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import ncriteria as nc
from ncriteria.language.tree import THIS_YEAR, Ago, FactKey
from ncriteria.language.values import Interval
from tests.case_files import cases
from tests.facts.declared import FACTS
from tests.facts.test_cells import value_of


@pytest.mark.parametrize("case", cases(__file__, "tables"))
def test_a_table_is_read(case: Any) -> None:
    table = nc.read_facts_text(case["text"], case["kind"], FACTS, ignore=case.get("ignore", ()))
    rows = {f"{row.unit.id} {row.year}": {str(key): value for key, value in row.values.items()} for row in table.rows}
    assert rows == {
        row: {key: value_of(value) for key, value in values.items()} for row, values in case["rows"].items()
    }
    assert [str(warning) for warning in table.warnings] == case.get("warnings", [])


@pytest.mark.parametrize("case", cases(__file__, "refused_tables"))
def test_a_table_is_refused_with_the_whole_message(case: Any) -> None:
    with pytest.raises(nc.NCriteriaError) as refused:
        nc.read_facts_text(case["text"], case["kind"], FACTS)
    assert str(refused.value) == case["error"]


def test_the_columns_that_are_no_facts_describe_the_unit() -> None:
    text = """\
Mã đơn vị,Đơn vị,Cấp,Đơn vị cấp trên,Năm,Số ấp,Kết quả công bố,Ghi chú,Nguồn
vinh-dai,Xã  Vĩnh Đại,XÃ,tan-hung,2023,4,Đạt,"a, b",Báo cáo
tan-hung,,huyện,,2023,,,,
"""
    first, second = nc.read_facts_text(text, "csv", FACTS, file="f.csv").rows
    assert first.unit == nc.Unit("vinh-dai", "Xã Vĩnh Đại", nc.Level.COMMUNE, "tan-hung")
    assert first.child_counts == {nc.Level.HAMLET: 4}
    assert (first.published, first.note, first.source) == ("Đạt", "a, b", "Báo cáo")
    assert first.place == nc.CellPlace("f.csv", row=2)
    assert second.unit == nc.Unit("tan-hung", None, nc.Level.DISTRICT, None)
    assert (second.published, second.note, second.child_counts) == (None, None, {})


SOURCES = [
    (
        "csv",
        "unit,year,cases,prev_basis.cases,prev_basis.rate,Nguồn cơ sở\na,2025,1,2,3%,BC 12\nb,2025,1,,4%,\n",
        [{"cases": "BC 12", "rate": "BC 12"}, {}],
    ),
    (
        "csv",
        "unit,year,prev_year.cases,prev_basis.cases.source,prev_year.rate,basis_source\na,2025,2,BC 13,3%,BC 12\n",
        [{"cases": "BC 13", "rate": "BC 12"}],
    ),
    (
        "json",
        '[{"unit": "a", "year": 2025, "prev_basis": {"cases": {"value": 2, "source": "BC 12"}, "rate": "3%"}},'
        ' {"unit": "b", "year": 2025, "prev_basis": null},'
        ' {"unit": "c", "year": 2025, "prev_basis": {"cases": {"value": null, "source": "BC 14"}}}]',
        [{"cases": "BC 12"}, {}, {}],
    ),
    ("yaml", "- {unit: a, year: 2025, prev_basis: {cases: {value: 2, source: BC 12}}}\n", [{"cases": "BC 12"}]),
]


@pytest.mark.parametrize(("kind", "text", "sources"), SOURCES, ids=["of a row", "of a fact", "JSON", "YAML"])
def test_a_figure_of_the_year_before_has_its_source(kind: Any, text: str, sources: list[dict[str, str]]) -> None:
    assert [row.basis_sources for row in nc.read_facts_text(text, kind, FACTS).rows] == sources


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("cases", FactKey("cases", THIS_YEAR)),
        ("Số vụ", FactKey("cases", THIS_YEAR)),
        ("  số   VỤ ", FactKey("cases", THIS_YEAR)),
        ("Cases", FactKey("cases", THIS_YEAR)),
        ("vụ", FactKey("cases", THIS_YEAR)),
        ("prev_year.cases", FactKey("cases", Ago(1))),
        ("prev_basis.cases", FactKey("cases", Ago(1))),
        ("Năm trước (cơ sở): Số vụ", FactKey("cases", Ago(1))),
        ("Cơ sở năm trước: Số vụ", FactKey("cases", Ago(1))),
        ("Số vụ (cơ sở năm trước)", FactKey("cases", Ago(1))),
        ("Số vụ năm trước (cơ sở)", FactKey("cases", Ago(1))),
        ("Số vụ (năm trước)", FactKey("cases", Ago(1))),
        ("Số vụ năm trước", FactKey("cases", Ago(1))),
        ("Số vụ, năm trước", FactKey("cases", Ago(1))),
        ("VỤ (NĂM TRƯỚC)", FactKey("cases", Ago(1))),
        ("Cases (last year)", FactKey("cases", Ago(1))),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_headings_are_names_titles_and_further_headings_of_either_year(heading: str, key: FactKey, form: Any) -> None:
    text = f'unit,year,"{unicodedata.normalize(form, heading)}"\na,2023,1\n'
    [row] = nc.read_facts_text(text, "csv", FACTS).rows
    assert row.values == {key: 1}


@pytest.mark.parametrize("kind", ["csv", "json", "yaml"])
def test_a_unit_is_the_same_in_every_encoding_of_its_accents(kind: Any) -> None:
    text = {
        "csv": "unit,year,cases\ntân-hưng,2023,1\n%s,2022,2\n",
        "json": '[{"unit": "tân-hưng", "year": 2023, "cases": 1}, {"unit": "%s", "year": 2022, "cases": 2}]',
        "yaml": "- {unit: tân-hưng, year: 2023, cases: 1}\n- {unit: %s, year: 2022, cases: 2}\n",
    }[kind]
    decomposed = unicodedata.normalize("NFD", "tân-hưng")
    for written in (
        decomposed,
        decomposed.encode("ascii", "backslashreplace").decode() if kind == "json" else decomposed,
    ):
        table = nc.read_facts_text(text % written, kind, FACTS)
        assert table.known("tân-hưng", 2023) == {FactKey("cases", THIS_YEAR): 1, FactKey("cases", Ago(1)): 2}


def test_a_year_without_a_row_is_unknown_and_never_the_row_above() -> None:
    table = nc.read_facts_text("unit,year,cases\na,2024,1\na,2022,2\na,2021,\na,2025,9\nb,2023,7\n", "csv", FACTS)
    assert table.known("a", 2024) == {FactKey("cases", THIS_YEAR): 1, FactKey("cases", Ago(2)): 2}
    assert table.known("a", 2023) == {FactKey("cases", Ago(1)): 2}
    assert table.known("a", 2021) == {}
    assert table.known("c", 2024) == {}
    assert (table.row("a", 2023), table.row("c", 2024)) == (None, None)


def test_what_a_row_says_of_its_last_year_holds_where_that_year_says_nothing() -> None:
    table = nc.read_facts_text("unit,year,cases\na,2024,1/2\na,2023,\n", "csv", FACTS)
    assert table.known("a", 2024) == {FactKey("cases", THIS_YEAR): 1, FactKey("cases", Ago(1)): 2}


@pytest.mark.parametrize(
    ("own", "row", "known"),
    [
        ("1/2", "2", Fraction(2)),
        ("1/>=2", "3", Fraction(3)),
        ("1/3", ">=2", Fraction(3)),
        ("1/>=2", ">=3", Interval(Fraction(3), None)),
        ("1/>=2", "<=4", Interval(Fraction(2), Fraction(4))),
        ("1/>=2", "<=2", Fraction(2)),
    ],
)
def test_two_sources_that_agree_hold_together(own: str, row: str, known: object) -> None:
    table = nc.read_facts_text(f"unit,year,cases\na,2024,{own}\na,2023,{row}\n", "csv", FACTS)
    assert table.known("a", 2024)[FactKey("cases", Ago(1))] == known


@pytest.mark.parametrize(
    ("content", "name", "error"),
    [
        (b"unit,year\na\xff,2023\n", "f.csv", "f.csv, row 2: NC220 byte 11 (0xff) is not UTF-8"),
        (b"\xff\xfea", "f.csv", "f.csv, row 1: NC220 byte 2 (0x61) is not UTF-16-LE"),
        (b"", "f.pdf", 'f.pdf: NC224 files that end in ".pdf" are not read'),
        (b"", "f", 'f: NC224 files that end in "" are not read'),
        (b"", "f.parquet", 'f.parquet: NC224 files that end in ".parquet" are not read'),
        (b"", "f.csv", "f.csv: NC221 the file is empty"),
    ],
)
def test_a_file_that_is_no_table_is_refused(
    content: bytes, name: str, error: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(content)
    with pytest.raises(nc.NCriteriaError) as refused:
        nc.read_facts(name, FACTS)
    assert str(refused.value).splitlines()[0] == error


def test_a_parquet_file_is_sent_to_the_commands_that_judge_it() -> None:
    with pytest.raises(nc.NCriteriaError) as refused:
        nc.read_facts("f.parquet", FACTS)
    assert refused.value.problems[0].hint == (
        "`ncriteria evaluate` and `ncriteria impact` judge it as a whole; save the rows of interest as CSV"
    )


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("none.csv", "none.csv: NC220 the file cannot be read: No such file or directory"),
        ("a\0.csv", "a\ufffd.csv: NC220 the file cannot be read: embedded null byte"),
        ("folder.csv", "folder.csv: NC220 the file cannot be read: Is a directory"),
    ],
    ids=["absent", "NUL", "folder"],
)
def test_a_path_that_cannot_be_read_is_refused(
    name: str, error: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("folder.csv").mkdir()
    with pytest.raises(nc.NCriteriaError) as refused:
        nc.read_facts(name, FACTS)
    assert str(refused.value) == error


@pytest.mark.parametrize("ending", [".csv", ".CSV", ".tsv", ".txt", ".json", ".yaml", ".yml"])
def test_a_file_is_read_by_its_ending_with_a_mark_and_any_line_breaks(ending: str, tmp_path: Path) -> None:
    texts = {
        ".json": '[\r\n{"unit": "a", "year": 2023, "cases": 1}]',
        ".y": "- unit: a\r\n  year: 2023\r\n  cases: 1\r\n",
    }
    separator = "\t" if ending == ".tsv" else ";"
    text = texts.get(ending, texts[".y"] if ending.startswith(".y") else "unit,year,cases\r\na,2023,1\r\n")
    file = tmp_path / f"facts{ending}"
    file.write_bytes(("\ufeff" + text.replace(",", separator if ending == ".tsv" else ",")).encode())
    [row] = nc.read_facts(file, FACTS).rows
    assert (row.unit.id, row.year, row.values) == ("a", 2023, {FactKey("cases", THIS_YEAR): 1})


def test_a_format_that_is_not_of_texts_is_refused() -> None:
    with pytest.raises(nc.NCriteriaError) as refused:
        nc.read_facts_text("", "xlsx", FACTS)  # type: ignore[arg-type]
    assert (
        str(refused.value)
        == 'NC224 the format "xlsx" is not read from a text\n  hint: the formats are: csv, tsv, json, yaml'
    )


def test_a_long_line_of_parents_is_followed_quickly() -> None:
    rows = "".join(f"u{number},u{number + 1},2023\n" for number in range(5000))
    assert len(nc.read_facts_text("unit,parent,year\n" + rows, "csv", FACTS).rows) == 5000


@pytest.mark.parametrize("character", ["\0", "\x1b", "\x0b", "\uffff", "\ud800"])
@pytest.mark.parametrize("kind", ["csv", "json", "yaml"])
def test_a_character_that_no_text_has_is_refused_in_words_that_can_be_printed(kind: Any, character: str) -> None:
    with pytest.raises(nc.NCriteriaError) as refused:
        nc.read_facts_text(f'[\n"{character}"]', kind, FACTS)
    [problem] = refused.value.problems
    assert (problem.code, problem.place) == ("NC220", nc.CellPlace(row=2))
    assert f"U+{ord(character):04X}" in problem.message or character == "\0"
    str(refused.value).encode("utf-8")


@pytest.mark.parametrize("kind", ["json", "csv"])
def test_a_key_may_name_a_period_as_rules_do(kind: Any) -> None:
    text = {
        "json": '[{"unit": "a", "year": 2024, "years_ago(2, cases)": 5, "at(cases, 2019)": 7, "prev_year.cases": 6}]',
        "csv": 'unit,year,"years_ago(2, cases)","at(cases, 2019)",prev_year.cases\na,2024,5,7,6\n',
    }
    [row] = nc.read_facts_text(text[kind], kind, FACTS).rows
    assert row.values == {FactKey("cases", Ago(2)): 5, FactKey("cases", Ago(5)): 7, FactKey("cases", Ago(1)): 6}
    assert row.places[FactKey("cases", Ago(5))].heading == "at(cases, 2019)"


def test_one_year_by_two_names_must_say_the_same() -> None:
    text = 'unit,year,"years_ago(2, cases)","at(cases, 2022)"\na,2024,{},{}\n'
    [row] = nc.read_facts_text(text.format(5, 5), "csv", FACTS).rows
    assert row.values == {FactKey("cases", Ago(2)): 5}
    with pytest.raises(nc.FactsError) as refused:
        nc.read_facts_text(text.format(5, 6), "csv", FACTS)
    assert str(refused.value) == (
        'row 2, column "at(cases, 2022)": NC231 `at(cases, 2022)` is given twice in this row, here and in row 2, '
        'column "years_ago(2, cases)", with different values'
    )


def test_a_column_of_any_format_is_named_or_passed_over_as_the_hint_says() -> None:
    text = '[{"unit": "a", "year": 2023, "case": 3, "Ghi chú khác": "x"}]'
    options = nc.ReadingOptions(columns={"case": "cases"}, ignore=["Ghi chú khác"])
    (row,) = nc.read_facts_text(text, "json", FACTS, options=options).rows
    assert {str(key): value for key, value in row.values.items()} == {"cases": 3}
