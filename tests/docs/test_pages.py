"""Every block of the README and of docs/ does what its page says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.pages import page_names, read_page
from tests.docs.running import missing_requirement, requirements, run_page

ABSENT = {name: missing_requirement(name) for page in page_names() for name in requirements(read_page(page))}
"""Why the blocks that require a package cannot run here, by the package; `None` where they can."""
ON_SPARK = "pyspark"
HERE = {name for name, reason in ABSENT.items() if reason is None} - {ON_SPARK}


@pytest.mark.parametrize("name", page_names())
def test_the_blocks_of_a_page_do_what_it_says(name: str, tmp_path: Path) -> None:
    run_page(read_page(name), tmp_path, HERE)


@pytest.mark.parametrize("requirement", [name for name in ABSENT if name != ON_SPARK])
def test_the_blocks_that_require_a_package_are_run(requirement: str) -> None:
    if reason := ABSENT[requirement]:
        pytest.skip(reason)


@pytest.mark.soak
@pytest.mark.parametrize("name", [name for name in page_names() if requirements(read_page(name))])
def test_a_page_does_what_it_says_without_what_only_some_blocks_require(name: str, tmp_path: Path) -> None:
    run_page(read_page(name), tmp_path)


@pytest.mark.spark
@pytest.mark.parametrize("name", [name for name in page_names() if ON_SPARK in requirements(read_page(name))])
def test_the_blocks_that_require_spark_do_what_their_page_says(name: str, tmp_path: Path) -> None:
    if reason := ABSENT[ON_SPARK]:
        pytest.skip(reason)
    run_page(read_page(name), tmp_path, {ON_SPARK})
