"""Whatever a table holds, reading it ends in exact facts or in problems with a code, never in another exception."""

from __future__ import annotations

import datetime
import json
import re
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.facts.readers import Format
from ncriteria.facts.values import from_python
from ncriteria.language.values import Interval
from ncriteria.sets.model import FactType
from tests.facts.declared import FACTS
from tests.sets.damage import ODDITIES, RUNS, any_characters, damaged, structures, texts, yaml_texts

CSV = """\
Mã đơn vị,Đơn vị,Cấp,Đơn vị cấp trên,Năm,Số xã,Số vụ,Tỷ lệ,Kế hoạch,Tình trạng,Ngày quyết định,Kết quả công bố,Ghi chú
vinh-dai,Xã Vĩnh Đại,xã,tan-hung,2021,,0,"0,95",Có,đạt,18/03/2024,Đạt,"Không xảy ra; không công bố"
vinh-loi,Xã Vĩnh Lợi,xã,tan-hung,2022,,00/01,"12,5%",,,,Đạt,
vinh-loi,Xã Vĩnh Lợi,xã,tan-hung,2023,,>=3,,Không,chưa đạt,2024-03-18,,
tan-hung,Huyện Tân Hưng,huyện,,2023,11,1.704,,x,,,Đạt,
"""
SEMICOLONS = "unit;year;cases;cases (năm trước)\na;2023;1;2\nb;2023;0;\n"
JSON = """\
{"rows": [
  {"unit": "a", "year": 2023, "cases": 1, "rate": 0.95, "plan": true, "status": "đạt", "prev_year": {"cases": 2}},
  {"unit": "a", "year": 2022, "cases": 2, "rate": null, "plan": "Không", "decided_on": "2024-03-18", "note": "e\\u0301"}
]}
"""
YAML = """\
- {unit: a, year: 2023, cases: 1, rate: 0.95, plan: true, status: đạt, prev_year: {cases: 2}}
- unit: a
  year: 2022
  cases: ">=2"
  rate:
  decided_on: 2024-03-18
"""
FORMATS = st.sampled_from(("csv", "json", "yaml"))
_CELLS = st.sampled_from(ODDITIES) | st.text(any_characters, max_size=6) | st.text("0123456789.,/- %<>=≥", max_size=9)
_HEADINGS = st.sampled_from(
    [
        *("unit", "year", "cases", "prev_year.cases", "Số vụ (năm trước)", "rate", "plan", "status", "decided_on"),
        *("level", "parent", "hamlet_count", "prev_year", "note", "x", ""),
    ]
)


@RUNS
@given(text=texts | yaml_texts, kind=FORMATS)
def test_any_text_is_a_table_or_is_refused(run: str, text: str, kind: Format) -> None:
    read_or_refuse(text, kind)


@RUNS
@given(text=damaged((CSV, SEMICOLONS)))
def test_a_damaged_csv_is_read_or_refused(run: str, text: str) -> None:
    read_or_refuse(text, "csv")


@RUNS
@given(text=damaged((JSON,)))
def test_a_damaged_json_is_read_or_refused(run: str, text: str) -> None:
    read_or_refuse(text, "json")


@RUNS
@given(text=damaged((YAML,)))
def test_a_damaged_yaml_is_read_or_refused(run: str, text: str) -> None:
    read_or_refuse(text, "yaml")


@RUNS
@given(
    rows=st.lists(
        st.dictionaries(_HEADINGS, _CELLS | st.booleans() | st.none() | st.floats() | st.integers() | structures)
        | st.fixed_dictionaries({"unit": _CELLS, "year": st.integers(2019, 2023), "cases": _CELLS, "rate": _CELLS}),
        max_size=3,
    )
)
def test_any_rows_of_json_are_read_or_refused(run: str, rows: Any) -> None:
    read_or_refuse(json.dumps(rows), "json")


@RUNS
@given(cell=_CELLS | texts, name=st.sampled_from(sorted(FACTS)), separator=st.sampled_from((",", ";", "\t")))
def test_any_cell_is_read_or_refused_with_its_row_and_heading(run: str, cell: str, name: str, separator: str) -> None:
    quoted = '"' + cell.replace('"', '""') + '"'
    read_or_refuse(separator.join(("unit", "year", name)) + "\n" + separator.join(("a", "2023", quoted)), "csv")


_NUMBERS = (
    st.integers() | st.floats() | st.fractions() | st.decimals() | st.just(10**5000) | st.just(Fraction(1, 10**5000))
)
_GIVEN = st.one_of(
    *(_NUMBERS, _NUMBERS.map(nc.AtLeast), _NUMBERS.map(nc.AtMost), st.booleans(), st.none(), st.text(max_size=5)),
    *(st.dates(), st.datetimes(), st.just(nc.UNKNOWN), st.complex_numbers(), st.binary(max_size=3), st.just("đạt")),
)


@RUNS
@given(value=_GIVEN, name=st.sampled_from(sorted(FACTS)))
def test_any_object_of_a_program_is_a_fact_or_is_refused(run: str, value: Any, name: str) -> None:
    try:
        found = from_python(FACTS[name], value)
    except nc.NCriteriaError as error:
        _assert_told(error)
    else:
        assert found is None or _fits(found, FACTS[name].type)


def read_or_refuse(text: str, kind: Format) -> None:
    try:
        table = nc.read_facts_text(text, kind, FACTS, file="facts")
    except nc.NCriteriaError as error:
        _assert_told(error, file="facts")
        return
    for row in table.rows:
        assert row.unit.id
        assert all(_fits(value, FACTS[key.name].type) for key, value in row.values.items())
        known = table.known(row.unit.id, row.year)
        assert row.values.keys() <= known.keys()


def _fits(value: object, kind: FactType) -> bool:
    match kind, value:
        case FactType.COUNT, Fraction():
            return value.denominator == 1 and value >= 0
        case FactType.NUMBER, Fraction() | Interval():
            return True
        case FactType.COUNT, Interval(low=low, high=high):
            return all(end is None or end.denominator == 1 for end in (low, high))
        case FactType.BOOLEAN, bool():
            return True
        case FactType.ENUMERATION, str():
            return value in ("đạt", "chưa đạt")
        case FactType.DATE, datetime.date():
            return True
    return False


def _assert_told(error: nc.NCriteriaError, file: str | None = None) -> None:
    assert error.problems
    places = [problem.place for problem in error.problems]
    assert file is None or all(isinstance(place, nc.CellPlace) and place.file == file for place in places)
    str(error).encode("utf-8")
    assert all(re.fullmatch(r"NC2[0-9]{2}", problem.code) for problem in error.problems)
