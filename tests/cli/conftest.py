"""Ways to run the command line: in this process, and as a program of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from ncriteria.cli import program

ROOT = Path(__file__).parents[2]
FACTS = ROOT / "examples" / "tan_hung" / "facts.csv"
CRITERIA = ROOT / "criteria"
PROGRAM = (sys.executable, "-c", "from ncriteria.cli import main; main()")


@pytest.fixture
def run():
    """Run the command line in this process, 80 columns wide."""

    def run_in_process(*arguments, **environment):
        environment = {"COLUMNS": "80", "NO_COLOR": None, **environment}
        return CliRunner().invoke(program, [str(one) for one in arguments], env=environment, prog_name="ncriteria")

    return run_in_process


@pytest.fixture
def start():
    """Run the command line as a program of its own; its output comes as bytes."""

    def run_alone(*arguments, **environment):
        return subprocess.run(
            [*PROGRAM, *map(str, arguments)],
            env={**os.environ, "COLUMNS": "80", **environment},
            capture_output=True,
            timeout=60,
            check=False,
        )

    return run_alone


@pytest.fixture
def english(monkeypatch):
    """Tell what a call says in English, unless it asks otherwise; without this it is Vietnamese."""
    monkeypatch.setenv("NCRITERIA_LANG", "en")


@pytest.fixture
def table(tmp_path):
    """Write a fact table and give its path."""

    def write(text, name="facts.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write
