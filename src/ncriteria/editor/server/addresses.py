"""The addresses by which editors name documents, and the files that they stand for."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

from pygls import uris


def address(path: Path) -> str:
    """The address by which editors name a file."""
    found: str | None = uris.from_fs_path(str(path))
    assert found is not None
    return found


def path_at(uri: str, roots: tuple[Path, ...]) -> Path | None:
    """The file at an address; `None` where it is none of this machine.

    A document that was never saved, and has no place yet, stands in the first folder that the editor works in.
    """
    scheme, _, rest = uri.partition(":")
    if scheme == "untitled":
        return (roots[0] if roots else Path()) / Path(unquote(rest)).name
    found = uris.to_fs_path(uri) if scheme == "file" else None
    return None if found is None else Path(found)
