"""A result under a set that extends another says by which act each clause is what it is, wherever it is told."""

from __future__ import annotations

import json
from pathlib import Path

import ncriteria as nc
from ncriteria.report.paper.content import paper_content
from tests.overlay_sets import province, written

FACTS = {"cases": 9, "patrol": True, "lights": True, "cameras": False}


def test_the_explanation_says_by_which_act_each_clause_is_what_it_is(tmp_path: Path) -> None:
    result = province(tmp_path).evaluate(FACTS)
    assert result.explain("en") == (
        """\
NOT MET: Calm communes, Long An
Source: 2/LONG-AN (Long An, issued 2024-08-05)

[Not met] calm: Calm (all must be met)
    Laid down by: 1/NATIONAL (An example ministry; national)
    Changed by: 2/LONG-AN (Long An; for long-an): `calm/plan` is removed (2/LONG-AN, Điều 4)
  [Not met] calm/crime: Few cases
      ✗ Cases: 9 cases; at most 8 allowed (1 too many); Most cases: 8
      Laid down by: 1/NATIONAL (An example ministry; national)
      Changed by: 2/LONG-AN (Long An; for long-an): Most cases (2/LONG-AN, Điều 1)
      Source: 1/NATIONAL, Điều 2
      Encodes the law: as the text says
  [Met] calm/measures: Measures (at least 2 must be met)
      Laid down by: 1/NATIONAL (An example ministry; national)
      Changed by: 2/LONG-AN (Long An; for long-an): how many must be met (2/LONG-AN, Điều 2)
      Changed by: 2/LONG-AN (Long An; for long-an): a member is added (2/LONG-AN, Điều 3)
    [Met] calm/measures/patrol: Tuần tra
        ✓ There is a patrol: yes
        Laid down by: 1/NATIONAL (An example ministry; national)
        Source: 1/NATIONAL
        Encodes the law: as the text says
    [Met] calm/measures/lights: Đèn đường
        ✓ There are street lights: yes
        Laid down by: 1/NATIONAL (An example ministry; national)
        Source: 1/NATIONAL
        Encodes the law: as the text says
    [Not met] calm/measures/cameras: Camera
        ✗ There are cameras: no
        Laid down by: 2/LONG-AN (Long An; for long-an)
        Source: 2/LONG-AN, Điều 3
        Encodes the law: as the text says"""
    )
    vietnamese = result.explain("vi")
    assert "Quy định tại: 1/NATIONAL (Bộ Ví dụ; áp dụng cả nước)" in vietnamese
    assert "Sửa đổi bởi: 2/LONG-AN (UBND tỉnh Long An; áp dụng riêng tại long-an): Số vụ nhiều nhất" in vietnamese


def test_the_result_as_data_has_the_act_of_each_clause_and_is_read_back(tmp_path: Path) -> None:
    result = province(tmp_path).evaluate(FACTS)
    told = json.loads(result.to_json("en"))["result"]["clauses"]
    acts = {one["path"]: (one["origin"]["origin"]["id"], one["origin"]["origin"]["territory"]) for one in told}
    assert acts["calm/crime"] == ("calm.national", None)
    assert acts["calm/measures/cameras"] == ("calm.long-an", "long-an")
    again = nc.Result.from_json(result.to_json())
    assert again.criteria.origins["calm/crime"].changes[0].by.id == "calm.long-an"
    assert again.to_json() == result.to_json()


def test_a_result_under_a_set_that_extends_none_says_nothing_of_it(tmp_path: Path) -> None:
    national = nc.load(written(tmp_path) / "national.yaml")
    result = national.evaluate(FACTS)
    assert "Laid down by" not in result.explain("en")
    assert all("origin" not in one for one in json.loads(result.to_json())["result"]["clauses"])


def test_the_paper_says_by_which_act_each_clause_is_what_it_is(tmp_path: Path) -> None:
    criteria = province(tmp_path)
    (tmp_path / "table.csv").write_text("unit,year,cases\nx,2025,9\n", encoding="utf-8")
    (judgement,) = nc.evaluate_rows(nc.read_facts(tmp_path / "table.csv", criteria.facts), criteria)
    by_title = {one.title: one.sources for one in paper_content(judgement, "en").clauses}
    assert by_title["Few cases"] == (
        "1/NATIONAL, Điều 2",
        "Laid down by: 1/NATIONAL (An example ministry; national)",
        "Changed by: 2/LONG-AN (Long An; for long-an): Most cases (2/LONG-AN, Điều 1)",
    )
