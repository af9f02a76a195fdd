"""What is wrong with a table is told in Vietnamese too, hints included."""

from __future__ import annotations

from typing import Any

import pytest

import ncriteria as nc
from tests.case_files import cases
from tests.facts.declared import FACTS
from tests.facts.test_layouts import options_of


@pytest.mark.parametrize("case", cases(__file__, "vietnamese"))
def test_a_table_is_refused_in_vietnamese(case: Any) -> None:
    with pytest.raises(nc.FactsError) as refused:
        nc.read_facts_text(case["text"], case["kind"], FACTS, options=options_of(case))
    assert "\n".join(problem.text("vi") for problem in refused.value.problems) == case["error"]


def test_a_row_that_is_passed_over_is_told_in_vietnamese() -> None:
    text = "Đơn vị,Năm,Số vụ\nXã An,2024,5\nXã Cộng Hòa,2024,7\nTổng cộng,2024,13\n6 tháng đầu năm,2024,1\n"
    table = nc.read_facts_text(text, "csv", FACTS)
    assert [warning.text("vi") for warning in table.warnings] == [
        'hàng 4: NC234 "Tổng cộng" là hàng tổng, không phải đơn vị; bỏ qua hàng này; `cases` ở đó là 13, còn cộng các '
        "hàng được 12\n  gợi ý: kiểm tra số ghi nhầm hoặc hàng còn thiếu",
        'hàng 5: NC234 "6 tháng đầu năm" là một kỳ báo cáo, không phải đơn vị; bỏ qua hàng này\n'
        "  gợi ý: mỗi hàng là một đơn vị trong cả năm; nếu đây là đơn vị, ghi cấp trước tên, chẳng hạn Xã",
    ]
