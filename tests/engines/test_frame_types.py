"""A type checker knows that the kind of frame that goes into `evaluate_table` comes out of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("mypy")
pytest.importorskip("polars")
pytest.importorskip("duckdb")

PROGRAM = Path(__file__).with_name("cases") / "frame_types.py"
SOURCES = Path(__file__).parents[2] / "src"


def test_the_kind_of_frame_that_goes_in_comes_out_and_what_is_no_frame_is_refused(pytestconfig: pytest.Config) -> None:
    cache = pytestconfig.cache
    assert cache is not None
    kept = str(cache.mkdir("frame_types"))
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file", os.devnull, "--cache-dir", kept]
    environment = os.environ | {"MYPYPATH": str(SOURCES)}
    done = subprocess.run([*command, str(PROGRAM)], env=environment, capture_output=True, check=False, text=True)
    assert (done.stdout, done.returncode) == ("Success: no issues found in 1 source file\n", 0)
