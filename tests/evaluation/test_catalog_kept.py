"""A catalog is read once for each state of its folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import ncriteria as nc
from tests.sets.writing import file_text


def test_a_folder_that_has_not_changed_is_not_read_again(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(file_text({}), encoding="utf-8")
    assert nc.catalog(tmp_path) is nc.catalog(str(tmp_path))
    assert nc.catalog() is nc.catalog()


def test_a_changed_a_new_and_a_deleted_file_are_seen(tmp_path: Path) -> None:
    file, other = tmp_path / "a.yaml", tmp_path / "inner" / "b.yml"
    file.write_text(file_text({}), encoding="utf-8")
    before = nc.catalog(tmp_path)
    file.write_text(file_text({}).replace("cases = 0", "cases = 1"), encoding="utf-8")
    os.utime(file, ns=(1, 1))
    after = nc.catalog(tmp_path)
    assert [nc.show(one["example.commune"].definition.clauses[0].rule) for one in (before, after)] == [
        "cases = 0",
        "cases = 1",
    ]
    other.parent.mkdir()
    other.write_text(file_text({}).replace("example", "other"), encoding="utf-8")
    assert [one.id for one in nc.catalog(tmp_path).sets.sets] == ["example.commune", "other.commune"]
    other.unlink()
    assert [one.id for one in nc.catalog(tmp_path).sets.sets] == ["example.commune"]


def test_a_folder_that_was_refused_is_read_when_it_is_mended(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("format: x", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(nc.CriteriaError):
            nc.catalog(tmp_path)
    file.write_text(file_text({}), encoding="utf-8")
    assert nc.catalog(tmp_path)["example.commune"].id == "example.commune"
