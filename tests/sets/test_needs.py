"""What a set needs: each fact, of which years, for which clauses."""

from __future__ import annotations

from pathlib import Path

import pytest

import ncriteria as nc
from ncriteria.language.tree import FactKey
from ncriteria.sets.needs import needs_of

EVERY = nc.load(Path(__file__).with_name("every_fact.yaml")).definition


def asked(criteria: nc.CriteriaSet) -> dict[str, dict[str, tuple[str, ...]]]:
    return {
        need.declaration.name: {
            str(FactKey(need.declaration.name, period)): paths for period, paths in need.asked.items()
        }
        for need in needs_of(criteria)
    }


def test_each_fact_has_the_years_and_the_clauses_that_ask_for_it_the_latest_year_first() -> None:
    assert asked(EVERY) == {
        "cases": {
            "cases": ("order/crime", "order/days"),
            "prev_year.cases": ("order/crime", "order/days"),
            "years_ago(2, cases)": ("order/days",),
        },
        "teams": {"teams": ("order/days",), "at(teams, 2019)": ("order/days",)},
        "rate": {"rate": ("order/crime",)},
        "share": {"share": ("order/days",), "years_ago(2, share)": ("order/days",)},
        "plan": {"plan": ("order", "order/days")},
        "status": {"status": ("order/crime",)},
        "decided_on": {"decided_on": ("order/days",)},
        "unused": {},
    }


def test_a_fact_has_the_clauses_of_all_years_each_once() -> None:
    assert needs_of(EVERY)[0].clauses == ("order/crime", "order/days")


@pytest.mark.parametrize(
    ("name", "years"),
    [("cases", (2025, 2024, 2023)), ("teams", (2025, 2019)), ("share", (2025, 2023)), ("unused", (2025,))],
)
def test_the_years_that_are_asked_are_those_around_the_assessment_year(name: str, years: tuple[int, ...]) -> None:
    assert next(need for need in needs_of(EVERY) if need.declaration.name == name).years(2025) == years


def test_a_set_that_extends_another_needs_what_that_one_does_of_whom_it_says(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_bytes(Path(__file__).with_name("every_fact.yaml").read_bytes())
    (tmp_path / "more.yaml").write_text(
        "format: ncriteria/1\n"
        "set: {id: example.more, standard: example-every, title: More, instrument: {number: 02/EXAMPLE, issuer: E},"
        " years: {from: 2026}, level: commune}\n"
        "extends: base.yaml\n"
        "changes: [{remove: order/days, cite: [{instrument: 02/EXAMPLE}]}]\n",
        encoding="utf-8",
    )
    extending = nc.load(tmp_path / "more.yaml").definition
    assert asked(extending)["teams"] == {}
    assert extending.facts["cases"].supplier == EVERY.facts["cases"].supplier


def test_a_rule_for_a_base_of_zero_asks_too() -> None:
    shipped = nc.catalog()["vn.bca.hd06-2022.commune"].definition
    assert "19.2/crime" in asked(shipped)["crime_cases"]["crime_cases"]
