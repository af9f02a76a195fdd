"""Writing a file that a command was asked for: whole or not at all, and never over another unless told to."""

from __future__ import annotations

from pathlib import Path

import click


def written(path: Path, content: bytes, *, force: bool) -> None:
    """Write `content`; raise a usage error where the file is there, unless `force`, or cannot be written."""
    try:
        with path.open("wb" if force else "xb") as file:
            file.write(content)
    except FileExistsError:
        raise click.UsageError(f"`{path}` is there already; --force writes over it") from None
    except OSError as error:
        raise click.UsageError(f"`{path}` cannot be written: {error.strerror}") from None
