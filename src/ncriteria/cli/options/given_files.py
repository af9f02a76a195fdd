"""Files that a call names: each has one name, by its path from the working folder where it lies there."""

from __future__ import annotations

import os
from pathlib import Path

import click


class GivenFile(click.Path):
    """A file that a call works on: by its path from the working folder where it lies there, however it was given.

    So an answer names its files as its receipt does, wherever the folder lies.
    """

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """The path; refused where there is no such file."""
        return from_here(Path(os.fsdecode(super().convert(value, param, ctx))))


def from_here(path: Path) -> Path:
    """The path from the working folder, where the file lies there."""
    return path.relative_to(Path.cwd()) if path.is_absolute() and path.is_relative_to(Path.cwd()) else path
