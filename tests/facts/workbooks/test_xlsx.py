"""The cells of .xlsx: each is the value that the workbook shows, or is told with its place; none is lost."""

from __future__ import annotations

from typing import Any

import pytest

from ncriteria.facts.formats.workbook import read_workbook
from ncriteria.facts.table import FactsError
from ncriteria.words import Language
from tests.case_files import cases
from tests.facts.test_told_in_vietnamese import untold_in
from tests.facts.workbooks.made import parts_of_xlsx, shown, zipped


def workbook(case: Any) -> bytes:
    parts = parts_of_xlsx(
        case.get("sheet", ""),
        case.get("shared", ""),
        properties=case.get("properties", ""),
        after=case.get("after", ""),
    )
    for name, content in case.get("parts", {}).items():
        parts[name] = content
    for name in case.get("without", []):
        del parts[name]
    return zipped(parts)


def read(case: Any, language: Language = "en") -> str:
    """The grid of a case, or the error that it gives."""
    try:
        return shown(read_workbook(workbook(case), "xlsx", "a.xlsx", case.get("name")))
    except FactsError as error:
        return "\n".join(problem.text(language) for problem in error.problems)


@pytest.mark.parametrize("case", cases(__file__, "xlsx"))
def test_a_cell_is_read_as_it_is_shown(case: Any) -> None:
    assert read(case) == case["grid"].rstrip("\n")


@pytest.mark.parametrize("case", cases(__file__, "refused_xlsx"))
def test_what_is_not_sure_is_refused(case: Any) -> None:
    assert read(case) == case["error"].rstrip("\n")


@pytest.mark.parametrize("case", cases(__file__, "vietnamese"))
def test_what_is_not_sure_is_refused_in_vietnamese(case: Any) -> None:
    assert read(case, "vi") == case["error"]


@pytest.mark.parametrize("case", cases(__file__, "refused_xlsx"))
def test_whatever_is_told_of_a_workbook_is_in_the_catalogue(case: Any) -> None:
    with pytest.raises(FactsError) as refused:
        read_workbook(workbook(case), "xlsx", "a.xlsx", case.get("name"))
    assert untold_in(refused.value.problems) == []
