"""A form that was filled in says what a table of CSV says, and tells where it is of another set or version."""

from __future__ import annotations

import csv
import datetime
import io
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.facts.forms.form import FORM_SHEET, Form
from ncriteria.facts.options import ReadingOptions
from ncriteria.facts.table import Unit
from ncriteria.language.tree import Ago, FactKey
from ncriteria.language.values import Interval
from ncriteria.sets.files.digest import digest_of
from ncriteria.sets.model import Level
from tests.facts.forms.filling import EVERY, FIRST_ROW, UNITS, Cells, as_csv, filled, made, saved, typed_forms

SETS = [EVERY.id, *(one.id for one in nc.catalog().sets.sets if one.facts)]
TEXT = (Path(__file__).parents[2] / "sets" / "every_fact.yaml").read_text(encoding="utf-8")


def criteria_called(name: str) -> nc.Criteria:
    return EVERY if name == EVERY.id else nc.catalog()[name]


@cache
def form_for(name: str, *years: int) -> tuple[Form, bytes]:
    return made(criteria_called(name), *years, units=UNITS)


def read(path: Path, content: bytes, criteria: nc.Criteria = EVERY, **options: Any) -> nc.FactTable:
    path = path / "form.xlsx"
    path.write_bytes(content)
    return nc.read_facts(path, criteria.facts, options=ReadingOptions(**options))


@pytest.mark.parametrize("name", SETS)
@settings(
    max_examples=settings().max_examples // 12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_a_filled_form_says_what_csv_says(name: str, data: st.DataObject, tmp_path: Path) -> None:
    criteria = criteria_called(name)
    last = criteria.years.last or criteria.years.first
    years = data.draw(st.sampled_from([(criteria.years.first,), tuple({criteria.years.first, last})]))
    form, content = form_for(name, *years)
    cells = data.draw(typed_forms(criteria, form))
    table = read(tmp_path, filled(form, content, cells), criteria)
    of_csv = nc.read_facts_text(as_csv(cells), "csv", criteria.facts)
    for unit in UNITS:
        for year in years:
            assert table.known(unit.id, year) == of_csv.known(unit.id, year)
            row = table.row(unit.id, year)
            assert row is not None
            assert row.unit == Unit(unit.id, unit.name, criteria.level, unit.parent)
    assert {row.year for row in table.rows} == set(years)


CELLS: Cells = {
    ("001", "cases", 2024): "1.704",
    ("001", "cases", 2023): 12,
    ("001", "cases", 2022): ">=3",
    ("001", "teams", 2024): 4,
    ("001", "teams", 2019): "05",
    ("001", "rate", 2024): -1.25,
    ("001", "share", 2024): 0.95,
    ("001", "share", 2022): "95%",
    ("001", "plan", 2024): "Có",
    ("001", "status", 2024): "a, b",
    ("001", "decided_on", 2024): datetime.date(2024, 3, 18),
    ("x-2", "cases", 2024): "01/02",
    ("x-2", "status", 2024): "01",
    ("Xã Cộng Hòa", "plan", 2024): "Không",
}


def known(table: nc.FactTable, unit: str = "001", year: int = 2024) -> dict[str, object]:
    return {str(key): value for key, value in table.known(unit, year).items()}


def test_values_of_earlier_years_stand_in_the_row_of_the_year_that_is_assessed(tmp_path: Path) -> None:
    form, content = form_for(EVERY.id, 2024)
    table = read(tmp_path, filled(form, content, CELLS))
    assert [(row.unit.id, row.year, row.unit.level) for row in table.rows] == [
        (unit.id, 2024, Level.COMMUNE) for unit in UNITS
    ]
    assert known(table) == {
        "cases": Fraction(1704),
        "prev_year.cases": Fraction(12),
        "years_ago(2, cases)": Interval(Fraction(3), None),
        "teams": Fraction(4),
        "years_ago(5, teams)": Fraction(5),
        "rate": Fraction(-5, 4),
        "share": Fraction(19, 20),
        "years_ago(2, share)": Fraction(19, 20),
        "plan": True,
        "status": "a, b",
        "decided_on": datetime.date(2024, 3, 18),
    }
    assert known(table, "x-2") == {"cases": Fraction(1), "prev_year.cases": Fraction(2), "status": "01"}
    assert table.warnings[0].code == "NC235"


def test_values_have_the_places_of_their_cells(tmp_path: Path) -> None:
    form, content = form_for(EVERY.id, 2024)
    table = read(tmp_path, filled(form, content, CELLS))
    row = table.row("001", 2024)
    assert row is not None
    assert str(row.places[FactKey("cases", Ago(1))]).endswith(
        'form.xlsx, sheet Số liệu, row 4, column "Số vụ (vụ) Năm 2023"'
    )


def test_a_form_of_several_years_has_a_row_for_each(tmp_path: Path) -> None:
    form, content = form_for(EVERY.id, 2024, 2025)
    table = read(tmp_path, filled(form, content, CELLS))
    assert {row.year for row in table.rows} == {2024, 2025}
    assert known(table, year=2025)["prev_year.cases"] == Fraction(1704)
    assert known(table, year=2025)["years_ago(6, teams)"] == Fraction(5)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_form_that_was_saved_as_csv_is_read_as_any_table(language: Any, tmp_path: Path) -> None:
    form, content = made(EVERY, 2024, language=language, units=UNITS)
    cells = {key: value for key, value in CELLS.items() if not isinstance(value, datetime.date)}
    sheet = openpyxl.load_workbook(io.BytesIO(filled(form, content, cells)))[form.sheet]
    written = io.StringIO()
    rows = [["" if value is None else value for value in row] for row in sheet.iter_rows(max_row=6, values_only=True)]
    csv.writer(written, delimiter=";").writerows(rows)
    table = nc.read_facts_text(written.getvalue(), "csv", EVERY.facts)
    workbook = read(tmp_path, filled(form, content, cells))
    assert [known(table, unit.id) for unit in UNITS] == [known(workbook, unit.id) for unit in UNITS]


def opened(*years: int) -> tuple[Form, Any]:
    form, content = form_for(EVERY.id, *years)
    return form, openpyxl.load_workbook(io.BytesIO(filled(form, content, CELLS)))


def test_columns_may_be_moved_deleted_and_added_and_rows_put_above(tmp_path: Path) -> None:
    form, book = opened(2024)
    sheet = book[form.sheet]
    before = known(read(tmp_path, saved(book)))
    sheet.delete_cols([column.name for column in form.columns].index("rate") + 1)
    sheet.insert_cols(2)
    sheet.insert_rows(1)
    sheet["B4"] = "STT"
    assert known(read(tmp_path, saved(book))) == {key: value for key, value in before.items() if key != "rate"}


def test_the_sheet_may_be_called_otherwise_and_stand_beside_others(tmp_path: Path) -> None:
    form, book = opened(2024)
    before = known(read(tmp_path, saved(book)))
    book.create_sheet("Khác")["A1"] = "gì đó"
    assert known(read(tmp_path, saved(book))) == before
    del book["Khác"]
    book[form.sheet].title = "Xã An"
    assert known(read(tmp_path, saved(book))) == before


def test_another_sheet_of_the_workbook_is_read_as_any_table(tmp_path: Path) -> None:
    _, book = opened(2024)
    for row in (["unit", "year", "cases"], ["b", 2020, 7]):
        (book["Khác"] if "Khác" in book else book.create_sheet("Khác")).append(row)
    table = read(tmp_path, saved(book), sheet="Khác")
    assert [(row.unit.id, row.year) for row in table.rows] == [("b", 2020)]


def test_a_unit_with_a_name_and_nothing_else_has_a_row(tmp_path: Path) -> None:
    form, content = made(EVERY, 2024)
    book = openpyxl.load_workbook(io.BytesIO(content))
    book[form.sheet].cell(FIRST_ROW, 2).value = "Xã An"
    table = read(tmp_path, saved(book))
    assert [(row.unit.id, row.year, dict(row.values)) for row in table.rows] == [("Xã An", 2024, {})]


@pytest.mark.parametrize(
    ("cell", "code"), [("1,704", "NC202"), ("12 vụ", "NC201"), (1.5, "NC203"), ("01/02/2024", "NC214")]
)
def test_a_cell_that_cannot_be_read_is_refused_with_its_place(cell: Any, code: str, tmp_path: Path) -> None:
    form, content = form_for(EVERY.id, 2024)
    with pytest.raises(nc.FactsError) as refused:
        read(tmp_path, filled(form, content, {("001", "cases", 2024): cell}))
    [problem] = refused.value.problems
    assert problem.code == code
    assert str(problem.place).endswith('sheet Số liệu, row 4, column "Số vụ (vụ) Năm 2024"')


OTHER = nc.loads(TEXT.replace("cases <= prev_year and", "cases < prev_year and"))
WITHOUT = nc.loads(
    TEXT.replace("  unused: {title: {vi: Số hộ, en: Households}, type: count, unit: {vi: hộ, en: households}}\n", "")
)
ANOTHER = nc.loads(TEXT.replace("id: example.every.commune", "id: example.other.commune"))
_MADE_ANEW = "make a form anew, `ncriteria form example.every.commune -o FILE`"


def warned(path: Path, criteria: nc.Criteria) -> list[str]:
    form, content = form_for(EVERY.id, 2024)
    table = read(path, filled(form, content, {("001", "cases", 2024): 1}), criteria, territory="h")
    return [str(one).removeprefix(str(path)) for one in table.warnings]


def test_a_form_of_the_same_version_is_read_without_a_word(tmp_path: Path) -> None:
    assert warned(tmp_path, EVERY) == []
    assert warned(tmp_path, nc.loads(f"# another comment\n{TEXT}")) == []


def test_a_form_of_another_version_is_told(tmp_path: Path) -> None:
    was, now = (digest_of(one.definition)[:12] for one in (EVERY, OTHER))
    assert warned(tmp_path, OTHER) == [
        "/form.xlsx, sheet Số liệu: NC296 the form is of another version of `example.every.commune`: "
        f"{was}, now {now}\n  hint: look for facts that are new: {_MADE_ANEW}; "
        "what stands in this one is read as the set is now"
    ]


def test_a_form_of_another_set_is_told(tmp_path: Path) -> None:
    assert warned(tmp_path, ANOTHER) == [
        "/form.xlsx, sheet Số liệu: NC297 the form is of the set `example.every.commune`, which is not among those "
        "that judge: `example.other.commune`\n"
        "  hint: make a form of the set that is meant (`ncriteria form`), or judge under its own (--criteria)"
    ]


def test_of_a_form_that_is_read_for_facts_alone_it_is_not_known_what_judges(tmp_path: Path) -> None:
    form, content = form_for(EVERY.id, 2024)
    path = tmp_path / "form.xlsx"
    path.write_bytes(filled(form, content, {("001", "cases", 2024): 1}))
    assert [one.code for one in nc.read_facts(path, dict(OTHER.facts)).warnings] == ["NC235"]


def test_a_column_of_a_fact_that_is_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(nc.FactsError) as refused:
        warned(tmp_path, WITHOUT)
    assert str(refused.value).removeprefix(str(tmp_path)) == (
        '/form.xlsx, sheet Số liệu: NC298 the column "Số hộ (hộ) Năm 2024" is of `unused`, which is no fact any more\n'
        '  hint: make a new form (`ncriteria form`), or pass over the column: --ignore-column "Số hộ (hộ) Năm 2024"'
    )


@pytest.mark.parametrize(
    "options",
    [{"ignore": ["Số hộ (hộ) Năm 2024"]}, {"ignore_unknown": True}, {"columns": {"Số hộ (hộ) Năm 2024": "note"}}],
    ids=str,
)
def test_a_column_that_is_gone_may_be_passed_over(options: dict[str, Any], tmp_path: Path) -> None:
    form, content = form_for(EVERY.id, 2024)
    if "columns" in options:
        book = openpyxl.load_workbook(io.BytesIO(content))
        book[form.sheet].delete_cols(len(form.columns))
        content = saved(book)
    table = read(tmp_path, filled(form, content, {("001", "cases", 2024): 1}), WITHOUT, **options)
    assert known(table) == {"cases": Fraction(1)}


def test_a_column_that_is_gone_and_was_deleted_is_no_matter(tmp_path: Path) -> None:
    form, book = opened(2024)
    book[form.sheet].delete_cols([column.name for column in form.columns].index("unused") + 1)
    assert [one.code for one in read(tmp_path, saved(book), WITHOUT).warnings] == ["NC296", "NC235"]


@pytest.mark.parametrize(
    ("cell", "value", "reason"),
    [
        ("B1", "ncriteria-form/3", 'its format is "ncriteria-form/3", and this version reads `ncriteria-form/2`'),
        ("B1", None, 'its format is "", and this version reads `ncriteria-form/2`'),
        ("B5", "fr", "what the sheet `_ncriteria` says of it is not whole"),
        ("B6", "planet", "what the sheet `_ncriteria` says of it is not whole"),
        ("B7", "soon", "what the sheet `_ncriteria` says of it is not whole"),
        ("A3", "other", "what the sheet `_ncriteria` says of it is not whole"),
        ("D12", "soon", "what the sheet `_ncriteria` says of it is not whole"),
    ],
)
def test_a_form_whose_hidden_sheet_was_changed_is_refused(cell: str, value: Any, reason: str, tmp_path: Path) -> None:
    _, book = opened(2024)
    book[FORM_SHEET][cell] = value
    with pytest.raises(nc.FactsError) as refused:
        read(tmp_path, saved(book))
    assert str(refused.value).removeprefix(str(tmp_path)) == (
        f"/form.xlsx: NC299 the form cannot be read: {reason}\n"
        "  hint: make the form anew; or copy its table into a workbook without the sheet `_ncriteria`"
    )
