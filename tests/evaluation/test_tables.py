"""Judging tables row by row: the order, what rolls up, territories, and years without criteria."""

from __future__ import annotations

import pytest
from attrs import evolve

import ncriteria as nc
from ncriteria.evaluation.criteria import Catalog, Criteria
from ncriteria.sets.catalog import set_catalog
from ncriteria.sets.loader import loads_set

INNER = """\
format: ncriteria/1
set:
  id: {id}
  standard: safe
  title: Safe communes
  instrument: {{number: "1/TEST", issuer: Test}}
  years: {{from: 2021, to: {last}}}
  level: commune
  {more}
facts:
  crimes: {{title: Crimes, type: count}}
clauses:
  ok:
    {{title: Few, rule: crimes <= {limit}, applies_when: crimes != 99, encodes: exact, cite: [{{instrument: "1/T"}}]}}
"""
OUTER = """\
format: ncriteria/1
set:
  id: test.outer
  standard: district
  title: Districts
  instrument: {number: "1/TEST", issuer: Test}
  years: {from: 2021, to: 2025}
  level: district
facts:
  crimes: {title: Crimes, type: count}
clauses:
  share: {title: Share, rule: 'share_met(commune, "safe:ok") > 80%', encodes: exact, cite: [{instrument: "1/TEST"}]}
"""


def inner(identifier="test.inner", last=2025, limit=3, more="note: none"):
    return loads_set(INNER.format(id=identifier, last=last, limit=limit, more=more))


def catalog(*sets):
    return Catalog(set_catalog(sets or (inner(), loads_set(OUTER))))


def table(rows):
    head = "unit,level,parent,year,crimes,số xã\n"
    return nc.read_facts_text(head + rows, "csv", inner().facts, file="facts.csv")


def judged(rows, criteria=None, **more):
    return list(nc.evaluate_rows(table(rows), criteria or catalog(), **more))


def verdicts(judgements):
    return {
        (found.row.unit.id, found.row.year): found.result.verdict.value if found.result else found.problems[0].code
        for found in judgements
    }


def test_smaller_units_are_judged_first_whatever_the_order_of_the_rows():
    rows = "d,district,,2021,,\n" + "".join(f"c{n},commune,d,2021,1,\n" for n in range(3))
    found = judged(rows)
    assert [one.row.unit.id for one in found] == ["c0", "c1", "c2", "d"]
    assert verdicts(found)["d", 2021] == "met"


@pytest.mark.parametrize(
    ("crimes", "count", "verdict"),
    [
        (["1"] * 9 + ["9"] * 2, "", "met"),
        (["1"] * 8 + ["9"] * 3, "", "not_met"),
        (["1"] * 8 + ["9"] * 2, "", "not_met"),
        (["1"] * 8 + ["9"] * 2 + [""], "", "undetermined"),
        (["1"] * 8 + ["9"] * 2 + ["99"], "", "not_met"),
        (["1"] * 8, "11", "undetermined"),
        (["1"] * 10, "11", "met"),
        (["9"] * 3, "11", "not_met"),
        ([""] * 5, "5", "undetermined"),
        ([], "5", "undetermined"),
        ([], "", "undetermined"),
        (["99", "99"], "", "NC305"),
        (["1"] * 4, "3", "NC308"),
    ],
)
def test_a_share_counts_units_that_are_open_on_both_sides_and_leaves_out_those_that_it_does_not_apply_to(
    crimes, count, verdict
):
    rows = "".join(f"c{n},commune,d,2021,{value},\n" for n, value in enumerate(crimes))
    assert verdicts(judged(f"d,district,,2021,,{count}\n{rows}"))["d", 2021] == verdict


def test_a_count_of_units_below_those_in_the_table_is_an_error_with_its_place():
    rows = "d,district,,2021,,1\nc0,commune,d,2021,1,\nc1,commune,d,2021,1,\n"
    problem = judged(rows)[-1].problems[0]
    assert str(problem) == "facts.csv, row 2: NC308 d is said to have 1 units of the level commune; the table has 2"


def test_a_unit_that_is_not_in_the_table_in_a_year_is_undetermined_in_it():
    rows = "d,district,,2021,,\nd,district,,2022,,\nc0,commune,d,2021,1,\nc1,commune,d,2021,1,\nc0,commune,d,2022,1,\n"
    found = verdicts(judged(rows))
    assert (found["d", 2021], found["d", 2022]) == ("met", "undetermined")


def test_a_unit_counts_where_it_lies_in_the_year():
    rows = (
        "d,district,,2021,,\ne,district,,2021,,\nd,district,,2022,,\ne,district,,2022,,\n"
        "c0,commune,d,2021,1,\nc1,commune,e,2021,1,\nmoved,commune,d,2021,9,\n"
        "c0,commune,d,2022,1,\nc1,commune,e,2022,1,\nmoved,commune,e,2022,9,\n"
    )
    found = verdicts(judged(rows))
    assert (found["d", 2021], found["e", 2021]) == ("not_met", "met")
    assert (found["d", 2022], found["e", 2022]) == ("met", "not_met")


def test_units_that_were_merged_do_not_stand_against_the_count_of_a_later_year():
    rows = (
        "d,district,,2024,,3\nd,district,,2025,,1\n"
        + "".join(f"old{n},commune,d,2024,1,\n" for n in range(3))
        + "new,commune,d,2025,1,\n"
    )
    found = verdicts(judged(rows))
    assert (found["d", 2024], found["d", 2025]) == ("met", "met")


def test_units_farther_inside_count_too():
    rows = "p,province,,2021,,\nd,district,p,2021,,\nc0,commune,d,2021,1,\n"
    outer = loads_set(OUTER.replace("level: district", "level: province"))
    assert verdicts(judged(rows, catalog(inner(), outer)))["p", 2021] == "met"


def test_a_year_without_criteria_has_no_verdict():
    found = judged("c0,commune,,2026,1,\nc0,commune,,2020,1,\n")
    assert [one.result for one in found] == [None, None]
    assert {one.problems[0].code for one in found} == {"NC125"}


def test_a_set_for_a_territory_wins_there_and_only_there():
    special = inner("test.special", limit=0, more="territory: d")
    rows = "c0,commune,d,2021,1,\nc1,commune,e,2021,1,\nd,district,,2021,,\n"
    found = verdicts(judged(rows, catalog(inner(), special)))
    assert found == {("c0", 2021): "not_met", ("c1", 2021): "met"}


def test_a_gap_in_the_line_of_a_territory_is_not_filled_with_the_national_set():
    special = inner("test.special", last=2021, limit=0, more="territory: d")
    found = verdicts(judged("c0,commune,d,2022,1,\nd,district,,2022,,\n", catalog(inner(), special)))
    assert found == {("c0", 2022): "NC125"}


DISTRICTS = "".join(
    f"{d},district,,{year},,\n{d}0,commune,{d},{year},1,\n{d}1,commune,{d},{year},{worse},\n"
    for d, worse in (("d", 1), ("e", 9))
    for year in (2021, 2022)
)


def test_only_the_standards_that_are_asked_for_are_shown():
    assert {one.standard for one in judged(DISTRICTS, standards=["safe"])} == {"safe"}


@pytest.mark.parametrize("standards", [None, ["district"], ["safe"], ["district", "safe"]])
@pytest.mark.parametrize("unit", [None, "d", "e", "d0"])
@pytest.mark.parametrize("year", [None, 2022])
def test_a_filter_changes_what_is_shown_and_no_verdict(standards, unit, year):
    def is_shown(one):
        row = one.row
        return (
            unit in (None, row.unit.id) and year in (None, row.year) and one.standard in (standards or [one.standard])
        )

    found = judged(
        DISTRICTS,
        standards=standards,
        wanted=lambda row: unit in (None, row.unit.id) and year in (None, row.year),
    )
    shown = [one for one in judged(DISTRICTS) if is_shown(one)]
    assert [(one.row, one.standard, one.result.verdict) for one in found] == [
        (one.row, one.standard, one.result.verdict) for one in shown
    ]


def test_only_what_a_shown_verdict_rests_on_is_judged(monkeypatch):
    records = []
    judge = Criteria.judge
    monkeypatch.setattr(Criteria, "judge", lambda self, record: records.append(record.place.row) or judge(self, record))
    (district,) = judged(DISTRICTS, wanted=lambda row: (row.unit.id, row.year) == ("e", 2022))
    assert district.result.verdict.value == "not_met"
    assert records == [12, 13, 11], "the communes of the district in that year, then the district"
    records.clear()
    judged(DISTRICTS, wanted=lambda row: row.unit.id == "d0")
    assert records == [3, 6]


def test_units_that_lie_ever_deeper_in_each_other_are_judged_in_a_time_that_grows_with_the_table():
    depth = 3_000
    rows = "".join(f"u{n},,u{n + 1},2021,1,\nc{n},commune,u{n},2021,1,\n" for n in range(depth))
    found = judged(rows, catalog(inner("test.inner", more=f"territory: u{depth}"), loads_set(OUTER)))
    assert [one.result.verdict.value for one in found[:depth]] == ["met"] * depth
    assert {one.problems[0].code for one in found[depth:]} == {"NC307"}


def test_rows_that_no_criteria_are_for_are_named():
    rows = "p,province,,2021,,\nc0,commune,e,2021,1,\nc1,commune,d,2030,1,\nh,hamlet,c0,2021,1,\nx,,,2021,1,\n"
    special = inner(more="territory: d")
    over = nc.passed_over(table(rows), catalog(special))
    assert [row.unit.id for row in over] == ["p", "c0", "h"]
    assert [row.unit.id for row in nc.passed_over(table(rows), Criteria(inner()))] == ["p", "h"]
    assert nc.passed_over(table(rows), catalog(special), wanted=lambda row: row.unit.id == "c1") == []


def test_a_standard_that_waits_for_its_name_is_judged_under_where_it_is_named():
    quiet, rows = inner("test.quiet", limit=0, more="only_when_named: true"), "c0,commune,d,2021,1,\n"
    other = evolve(quiet, standard="quiet")
    assert [one.standard for one in judged(rows, catalog(inner(), other))] == ["safe"]
    assert [one.standard for one in judged(rows, catalog(inner(), other), standards=["quiet"])] == ["quiet"]
    assert [one.standard for one in judged(rows, Criteria(other))] == ["quiet"]
    assert [row.unit.id for row in nc.passed_over(table(rows), catalog(other))] == ["c0"]
    assert nc.passed_over(table(rows), catalog(other), standards=["quiet"]) == []


def test_a_roll_up_asks_for_a_standard_by_name():
    rows = "d,district,,2021,,1\nc0,commune,d,2021,1,\n"
    quiet = inner(more="only_when_named: true")
    assert verdicts(judged(rows, catalog(quiet, loads_set(OUTER)))) == {("d", 2021): "met"}


@pytest.mark.parametrize(
    ("level", "above", "fits"),
    [
        ("agency", "commune", True),
        ("enterprise", "district", True),
        ("school", "province", True),
        ("agency", "hamlet", False),
        ("agency", "school", False),
        ("hamlet", "hamlet", False),
    ],
)
def test_agencies_enterprises_and_schools_lie_in_a_commune_or_larger(level, above, fits):
    rows = f"u,{level},above,2021,1,\nabove,{above},,2021,1,\n"
    if fits:
        assert table(rows).rows[0].unit.level is nc.Level(level)
    else:
        with pytest.raises(nc.FactsError, match="NC232 u, a"):
            table(rows)


def test_one_set_judges_the_rows_of_its_level_and_those_without_one():
    rows = "d,district,,2021,,\nc0,commune,d,2021,1,\nsomewhere,,,2021,1,\n"
    found = verdicts(judged(rows, Criteria(inner())))
    assert found == {("c0", 2021): "met", ("somewhere", 2021): "met"}


def test_a_row_without_a_level_says_what_to_add():
    (found,) = judged("somewhere,,,2021,1,\n")
    assert str(found.problems[0]) == (
        "facts.csv, row 2: NC307 the level of somewhere is not given\n"
        "  hint: add a column `level`, or judge under one criteria file"
    )


def test_earlier_rows_are_the_earlier_years_and_a_gap_stays_unknown():
    text = INNER.format(id="t", last=2025, limit="prev_year", more="note: none")
    rows = "c0,commune,,2021,5,\nc0,commune,,2022,4,\nc0,commune,,2024,3,\n"
    found = verdicts(judged(rows, Criteria(loads_set(text))))
    assert found == {("c0", 2021): "undetermined", ("c0", 2022): "met", ("c0", 2024): "undetermined"}
