"""A file that is written whole or not at all: beside its place first, and put there when all of it is on the disk."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

_ANYBODY = 0o666
"""Who may read and write a new file, as far as the system lets them."""


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write to, which stands at `path` when the block ends, in the place of what was there.

    Where the block raises, or is interrupted, nothing is left behind and what was there stays. A link is followed.
    Raises `OSError` where the folder or the file may not be written, and where the disk is full.
    """
    target = Path(os.path.realpath(path))
    beside = target.with_name(f".ncriteria-{secrets.token_hex(8)}")
    try:
        with open(
            os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), _ANYBODY), "w+b"
        ) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _take_mode(beside, target)
        os.replace(beside, target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


def _take_mode(beside: Path, target: Path) -> None:
    """Let those write and read the file who might before."""
    with suppress(OSError):
        beside.chmod(target.stat().st_mode & 0o777)
