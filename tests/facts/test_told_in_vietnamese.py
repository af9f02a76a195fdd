"""What is told of cells, of columns and of units is told in Vietnamese too, and nothing of it is in English alone."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

import pytest

import ncriteria as nc
from ncriteria.facts.values import from_python
from tests.case_files import cases
from tests.facts.declared import FACTS
from tests.facts.test_cells import read_one
from tests.facts.test_layouts import options_of
from tests.messages import untold_in


def told_of(case: Any) -> Iterable[nc.Problem]:
    """What is told of the table of a case, whether it is read or refused."""
    try:
        return nc.read_facts_text(case["text"], case.get("kind", "csv"), FACTS, options=options_of(case)).warnings
    except nc.NCriteriaError as refused:
        return refused.problems


@pytest.mark.parametrize("case", cases(__file__, "told_of_cells"))
def test_what_is_told_of_cells_is_told_in_vietnamese(case: Any) -> None:
    assert "\n".join(problem.text("vi") for problem in told_of(case)) == case["error"]


@pytest.mark.parametrize("case", cases(__file__, "refused_cells"))
def test_whatever_is_told_of_a_cell_is_in_the_catalogue(case: Any) -> None:
    with pytest.raises(nc.NCriteriaError) as refused:
        read_one(case["fact"], case["cell"])
    assert untold_in(refused.value.problems) == []


@pytest.mark.parametrize(
    "case",
    [
        case
        for name in ("told_of_cells", "doubtful_tables", "refused_tables", "refused_layouts", "laid_out", "totals")
        for case in cases(__file__, name)
        if "text" in case.values[0]
    ],
)
def test_whatever_is_told_of_a_table_is_in_the_catalogue(case: Any) -> None:
    problems = list(told_of(case))
    assert untold_in(problems) == []


@pytest.mark.parametrize(
    ("name", "given", "error"),
    [
        (
            "cases",
            1.5,
            'NC208 `cases` = 1.5 là float, không chính xác\n  gợi ý: dùng Fraction("1.5") hoặc Decimal("1.5")',
        ),
        ("cases", float("nan"), "NC201 `cases` = nan không phải số hữu hạn\n  gợi ý: giá trị chưa biết là None"),
        ("cases", -1, "NC203 `cases` = -1 nhỏ hơn 0, là giá trị nhỏ nhất của `cases`"),
        ("rate", 10**201, "NC208 `rate` là số có hơn 200 chữ số"),
        ("plan", "x", "NC208 `plan` cần True hoặc False, không phải 'x' (str)"),
        (
            "status",
            "?",
            "NC206 `status` = '?' không thuộc các giá trị đã khai báo\n  gợi ý: các giá trị là: đạt, chưa đạt",
        ),
        (
            "decided_on",
            datetime.datetime(2024, 3, 18, 9),
            "NC208 `decided_on` = datetime.datetime(2024, 3, 18, 9, 0) có giờ khác 0 giờ, trong khi ngày không có giờ\n"
            "  gợi ý: chỉ ghi ngày, dưới dạng datetime.date",
        ),
    ],
)
def test_what_is_told_of_a_value_of_python_is_told_in_vietnamese(name: str, given: Any, error: str) -> None:
    with pytest.raises(nc.FactsError) as refused:
        from_python(FACTS[name], given)
    assert [problem.text("vi") for problem in refused.value.problems] == [error]
    assert untold_in(refused.value.problems) == []
