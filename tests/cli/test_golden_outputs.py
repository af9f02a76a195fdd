"""Every command prints on the shipped sets and the examples what its golden file says."""

from __future__ import annotations

import pytest

from tests.cli.golden_outputs import FOLDER, cases, printed

CASES = cases()


@pytest.mark.parametrize("name", CASES)
def test_a_command_prints_what_its_golden_file_says(name):
    assert printed(CASES[name]) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def test_every_golden_file_is_of_a_command():
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(CASES)
