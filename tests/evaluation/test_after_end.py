"""After the years of a territory's own set the national one judges only where that set says so, and it is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import ncriteria as nc
from ncriteria.report.paper.content import paper_content
from tests.overlay_sets import PROVINCE, written

ENDED = PROVINCE.replace("{from: 2025}", "{from: 2025, to: 2025}").replace("changes:", "after_end: extended\nchanges:")
TABLE = "unit,level,parent,year,cases\nx,commune,long-an,2025,9\nx,commune,long-an,2026,9\ny,commune,an-giang,2026,9\n"
STANDS_IN = "Judges long-an after 2/LONG-AN (calm.long-an), which ended in 2025 and leaves the years after to it"


def judged(folder: Path, **files: str) -> list[nc.Judgement]:
    catalog = nc.catalog(written(folder, **files))
    return nc.evaluate_rows(nc.read_facts_text(TABLE, "csv", catalog["calm.long-an"].facts), catalog)


def test_the_national_set_judges_after_the_end_and_the_result_says_in_whose_place(tmp_path: Path) -> None:
    own, after, elsewhere = judged(tmp_path, province=ENDED)
    assert [one.criteria.id for one in (own, after, elsewhere)] == ["calm.long-an", "calm.national", "calm.national"]
    assert after.result.explain("en").splitlines()[2] == STANDS_IN
    assert after.result.explain("vi").splitlines()[2] == (
        "Áp dụng tại long-an sau 2/LONG-AN (calm.long-an): bộ tiêu chí đó kết thúc năm 2025 và quy định các năm sau "
        "theo bộ tiêu chí gốc"
    )
    assert STANDS_IN in repr(paper_content(after, "en"))
    assert not any(STANDS_IN in one.result.explain("en") for one in (own, elsewhere))


def test_the_result_as_data_has_the_set_that_ended_and_is_read_back(tmp_path: Path) -> None:
    _, after, elsewhere = judged(tmp_path, province=ENDED)
    told = json.loads(after.result.to_json())["result"]["set"]["stands_in_after"]
    assert (told["origin"]["id"], told["origin"]["territory"], told["last"]) == ("calm.long-an", "long-an", 2025)
    assert "stands_in_after" not in json.loads(elsewhere.result.to_json())["result"]["set"]
    again = nc.Result.from_json(after.result.to_json())
    assert again.criteria.stands_in_after.origin.id == "calm.long-an"
    assert again.to_json() == after.result.to_json()


def test_without_the_key_there_is_no_verdict_and_the_reason_is_told(tmp_path: Path) -> None:
    _, after, _ = judged(tmp_path, province=ENDED.replace("after_end: extended\n", ""))
    (problem,) = after.problems
    assert str(problem) == (
        'NC125 no criteria of "calm" for a commune hold in "long-an" in 2026: calm.long-an ends in 2025\n'
        '  hint: add a set of "long-an" for 2026, or change the `to` of calm.long-an; calm.national (2024-) is not '
        "used instead, unless calm.long-an says `after_end: extended`"
    )


def test_a_verdict_of_the_year_before_the_end_is_that_of_the_set_that_ended(tmp_path: Path) -> None:
    national = written(tmp_path) / "national.yaml"
    kept = """\
      - id: kept
        title: Kept
        rule: prev_year(met("calm/crime"))
        encodes: exact
        cite: [{instrument: 1/NATIONAL}]
"""
    later = national.read_text(encoding="utf-8") + kept
    catalog = nc.catalog(written(tmp_path, national=later, province=ENDED))
    table = nc.read_facts_text(TABLE, "csv", catalog["calm.long-an"].facts)
    _, after, _ = nc.evaluate_rows(table, catalog)
    chosen = catalog.choose(standard="calm", level="commune", year=2026, territory="long-an")
    single = chosen.evaluate({"cases": 9}, prev_year={"cases": 9}, year=2026)
    for result in (after.result, single):
        assert result["calm/crime"].verdict is nc.Verdict.MET
        assert result["calm/kept"].verdict is nc.Verdict.NOT_MET


def test_columns_judge_the_years_after_the_end_as_rows_are_judged(tmp_path: Path) -> None:
    polars = pytest.importorskip("polars")
    catalog = nc.catalog(written(tmp_path, province=ENDED))
    frame = polars.DataFrame({"unit": ["x", "x"], "year": [2025, 2026], "cases": [9, 9]})
    table = nc.evaluate_table(frame, catalog, standard="calm", level="commune", territory="long-an")
    assert table["calm/crime"].to_list() == ["not_met", "met"]
