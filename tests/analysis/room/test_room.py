"""The room of one record: its words in both languages, what stands how far, and near misses."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest

import ncriteria as nc
from ncriteria.analysis.room.ends import Reason
from ncriteria.analysis.room.rooms import NearMiss, Progress, room
from ncriteria.analysis.room.value_sets import Choices, NumberRange, ValueSet
from ncriteria.language.tree import FactKey
from ncriteria.sets.model import Combination, Group, Verdict
from ncriteria.sets.sources import Bilingual
from tests.analysis.room.room_sets import YEAR, clause, with_clauses
from tests.case_files import cases


def fact(given):
    if isinstance(given, str) and given.startswith(">="):
        return nc.AtLeast(int(given[2:]))
    return Fraction(given) if isinstance(given, str) and "/" in given else given


def facts(given):
    return {name: fact(value) for name, value in given.items()}


def room_in(case):
    conditions = {"applies_when": case["applies_when"]} if "applies_when" in case else {}
    criteria = with_clauses(clause("c", case["rule"], **conditions))
    earlier = {YEAR - 2: facts(case["earlier"])} if "earlier" in case else None
    before = facts(case.get("prev_year", {}))
    vary = case.get("vary", "crimes")
    found = room(criteria, facts(case["facts"]), prev_year=before, earlier=earlier, year=YEAR, vary=[vary])
    return criteria, found["c"][vary]


@pytest.mark.parametrize("case", cases(__file__, "room_words"))
def test_the_room_is_told_in_both_languages(case):
    criteria, found = room_in(case)
    assert found.text(criteria.definition, "en") == case["en"]
    assert found.text(criteria.definition, "vi") == case["vi"]


def rule(text, **given):
    return room(with_clauses(clause("c", text)), given, year=YEAR)["c"]


def test_a_set_of_counts_has_whole_numbers_only():
    found = rule("crimes <= 54", crimes=55)["crimes"]
    assert found.met == ValueSet((NumberRange(Fraction(0), Fraction(54)),), NumberRange(Fraction(0)), Fraction(1))
    assert 54 in found.met
    assert 55 not in found.met
    assert Fraction(107, 2) not in found.met
    assert -1 not in found.met
    assert 55 in found.not_met


def test_a_set_of_numbers_keeps_its_ends_open_or_closed():
    found = room(with_clauses(clause("c", "area > 2 and area * 3 <= 10")), {}, year=YEAR)["c"]["area"]
    assert found.met.spans == (NumberRange(Fraction(2), Fraction(10, 3), low_closed=False),)
    assert 2 not in found.met
    assert Fraction(10, 3) in found.met
    assert Fraction(10, 3) + Fraction(1, 10**12) not in found.met


def test_a_set_of_days_is_asked_with_days():
    found = rule('decided_on > @"2024-03-31"')["decided_on"]
    assert datetime.date(2024, 4, 1) in found.met
    assert datetime.date(2024, 3, 31) in found.not_met


def test_a_set_of_choices_holds_the_values_themselves():
    found = rule('status = "đạt"')["status"]
    assert found.met == Choices(("đạt",), ("đạt", "chưa đạt", "chưa xét"))
    assert "chưa xét" in found.not_met


def test_values_without_a_verdict_are_a_set_of_their_own():
    found = room(with_clauses(clause("c", "100 / crimes > 3"), clause("d", "accidents = 0")), {"crimes": 0}, year=YEAR)
    assert found.whole.verdict is None
    assert found["c"].verdict is None
    assert found["d"].verdict is Verdict.UNDETERMINED
    assert found["c"]["crimes"].no_value.spans == (NumberRange(Fraction(0), Fraction(0)),)
    assert found.whole["crimes"].no_value.spans == (NumberRange(Fraction(0), Fraction(0)),)
    assert not found.whole["accidents"].met


def test_what_cannot_be_solved_is_told_with_the_reason():
    found = rule("floor(crimes / 2) * 2 = crimes", crimes=4)["crimes"]
    assert [refused.reason for refused in found.not_solved] == [Reason.UNENDING]
    assert not any(10 in values for values in (found.met, found.not_met, found.undetermined, found.no_value))


def test_a_clause_that_cannot_be_solved_leaves_the_others_solved():
    members = clause("c", "floor(crimes / 2) * 2 = crimes"), clause("d", "crimes <= 3")
    found = room(with_clauses(*members), {"crimes": 4}, year=YEAR)
    assert found["d"]["crimes"].met.spans == (NumberRange(Fraction(0), Fraction(3)),)
    assert found["c"]["crimes"].not_solved


def test_at_least_two_of_three_leaves_the_room_of_the_second():
    members = [clause("g/a", "crimes <= 2"), clause("g/b", "crimes <= 5"), clause("g/c", "crimes <= 9")]
    group = Group("g", Bilingual("g", "g"), Combination.AT_LEAST, tuple(members), 2)
    found = room(with_clauses(group), {"crimes": 4}, year=YEAR)
    assert found["g"]["crimes"].met.spans == (NumberRange(Fraction(0), Fraction(5)),)


def test_a_reference_to_a_clause_carries_its_room():
    members = clause("c", "crimes <= 2"), clause("d", 'met("c") or accidents = 0')
    found = room(with_clauses(*members), {"crimes": 4, "accidents": 1}, year=YEAR)
    assert found["d"]["crimes"].met.spans == (NumberRange(Fraction(0), Fraction(2)),)


def test_facts_of_earlier_years_vary_where_they_are_asked_for():
    criteria = with_clauses(clause("c", "crimes <= prev_year * 0.95"))
    found = room(criteria, {"crimes": 19}, prev_year={"crimes": 19}, year=YEAR, vary=["prev_year.crimes"])
    assert found["c"]["prev_year.crimes"].met.spans == (NumberRange(Fraction(20), None),)
    assert list(room(criteria, {"crimes": 19}, year=YEAR)["c"].facts) == [FactKey("crimes")]


@pytest.mark.parametrize(("name", "hint"), [("crime", "did you mean `crimes`"), ("crimes + 1", "write a fact")])
def test_a_fact_that_the_set_does_not_know_is_refused(name, hint):
    with pytest.raises(nc.EvaluationError, match="NC304") as error:
        room(with_clauses(clause("c", "crimes <= 2")), {}, year=YEAR, vary=[name])
    assert hint in str(error.value)


def test_a_clause_that_does_not_rest_on_a_fact_says_so():
    with pytest.raises(KeyError, match="does not rest on 'accidents'"):
        rule("crimes <= 2")["accidents"]


@pytest.mark.parametrize(
    ("text", "crimes", "progress"),
    [
        ("crimes <= 2", nc.AtLeast(3), Progress.LOST),
        ("crimes <= 3", nc.AtLeast(3), Progress.OPEN),
        ("crimes >= 3", nc.AtLeast(3), Progress.CERTAIN),
        ("crimes >= 4", nc.AtLeast(3), Progress.OPEN),
        ("3 * crimes - crimes <= 5", nc.AtLeast(3), Progress.LOST),
        ("crimes * crimes <= 2", nc.AtLeast(3), Progress.LOST),
        ("crimes * crimes <= 20", nc.AtLeast(3), Progress.OPEN),
        ("crimes != 2", nc.AtLeast(3), Progress.CERTAIN),
        ("crimes <= 2", 3, Progress.LOST),
        ("crimes <= 2", None, Progress.OPEN),
    ],
)
def test_what_is_known_so_far_is_lost_open_or_certain(text, crimes, progress):
    assert rule(text, crimes=crimes).progress is progress


@pytest.mark.parametrize(
    ("text", "crimes", "expected"),
    [
        ("crimes <= 2", 3, [(-1, Verdict.NOT_MET, Verdict.MET)]),
        ("crimes <= 2", 2, [(1, Verdict.MET, Verdict.NOT_MET)]),
        ("crimes <= 2", 4, []),
        ("crimes = 2", 2, [(-1, Verdict.MET, Verdict.NOT_MET), (1, Verdict.MET, Verdict.NOT_MET)]),
        ("crimes <= 0", 0, [(1, Verdict.MET, Verdict.NOT_MET)]),
        ("100 / crimes > 3", 1, [(-1, Verdict.MET, None)]),
        ("crimes <= 3", nc.AtLeast(3), [(1, Verdict.UNDETERMINED, Verdict.NOT_MET)]),
        ("crimes <= 3", nc.AtLeast(2), []),
        ("crimes >= 3", nc.AtLeast(2), [(1, Verdict.UNDETERMINED, Verdict.MET)]),
        ("crimes <= 3", None, []),
    ],
)
def test_near_misses_are_what_one_case_either_way_turns(text, crimes, expected):
    found = rule(text, crimes=crimes)
    assert found.near_misses == tuple(NearMiss("c", FactKey("crimes"), *turn) for turn in expected)
