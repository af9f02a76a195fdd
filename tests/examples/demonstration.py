"""What the first part of `make demo` prints. `python -m tests.examples.demonstration` keeps it anew."""

from __future__ import annotations

import shlex
from pathlib import Path

from click.testing import CliRunner

from ncriteria.cli import program
from tests.docs.console import demo_recipe

ROOT = Path(__file__).parents[2]
KEPT = Path(__file__).parent / "cases"
LANGUAGES = ("vi", "en")


def arguments():
    """The arguments of the demo's first command, its files as absolute paths."""
    command = next(line for line in demo_recipe() if line.startswith("ncriteria "))
    return [str(ROOT / part) if (ROOT / part).is_file() else part for part in shlex.split(command)[1:]]


def demonstration(*options):
    """What the demo prints in a pipe, with more `options`."""
    result = CliRunner().invoke(program, [*arguments(), *options], env={"COLUMNS": "80"}, prog_name="ncriteria")
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return result.stdout


if __name__ == "__main__":
    for language in LANGUAGES:
        kept = KEPT / f"demo.{language}.txt"
        kept.write_text(demonstration("--lang", language), encoding="utf-8")
