"""One deadline is kept by everything that may take long, and what many clauses refer to is read once."""

from __future__ import annotations

import math
import time

import pytest

import ncriteria as nc
from ncriteria.analysis.deadline import NEVER, Deadline, OutOfTimeError, deadline_in
from ncriteria.analysis.proof.common_facts import declared_facts, joint
from ncriteria.analysis.proof.judging import pair
from ncriteria.analysis.proof.meaning import meaning, meanings
from ncriteria.analysis.proof.prove import relate
from ncriteria.analysis.proof.relation_years import settings
from ncriteria.analysis.proof.search import search
from ncriteria.analysis.room.ends import Reason
from ncriteria.analysis.rule_testing.candidates import telling_rows
from ncriteria.evaluation.lowering import lower
from ncriteria.sets.loader import loads_set
from ncriteria.sets.model import CriteriaSet
from tests.rule_sets import HEAD

PAST = Deadline(-math.inf)


def _levels(levels: int, least: int = 3) -> CriteriaSet:
    """Clauses of which each refers twice to the one before it."""
    rules = [f"a <= {least}"]
    rules += [f'met("k{level}") or not met("k{level}") and b <= {level + 1}' for level in range(levels - 1)]
    clauses = "".join(
        f"  k{level}: {{title: K, rule: '{rule}', encodes: exact, cite: [{{instrument: T1}}]}}\n"
        for level, rule in enumerate(rules)
    )
    facts = "facts:\n  a: {title: A, type: count}\n  b: {title: B, type: count}\n"
    return loads_set(f"{HEAD}{facts}clauses:\n{clauses}")


def test_a_deadline_is_shared_and_none_lets_more_time_pass_than_is_left() -> None:
    assert 0 < deadline_in(10).part(0.1).left <= 1
    assert PAST.passed
    assert not NEVER.part(0.5).passed
    with pytest.raises(OutOfTimeError):
        PAST.check()


def test_the_meaning_of_a_clause_that_many_refer_to_is_read_once() -> None:
    started = time.monotonic()
    same, other = (meanings(lower(_levels(200, least), 2022)) for least in (3, 4))
    assert time.monotonic() - started < 5
    assert meaning(lower(_levels(200), 2022), "k199") == same["k199"]
    assert set(same.values()).isdisjoint(other.values())


def test_sets_whose_clauses_refer_to_each_other_are_compared_in_time() -> None:
    started = time.monotonic()
    found = nc.compare(nc.Criteria(_levels(12)), nc.Criteria(_levels(12, 4)), year=2022, timeout=0.5)
    assert time.monotonic() - started < 25
    assert [compared.difference.name for compared in found.clauses] == [f"k{level}" for level in range(12)]


def test_a_relation_for_which_no_time_is_left_is_unproved_and_nothing_was_searched() -> None:
    (setting,) = settings(_levels(3), _levels(3, 4), 2022)
    found = relate(setting, "k2", "k2", PAST)
    assert (found.proved, found.searched) == (False, 0)


def test_a_search_ends_with_its_time() -> None:
    (setting,) = settings(_levels(3), _levels(3), 2022)
    both = pair(setting, "k2", "k2")
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
        encode_set(lowered, Variables(declared_facts(lowered)), PAST)


def test_the_room_of_a_fact_that_is_not_found_in_time_is_told_and_not_guessed() -> None:
    criteria = nc.Criteria(_levels(3))
    found = nc.room(criteria, {"a": 1, "b": 2}, year=2022, timeout=1e-9)["k0"]["a"]
    assert [one.reason for one in found.not_solved] == [Reason.OUT_OF_TIME]
    assert not found.met
    assert "not found in time" in found.text(criteria.definition, "en")
    assert not nc.room(criteria, {"a": 1, "b": 2}, year=2022)["k0"]["a"].not_solved
