"""Where a unit stands in a year that still runs, against every way that the year can end."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import ceil

from attrs import evolve
from hypothesis import event, given
from hypothesis import strategies as st

from ncriteria.analysis.watching.standing import Standing
from ncriteria.analysis.watching.watch import watched_table
from ncriteria.evaluation.criteria import Criteria
from ncriteria.facts.table import FactRow, FactTable, Month, Unit
from ncriteria.language.tree import FactKey
from ncriteria.sets.model import Combination, Group, Level
from ncriteria.sets.sources import Bilingual
from tests.analysis.room.room_sets import YEAR, clause, with_clauses
from tests.evaluation.completions import World

COUNTS = ("crimes", "accidents", "số_vụ")
MOST = 9
"""More than any limit of the rules below, so that nothing beyond it comes out otherwise."""
AUGUST = Month(YEAR, 8)
RATE = Fraction(12, 8)

ends = st.integers(0, 4)


@st.composite
def rules(draw, facts):
    """A rule over facts that no other rule looks at."""
    shape = draw(st.sampled_from(("{0} <= {n}", "{0} >= {n}", "{0} <= {n} or resolution", "{0} in [{n}..{m}]")))
    if len(facts) == 2:
        shape = draw(st.sampled_from(("{0} + {1} <= {n}", "{0} <= {n} and {1} <= {m}", "2 * {0} + {1} <= {m}")))
    low = draw(ends)
    return shape.format(*facts, n=low, m=low + draw(ends))


@st.composite
def sets(draw):
    """Up to three clauses, in a group or not; each fact is looked at once, so that bounds tell all that there is."""
    names = draw(st.permutations(COUNTS))
    shared = draw(st.booleans())
    facts = [names[:2], names[2:]] if shared else [[name] for name in names[: draw(st.integers(1, 3))]]
    texts = [draw(rules(one)) for one in facts]
    texts[1:] = [text.replace(" or resolution", "") for text in texts[1:]]
    combination = draw(st.sampled_from(Combination))
    members = [clause(f"g/c{number}", text) for number, text in enumerate(texts)]
    minimum = draw(st.integers(1, len(members))) if combination is Combination.AT_LEAST else None
    return Group("g", Bilingual("g", "g"), combination, tuple(members), minimum)


def is_met(group, facts):
    world = World(YEAR, {(name, YEAR): value for name, value in facts.items()})
    holding = sum(world.value(member.rule) for member in group.members)
    needed = {Combination.ALL: len(group.members), Combination.ANY: 1, Combination.AT_LEAST: group.minimum}
    return holding >= needed[group.combination]


def outcomes(group, facts, **fixed):
    """Whether the group is met in every way that the year can end; some facts are taken as they are said to be."""
    ranges = {name: range(value, MOST + 1) if name in COUNTS else (value,) for name, value in facts.items()}
    for name in COUNTS:
        ranges.setdefault(name, range(MOST + 1))
    ranges.setdefault("resolution", (False, True))
    ranges |= {name: (value,) for name, value in fixed.items()}
    return {is_met(group, dict(zip(ranges, values, strict=True))) for values in product(*ranges.values())}


def expected(group, facts, sums):
    """Where the unit stands, by trying every end of the year; counts that are no `sums` have no pace."""
    seen = outcomes(group, facts)
    if seen == {False}:
        return Standing.LOST
    if seen == {True}:
        return Standing.CERTAIN
    counts = {name: value for name, value in facts.items() if name in COUNTS}
    paces = {name: value * RATE if name in sums else value for name, value in counts.items()}
    at_risk = outcomes(group, facts, **{name: ceil(pace) for name, pace in paces.items()}) == {False}
    for name, value in counts.items():
        bears_now = True in outcomes(group, facts, **{name: value})
        no_more = outcomes(group, facts, **{name: value + 1}) == {False}
        is_none_at_all = value == 0 and all(
            outcomes(group, facts, **{name: further}) == {False} for further in range(1, MOST + 1)
        )
        at_risk |= bears_now and no_more and not is_none_at_all
        at_risk |= outcomes(group, facts, **{name: paces[name]}) == {False}
    return Standing.AT_RISK if at_risk else Standing.OPEN


def watched(group, facts, sums):
    values = {FactKey(name): Fraction(value) if name in COUNTS else value for name, value in facts.items()}
    row = FactRow(Unit("a", "Xã A", Level.DISTRICT), YEAR, values)
    definition = with_clauses(group).definition
    declared = {name: evolve(definition.facts[name], aggregate="sum") for name in sums}
    criteria = Criteria(evolve(definition, facts={**definition.facts, **declared}))
    (found,) = watched_table(FactTable((row,)), criteria, AUGUST).rows
    return found


@given(st.data())
def test_a_unit_stands_where_trying_every_end_of_the_year_puts_it(data):
    group = data.draw(sets())
    facts = {name: data.draw(st.integers(0, 5)) for name in COUNTS if data.draw(st.booleans())}
    if data.draw(st.booleans()):
        facts["resolution"] = data.draw(st.booleans())
    sums = data.draw(st.sets(st.sampled_from(COUNTS)))
    found, stands = watched(group, facts, sums), expected(group, facts, sums)
    event(stands.value)
    assert found.standing is stands
