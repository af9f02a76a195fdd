"""Roll-ups over units inside: decided as early as what is missing allows, and told unit by unit."""

from __future__ import annotations

import datetime
import re
from fractions import Fraction
from itertools import product

import duckdb
import polars as pl
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.evaluation.criteria import Catalog, Criteria
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.explanation.grounds import ground_lines
from ncriteria.facts.table import FactRow, FactTable, Unit
from ncriteria.language.tree import THIS_YEAR, FactKey
from ncriteria.sets.catalog import set_catalog
from ncriteria.sets.loader import loads_set
from ncriteria.sets.model import Level
from ncriteria.sets.needs import needs_of

SET = """\
format: ncriteria/1
set:
  id: test.{level}
  standard: {standard}
  title: A set
  instrument: {{number: "1/TEST", issuer: Test}}
  years: {{from: 2021}}
  level: {level}
facts:
  crimes: {{title: {{vi: Số vụ, en: Crimes}}, type: count, max: 3, unit: {{vi: vụ, en: cases}}, aggregate: sum}}
  change: {{title: {{vi: Tăng giảm, en: Change}}, type: number, decimals: 1, aggregate: sum}}
clauses:
  c: {{title: Clause, rule: '{rule}', encodes: exact, cite: [{{instrument: "1/TEST"}}]}}
"""


def set_of(rule, level="commune", standard="around"):
    return loads_set(SET.format(rule=rule, level=level, standard=standard))


CALM = set_of("crimes <= 1", "hamlet", "calm")
YEAR = 2024


def hamlets(crimes, *, stated=None, year=YEAR, name="Ấp", fact="crimes"):
    """A commune with a hamlet for each figure, `None` for one that is not known."""
    yield FactRow(Unit("c", "Xã C", Level.COMMUNE), year, {}, child_counts={Level.HAMLET: stated} if stated else {})
    for number, value in enumerate(crimes):
        values = {} if value is None else {FactKey(fact): Fraction(value)}
        yield FactRow(Unit(f"h{number}", f"{name} {number}", Level.HAMLET, "c"), year, values)


def judged(rule, rows, **more):
    catalog = Catalog(set_catalog((CALM, set_of(rule))))
    found = nc.evaluate_rows(FactTable(tuple(rows)), catalog, **more)
    return [one for one in found if one.standard == "around"]


def verdict(rule, rows):
    (found,) = judged(rule, rows)
    return found.result["c"].verdict.value


RULES = (
    "count_of(hamlet, crimes > {n}) <= 1",
    'count_met(hamlet, "calm:c") >= {n}',
    "share_of(hamlet, crimes <= {n}) >= 70%",
    'share_met(hamlet, "calm:c") < {n}/3',
    "sum_of(hamlet, crimes) <= {n} * 2",
    "sum_of(hamlet, crimes) = {n}",
    "sum_of(hamlet, 3 * crimes / 2) > {n} + 2",
)


@given(st.sampled_from(RULES), st.integers(0, 3), st.lists(st.integers(0, 3) | st.none(), min_size=1, max_size=5))
def test_a_roll_up_is_decided_as_soon_as_no_completion_of_the_missing_figures_changes_it(rule, n, crimes):
    rule = rule.format(n=n)
    missing = crimes.count(None)
    seen = set()
    for values in product(range(4), repeat=min(missing, 3)):
        filled = iter(values + (0,) * (missing - len(values)))
        seen.add(verdict(rule, hamlets([next(filled) if one is None else one for one in crimes])))
    if missing > 3:
        return
    assert verdict(rule, hamlets(crimes)) == (seen.pop() if len(seen) == 1 else "undetermined")


@pytest.mark.parametrize(
    ("rule", "crimes", "stated", "found"),
    [
        ('share_met(hamlet, "calm:c") >= 70%', [1] * 7, 10, "met"),
        ('share_met(hamlet, "calm:c") >= 70%', [1] * 6, 10, "undetermined"),
        ('share_met(hamlet, "calm:c") >= 70%', [2] * 4, 10, "not_met"),
        ('share_met(hamlet, "calm:c") = 100%', [1, 1, 2, None], 9, "not_met"),
        ("sum_of(hamlet, crimes) <= 4", [2, 3], 9, "not_met"),
        ("sum_of(hamlet, crimes) <= 4", [2, 1], 9, "undetermined"),
        ("sum_of(hamlet, crimes) <= 9", [3, 3], 3, "met"),
        ("count_of(hamlet, crimes = 0) = 0", [1, 2], 2, "met"),
    ],
)
def test_units_of_which_the_table_has_no_row_are_awaited(rule, crimes, stated, found):
    assert verdict(rule, hamlets(crimes, stated=stated)) == found


def test_a_sum_of_numbers_that_may_be_negative_has_no_bounds_while_a_unit_is_missing():
    rule = "sum_of(hamlet, change) <= 9"
    assert verdict(rule, hamlets([Fraction(5, 2), -3], fact="change")) == "met"
    assert verdict(rule, hamlets([Fraction(5, 2), None], fact="change")) == "undetermined"


def lines(rule, rows, language):
    (found,) = judged(rule, rows)
    return list(ground_lines(found.result, found.result["c"], language))


def test_the_units_that_decide_and_those_that_are_awaited_are_named():
    rows = [*hamlets([1, 2, None, 3, 0], stated=7)]
    assert lines('share_met(hamlet, "calm:c") >= 70%', rows, "vi") == [
        "? tỷ lệ đơn vị cấp ấp đạt Clause [calm:c]: từ khoảng 28,6%, tức 200/7% đến khoảng 71,4%, tức 500/7%; "
        "tối thiểu 70%",
        "• Clause [calm:c]: đạt: Ấp 0, Ấp 4; chưa đạt: Ấp 1, Ấp 3; còn chờ: Ấp 2; còn chờ, chưa có trong bảng: 2",
    ]
    assert lines("count_of(hamlet, crimes > 1) <= 1", rows, "en") == [
        "✗ number of hamlets with Crimes > 1: 2 to 5; at most 1 allowed",
        "• Crimes > 1: yes: Ấp 1, Ấp 3; no: Ấp 0, Ấp 4; awaited: Ấp 2; awaited and not in the table: 2",
    ]
    assert lines("sum_of(hamlet, crimes) <= 4", rows, "en") == [
        "✗ sum over hamlets: Crimes: 6 cases to 15 cases; at most 4 allowed",
        "• Crimes: Ấp 0: 1, Ấp 1: 2, Ấp 3: 3, Ấp 4: 0; awaited: Ấp 2; awaited and not in the table: 2",
    ]


def test_a_long_list_of_units_is_folded_and_homonyms_have_their_identifiers():
    assert lines("count_of(hamlet, crimes > 1) = 0", hamlets([1] * 10), "en")[1] == (
        "• Crimes > 1: no: Ấp 0, Ấp 1, Ấp 2, Ấp 3, Ấp 4, Ấp 5, Ấp 6, Ấp 7 and 2 more"
    )
    rows = [*hamlets([1, 2])]
    rows = [rows[0], *(FactRow(Unit(row.unit.id, "Ấp", Level.HAMLET, "c"), YEAR, row.values) for row in rows[1:])]
    assert lines("count_of(hamlet, crimes > 1) = 0", rows, "en")[1] == "• Crimes > 1: yes: Ấp (h1); no: Ấp (h0)"


def divided(*, crimes=1, change=0):
    """A district with a commune of two hamlets: a rule that divides by the change has no value in the first."""
    yield FactRow(Unit("d", "Huyện D", Level.DISTRICT), YEAR, {})
    yield FactRow(Unit("c", "Xã C", Level.COMMUNE, "d"), YEAR, {})
    for name, by in (("h0", change), ("h1", None)):
        values = {FactKey("crimes"): Fraction(crimes)} | ({} if by is None else {FactKey("change"): Fraction(by)})
        yield FactRow(Unit(name, f"Ấp {name}", Level.HAMLET, "c"), YEAR, values)


NO_VALUE = "division by zero: `change` is 0"


def told_of(rule, level, language="en"):
    catalog = Catalog(set_catalog((set_of(rule, level),)))
    (found,) = [one for one in nc.evaluate_rows(FactTable(tuple(divided())), catalog) if one.standard == "around"]
    result = found.result
    again, told = nc.Result.from_json(result.to_json(language)), list(ground_lines(result, result["c"], language))
    assert list(ground_lines(again, again["c"], language)) == told
    return next(one for one in told if one.startswith("•"))


def test_a_unit_in_which_a_condition_has_no_value_is_awaited_with_the_reason():
    assert told_of("count_of(hamlet, crimes / change > 1) = 0", "commune") == (
        f"• «Crimes» / «Change» > 1: awaited: Ấp h1; awaited: Ấp h0 ({NO_VALUE})"
    )


def test_the_reason_goes_with_the_unit_around_the_one_that_has_no_value():
    rule = "count_of(commune, share_of(hamlet, crimes / change > 1) >= 50%) = 0"
    assert told_of(rule, "district").endswith(f"awaited: Xã C (Ấp h0: {NO_VALUE})")


def test_a_result_that_is_read_back_has_the_units_inside():
    (found,) = judged("sum_of(hamlet, crimes) <= 4", hamlets([1, None]))
    again = nc.Result.from_json(found.result.to_json())
    assert again.record.inside == found.result.record.inside
    assert [one.found for one in again.record.inside["hamlet", "sum_of(crimes)"].units] == [Fraction(1), None]


DAY = datetime.date(2025, 1, 1)
MERGED = nc.Lineage([nc.Change(old=old, new="h0", share=nc.Share.WHOLE, day=DAY) for old in ("h0", "h1", "h2")])


def dissolved():
    yield from hamlets([1, 3, 3], year=2024)
    yield FactRow(Unit("c", "Xã C", Level.COMMUNE), 2025, {})
    yield FactRow(Unit("h0", "Ấp 0", Level.HAMLET, "c"), 2025, {FactKey("crimes"): Fraction(2)})


LEAVING = {
    "count_of(hamlet, crimes <= 2) = 1": (["met", "undetermined"], ["met", "met"]),
    "share_of(hamlet, crimes <= 2) = 1": (["not_met", "undetermined"], ["not_met", "met"]),
    "sum_of(hamlet, crimes) = 2": (["not_met", "undetermined"], ["not_met", "met"]),
    "sum_of(hamlet, prev_year.crimes) = 7": (["undetermined", "undetermined"], ["undetermined", "met"]),
}
"""Rules about the units inside, with their verdicts in 2024 and 2025 without a lineage and with one."""


def frame_of_dissolved():
    rows = [
        (r.unit.id, r.year, r.unit.level.value, r.unit.parent, *map(int, r.values.values() or [-1]))
        for r in dissolved()
    ]
    frame = pl.DataFrame(rows, ["unit", "year", "level", "parent", "crimes"], orient="row")
    return frame.with_columns(pl.col("crimes").replace(-1, None))


@pytest.mark.parametrize("rule", LEAVING)
def test_units_that_are_no_more_leave_the_count_on_their_day(rule):
    rows, frame, (without, with_lineage) = tuple(dissolved()), frame_of_dissolved(), LEAVING[rule]
    for lineage, expected in ((nc.Lineage(()), without), (MERGED, with_lineage)):
        found = {one.row.year: one.result["c"].verdict.value for one in judged(rule, rows, lineage=lineage)}
        assert [found[2024], found[2025]] == expected
        columns = nc.evaluate_table(frame, Criteria(set_of(rule)), lineage=lineage)
        in_columns = {row["year"]: row["c"] for row in columns.filter(unit="c").iter_rows(named=True)}
        assert [in_columns[2024], in_columns[2025]] == expected


def test_on_duckdb_units_that_are_no_more_leave_the_count_too():
    first, *others = [set_of(rule) for rule in LEAVING]
    clauses = [evolve(one.clauses[0], path=f"c{number}") for number, one in enumerate((first, *others))]
    relation = duckdb.from_arrow(frame_of_dissolved().to_arrow())
    judged_table = nc.evaluate_table(relation, Criteria(evolve(first, clauses=tuple(clauses)))).pl()
    for number, (without, _) in enumerate(LEAVING.values()):
        found = dict(judged_table.filter(unit="c").select("year", f"c{number}").iter_rows())
        assert found == dict(zip((2024, 2025), without, strict=True))


def test_a_program_gives_what_is_known_of_the_units_inside():
    criteria = Criteria(set_of("sum_of(hamlet, crimes) + count_of(hamlet, crimes > 1) <= 9"))
    shares = {("hamlet", "sum_of(crimes)"): 7, ("hamlet", "(crimes > 1)"): nc.RollUp(1, 2, 1)}
    assert criteria.evaluate({}, shares=shares)["c"].verdict is nc.Verdict.MET
    shares["hamlet", "sum_of(crimes)"] = nc.AtLeast(9)
    assert criteria.evaluate({}, shares=shares)["c"].verdict is nc.Verdict.NOT_MET
    with pytest.raises(nc.NCriteriaError, match=re.escape("NC203 `sum_of(crimes)` = -1")):
        criteria.evaluate({}, shares={("hamlet", "sum_of(crimes)"): -1})


def test_more_units_than_are_stated_are_refused_by_a_sum_in_columns_too():
    frame = pl.DataFrame(
        {
            "unit": ["c", "h0", "h1"],
            "year": [2024] * 3,
            "level": ["xã", "ấp", "ấp"],
            "parent": [None, "c", "c"],
            "crimes": [None, 1, 1],
            "hamlet_count": [1, None, None],
        }
    )
    with pytest.raises(EvaluationError, match="NC308 c is said to have 1 units of the level hamlet in 2024"):
        nc.evaluate_table(frame, Criteria(set_of("sum_of(hamlet, crimes) <= 4")))


GIVEN = """\
tests:
  - {{id: t, given: {{}}, inside: {{hamlet: {{"{asked}": {{met: 1, not_met: 0}}}}}}, expect: {{c: met}}}}
"""


def test_a_test_gives_what_a_rule_asks_of_the_units_inside_as_it_is_printed():
    text = SET.format(rule="count_of(hamlet, crimes>1) <= 1", level="commune", standard="around")
    assert loads_set(text + GIVEN.format(asked="(crimes > 1)")).tests[0].shares == {
        ("hamlet", "(crimes > 1)"): nc.RollUp(1, 0)
    }
    with pytest.raises(nc.NCriteriaError) as caught:
        loads_set(text + GIVEN.format(asked="(crimes>1)"))
    (problem,) = caught.value.problems
    assert problem.code == "NC123"
    assert problem.message == "no rule asks `(crimes>1)` of units inside"
    assert problem.hint == "did you mean `(crimes > 1)`?"


def test_a_set_needs_of_the_units_inside_what_its_rules_ask_of_them():
    rule = "count_of(commune, sum_of(hamlet, crimes) > 3) <= change"
    needs = {need.declaration.name: need for need in needs_of(set_of(rule, level="district"))}
    assert (dict(needs["crimes"].asked), needs["crimes"].inside) == ({}, {Level.HAMLET: ("c",)})
    assert (dict(needs["change"].asked), needs["change"].inside) == ({THIS_YEAR: ("c",)}, {})
