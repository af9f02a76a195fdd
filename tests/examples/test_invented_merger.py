"""The invented merger: each kind of change, with what the predecessors had."""

from __future__ import annotations

import warnings

import pytest

import ncriteria as nc
from tests.examples.demonstration import ROOT

FOLDER = ROOT / "examples" / "invented_merger"
CRIME = "19.2/crime"


@pytest.fixture(scope="module")
def judged():
    criteria = nc.catalog()["vn.bca.hd04-2024.commune"]
    reading = nc.ReadingOptions(lineage=nc.read_lineage(FOLDER / "lineage.csv"))
    table = nc.read_facts(FOLDER / "facts.csv", criteria.facts, options=reading)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = list(nc.evaluate_rows(table, criteria))
    return {one.row.unit.id: one for one in found if one.row.year == 2025}


@pytest.mark.parametrize(
    ("unit", "verdict", "line"),
    [
        ("n1", "met", "10 + 12 = 22 cases (Xã Mẫu 1 (giả định), Xã Mẫu 2 (giả định))"),
        ("n2", "met", "0.4 × 20 = 8 cases (Xã Mẫu 3 (giả định))"),
        ("n3", "met", "0.6 × 20 + 5 = 17 cases (Xã Mẫu 3 (giả định), Xã Mẫu 4 (giả định))"),
        (
            "n4",
            "undetermined",
            "a part of 9: 0 cases to 9 cases (Xã Mẫu 5 (giả định)); how much of Xã Mẫu 5 (giả định) went into this "
            "unit is not said",
        ),
        (
            "n5",
            "met",
            "a part of 9 + 4: 4 cases to 13 cases (Xã Mẫu 5 (giả định), Xã Mẫu 6 (giả định)); how much of Xã Mẫu 5 "
            "(giả định) went into this unit is not said",
        ),
        ("n7", "met", "8 cases (Xã Mẫu 7 (giả định))"),
        ("x4", "met", "15 cases (Xã Mẫu 8 (giả định))"),
        ("x9", "met", None),
    ],
)
def test_each_kind_of_change_gives_its_base(judged, unit, verdict, line):
    (clause,) = [one for one in judged[unit].result.to_dict("en")["result"]["clauses"] if one["path"] == CRIME]
    bases = [one for one in clause["grounds"] if one.startswith("• Social-order crime cases (the year before)")]
    assert clause["verdict"] == verdict
    assert bases == ([] if line is None else [f"• Social-order crime cases (the year before): {line}"])


def test_every_name_and_act_says_that_it_is_invented():
    lines = [
        *(FOLDER / "facts.csv").read_text(encoding="utf-8").splitlines()[3:],
        *(FOLDER / "lineage.csv").read_text(encoding="utf-8").splitlines()[1:],
    ]
    assert [line for line in lines if "(giả định)" not in line] == []
