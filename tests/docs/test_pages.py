"""Every block of the README and of docs/ does what its page says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.pages import page_names, read_page
from tests.docs.running import missing_requirement, requirements, run_page

_REQUIRING = [
    pytest.param(name, requirement, marks=pytest.mark.spark if requirement == "pyspark" else ())
    for name in page_names()
    for requirement in requirements(read_page(name))
]


@pytest.mark.parametrize("name", page_names())
def test_the_blocks_of_a_page_do_what_it_says(name: str, tmp_path: Path) -> None:
    run_page(read_page(name), tmp_path)


@pytest.mark.parametrize(("name", "requirement"), _REQUIRING)
def test_the_blocks_that_require_a_package_do_what_their_page_says(name: str, requirement: str, tmp_path: Path) -> None:
    reason = missing_requirement(requirement)
    if reason is not None:
        pytest.skip(reason)
    run_page(read_page(name), tmp_path, requirement)
