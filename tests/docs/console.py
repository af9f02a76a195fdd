"""Console blocks: each command is run in this process, and what it prints is compared with the block."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from unittest.mock import patch

from attrs import frozen

from ncriteria.cli import main
from tests.docs.pages import ROOT

COLUMNS = "100"
ELISION = "..."
_STATUS = "echo $?"


@frozen
class Command:
    """One command with the output that a page shows under it."""

    text: str
    shown: tuple[str, ...]


def commands_of(block: str) -> list[Command]:
    """The commands of a block: lines that begin with `$ `, each with the lines up to the next one."""
    found: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found and found[-1][0].endswith("\\"):
            found[-1] = (f"{found[-1][0][:-1].rstrip()} {line.strip()}", [])
        else:
            assert found, "a console block begins with a command: `$ ncriteria ...`"
            found[-1][1].append(line.rstrip())
    return [Command(text, tuple(shown)) for text, shown in found]


def run_commands(commands: list[Command], folder: Path) -> Iterator[tuple[Command, list[str]]]:
    """Each command with the lines that it prints, on stdout or stderr."""
    status = 0
    for index, command in enumerate(commands):
        if command.text == _STATUS:
            yield command, [str(status)]
            continue
        status, printed = run(command.text, folder)
        following = commands[index + 1].text if index + 1 < len(commands) else None
        told = status == 0 or following == _STATUS
        assert told, f"`{command.text}` ends with status {status}; show it with `$ {_STATUS}`"
        yield command, printed


def run(text: str, folder: Path) -> tuple[int, list[str]]:
    """The exit status and the printed lines of one command, run in `folder`."""
    if text == "make demo":
        return _demo(folder)
    program, *arguments = shlex.split(text)
    arguments, given = _redirected(arguments, folder)
    assert program == "ncriteria", f"console blocks run `ncriteria` and `make demo`, not `{program}`"
    output, status = StringIO(), 0
    with (
        chdir(folder),
        patch.object(sys, "argv", [program, *arguments]),
        patch.dict(os.environ, {"COLUMNS": COLUMNS, "NO_COLOR": "1"}),
        redirect_stdout(output),
        redirect_stderr(output),
        patch.object(sys, "stdin", TextIOWrapper(BytesIO(given))),
    ):
        try:
            main()
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
    return status, [line.rstrip() for line in output.getvalue().splitlines()]


def _redirected(arguments: list[str], folder: Path) -> tuple[list[str], bytes]:
    """The arguments of a command, and what it gets on the standard input: the file behind `<`."""
    if "<" not in arguments:
        return arguments, b""
    place = arguments.index("<")
    return arguments[:place], (folder / arguments[place + 1]).read_bytes()


def _demo(folder: Path) -> tuple[int, list[str]]:
    """What `make demo` ends with and prints: the lines of its recipe, one after the other."""
    printed: list[str] = []
    for line in demo_recipe():
        if line.startswith("echo"):
            printed.append("".join(shlex.split(line)[1:]))
            continue
        status, lines = run(line, folder)
        printed += lines
        if status:
            return status, printed
    return 0, printed


def demo_recipe() -> list[str]:
    """The commands of `make demo`, as the Makefile has them: `echo ...` and `ncriteria ...`."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
    values = dict(re.findall(r"^(\w+) := (.*)$", makefile, re.MULTILINE))
    recipe = re.search(r"^demo: .*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert recipe is not None, "the Makefile has no demo"
    lines = [line.strip().removeprefix("@") for line in recipe[1].splitlines()]
    while any("$(" in line for line in lines):
        lines = [re.sub(r"\$\((\w+)\)", lambda name: values[name[1]], line) for line in lines]
    return [line.removeprefix(f"{values['BIN']}/") for line in lines]


def matches(shown: tuple[str, ...], printed: list[str]) -> bool:
    """Whether what is shown is what is printed; a line `...` stands for any number of lines."""
    pattern = "".join(r"(?:.*\n)*?" if line == ELISION else f"{re.escape(line)}\n" for line in shown)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None
