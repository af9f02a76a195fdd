"""What is wrong with a table is told in Vietnamese too, hints included."""

from __future__ import annotations

from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest

import ncriteria as nc
from ncriteria.facts.attestations.reading import read
from ncriteria.facts.project import read_project
from ncriteria.words import words
from tests.attested_sets import criteria
from tests.case_files import cases
from tests.facts.declared import FACTS
from tests.facts.test_layouts import options_of
from tests.facts.test_told_in_vietnamese import told_of, untold_in


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


@pytest.mark.parametrize("case", cases(__file__, "vietnamese_files"))
def test_a_file_is_refused_in_vietnamese(case: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    if "content" in case:
        Path(case["name"]).write_bytes(case["content"].encode("latin-1"))
    with pytest.raises(nc.FactsError) as refused:
        nc.read_facts(case["name"], FACTS, options=options_of(case))
    assert "\n".join(problem.text("vi") for problem in refused.value.problems) == case["error"]


def test_a_project_file_is_refused_in_vietnamese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("ncriteria.yaml").write_text("format: x/2\nlanguage: fr\ncriteria: none\n", encoding="utf-8")
    with pytest.raises(nc.CriteriaError) as refused:
        read_project(Path("ncriteria.yaml"))
    assert [(words("vi").again(one.message), words("vi").again(one.hint or "")) for one in refused.value.problems] == [
        ('`format` đang là "x/2"', "ghi `ncriteria-project/1`"),
        ("không có `none` cạnh tệp dự án", "ghi đường dẫn tính từ tệp này"),
        ('cần ghi vi hoặc en, nhưng thấy "fr"', ""),
    ]


def refused_attestations(text: str, folder: Path) -> list[nc.Problem]:
    (folder / "t.csv").write_text(text, encoding="utf-8")
    with pytest.raises(nc.FactsError) as refused, chdir(folder):
        read("t.csv", [criteria().definition])
    return list(refused.value.problems)


@pytest.mark.parametrize("case", cases(__file__, "vietnamese_attestations"))
def test_attestations_are_refused_in_vietnamese(case: Any, tmp_path: Path) -> None:
    assert "\n".join(problem.text("vi") for problem in refused_attestations(case["text"], tmp_path)) == case["error"]


def test_an_attestation_without_what_it_needs_is_refused_in_vietnamese() -> None:
    with pytest.raises(nc.FactsError) as refused:
        nc.Attestation(content="all/fire", value=True, by=" ", document="")
    assert [problem.text("vi") for problem in refused.value.problems] == [
        "NC291 xác nhận không ghi `by`: cần nêu cơ quan xác nhận",
        "NC291 xác nhận không ghi `document`: cần nêu văn bản",
    ]


@pytest.mark.parametrize("case", cases(__file__, "refused_attestations"))
def test_whatever_is_told_of_attestations_is_in_the_catalogue(case: Any, tmp_path: Path) -> None:
    assert untold_in(refused_attestations(case["text"], tmp_path)) == []


@pytest.mark.parametrize(
    "name", ["refused_tables", "refused_layouts", "laid_out", "doubtful_tables", "tables", "refused_months"]
)
def test_whatever_is_told_of_tables_is_in_the_catalogue(name: str) -> None:
    found = {
        case.id: untold
        for case in cases(__file__, name)
        if (untold := untold_in(told_of({"kind": "csv", **case.values[0]})))
    }
    assert found == {}
