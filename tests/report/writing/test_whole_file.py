"""A file is written whole or not at all, and nothing is left behind."""

from __future__ import annotations

import os
import stat

import pytest

from ncriteria.report.writing.whole_file import whole_file


def write_half(target, error):
    with whole_file(target) as file:
        file.write(b"half")
        raise error


def test_what_is_written_stands_there_when_all_of_it_is_written(tmp_path):
    target = tmp_path / "a.csv"
    with whole_file(target) as file:
        file.write(b"one")
        assert not target.exists()
    assert target.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit, OSError])
def test_an_error_or_an_interrupt_leaves_what_was_there_and_nothing_else(tmp_path, error):
    target = tmp_path / "a.csv"
    target.write_bytes(b"before")
    with pytest.raises(error):
        write_half(target, error)
    assert target.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [target]


def test_a_full_disk_leaves_what_was_there(tmp_path, monkeypatch):
    target = tmp_path / "a.csv"
    target.write_bytes(b"before")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"), whole_file(target) as file:
        file.write(b"half")
    assert (target.read_bytes(), list(tmp_path.iterdir())) == (b"before", [target])


def test_a_link_is_followed_and_stays_a_link(tmp_path):
    target, link = tmp_path / "a.csv", tmp_path / "link.csv"
    target.write_bytes(b"before")
    link.symlink_to(target)
    with whole_file(link) as file:
        file.write(b"after")
    assert link.is_symlink()
    assert target.read_bytes() == b"after"


def test_those_who_might_read_a_file_still_may(tmp_path):
    target, new = tmp_path / "a.csv", tmp_path / "b.csv"
    target.write_bytes(b"before")
    target.chmod(0o640)
    before = os.umask(0o022)
    try:
        for path in (target, new):
            with whole_file(path) as file:
                file.write(b"after")
    finally:
        os.umask(before)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (target, new)] == [0o640, 0o644]


def test_a_name_as_long_as_a_name_may_be_can_be_written(tmp_path):
    target = tmp_path / ("x" * 251 + ".csv")
    with whole_file(target) as file:
        file.write(b"one")
    assert target.read_bytes() == b"one"
