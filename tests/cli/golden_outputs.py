"""What every command prints on the shipped sets and the examples, kept as files.

`python -m tests.cli.golden_outputs` writes the files anew. Read the difference before committing it: an output that
changed is either a named improvement, or a fault.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner

from ncriteria import __version__
from ncriteria.cli import program
from tests.case_files import document

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).with_name("golden")
CASES = Path(__file__).with_name("cases") / "golden.yaml"


def cases() -> dict[str, str]:
    """The commands by the names of their files."""
    named: dict[str, str] = document(CASES)
    return named


def printed(command: str) -> str:
    """What the command prints, run from the top of the checkout: exit status, standard output, standard error."""
    before = Path.cwd()
    os.chdir(ROOT)
    try:
        found = CliRunner().invoke(program, command.split(), env={"COLUMNS": "100", "NO_COLOR": "1"})
    finally:
        os.chdir(before)
    return "".join(_sections(command, found.exit_code, found.stdout, found.stderr))


def _sections(command: str, status: int, stdout: str, stderr: str) -> Iterator[str]:
    yield f"$ ncriteria {command}\n"
    yield _without_what_varies(stdout)
    if stderr:
        yield f"[standard error]\n{_without_what_varies(stderr)}"
    if status:
        yield f"[exit status {status}]\n"


def _without_what_varies(text: str) -> str:
    """The text without the version, the place of the checkout, and times."""
    settled = text.replace(__version__, "VERSION").replace(str(ROOT), "CHECKOUT")
    return re.sub(r"\b\d+(\.\d+)? s\b", "… s", settled)


def main() -> None:
    for old in FOLDER.glob("*.txt"):
        old.unlink()
    for name, command in cases().items():
        (FOLDER / f"{name}.txt").write_text(printed(command), encoding="utf-8")


if __name__ == "__main__":
    main()
