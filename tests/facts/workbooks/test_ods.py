"""The cells of .ods: each is the value that the workbook shows, or is told with its place; none is lost."""

from __future__ import annotations

from typing import Any

import pytest

from ncriteria.facts.formats.workbook import read_workbook
from ncriteria.facts.table import FactsError
from tests.case_files import cases
from tests.facts.workbooks.made import parts_of_ods, shown, zipped


def read(case: Any) -> str:
    """The grid of a case, or the error that it gives."""
    parts = parts_of_ods(case["rows"], before=case.get("before", ""), after=case.get("after", ""))
    try:
        return shown(read_workbook(zipped(parts), "ods", "a.ods", case.get("name")))
    except FactsError as error:
        return str(error)


@pytest.mark.parametrize("case", cases(__file__, "ods"))
def test_a_cell_is_read_as_it_is_shown(case: Any) -> None:
    assert read(case) == case["grid"].rstrip("\n")
