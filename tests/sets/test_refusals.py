"""What is wrong with a criteria file is told with its place, what stands there and what to write; all in one go."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path
from typing import Any

import pytest

import ncriteria as nc
from ncriteria.sets.reading.documents import MAX_BYTES
from ncriteria.sets.reading.nodes import MAX_DEPTH, MAX_NODES
from tests.case_files import cases
from tests.sets.writing import PARTS, file_text

CLAUSE = "{id: %s, title: T, rule: cases = 0, encodes: exact, cite: [{instrument: 01/EXAMPLE}]}"


@pytest.mark.parametrize("case", [*cases(__file__, "refused"), *cases(__file__, "near_misses")])
def test_a_file_is_refused_with_the_whole_message(case: Any) -> None:
    with pytest.raises(nc.CriteriaError) as refused:
        nc.loads(file_text(case))
    assert str(refused.value) == case["error"]


@pytest.mark.parametrize("case", cases(__file__, "extending_refused"))
def test_a_set_that_extends_another_is_refused_with_the_whole_message(case: Any, tmp_path: Path) -> None:
    for name, parts in case["files"].items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(file_text(parts), encoding="utf-8")
    with pytest.raises(nc.CriteriaError) as refused:
        nc.load(tmp_path / next(iter(case["files"])))
    assert str(refused.value).replace(f"{tmp_path}/", "") == case["error"]


def test_a_lone_surrogate_is_refused_in_words_that_can_be_printed() -> None:
    with pytest.raises(nc.CriteriaError) as refused:
        nc.loads("format: \ud800\n")
    assert str(refused.value) == (
        "line 1, column 9: NC101 the lone surrogate U+D800 stands in the file\n  format: \ufffd\n          ^"
    )


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("# " + "x" * MAX_BYTES, f"line 1, column 1: NC102 the text is longer than {MAX_BYTES} bytes"),
        ("a: [" + "1, " * MAX_NODES + "]", f"line 1, column 29996: NC102 the file has more than {MAX_NODES} values"),
        ("a: " + "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "NC102 the file is nested deeper than 40 levels"),
        ("- " * 100_000, "NC102 the file is nested deeper than 40 levels"),
        ("? " * 100_000, "NC102 the file is nested deeper than 40 levels"),
    ],
    ids=["bytes", "values", "brackets", "dashes", "question marks"],
)
def test_a_file_over_a_limit_is_refused_there(text: str, error: str) -> None:
    with pytest.raises(nc.CriteriaError) as refused:
        nc.loads(text)
    assert len(refused.value.problems) == 1
    assert error in str(refused.value)


def test_brackets_without_end_are_refused() -> None:
    with pytest.raises(nc.CriteriaError):
        nc.loads("a: " + "[" * 500_000)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"format: a\nset: \xff\n", "{file}:2:1: NC101 byte 15 (0xff) is not UTF-8\n  hint: save the file as UTF-8"),
        ("format: số".encode("utf-16"), "{file}:1:1: NC101 byte 0 (0xff) is not UTF-8\n  hint: save the file as UTF-8"),
        (b"#" * (MAX_BYTES + 1), f"{{file}}:1:1: NC102 the file is larger than {MAX_BYTES} bytes"),
        (b"a: \0", "{file}:1:4: NC101 a NUL character stands in the file\n  a: \ufffd\n     ^"),
    ],
    ids=["invalid UTF-8", "UTF-16", "too large", "NUL"],
)
def test_a_file_that_is_no_text_is_refused(content: bytes, error: str, tmp_path: Path) -> None:
    file = tmp_path / "set.yaml"
    file.write_bytes(content)
    with pytest.raises(nc.CriteriaError) as refused:
        nc.load(file)
    assert str(refused.value) == error.format(file=file)


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("none.yaml", "none.yaml:1:1: NC101 the file cannot be read: No such file or directory"),
        ("", ".:1:1: NC101 the file cannot be read: Is a directory"),
        ("a\0b", "a\ufffdb:1:1: NC101 the file cannot be read: embedded null byte"),
        ("\ud800", "\ufffd:1:1: NC101 the file cannot be read: "),
        ("a" * 5000, "NC101 the file cannot be read: File name too long"),
    ],
    ids=["absent", "folder", "NUL", "surrogate", "too long"],
)
def test_a_path_that_cannot_be_read_is_refused(
    name: str, error: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(nc.CriteriaError) as refused:
        nc.load(name)
    assert error in str(refused.value)


@pytest.mark.parametrize(
    "reference",
    [
        *("../base.yaml", "inner/../../base.yaml", "/etc/passwd", "C:/base.yaml", "file:base.yaml"),
        *("..\\base.yaml", "inner\\base.yaml"),
    ],
)
def test_extends_cannot_leave_its_folder(reference: str, tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(file_text({}), encoding="utf-8")
    written = reference.replace("\\", "\\\\")
    inner = tmp_path / "inner"
    inner.mkdir()
    file = inner / "set.yaml"
    file.write_text(file_text({"extends": f'extends: "{written}"', "clauses": "", "changes": "changes: []"}), "utf-8")
    with pytest.raises(nc.CriteriaError) as refused:
        nc.load(file)
    assert f'NC120 "{reference}" is no path inside the folder of the file' in str(refused.value)


@pytest.mark.parametrize("inside", ["base.yaml", "folder/base.yaml"])
def test_extends_cannot_leave_its_folder_through_a_link(inside: str, tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "set"
    outside.mkdir()
    folder.mkdir()
    (outside / "base.yaml").write_text(file_text({}), encoding="utf-8")
    if "/" in inside:
        (folder / "folder").symlink_to(outside)
    else:
        (folder / inside).symlink_to(outside / "base.yaml")
    file = folder / "set.yaml"
    parts = {"extends": f"extends: {inside}", "facts": "", "clauses": "", "changes": "changes: []"}
    file.write_text(file_text(parts), encoding="utf-8")
    with pytest.raises(nc.CriteriaError) as refused:
        nc.load(file)
    assert [problem.message for problem in refused.value.problems] == [
        f'"{inside}" is a link out of the folder of the file'
    ]


@pytest.mark.parametrize("reference", ["a" * 5000, ".", "inner", "loop.yaml"], ids=["long", "folder", "inner", "loop"])
def test_extends_of_what_is_no_file_is_refused(reference: str, tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    os.symlink(tmp_path / "loop.yaml", tmp_path / "loop.yaml")
    file = tmp_path / "set.yaml"
    parts = {"extends": f"extends: {reference}", "facts": "", "clauses": "", "changes": "changes: []"}
    file.write_text(file_text(parts), encoding="utf-8")
    with pytest.raises(nc.CriteriaError) as refused:
        nc.load(file)
    assert [problem.code for problem in refused.value.problems] == ["NC120"]


def test_extends_of_a_name_with_a_nul_is_refused() -> None:
    with pytest.raises(nc.CriteriaError) as refused:
        nc.loads(file_text({"extends": 'extends: "a\\0b.yaml"', "facts": "", "clauses": "", "changes": "changes: []"}))
    assert [problem.code for problem in refused.value.problems] == ["NC101", "NC120"]


def test_overlays_cannot_nest_clauses_without_end(tmp_path: Path) -> None:
    def nested(levels: int) -> str:
        member = CLAUSE % "a"
        for _ in range(levels):
            member = f"{{id: a, title: G, all: [{member}]}}"
        return member.replace("id: a, ", "", 1)

    group = f"clauses:\n  g: {{title: G, all: [{CLAUSE % 'a'}]}}"
    (tmp_path / "base.yaml").write_text(file_text({"clauses": group}), encoding="utf-8")
    changes, path = "changes:\n", "g/a"
    for _ in range(40):
        changes += f"  - {{replace: {path}, clause: {nested(10)}, cite: [{{instrument: 01/EXAMPLE}}]}}\n"
        path += "/a" * 10
    file = tmp_path / "set.yaml"
    file.write_text(
        file_text({"extends": "extends: base.yaml", "facts": "", "clauses": "", "changes": changes}), encoding="utf-8"
    )
    with pytest.raises(nc.CriteriaError) as refused:
        nc.load(file)
    assert "NC102 clauses lie at most 20 levels deep" in str(refused.value)


def test_very_many_problems_do_not_take_minutes() -> None:
    facts = "facts:\n" + "".join(f"  f{number}: {{title: T, type: count}}\n" for number in range(200))
    rule = " + ".join(f"g{number}" for number in range(90))
    clause = f'{{title: T, rule: "{rule} = 0", encodes: exact, cite: [{{instrument: 01/EXAMPLE}}]}}'
    clauses = "clauses:\n" + "".join(f"  c{number}: {clause}\n" for number in range(50))
    with pytest.raises(nc.CriteriaError) as refused:
        nc.loads(file_text({"facts": facts, "clauses": clauses}))
    assert 1000 < len(refused.value.problems) < 1200
    assert any("more than 1000 problems" in problem.message for problem in refused.value.problems)


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["no BOM", "BOM"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_places_do_not_depend_on_line_breaks_marks_and_accents(line_break: str, mark: str, form: Any) -> None:
    text = file_text({"facts": "facts:\n  số_vụ: {title: Số vụ, type: cuont}"})
    with pytest.raises(nc.CriteriaError) as plain:
        nc.loads(text)
    with pytest.raises(nc.CriteriaError) as written_otherwise:
        nc.loads(mark + unicodedata.normalize(form, text).replace("\n", line_break))
    assert str(written_otherwise.value) == str(plain.value)


def test_all_parts_of_the_usual_file_load() -> None:
    assert nc.loads(file_text({})).id == "example.commune"
    assert set(PARTS) >= {"set", "facts", "clauses"}
