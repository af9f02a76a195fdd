"""Standard output that says so where it cannot be written, apart from every other file that cannot."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from gettext import gettext as _
from io import TextIOWrapper

import click


class _OutputError(Exception):
    """Standard output cannot be written; the cause is what the system said."""


class _Checked(TextIOWrapper):
    """Standard output, whose failures nothing can take for those of another file."""

    def write(self, text: str, /) -> int:
        try:
            return super().write(text)
        except OSError as error:
            raise _OutputError from error

    def flush(self) -> None:
        try:
            super().flush()
        except OSError as error:
            raise _OutputError from error


@contextmanager
def checked_output() -> Iterator[None]:
    """Write UTF-8 to standard output and standard error; where the first cannot be written, end the program.

    With a message and the status 2, or without either where whoever read the output has gone, as `head` does.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if sys.stdout is None:
        _end("it is closed")
    if isinstance(sys.stdout, TextIOWrapper):
        buffered = sys.stdout.line_buffering
        sys.stdout = _Checked(sys.stdout.buffer, "utf-8", "backslashreplace", line_buffering=buffered)
    try:
        yield
    except _OutputError as error:
        # What standard output still holds cannot be written at the end, either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        cause = error.__cause__
        if isinstance(cause, BrokenPipeError):
            raise SystemExit(0) from None
        _end(cause.strerror if isinstance(cause, OSError) and cause.strerror else str(cause))


def _end(reason: str) -> None:
    click.echo(_("Error: standard output cannot be written: {reason}").format(reason=_(reason)), err=True)
    raise SystemExit(2)
