"""Criteria files on disk: the shipped ones, and those that a set extends, which must lie beside it or be shipped."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from attrs import field

from ncriteria.errors import Problem, TextPlace
from ncriteria.quick_classes import frozen
from ncriteria.sets.errors import CriteriaError
from ncriteria.sets.reading.documents import MAX_BYTES, UNREADABLE
from ncriteria.words import phrase

_PACKAGE = Path(__file__).resolve().parents[2]

SET_SCHEMA: Final = "ncriteria-1.schema.json"
"""The schema of criteria files, which lies beside the shipped ones, and beside each that is begun."""
MODELINE: Final = "# yaml-language-server: $schema="
"""How the first line of a file names its schema, by its path from there."""


def shipped_folder() -> Path:
    """The folder of the criteria sets that come with the library, installed or in a checkout."""
    installed = _PACKAGE / "_criteria"
    return installed if installed.is_dir() else _PACKAGE.parent.parent / "criteria"


def criteria_files(folder: Path) -> list[Path]:
    """The criteria files of a folder and the folders in it, by name."""
    return sorted(path for path in folder.rglob("*") if path.suffix in (".yaml", ".yml") and path.is_file())


FolderState = tuple[tuple[str, int, int], ...]
"""What tells whether a folder of criteria has changed: each file, when it was written, and its size."""


def folder_state(folder: Path) -> FolderState:
    """The state of `folder`, and of the shipped sets, which any file may extend."""
    return tuple(_file_state(path) for root in {folder, shipped_folder()} for path in criteria_files(root))


def _file_state(path: Path) -> tuple[str, int, int]:
    try:
        found = path.stat()
    except OSError:  # deleted since the folder was listed
        return str(path), 0, -1
    return str(path.resolve()), found.st_mtime_ns, found.st_size


def shown_path(path: Path) -> str:
    """The path as messages show it: what is no text in its name is replaced."""
    return UNREADABLE.sub("\ufffd", str(path))


def read_file(path: Path) -> bytes:
    """The content of a criteria file; raises `CriteriaError` where there is none, or it is over the limit."""
    place = TextPlace(1, 1, file=shown_path(path))
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        message = phrase("the file cannot be read: {reason}", reason=why_unread(error))
        raise CriteriaError(Problem("NC101", message, place)) from None
    if len(content) > MAX_BYTES:
        message = phrase("the file is larger than {most} bytes", most=MAX_BYTES)
        raise CriteriaError(Problem("NC102", message, place))
    return content


_REASONS = {
    str(one): one
    for one in (
        phrase("No such file or directory"),
        phrase("Is a directory"),
        phrase("Permission denied"),
        phrase("File name too long"),
        phrase("embedded null byte"),
    )
}


def why_unread(error: OSError | ValueError) -> str:
    """Why the system does not open a file; what it says most often can be said again."""
    told = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return _REASONS.get(told, told)


@frozen
class FileTexts:
    """What criteria files say: as an editor has them `open`, by resolved path; all others as they are on the disk."""

    open: Mapping[Path, str] = field(factory=dict)

    def is_file(self, path: Path) -> bool:
        """Whether there is a file at `path`, be it one that was never saved."""
        try:
            return self._is_open(path) or path.is_file()
        except (OSError, ValueError):  # a name that no file can have
            return False

    def content(self, path: Path) -> bytes | str:
        """The content of a file; raises `CriteriaError` as `read_file` does."""
        return self.open[path.resolve()] if self._is_open(path) else read_file(path)

    def in_folder(self, folder: Path) -> list[Path]:
        """The YAML files of a folder, not of those in it, by name."""
        saved = {path for path in folder.glob("*.y*ml") if path.is_file()}
        known = {path.resolve() for path in saved}
        return sorted(saved | {path for path in self.open if path.parent == folder.resolve() and path not in known})

    def _is_open(self, path: Path) -> bool:
        return bool(self.open) and path.resolve() in self.open


ON_DISK: Final = FileTexts()
"""The files as they are on the disk."""


def extended_file(reference: str, beside: Path | None, texts: FileTexts = ON_DISK) -> Path | str:
    """The file that `extends: reference` names, or what is wrong with it.

    The file lies in the folder `beside` or in a folder inside it, otherwise among the shipped sets. A path that leaves
    the folder, by `..`, from the root or through a link, is refused.
    """
    path = PurePosixPath(reference)
    if path.is_absolute() or ".." in path.parts or "\\" in reference or ":" in reference or "\0" in reference:
        return phrase('"{reference}" is no path inside the folder of the file', reference=reference)
    for folder in (beside, shipped_folder()):
        if folder is None:
            continue
        candidate = folder / path
        if texts.is_file(candidate):
            if not candidate.resolve().is_relative_to(folder.resolve()):
                return phrase('"{reference}" is a link out of the folder of the file', reference=reference)
            return candidate
    return phrase(
        'there is no file "{reference}", neither beside this file nor among the shipped sets', reference=reference
    )
