"""Writing a file that a command was asked for: never over another unless told to."""

from __future__ import annotations

from pathlib import Path

import click


def refuse_over(path: Path, *, force: bool) -> None:
    """Raise a usage error where the file is there, unless `force`."""
    if path.exists() and not force:
        raise _is_there(path)


def written(path: Path, content: bytes, *, force: bool) -> None:
    """Write `content`; raise a usage error where the file is there, unless `force`, or cannot be written."""
    try:
        with path.open("wb" if force else "xb") as file:
            file.write(content)
    except FileExistsError:
        raise _is_there(path) from None
    except OSError as error:
        raise click.UsageError(f"`{path}` cannot be written: {error.strerror}") from None


def _is_there(path: Path) -> click.UsageError:
    return click.UsageError(f"`{path}` is there already; --force writes over it")
