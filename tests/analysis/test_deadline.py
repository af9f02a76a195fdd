"""One deadline is kept by everything that may take long, and what many clauses refer to is read once."""

from __future__ import annotations

import math
import time

import pytest
from attrs import define
from hypothesis import given
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.analysis import deadline as deadlines
from ncriteria.analysis.deadline import NEVER, Deadline, OutOfTimeError, deadline_in
from ncriteria.analysis.proof.common_facts import declared_facts, joint
from ncriteria.analysis.proof.judging import Pair, TwoSets
from ncriteria.analysis.proof.meaning import meanings
from ncriteria.analysis.proof.prove import relate
from ncriteria.analysis.proof.relation_years import settings
from ncriteria.analysis.proof.search import search
from ncriteria.analysis.room.ends import Reason
from ncriteria.analysis.room.rows import room_rows
from ncriteria.analysis.telling.candidates import telling_rows
from ncriteria.evaluation.lowering import lower
from ncriteria.sets.loader import loads_set
from ncriteria.sets.model import CriteriaSet, FactDeclaration
from tests.rule_sets import HEAD

PAST = Deadline(-math.inf)


@define
class Clock:
    """A clock that stands still but for what is put on, and for `tick` seconds each time that it is looked at."""

    now: float = 0.0
    tick: float = 0.0

    def __call__(self) -> float:
        self.now += self.tick
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock that every deadline looks at."""
    clock = Clock()
    monkeypatch.setattr(deadlines, "monotonic", clock)
    return clock


RENAMED = [("k0", "a <= 3 and b <= 1"), ("other", "not (a > 3 or b > 1)")]


def _levels(levels: int, least: int = 3) -> CriteriaSet:
    """Clauses of which each refers twice to the one before it."""
    return loads_set(_text(levels, least))


def _text(levels: int, least: int = 3) -> str:
    rules = [f"a <= {least}"]
    rules += [f'met("k{level}") or not met("k{level}") and b <= {level + 1}' for level in range(levels - 1)]
    clauses = "".join(
        f"  k{level}: {{title: K, rule: '{rule}', encodes: exact, cite: [{{instrument: T1}}]}}\n"
        for level, rule in enumerate(rules)
    )
    facts = "facts:\n  a: {title: A, type: count}\n  b: {title: B, type: count}\n"
    return f"{HEAD}{facts}clauses:\n{clauses}"


def test_a_deadline_is_shared_and_none_lets_more_time_pass_than_is_left() -> None:
    assert 0 < deadline_in(10).part(0.1).left <= 1
    assert PAST.passed
    assert not NEVER.part(0.5).passed
    with pytest.raises(OutOfTimeError):
        PAST.check()


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_questions_share_the_time_so_that_none_takes_it_all_and_none_is_lost(used: list[float]) -> None:
    clock = Clock()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(deadlines, "monotonic", clock)
        whole = deadline_in(60)
        for number, part in enumerate(used):
            waiting, left = len(used) - number, whole.left
            turn = whole.turn(waiting).left
            assert turn > 0
            assert turn == pytest.approx(left if waiting == 1 else min(left / 2, 3 * left / waiting))
            clock.now += part * turn
        assert whole.left >= 0 or whole.left == pytest.approx(0)


def test_a_question_may_have_a_least_time_but_never_more_than_half_of_what_is_left(clock: Clock) -> None:
    whole = deadline_in(60)
    assert whole.turn(1000).left == pytest.approx(0.18)
    assert whole.turn(1000, 10).left == pytest.approx(10)
    clock.now = 50
    assert whole.turn(1000, 10).left == pytest.approx(5)
    clock.now = 70
    assert whole.turn(1000, 10).passed


def test_the_meaning_of_a_clause_that_many_refer_to_is_read_once() -> None:
    started = time.monotonic()
    same, other = (meanings(lower(_levels(200, least), 2022)) for least in (3, 4))
    assert time.monotonic() - started < 5
    assert set(same.values()).isdisjoint(other.values())


def _relations(found: nc.Comparison) -> list[nc.ClauseRelation]:
    by_clause = [by_year.relation for compared in found.clauses for by_year in compared.relations]
    return [*by_clause, *(by_year.relation for by_year in found.whole)]


def test_the_time_of_a_comparison_is_that_of_all_its_relations(clock: Clock) -> None:
    clock.tick = 0.01
    found = nc.compare(nc.Criteria(_levels(12)), nc.Criteria(_levels(12, 4)), year=2022, timeout=3)
    looks_of_each_afterwards = 6 * clock.tick
    assert clock.now <= 3 + 13 * looks_of_each_afterwards
    assert [compared.difference.name for compared in found.clauses] == [f"k{level}" for level in range(12)]
    relations = _relations(found)
    assert len(relations) == 13
    assert {relation.in_time for relation in relations if not relation.proved} <= {False}
    assert not all(relation.proved for relation in relations)


def test_what_is_not_reached_in_time_is_named_and_what_is_the_same_is_proved_all_the_same() -> None:
    pytest.importorskip("z3")
    old = _levels(3)
    new = loads_set(_text(3).replace("b <= 2", "b <= 5"))
    (found,) = nc.prove(nc.Criteria(old), nc.Criteria(new), year=2022, timeout=1e-9).years
    told = {one.new_path: (one.relation, one.proved, one.in_time, one.searched) for one in found.clauses}
    late, same = (None, False, False, 0), (nc.Relation.EQUIVALENT, True, True, 0)
    assert told == {"k0": same, "k1": same, "k2": late}
    assert (found.whole.relation, found.whole.in_time) == (None, False)
    assert found.old_remarks.undecided == found.new_remarks.undecided == ("k0", "k1", "k2")


def test_a_hard_clause_leaves_time_to_those_after_it(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    solving = pytest.importorskip("ncriteria.analysis.proof.solving.pairs")
    given: dict[str, float] = {}
    proved = solving.prove_pair

    def slow(pair: Pair, declared: dict[str, tuple[FactDeclaration, ...]], deadline: Deadline) -> nc.ClauseRelation:
        given[pair.new_path] = deadline.left
        if pair.new_path == "":
            clock.now += deadline.left
            return nc.ClauseRelation("", "")
        return proved(pair, declared, deadline)

    monkeypatch.setattr(solving, "prove_pair", slow)
    (found,) = nc.prove(nc.Criteria(_levels(3)), nc.Criteria(_levels(3, 4)), year=2022, timeout=600).years
    assert [one.proved for one in found.clauses] == [True, True, True]
    assert not found.whole.proved
    # What is left by the others is shared by those that wait.
    assert 0 < given["k0"] <= given["k1"] < given["k2"]


def test_a_rename_that_is_not_decided_in_time_is_told() -> None:
    pytest.importorskip("z3")
    old, new = (nc.Criteria(loads_set(_text(1).replace("k0", name).replace("a <= 3", rule))) for name, rule in RENAMED)
    late, found = (nc.compare(old, new, year=2022, timeout=seconds) for seconds in (1e-9, 60))
    assert late.undecided_renames == ("k0",)
    assert [compared.difference.change.value for compared in late.clauses] == ["added", "removed"]
    assert found.undecided_renames == ()
    assert [compared.difference.change.value for compared in found.clauses] == ["renamed"]


def test_the_rooms_of_a_table_share_one_time(clock: Clock) -> None:
    # What was found for one row is found for others, so every row is another case here.
    criteria = nc.Criteria(loads_set(_text(1).replace("a <= 3", "a + b <= 50")))
    text = "unit,year,a,b\n" + "".join(f"u{number},2022,{number},{number % 7}\n" for number in range(40))
    table = nc.read_facts_text(text, "csv", criteria.definition.facts)
    clock.tick = 0.01
    found = list(room_rows(table, criteria, timeout=1))
    assert len(found) == 40
    rooms = [one.room["k0"]["a"] for one in found if one.room is not None]
    assert not rooms[0].not_solved
    assert [one.reason for one in rooms[-1].not_solved] == [Reason.OUT_OF_TIME]
    assert len(rooms) == 40


def test_a_relation_for_which_no_time_is_left_is_unproved_and_nothing_was_searched() -> None:
    (setting,) = settings(_levels(3), _levels(3, 4), 2022)
    found = relate(TwoSets.of(setting), "k2", "k2", PAST)
    assert (found.proved, found.searched) == (False, 0)


def test_a_search_ends_with_its_time() -> None:
    (setting,) = settings(_levels(3), _levels(3), 2022)
    both = TwoSets.of(setting).pair("k2", "k2")
    declared = {name: joint(given) for name, given in declared_facts(both.old.lowered, both.new.lowered).items()}
    assert search(both, declared, [], PAST).tried == 0
    with pytest.raises(OutOfTimeError):
        list(telling_rows(_levels(3), 2022, deadline=PAST))


def test_rules_are_written_for_the_solver_only_while_there_is_time() -> None:
    pytest.importorskip("z3")
    from ncriteria.analysis.proof.solving.sets import encode_set
    from ncriteria.analysis.proof.solving.variables import Variables

    lowered = lower(_levels(3), 2022)
    with pytest.raises(OutOfTimeError):
        encode_set(lowered, Variables(declared_facts(lowered), 2022), PAST)


def test_the_room_of_a_fact_that_is_not_found_in_time_is_told_and_not_guessed() -> None:
    criteria = nc.Criteria(_levels(3))
    found = nc.room(criteria, {"a": 1, "b": 2}, year=2022, timeout=1e-9)["k0"]["a"]
    assert [one.reason for one in found.not_solved] == [Reason.OUT_OF_TIME]
    assert not found.met
    assert "not found in time" in found.text(criteria.definition, "en")
    assert not nc.room(criteria, {"a": 1, "b": 2}, year=2022)["k0"]["a"].not_solved
