"""Slips put into criteria files by hand: a regular expression, where it is looked for, and what stands there after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen

from ncriteria.sets.files.files import criteria_files, shipped_folder
from tests.case_files import document

_KINDS = Path(__file__).with_name("kinds.yaml")
_CONSTRUCTS = Path(__file__).with_name("constructs.yaml")
_EXPRESSION = re.compile(
    r"(?:^ +|, )(?:rule|when_zero_base|applies_when): (?:>-\n(?: {8,}+(?!\w+:\s|- ).*\n)+|.*?(?=, encodes|\n))",
    re.MULTILINE,
)
_SECTION = re.compile(r"^(\w+):", re.MULTILINE)


@frozen
class Kind:
    """A kind of slip, and the tools that are the first to tell of one of its places.

    One that is made `everywhere` is one slip of all places. With it go the `tests` that speak of this.
    """

    id: str
    says: str
    where: str
    find: re.Pattern[str]
    put: str
    caught: frozenset[str] = field(factory=frozenset)
    everywhere: bool = False
    tests: str | None = None
    group: str = "hand"


@frozen
class Slip:
    """One slip in one file: the whole text after it, and what stood there before and after."""

    kind: Kind
    path: Path
    text: str = field(repr=False)
    before: str
    after: str


def kinds() -> list[Kind]:
    """Every kind, in the order of the table."""
    return kinds_of(_KINDS)


def kinds_of(table: Path) -> list[Kind]:
    """Every kind of a table."""
    return [_kind(row) for row in document(table)]


def _kind(row: dict[str, Any]) -> Kind:
    found = re.compile(row["find"])
    caught = frozenset(row.get("caught", ()))
    more = {name: row[name] for name in ("everywhere", "tests", "group") if name in row}
    return Kind(row["id"], row["says"], row["in"], found, row["put"], caught, **more)


def slips(kind: Kind) -> list[Slip]:
    """The slips of a kind at every place of the files."""
    return [slip for path in files() for slip in slips_in(kind, path)]


def slips_in(kind: Kind, path: Path) -> list[Slip]:
    """The slips of a kind at every place of a file."""
    found = list(_in_file(kind, path))
    if not kind.everywhere or not found:
        return found
    text = path.read_text(encoding="utf-8")
    return [evolve(found[0], text=kind.find.sub(kind.put, text))]


def files() -> list[Path]:
    """The shipped sets, and one of what they do not use."""
    return [*criteria_files(shipped_folder()), _CONSTRUCTS]


def sample(found: list[Slip], number: int) -> list[Slip]:
    """At most `number` of the slips, from the first to the last."""
    if len(found) <= number:
        return found
    return [found[index * (len(found) - 1) // max(1, number - 1)] for index in range(number)]


def _in_file(kind: Kind, path: Path) -> Iterator[Slip]:
    text = path.read_text(encoding="utf-8")
    for start, end in _places(kind.where, text):
        for match in kind.find.finditer(text, start, end):
            put = match.expand(kind.put)
            changed = _without_tests(kind, f"{text[: match.start()]}{put}{text[match.end() :]}")
            yield Slip(kind, path, changed, *_shown(text, changed, match, put))


def _without_tests(kind: Kind, text: str) -> str:
    return text if kind.tests is None else re.sub(rf"(?m)^  - \{{id: .*{kind.tests}.*\n", "", text)


def _shown(text: str, changed: str, match: re.Match[str], put: str) -> tuple[str, str]:
    """The lines around the slip, before and after it."""
    first = text.rfind("\n", 0, match.start() + 1) + 1
    before = text[first : text.find("\n", match.end())]
    after = changed[first : changed.find("\n", match.start() + len(put))]
    return " ".join(before.split()), " ".join(after.split())


def _places(where: str, text: str) -> Iterator[tuple[int, int]]:
    if where == "rules":
        yield from (match.span() for match in _EXPRESSION.finditer(text))
        return
    if where == "all":
        yield 0, len(text)
        return
    sections = list(_SECTION.finditer(text))
    for index, section in enumerate(sections):
        if section[1] == where:
            following = sections[index + 1].start() if index + 1 < len(sections) else len(text)
            yield section.end(), following
