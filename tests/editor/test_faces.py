"""The check tells the same of the same files, code, place and message, in a terminal, a review and an editor."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from attrs import frozen
from click.testing import CliRunner
from pygls.workspace import PositionCodec

from ncriteria.cli import program
from ncriteria.cli.commands.editing import check
from ncriteria.editor.linting.checking import checked_files
from ncriteria.editor.server.opened import OpenFiles, is_criteria_text
from ncriteria.editor.server.positions import TypedText
from ncriteria.editor.server.showing import diagnostics
from ncriteria.words import words
from tests.editor.corpus import write_corpus
from tests.editor.messes import SHIPPED

LINE = re.compile(r"(\w+) (?:(\S+\.yaml):(\d+):(\d+): )?(NC\d{3}) (.*)")
COMMAND = re.compile(r"::(\w+) (?:file=(\S+?),line=(\d+),col=(\d+),endColumn=\d+,)?title=(NC\d{3})::(.*)")
FEW = [path for path in SHIPPED if path.name.startswith("hd07")]
"""Enough of the shipped sets: how well each is tested takes long to find."""
NOTES = {"notice": "note", "advice": "note"}
"""What reviews make no difference between."""


@frozen
class Told:
    """One finding as a face tells it, without its hint; the severity is a word of reviews."""

    severity: str
    file: str | None
    line: int | None
    column: int | None
    code: str
    message: str


def told(severity, file, line, column, code, message):
    shown = message.partition("\n")[0]
    return Told(NOTES.get(severity, severity), file, line and int(line), column and int(column), code, shown)


def of_text(text):
    return {told(*found.groups()) for line in text.splitlines() if (found := LINE.fullmatch(line))}


def of_json(text):
    found = json.loads(text)
    for severity, several in (
        ("error", "errors"),
        ("warning", "warnings"),
        ("notice", "notices"),
        ("advice", "advice"),
    ):
        for one in found[several]:
            place = f"{one['place']}: " if one["place"] else ""
            yield from of_text(f"{severity} {place}{one['code']} {one['message']}")


def of_github(text):
    for line in text.splitlines():
        severity, *place, code, message = COMMAND.fullmatch(line).groups()
        yield told({"notice": "note"}.get(severity, severity), *place, code, unquote(message))


def of_sarif(text):
    for one in json.loads(text)["runs"][0]["results"]:
        place = one["locations"][0]["physicalLocation"] if "locations" in one else None
        region = (place["region"]["startLine"], place["region"]["startColumn"]) if place else (None, None)
        file = unquote(place["artifactLocation"]["uri"]) if place else None
        yield told(one["level"], file, *region, one["ruleId"], one["message"]["text"])


def of_junit(text):
    for suite in ElementTree.fromstring(text):
        yield from of_text(suite.findtext("system-out", ""))
        for failure in suite.iter("failure"):
            yield from of_text(f"error {failure.text}")


FACES = {"json": of_json, "github": of_github, "sarif": of_sarif, "junit": of_junit}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_corpus(Path(), FEW)
    return tmp_path


def printed(form):
    return CliRunner().invoke(program, ["check", ".", "--advice", "--lang", "en", "--format", form]).stdout


def test_each_format_has_the_findings_of_the_terminal(folder, monkeypatch):
    kept = {}
    monkeypatch.setattr(check, "checked_files", lambda *a, **k: kept.setdefault("", checked_files(*a, **k)))
    text = printed("text")
    expected = of_text(text)
    _, *counts = re.findall(r"\d+(?= \w)", text.splitlines()[-1])
    assert len(expected) == sum(map(int, counts)) > 250
    for form, read in FACES.items():
        assert set(read(printed(form))) == expected, form


def told_in(file, diagnostic):
    """What an editor shows, as a terminal tells it."""
    severity = {1: "error", 2: "warning", 3: "notice", 4: "advice"}[diagnostic.severity]
    lines = diagnostic.message.splitlines()
    start = file.typed.index(diagnostic.range.start)
    before = file.typed.text[:start]
    return told(severity, file.path.name, before.count("\n") + 1, start - before.rfind("\n"), diagnostic.code, lines[0])


def test_an_editor_tells_what_the_terminal_tells(folder):
    opened = OpenFiles(advises=True)
    for path in Path().glob("*.yaml"):
        text = path.read_bytes().decode("utf-8", "replace")
        if "\ufffd" in text or not is_criteria_text(text):
            path.unlink()
        else:
            opened.typed(path, TypedText(text, PositionCodec()))
    expected = of_text(printed("text"))
    asked = opened.together(next(iter(opened.files)))
    opened.settle(asked, asked.checked())
    shown = {told_in(file, one) for file in opened.files.values() for one in diagnostics(file, words("en"))}
    assert shown == expected
