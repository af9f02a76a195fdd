"""The folders that an editor works in, and which criteria files of them are looked at together."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from attrs import field

from ncriteria.editor.server.positions import composed
from ncriteria.errors import NCriteriaError
from ncriteria.facts.project import PROJECT_FILE, Project, find_project, read_project
from ncriteria.quick_classes import define
from ncriteria.sets.files.files import read_file

_OTHERS = {"node_modules", "__pycache__"}
_ENVIRONMENT = "pyvenv.cfg"
"""The file in the folder of an environment of Python, whose files are those of installed packages."""
_MOST_FOLDERS = 5000
_State = tuple[int, int]
"""When a file was written, and its size."""
T = TypeVar("T")


@define
class WorkFolders:
    """The folders that an editor works in: none where it opens a file by itself."""

    roots: tuple[Path, ...] = ()
    _texts: dict[Path, tuple[_State, str | None]] = field(factory=dict, repr=False)
    _projects: dict[Path, tuple[_State, Project | None]] = field(factory=dict, repr=False)

    def around(self, path: Path) -> Path | None:
        """The folder whose files are looked at with the one at `path`, with all folders in it; `None` where none are.

        It is the folder that the editor works in, or within it what the project file around `path` says: its folder of
        criteria, or where it lies.
        """
        place = path.resolve()
        roots = [one for one in self.roots if place.is_relative_to(one.resolve())]
        root = max(roots, key=lambda one: len(one.parts), default=None)
        file = find_project(path.parent)
        if root is None or file is None or not file.resolve().is_relative_to(root.resolve()):
            return root
        project = self.project(file)
        criteria = None if project is None else project.criteria
        return criteria if criteria is not None and place.is_relative_to(criteria.resolve()) else file.parent

    def project(self, file: Path) -> Project | None:
        """What a project file says; `None` where it cannot be read. It is read again once it changes."""
        return _kept(self._projects, file, _read_project)

    def files(self, path: Path) -> Iterator[tuple[Path, str]]:
        """The YAML files on the disk that are looked at with the one at `path`, and what they say, by name.

        In a folder that no editor works in, or a very large one, they are those beside it.
        """
        folder = self.around(path)
        within = None if folder is None else _within(folder)
        for one in sorted(path.parent.glob("*.y*ml") if within is None else within):
            text = self.text(one)
            if text is not None:
                yield one, text

    def text(self, path: Path) -> str | None:
        """What a file on the disk says, read again once it changes; `None` where there is none that can be read."""
        return _kept(self._texts, path, _read)


def _kept(kept: dict[Path, tuple[_State, T | None]], path: Path, read: Callable[[Path], T | None]) -> T | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        kept.pop(path, None)
        return None
    state = found.st_mtime_ns, found.st_size
    if path not in kept or kept[path][0] != state:
        kept[path] = state, read(path)
    return kept[path][1]


def _read_project(file: Path) -> Project | None:
    try:
        return read_project(file)
    except NCriteriaError:
        return None


def _read(path: Path) -> str | None:
    try:
        return composed(read_file(path).decode("utf-8"))
    except (NCriteriaError, UnicodeDecodeError):
        return None


def _within(folder: Path) -> list[Path] | None:
    """The YAML files of a folder and those in it, but for hidden ones, installed packages, and other projects.

    `None` where there are more folders than can be looked through while an author writes.
    """
    found: list[Path] = []
    for number, (place, folders, names) in enumerate(os.walk(folder)):
        here = Path(place)
        if number >= _MOST_FOLDERS:
            return None
        if here != folder and (PROJECT_FILE in names or _ENVIRONMENT in names):
            folders.clear()
            continue
        folders[:] = [one for one in folders if not one.startswith(".") and one not in _OTHERS]
        found += [here / name for name in names if name.endswith((".yaml", ".yml"))]
    return found
