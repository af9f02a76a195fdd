"""One bad cell does not cost the table, where that is asked for: what is whole is read, and all that is not is told."""

from __future__ import annotations

import pytest

import ncriteria as nc
from tests.facts.declared import FACTS

TEXT = """\
unit,parent,year,cases,rate
a,h,2023,x,1
a,h,2022,3,2
b,h,20x3,2,1
c,h,2023,1,1
c,h,2023,2,1
d,h,2023,4,1
"""


def test_what_is_whole_is_read_and_the_rest_is_told() -> None:
    table = nc.read_facts_text(TEXT, "csv", FACTS, keep_going=True)
    assert {(row.unit.id, row.year): {str(key) for key in row.values} for row in table.rows} == {
        ("a", 2023): {"rate"},
        ("a", 2022): {"cases", "rate"},
        ("d", 2023): {"cases", "rate"},
    }
    assert [(problem.code, str(problem.place)) for problem in table.problems] == [
        ("NC201", 'row 2, column "cases"'),
        ("NC213", 'row 4, column "year"'),
        ("NC230", "row 6"),
    ]
    assert table.lacks_rows
    [first, *_] = table.rows
    assert {str(key) for key in first.unread} == {"cases", "prev_year.cases"}


def test_without_being_asked_every_problem_is_an_error() -> None:
    with pytest.raises(nc.FactsError) as refused:
        nc.read_facts_text(TEXT, "csv", FACTS)
    assert [problem.code for problem in refused.value.problems] == ["NC201", "NC213", "NC230"]


def test_a_heading_that_is_not_known_is_an_error_all_the_same() -> None:
    with pytest.raises(nc.FactsError, match="NC210"):
        nc.read_facts_text("unit,year,kases\na,2023,1\n", "csv", FACTS, keep_going=True)


def test_a_column_that_cannot_be_read_as_a_whole_is_unknown_in_every_row() -> None:
    text = "unit;year;cases;Giải quyết (%)\na;2023;1;0,95\nb;2023;2;0,9\n"
    table = nc.read_facts_text(text, "csv", FACTS, keep_going=True)
    assert [problem.code for problem in table.problems] == ["NC218"]
    assert [{str(key) for key in row.values} for row in table.rows] == [{"cases"}, {"cases"}]
    assert [{str(key) for key in row.unread} for row in table.rows] == [{"share"}, {"share"}]


@pytest.mark.parametrize("column", ["cases", "rate"])
def test_what_a_cell_of_its_own_says_of_last_year_stays_beside_one_of_this_year_that_cannot_be_read(
    column: str,
) -> None:
    text = f"unit,year,{column},prev_year.{column}\na,2023,?,3\nb,2023,,3\n"
    first, second = nc.read_facts_text(text, "csv", FACTS, keep_going=True).rows
    assert {str(key): value for key, value in first.values.items()} == {f"prev_year.{column}": 3}
    assert first.values == second.values
    assert {str(key) for key in first.unread} == {column}
