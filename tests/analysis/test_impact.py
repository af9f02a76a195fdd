"""Impact against two separate evaluations of every row, on generated sets and tables; and its causes, as cases."""

from __future__ import annotations

import warnings
from collections import Counter
from functools import cache
from pathlib import Path
from unittest.mock import patch

import duckdb
import polars as pl
import pytest
from attrs import evolve
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.analysis.impact.counts import FlipKind, flip_kind
from ncriteria.analysis.impact.impact import ImpactError, impact, read_frame
from ncriteria.analysis.proof.relation_years import held_in
from ncriteria.evaluation.columns.table import RowByRowWarning
from ncriteria.evaluation.criteria import Criteria
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.records.record import Record
from ncriteria.facts.table import FactsError, FactTable
from ncriteria.language.tree import Ago, FactKey
from ncriteria.sets.errors import CriteriaError
from ncriteria.sets.model import Group, Level, Verdict, Years
from tests.case_files import cases
from tests.engines.strategies import criteria_sets
from tests.engines.test_columns import frame_of, tables

PARENTS = ("huyện a", "huyện b", None)
COUNTED: Counter[str] = Counter()


@st.composite
def changes(draw):
    """An old and a new set of other years, which have clauses in common."""
    old = draw(criteria_sets())
    new = draw(criteria_sets())
    return evolve(old, id="test.old", years=Years(2017, 2022)), evolve(new, id="test.new", years=Years(2020, None))


@st.composite
def placed_tables(draw):
    """A generated table of units in one of a few parents, or in none."""
    table = draw(tables(units=8))
    rows = (
        evolve(row, unit=evolve(row.unit, parent=PARENTS[int(row.unit.id.split()[1]) % len(PARENTS)]))
        for row in table.rows
    )
    return FactTable(tuple(rows))


def _judged(criteria, table, row):
    """The verdicts of one row by the record evaluator; `None` where a rule has no value."""
    try:
        result = criteria.judge(Record(table.known(row.unit.id, row.year), row.year))
    except EvaluationError:
        return None
    return {"": result.verdict, **{path: outcome.verdict for path, outcome in result.clauses.items()}}


def _expected(old, new, table, years):
    """For each row that both judge, its verdicts under the old and the new set."""
    found = {}

    @cache
    def sides(year):
        return [Criteria(held_in(one, Years(year, year)) if years == "all" else one) for one in (old, new)]

    for row in table.rows:
        if years == "all" or (row.year in old.years and row.year in new.years):
            pair = [_judged(criteria, table, row) for criteria in sides(row.year)]
            found[row.unit.id, row.year] = row.unit.parent, *pair
    return found


def _pair(old, new, path):
    return tuple(None if one is None else one[path] for one in (old, new))


def _check(found, expected, shared):
    """Hold an impact to two separate evaluations."""
    rows = list(expected.values())
    assert found.whole.counts == Counter(_pair(old, new, "") for _, old, new in rows)
    for path in shared:
        assert found.clauses[path].counts == Counter(_pair(old, new, path) for _, old, new in rows)
    kinds = {
        key: flip_kind(_pair(old, new, ""), [_pair(old, new, path) for path in shared])
        for key, (_, old, new) in expected.items()
    }
    flipped = {key: kind for key, kind in kinds.items() if kind is not None}
    flips = list(found.flips())
    assert {(flip.unit.id, flip.year): flip.kind for flip in flips} == flipped
    assert [flip.kind for flip in flips] == sorted((flip.kind for flip in flips), key=list(FlipKind).index)
    assert [(flip.unit.id, flip.year) for flip in found.flips(3)] == [(flip.unit.id, flip.year) for flip in flips[:3]]
    for flip in flips:
        _check_flip(flip, expected[flip.unit.id, flip.year])
    for parent in found.parents:
        inside = {key: entry for key, entry in expected.items() if entry[0] == parent.parent}
        assert parent.whole.counts == Counter(_pair(old, new, "") for _, old, new in inside.values())
        assert dict(parent.kinds) == Counter(flipped[key] for key in inside if key in flipped)
    assert sum(parent.whole.total for parent in found.parents) == found.judged == len(expected)
    assert sum(found.kinds.values()) == len(flips) == sum(parent.flips for parent in found.parents)
    COUNTED["flips"] += len(flips)
    COUNTED["rows"] += len(rows)


def _check_flip(flip, expected):
    _, old, new = expected
    for result, wanted in ((flip.old, old), (flip.new, new)):
        told = None if result is None else {path: one.verdict for path, one in result.clauses.items()}
        assert told == (None if wanted is None else {path: verdict for path, verdict in wanted.items() if path})
    if old is None or new is None:
        assert flip.causes == ()
        return
    assert flip.causes, "a flip without a cause"
    for cause in flip.causes:
        verdicts = [None if one is None else one.verdict for one in (cause.old, cause.new)]
        assert verdicts == [old.get(cause.path), new.get(cause.path)]
        assert verdicts[0] is not verdicts[1]
    differing = {
        path
        for path in old.keys() & new.keys() - {""}
        if old[path] is not new[path]
        and not any(isinstance(one.clauses[path].clause, Group) for one in (flip.old, flip.new))
    }
    assert differing <= {cause.path for cause in flip.causes}


@settings(
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    max_examples=max(2, settings().max_examples // 20),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(changes(), placed_tables(), st.sampled_from(["as-law", "all"]))
def test_an_impact_counts_what_two_evaluations_give_row_by_row_and_in_columns(change, table, years):
    old, new = change
    expected = _expected(old, new, table, years)
    paths = {member.path for member in old.members()}
    shared = [member.path for member in new.members() if member.path in paths]
    found = impact(old, new, table, years=years)
    _check(found, expected, shared)
    parents = pl.Series("parent", [row.unit.parent for row in table.rows], dtype=pl.String)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RowByRowWarning)
        in_columns = impact(old, new, frame_of(table).with_columns(parents), years=years)
        _check(in_columns, expected, shared)
    assert {**in_columns.removed} == {**found.removed}
    assert {**in_columns.added} == {**found.added}
    assert in_columns.rows_by_year == found.rows_by_year
    assert in_columns.parents == found.parents
    assert (in_columns.outside, in_columns.old, in_columns.new) == (found.outside, old, new)
    assert bool(in_columns.problems) == bool(found.problems) == any(None in entry[1:] for entry in expected.values())


def test_many_flips_were_explained():
    assert COUNTED["flips"] >= 20


HEAD = """\
format: ncriteria/1
set:
  id: {name}
  standard: test
  title: Test
  instrument: {{number: "1/TEST", issuer: Test}}
  years: {{from: {first}, to: {last}}}
  level: commune
parameters:
  limit: {{title: Limit, values: [{{from: {first}, value: 3}}, {{from: {last}, value: 5}}], cite: [{{instrument: X}}]}}
facts:
  crimes: {{title: Crimes, type: count}}
  fires: {{title: Fires, type: count, max: {most}}}
  accidents: {{title: Accidents, type: count}}
  border: {{title: Border, type: boolean}}
clauses:
"""


def _set(clauses, *, name="test.set", first=2020, last=2025, most=100):
    body = "".join(f"  {line}\n" for line in clauses.splitlines())
    return nc.loads(HEAD.format(name=name, first=first, last=last, most=most) + body)


LIMIT = "a: {title: A, rule: crimes <= param.limit, encodes: exact, cite: [{instrument: X}]}"


@pytest.mark.parametrize("case", cases(__file__, "impact_causes"))
def test_a_flip_is_put_down_to_the_clauses_and_facts_that_make_it(case):
    row = pl.DataFrame([{"unit": "x", "year": 2024, **case["facts"]}])
    (flip,) = impact(_set(case["old"]), _set(case["new"]), row).flips()
    assert flip.kind.value == case["kind"]
    told = {}
    for cause in flip.causes:
        values = {str(key): case["facts"].get(str(key)) for key in cause.facts}
        told[cause.path] = values
        for name, value in values.items():
            known = cause.facts[FactKey(name)]
            assert known == value if value is not None else not isinstance(known, (bool, int))
    assert told == case["causes"]


def _frame(rows):
    return pl.DataFrame(rows, schema=["unit", "year", "crimes"], orient="row")


ROWS = [("x", year, 4) for year in (2019, 2021, 2023, 2025, 2027)]


def test_as_law_only_years_count_that_both_sets_hold_for():
    old, new = _set(LIMIT, first=2020, last=2023), _set(LIMIT, first=2022, last=2026)
    found = impact(old, new, _frame(ROWS))
    assert found.whole.counts == {(Verdict.MET, Verdict.NOT_MET): 1}
    assert found.rows_by_year == {2019: 1, 2021: 1, 2023: 1, 2025: 1, 2027: 1}
    assert found.outside == ()


def test_tried_on_all_years_a_set_has_its_nearest_parameters_and_says_that_it_is_outside_of_its_years():
    old, new = _set(LIMIT, first=2020, last=2023), _set(LIMIT, first=2022, last=2026)
    found = impact(old, new, _frame(ROWS), years="all")
    told = [(one.criteria.years, one.years, one.rows) for one in found.outside]
    assert told == [(old.years, (2019, 2025, 2027), 3), (new.years, (2019, 2021, 2027), 3)]
    verdicts = {flip.year: (flip.old.verdict, flip.new.verdict) for flip in found.flips()}
    assert verdicts == {2023: (Verdict.MET, Verdict.NOT_MET), 2025: (Verdict.MET, Verdict.NOT_MET)}
    assert found.whole[Verdict.NOT_MET, Verdict.NOT_MET] == 2
    assert found.whole[Verdict.MET, Verdict.MET] == 1


def test_only_the_rows_of_the_years_asked_for_are_counted_and_earlier_years_are_seen_all_the_same():
    rule = "a: {{title: A, rule: crimes <= prev_year + {}, encodes: exact, cite: [{{instrument: X}}]}}"
    rows = [("x", 2023, 10), ("x", 2024, 10), ("x", 2025, 10)]
    found = impact(_set(rule.format(0)), _set(rule.format(-1)), _frame(rows), in_years=[2024])
    assert found.whole.counts == {(Verdict.MET, Verdict.NOT_MET): 1}
    assert found.rows_by_year == {2024: 1}


def test_units_of_another_level_are_not_counted_and_name_their_inner_units_parent():
    rows = [
        {"unit": "h", "name": "Huyện H", "level": "huyện", "parent": None, "year": 2024, "crimes": 9},
        {"unit": "x", "name": "Xã X", "level": "Xã", "parent": "h", "year": 2024, "crimes": 4},
    ]
    found = impact(
        _set("a: {title: A, rule: crimes <= 4, encodes: exact, cite: [{instrument: X}]}"),
        _set(LIMIT),
        pl.DataFrame(rows),
    )
    (parent,) = found.parents
    assert (found.judged, parent.parent, parent.name, parent.flips) == (1, "h", "Huyện H", 1)
    (flip,) = found.flips()
    assert (flip.unit.id, flip.unit.name, flip.unit.parent) == ("x", "Xã X", "h")


def test_units_written_with_combining_marks_are_the_same_units():
    rule = "a: {{title: A, rule: crimes <= prev_year + {}, encodes: exact, cite: [{{instrument: X}}]}}"
    rows = [("xã á", 2023, 10), ("xa\u0303 a\u0301", 2024, 11)]
    found = impact(_set(rule.format(1)), _set(rule.format(0)), _frame(rows))
    (flip,) = found.flips()
    assert (flip.unit.id, flip.year, flip.kind) == ("xã á", 2024, FlipKind.TURNED)


@pytest.mark.parametrize("in_columns", [True, False])
def test_a_rule_without_a_value_is_counted_apart_and_told(in_columns):
    rule = "a: {title: A, rule: fires / crimes <= 1, encodes: exact, cite: [{instrument: X}]}"
    frame = _frame([("x", 2023, 0), ("y", 2023, 2)]).with_columns(fires=pl.lit(1))
    table = nc.read_facts_text("unit,year,crimes,fires\nx,2023,0,1\ny,2023,2,1\n", "csv", _set(LIMIT).facts)
    found = impact(_set(LIMIT), _set(rule), frame if in_columns else table)
    assert found.whole.counts == {(Verdict.MET, None): 1, (Verdict.MET, Verdict.MET): 1}
    assert [problem.code for problem in found.problems] == ["NC303"]
    (flip,) = found.flips()
    assert (flip.unit.id, flip.kind, flip.new, flip.causes) == ("x", FlipKind.CHANGED, None, ())


def test_a_heading_that_only_one_of_the_sets_knows_serves_both():
    old = _set(LIMIT)
    text = (HEAD.format(name="b", first=2020, last=2025, most=100) + f"  {LIMIT}\n").replace(
        "title: Crimes", "title: Tội phạm"
    )
    found = impact(old, nc.loads(text), pl.DataFrame({"unit": ["x"], "year": [2024], "Tội phạm": [4]}))
    assert found.clauses["a"].counts == {(Verdict.NOT_MET, Verdict.NOT_MET): 1}


def test_columns_that_are_no_facts_are_left_alone_even_where_they_are_called_as_verdicts_are():
    frame = _frame([("x", 2024, 4)]).with_columns(verdict=pl.lit("met"), a=pl.lit("met"))
    assert impact(_set(LIMIT), _set(LIMIT), frame).judged == 1


def test_sets_of_two_levels_have_no_common_row():
    hamlet = evolve(_set(LIMIT).definition, level=Level.HAMLET)
    with pytest.raises(ImpactError) as error:
        impact(hamlet, _set(LIMIT), _frame(ROWS))
    assert [problem.code for problem in error.value.problems] == ["NC402"]


def test_a_fact_that_the_sets_declare_with_another_type_is_refused():
    text = HEAD.format(name="b", first=2020, last=2025, most=100).replace("Crimes, type: count", "Crimes, type: number")
    other = nc.loads(text.replace("Accidents, type: count", "Accidents, type: boolean") + f"  {LIMIT}\n")
    with pytest.raises(CriteriaError) as error:
        impact(_set(LIMIT), other, _frame(ROWS))
    assert "NC127" in [problem.code for problem in error.value.problems]


def test_where_only_the_range_of_a_fact_differs_values_lie_in_both():
    old, new = _set(LIMIT, most=5), _set(LIMIT, most=9)
    assert impact(old, new, _frame(ROWS).with_columns(fires=pl.lit(5))).judged == 3
    with pytest.raises(FactsError) as error:
        impact(old, new, _frame(ROWS).with_columns(fires=pl.lit(6)))
    assert {problem.code for problem in error.value.problems} == {"NC203"}


def test_a_frame_needs_the_packages_for_columns():
    with patch.dict("sys.modules", {"narwhals": None}), pytest.raises(ImpactError) as error:
        impact(_set(LIMIT), _set(LIMIT), _frame(ROWS))
    assert [problem.code for problem in error.value.problems] == ["NC404"]


def test_a_file_that_is_no_parquet_is_told(tmp_path: Path):
    (tmp_path / "facts.parquet").write_text("no parquet", encoding="utf-8")
    with pytest.raises(FactsError) as error:
        read_frame(tmp_path / "facts.parquet")
    assert [problem.code for problem in error.value.problems] == ["NC220"]


ONE_FEWER = "a: {{title: A, rule: crimes <= prev_year - {}, encodes: exact, cite: [{{instrument: X}}]}}"


@pytest.mark.parametrize("kind", [lambda frame: frame, pl.DataFrame.lazy, pl.DataFrame.to_pandas, duckdb.from_arrow])
def test_frames_of_any_kind_with_a_column_of_the_last_year_and_numbered_units(kind):
    frame = pl.DataFrame({"unit": [7, 8], "year": [2024, 2024], "crimes": [9, 8], "prev_year.crimes": [10, 10]})
    native = kind(frame.to_arrow() if kind is duckdb.from_arrow else frame)
    found = impact(_set(ONE_FEWER.format(1)), _set(ONE_FEWER.format(2)), native)
    assert found.whole.counts == {(Verdict.MET, Verdict.NOT_MET): 1, (Verdict.MET, Verdict.MET): 1}
    (flip,) = found.flips()
    assert flip.unit.id == "7"
    assert flip.causes[0].facts == {FactKey("crimes"): 9, FactKey("crimes", Ago(1)): 10}
