"""Facts that are counted over other months than those of the set: what adds up, and what is said of them."""

from __future__ import annotations

import datetime
import json
from fractions import Fraction
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.analysis.watching.watch import watched_table
from ncriteria.facts.adding_up import in_years
from ncriteria.facts.options import ReadingOptions
from ncriteria.facts.table import FactRow, Month, Unit
from ncriteria.language.tree import FactKey
from ncriteria.report.form.planning import plan_of
from ncriteria.report.needs.describing import value_wanted
from ncriteria.report.records.results import Judgements
from ncriteria.report.structure import TellingContext, plain_object
from ncriteria.sets.model import FactValue, Level
from ncriteria.sets.years.windows import NAMED_WINDOWS, Window
from tests.sets.writing import file_text

SET = {
    "set": """\
set:
  id: example.commune
  standard: example
  title: Example
  instrument: {number: 01/EXAMPLE, issuer: Example}
  years: {from: 2020}
  level: commune""",
    "more": """\
windows:
  school: {from: "09-01", to: "08-31", cite: [{instrument: 01/EXAMPLE}]}""",
    "facts": """\
facts:
  fires: {title: {vi: Số vụ cháy, en: Fires}, type: count, aggregate: sum}
  cases: {title: {vi: Số vụ, en: Cases}, type: count, aggregate: sum, window: WINDOW}""",
    "clauses": """\
clauses:
  few: {title: Fires, rule: fires <= 5, encodes: exact, cite: [{instrument: 01/EXAMPLE}]}
  fewer: {title: Cases, rule: cases <= prev_year, encodes: exact, cite: [{instrument: 01/EXAMPLE}]}
  both:
    title: Both
    rule: fires < cases
    encodes: exact
    accepts_windows: {note: {vi: theo mẫu báo cáo, en: as the form has it}, cite: [{instrument: 02/EXAMPLE, at: "3"}]}
    cite: [{instrument: 01/EXAMPLE}]""",
}


def criteria_with(window: str) -> nc.Criteria:
    return nc.loads(file_text({**SET, "facts": SET["facts"].replace("WINDOW", window)}))


POLICE, SCHOOL = criteria_with("police"), criteria_with("school")


@pytest.mark.parametrize(
    ("window", "days"),
    [
        ("calendar", "01-01 to 12-31"),
        ("police", "12-15 to 12-14"),
        ("procuracy", "11-01 to 10-31"),
        ("school", "09-01 to 08-31"),
        ('{from: "03-01", to: "02-28", cite: [{instrument: 01/EXAMPLE}]}', "03-01 to 02-28"),
    ],
)
def test_a_fact_may_name_its_window_or_write_it_out(window: str, days: str) -> None:
    if window == "calendar":
        with pytest.raises(nc.CriteriaError, match="NC417"):
            criteria_with(window)
        return
    criteria = criteria_with(window).definition
    assert str(criteria.window_of("cases")) == days
    assert str(criteria.window_of("fires")) == "01-01 to 12-31"


def test_a_set_may_name_its_window() -> None:
    named = {**SET, "set": SET["set"] + "\n  window: police", "facts": SET["facts"].replace("WINDOW", "procuracy")}
    assert nc.loads(file_text(named)).definition.window == NAMED_WINDOWS["police"]


def test_windows_of_the_same_days_are_no_different_months_whatever_they_are_called() -> None:
    text = file_text(
        {
            "set": SET["set"] + "\n  window: police",
            "facts": "facts:\n"
            '  a: {title: A, type: count, window: {from: "12-15", to: "12-14", cite: [{instrument: 01/EXAMPLE}]}}\n'
            "  b: {title: B, type: count}",
            "clauses": "clauses:\n  c: {title: C, rule: a <= b, encodes: exact, cite: [{instrument: 01/EXAMPLE}]}",
        }
    )
    assert nc.loads(text).evaluate({"a": 1, "b": 1}).verdict is nc.Verdict.MET


SAID = {
    "vi": (
        "Số vụ: số liệu tính từ 15/12/2022 đến 14/12/2023",
        "Số vụ (năm trước): số liệu tính từ 15/12/2021 đến 14/12/2022",
        "Dùng chung số liệu khác kỳ tính: theo mẫu báo cáo (02/EXAMPLE, 3)",
        "Số vụ: số liệu tính từ 15/12 đến 14/12",
    ),
    "en": (
        "Cases: figures from 2022-12-15 to 2023-12-14",
        "Cases (the year before): figures from 2021-12-15 to 2022-12-14",
        "Figures of different months stand together: as the form has it (02/EXAMPLE, 3)",
        "Cases: figures from 12-15 to 12-14",
    ),
}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_explanation_says_from_which_day_to_which_a_figure_is_counted(language: Any) -> None:
    this_year, before, accepted, any_year = SAID[language]
    facts = {"cases": 1, "fires": 0}
    told = POLICE.evaluate(facts, prev_year={"cases": 2}, year=2023).explain(language).splitlines()
    assert [line.strip() for line in told].count(this_year) == 2
    assert [line.strip() for line in told].count(before) == 1
    assert [line.strip() for line in told].count(accepted) == 1
    assert any_year in [line.strip() for line in POLICE.evaluate(facts).explain(language).splitlines()]


def test_a_set_whose_facts_have_no_window_of_their_own_says_nothing_of_days() -> None:
    plain = nc.loads(file_text({}))
    assert "figures from" not in plain.evaluate({"cases": 1}, year=2024).explain("en")


def table_of(text: str, criteria: nc.Criteria, **options: Any) -> nc.FactTable:
    return nc.read_facts_text(text, "csv", criteria.facts, options=ReadingOptions(**options))


def test_the_json_of_a_judgement_has_the_days_of_such_figures() -> None:
    table = table_of("unit,year,fires,cases\na,2023,0,1\n", POLICE)
    (judgement,) = nc.evaluate_rows(table, POLICE)

    told: Any = plain_object(Judgements((judgement,)), TellingContext("en"))
    assert json.loads(json.dumps(told["judgements"][0]["windows"])) == [
        {"fact": "cases", "first": "2022-12-15", "last": "2023-12-14"},
        {"fact": "prev_year.cases", "first": "2021-12-15", "last": "2022-12-14"},
    ]


FIGURES = st.lists(st.integers(0, 5), min_size=36, max_size=36)


@settings(max_examples=20)
@given(FIGURES, FIGURES)
def test_the_months_of_each_fact_add_up_over_its_own_window(fires: list[int], cases: list[int]) -> None:
    rows = tuple(
        FactRow(
            Unit("a", level=Level.COMMUNE),
            2023 + place // 12,
            {FactKey.of("fires"): Fraction(fires[place]), FactKey.of("cases"): Fraction(cases[place])},
            month=place % 12 + 1,
        )
        for place in range(36)
    )
    found = in_years(nc.FactTable(rows), Window(1, 1), SCHOOL.facts)
    values = {row.year: row.values for row in found.table.rows}
    assert found.problems == {}
    for year in (2024, 2025):
        start = (year - 2023) * 12
        assert values[year][FactKey.of("fires")] == sum(fires[start : start + 12])
        assert values[year][FactKey.of("cases")] == sum(cases[start - 4 : start + 8])
    assert values[2026].keys() == {FactKey.of("cases")}


def judged(table: nc.FactTable, criteria: nc.Criteria) -> dict[int, FactValue | str | None]:
    return {
        one.row.year: str(one.problems[0]) if one.record is None else one.record.values.get(FactKey.of("cases"))
        for one in nc.evaluate_rows(table, criteria)
    }


def test_months_that_end_on_the_14th_fit_a_fact_of_the_police_in_a_set_of_calendar_years() -> None:
    months = "\n".join(f"a,{month}/2023,1" for month in range(1, 13))
    table = table_of(f"unit,month,cases\n{months}\n", POLICE, months_end=14)
    assert judged(table, POLICE) == {2023: Fraction(12)}


def test_a_month_that_is_only_in_part_of_the_year_of_a_fact_is_told_with_the_fact() -> None:
    months = "\n".join(f"a,{month}/2023,1" for month in range(1, 13))
    told = judged(table_of(f"unit,month,cases\n{months}\n", POLICE), POLICE)
    assert told[2023] == (
        "row 13: NC323 the month 12/2023 of a, 2023-12-01 to 2023-12-31, is only in part of the year 2023 of `cases`, "
        "which is 2022-12-15 to 2023-12-14\n"
        "  hint: where the months of the table end on day 14, say so (--months-end 14)"
    )


def test_what_is_not_counted_month_by_month_with_the_set_is_asked_for_whole_years_in_a_form_by_month() -> None:
    columns = [one.heading for one in plan_of(SCHOOL.definition, [2024], "en", by_month=True).columns]
    assert "Fires\nMonth by month" in columns
    assert [heading for heading in columns if heading.startswith("Cases")] == ["Cases\nYear 2023", "Cases\nYear 2024"]


def test_what_is_to_be_written_says_the_days_of_a_figure() -> None:
    voice = plan_of(POLICE.definition, [2024], "vi").voice
    assert value_wanted(voice, POLICE.facts["cases"]) == "số nguyên; số liệu từ 15/12 đến 14/12"
    assert value_wanted(voice, POLICE.facts["fires"]) == "số nguyên"


def test_the_pace_of_a_fact_is_that_of_its_own_year() -> None:
    rows = "\n".join(f"a,commune,{month}/2024,0,1" for month in range(1, 8))
    before = "\n".join(f"a,commune,{month}/{year},0,9" for year in (2022, 2023) for month in range(1, 13))
    table = table_of(f"unit,level,month,fires,cases\n{before}\n{rows}\n", SCHOOL)
    (row,) = watched_table(table, SCHOOL, Month(2024, 7), wanted=lambda one: one.year == 2024).rows
    shown = {one.standing.fact.name: (one.standing.now, one.projection) for one in row.counts}
    assert shown["cases"] == (Fraction(43), Fraction(43) * 12 / 11)


def moved_on(day: datetime.date) -> nc.Lineage:
    return nc.Lineage([nc.Change(old="a", new="b", share=nc.Share.WHOLE, day=day)], reforms=())


def test_a_change_of_units_within_the_year_of_one_and_not_of_the_other_is_refused() -> None:
    table = table_of("unit,year,cases\na,2023,1\nb,2024,1\n", POLICE)
    with pytest.raises(nc.FactsError) as refused:
        list(nc.evaluate_rows(table, POLICE, lineage=moved_on(datetime.date(2024, 12, 20))))
    assert str(refused.value) == (
        "NC424 units change on 2024-12-20: that is in 2025 for `cases`, of 12-15 to 12-14, and in 2024 for the set\n"
        "  hint: judge the years before the change, and those after it, each by a table of their own"
    )
    frame = pl.DataFrame({"unit": ["a", "b"], "year": [2023, 2024], "cases": [1, 1]})
    with pytest.raises(nc.EvaluationError, match="NC379 figures are of different windows"):
        nc.evaluate_table(frame, POLICE, lineage=moved_on(datetime.date(2024, 12, 20)))


@pytest.mark.parametrize(("unit", "years"), [("a", (2022, 2023)), ("b", (2025, 2026))])
def test_a_change_of_units_before_or_after_all_years_of_a_table_parts_none_of_them(unit, years) -> None:
    frame = pl.DataFrame({"unit": [unit] * 2, "year": years, "cases": [3, 2], "fires": [1, 1]})
    table = nc.FactTable.from_frame(frame, POLICE.facts)
    lineage = moved_on(datetime.date(2024, 12, 20))
    *_, found = nc.evaluate_rows(table, POLICE, lineage=lineage)
    assert found.result is not None
    assert found.result["fewer"].verdict is nc.Verdict.MET
    judged = nc.evaluate_table(frame, POLICE, lineage=lineage)
    assert judged["fewer"].to_list() == ["undetermined", "met"]


def test_a_change_of_units_in_one_year_for_all_is_looked_across() -> None:
    table = table_of("unit,year,cases\na,2023,3\nb,2024,2\n", POLICE)
    lineage = moved_on(datetime.date(2024, 7, 1))
    found = {one.row.unit.id: one for one in nc.evaluate_rows(table, POLICE, lineage=lineage)}
    assert found["b"].result is not None
    assert found["b"].result["fewer"].verdict is nc.Verdict.MET


COUNTS = st.one_of(st.none(), st.integers(0, 9))


@settings(max_examples=20)
@given(st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=4))
def test_whole_years_are_judged_alike_row_by_row_and_in_columns(figures: list[tuple[int | None, int | None]]) -> None:
    years = range(2021, 2021 + len(figures))
    fires, cases = zip(*figures, strict=True)
    frame = pl.DataFrame(
        {"unit": ["a"] * len(figures), "year": list(years), "fires": fires, "cases": cases},
        schema_overrides={"fires": pl.Int64, "cases": pl.Int64},
    )
    rows = nc.evaluate_rows(nc.FactTable.from_frame(frame, POLICE.facts), POLICE)
    found = {one.row.year: one.verdicts for one in rows}
    for row in nc.evaluate_table(frame, POLICE).rows(named=True):
        verdicts = found[row["year"]]
        assert verdicts is not None
        assert {path: row[path] for path in ("few", "fewer", "both")} == verdicts.clauses
