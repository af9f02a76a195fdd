"""What the code says, and the catalogues of it: `make messages` gathers the one into the other and compiles them."""

from __future__ import annotations

import ast
import inspect
import io
import struct
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Formatter

import click
import click.parser
import click.termui
from attrs import frozen
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from click import decorators

from ncriteria.cli import SUMMARIES, program
from ncriteria.cli.console.spoken import paragraphs
from ncriteria.errors import Problem
from ncriteria.words import LOCALE, Phrase

SOURCE = LOCALE.parent
LANGUAGES = tuple(sorted(path.name for path in LOCALE.iterdir()))


@frozen
class Said:
    """A message where the code says it; `values` are the names that fill it, `None` for one of a table."""

    file: str
    line: int
    texts: tuple[str, ...]
    context: str | None = None
    values: frozenset[str] | None = None

    @property
    def key(self) -> tuple[str | None, str]:
        """What tells it from the others in a catalogue."""
        return self.context, self.texts[0]


def _sources() -> dict[Path, str]:
    return {path.relative_to(SOURCE): path.read_text("utf-8") for path in sorted(SOURCE.rglob("*.py"))}


@cache
def said() -> list[Said]:
    """Every message of the code, in the order of the files, with those of help and of click."""
    texts = _sources()
    return [*(one for path, text in texts.items() for one in said_in(path, text)), *_said_by_gettext(texts)]


def _said_by_gettext(texts: Mapping[Path, str]) -> Iterator[Said]:
    """The messages of help and of click, and those that the code says as click does."""
    yield from (one for path, text in texts.items() for one in _said_as_click_does(path, text))
    yield from _help(program, "ncriteria")
    yield from _said_by_click()


def _help(command: click.Command, name: str) -> Iterator[Said]:
    """What the help of a command says, and that of the commands in it."""
    texts = paragraphs(command.help or "")
    options = [option for option in command.params if isinstance(option, click.Option)]
    texts += [text for option in options for text in (option.help, option.metavar) if text]
    texts += [given.human_readable_name for given in command.params if isinstance(given, click.Argument)]
    texts += SUMMARIES.values() if command is program else ()
    yield from (Said(f"{name} --help", 0, (text,)) for text in texts)
    if isinstance(command, click.Group):
        for inner in command.list_commands(click.Context(command)):
            found = command.get_command(click.Context(command), inner)
            assert found is not None
            yield from _help(found, f"{name} {inner}")


def _said_by_click() -> Iterator[Said]:
    """What click says to people who call a command: help, wrong calls, questions."""
    for module in (click.core, click.exceptions, click.types, click.parser, click.formatting, click.termui, decorators):
        yield from _said_as_click_does(Path("click"), inspect.getsource(module))


def _said_as_click_does(file: Path, code: str) -> Iterator[Said]:
    """The messages that are written out in a call of `gettext` itself."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext"):
            texts = tuple(one.value for one in node.args if isinstance(one, ast.Constant))
            if texts and "%(" not in texts[0]:
                yield Said(file.as_posix(), 0, texts)


def said_in(file: Path, code: str) -> Iterator[Said]:
    """The messages of one file; raises `ValueError` for one that is not written out where it is said."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and (number := _texts(node.func)):
            texts = tuple(one.value for one in node.args[:number] if isinstance(one, ast.Constant))
            if len(texts) < number or len(node.args) > number or None in {one.arg for one in node.keywords}:
                raise ValueError(f"{file}:{node.lineno}: write the text out, and give each value by its name")
            values = frozenset(one.arg for one in node.keywords if one.arg)
            place = (file.as_posix(), node.lineno)
            match node.func:
                case ast.Name("Message"):
                    yield Said(*place, texts)
                case ast.Attribute(attr="within"):
                    yield Said(*place, texts[1:], texts[0], values)
                case _:
                    yield Said(*place, texts, None, values)


def _texts(called: ast.expr) -> int:
    """How many texts a call begins with, where it says a message: `say(...)`, `page.say(...)`, `say.plural(...)`."""
    match called:
        case ast.Name("Message" | "say" | "self" | "phrase") | ast.Attribute(attr="say") | ast.Call(ast.Name("words")):
            return 1
        case ast.Attribute(ast.Name("say") | ast.Attribute(attr="say"), "plural" | "within"):
            return 2
        case _:
            return 0


def names(text: str) -> frozenset[str]:
    """The names that a text leaves open."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def po_file(language: str) -> Path:
    """The source of a catalogue."""
    return LOCALE / language / "LC_MESSAGES" / "ncriteria.po"


def catalogue(language: str) -> Catalog:
    """The catalogue of a language as it is."""
    with po_file(language).open("rb") as file:
        return read_po(file, locale=language)


def gathered() -> Catalog:
    """What the code says, without any translation."""
    found = Catalog()
    for one in said():
        found.add(one.texts if len(one.texts) > 1 else one.texts[0], locations=[(one.file, 0)], context=one.context)
    return found


def untold_in(problems: Iterable[Problem]) -> list[str]:
    """What of the messages and hints of problems the catalogues cannot tell: texts that are no phrases, or not theirs.

    A phrase without letters of its own only puts others together.
    """
    return [text for one in problems for told in (one.message, one.hint) for text in _untold(told, _known())]


@cache
def _known() -> frozenset[str]:
    return frozenset(one.texts[0] for one in said())


def _untold(text: str | None, known: Collection[str]) -> Iterator[str]:
    match text:
        case None:
            return
        case Phrase(text=english, values=values):
            letters = filter(str.isalpha, "".join(piece for piece, *_ in Formatter().parse(english)))
            if english not in known and any(letters):
                yield english
            inside = [value for value in values.values() if isinstance(value, Phrase)]
            yield from (part for value in inside for part in _untold(value, known))
        case _:
            yield text


def compiled(messages: Catalog) -> bytes:
    """A catalogue as the library reads it: with the texts in the order of their bytes, context and all."""
    written = io.BytesIO()
    write_mo(written, messages)
    content = bytearray(written.getvalue())
    count, *tables = struct.unpack_from("<8x3I", content)
    entries = [[struct.unpack_from("<2I", content, table + 8 * at) for table in tables] for at in range(count)]
    for at, both in enumerate(sorted(entries, key=lambda both: content[both[0][1] : sum(both[0])])):
        for table, entry in zip(tables, both, strict=True):
            struct.pack_into("<2I", content, table + 8 * at, *entry)
    return bytes(content)


def of_command_line(messages: Catalog) -> Catalog:
    """What `gettext` is asked for, which reads a catalogue whole: a small one, for that is part of every start."""
    days = messages.creation_date, messages.revision_date
    found = Catalog(locale=messages.locale, creation_date=days[0], revision_date=days[1])
    for key in dict.fromkeys(one.key for one in _said_by_gettext(_sources())):
        told = messages.get(key[1], key[0])
        found.add(told.id, told.string)
    return found


def main() -> None:
    for language in LANGUAGES:
        messages = catalogue(language)
        messages.update(gathered(), no_fuzzy_matching=True, update_creation_date=False)
        with po_file(language).open("wb") as file:
            write_po(file, messages, width=120, ignore_obsolete=True, sort_by_file=True, include_lineno=False)
        po_file(language).with_suffix(".mo").write_bytes(compiled(messages))
        po_file(language).with_name("command-line.mo").write_bytes(compiled(of_command_line(messages)))


if __name__ == "__main__":
    main()
