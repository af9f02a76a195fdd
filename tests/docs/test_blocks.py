"""What runs the blocks of the pages finds what is wrong with them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.case_files import cases
from tests.docs.pages import page_of
from tests.docs.running import BlockError, run_page


@pytest.mark.parametrize("case", cases(__file__, "good_pages"))
def test_a_page_that_tells_the_truth_passes(case: dict[str, Any], tmp_path: Path) -> None:
    run_page(page_of("page.md", case["page"]), tmp_path)


@pytest.mark.parametrize("case", cases(__file__, "bad_pages"))
def test_a_page_that_does_not_is_told_where_and_why(case: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises((BlockError, AssertionError)) as raised:
        run_page(page_of("page.md", case["page"]), tmp_path)
    for part in case["says"]:
        assert part in str(raised.value)
