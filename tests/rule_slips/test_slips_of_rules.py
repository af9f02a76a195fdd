"""Every kind of slip in a criteria file is told of by a tool, or proved to change nothing; the page says by which."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rule_slips.catching import caught
from tests.rule_slips.page import PAGE, page
from tests.rule_slips.seeding import Kind, kinds, sample, slips

KINDS = kinds()
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)


def _told(kind: Kind, folder: Path, number: int | None) -> set[str]:
    """The tools that tell of the slips of a kind, of `number` of them or of all."""
    found = slips(kind) if number is None else sample(slips(kind), number)
    assert found, "no file has a place for this slip"
    told: set[str] = set()
    for slip in found:
        by = caught(slip, folder)
        assert by is not None, f"nothing tells of {slip}"
        told.add(" ".join(filter(None, by)))
    return told


@every_kind
def test_a_slip_is_told_of_or_changes_nothing(kind: Kind, tmp_path: Path) -> None:
    assert _told(kind, tmp_path, 1) <= kind.caught


@pytest.mark.soak
@every_kind
def test_a_slip_is_told_of_at_every_place(kind: Kind, tmp_path: Path) -> None:
    assert _told(kind, tmp_path, None) == kind.caught


def test_there_are_many_kinds_each_once() -> None:
    assert len({kind.id for kind in KINDS}) == len(KINDS) >= 100


@pytest.mark.soak
def test_the_sound_files_are_told_of_by_nothing(tmp_path: Path) -> None:
    """What a tool says of a slip is said of the slip, not of the file around it."""
    for kind in KINDS[:1]:
        for slip in {slip.path: slip for slip in slips(kind)}.values():
            unchanged = type(slip)(kind, slip.path, slip.path.read_text(encoding="utf-8"), "", "")
            assert caught(unchanged, tmp_path) == ("same", "")


def test_the_page_is_made_from_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `python -m tests.rule_slips.page`"
