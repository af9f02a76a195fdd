"""What is found in files that an editor has open, and where it stands in the text as typed."""

from __future__ import annotations

import unicodedata

import pytest
from click.testing import CliRunner
from lsprotocol.types import Position
from pygls.workspace import PositionCodec

from ncriteria.cli import program
from ncriteria.editor.completion.completing import FilesAround, offers
from ncriteria.editor.linting.rules.rule import Severity
from ncriteria.editor.server.opened import OpenFiles, is_criteria_text
from ncriteria.editor.server.positions import TypedText
from ncriteria.errors import Problem
from ncriteria.sets.loader import loads_set
from ncriteria.words import words
from tests.editor.messes import ROOT
from tests.editor.test_server import OVERLAY, SET

CORPUS = {
    "misspelt.yaml": SET.replace("base: crime_cases", "base: crime_case").replace(".typed.", ".misspelt."),
    "no_yaml.yaml": SET + "  - {id: [\n",
    "overlay.yaml": OVERLAY,
    "set.yaml": SET,
    "shipped.yaml": (ROOT / "criteria" / "hd06-2022.commune.yaml").read_text("utf-8"),
    "unused.yaml": SET.replace("facts:\n", 'facts:\n  fires: {title: "Số vụ cháy", type: count}\n').replace(
        "typed", "unused"
    ),
}


def typed(text: str) -> TypedText:
    return TypedText(text, PositionCodec())


@pytest.mark.parametrize("left_out", [{"misspelt.yaml", "no_yaml.yaml"}, set()], ids=["readable files", "all"])
def test_an_editor_is_told_what_the_command_line_tells_of_a_folder(left_out, tmp_path):
    texts = {name: text for name, text in CORPUS.items() if name not in left_out}
    opened = OpenFiles(advises=True)
    for name, text in texts.items():
        opened.typed(tmp_path / name, typed(text))
        (tmp_path / name).write_text(text, encoding="utf-8")
    asked = opened.together(tmp_path / "set.yaml")
    opened.settle(asked, asked.checked())
    found = {
        (one.severity, str(one.problem).partition("\n")[0]) for file in opened.files.values() for one in file.findings
    }
    printed = CliRunner().invoke(program, ["check", str(tmp_path), "--advice", "--lang", "en"])
    lines = (line.partition(" ") for line in printed.stdout.splitlines())
    severities = {one.value: one for one in Severity}
    told = {(severities[first], rest) for first, _, rest in lines if first in severities}
    assert found == told
    assert len(told) > 10


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_place_is_told_where_it_stands_in_the_text_as_typed(form, mark):
    text = typed(mark + unicodedata.normalize(form, "vụ 𝒳: số\r\n  cấp: xã\n"))
    for part in ("số", "cấp", "xã"):
        start = text.text.index(part)
        position = text.position(start)
        line = text.typed.splitlines()[position.line].encode("utf-16-le")
        after = line[2 * position.character :].decode("utf-16-le")
        assert unicodedata.normalize("NFC", after).startswith(part)
        assert text.index(position) == start
    assert text.index(Position(99, 0)) == len(text.text)
    assert text.position(len(text.text)) == Position(2, 0)


def test_other_yaml_is_no_criteria_file():
    assert not is_criteria_text("services:\n  web: {image: x}\n")
    assert is_criteria_text(SET)
    assert OpenFiles().typed(ROOT / "other.yaml", typed("a: 1\n")) is None


def test_a_text_that_no_file_may_have_is_a_finding():
    file = OpenFiles().typed(ROOT / "set.yaml", typed(SET + "\0"))
    assert isinstance(file.findings[0].problem, Problem)
    assert file.findings[0].problem.message == "a NUL character stands in the file"


@pytest.mark.parametrize(
    ("typing", "kept", "offered"),
    [
        ("  crime:\n    enc", "", ["encodes: "]),
        ("    rule: param.", "", ["least"]),
        ("    rule: crime_cases <= prev_year.", "", ["crime_cases"]),
        ('    rule: met("', '")', ["crime"]),
        ("    encodes: ", "", ["exact", "approximated", "attested", "not_encoded"]),
        ("  - {id: t, expect: {cr", "}}", ["crime: "]),
        ("  - {id: t, given: {", "}}", ["crime_cases: ", "prev_year: "]),
        ("  - {id: t, missing: [", "]}", ["crime_cases"]),
    ],
)
def test_what_may_stand_at_a_place_is_offered(typing, kept, offered):
    """The rest of the file stands before what is typed; a line like it is typed at the end of its part."""
    part = {"  c": "clauses:\n", "   ": "clauses:\n  theft:\n", "  -": "tests:\n"}[typing[:3]]
    text = SET.partition("clauses:\n")[0] + CLAUSES
    text = text.replace(part, part + typing + kept + "\n", 1)
    index = text.index(typing) + len(typing)
    found = [one.text for one in offers(text, index, loads_set(SET), FilesAround, words("en"))]
    assert [one for one in offered if one not in found] == []


CLAUSES = """\
clauses:
  theft:
    title: "Trộm cắp"

  crime:
    title: "Tội phạm"

tests:
  - {id: tie}
"""
