"""What units inside leave of an open clause: how many of them may fail, against every way that they may come out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.analysis.room.rows import room_rows
from ncriteria.analysis.room.text import inside_text
from ncriteria.evaluation.criteria import Catalog
from ncriteria.evaluation.explanation.values import Voice
from ncriteria.facts.table import FactTable
from ncriteria.sets.catalog import set_catalog
from tests.evaluation.test_units_inside import CALM, hamlets, set_of, verdict

MET, FAILED = 0, 3
RULES = (
    ('share_met(hamlet, "calm:c") >= {n}/4', MET, FAILED),
    ('count_met(hamlet, "calm:c") >= {n}', MET, FAILED),
    ("count_of(hamlet, crimes > 1) <= {n}", FAILED, MET),
    ("share_of(hamlet, crimes > 1) < {n}/3", FAILED, MET),
    ('count_met(hamlet, "calm:c") = {n}', MET, FAILED),
)


def room_of(rule, rows):
    catalog = Catalog(set_catalog((CALM, set_of(rule))))
    (found,) = [one for one in room_rows(FactTable(tuple(rows)), catalog) if one.standard == "around"]
    return found.room


@given(
    st.sampled_from(RULES), st.integers(0, 4), st.lists(st.sampled_from([MET, FAILED, None]), min_size=1, max_size=5)
)
def test_as_many_may_fail_as_leave_the_clause_to_be_met_however_the_others_come_out(case, n, crimes):
    rule, met, failed = case
    rule = rule.format(n=n)
    found, open_now = room_of(rule, hamlets(crimes))["c"], crimes.count(None)
    if verdict(rule, hamlets(crimes)) != "undetermined":
        assert found.inside == ()
        return
    borne = []
    for number in range(open_now + 1):
        filled = iter([met] * number + [failed] * (open_now - number))
        if verdict(rule, hamlets([next(filled) if one is None else one for one in crimes])) != "not_met":
            borne.append(number)
    (inside,) = found.inside
    assert (inside.least, inside.most, inside.count) == (borne[0], borne[-1], open_now)
    assert [one.id for one in inside.open] == [f"h{number}" for number, one in enumerate(crimes) if one is None]


def told(rule, rows, language="en"):
    found = room_of(rule, rows)
    return [inside_text(Voice(language, found.criteria), one) for one in found["c"].inside]


@pytest.mark.parametrize(
    ("rule", "crimes", "stated", "expected"),
    [
        (
            'share_met(hamlet, "calm:c") >= 50%',
            [0, 3, None, None],
            None,
            "Clause [calm:c]: hamlets still open: 2; 1 of them may fail: Ấp 2, Ấp 3",
        ),
        (
            'share_met(hamlet, "calm:c") >= 75%',
            [0, 3, None],
            4,
            "Clause [calm:c]: hamlets still open: 2; none may fail: Ấp 2, 1 not in the table",
        ),
        (
            "count_of(hamlet, crimes > 1) <= 1",
            [3, None],
            None,
            "Crimes > 1: hamlets still open: 1; none may be so: Ấp 1",
        ),
        (
            "count_of(hamlet, crimes > 1) >= 1",
            [0, None, None],
            None,
            "Crimes > 1: hamlets still open: 2; at least 1 of them must be so: Ấp 1, Ấp 2",
        ),
        ("sum_of(hamlet, crimes) <= 3", [1, None], None, "Crimes: hamlets still open: 1: Ấp 1"),
    ],
)
def test_it_is_told_with_the_names_of_the_units(rule, crimes, stated, expected):
    assert told(rule, hamlets(crimes, stated=stated)) == [expected]


def test_it_is_told_in_vietnamese():
    rule = 'share_met(hamlet, "calm:c") >= 75%'
    assert told(rule, hamlets([0, 3, None], stated=4), "vi") == [
        "Clause [calm:c]: ấp chưa có kết quả: 2; không được có thêm đơn vị nào không đạt: Ấp 2, "
        "1 đơn vị chưa có trong bảng"
    ]


def test_a_program_that_gives_shares_is_told_how_many_may_fail():
    made = Catalog(set_catalog((CALM, set_of('share_met(hamlet, "calm:c") >= 70%'))))["test.commune"]
    found = nc.room(made, {}, year=2024, shares={("hamlet", "calm:c"): nc.RollUp(met=5, not_met=1, undetermined=4)})
    (inside,) = found["c"].inside
    assert (inside.may_fail, inside.open, inside.count) == (2, (), 4)
    text = inside_text(Voice("en", made.definition), inside)
    assert text == "Clause [calm:c]: hamlets still open: 4; 2 of them may fail"
