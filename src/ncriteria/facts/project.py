"""The project file of an office, `ncriteria.yaml`: what it settles once, found upward from the working folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from attrs import evolve, field

from ncriteria.errors import Problem, TextPlace
from ncriteria.facts.lineage.model import NATIONAL_REFORM, Reform
from ncriteria.facts.options import LATEST_MONTHS_END, ReadingOptions
from ncriteria.facts.units.levels import WRITE_A_LEVEL, level_of
from ncriteria.language.hints.near_misses import did_you_mean
from ncriteria.quick_classes import frozen
from ncriteria.sets.errors import CriteriaError
from ncriteria.sets.files.files import read_file, shown_path
from ncriteria.sets.model import Level
from ncriteria.sets.reading import fields
from ncriteria.sets.reading.documents import document_of
from ncriteria.sets.reading.nodes import Node, Table, read_nodes
from ncriteria.words import Language, phrase

PROJECT_FILE: Final = "ncriteria.yaml"
FORMAT: Final = "ncriteria-project/1"
_MOST_ROWS: Final = 1_048_576
"""The rows that a sheet may have."""
_KEYS = ("format", "language", "criteria", "standards", "territory", "lineage", "reforms", "facts", "check")


SEVERITIES: Final = ("error", "warning", "notice", "advice", "off")
"""How much a rule of the check may be said to count."""


@frozen
class RuleSaid:
    """How much a rule of the check counts in a project."""

    code: str
    severity: str
    place: TextPlace | None = field(default=None, eq=False)


@frozen
class Project:
    """What an office settles once; what it leaves out is as without a file.

    `criteria` is a file or a folder of criteria, `reading` is how its tables are read.
    """

    file: Path
    language: Language | None = None
    criteria: Path | None = None
    standards: tuple[str, ...] = ()
    reading: ReadingOptions = field(factory=ReadingOptions)
    rules_said: tuple[RuleSaid, ...] = ()


def find_project(folder: Path) -> Path | None:
    """The project file of `folder`: the first in it or in a folder around it."""
    return next((file for around in (folder, *folder.parents) if (file := around / PROJECT_FILE).is_file()), None)


def read_project(file: Path) -> Project:
    """The project in `file`; raises `CriteriaError` with every problem of it: line, column, code and hint.

    Raises `FactsError` for what is wrong with the lineage that it names.
    """
    document = document_of(read_file(file), shown_path(file))
    reading = fields.FileReading()
    root = read_nodes(document, reading.problems)
    if root is None:
        raise CriteriaError(Problem("NC107", phrase("the file is empty"), document.place(0, 0)))
    given = fields.fields(reading, root, _KEYS, phrase("a project file"))
    kind = given.require("format", fields.text)
    if kind is not None and kind != FORMAT:
        message, hint = phrase('the format is "{format}"', format=kind[:40]), phrase("write `{format}`", format=FORMAT)
        reading.report("NC280", message, given.values["format"].place, hint)
    project = _project(file, given)
    if reading.problems:
        raise CriteriaError(reading.problems)
    return project


def _project(file: Path, given: fields.Fields) -> Project:
    path, lineage = _beside(file, given, "criteria"), _beside(file, given, "lineage")
    standards, territory = given.read("standards", fields.listing(fields.text)), given.read("territory", fields.text)
    reading = given.read("facts", _reading_options) or ReadingOptions()
    if lineage is not None and lineage.exists():
        from ncriteria.facts.lineage.reading import read  # which few projects have need of

        reading = evolve(reading, lineage=read(lineage))
    reforms = given.read("reforms", fields.listing(_reform)) or ()
    reading = evolve(reading, territory=territory, reforms=reforms)
    language = given.read("language", _language)
    return Project(file, language, path, standards or (), reading, given.read("check", _rules_said) or ())


def _beside(file: Path, given: fields.Fields, key: str) -> Path | None:
    """The file or folder that a key names, by its path from the project file."""
    named = given.read(key, fields.text)
    path = None if named is None else file.parent / named
    if path is not None and not path.exists():
        message = phrase("there is no `{path}` beside the project file", path=named)
        given.reading.report("NC281", message, given.values[key].place, phrase("write the path from this file"))
    return path


def _reform(reading: fields.FileReading, node: Node) -> Reform | None:
    """A day on which the units of the levels of the national reform were made anew."""
    given = fields.fields(reading, node, ("day", "instrument"), "`reforms`", phrase("write `{{day: 2026-03-01}}`"))
    on, instrument = given.require("day", fields.day), given.read("instrument", fields.text)
    return None if on is None else Reform(day=on, levels=NATIONAL_REFORM.levels, instrument=instrument)


def _rules_said(reading: fields.FileReading, node: Node) -> tuple[RuleSaid, ...]:
    """How much rules of the check count, by their codes."""
    if not isinstance(node, Table):
        fields.fields(reading, node, (), "`check`", phrase("write `check: {{NC157: warning}}`"))
        return ()
    found = []
    for entry in node.entries:
        word = fields.text(reading, entry.value)
        if word in SEVERITIES:
            found.append(RuleSaid(entry.key.text, word, entry.key.place))
        elif word is not None:
            expected = phrase("one of {values}", values=", ".join(SEVERITIES))
            fields.wrong(reading, entry.value, expected, did_you_mean(word, SEVERITIES))
    return tuple(found)


def _language(reading: fields.FileReading, node: Node) -> Language | None:
    match fields.text(reading, node):
        case "vi":
            return "vi"
        case "en":
            return "en"
        case None:
            return None
    fields.wrong(reading, node, phrase("vi or en"))
    return None


def _reading_options(reading: fields.FileReading, node: Node) -> ReadingOptions:
    given = fields.fields(reading, node, READING_KEYS, "`facts`")
    said: dict[str, Any] = {key: given.read(key, reader) for key, reader in READING_KEYS.items()}
    return ReadingOptions(**{key: value for key, value in said.items() if value is not None})


def _up_to(most: int) -> Callable[[fields.FileReading, Node], int | None]:
    """A reader of a whole number from 1 to `most`."""

    def read(reading: fields.FileReading, node: Node) -> int | None:
        number = fields.whole(reading, node)
        if number is not None and not 1 <= number <= most:
            expected = phrase("a whole number from 1 to {most}", most=most)
            message = phrase("expected {expected}, found {found}", expected=expected, found=number)
            reading.report("NC108", message, node.place)
            return None
        return number

    return read


def _level(reading: fields.FileReading, node: Node) -> Level | None:
    """The level that a word names, in English or as tables have it."""
    word = fields.text(reading, node)
    level = None if word is None else level_of(word)
    if word is not None and level is None:
        fields.wrong(reading, node, phrase("a level"), WRITE_A_LEVEL)
    return level


def _columns(reading: fields.FileReading, node: Node) -> dict[str, str]:
    """The column of each heading."""
    if not isinstance(node, Table):
        fields.fields(reading, node, (), "`columns`", phrase("write `{{heading: fact}}`"))
        return {}
    named = {entry.key.text: fields.text(reading, entry.value) for entry in node.entries}
    return {heading: name for heading, name in named.items() if name is not None}


READING_KEYS: Final[Mapping[str, Callable[[fields.FileReading, Node], object]]] = {
    "columns": _columns,
    "ignore": fields.listing(fields.text),
    "ignore_unknown": fields.flag,
    "blanks": fields.listing(fields.text),
    "sheet": fields.text,
    "encoding": fields.text,
    "unit": fields.text,
    "header_row": _up_to(_MOST_ROWS),
    "year": fields.year,
    "month": _up_to(12),
    "months_end": _up_to(LATEST_MONTHS_END),
    "level": _level,
    "series": fields.text,
    "known_on": fields.day,
}
"""The keys of `facts`, each the field of `ReadingOptions` that it is for, in the order in which they are written."""
