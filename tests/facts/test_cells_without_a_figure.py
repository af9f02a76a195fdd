"""What offices write where there is no figure is refused, and the hint says to leave the cell blank."""

from __future__ import annotations

import pytest

import ncriteria as nc


@pytest.mark.parametrize("cell", ["n/a", "N/A", "không có số liệu"])
def test_a_word_for_no_figure_is_told_to_be_left_out(cell: str) -> None:
    assert refused(cell) == (
        f'row 2, column "crime_cases": NC201 "{cell}" is not a number\n'
        "  hint: leave the cell blank where it is unknown; write 0 for none"
    )


@pytest.mark.parametrize("cell", ["-", "…", "...", "--"])
def test_a_mark_for_no_figure_may_be_named_once_for_all(cell: str) -> None:
    assert refused(cell) == (
        f'row 2, column "crime_cases": NC201 "{cell}" is not a number\n'
        "  hint: leave the cell blank where it is unknown; write 0 for none; "
        "a mark for no figure is named with `blanks` (--blank)"
    )


def refused(cell: str) -> str:
    facts = nc.catalog()["vn.bca.hd06-2022.commune"].facts
    with pytest.raises(nc.NCriteriaError) as raised:
        nc.read_facts_text(f"unit,year,crime_cases\na,2023,{cell}\n", "csv", facts)
    return str(raised.value)
