"""Rows of months: how a table says them, and what keeps them from being read."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

import ncriteria as nc
from ncriteria.facts.options import ReadingOptions
from tests.case_files import cases
from tests.facts.declared import FACTS
from tests.facts.test_cells import value_of


def rows_of(table: nc.FactTable) -> dict[str, dict[str, object]]:
    return {f"{row.unit.id} {row.when}": {str(key): value for key, value in row.values.items()} for row in table.rows}


@pytest.mark.parametrize("case", cases(__file__, "months"))
def test_a_table_says_the_month_of_a_row(case: Any) -> None:
    options = ReadingOptions(**case.get("options", {}))
    expected = {row: {key: value_of(one) for key, one in values.items()} for row, values in case["rows"].items()}
    assert rows_of(nc.read_facts_text(case["text"], "csv", FACTS, options=options)) == expected


@pytest.mark.parametrize("case", cases(__file__, "refused_months"))
def test_a_month_that_is_not_clear_is_refused_with_the_whole_message(case: Any) -> None:
    with pytest.raises(nc.FactsError) as refused:
        nc.read_facts_text(case["text"], case.get("kind", "csv"), FACTS)
    assert str(refused.value) == case["error"]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("csv", "unit,year,month,cases\na,2026,5,1\na,2026,6,2\na,2026,,9\n"),
        ("json", '[{"unit": "a", "year": 2026, "month": 5, "cases": 1}, {"unit": "a", "month": "6/2026", "cases": 2},'
                 ' {"unit": "a", "year": 2026, "month": null, "cases": 9}]'),
        ("yaml", "- {unit: a, year: 2026, month: 5, cases: 1}\n- {unit: a, year: 2026, tháng: T6, cases: 2}\n"
                 "- {unit: a, year: 2026, cases: 9}\n".replace("tháng", "month")),
    ],
)  # fmt: skip
def test_every_format_says_months_alike(kind: Any, text: str) -> None:
    table = nc.read_facts_text(text, kind, FACTS)
    assert rows_of(table) == {"a 5/2026": {"cases": 1}, "a 6/2026": {"cases": 2}, "a 2026": {"cases": 9}}
    assert table.has_months


def test_a_total_of_a_month_is_compared_with_the_rows_of_that_month() -> None:
    text = "Xã;Tháng;Số vụ\na;1/2026;1\na;2/2026;4\nTổng cộng;2/2026;5\n"
    (warning,) = nc.read_facts_text(text, "csv", FACTS).warnings
    assert str(warning) == (
        'row 4: NC234 "Tổng cộng" is a total and no unit; the row is passed over; '
        "its `cases` is 5, and the rows come to 4"
        "\n  hint: look for a slip, or for a row that is missing"
    )


def test_rows_of_whole_years_are_those_that_are_asked_for_by_year() -> None:
    table = nc.read_facts_text("unit,year,month,cases\na,2026,5,1\na,2026,,9\n", "csv", FACTS)
    row = table.row("a", 2026)
    assert row is not None
    assert row.month is None
    assert {str(key): value for key, value in table.known("a", 2026).items()} == {"cases": 9}


def test_a_table_keeps_the_day_on_which_its_months_end() -> None:
    options = ReadingOptions(months_end=15)
    assert nc.read_facts_text("unit,month,cases\na,5/2026,1\n", "csv", FACTS, options=options).months_end == 15


@pytest.mark.parametrize("wrong", [{"months_end": 28}, {"months_end": 0}, {"month": 13}])
def test_options_of_months_that_none_have_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="month"):
        ReadingOptions(**wrong)


def test_the_same_month_of_a_unit_twice_costs_only_the_unit_where_reading_keeps_going() -> None:
    text = "unit,month,cases\na,5/2026,1\na,5/2026,2\nb,5/2026,x\nb,6/2026,3\n"
    table = nc.read_facts_text(text, "csv", FACTS, keep_going=True)
    assert rows_of(table) == {"b 5/2026": {}, "b 6/2026": {"cases": 3}}
    assert [problem.code for problem in table.problems] == ["NC201", "NC230"]
    assert attrs.evolve(table).has_months
