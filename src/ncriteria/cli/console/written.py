"""Writing a file that a command was asked for: never over another unless told to."""

from __future__ import annotations

from pathlib import Path

from ncriteria.cli.console.wrong_calls import WrongCallError
from ncriteria.words import phrase


def refuse_over(path: Path, *, force: bool) -> None:
    """Raise a usage error where the file is there, unless `force`."""
    if path.exists() and not force:
        raise _is_there(path)


def written(path: Path, content: bytes, *, force: bool) -> None:
    """Write all of `content` or nothing; raise a usage error where the file is there, unless `force`, or it fails."""
    from ncriteria.report.writing.whole_file import whole_file

    refuse_over(path, force=force)
    try:
        with whole_file(path) as file:
            file.write(content)
    except OSError as error:
        raise WrongCallError(phrase("`{path}` cannot be written: {reason}", path=path, reason=error.strerror)) from None


def _is_there(path: Path) -> WrongCallError:
    return WrongCallError(phrase("`{path}` is there already; --force writes over it", path=path))
