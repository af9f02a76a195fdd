"""The project file: what it says, where it is found, and every problem of it at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from ncriteria.facts.options import ReadingOptions
from ncriteria.facts.project import Project, find_project, read_project
from ncriteria.sets.errors import CriteriaError
from ncriteria.sets.model import Level

WHOLE = """\
format: ncriteria-project/1
language: en
criteria: sets
standards: [ntm-19.2, antt-safe]
territory: tan-hưng
facts:
  columns: {TNGT: traffic_accidents, "Số: vụ": prev_year.crime_cases}
  ignore: [STT]
  ignore_unknown: true
  blanks: ["-", "0,0"]
  sheet: 2024
  encoding: tcvn3
  header_row: 4
  level: commune
  year: 2024
  unit: a
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "ncriteria.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_it_holds_what_an_office_settles_once(tmp_path: Path) -> None:
    (tmp_path / "sets").mkdir()
    file = written(tmp_path, WHOLE)
    assert read_project(file) == Project(
        file,
        "en",
        tmp_path / "sets",
        ("ntm-19.2", "antt-safe"),
        ReadingOptions(
            columns={"TNGT": "traffic_accidents", "Số: vụ": "prev_year.crime_cases"},
            ignore=["STT"],
            ignore_unknown=True,
            blanks=["-", "0,0"],
            sheet="2024",
            encoding="tcvn3",
            header_row=4,
            level=Level.COMMUNE,
            year=2024,
            unit="a",
            territory="tan-hưng",
        ),
    )


def test_what_it_leaves_out_is_as_without_a_file(tmp_path: Path) -> None:
    file = written(tmp_path, "format: ncriteria-project/1\n")
    assert read_project(file) == Project(file)


def test_it_is_found_in_the_folder_or_the_nearest_around_it(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    outer = written(tmp_path, "format: ncriteria-project/1\n")
    assert find_project(inner) == outer
    nearer = written(tmp_path / "a", "format: ncriteria-project/1\n")
    assert find_project(inner) == nearer
    assert find_project(tmp_path / "a") == nearer


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", ["NC107 the file is empty"]),
        ("format: ncriteria/1\n", ['NC280 the format is "ncriteria/1"']),
        ("format: ncriteria-project/1\nlang: vi\n", ["NC106 a project file has no key `lang`"]),
        ("format: ncriteria-project/1\nlanguage: fr\n", ['NC108 expected vi or en, found "fr"']),
        ("format: ncriteria-project/1\ncriteria: gone\n", ["NC281 there is no `gone` beside the project file"]),
        ("format: ncriteria-project/1\nfacts: {blanks: '-'}\n", ['NC108 expected a list, found "-"']),
        (
            "format: ncriteria-project/1\nfacts: {header_row: 0}\n",
            ["NC108 expected a whole number from 1 to 1048576, found 0"],
        ),
        (
            "format: ncriteria-project/1\nfacts: {level: làng xã, header_row: x}\n",
            [
                'NC108 expected a whole number, found "x"',
                'NC108 expected a level, found "làng xã"',
            ],
        ),
    ],
)
def test_every_problem_is_told(tmp_path: Path, text: str, problems: list[str]) -> None:
    with pytest.raises(CriteriaError) as refused:
        read_project(written(tmp_path, text))
    assert [f"{one.code} {one.message}" for one in refused.value.problems] == problems


@pytest.mark.parametrize(
    ("word", "level"), [("xã", Level.COMMUNE), ("hamlet", Level.HAMLET), ("Huyện", Level.DISTRICT)]
)
def test_a_level_is_named_as_tables_name_it(tmp_path: Path, word: str, level: Level) -> None:
    file = written(tmp_path, f"format: ncriteria-project/1\nfacts: {{level: {word}}}\n")
    assert read_project(file).reading.level is level
