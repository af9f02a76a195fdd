"""A national set and that of a province that extends it are compared, proved and tried on a table as any two are."""

from __future__ import annotations

from pathlib import Path

import pytest

import ncriteria as nc
from ncriteria.analysis.comparison.compare import compare
from ncriteria.analysis.impact.impact import impact
from ncriteria.analysis.proof.prove import prove
from ncriteria.analysis.proof.relation import Relation
from tests.overlay_sets import province

TABLE = {
    "unit": ["a", "b", "c", "d"],
    "level": ["commune"] * 4,
    "parent": ["long-an", "long-an", "long-an", "an-giang"],
    "year": [2025] * 4,
    "cases": [8, 9, 3, 9],
    "patrol": [True] * 4,
    "lights": [True, True, False, True],
    "cameras": [False] * 4,
    "plan": [True] * 4,
}


@pytest.fixture
def both(tmp_path: Path) -> tuple[nc.Criteria, nc.Criteria]:
    own = province(tmp_path)
    return nc.load(tmp_path / "national.yaml"), own


def test_what_a_province_changed_is_what_differs(both: tuple[nc.Criteria, nc.Criteria]) -> None:
    comparison = compare(*both)
    found = (*comparison.differences, *(one.difference for one in comparison.clauses))
    told = {(one.subject.value, one.change.value, one.name): [aspect.key for aspect in one.aspects] for one in found}
    assert told["parameter", "changed", "most"] == ["value", "cite"]
    assert told["clause", "changed", "calm/measures"] == ["n", "members"]
    assert {("clause", "added", "calm/measures/cameras"), ("clause", "removed", "calm/plan")} <= told.keys()


def test_each_clause_of_a_province_is_proved_against_the_national_one(both: tuple[nc.Criteria, nc.Criteria]) -> None:
    pytest.importorskip("z3")
    (found,) = prove(*both).years
    relations = {one.new_path: (one.relation, one.proved) for one in found.clauses}
    assert relations["calm/crime"] == (Relation.STRICTER, True)
    assert relations["calm/measures"] == (Relation.STRICTER, True)
    assert relations["calm/measures/patrol"] == (Relation.EQUIVALENT, True)
    assert (found.removed, found.added) == (("calm/plan",), ("calm/measures/cameras",))


def test_what_a_province_would_change_for_a_table_is_told(both: tuple[nc.Criteria, nc.Criteria]) -> None:
    polars = pytest.importorskip("polars")
    found = impact(*both, polars.DataFrame(TABLE))
    causes = {flip.unit.id: [cause.path for cause in flip.causes] for flip in found.flips()}
    assert causes == {"b": ["calm/crime"], "c": ["calm/measures"]}
