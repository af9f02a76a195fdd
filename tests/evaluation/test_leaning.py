"""Verdicts of earlier years and of other standards: each is judged apart, under the set of its year."""

from __future__ import annotations

import io
import warnings

import polars as pl
import pytest
from attrs import evolve

import ncriteria as nc
from ncriteria.evaluation.criteria import Criteria
from ncriteria.evaluation.explanation.grounds import ground_lines
from ncriteria.sets.errors import CriteriaError
from tests.case_files import cases
from tests.evaluation.leaning import catalog_of, leaning_set, revocation
from tests.evaluation.lineages import lineage_of


def judgements(content, criteria, **more):
    table = nc.read_facts_text(content, "csv", criteria["test.qd18"].facts, file="facts.csv")
    return [one for one in nc.evaluate_rows(table, criteria, **more) if one.standard == "revocation" and one.verdicts]


def lines_of(found):
    for one in found:
        yield f"{one.row.unit.id} {one.row.year}: {', '.join(one.verdicts.clauses.values())}"
        for outcome in one.result.clauses.values():
            yield from (line for line in ground_lines(one.result, outcome, "en") if line.startswith("•"))


@pytest.mark.parametrize("case", cases(__file__, "leaning"))
def test_a_verdict_of_another_year_or_standard_is_judged_under_the_set_of_its_year(case):
    table = case["table"].replace("unit,", "unit,level,").replace("\na,", "\na,commune,")
    found = judgements(table, catalog_of(revocation(**case["rules"])))
    assert "\n".join(lines_of(found)) == case["judged"].rstrip()


def test_it_is_told_in_vietnamese():
    table = "unit,level,year,cases,border\na,commune,2022,3,\na,commune,2023,3,\n"
    found = judgements(table, catalog_of(revocation(before='prev_year(met("ntm:calm"))')))
    assert "Kết quả calm [ntm:calm] năm 2022: đạt (theo 06/HD)" in found[-1].result.explain("vi")
    assert "✓ Kết quả calm [ntm:calm] (năm trước): đạt" in found[-1].result.explain("vi")


RULES = {"revoked": 'prev_year(met("ntm:calm")) and not met("ntm:calm")', "again": 'prev_year(met("revoked"))'}


def test_a_single_record_of_a_catalog_judges_the_years_that_it_is_given():
    criteria = catalog_of(revocation(**RULES))["test.qd18"]
    facts = {"cases": 2, "border": False}
    found = criteria.evaluate(facts, prev_year=facts, earlier={2022: {"cases": 3}, 2021: {"cases": 4}}, year=2024)
    assert found.verdicts.clauses == {"revoked": "not_met", "again": "met"}
    assert {str(key): (one.year, one.ground.criteria) for key, one in found.record.verdicts.items()} == {
        'met("ntm:calm")': (2024, "test.hd04"),
        'prev_year(met("ntm:calm"))': (2023, "test.hd04"),
        'prev_year(met("revoked"))': (2023, "test.qd18"),
    }


def test_a_result_is_read_back_with_the_verdicts_that_it_leans_on():
    criteria = catalog_of(revocation(**RULES))["test.qd18"]
    found = criteria.evaluate({"cases": 2}, prev_year={"cases": 0}, year=2024)
    assert [str(key) for key in found.missing] == [
        'prev_year(met("ntm:calm"))',
        'met("ntm:calm")',
        'prev_year(met("revoked"))',
    ]
    assert nc.Result.from_json(found.to_json()).to_json() == found.to_json()


def test_criteria_of_one_file_know_only_the_years_that_they_hold_for():
    criteria = Criteria(revocation(**RULES))
    found = criteria.evaluate({"cases": 2}, prev_year={"cases": 3}, year=2021)
    reasons = {str(key): one.reason for key, one in found.record.verdicts.items()}
    assert reasons == {
        'met("ntm:calm")': 'no set of "ntm" is at hand',
        'prev_year(met("ntm:calm"))': 'no set of "ntm" is at hand',
        'prev_year(met("revoked"))': "test.qd18 does not hold in 2020, and no other set is at hand",
    }
    assert found.verdict == "undetermined"


def test_a_verdict_may_be_given_by_its_name():
    criteria = Criteria(revocation(**RULES))
    given = {'met("ntm:calm")': False, 'prev_year(met("ntm:calm"))': True, 'prev_year(met("revoked"))': True}
    assert criteria.evaluate(given).verdict == "met"
    assert criteria.evaluate({'met("ntm:calm")': False}, prev_year={'met("ntm:calm")': False}).verdict == "not_met"


def test_without_an_assessment_year_no_other_year_is_judged():
    found = Criteria(revocation(before='prev_year(met("before"))')).evaluate({"cases": 1}, prev_year={"cases": 1})
    assert [one.reason for one in found.record.verdicts.values()] == ["the assessment year is not given"]


SWORN = """\
unit,level,year,cases,border
a,commune,2022,3,
a,commune,2023,0,
"""


def test_an_attested_verdict_of_an_earlier_year_counts():
    by_word = leaning_set("by-word", "by-word", "{from: 2021}", {"word": None})
    criteria = catalog_of(by_word, revocation(before='prev_year(met("by-word:word"))'))
    attestation = nc.Attestation(content="by-word:word", value=True, by="Ban", document="12/QĐ", unit="a", year=2022)
    found = judgements(SWORN, criteria, attestations=[attestation])
    assert [one.verdicts.verdict for one in found] == ["undetermined", "met"]
    one = evolve(attestation, unit=None)
    record = criteria["test.qd18"].evaluate({"cases": 0}, prev_year={"cases": 3}, year=2023, attestations=[one])
    assert record.verdict == "met"


SWORN_LATER = "unit,level,year,cases,border\na,commune,2023,0,\nb,commune,2023,0,\n"


def attested(content, value, year=2022):
    return nc.Attestation(content=content, value=value, by="Ban", document="12/QĐ", unit="a", year=year)


def sworn(**rules):
    """Criteria that lean on a clause which only an attestation decides, and on one with a fact that is attested."""
    by_word = leaning_set("by-word", "by-word", "{from: 2021}", {"word": None, "few": "cases <= 3"})
    facts = {name: evolve(one, attested=True) for name, one in by_word.facts.items()}
    return catalog_of(evolve(by_word, facts=facts), revocation(**rules))


@pytest.mark.parametrize(
    ("rule", "attestation", "verdict"),
    [
        ('prev_year(met("by-word:word"))', attested("by-word:word", True), "met"),
        ('prev_year(met("by-word:word"))', attested("by-word:word", nc.Verdict.NOT_MET), "not_met"),
        ('prev_year(met("by-word:few"))', attested("cases", 3), "met"),
        ('prev_year(met("by-word:few"))', attested("cases", 4), "not_met"),
        ('met_years("by-word:word", 3)', attested("by-word:word", nc.Verdict.NOT_MET, 2021), "not_met"),
        ('prev_year(prev_year(met("by-word:word")))', attested("by-word:word", True, 2021), "met"),
    ],
)
def test_an_attestation_decides_a_verdict_of_a_year_without_a_row_in_rows_and_columns(rule, attestation, verdict):
    criteria = sworn(before=rule)
    with warnings.catch_warnings():
        warnings.simplefilter("error", nc.TableWarning)
        warnings.simplefilter("ignore", nc.RowByRowWarning)
        found = judgements(SWORN_LATER, criteria, attestations=[attestation])
        frame = pl.read_csv(io.StringIO(SWORN_LATER), schema_overrides={"border": pl.Boolean})
        more = {"standard": "revocation", "level": "commune", "attestations": [attestation]}
        columns = nc.evaluate_table(frame, criteria, **more)
    assert [one.verdicts.verdict for one in found] == [verdict, "undetermined"]
    assert columns["before"].to_list() == [verdict, "undetermined"]


def test_an_attestation_of_a_year_that_nothing_leans_on_is_told():
    criteria = sworn(before='prev_year(met("by-word:word"))')
    with pytest.warns(nc.TableWarning, match="NC317 `by-word:word` is attested for a in 2021, of which"):
        found = judgements(SWORN_LATER, criteria, attestations=[attested("by-word:word", True, 2021)])
    assert [one.verdicts.verdict for one in found] == ["undetermined", "undetermined"]


@pytest.mark.parametrize(
    ("lineage", "verdict", "told"),
    [
        ("a,b,whole,2023-02-01", "met", "• Verdict on calm [ntm:calm] in 2022: met (under 06/HD), when the unit was a"),
        (
            "a,b,whole,2023-02-01\nc,b,whole,2023-02-01",
            "undetermined",
            "• Verdict on calm [ntm:calm] (the year before): not known, because b was made anew in 2023, "
            "and had no verdict before",
        ),
    ],
)
def test_a_unit_has_the_verdict_of_what_it_was_renamed_from_and_none_of_what_it_was_merged_from(lineage, verdict, told):
    table = "unit,level,year,cases,border\na,commune,2022,3,\nc,commune,2022,3,\nb,commune,2023,0,\n"
    if "c," not in lineage:
        table = table.replace("c,commune,2022,3,\n", "")
    criteria = catalog_of(revocation(before='prev_year(met("ntm:calm"))'))
    found = judgements(table, criteria, lineage=lineage_of(lineage))
    assert (found[-1].verdicts.verdict, list(lines_of(found))[-1]) == (verdict, told)


def test_nothing_is_known_across_a_reform_that_nothing_joins():
    later = leaning_set("later", "revocation", "{from: 2025}", {"before": 'prev_year(met("ntm:calm"))'})
    criteria = catalog_of(later, leaning_set("hd05", "ntm", "{from: 2025}", {"calm": "cases = 0"}))
    table = "unit,level,year,cases\na,commune,2024,0\na,commune,2025,0\n"
    read = nc.read_facts_text(table, "csv", later.facts)
    with pytest.warns(nc.TableWarning):
        *_, found = [one for one in nc.evaluate_rows(read, criteria) if one.standard == "revocation"]
    reason = "units were made anew on 2025-07-01, and nothing says what this unit was before"
    assert [one.reason for one in found.record.verdicts.values()] == [reason]


def test_sets_that_lean_on_each_other_in_one_year_are_refused():
    one = leaning_set("one", "one", "{from: 2022}", {"a": 'met("other:b")'})
    other = leaning_set("other", "other", "{from: 2020, to: 2023}", {"b": 'met("one:a")'})
    with pytest.raises(
        CriteriaError,
        match=r"NC431 in 2022 these sets lean on verdicts of each other: test\.one → test\.other → test\.one",
    ):
        catalog_of(one, other)


def test_a_clause_that_the_set_of_an_earlier_year_lacks_is_refused_where_it_stands():
    lasting = revocation(lasting='years_ago(2, met("ntm:strict"))')
    with pytest.raises(CriteriaError) as refused:
        catalog_of(lasting)
    assert str(refused.value).startswith(
        'line 13, column 12: NC430 "lasting" asks for `years_ago(2, met("ntm:strict"))`; in 2021 test.hd06 holds, '
        'which has no clause "strict"'
    )


def test_many_rows_are_judged_by_a_function_of_the_set_all_the_same():
    units = [f"u{number}" for number in range(130)]
    rows = "".join(f"{unit},commune,2022,{number % 6},\n" for number, unit in enumerate(units))
    rows += "".join(f"{unit},commune,2023,{number % 4},false\n" for number, unit in enumerate(units))
    criteria = catalog_of(revocation(revoked='prev_year(met("ntm:calm")) and not met("ntm:calm")'))
    found = judgements(f"unit,level,year,cases,border\n{rows}", criteria)
    told = {one.row.unit.id: one.verdicts.verdict.value for one in found if one.row.year == 2023}
    assert told == {
        unit: "met" if number % 6 <= 3 and number % 4 > 1 else "not_met" for number, unit in enumerate(units)
    }
