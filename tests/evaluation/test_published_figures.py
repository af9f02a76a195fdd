"""Figures that pages have published: under the rules of the shipped sets, and as shares of communes.

The percentages that a page prints wrongly are in `tests/facts/test_published.py`.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import ncriteria as nc
from ncriteria.evaluation.criteria import Catalog
from ncriteria.language.printer import show
from ncriteria.sets.catalog import set_catalog, shared_facts
from ncriteria.sets.loader import loads_set
from tests.case_files import document

CASES = document(Path(__file__).with_name("cases") / "published_figures.yaml")


def judged(case: dict[str, Any]) -> nc.Result:
    now = {name: figures[0] for name, figures in case["figures"].items()}
    before = {name: figures[1] for name, figures in case["figures"].items() if figures[1] is not None}
    return nc.catalog()[case["criteria"]].evaluate(now, year=case["year"], prev_year=before)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_published_figures_have_the_verdicts_that_the_rules_give(case: dict[str, Any]) -> None:
    result = judged(case)
    assert {path: result[path].verdict.value for path in case["expect"]} == case["expect"]
    for name, difference in case.get("difference", {}).items():
        now, before = case["figures"][name]
        assert now - before == difference


@pytest.mark.parametrize("case", [case for case in CASES if "undetermined" in case["expect"].values()])
def test_a_published_equality_waits_for_what_the_text_leaves_open_and_for_nothing_else(case: dict[str, Any]) -> None:
    (path,) = case["expect"]
    found = judged(case)[path]
    assert (list(found.missing), found.residual and show(found.residual)) == ([], 'param.equal_count = "pass"')


COMMUNES = """\
format: ncriteria/1
set:
  id: test.{standard}
  standard: {standard}
  title: Communes
  instrument: {{number: "1/TEST", issuer: Test}}
  years: {{from: 2019}}
  level: commune
facts:
  {fact}: {{title: "{fact}", type: boolean}}
clauses:
  "{path}": {{title: Recognised, rule: {fact}, encodes: exact, cite: [{{instrument: "1/TEST"}}]}}
"""
PROVINCE = """\
format: ncriteria/1
set:
  id: test.province
  standard: shares
  title: Shares of communes
  instrument: {{number: "1/TEST", issuer: Test}}
  years: {{from: 2019}}
  level: province
clauses:
  order: {{title: More than 80%, rule: 'share_met(commune, "ntm-19.2:19.2") > 80%', {cited}}}
  nation: {{title: At least 99%, rule: 'share_met(commune, "ntm-19.2:19.2") >= 99%', {cited}}}
  safe: {{title: As published, rule: 'share_met(commune, "antt-safe:safe") = 112/119', {cited}}}
"""


def shares() -> Catalog:
    texts = (
        COMMUNES.format(standard="ntm-19.2", fact="on_order", path="19.2"),
        COMMUNES.format(standard="antt-safe", fact="is_safe", path="safe"),
        PROVINCE.format(cited='encodes: exact, cite: [{instrument: "1/TEST"}]'),
    )
    return Catalog(set_catalog([loads_set(text) for text in texts]))


def rows(communes: int, on_order: int, safe: int) -> list[dict[str, Any]]:
    inside = [
        {
            "unit": f"c{n}",
            "level": "commune",
            "parent": "p",
            "year": 2019,
            "on_order": n < on_order,
            "is_safe": n < safe,
        }
        for n in range(communes)
    ]
    return [
        {"unit": "p", "level": "province", "parent": None, "year": 2019, "on_order": None, "is_safe": None},
        *inside,
    ]


PUBLISHED = [
    ("An Giang", 119, 97, 112, {"order": "met", "nation": "not_met", "safe": "met"}),
    ("Lâm Đồng", 116, 114, 116, {"order": "met", "nation": "not_met", "safe": "not_met"}),
]


@pytest.mark.parametrize(("communes", "on_order", "safe", "expected"), [one[1:] for one in PUBLISHED])
def test_shares_of_communes_agree_with_the_published_counts_in_records_and_in_columns(
    communes: int, on_order: int, safe: int, expected: dict[str, str]
) -> None:
    criteria = shares()
    frame = pl.DataFrame(rows(communes, on_order, safe))
    table = nc.read_facts_text(frame.write_csv(), "csv", shared_facts(criteria.sets.sets))
    (found,) = [one for one in nc.evaluate_rows(table, criteria) if one.row.unit.id == "p"]
    assert found.result is not None
    assert {path: one.verdict.value for path, one in found.result.clauses.items()} == expected
    columns = nc.evaluate_table(frame, criteria, standard="shares", level="province")
    (province,) = columns.filter(pl.col("unit") == "p").to_dicts()
    assert {path: province[path] for path in expected} == expected
    assert (Fraction(on_order, communes) > Fraction(80, 100)) is (expected["order"] == "met")
