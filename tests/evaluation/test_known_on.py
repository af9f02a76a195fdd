"""Judging as known on a day: versions of rows, what came later, sets not yet in force, and retroactive application."""

from __future__ import annotations

import datetime
import json
import warnings
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.evaluation.table_years.judgement import Judgement
from ncriteria.facts.options import ReadingOptions
from ncriteria.language.tree import Ago, FactKey
from tests.sets.writing import file_text

D = datetime.date
CRIMES, FIRES = FactKey.of("crimes"), FactKey.of("fires")
TABLE = """\
unit,year,crimes,fires,known_on
a,2021,9,1,2022-01-10
a,2022,8,,2023-01-12
a,2022,11,2,2023-06-30
"""


def set_text(instrument: str = "issued: 2022-03-29", identifier: str = "example.known", more: str = "") -> str:
    return file_text(
        {
            "set": f"""\
set:
  id: {identifier}
  standard: example
  title: Example
  instrument: {{number: 01/EXAMPLE, issuer: Example{instrument and ", " + instrument}}}
  years: {{from: 2021}}{more}
  level: commune""",
            "facts": """\
facts:
  crimes: {title: Crimes, type: count, aggregate: sum}
  fires: {title: Fires, type: count, aggregate: sum}""",
            "clauses": """\
clauses:
  fewer: {title: Fewer, rule: crimes <= prev_year, encodes: exact, cite: [{instrument: 01/EXAMPLE}]}
  fires: {title: Fires, rule: fires <= 3, encodes: exact, cite: [{instrument: 01/EXAMPLE}]}
  order: {title: Order, encodes: not_encoded, attested_by: [Office], cite: [{instrument: 01/EXAMPLE}]}""",
        }
    )


CRITERIA = nc.loads(set_text())


def table_of(text: str = TABLE, known_on: D | None = None) -> nc.FactTable:
    return nc.read_facts_text(text, "csv", CRITERIA.facts, options=ReadingOptions(known_on=known_on))


def judged(table: nc.FactTable, year: int, known_on: D | None = None) -> Judgement:
    (found,) = nc.evaluate_rows(table, CRITERIA, known_on=known_on, wanted=lambda row: row.year == year)
    return found


@pytest.mark.parametrize(
    ("day", "crimes", "later"),
    [
        (None, "not_met", {}),
        (D(2023, 6, 30), "not_met", {}),
        (D(2023, 6, 29), "met", {FIRES: D(2023, 6, 30)}),
        (D(2023, 1, 11), "undetermined", {CRIMES: D(2023, 1, 12), FIRES: D(2023, 6, 30)}),
    ],
)
def test_the_latest_version_that_was_known_counts(day, crimes, later):
    result = judged(table_of(), 2022, day).result
    assert result["fewer"].verdict.value == crimes
    assert result.record.came_later == later
    assert result.known_on == day
    assert judged(table_of(known_on=day), 2022).result == result


def test_a_figure_of_the_year_before_that_came_later_is_named():
    text = "unit,year,crimes,known_on\na,2021,9,2023-02-01\na,2022,8,2023-01-12\n"
    result = judged(table_of(text), 2022, D(2023, 1, 12)).result
    assert result.record.came_later == {FactKey.of("crimes", Ago(1)): D(2023, 2, 1)}
    assert "Missing: Crimes (the year before) (came later, on 2023-02-01)" in result.explain("en")
    assert "Crimes (năm trước) (có sau, ngày 01/02/2023)" in result.explain("vi")


def test_a_day_can_be_asked_after_another():
    table = table_of().as_known_on(D(2023, 1, 1)).as_known_on(D(2023, 12, 31))
    assert table.rows == table_of().rows
    assert table.as_known_on(D(2023, 2, 1)).rows == table_of(known_on=D(2023, 2, 1)).rows


@pytest.mark.parametrize(
    ("days", "place"), [(("2023-01-12", "2023-01-12"), 3), (("2023-01-12", ""), 3)], ids=["same", "one without"]
)
def test_rows_that_are_no_versions_stand_twice(days, place):
    text = "unit,year,crimes,known_on\n" + "".join(f"a,2022,8,{day}\n" for day in days)
    with pytest.raises(nc.FactsError) as error:
        table_of(text)
    assert str(error.value) == f"row {place}: NC230 a stands twice in 2022; first in row 2"


def test_a_day_that_is_none_is_refused_with_its_cell():
    with pytest.raises(nc.FactsError, match='row 2, column "known_on": NC207 "soon" is not a date'):
        table_of("unit,year,crimes,known_on\na,2022,8,soon\n")


def test_rows_without_a_day_are_told():
    text = "unit,year,crimes,known_on\na,2022,8,\nb,2022,8,2023-01-01\n"
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        list(nc.evaluate_rows(table_of(text), CRITERIA, known_on=D(2023, 5, 1)))
    assert [str(one.message) for one in caught] == [
        "NC460 1 of 2 rows do not say since when they are on file, and are taken as known on 2023-05-01\n"
        "  hint: write the day in a column `known_on` (Ngày có số liệu)"
    ]


def test_a_set_that_was_not_yet_in_force_gives_no_verdict():
    found = judged(table_of(), 2022, D(2022, 3, 28))
    assert found.verdicts is None
    assert [str(one) for one in found.problems] == [
        "NC462 on 2022-03-28 `example.known` was not yet in force: 01/EXAMPLE is in force since 2022-03-29\n"
        "  hint: choose a later day, or judge without one (--known-on)"
    ]
    assert judged(table_of(), 2021, D(2022, 3, 29)).verdicts is not None


def test_a_set_that_says_no_day_is_refused():
    (found,) = nc.evaluate_rows(
        table_of(), nc.loads(set_text("")), known_on=D(2023, 1, 1), wanted=lambda row: row.year == 2021
    )
    assert [one.code for one in found.problems] == ["NC463"]


def test_before_the_set_of_a_territory_is_in_force_that_around_it_judges(tmp_path):
    (tmp_path / "national.yaml").write_text(set_text(), encoding="utf-8")
    own = """\
format: ncriteria/1
set:
  id: example.own
  standard: example
  title: Own
  instrument: {number: 02/EXAMPLE, issuer: Example, issued: 2023-02-01}
  years: {from: 2022}
  level: commune
  territory: t
extends: national.yaml
changes: []
"""
    (tmp_path / "own.yaml").write_text(own, encoding="utf-8")
    catalog = nc.catalog(tmp_path)
    text = "unit,year,level,parent,crimes,known_on\na,2022,commune,t,8,2023-01-12\n"
    by_day = {
        day: [one.criteria.id for one in nc.evaluate_rows(table_of(text), catalog, known_on=day)]
        for day in (D(2023, 1, 31), D(2023, 2, 1))
    }
    assert by_day == {D(2023, 1, 31): ["example.known"], D(2023, 2, 1): ["example.own"]}


def attested(date: D | None, known_on: D) -> tuple[str, list[str]]:
    said = nc.Attestation(
        content="order", value=nc.Verdict.MET, by="Office", document="12", unit="a", year=2022, date=date
    )
    table = table_of(known_on=known_on)
    told = len(table.warnings)
    table = nc.attest(table, CRITERIA, [said])
    return judged(table, 2022).result["order"].verdict.value, [one.code for one in table.warnings[told:]]


def test_an_attestation_counts_from_its_date_on():
    assert attested(D(2023, 5, 1), D(2023, 5, 1)) == ("met", [])
    assert attested(D(2023, 5, 2), D(2023, 5, 1)) == ("undetermined", ["NC464"])
    assert attested(None, D(2023, 5, 1)) == ("met", ["NC460"])


def test_an_attested_table_is_not_asked_for_as_known_on_a_day():
    said = nc.Attestation(content="order", value=nc.Verdict.MET, by="Office", document="12", unit="a", year=2022)
    with pytest.raises(nc.FactsError, match="NC461 the table is attested already"):
        nc.attest(table_of(), CRITERIA, [said]).as_known_on(D(2023, 5, 1))


@pytest.mark.parametrize(
    ("instrument", "year", "since"),
    [
        ("issued: 2022-03-29", 2021, D(2022, 3, 29)),
        ("issued: 2022-03-29", 2022, None),
        ("issued: 2021-12-28, in_force: 2022-02-10", 2021, D(2022, 2, 10)),
        ("issued: 2021-12-31", 2021, None),
        ("", 2021, None),
    ],
)
def test_an_act_that_came_into_force_after_the_year_is_applied_retroactively(instrument, year, since):
    result = nc.loads(set_text(instrument)).evaluate({"crimes": 1}, year=year)
    assert result.retroactive_since == since
    told = result.explain("vi").splitlines()
    line = "Áp dụng hồi tố: văn bản có hiệu lực từ {:%d/%m/%Y}, sau khi năm đánh giá đã kết thúc"
    assert ([line.format(since)] if since else []) == [one for one in told if "hồi tố" in one]
    written = result.to_json()
    assert json.loads(written)["result"].get("retroactive_since") == (since and since.isoformat())
    assert nc.Result.from_json(written).to_json() == written


DAYS = [D(2023, 1, 1), D(2023, 2, 1), D(2023, 3, 1)]


@st.composite
def versions(draw: st.DrawFn) -> Iterator[tuple[str, int, int, D]]:
    """Rows of two units and years, each with some versions."""
    found = []
    for unit in "ab":
        for year in (2021, 2022):
            for day in draw(st.sets(st.sampled_from(DAYS))):
                found.append((unit, year, draw(st.integers(0, 4)), day))
    return draw(st.permutations(found))


def written(rows: list[tuple[str, int, int, D]]) -> str:
    return "unit,year,crimes,known_on\n" + "".join(f"{unit},{year},{n},{day}\n" for unit, year, n, day in rows)


@given(versions(), st.sampled_from(DAYS))
def test_what_was_known_on_a_day_is_judged_as_if_nothing_had_come_since(rows, day):
    known = [row for row in rows if row[3] <= day]
    if not known:
        return
    seen = {(one.row.unit.id, one.row.year): one for one in nc.evaluate_rows(table_of(written(rows), day), CRITERIA)}
    for one in nc.evaluate_rows(table_of(written(known)), CRITERIA):
        assert seen[one.row.unit.id, one.row.year].verdicts == one.verdicts
