"""Reading the fields of a mapping: each value is typed here, from its text, and each problem is told where it is."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Mapping
from enum import Enum
from typing import TypeVar

from attrs import field

from ncriteria.errors import Problem, TextPlace
from ncriteria.language.hints.lookalikes import told_apart, unseen
from ncriteria.language.hints.near_misses import did_you_mean
from ncriteria.language.parser import read_expression
from ncriteria.language.reading.literals import day_meant
from ncriteria.language.source import FindingsError, Locate
from ncriteria.language.tree import Expr
from ncriteria.patterns import compiled_later
from ncriteria.quick_classes import frozen
from ncriteria.sets.keys import heading
from ncriteria.sets.reading.nodes import Listing, Node, Scalar, Table
from ncriteria.sets.sources import Basis, Bilingual, Citation
from ncriteria.sets.years.windows import Window
from ncriteria.words import phrase

E = TypeVar("E", bound=Enum)
T = TypeVar("T")
_TRUTHS = {
    "true": ("true", "yes", "on", "có", "đúng", "đạt", "x"),
    "false": ("false", "no", "off", "không", "sai", "chưa đạt"),
}
IDENTIFIER = compiled_later(r"[^\W_][\w.-]*")


@frozen
class FileReading:
    """What one reading of a file gathers: its problems, and its expressions by `(path, role)`.

    `misdeclared` are names whose declaration is wrong, so that their uses are not reported as well; `incomplete` are
    the paths of groups with a member that could not be read, with an empty one where that is the whole set. `unread`
    are the keys of the heading whose values could not be read, for which stand-ins stand. `windows` are those that the
    file names, `None` where one is wrong.
    """

    problems: list[Problem] = field(factory=list)
    expressions: dict[tuple[str, str], Scalar] = field(factory=dict)
    misdeclared: set[str] = field(factory=set)
    incomplete: set[str] = field(factory=set)
    unread: set[str] = field(factory=set)
    windows: dict[str, Window | None] = field(factory=dict)

    def places(self) -> dict[tuple[str, str], Locate]:
        """Where the expressions stand."""
        return {key: node.locate() for key, node in self.expressions.items()}

    def may_hold(self, path: str) -> bool:
        """Whether a clause that could not be read may have the path."""
        return any(not group or f"{path}/".startswith(f"{group}/") for group in self.incomplete)

    def report(self, code: str, message: str, place: TextPlace | None, hint: str | None = None) -> None:
        """Add a problem."""
        self.problems.append(Problem(code, message, place, hint))


@frozen
class Fields:
    """The entries of a mapping by key, as far as the schema knows the keys.

    `is_mapping` is false where something else stands in its place, which is reported once.
    """

    reading: FileReading
    values: Mapping[str, Node]
    place: TextPlace
    is_mapping: bool = True

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def read(self, key: str, reader: Callable[[FileReading, Node], T]) -> T | None:
        """The value of `key`, read by `reader`; `None` where the key is absent or its value is wrong."""
        node = self.values.get(key)
        return None if node is None else reader(self.reading, node)

    def require(self, key: str, reader: Callable[[FileReading, Node], T]) -> T | None:
        """The value of `key`, which must be there."""
        if key not in self.values and self.is_mapping:
            self.reading.report("NC107", phrase("`{key}` is missing", key=key), self.place)
        return self.read(key, reader)


def fields(reading: FileReading, node: Node, keys: Collection[str], what: str, example: str | None = None) -> Fields:
    """The fields of the mapping `node`; keys that are not among `keys` are reported.

    What stands under a misspelt key is read as that of the key that was meant, so that nothing seems to be missing.
    `example` is what to write, for the hint where `node` is no mapping.
    """
    if not isinstance(node, Table):
        joined = joined_key(node.text, keys) if isinstance(node, Scalar) else None
        message = phrase("{what} is a mapping of keys and values, not {found}", what=what, found=shown(node))
        reading.report("NC108", message, node.place, joined or example)
        return Fields(reading, {}, node.place, is_mapping=False)
    values, meant = dict[str, Node](), dict[str, Node]()
    for entry in node.entries:
        key = entry.key.text
        if key in keys:
            values[key] = entry.value
        else:
            unlike = told_apart(key, keys) or unseen(key) or _behind_a_comma(key, entry.value)
            near = did_you_mean(key, keys)
            hint = joined_key(key, keys) or unlike or near
            hint = hint or phrase("the keys are: {keys}", keys=", ".join(keys))
            message = phrase("{what} has no key `{key}`", what=what, key=key[:60])
            reading.report("NC106", message, entry.key.place, hint)
            if hint is near and near is not None:
                meant.setdefault(str(near.values["name"]), entry.value)
    return Fields(reading, {**meant, **values}, node.place)


def joined_key(written: str, keys: Collection[str]) -> str | None:
    """What to write where YAML takes `key:value` or `-key`, without its space, for one text."""
    key, colon, value = written.partition(":")
    if colon and key.strip() in keys:
        shown_value = value[:40].strip() or "..."
        return phrase("write a space after the colon: `{key}: {value}`", key=key.strip(), value=shown_value)
    if written.startswith("-") and written[1:].strip() in keys:
        return phrase("write a space after the dash: `- {key}: ...`", key=written[1:].strip())
    return None


def _behind_a_comma(key: str, value: Node) -> str | None:
    """What to write where a comma has cut a value inside braces, and YAML takes what follows it for a key."""
    if not isinstance(value, Scalar) or value.text or not re.search(r"[\s()<>=*/+]|^[0-9]", key):
        return None
    if re.fullmatch("[0-9]+ ?%?", key):
        return phrase("inside {{ }} a comma ends a value: write decimals with a point, and no mark between groups")
    return phrase("inside {{ }} a comma ends a value: put a value that has one into quotes")


def shown(node: Node) -> str:
    """What stands at a node, in words for messages."""
    match node:
        case Listing(items=items):
            return phrase("a list") if items else phrase("an empty list")
        case Table():
            return phrase("a mapping")
        case Scalar(text=text):
            return phrase("nothing") if node.is_empty else f'"{text[:40]}"'


def wrong(reading: FileReading, node: Node, expected: str, hint: str | None = None) -> None:
    """Add the problem that something else stands at a node than what is expected."""
    message = phrase("expected {expected}, found {found}", expected=expected, found=shown(node))
    reading.report("NC108", message, node.place, hint)


def as_is(_: FileReading, node: Node) -> Node | None:
    """The node itself, to be read later."""
    return node


def text(reading: FileReading, node: Node) -> str | None:
    """A text that is not empty."""
    if isinstance(node, Scalar) and not node.is_empty and node.text.strip():
        return node.text.strip()
    wrong(reading, node, phrase("a text"))
    return None


def identifier(reading: FileReading, node: Node) -> str | None:
    """An identifier of letters, digits, `.`, `_` and `-`."""
    found = text(reading, node)
    if found is not None and not IDENTIFIER.fullmatch(found):
        hint = unseen(found) or phrase("use letters, digits, `.`, `_` and `-`")
        reading.report("NC110", phrase('"{text}" is no identifier', text=found[:60]), node.place, hint)
        return None
    return found


def flag(reading: FileReading, node: Node) -> bool | None:
    """`true` or `false`; not `yes` and `no`, which YAML versions read differently."""
    if isinstance(node, Scalar) and node.plain and node.text in ("true", "false"):
        return node.text == "true"
    wrong(reading, node, phrase("`true` or `false`"), truth_meant(node))
    return None


def truth_meant(node: Node) -> str | None:
    """What to write for a truth in other words or letters."""
    word = node.text.strip().casefold() if isinstance(node, Scalar) else ""
    meant = next((truth for truth, words in _TRUTHS.items() if word in words), None)
    if meant is None:
        return None
    if isinstance(node, Scalar) and not node.plain:
        return phrase("write `{value}` without quotes", value=meant)
    return phrase("write `{value}`", value=meant)


def _matching(pattern: str, expected: str, read: Callable[[str], T]) -> Callable[[FileReading, Node], T | None]:
    """A reader of a text that is as a regular expression says."""

    def read_node(reading: FileReading, node: Node) -> T | None:
        if isinstance(node, Scalar) and re.fullmatch(pattern, node.text):
            return read(node.text)
        wrong(reading, node, expected)
        return None

    return read_node


whole = _matching(r"[0-9]{1,9}", phrase("a whole number"), int)
"""A whole number of at most 9 digits, without a sign."""
year = _matching(r"(1[89]|2[0-9])[0-9]{2}", phrase("a year of four digits"), int)
"""A year of four digits."""
web_address = _matching(r"https?://\S+", phrase("an address that begins with https://"), str)
"""An address that begins with http:// or https://."""
digest = _matching(r"[0-9a-fA-F]{64}", phrase("a SHA-256, which has 64 hexadecimal digits"), str.lower)
"""A SHA-256: 64 hexadecimal digits, in small letters."""


def day(reading: FileReading, node: Node) -> datetime.date | None:
    """A calendar day, `2024-03-18`."""
    if isinstance(node, Scalar) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", node.text):
        try:
            return datetime.date.fromisoformat(node.text)
        except ValueError:
            pass
    day_written = day_meant(node.text) if isinstance(node, Scalar) else None
    hint = phrase("write {day}", day=day_written) if day_written is not None else None
    wrong(reading, node, phrase("a calendar day such as 2024-03-18"), hint)
    return None


def choice(kind: type[E]) -> Callable[[FileReading, Node], E | None]:
    """A reader of one of the values of the enumeration `kind`."""

    def read(reading: FileReading, node: Node) -> E | None:
        values = {str(member.value): member for member in kind}
        if isinstance(node, Scalar) and node.text in values:
            return values[node.text]
        near = did_you_mean(node.text, values) if isinstance(node, Scalar) else None
        wrong(reading, node, phrase("one of {values}", values=", ".join(values)), near)
        return None

    return read


def listing(item: Callable[[FileReading, Node], T | None]) -> Callable[[FileReading, Node], tuple[T, ...] | None]:
    """A reader of a list whose items `item` reads; items that are wrong are reported and left out."""

    def read(reading: FileReading, node: Node) -> tuple[T, ...] | None:
        if not isinstance(node, Listing):
            hint = phrase("put it into brackets: `[...]`") if isinstance(node, Table) else None
            wrong(reading, node, phrase("a list"), hint)
            return None
        found = (item(reading, part) for part in node.items)
        return tuple(part for part in found if part is not None)

    return read


def bilingual(reading: FileReading, node: Node) -> Bilingual | None:
    """A text in both languages: `{vi: ..., en: ...}`, or one text for both."""
    if isinstance(node, Scalar):
        found = text(reading, node)
        return None if found is None else Bilingual(found, found)
    given = fields(reading, node, heading.LANGUAGES.keys, phrase("a text in two languages"))
    vi, en = given.read("vi", text), given.read("en", text)
    if vi is None and en is None:
        if isinstance(node, Table) and not node.entries:
            wrong(reading, node, phrase("a text: `{{vi: ..., en: ...}}`"))
        return None
    return Bilingual(vi or en or "", en or vi or "")


def citation(reading: FileReading, node: Node) -> Citation | None:
    """A citation: `{instrument: 04/HD-BCA-V05, at: "19.2, content 4", basis: restated}`."""
    given = fields(reading, node, heading.CITATION.keys, phrase("a citation"))
    instrument = given.require("instrument", text)
    at, basis, url = given.read("at", text), given.read("basis", choice(Basis)), given.read("url", web_address)
    copy = given.read("retrieved", day), given.read("sha256", digest)
    return None if instrument is None else Citation(instrument, at, basis, url, *copy, given.values["instrument"].place)


def citations(reading: FileReading, node: Node) -> tuple[Citation, ...] | None:
    """A list of one citation or more."""
    found = listing(citation)(reading, node)
    if found == () and isinstance(node, Listing) and not node.items:
        wrong(reading, node, phrase("at least one citation"))
        return None
    return found


def expression(path: str, role: str) -> Callable[[FileReading, Node], Expr | None]:
    """A reader of an expression, whose place is kept under `(path, role)`."""

    def read(reading: FileReading, node: Node) -> Expr | None:
        if not isinstance(node, Scalar) or node.is_empty:
            wrong(reading, node, phrase("an expression"))
            return None
        reading.expressions[path, role] = node
        try:
            return read_expression(node.text)
        except FindingsError as error:
            reading.problems.extend(finding.located(node.locate()) for finding in error.findings)
            return None

    return read


@frozen
class Titled:
    """An identifier, and its title where it has one."""

    id: str
    title: Bilingual | None
    place: TextPlace


def titled(read: Callable[[FileReading, Node], str | None], what: str) -> Callable[[FileReading, Node], Titled | None]:
    """A reader of an identifier, which `read` reads, with its title or without."""

    def with_title(reading: FileReading, node: Node) -> Titled | None:
        if isinstance(node, Table):
            given = fields(reading, node, heading.TITLED.keys, what)
            found, title = given.require("id", read), given.require("title", bilingual)
        else:
            found, title = read(reading, node), None
        return None if found is None else Titled(found, title, node.place)

    return with_title


def _option(reading: FileReading, node: Node) -> str | None:
    found = text(reading, node)
    if found is not None and ('"' in found or "\n" in found):
        reading.report("NC108", phrase("an option has no quotes and no line breaks"), node.place)
        return None
    return found


def options(reading: FileReading, node: Node) -> tuple[Titled, ...] | None:
    """The options of an enumeration; no cell of a table could mean two of them."""
    found = listing(titled(_option, phrase("an option")))(reading, node)
    meant: dict[str, str] = {}
    for option in found or ():
        called = (option.id,) if option.title is None else (option.id, option.title.vi, option.title.en)
        for name in dict.fromkeys(" ".join(one.casefold().split()) for one in called):
            if name in meant:
                _report_alike(reading, option, meant[name], name)
                break
            meant[name] = option.id
    return found


def _report_alike(reading: FileReading, option: Titled, other: str, name: str) -> None:
    message = phrase(
        'the options "{other}" and "{option}" are the same but for letter case and spaces',
        other=other,
        option=option.id,
    )
    if " ".join(option.id.casefold().split()) != name:
        message = phrase(
            'the title "{title}" of the option "{option}" could mean the option "{other}" too',
            title=name,
            option=option.id,
            other=other,
        )
    reading.report("NC111", message, option.place)


def titles_of(found: tuple[Titled, ...]) -> Mapping[str, Bilingual]:
    """The titles of those that have one, by identifier."""
    return {one.id: one.title for one in found if one.title is not None}
