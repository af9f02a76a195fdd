"""A table that states the series of its rows: figures of another series than the one asked for are not known."""

from __future__ import annotations

import warnings
from fractions import Fraction
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.facts.options import ReadingOptions
from ncriteria.language.tree import Ago, FactKey
from ncriteria.language.values import Interval
from ncriteria.report.records.results import Judgements
from ncriteria.report.structure import TellingContext, plain_object
from tests.sets.writing import file_text

RULE = "cases <= prev_year"


def criteria_with(cases: str = "", *, more: str = "", rule: str = RULE) -> nc.Criteria:
    return nc.loads(
        file_text(
            {
                "set": """\
set:
  id: example.commune
  standard: example
  title: Example
  instrument: {number: 01/EXAMPLE, issuer: Example}
  years: {from: 2020}
  level: commune""",
                "facts": f"""\
facts:
  cases: {{title: {{vi: Số vụ, en: Cases}}, type: count, aggregate: sum{cases}}}
  people: {{title: People, type: count, over_months: alike}}
  plan: {{title: Plan, type: boolean}}""",
                "clauses": f"""\
clauses:
  fewer: {{title: Fewer, rule: {rule}, encodes: exact, cite: [{{instrument: 01/EXAMPLE}}]}}
  people: {{title: People, rule: people >= prev_year and plan, encodes: exact, cite: [{{instrument: 01/EXAMPLE}}]}}""",
                "more": more,
            }
        )
    )


COMPARABLE = "comparable:\n  - {series: [pphs, ttxh], cite: [{instrument: 02/EXAMPLE}]}"
TABLE = "unit,year,series,cases,people,plan\na,2022,pphs,94,900,x\na,2023,ttxh,87,900,x\n"


def judged(text: str, criteria: nc.Criteria) -> tuple[dict[int, Any], list[str]]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        table = nc.read_facts_text(text, "csv", criteria.facts)
        found = {one.row.year: one for one in nc.evaluate_rows(table, criteria)}
    told = [problem.message for one in caught for problem in one.message.problems]  # type: ignore[union-attr]
    return found, told


def test_a_base_of_another_series_than_the_fact_declares_is_not_known_and_told() -> None:
    found, told = judged(TABLE, criteria_with(", series: ttxh"))
    assert found[2023].result["fewer"].verdict is nc.Verdict.UNDETERMINED
    assert found[2023].result["people"].verdict is nc.Verdict.MET
    assert found[2023].result.missing == (FactKey.of("cases", Ago(1)),)
    assert told == ["`cases` of a in 2022 is of the series `pphs`, and `ttxh` is asked for: it counts as not known"]


def test_the_explanation_says_of_which_series_the_figure_is() -> None:
    found, _ = judged(TABLE, criteria_with(", series: ttxh"))
    vi, en = (found[2023].result.explain(language) for language in ("vi", "en"))
    assert "Cases (the year before): the figure of the table is of the series pphs, which is not compared" in en
    assert "Số vụ (năm trước): số liệu trong bảng thuộc chuỗi số liệu pphs nên không đem so sánh" in vi


def test_a_fact_without_a_series_is_asked_for_in_the_one_of_the_latest_row() -> None:
    found, told = judged(TABLE, criteria_with())
    assert found[2023].result["fewer"].verdict is nc.Verdict.UNDETERMINED
    assert told == ["`cases` of a in 2022 is of the series `pphs`, and `ttxh` is asked for: it counts as not known"]


@pytest.mark.parametrize("cases", ["", ", series: ttxh", ", series: [{id: pphs}, {from: 2023, id: ttxh}]"])
def test_series_that_a_source_compares_are_compared(cases: str) -> None:
    found, told = judged(TABLE, criteria_with(cases, more=COMPARABLE))
    assert found[2023].result["fewer"].verdict is nc.Verdict.MET
    assert told == []


def test_rows_that_state_no_series_have_the_one_that_is_asked_for() -> None:
    found, told = judged(TABLE.replace("pphs", ""), criteria_with(", series: ttxh"))
    assert found[2023].result["fewer"].verdict is nc.Verdict.MET
    assert told == []


def test_figures_of_years_before_the_first_series_are_of_none() -> None:
    criteria = criteria_with(", series: [{from: 2023, id: ttxh}]", rule="cases <= 90")
    found, told = judged(TABLE.replace("pphs", "ttxh"), criteria)
    assert found[2022].result["fewer"].verdict is nc.Verdict.UNDETERMINED
    assert told == ["`cases` of a in 2022 is of the series `ttxh`, and the fact declares none for then: it counts as not known"]  # fmt: skip  # noqa: E501


def test_the_year_before_in_a_row_is_of_the_series_of_the_row() -> None:
    text = "unit,year,series,cases,people,plan\na,2023,pphs,87/94,900,x\n"
    found, told = judged(text, criteria_with(", series: ttxh"))
    assert found[2023].result["fewer"].verdict is nc.Verdict.UNDETERMINED
    assert [one.split(" is of")[0] for one in told] == ["`cases` of a in 2023", "`cases` of a in 2022"]


def test_months_of_another_series_are_months_without_a_figure() -> None:
    rows = "".join(f"a,{month}/2023,{'pphs' if month < 3 else 'ttxh'},1\n" for month in range(1, 13))
    criteria = criteria_with(", series: ttxh", rule="cases <= 11")
    found, told = judged(f"unit,month,series,cases\n{rows}", criteria)
    assert found[2023].record.values[FactKey.of("cases")] == Interval(Fraction(10), None)
    assert len(told) == 1


def test_a_rule_that_looks_at_whether_such_a_figure_is_known_has_no_verdict() -> None:
    found, _ = judged(TABLE, criteria_with(", series: ttxh", rule="known(prev_year.cases)"))
    (problem,) = found[2023].problems
    assert str(problem) == (
        'row 2, column "cases": NC422 `cases` is of the series `pphs`, and a rule looks at whether it is known\n'
        "  hint: give the figure of the series that is asked for"
    )


def test_a_frame_with_a_column_of_series_is_refused_in_columns() -> None:
    frame = pl.DataFrame({"unit": ["a"], "year": [2023], "series": ["pphs"], "cases": [1]})
    with pytest.raises(nc.FactsError) as refused:
        nc.evaluate_table(frame, criteria_with(", series: ttxh"))
    assert str(refused.value) == (
        'column "series": NC423 "series" is a column of series, which are not told apart in columns\n'
        "  hint: `FactTable.from_frame` reads series, and `evaluate_rows` tells them apart (a Parquet file is saved as "
        "CSV); where the column says no series, pass over it with `ignore` (--ignore-column)"
    )
    assert nc.evaluate_table(frame, criteria_with(", series: ttxh"), ignore=["series"]).height == 1


SERIES = st.sampled_from(["pphs", "ttxh", ""])


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 9), SERIES), min_size=2, max_size=3))
def test_a_table_is_judged_as_if_figures_of_other_series_were_blank(figures: list[tuple[int, str]]) -> None:
    criteria = criteria_with(", series: ttxh")

    def text(*, blank: bool) -> str:
        rows = [
            f"a,{2021 + place},{'' if blank else series},{'' if blank and series == 'pphs' else cases},1,x"
            for place, (cases, series) in enumerate(figures)
        ]
        return "\n".join(["unit,year,series,cases,people,plan", *rows]) + "\n"

    stated, blank = (judged(text(blank=blank), criteria)[0] for blank in (False, True))
    assert {year: one.verdicts for year, one in stated.items()} == {year: one.verdicts for year, one in blank.items()}


def test_the_json_of_a_judgement_has_what_is_left_out() -> None:
    found, _ = judged(TABLE, criteria_with(", series: ttxh"))
    told: Any = plain_object(Judgements((found[2023],)), TellingContext("en"))
    assert told["judgements"][0]["other_series"] == [{"fact": "prev_year.cases", "stated": "pphs", "asked": "ttxh"}]


def test_a_frame_of_such_a_table_has_the_series_and_reads_back() -> None:
    criteria = criteria_with(", series: ttxh")
    table = nc.read_facts_text(TABLE, "csv", criteria.facts)
    back = nc.FactTable.from_frame(table.to_frame(), criteria.facts)
    assert [row.series for row in back.rows] == ["pphs", "ttxh"]


def test_an_option_says_the_series_of_a_table_that_states_none() -> None:
    criteria = criteria_with(", series: ttxh")
    text = "unit,year,series,cases\na,2022,,94\na,2023,ttxh,87\n"
    table = nc.read_facts_text(text, "csv", criteria.facts, options=ReadingOptions(series="pphs"))
    assert [row.series for row in table.rows] == ["pphs", "ttxh"]
