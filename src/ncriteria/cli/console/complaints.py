"""What is wrong, on standard error: on a terminal in lines that fit it, elsewhere a line as it is."""

from __future__ import annotations

import sys

import click

from ncriteria.cli.console.layout import fitted, terminal_width


def complain(text: str, *, label: str = "", fg: str | None = None) -> None:
    """Tell a problem on standard error, behind a label in a colour."""
    told = f"{label} {text}" if label else text
    if sys.stderr.isatty():
        told = "\n".join(_fitted(told.split("\n"), terminal_width()))
    if label and told.startswith(label):
        told = click.style(label, fg=fg, bold=True) + told.removeprefix(label)
    click.echo(told, err=True)


def _fitted(lines: list[str], width: int) -> list[str]:
    """The lines broken between words, but for a line of a file and the mark below it, which stand above each other."""
    marks = {place for place, line in enumerate(lines) if line.strip() and not line.strip(" ^")}
    kept = marks | {place - 1 for place in marks}
    return [
        part for place, line in enumerate(lines) for part in ([line] if place in kept else fitted(line, width, hang=4))
    ]
