"""Public names that were changed are still there, with a warning that says what they are called now."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import ncriteria as nc

PAGE = Path(__file__).parents[1] / "docs" / "python.md"
NAMES = sorted(nc._RENAMED.items())


@pytest.mark.parametrize(("old", "new"), NAMES)
def test_a_name_that_was_gives_what_it_names_and_warns_at_each_use(old: str, new: str) -> None:
    for _ in range(2):
        with pytest.warns(DeprecationWarning, match=old) as caught:
            assert getattr(nc, old) is getattr(nc, new)
        [warning] = caught
        assert str(warning.message) == f"`ncriteria.{old}` is now called `ncriteria.{new}`"
        assert warning.filename == __file__


@pytest.mark.parametrize(("old", "new"), NAMES)
def test_a_name_that_was_is_listed_only_where_its_change_is_told(old: str, new: str) -> None:
    assert old not in nc.__all__
    assert old not in dir(nc)
    assert f"- `{old}` is now `{new}`." in PAGE.read_text(encoding="utf-8").splitlines()


def test_a_name_that_was_is_imported_with_a_warning_at_the_line_that_imports_it() -> None:
    program = "from ncriteria import reads_facts"
    done = subprocess.run([sys.executable, "-W", "default", "-c", program], capture_output=True, check=True, text=True)
    told = "DeprecationWarning: `ncriteria.reads_facts` is now called `ncriteria.read_facts_text`"
    assert [line for line in done.stderr.splitlines() if "Deprecation" in line] == [f"<string>:1: {told}"]
