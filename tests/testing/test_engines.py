"""The law that one record, compiled records and columns give one verdict."""

from __future__ import annotations

import sys
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import settings

import ncriteria as nc
from ncriteria.testing import LawBroken, TestingError, laws
from tests.rule_sets import HEAD, one_rule, with_cap

pl = pytest.importorskip("polars")
pytest.importorskip("narwhals")

RULES = [
    "cases <= prev_year * 0.95 and rate >= 0.95 or plain > 0.5",
    'decided <= @"2024-03-18" and status != "bad"',
    "cases / others <= 2",
    "sum_years(cases, 3) >= at(others, 2021)",
    "known(cases) or coalesce(rate, 3) > 2",
    "count_true(border, signed, decreasing(cases, 3)) >= 2",
]


@pytest.fixture(autouse=True)
def _few_examples() -> Any:
    before = settings.default
    settings.register_profile("engines", parent=before, max_examples=before.max_examples // 12)
    settings.load_profile("engines")
    yield
    settings.register_profile("before", parent=before)
    settings.load_profile("before")


@pytest.mark.parametrize("criteria", nc.catalog().sets.sets, ids=lambda criteria: criteria.id)
def test_a_shipped_set_judges_a_record_as_a_table_and_as_compiled(criteria: nc.CriteriaSet) -> None:
    laws.record_equals_columns(criteria)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_judges_a_record_as_a_table_and_as_compiled(rule: str) -> None:
    laws.record_equals_columns(nc.loads(HEAD + one_rule(rule)))


def test_a_dated_limit_by_the_option_of_a_fact_judges_a_record_as_a_table_and_as_compiled() -> None:
    laws.record_equals_columns(nc.loads(HEAD + with_cap(one_rule("cases <= param.cap[status] * 0.9"))))


def test_a_decimal_that_no_binary_fraction_has_is_exact_in_a_decimal_column() -> None:
    values = [Decimal(cents) / 100 for cents in range(10_001)]
    frame = pl.DataFrame({"unit": list(map(str, range(10_001))), "year": 2021, "rate": values})
    frame = frame.with_columns(pl.col("rate").cast(pl.Decimal(18, 2)))
    judged = nc.evaluate_table(frame, nc.loads(HEAD + one_rule("rate >= 0.07")))
    assert (judged["verdict"] == "not_met").sum() == 7


def test_an_engine_that_differs_breaks_the_law_with_the_row(monkeypatch: pytest.MonkeyPatch) -> None:
    from ncriteria.testing import engines

    monkeypatch.setattr(engines, "_compiled", lambda definition, row: {"c": "met"})
    with pytest.raises(LawBroken) as broken:
        laws.record_equals_columns(nc.loads(HEAD + one_rule("cases <= 3")))
    assert str(broken.value).splitlines()[:2] == [
        '"c" is met compiled, and undetermined as a record',
        "  c, rule: cases <= 3",
    ]


def test_without_polars_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from ncriteria.testing import engines

    monkeypatch.setattr(engines, "is_installed", lambda name: False)
    with pytest.raises(TestingError, match=r"pip install 'ncriteria\[table\]'"):
        laws.record_equals_columns(nc.loads(HEAD + one_rule("cases <= 3")))
    assert "polars" in sys.modules
