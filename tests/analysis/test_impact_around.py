"""Whom a change touches: the units of its territory, the values of one year, and the larger units that rest on them."""

from __future__ import annotations

import json

import polars as pl
import pytest

import ncriteria as nc
from ncriteria.analysis.impact.counts import FlipKind
from ncriteria.evaluation.criteria import Catalog
from ncriteria.sets.catalog import set_catalog
from ncriteria.sets.model import Level, Verdict

HEAD = """\
format: ncriteria/1
set:
  id: {name}
  standard: {standard}
  title: Example
  instrument: {{number: 01/EXAMPLE, issuer: Example}}
  years: {{from: 2020, to: 2026}}
  level: {level}
{more}
parameters:
  most: {{title: Most, type: count, values: [{{from: 2020, value: {early}}}, {{from: 2024, value: {late}}}]}}
facts:
  crimes: {{title: Crimes, type: count}}
clauses:
"""
CLAUSE = "  {path}: {{title: Clause, rule: '{rule}', encodes: exact, cite: [{{instrument: 01/EXAMPLE}}]}}\n"


def a_set(name, rule="crimes <= param.most", *, path="few", early=3, late=3, standard="safe", level="commune", more=""):
    head = HEAD.format(name=name, standard=standard, level=level, early=early, late=late, more=more)
    text = head.replace(", values: [", ", cite: [{instrument: 01/EXAMPLE}], values: [")
    return nc.loads(text + CLAUSE.format(path=path, rule=rule))


DISTRICT = a_set(
    "district",
    'share_met(commune, "safe:few") >= 50% and param.most > 0',
    path="share",
    standard="good",
    level="district",
)
PROVINCE = a_set(
    "province", 'share_met(district, "share") >= 50% and param.most > 0', path="all", standard="fine", level="province"
)
AROUND = Catalog(set_catalog([one.definition for one in (a_set("old"), DISTRICT, PROVINCE)]))
HEADINGS = ["unit", "name", "level", "parent", "year", "crimes"]
ROWS = [
    ("p", "Tỉnh P", "tỉnh", None, 2023, None),
    ("d", "Huyện D", "huyện", "p", 2023, None),
    ("e", "Huyện E", "huyện", "p", 2023, None),
    ("d1", "Xã D1", "xã", "d", 2023, 1),
    ("d2", "Xã D2", "xã", "d", 2023, 3),
    ("e1", "Xã E1", "xã", "e", 2023, 3),
    ("d1", "Xã D1", "xã", "d", 2025, 3),
    ("d", "Huyện D", "huyện", "p", 2025, None),
]


def facts(in_columns, rows=ROWS):
    frame = pl.DataFrame(rows, schema=HEADINGS, orient="row")
    return frame if in_columns else nc.read_facts_text(json.dumps(frame.to_dicts()), "json", a_set("old").facts)


both_doors = pytest.mark.parametrize("in_columns", [False, True])


@both_doors
@pytest.mark.parametrize(("territory", "judged", "elsewhere"), [("d", 3, 1), ("p", 4, 0), ("x", 0, 4), (None, 4, 0)])
def test_only_rows_in_the_territory_of_the_sets_count(in_columns, territory, judged, elsewhere):
    new = a_set("new", early=2, late=2, more=f"  territory: {territory}" if territory else "")
    found = nc.impact(a_set("old"), new, facts(in_columns), around=AROUND)
    assert (found.judged, found.elsewhere, sum(found.rows_by_year.values())) == (judged, elsewhere, judged)
    assert sum(found.kinds.values()) == {"d": 2, "p": 3, "x": 0, None: 3}[territory]


@both_doors
def test_rows_without_a_level_count_in_both_doors(in_columns):
    rows = [("a", None, None, None, 2023, 3), ("b", None, "xã", None, 2023, 3)]
    assert nc.impact(a_set("old"), a_set("new"), facts(in_columns, rows), around=AROUND).judged == 2


@both_doors
def test_what_comes_of_the_edit_is_told_apart_from_what_comes_of_the_year(in_columns):
    old, new = a_set("old", early=3, late=2), a_set("new", early=3, late=1)
    as_law = nc.impact(old, new, facts(in_columns), around=AROUND)
    assert as_law.whole.counts == {
        (Verdict.MET, Verdict.MET): 3,
        (Verdict.NOT_MET, Verdict.NOT_MET): 1,
    }
    assert as_law.of_year is None
    found = nc.impact(old, new, facts(in_columns), as_of_year=2025, around=AROUND)
    assert found.whole.counts == {(Verdict.MET, Verdict.MET): 1, (Verdict.NOT_MET, Verdict.NOT_MET): 3}
    assert found.of_year is not None
    assert found.of_year.whole.counts == {
        (Verdict.MET, Verdict.MET): 1,
        (Verdict.MET, Verdict.NOT_MET): 2,
        (Verdict.NOT_MET, Verdict.NOT_MET): 1,
    }
    assert found.of_year.clauses["few"] == found.of_year.whole
    stricter = nc.impact(old, a_set("new", early=3, late=0), facts(in_columns), as_of_year=2025, around=AROUND)
    assert stricter.whole[Verdict.MET, Verdict.NOT_MET] == 1
    assert stricter.of_year == found.of_year, "what comes of the year is the same whatever the edit is"


@both_doors
def test_larger_units_whose_verdicts_rest_on_the_rows_are_counted_at_every_remove(in_columns):
    # In 2025 one of the two communes of `d` has no row, and may still meet the clause.
    found = nc.impact(a_set("old"), a_set("new", early=0, late=0), facts(in_columns), around=AROUND)
    assert [(one.standard, one.level, one.whole.counts) for one in found.above] == [
        ("good", Level.DISTRICT, {(Verdict.MET, Verdict.NOT_MET): 2, (Verdict.MET, Verdict.UNDETERMINED): 1}),
        ("fine", Level.PROVINCE, {(Verdict.MET, Verdict.NOT_MET): 1}),
    ]
    (flip,) = found.above[1].flips
    assert (flip.unit.id, flip.unit.name, flip.year, flip.kind) == ("p", "Tỉnh P", 2023, FlipKind.TURNED)
    assert [cause.path for cause in flip.causes] == ["all"]
    assert found.above[0].clauses["share"] == found.above[0].whole


@both_doors
def test_units_outside_the_territory_count_alike_on_both_sides_of_a_larger_unit(in_columns):
    new = a_set("new", early=0, late=0, more="  territory: d")
    found = nc.impact(a_set("old"), new, facts(in_columns), around=AROUND)
    districts, provinces = found.above
    assert {(flip.unit.id, flip.year) for flip in districts.flips} == {("d", 2023), ("d", 2025)}
    assert districts.whole[Verdict.MET, Verdict.MET] == 1
    assert provinces.whole.counts == {(Verdict.MET, Verdict.MET): 1}


@both_doors
def test_a_change_that_no_larger_unit_rests_on_tells_of_none(in_columns):
    old, new = (a_set(name, path="other", standard="safe") for name in ("old", "new"))
    assert nc.impact(old, new, facts(in_columns), around=Catalog(set_catalog([PROVINCE.definition]))).above == ()
