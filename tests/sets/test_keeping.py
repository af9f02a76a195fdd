"""The shipped sets are kept as they were read, and read anew where anything that they are made of has changed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import attrs
import pytest

import ncriteria as nc
from ncriteria.language.reading.beside_modules import beside_modules
from ncriteria.sets.catalog import load_catalog
from ncriteria.sets.files import keeping
from ncriteria.sets.files.files import shipped_folder
from ncriteria.sets.files.keeping import kept_sets
from ncriteria.sets.loader import load_set
from tests.sets.writing import file_text


class Shelf:
    """A folder of criteria and modules, what is kept of it, and how often it was read."""

    def __init__(self, root: Path) -> None:
        self.folder, self.modules, self.file = root / "criteria", root / "modules", root / "kept.sets"
        self.folder.mkdir()
        self.modules.mkdir()
        self.read = 0
        self.criteria = self.folder / "a.yaml"
        self.criteria.write_text(file_text({}), encoding="utf-8")
        (self.modules / "reader.py").write_text("one = 1", encoding="utf-8")

    def sets(self) -> tuple[nc.CriteriaSet, ...]:
        return kept_sets(self.folder, self._read)

    def _read(self, folder: Path) -> tuple[nc.CriteriaSet, ...]:
        self.read += 1
        return load_catalog(folder).sets


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    made = Shelf(tmp_path)
    monkeypatch.setattr(keeping, "beside_modules", lambda *_: made.file)
    monkeypatch.setattr(keeping, "_SOURCES", (made.modules,))
    return made


def whole(criteria: nc.CriteriaSet) -> tuple[object, ...]:
    """All that a set has, its embedded tests as they are once they are asked for."""
    tests = {name: tuple(getattr(criteria, name)) for name in ("tests", "inherited")}
    return attrs.astuple(attrs.evolve(criteria, **tests))


def test_what_is_kept_is_what_was_read_with_every_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "beside_modules", lambda *_: tmp_path / "kept.sets")
    read, kept = (kept_sets(shipped_folder(), lambda folder: load_catalog(folder).sets) for _ in range(2))
    assert read is not kept
    assert list(map(whole, kept)) == list(map(whole, read))


def test_sets_are_read_once_while_nothing_changes(shelf: Shelf) -> None:
    assert shelf.sets() == shelf.sets() == (load_set(shelf.criteria),)
    assert shelf.read == 1
    assert [path.name for path in shelf.file.parent.iterdir() if path.is_file()] == ["kept.sets"]


@pytest.mark.parametrize("size_stays", [True, False])
def test_a_changed_file_is_read_though_its_time_and_size_stay(shelf: Shelf, size_stays: bool) -> None:
    shelf.sets()
    written = shelf.criteria.stat()
    changed = file_text({}).replace("cases = 0", "cases = 1" if size_stays else "cases <= 10")
    shelf.criteria.write_text(changed, encoding="utf-8")
    os.utime(shelf.criteria, ns=(written.st_atime_ns, written.st_mtime_ns))
    assert shelf.sets() == (load_set(shelf.criteria),)
    assert shelf.read == 2


def test_a_new_a_renamed_and_a_deleted_file_are_seen(shelf: Shelf) -> None:
    shelf.sets()
    other = shelf.folder / "b.yaml"
    other.write_text(file_text({}).replace("example", "other"), encoding="utf-8")
    assert [one.id for one in shelf.sets()] == ["example.commune", "other.commune"]
    other = other.rename(shelf.folder / "c.yaml")
    assert [one.source for one in shelf.sets()] == [str(shelf.criteria), str(other)]
    other.unlink()
    assert [one.id for one in shelf.sets()] == ["example.commune"]
    assert shelf.read == 4


def test_changed_modules_and_libraries_read_the_sets_anew(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.sets()
    (shelf.modules / "reader.py").write_text("one = 2", encoding="utf-8")
    shelf.sets()
    assert shelf.read == 2
    monkeypatch.setattr(keeping, "_LIBRARIES", shelf.folder)
    shelf.sets()
    assert shelf.read == 3


def test_a_broken_file_is_told_each_time_and_nothing_of_it_is_kept(shelf: Shelf) -> None:
    shelf.sets()
    kept = shelf.file.read_bytes()
    shelf.criteria.write_text("format: x", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(nc.CriteriaError, match="this version reads the format"):
            shelf.sets()
    assert shelf.file.read_bytes() == kept


def test_sets_that_overlap_are_told_each_time(shelf: Shelf) -> None:
    copy = file_text({}).replace("id: example.commune", "id: other.commune")
    (shelf.folder / "b.yaml").write_text(copy, encoding="utf-8")
    for _ in range(2):
        with pytest.raises(nc.CriteriaError, match="hold for the same units and years"):
            shelf.sets()


@pytest.mark.parametrize("where", [0, 8, 16, 200, -1])
@pytest.mark.parametrize("damage", ["changed", "cut"])
def test_a_kept_file_that_is_damaged_is_not_used(shelf: Shelf, where: int, damage: str) -> None:
    shelf.sets()
    content = bytearray(shelf.file.read_bytes())
    content[where] ^= 1
    shelf.file.write_bytes(content if damage == "changed" else content[:where])
    assert shelf.sets() == (load_set(shelf.criteria),)
    assert shelf.read == 2
    shelf.sets()
    assert shelf.read == 2


def test_files_that_change_while_they_are_read_are_not_kept(shelf: Shelf) -> None:
    def read(folder: Path) -> tuple[nc.CriteriaSet, ...]:
        found = load_catalog(folder).sets
        shelf.criteria.write_text(file_text({}).replace("cases = 0", "cases = 1"), encoding="utf-8")
        return found

    kept_sets(shelf.folder, read)
    assert shelf.sets() == (load_set(shelf.criteria),)
    assert shelf.read == 1


def test_where_nothing_can_be_kept_the_sets_are_read(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.file = shelf.folder / "absent" / "kept.sets"
    assert shelf.sets() == shelf.sets()
    monkeypatch.setattr(keeping, "beside_modules", lambda *_: None)
    shelf.sets()
    monkeypatch.setattr(keeping, "beside_modules", lambda *_: shelf.file)
    monkeypatch.setattr(keeping, "_SOURCES", (shelf.folder / "absent",))
    shelf.sets()
    assert shelf.read == 4


def test_files_are_kept_only_where_compiled_modules_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    place = beside_modules(Path("a/b.lark"), ".tables")
    assert place is not None
    assert (place.parent.name, place.suffix) == ("__pycache__", ".tables")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert beside_modules(Path("a/b.lark"), ".tables") is None
