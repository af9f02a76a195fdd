"""One cell: an exact value, or a refusal that says what stands there and what to write."""

from __future__ import annotations

import datetime
import unicodedata
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.facts.cells.cells import CellReading, read_cell
from ncriteria.facts.cells.numerals import read_count, read_number
from ncriteria.facts.cells.refusals import Refusal
from ncriteria.language.tree import THIS_YEAR, Ago, FactKey
from ncriteria.language.values import Interval
from ncriteria.sets.model import FactValue
from tests.case_files import cases
from tests.facts.declared import FACTS


def value_of(written: str | bool) -> FactValue:
    """A value as the case files write it: `3`, `19/20`, `true`, `>=3`, `2024-03-18`, or a text."""
    if isinstance(written, bool):
        return written
    if written.startswith(">="):
        return Interval(Fraction(written[2:]), None)
    if written.startswith("<="):
        return Interval(None, Fraction(written[2:]))
    try:
        return Fraction(written)
    except ValueError:
        pass
    try:
        return datetime.date.fromisoformat(written)
    except ValueError:
        return written


def read_one(heading: str, cell: str) -> nc.FactRow:
    quoted = '"' + cell.replace('"', '""') + '"'
    [row] = nc.read_facts_text(f"unit,year,{heading}\na,2023,{quoted}\n", "csv", FACTS).rows
    return row


@pytest.mark.parametrize("case", cases(__file__, "cells"))
def test_a_cell_is_read_exactly(case: Any) -> None:
    expected = {FactKey(case["fact"], THIS_YEAR): value_of(case["value"])} if "value" in case else {}
    if "last_year" in case:
        expected[FactKey(case["fact"], Ago(1))] = value_of(case["last_year"])
    for form in ("NFC", "NFD"):
        assert read_one(case["fact"], unicodedata.normalize(form, case["cell"])).values == expected  # type: ignore[arg-type]


@pytest.mark.parametrize("case", cases(__file__, "refused_cells"))
def test_a_cell_is_refused_with_the_whole_message(case: Any) -> None:
    with pytest.raises(nc.NCriteriaError) as refused:
        read_one(case["fact"], case["cell"])
    assert str(refused.value) == f'row 2, column "{case["fact"]}": {case["error"]}'


@pytest.mark.parametrize("heading", ["cases (năm trước)", "prev_year.cases", "Số vụ năm trước"])
def test_two_years_in_a_column_of_one_year_are_refused(heading: str) -> None:
    with pytest.raises(nc.NCriteriaError) as refused:
        read_one(heading, "01/02")
    assert str(refused.value) == (
        f'row 2, column "{heading}": NC204 "01/02" gives two years in a column that is of one\n'
        "  hint: `this year/last year` belongs into the column of the year itself"
    )


def test_a_long_cell_is_not_repeated_in_full() -> None:
    for name in FACTS:
        with pytest.raises(nc.NCriteriaError) as refused:
            read_one(name, "không rõ " * 1000)
        assert len(str(refused.value)) < 400


@given(st.integers(0, 10**12), st.booleans())
def test_a_count_is_read_as_it_is_written(number: int, grouped: bool) -> None:
    text = f"{number:,}".replace(",", ".") if grouped else str(number)
    assert read_count(text) == number


@given(st.integers(-(10**9), 10**9), st.integers(0, 6), st.sampled_from(",."))
def test_a_number_is_exact_or_told_to_be_ambiguous(digits: int, places: int, mark: str) -> None:
    whole, rest = divmod(abs(digits), 10**places)
    text = ("-" if digits < 0 else "") + str(whole) + (f"{mark}{rest:0{places}}" if places else "")
    found = read_number(text)
    if places == 3 and 1 <= whole <= 999:
        assert isinstance(found, Refusal)
        assert found.code == "NC202"
        assert str(abs(digits)) in found.message
    else:
        assert found == Fraction(digits, 10**places)


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@given(st.dates(datetime.date(1930, 1, 1), datetime.date(2129, 12, 31)))
def test_no_date_that_excel_makes_of_a_pair_is_read_as_a_count(day: datetime.date) -> None:
    english, month = _MONTHS[day.month - 1], day.month
    shown = (
        *(f"{day.day}-{english}", f"{day.day:02}-{english}", f"{day.day}-Thg{month}", f"{day.day:02}-Thg{month:02}"),
        *(f"{english}-{day:%y}", f"Thg{month}-{day:%y}", f"{day:%d/%m/%Y}", f"{day:%d/%m/%y}", f"{day:%Y-%m-%d}"),
        *(f"{day:%Y-%m-%d} 00:00:00", f"{day.day}/{month}/{day.year}", f"{day.day}-{english}-{day:%y}"),
        *(f"{month}/{day.day}/{day.year}", f"{day.day} tháng {month}"),
    )
    for text in shown:
        found = read_cell(FACTS["cases"], text)
        assert isinstance(found, Refusal), text
        assert found.code == "NC214", text
        assert f'"{text}"' in found.message


@given(st.integers(0, 10**12), st.integers(1, 6), st.sampled_from(",."))
def test_a_count_is_whole_where_its_decimals_are_zeros(number: int, places: int, mark: str) -> None:
    found = read_count(f"{number}{mark}{'0' * places}")
    if places == 3 and 1 <= number <= 999:
        assert number * 1000 == found if mark == "." else isinstance(found, Refusal)
    else:
        assert found == number


@given(st.dates(datetime.date(1900, 1, 1)), st.sampled_from("T "), st.sampled_from(["", ".000", ".000000000"]))
def test_a_midnight_is_its_day_and_another_time_is_none(day: datetime.date, mark: str, fraction: str) -> None:
    for zone in ("", "Z", "+07:00", "+00:00"):
        assert read_cell(FACTS["decided_on"], f"{day}{mark}00:00:00{fraction}{zone}") == CellReading(day)
        found = read_cell(FACTS["decided_on"], f"{day}{mark}00:00:01{fraction}{zone}")
        assert isinstance(found, Refusal)


@pytest.mark.parametrize("name", sorted(FACTS))
@given(cell=st.text(st.sampled_from("0123456789.,/-%>=<*() xXvụOlE+'#!ABCDIV\u200b１…–"), min_size=1, max_size=12))
def test_a_refusal_quotes_the_whole_cell(name: str, cell: str) -> None:
    found = read_cell(FACTS[name], cell)
    if isinstance(found, Refusal):
        assert unicodedata.normalize("NFC", cell).strip() in found.message
