"""What tools tell of slips in a draft is what the table says, and the pages say the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from ncriteria.analysis.rule_testing.coverage import coverage_of
from ncriteria.analysis.rule_testing.mutation.proofs import solver_prover
from ncriteria.analysis.rule_testing.mutation.survivors import mutations_of
from ncriteria.sets.loader import load_located
from tests.docs.pages import ROOT
from tests.rule_slips.drafts import NONE, REVIEWED, draft_kinds, row, table, told, told_of
from tests.rule_slips.drafts_page import summary
from tests.rule_slips.seeding import Kind, slips_in

KINDS, TABLE = {kind.id: kind for kind in draft_kinds()}, {one["id"]: one for one in table()}
FEW = ("fall-to", "units-exchanged", "zero-base-forgotten", "content-added", "missing-base-is-zero", "order-lost")
"""Kinds of one place each, that every run tries."""


@pytest.mark.parametrize("name", FEW)
def test_a_slip_of_a_draft_is_told_of_as_the_table_says(name: str, tmp_path: Path) -> None:
    assert row(told(KINDS[name], tmp_path)) == TABLE[name]


@pytest.mark.soak
@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.id)
def test_every_slip_of_a_draft_is_told_of_as_the_table_says(kind: Kind, tmp_path: Path) -> None:
    assert row(told(kind, tmp_path)) == TABLE[kind.id]


def test_the_reviewed_file_is_told_of_by_nothing_and_its_tests_try_all(tmp_path: Path) -> None:
    assert told_of(REVIEWED.read_text(encoding="utf-8"), tmp_path) == {}
    assert coverage_of(load_located(REVIEWED)).is_full


@pytest.mark.soak
def test_no_edit_of_the_reviewed_file_goes_unnoticed() -> None:
    assert mutations_of(load_located(REVIEWED), solver_prover()).is_full


def test_the_table_has_every_kind_that_has_a_place_and_many_places() -> None:
    found = {name: slips_in(kind, REVIEWED) for name, kind in KINDS.items()}
    assert {name: one["places"] for name, one in TABLE.items()} == {name: len(slips) for name, slips in found.items()}
    # What is no YAML any more tells nothing of a slip of the law.
    assert [name for name, one in TABLE.items() if "refused NC103" in one["codes"]] == []
    assert sum(one["places"] for one in TABLE.values()) >= 200
    assert min(one["places"] for one in TABLE.values()) >= 1


def test_only_changed_figures_of_tests_are_told_of_by_nothing() -> None:
    assert [name for name, one in TABLE.items() if one[NONE]] == ["figure-of-a-test"]


@pytest.mark.parametrize(("page", "language"), [("docs/drafting.md", 0), ("docs/vi/soan-du-thao.md", 1)])
def test_the_pages_on_drafting_have_the_summary_of_the_table(page: str, language: int) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert [line for line in summary(language) if line not in text] == []
