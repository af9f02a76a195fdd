"""The sets that come with the library, and the example of Tân Hưng district under them."""

from __future__ import annotations

import csv
import json
from fractions import Fraction

import pytest

import ncriteria as nc
from ncriteria.evaluation.publication import Agreement, agreement
from ncriteria.language.printer import show
from ncriteria.language.queries import fact_names, walk
from ncriteria.language.tree import Parameter
from ncriteria.report.records.results import Judgements
from ncriteria.report.structure import TellingContext, plain_object
from ncriteria.sets.model import Clause, Encodes, Group
from ncriteria.sets.sources import Basis
from tests.evaluation.test_explanations import EXAMPLE, example

CATALOG = nc.catalog()
SETS = {criteria.id: criteria for criteria in CATALOG.sets.sets}
ISSUED_BY_THE_SET = {"vn.tan-hung.targets.district"}
"""Sets whose instrument is the local report itself, so that to restate it exactly is to encode it exactly."""


def clauses_of(criteria):
    return [member for member in criteria.members() if isinstance(member, Clause)]


def parameters_of(clause):
    return {node.name for node in walk(clause.rule) if isinstance(node, Parameter)}


CLAUSES = [
    pytest.param(criteria, clause, id=f"{criteria.id}:{clause.path}")
    for criteria in SETS.values()
    for clause in clauses_of(criteria)
]


def test_every_standard_has_a_set_for_the_levels_and_years_that_it_is_for():
    found = {}
    for criteria in SETS.values():
        found.setdefault((criteria.standard, criteria.level.value), []).append(str(criteria.years))
    assert found == {
        ("antt-safe", "agency"): ["2022-2024"],
        ("antt-safe", "enterprise"): ["2022-2024"],
        ("antt-safe", "school"): ["2022-2024"],
        ("antt-safe", "hamlet"): ["2022-2024"],
        ("antt-safe", "commune"): ["2013-2021", "2022-2024"],
        ("ntm-19.2", "commune"): ["2021-2023", "2024-2025"],
        ("ntm-19.2-advanced", "commune"): ["2021-2023", "2024-2025"],
        ("ntm-19.2-long-an", "commune"): ["2024-2025"],
        ("ntm-9.1", "district"): ["2021-2023", "2024-2025"],
        ("ntm-9.4", "district"): ["2021-2023", "2024-2025"],
        ("ntm-district-conditions", "district"): ["2022-2025"],
        ("ntm-district-security-2016", "district"): ["2017-2021"],
        ("ntm-not-complex", "commune"): ["2022-2025"],
        ("ntm-programme-926", "province"): ["2022-2025"],
        ("ntm-revocation", "commune"): ["2022-2025"],
        ("ntm-revocation", "district"): ["2022-2025"],
        ("ntm-security-2016", "commune"): ["2017-2021"],
        ("ntm-security-2026", "commune"): ["2026-2030"],
        ("tan-hung-targets", "district"): ["2021-2024"],
    }


def test_a_table_is_judged_under_few_standards_unasked():
    unasked = {level.value: sorted(CATALOG.sets.unasked_standards(level)) for level in nc.Level}
    safe = {level: ["antt-safe"] for level in ("agency", "enterprise", "school", "hamlet")}
    assert unasked == {
        **safe,
        "commune": ["antt-safe", "ntm-19.2"],
        "district": ["tan-hung-targets"],
        "province": ["ntm-programme-926"],
    }


def test_a_clause_of_one_name_is_of_one_standard_so_that_a_roll_up_without_a_standard_is_clear():
    standards = {}
    for criteria in SETS.values():
        if criteria.standard != "ntm-19.2-long-an":
            for member in criteria.clauses:
                standards.setdefault((criteria.level, member.path), set()).add(criteria.standard)
    assert {key for key, found in standards.items() if len(found) > 1} == set()


def test_2021_can_be_judged_in_retrospect_and_by_what_was_then_in_force():
    chosen = {
        one: CATALOG.choose(standard=one, level="commune", year=2021) for one in ("ntm-19.2", "ntm-security-2016")
    }
    assert {one: found.id for one, found in chosen.items()} == {
        "ntm-19.2": "vn.bca.hd06-2022.commune",
        "ntm-security-2016": "vn.bca.hd07-2016.commune",
    }
    assert CATALOG.choose(standard="antt-safe", level="commune", year=2021).id == "vn.bca.tt23-2012.commune"


@pytest.mark.parametrize(
    ("failed", "named", "verdict"),
    [(1, 1, "met"), (5, 5, "met"), (6, 0, "met"), (6, 1, "not_met"), (9, 0, "met"), (10, 0, "not_met")],
)
def test_recognition_of_19_criteria_is_revoked_from_6_with_a_named_one_or_from_10(failed, named, verdict):
    facts = {"criteria_total": 19, "criteria_failed": failed, "named_criteria_failed": named}
    assert CATALOG["vn.ttg.qd18-2022.commune"].evaluate(facts).verdict.value == verdict


def test_the_overlay_of_long_an_carries_its_doubtful_number_as_printed():
    criteria = SETS["vn.long-an.qd32-2024.commune"]
    assert criteria.instrument.number == "32/QĐ-UBND"
    assert "32/2024/QĐ-UBND" in criteria.note.vi
    assert criteria.extended.id == "vn.bca.hd04-2024.commune"


@pytest.mark.parametrize("criteria", SETS.values(), ids=SETS)
def test_a_shipped_set_has_no_warning_and_passes_its_own_tests(criteria):
    assert [str(problem) for problem in nc.lint(criteria)] == []
    assert criteria.tests
    assert [(test.test_id, test.failures) for test in nc.run_tests(criteria) if not test.passed] == []


@pytest.mark.parametrize(("criteria", "clause"), CLAUSES)
def test_a_clause_is_cited_and_claims_no_more_than_is_known_of_its_text(criteria, clause):
    assert clause.cite
    assert all(citation.basis is not None for citation in clause.cite)
    bases = {citation.basis for citation in clause.cite}
    if clause.encodes is Encodes.EXACT:
        own = {Basis.REPORTED} if criteria.id in ISSUED_BY_THE_SET else set()
        read = [citation.basis for name in parameters_of(clause) for citation in criteria.parameters[name].cite]
        assert bases | set(read) <= {Basis.FULL} | own
    if clause.encodes is Encodes.NOT_ENCODED:
        assert clause.note is not None


@pytest.mark.parametrize("criteria", SETS.values(), ids=SETS)
def test_parameters_groups_and_titles_are_cited_and_in_two_languages(criteria):
    for parameter in criteria.parameters.values():
        assert parameter.cite
        assert all(citation.basis is not None for citation in parameter.cite)
    for named in (*criteria.members(), *criteria.facts.values(), *criteria.parameters.values(), criteria):
        assert named.title.vi != named.title.en
    for group in criteria.members():
        if isinstance(group, Group):
            assert all(citation.basis is not None for citation in group.cite)


def test_an_attested_clause_rests_on_facts_that_a_person_attests():
    for criteria in SETS.values():
        for clause in clauses_of(criteria):
            if clause.encodes is Encodes.ATTESTED:
                assert any(criteria.facts[name].attested for name in fact_names(clause.rule))


def test_the_crime_clause_of_2022_has_the_form_of_the_article_with_its_five_percent_as_a_parameter():
    criteria = SETS["vn.bca.hd06-2022.commune"]
    crime = next(clause for clause in clauses_of(criteria) if clause.path == "19.2/crime")
    assert show(crime.rule) == "crime_cases <= prev_year.crime_cases * (1 - param.crime_reduction)"
    assert show(crime.zero_base) == "crime_cases = 0"
    assert crime.encodes is Encodes.APPROXIMATED
    (reduction,) = criteria.parameters["crime_reduction"].values
    assert reduction.value == Fraction(5, 100)
    assert {citation.basis for citation in criteria.parameters["crime_reduction"].cite} == {Basis.REPORTED}
    literal = nc.parse("crime_cases <= prev_year * 0.95")
    judged = CATALOG[criteria.id]
    for now in range(45):
        for before in range(1, 45):
            met = judged.evaluate({"crime_cases": now}, prev_year={"crime_cases": before})["19.2/crime"].verdict
            assert (met is nc.Verdict.MET) == (Fraction(now) <= before * Fraction(95, 100))
    assert show(literal) == "crime_cases <= prev_year.crime_cases * 0.95"


def test_the_set_of_2022_says_that_it_is_applied_to_2021():
    criteria = SETS["vn.bca.hd06-2022.commune"]
    assert 2021 in criteria.years
    assert criteria.instrument.issued.year == 2022
    assert "2021" in criteria.note.vi
    assert "2021" in criteria.note.en


def test_the_open_question_of_an_equal_count_is_a_parameter_without_a_value():
    for identifier in ("vn.bca.hd04-2024.commune", "vn.bca.tt124-2021.commune", "vn.bca.tt124-2021.hamlet"):
        (dated,) = SETS[identifier].parameters["equal_count"].values
        assert dated.value is nc.UNKNOWN


def test_successive_sets_leave_no_gap_between_2021_and_2025():
    for year in range(2021, 2026):
        assert CATALOG.choose(standard="ntm-19.2", level="commune", year=year)
    for year in (2020, 2026):
        with pytest.raises(nc.ChoiceError):
            CATALOG.choose(standard="ntm-19.2", level="commune", year=year)


@pytest.mark.parametrize(("recognised", "verdict"), [(16, "not_met"), (17, "not_met"), (18, "met"), (25, "met")])
def test_70_percent_of_25_units_is_18(recognised, verdict):
    criteria = CATALOG["vn.bca.tt124-2021.commune"]
    kinds = ("agencies", "firms", "schools")
    none = {f"{kind}_{what}": 0 for kind in kinds for what in ("in_scope", "recognised")}
    found = criteria.evaluate({**none, "hamlets_in_scope": 25, "hamlets_recognised": recognised})
    assert found["safe/4/recognised"].verdict.value == verdict


def published_rows():
    with EXAMPLE.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["Kết quả công bố"]]


QUANTITIES = {
    "Số vụ xâm phạm trật tự xã hội": "19.2/crime",
    "Số vụ tệ nạn xã hội": "19.2/social_evils",
    "Số vụ tai nạn giao thông": "19.2/traffic",
}


def test_the_example_holds_the_published_communes_and_all_of_them_are_published_as_met():
    rows = published_rows()
    assert len(rows) == 5
    assert {row["Kết quả công bố"] for row in rows} == {"Đạt"}


@pytest.mark.parametrize("row", published_rows(), ids=lambda row: f"{row['Mã đơn vị']}-{row['Năm']}")
def test_the_quantitative_clauses_of_a_published_commune_agree_with_its_result(row):
    judgement = example()[row["Mã đơn vị"], int(row["Năm"]), "ntm-19.2"]
    result = judgement.result
    stated = [path for heading, path in QUANTITIES.items() if row[heading]]
    assert len(stated) == 3
    assert {path: result[path].verdict for path in stated} == dict.fromkeys(stated, nc.Verdict.MET)
    assert not [path for path, found in result.clauses.items() if found.verdict is nc.Verdict.NOT_MET]


@pytest.mark.parametrize("row", published_rows(), ids=lambda row: f"{row['Mã đơn vị']}-{row['Năm']}")
def test_the_verdict_of_a_published_commune_is_undetermined_for_reasons_that_it_names(row):
    judgement = example()[row["Mã đơn vị"], int(row["Năm"]), "ntm-19.2"]
    result = judgement.result
    assert result.verdict is nc.Verdict.UNDETERMINED
    assert agreement(result.verdict, judgement.row.published) is Agreement.OPEN
    assert result.open.clauses == ("19.2/fire",)
    missing = {str(key) for key in result.missing}
    assert {"unlawful_mass_petitions", "grave_crime_cases", "effective_models"} <= missing
    assert not missing & {"crime_cases", "social_evil_cases", "traffic_accidents"}
    assert not any(name.startswith("prev_year.") for name in missing)
    if int(row["Năm"]) >= 2024:
        assert {"party_resolution", "pc_plan", "direction_effective", "anti_state_activities"} <= missing
        assert result.open.parameters == ()


@pytest.mark.parametrize("year", range(2021, 2025))
def test_the_district_is_undetermined_for_it_did_not_publish_its_figures(year):
    result = example()["tan-hung", year, "tan-hung-targets"].result
    assert {path: found.verdict for path, found in result.clauses.items()} == dict.fromkeys(
        result.clauses, nc.Verdict.UNDETERMINED
    )
    assert result["targets/communes"].open.roll_ups == (("commune", "ntm-19.2:19.2"),)
    assert "19.2/fire" not in result.open.clauses


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_judgement_of_the_example_is_plain_data(language):
    for judgement in example().values():
        plain = plain_object(Judgements((judgement,)), TellingContext(language))
        assert json.loads(json.dumps(plain, ensure_ascii=False)) == plain
