"""Months add up over the window of the set that judges them; one that is absent leaves the sum unknown, not smaller."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.evaluation.tables import years_of
from ncriteria.facts.adding_up import in_years
from ncriteria.facts.options import ReadingOptions
from ncriteria.facts.table import FactRow, Month, Unit
from ncriteria.language.tree import FactKey
from ncriteria.language.values import bounds
from ncriteria.sets.catalog import set_catalog
from ncriteria.sets.model import FactValue, Level
from ncriteria.sets.years.windows import CALENDAR_YEAR, Window
from tests.case_files import cases
from tests.facts.test_told_in_vietnamese import untold_in

_SET = """\
format: ncriteria/1
set:
  id: example.{level}
  standard: example
  title: Example
  instrument: {{number: 01/EXAMPLE, issuer: Example}}
  years: {{from: 2000}}
  level: {level}
{window}
facts:
  cases: {{title: Cases, type: count, aggregate: sum}}
  trend: {{title: Trend, type: number, aggregate: sum}}
  houses: {{title: Houses, type: count, max: 1000, aggregate: sum, over_months: alike}}
  limited: {{title: Limited, type: count, max: 10, aggregate: sum}}
  plan: {{title: Plan, type: boolean}}
  visits: {{title: Visits, type: count, attested: true, aggregate: sum}}
clauses:
  few: {{title: Few, rule: cases <= prev_year, encodes: exact, cite: [{{instrument: 01/EXAMPLE}}]}}
  more: {{title: More, rule: trend >= 0 and houses > 0 and limited > 0 and plan and visits > 0, encodes: exact,
    cite: [{{instrument: 01/EXAMPLE}}]}}
"""


def criteria_with(window: Sequence[str] | None, level: str = "commune") -> nc.Criteria:
    declared = ""
    if window is not None:
        declared = f'  window: {{from: "{window[0]}", to: "{window[1]}", cite: [{{instrument: 01/EXAMPLE}}]}}'
    return nc.loads(_SET.format(window=declared, level=level))


CALENDAR = criteria_with(None)


def told(value: FactValue) -> object:
    if isinstance(value, (bool, str)):
        return value
    low, high = bounds(value)  # type: ignore[arg-type]
    return str(low) if low == high else f"{'' if low is None else low}..{'' if high is None else high}"


@pytest.mark.parametrize("case", cases(__file__, "months"))
def test_months_are_put_together_over_the_window_of_the_set(case: Any) -> None:
    criteria = criteria_with(case.get("window"))
    table = nc.read_facts_text(
        case["text"], "csv", criteria.facts, options=ReadingOptions(months_end=case.get("months_end"))
    )
    if "as_of" in case:
        table = attrs.evolve(table, as_of=Month(*case["as_of"]))
    records: dict[str, dict[str, object]] = {}
    problems: list[nc.Problem] = []
    for judgement in nc.evaluate_rows(table, criteria):
        if judgement.verdicts is None:
            problems += judgement.problems
        else:
            assert judgement.record is not None
            known = {str(key): told(value) for key, value in judgement.record.values.items()}
            records[f"{judgement.row.unit.id} {judgement.row.year}"] = known
    assert records == case.get("records", {})
    assert "\n".join(map(str, problems)) == case.get("problems", "")
    assert untold_in(problems) == []
    if "vietnamese" in case:
        assert "\n".join(problem.text("vi") for problem in problems) == case["vietnamese"]


WINDOWS = st.sampled_from([CALENDAR_YEAR, Window(11, 1), Window(4, 1)])
FIGURES = st.lists(st.one_of(st.none(), st.integers(0, 5)), min_size=36, max_size=36)
CASES = FactKey.of("cases")


def months_of(figures: Sequence[int | None]) -> list[FactRow]:
    """Rows of 36 months from January 2024; a month without a figure has no row."""
    return [
        FactRow(Unit("a", level=Level.COMMUNE), 2024 + place // 12, {CASES: Fraction(figure)}, month=place % 12 + 1)
        for place, figure in enumerate(figures)
        if figure is not None
    ]


def sums(rows: Sequence[FactRow], window: Window) -> Mapping[int, FactValue]:
    table = in_years(nc.FactTable(tuple(rows)), window, CALENDAR.facts).table
    return {row.year: row.values[CASES] for row in table.rows}


def places(window: Window, year: int) -> list[int]:
    """The places of the twelve months of a year among the 36."""
    first = (year - 2024) * 12 - (0 if window.month == 1 else 13 - window.month)
    return list(range(first, first + 12))


@settings(max_examples=settings().max_examples)
@given(FIGURES, WINDOWS, st.randoms())
def test_a_year_has_the_sum_of_its_months_or_at_least_that_of_those_that_are_known(
    figures: list[int | None], window: Window, order: Any
) -> None:
    rows = months_of(figures)
    found = sums(rows, window)
    for year, value in found.items():
        in_year = [figures[place] if 0 <= place < 36 else None for place in places(window, year)]
        known = [figure for figure in in_year if figure is not None]
        assert bounds(value) == (sum(known), sum(known) if len(known) == 12 else None)
    shuffled = list(rows)
    order.shuffle(shuffled)
    assert sums(shuffled, window) == found


@settings(max_examples=settings().max_examples)
@given(st.lists(st.integers(0, 5), min_size=36, max_size=36), WINDOWS)
def test_months_that_are_all_given_are_judged_as_the_years_given_whole(figures: list[int], window: Window) -> None:
    criteria = nc.Criteria(attrs.evolve(CALENDAR.definition, window=window))
    by_month = nc.FactTable(tuple(months_of(figures)))
    whole = nc.FactTable(
        tuple(
            FactRow(Unit("a", level=Level.COMMUNE), year, {CASES: Fraction(sum(figures[place] for place in at))})
            for year in (2025, 2026)
            if min(at := places(window, year)) >= 0
        )
    )
    first = min(row.year for row in whole.rows)

    def verdicts(table: nc.FactTable) -> dict[int, Any]:
        one_unit = nc.Lineage(reforms=())
        judged = nc.evaluate_rows(table, criteria, wanted=lambda row: first < row.year <= 2026, lineage=one_unit)
        return {one.row.year: one.verdicts for one in judged}

    assert verdicts(by_month) == verdicts(whole)


@settings(max_examples=settings().max_examples)
@given(FIGURES, st.integers(0, 35), st.integers(0, 5), WINDOWS)
def test_a_month_that_comes_to_be_known_never_turns_a_verdict(
    figures: list[int | None], place: int, figure: int, window: Window
) -> None:
    criteria = nc.Criteria(attrs.evolve(CALENDAR.definition, window=window))
    fewer, more = list(figures), list(figures)
    fewer[place], more[place] = None, figure
    before, after = (
        {one.row.year: one.verdicts for one in nc.evaluate_rows(nc.FactTable(tuple(months_of(one))), criteria)}
        for one in (fewer, more)
    )
    for year, verdicts in before.items():
        assert verdicts is not None
        if verdicts["few"] is not nc.Verdict.UNDETERMINED:
            assert after[year]["few"] is verdicts["few"]  # type: ignore[index]


def test_each_set_of_a_catalog_has_years_of_its_own() -> None:
    catalog = nc.catalog()
    facts = catalog["vn.bca.tt124-2021.hamlet"].facts
    text = "unit,level,month,criminal_offence_cases\nh,hamlet,11/2022,1\nh,hamlet,1/2023,2\nc,commune,12/2022,1\n"
    table = nc.read_facts_text(text, "csv", facts)
    assert [(row.unit.id, row.year) for row in years_of(table, catalog)] == [("c", 2022), ("c", 2023), ("h", 2023)]
    judged = {(one.row.unit.id, one.row.year, one.standard) for one in nc.evaluate_rows(table, catalog)}
    assert judged == {("h", 2023, "antt-safe"), ("c", 2023, "antt-safe"), ("c", 2022, "ntm-19.2")}


def test_a_roll_up_asks_each_unit_inside_by_the_years_of_its_own_set() -> None:
    small = criteria_with(["11-01", "10-31"], "hamlet")
    share = nc.loads(
        _SET.format(
            window='  window: {from: "11-16", to: "11-15", cite: [{instrument: "1"}]}', level="commune"
        ).replace("rule: cases <= prev_year", 'rule: "share_met(\\"hamlet\\", \\"few\\") >= 0.5"')
    )
    catalog = nc.Catalog(set_catalog([small.definition, share.definition]))
    hamlets = [f"h,hamlet,c,{year},{month},1" for year in (2024, 2025, 2026) for month in range(1, 13)]
    text = "\n".join(["unit,level,parent,year,month,cases", *hamlets, "c,commune,,2026,,"]) + "\n"
    (judgement,) = nc.evaluate_rows(
        nc.read_facts_text(text, "csv", small.facts), catalog, wanted=lambda row: row.unit.id == "c"
    )
    assert judgement.verdicts is not None
    assert judgement.verdicts["few"] is nc.Verdict.MET


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ["Cases (the year before), 2024-11 to 2025-10: 4; 11 months not reported",
                "Cases, 2025-11 to 2026-10: 1 + 2 + 0; 9 months not reported"]),
        ("vi", ["Cases (năm trước), từ 11/2024 đến 10/2025: 4; 11 tháng chưa có số liệu",
                "Cases, từ 11/2025 đến 10/2026: 1 + 2 + 0; 9 tháng chưa có số liệu"]),
    ],
)  # fmt: skip
def test_an_explanation_lists_the_months(language: Any, lines: list[str]) -> None:
    criteria = criteria_with(["11-01", "10-31"])
    text = "unit,month,cases,plan\na,11/2025,1,\na,12/2025,2,\na,1/2026,0,x\na,5/2025,4,\n"
    table = nc.read_facts_text(text, "csv", criteria.facts)
    (judgement,) = nc.evaluate_rows(table, criteria, wanted=lambda row: row.year == 2026)
    assert judgement.result is not None
    told_lines = [line.strip() for line in judgement.result.explain(language).split("\n")]
    assert [line for line in told_lines if line.startswith("Cases") and "20" in line] == lines
    plan = {"en": "its months are not added up; 11 months not reported", "vi": "không cộng theo tháng; 11 tháng chưa"}
    assert sum(plan[language] in line for line in told_lines) == 1


def test_impact_counts_the_years_of_both_windows() -> None:
    old = CALENDAR.definition
    new = attrs.evolve(old, window=Window(11, 1))
    table = nc.read_facts_text("unit,month,cases\na,11/2025,1\na,12/2025,2\n", "csv", old.facts)
    found = nc.impact(old, new, table)
    assert dict(found.rows_by_year) == {2025: 1, 2026: 1}
    assert found.problems == ()


def test_an_attestation_is_of_the_assessment_year_of_the_months() -> None:
    criteria = criteria_with(["11-01", "10-31"])
    table = nc.read_facts_text("unit,month,cases\na,11/2025,1\na,12/2025,2\n", "csv", criteria.facts)
    seen = [
        nc.Attestation(content="visits", value=3, by="Chủ tịch xã", document="12/BC", unit="a", year=year)
        for year in (2025, 2026)
    ]
    attested = nc.attest(table, criteria, seen)
    (judgement,) = nc.evaluate_rows(attested, criteria)
    assert judgement.record is not None
    assert {str(key): told(value) for key, value in judgement.record.values.items()} == {"visits": "3", "cases": "3.."}
    assert [str(one.content) for one in judgement.record.attested_facts.values()] == ["visits"]
    assert [warning.code for warning in attested.warnings] == ["NC317"]
