"""Merged, split and renamed units are judged by what their predecessors had, and never by another unit's figures."""

from __future__ import annotations

from fractions import Fraction

import pytest

import ncriteria as nc
from ncriteria.evaluation.criteria import Catalog
from ncriteria.language.tree import FactKey
from ncriteria.language.values import Interval
from ncriteria.report.records.results import Judgements
from ncriteria.report.structure import TellingContext, plain_object
from ncriteria.sets.catalog import set_catalog
from ncriteria.sets.loader import loads_set
from tests.case_files import cases
from tests.evaluation.lineages import commune_set, judged, lineage_of, lines_of


@pytest.mark.parametrize("case", cases(__file__, "lineage"))
def test_the_years_before_a_change_are_those_of_the_predecessors(case):
    criteria = commune_set(case.get("rule", "cases <= prev_year"), case.get("window", ""))
    lineage = lineage_of(case["lineage"], reforms=case.get("reform", False))
    found, told = judged(case["table"], lineage, criteria)
    assert "\n".join(lines_of(found)) == case["judged"].rstrip()
    assert "\n".join(map(str, told)) == case.get("told", "").rstrip()


@pytest.mark.parametrize("case", cases(__file__, "refused_lineage"))
def test_a_table_that_does_not_fit_its_lineage_is_refused_with_the_whole_message(case):
    with pytest.raises(nc.FactsError) as refused:
        judged(case["table"], lineage_of(case["lineage"]))
    assert str(refused.value) == case["error"].rstrip()


def test_predecessors_are_told_in_vietnamese():
    table = "unit,name,year,cases\n001,Xã A,2024,10\n002,Xã B,2024,12\n001,Xã A,2025,18\n"
    found, _ = judged(table, lineage_of("001,001,whole,2025-07-01\n002,001,whole,2025-07-01\n"))
    assert list(lines_of(found, "vi"))[-1] == "• Số vụ (năm trước): 10 + 12 = 22 vụ (Xã A, Xã B)"
    assert "Số vụ (năm trước): 10 + 12 = 22 vụ (Xã A, Xã B)" in found[-1].result.explain("vi")


def test_a_lineage_that_is_given_when_rows_are_judged_wins():
    table = nc.read_facts_text("unit,year,cases\na,2021,3\nb,2022,3\n", "csv", commune_set().facts)
    plain = [one.verdicts.verdict for one in nc.evaluate_rows(table, commune_set())]
    joined = [
        one.verdicts.verdict
        for one in nc.evaluate_rows(table, commune_set(), lineage=lineage_of("a,b,whole,2022-02-01"))
    ]
    assert (plain, joined) == (["undetermined", "undetermined"], ["undetermined", "met"])


OUTER = """\
format: ncriteria/1
set:
  id: test.lineage.{level}
  standard: lineage
  title: Around
  instrument: {{number: 1/TEST, issuer: Test}}
  years: {{from: 2015}}
  level: {level}
facts:
  cases: {{title: {{vi: "Số vụ", en: Cases}}, type: count, unit: {{vi: vụ, en: cases}}}}
clauses:
  share: {{title: S, rule: 'share_met(commune, "c") >= 70%', encodes: exact, cite: [{{instrument: 1/T}}]}}
"""
TWO_TIERS = """\
unit,level,parent,year,cases
p,tỉnh,,2024,
p,tỉnh,,2025,
h,huyện,p,2024,
a,xã,h,2024,10
b,xã,h,2024,12
b,xã,h,2023,13
a,xã,p,2025,18
"""


def catalog_of(*levels: str) -> Catalog:
    """The set of communes, and sets of the levels around."""
    outer = (loads_set(OUTER.format(level=level)) for level in levels)
    return Catalog(set_catalog([commune_set().definition, *outer]))


@pytest.mark.parametrize(
    ("lineage", "verdicts"),
    [
        ("a,a,whole,2025-07-01\nb,a,whole,2025-07-01\n", ["undetermined", "met"]),
        ("a,a,whole,2025-07-01\nb,c,whole,2025-07-01\n", ["undetermined", "not_met"]),
        ("", ["undetermined", "undetermined"]),
    ],
    ids=["no more", "a unit that has no row yet", "unsaid"],
)
def test_a_unit_that_is_no_more_leaves_the_count_of_the_units_around(lineage, verdicts):
    found, _ = judged(TWO_TIERS, lineage_of(lineage, reforms=True), catalog_of("district", "province"))
    assert [one.verdicts.verdict for one in found if one.row.unit.id == "p"] == verdicts


def test_a_result_that_is_read_back_has_its_predecessors():
    table = "unit,name,year,cases\n001,Xã A,2024,10\n002,Xã B,2024,>=12\n001,Xã A,2025,18\n"
    found, _ = judged(table, lineage_of("001,001,whole,2025-07-01\n002,001,1/2,2025-07-01\n"))
    results = [one.result for one in found if one.result is not None]
    again = [nc.Result.from_json(one.to_json("en")) for one in results]
    assert [one.record.bases for one in again] == [one.record.bases for one in results]
    assert any(one.record.bases for one in again)
    assert [one.to_json("en") for one in again] == [one.to_json("en") for one in results]


def test_the_data_of_a_judgement_has_the_predecessors():
    table = "unit,name,year,cases\n001,Xã A,2024,10\n002,Xã B,2024,\n001,Xã A,2025,18\n"
    found, _ = judged(table, lineage_of("001,001,whole,2025-07-01\n002,001,whole,2025-07-01\n"))
    before, _, after = plain_object(Judgements(tuple(found)), TellingContext("en"))["judgements"]
    assert "bases" not in before["result"]
    assert after["result"]["bases"] == [
        {
            "fact": "prev_year.cases",
            "type": "count",
            "value": {"low": "10", "high": None},
            "stated": None,
            "source": None,
            "lacks": "absent",
            "since": 2025,
            "day": "2025-07-01",
            "predecessors": [
                {"unit": "001", "name": "Xã A", "share": "1", "value": "10"},
                {"unit": "002", "name": "Xã B", "share": "1", "value": None},
            ],
        }
    ]


MONTHS = """\
unit,name,year,month,cases
a,Xã A,2024,,9
b,Xã B,2024,,9
a,Xã A,2025,1,1
b,Xã B,2025,1,2
a,Xã A,2025,6,1
b,Xã B,2025,6,1
a,Xã A mới,2025,7,4
a,Xã A mới,2025,12,5
"""


def test_months_before_a_merger_are_those_of_all_predecessors():
    criteria = commune_set("cases >= 14 and prev_year(cases) = 18")
    found, _ = judged(MONTHS, lineage_of("a,a,whole,2025-07-01\nb,a,whole,2025-07-01\n"), criteria)
    (after,) = (one for one in found if one.row.year == 2025)
    assert after.record.values[FactKey.of("cases")] == Interval(Fraction(14), None)
    assert after.verdicts.verdict == "met"


def test_months_before_a_reform_are_not_added_to_those_after_it():
    of_one = "".join(line for line in MONTHS.splitlines(keepends=True) if not line.startswith("b,Xã B,2025"))
    found, told = judged(of_one, lineage_of("", reforms=True))
    assert [problem.code for problem in told] == ["NC376", "NC376"]
    (after,) = (one for one in found if one.row.year == 2025)
    assert after.record.values[FactKey.of("cases")] == Interval(Fraction(9), None)


def test_months_that_contradict_each_other_are_refused_where_a_given_lineage_makes_them_one_units():
    text = "unit,level,year,month,cases\na,xã,2025,5,3\na,xã,2026,5,1/2\n"
    table = nc.read_facts_text(text, "csv", commune_set().facts)
    with pytest.raises(nc.FactsError) as refused:
        list(nc.evaluate_rows(table, commune_set(), lineage=nc.Lineage(reforms=())))
    assert [problem.code for problem in refused.value.problems] == ["NC231"]


def test_units_that_one_row_says_did_not_change_are_compared_and_others_are_not():
    rows = "*,,unchanged,2025-07-01,NQ\nb,a,whole,2025-07-01,NQ\n"
    lineage = nc.read_lineage_text(f"from,to,share,day,instrument\n{rows}", "csv")
    table = "unit,level,year,cases\na,xã,2024,9\nb,xã,2024,1\nc,xã,2024,5\na,xã,2025,2\nc,xã,2025,5\n"
    found, told = judged(table, lineage)
    verdicts = {one.row.unit.id: one.verdicts.verdict for one in found if one.row.year == 2025}
    assert (verdicts, told) == ({"a": "not_met", "c": "met"}, [])
    with pytest.raises(nc.FactsError, match="NC374 b is no unit at the end of 2025"):
        judged(table + "b,xã,2025,1\n", lineage)
