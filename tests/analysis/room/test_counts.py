"""Which counts a rule says something of, and which are only what others are measured against."""

from __future__ import annotations

import pytest

from ncriteria.analysis.room.counts import measured_against, tightest
from ncriteria.analysis.room.rooms import room
from ncriteria.sets.model import WHOLE_SET
from tests.analysis.room.room_sets import YEAR, clause, with_clauses


@pytest.mark.parametrize(
    ("rules", "against"),
    [
        (["crimes >= accidents * 80%"], {"accidents"}),
        (["accidents * 80% <= crimes"], {"accidents"}),
        (["crimes / accidents >= 0.8"], {"accidents"}),
        (["crimes >= accidents", "accidents <= 5"], set()),  # another rule says how many there may be
        (["crimes <= prev_year * 0.9"], set()),
        (["crimes + accidents <= 9"], set()),
    ],
)
def test_what_is_only_in_a_limit_is_what_others_are_measured_against(rules, against):
    criteria = with_clauses(*(clause(f"c{number}", rule) for number, rule in enumerate(rules)))
    assert measured_against(criteria.definition) == against


def test_the_count_that_a_rule_is_about_comes_before_what_it_is_measured_against():
    found = room(with_clauses(clause("c", "crimes >= accidents * 80%")), {"crimes": 3, "accidents": 5}, year=YEAR)
    told = [(one.fact.name, one.limit, one.needed) for one in tightest(found, WHOLE_SET)]
    assert told == [("crimes", None, 4), ("accidents", 3, None)]
