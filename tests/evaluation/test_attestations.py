"""Attestations decide what the law leaves to a body, and nothing that is computed; every output says which they are."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.sets.model import Group
from tests.attested_sets import BODY, OPEN_PATHS, attested, criteria
from tests.case_files import cases
from tests.messages import untold_in
from tests.report.test_results import assert_read_back

YEAR = 2024
VERDICTS = st.sampled_from(["met", "not_met", "not_applicable"])
TRUTHS = st.sampled_from([None, True, False])
COUNTS = st.sampled_from([None, 0, 4, 5])
RECORDS = st.fixed_dictionaries({"crimes": COUNTS, "border": TRUTHS, "effective": TRUTHS, "models": COUNTS})
EARLIER = st.fixed_dictionaries({"crimes": COUNTS, "models": COUNTS})
GIVEN = st.dictionaries(st.sampled_from(OPEN_PATHS), VERDICTS).map(
    lambda found: [attested(path, nc.Verdict(value)) for path, value in found.items()]
)


TAKEN_OUT = [attested(path, nc.Verdict.NOT_APPLICABLE) for path in ("some/gate", "some/plan")]
"""With a condition that is false, these leave nothing in their group that applies."""


def evaluated(*attestations, year=YEAR, prev_year=None, **facts):
    return criteria().evaluate(facts, prev_year=prev_year, year=year, attestations=list(attestations))


@pytest.mark.parametrize("case", cases(__file__, "refused_attestations"))
def test_an_attestation_is_refused_with_the_whole_message(case):
    given = [attested(content, value, **dict(*more)) for content, value, *more in case["attestations"]]
    with pytest.raises(nc.NCriteriaError) as refused:
        evaluated(*given, prev_year=case.get("prev_year"), **case.get("given", {}))
    assert str(refused.value) == case["error"]
    assert untold_in(refused.value.problems) == []


def test_an_attestation_is_refused_in_vietnamese_too():
    with pytest.raises(nc.NCriteriaError) as refused:
        evaluated(attested("some/gate", True), border=False)
    assert [problem.text("vi") for problem in refused.value.problems] == [
        'NC315 "some/gate" (attested.yaml:29:11) được xác nhận là «đạt», nhưng theo số liệu thì không áp dụng\n'
        "  gợi ý: xem bên nào đúng: sửa xác nhận, hoặc sửa số liệu"
    ]


@pytest.mark.parametrize("name", ["by", "document", "content"])
def test_an_attestation_says_who_attests_what_and_where(name):
    with pytest.raises(nc.FactsError, match="NC291 the attestation does not say its"):
        nc.Attestation(**{"content": "a", "value": True, "by": "b", "document": "c", name: " \u200b"})


@pytest.mark.parametrize(
    ("value", "verdict"),
    [(True, "met"), (False, "not_met"), ("met", "met"), (nc.Verdict.NOT_APPLICABLE, "not_applicable")],
)
def test_a_clause_whose_text_is_not_known_is_decided_by_attestation(value, verdict):
    result = evaluated(attested("all/fire", value))
    assert result["all/fire"].verdict == verdict
    assert (result["all/fire"].missing, result["all/fire"].open) == ((), nc.Open())
    assert [one.document for one in result["all/fire"].attestations] == ["1/BC"]
    assert result.attested == ("all/fire",)


def test_a_clause_that_asks_for_a_judgement_is_decided_where_its_facts_are_not_known():
    assert evaluated(attested("some/plan"), crimes=2)["some/plan"].verdict == "met"
    assert evaluated(crimes=2)["some/plan"].verdict == "undetermined"


def test_what_is_attested_is_asked_for_no_more():
    before, after = (evaluated(*given, crimes=0, prev_year={"crimes": 0}) for given in ([], [attested("all/fire")]))
    assert before["all"].open.clauses == ("all/fire",)
    assert nc.show(before["all"].residual) == 'met("all/fire")'
    assert nc.show(after["all"].residual) == "true"
    assert after["all"].open.clauses == ()
    assert "all/fire" not in nc.show(after.residual)


def test_groups_and_references_rest_on_what_is_attested():
    result = evaluated(attested("all/fire"), crimes=3, prev_year={"crimes": 3})
    assert (result["all"].verdict, result["after"].verdict) == ("met", "met")
    assert evaluated(attested("all/fire", False), crimes=3)["all"].verdict == "not_met"


def test_an_attested_fact_is_a_value_of_the_record():
    result = evaluated(attested("effective"), attested("models", 2), crimes=1, border=True, prev_year={"models": 1})
    assert (result["some/plan"].verdict, result["some/model"].verdict) == ("met", "met")
    assert result.attested == ("some/plan", "some/model")
    assert [one.value for one in result["some/model"].attestations] == [2]


def test_a_body_is_known_by_its_name_in_either_language():
    for by in ("Bộ đội Biên phòng", "border  GUARD"):
        assert evaluated(attested("some/gate", by=by))["some/gate"].verdict == "met"


def test_the_explanation_says_who_attests_and_where():
    day = datetime.date(2024, 12, 3)
    result = evaluated(attested("all/fire", document="12/BC", date=day), attested("models", 2), border=True)
    vietnamese, english = result.explain("vi"), result.explain("en")
    assert "• Ủy ban xác nhận «đạt» tại 12/BC ngày 03/12/2024" in vietnamese
    assert "2 nội dung được xác nhận" in vietnamese
    assert "• attested as met by Ủy ban in 12/BC of 2024-12-03" in english
    assert "• Models: attested by Ủy ban in 1/BC" in english
    assert "2 contents attested" in english


@settings(max_examples=settings().max_examples)
@given(RECORDS, EARLIER, GIVEN, st.randoms())
def test_the_order_of_attestations_does_not_matter(known, before, given, chance):
    other = [*given]
    chance.shuffle(other)
    assert outcome(known, before, given) == outcome(known, before, other)


@example({"border": False}, {}, TAKEN_OUT)
@settings(max_examples=settings().max_examples)
@given(RECORDS, EARLIER, GIVEN)
def test_what_the_rules_decide_is_the_same_with_attestations_or_they_are_refused(known, before, given):
    plain, result = outcome(known, before, []), outcome(known, before, given)
    if not isinstance(result, nc.Result):
        assert all("NC315" in line for line in result)
        return
    for one in given:
        assert result[one.content].verdict == one.value
    assert result["all/crime"].verdict == plain["all/crime"].verdict
    # A group all of whose members do not apply does not apply, so that one more may make it one.
    takes_out = any(one.value is nc.Verdict.NOT_APPLICABLE for one in given)
    for path, found in plain.clauses.items():
        if found.verdict is not nc.Verdict.UNDETERMINED and not (takes_out and isinstance(found.clause, Group)):
            assert result[path].verdict is found.verdict
    assert takes_out or set(result.missing) <= set(plain.missing)
    assert_read_back(result, "en")


def outcome(known, before, given):
    """The result, or the refusals in order."""
    try:
        return evaluated(*given, prev_year=before, **known)
    except nc.EvaluationError as error:
        return sorted(str(problem) for problem in error.problems)


def test_a_clause_that_rests_on_a_clause_may_be_attested_beside_it():
    assert set(BODY) == {"some/gate", "effective"}
    result = evaluated(*(attested(path) for path in OPEN_PATHS), border=True)
    assert result["some"].verdict == "met"
    assert result.attested == OPEN_PATHS


MET_BY_FIGURES = {
    **dict.fromkeys(("party_resolution", "pc_plan", "direction_effective"), True),
    **dict.fromkeys(("anti_state_activities", "key_works_sabotages", "unlawful_religious_propagations"), 0),
    **dict.fromkeys(("complexity_abuses", "secession_activities", "unlawful_mass_petitions"), 0),
    **dict.fromkeys(("grave_crime_cases", "crime_cases", "social_evil_cases", "traffic_accidents"), 0),
    "effective_models": 1,
}


def test_a_commune_of_guidance_04_whose_fire_content_is_attested_is_met():
    commune = nc.catalog().choose(standard="ntm-19.2", level="commune", year=2024)
    fire = nc.Attestation(content="19.2/fire", value=True, by="Công an huyện", document="12/BC-CAH")
    before, after = (
        commune.evaluate(MET_BY_FIGURES, prev_year={"traffic_accidents": 0}, year=2024, attestations=given)
        for given in ([], [fire])
    )
    assert (before.verdict, before.open.clauses) == ("undetermined", ("19.2/fire",))
    assert (after.verdict, after.attested, after.missing) == ("met", ("19.2/fire",), ())
    assert "1 nội dung được xác nhận" in after.explain("vi")
    assert "1 content attested" in after.explain("en")
    # What is attested is not encoded all the same, and never called exact.
    told = after.to_dict("en")["result"]["clauses"]
    assert [one["encodes"] for one in told if one["path"] == "19.2/fire"] == ["not_encoded"]
