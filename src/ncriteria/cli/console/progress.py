"""A bar on the terminal that shows how much of something long is done."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from attrs import field

from ncriteria.quick_classes import frozen

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


@frozen
class Bar:
    """A bar on standard error, with a line for each label; nothing where that is no terminal."""

    _shown: Progress | None
    _tasks: dict[str, TaskID] = field(factory=dict)

    def show(self, label: str, done: int, total: int | None) -> None:
        """Say how much is done of what `label` names."""
        if self._shown is None:
            return
        if label not in self._tasks:
            self._tasks[label] = self._shown.add_task(label, total=total)
        self._shown.update(self._tasks[label], completed=done, total=total)

    def print(self, line: str) -> None:
        """Print a line of the results on standard output, above the bar."""
        if self._shown is not None:
            self._shown.stop()
        click.echo(line)
        if self._shown is not None:
            self._shown.start()


@contextmanager
def progress_bar() -> Iterator[Bar]:
    """A bar that is gone once all is done."""
    if not sys.stderr.isatty():
        yield Bar(None)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    # Results stay on standard output, wherever that leads.
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as shown:
        yield Bar(shown)
