"""What is wrong with a text that is no YAML, in words for the people who write criteria files.

The reader of YAML stops where it can go on no longer, which is often far from the slip: an unclosed bracket is told at
the end of the file. Here the slip is looked for in the text, and told with what to write.
"""

from __future__ import annotations

import re
from typing import Final, Protocol

from ncriteria.errors import Problem
from ncriteria.language.hints.lookalikes import unseen
from ncriteria.patterns import compiled_later
from ncriteria.quick_classes import frozen
from ncriteria.sets.keys.heading import CITATION, INSTRUMENT, LANGUAGES, TITLED, YEARS
from ncriteria.sets.reading.documents import Document
from ncriteria.words import joined, phrase

_CLOSING: Final = {"{": "}", "[": "]"}
_QUOTED: Final = compiled_later(r'"(?:[^"\\]|\\.)*"|' + r"'(?:[^']|'')*'", re.DOTALL)
_KEY: Final = compiled_later(r"""\s*(?:- +)*(?:"[^"]*"|'[^']*'|[^\s#"'{\[][^#]*?):(?:[ \t\r]|$)""")
_JOINED: Final = compiled_later(r"\s*(?:- +)*([\w.-]+):(\S.*)")
_MAPPING: Final = compiled_later(
    rf"(?:{'|'.join(sorted({*LANGUAGES.keys, *CITATION.keys, *INSTRUMENT.keys, *TITLED.keys, *YEARS.keys}))}): "
)
"""A mapping that has lost its braces."""


class Mark(Protocol):
    """A place in the text, as the reader of YAML gives it: which character, counted from 0."""

    index: int


@frozen
class Complaint:
    """Where the reader of YAML stopped: what it was reading and from where, what it missed, and what it read last.

    `last` are the first character and the end of the last part that was read whole.
    """

    context: str
    begun: int | None
    problem: str
    at: int
    last: tuple[int, int] | None


def complaint_told(document: Document, complaint: Complaint) -> Problem:
    """The problem that `complaint` comes from."""
    text, at = document.text, min(complaint.at, len(document.text))
    character = text[at : at + 1]
    begun = complaint.begun if complaint.begun is not None else at
    if "quoted scalar" in complaint.context:
        return _in_quotes(document, complaint, begun)
    if (quoted := _broken_quotes(document, complaint, at)) is not None:
        return quoted
    if "\t" in (character, text[at - 1 : at]) and not text[_line_start(text, at) : at].strip():
        return _problem(document, at, phrase("a tab stands where the line is indented"), phrase("indent with spaces"))
    if "flow node" in complaint.context:
        begun = max(text.rfind("[", 0, at), text.rfind("{", 0, at))
    if "flow" in complaint.context and text[begun : begun + 1] in _CLOSING:
        return _in_brackets(document, begun, at)
    if "alias" in complaint.context or "anchor" in complaint.context or "cannot start" in complaint.problem:
        return _first_character(document, at if "cannot start" in complaint.problem else begun)
    if "block scalar" in complaint.context:
        return _first_character(document, begun)
    if "simple key" in complaint.context:
        return _no_colon(document, begun)
    if "mapping values are not allowed" in complaint.problem:
        return _second_colon(document, at, complaint.last)
    return _by_character(document, complaint, begun, at)


def _by_character(document: Document, complaint: Complaint, begun: int, at: int) -> Problem:
    """What stands where nothing could be read on."""
    text = document.text
    character = text[at : at + 1]
    if character in ("}", "]"):
        message = phrase("this `{mark}` closes nothing", mark=character)
        return _problem(document, at, message, phrase("delete it, or put the text in quotes"))
    if complaint.last is not None and text[complaint.last[1] - 1 : complaint.last[1]] in ("}", "]"):
        before = text[complaint.last[1] - 1]
        if "\n" not in text[complaint.last[1] : at]:
            hint = phrase("put the text in quotes: a text that begins with a bracket is read as a list or a mapping")
            return _problem(document, at, phrase("text goes on after the closing `{mark}`", mark=before), hint)
    if "entries are not allowed" in complaint.problem:
        hint = phrase("write the list in lines of their own below the key, or put the text in quotes")
        return _problem(document, at, phrase("a list begins in the line of its key"), hint)
    if "directive" in complaint.context or text[_line_start(text, at) :].startswith("%"):
        return _first_character(document, _line_start(text, begun if "directive" in complaint.context else at))
    if "block collection" in complaint.context:
        hint = phrase("each item of a list begins with `- `, below the one before")
        return _problem(document, at, phrase("this line is no item of the list above it"), hint)
    if "block mapping" in complaint.context and text[at : at + 2] == "- ":
        hint = phrase("indent it below its own key")
        return _problem(document, at, phrase("an item of a list stands among keys"), hint)
    if "block mapping" in complaint.context:
        column = begun - _line_start(text, begun) + 1
        hint = phrase(
            "the keys of one mapping begin in one column; those above begin in column {column}", column=column
        )
        return _problem(document, at, phrase("the indentation of this line fits no line above it"), hint)
    return _first_character(document, at)


def _in_quotes(document: Document, complaint: Complaint, begun: int) -> Problem:
    quote = document.text[begun : begun + 1]
    if "escape" in complaint.problem:
        at = max(document.text.rfind("\\", begun, complaint.at + 1), begun)
        hint = phrase("write `\\\\` for a backslash, or put the text in single quotes")
        message = phrase("`{escape}` is no escape in double quotes", escape=document.text[at : at + 2])
        return _problem(document, at, message, hint, 2)
    return _not_closed(document, begun, quote)


def _not_closed(document: Document, begun: int, quote: str) -> Problem:
    message = phrase("this quote {quote} is not closed", quote=quote)
    return _problem(document, begun, message, phrase("close it in the same line"))


def _broken_quotes(document: Document, complaint: Complaint, at: int) -> Problem | None:
    """A text in quotes after which something else follows: it ends too early, or began in a line above."""
    if complaint.last is None:
        return None
    text, (start, end) = document.text, complaint.last
    quote = text[start : start + 1]
    if quote not in ('"', "'") or text[end - 1 : end] != quote or text[end:at].strip(" ") or text[at : at + 1] in ",]}":
        return None
    if "\n" in text[start:end]:
        return _not_closed(document, start, quote)
    other = "'" if quote == '"' else '"'
    hint = phrase("inside {quote} write a backslash before it", quote=quote)
    if other not in text[start : _line_end(text, at)]:
        hint = phrase("put the whole value in other quotes: {quote}...{quote}", quote=other)
    elif quote == "'":
        hint = phrase("inside {quote} write two of them", quote=quote)
    return _problem(document, at, phrase("text goes on after the closing quote {quote}", quote=quote), hint)


def _in_brackets(document: Document, begun: int, at: int) -> Problem:
    text = document.text
    bracket = text[begun]
    closing = _CLOSING[bracket]
    if not _is_closed(text, begun):
        message = phrase("this `{mark}` is not closed", mark=bracket)
        return _problem(document, begun, message, phrase("close it with `{mark}`", mark=closing))
    hint = phrase("separate the entries with commas, and put the text in quotes that holds a comma or a bracket")
    if text[at : at + 1] == ":":
        start = max(text.rfind(mark, begun, at) for mark in (",", bracket, "\n")) + 1
        if re.search(r":\s", text[start:at]):
            value = _colon_before(text, start, at)
            key = re.search(r"[ \n]([a-z_]+)$", text[value:at])
            comma = phrase("or write a comma before `{key}`", key=key[1]) if key is not None else None
            return _colon(document, at, text[value : _flow_end(text, at)].strip(), comma)
        return _problem(document, at, phrase("a comma is missing before this entry"), hint)
    message = phrase("between `{opening}` and `{closing}` a comma is missing here", opening=bracket, closing=closing)
    return _problem(document, at, message, hint)


def _is_closed(text: str, begun: int) -> bool:
    """Whether the bracket at `begun` is closed, and no other before it; texts in quotes apart."""
    open_brackets: list[str] = []
    position = begun
    while position < len(text):
        character = text[position]
        if character in "\"'" and text[position - 1] in " [{,:\n" and (match := _QUOTED.match(text, position)):
            position = match.end()
            continue
        if character in _CLOSING:
            open_brackets.append(_CLOSING[character])
        elif character in _CLOSING.values():
            if open_brackets.pop() != character:
                return False
            if not open_brackets:
                return True
        position += 1
    return False


def _first_character(document: Document, at: int) -> Problem:
    character = document.text[at : at + 1]
    if not character.strip():
        hint = phrase("compare the lines above with those of a shipped set")
        return _problem(document, at, phrase("something is missing here"), hint)
    shown = phrase("a backtick") if character == "`" else f"`{character}`"
    message = phrase("a text cannot begin with {character}", character=shown)
    return _problem(document, at, message, in_quotes(document, at))


def _no_colon(document: Document, begun: int) -> Problem:
    line = document.text[begun : _line_end(document.text, begun)]
    if (match := _JOINED.match(line)) is not None:
        return _no_space(document, begun, match, len(line.rstrip()))
    hint = unseen(line) or phrase("write `key: value`; an item of a list begins with `- `")
    return _problem(document, begun, phrase("no `: ` comes after this text"), hint, len(line.rstrip()))


def _no_space(document: Document, at: int, match: re.Match[str], length: int) -> Problem:
    hint = phrase("write a space after the colon: `{key}: {value}`", key=match[1], value=_short(match[2]))
    return _problem(document, at, phrase("there is no space after the colon"), hint, length)


def _second_colon(document: Document, at: int, last: tuple[int, int] | None) -> Problem:
    """A colon that makes no key: a second one in its line, or the first after a line that goes on."""
    text = document.text
    start = _line_start(text, at)
    value_start = last[0] if last is not None and last[0] < at else start
    if value_start > start:
        return _colon(document, at, text[value_start : _line_end(text, at)])
    above_start = _line_start(text, value_start)
    above = text[above_start : _line_end(text, value_start)]
    if (match := _JOINED.match(above)) is not None and not _KEY.match(above):
        return _no_space(document, above_start + match.start(1), match, len(above.strip()))
    if not _KEY.match(above):
        hint = unseen(above) or phrase("write `{text}:`", text=_short(above.strip()))
        return _problem(document, value_start, phrase("no `:` comes after this text"), hint, len(above.strip()))
    first = start + len(text[start:at]) - len(text[start:at].lstrip())
    hint = phrase("indent the keys of one mapping alike; a key that has a value in its line has no keys below it")
    message = phrase("this line stands deeper than the key above it, which has a value already")
    return _problem(document, first, message, hint)


def _colon(document: Document, at: int, value: str, otherwise: str | None = None) -> Problem:
    if _MAPPING.match(value) is not None:
        hint = phrase("put the mapping in braces: `{{{text}}}`", text=_short(value.rstrip()))
        return _problem(document, at, phrase("a second colon stands in the value"), hint)
    hint = phrase('put the text in quotes: "{text}"', text=_short(value.rstrip()))
    hint = hint if otherwise is None else joined(", ", [hint, otherwise])
    return _problem(document, at, phrase("a second colon stands in the value"), hint)


def _colon_before(text: str, start: int, at: int) -> int:
    match = re.compile(r":\s+").search(text, start, at)
    return match.end() if match is not None else start


def _flow_end(text: str, at: int) -> int:
    match = re.compile(r"[,\]}\n]").search(text, at)
    return match.start() if match is not None else len(text)


def in_quotes(document: Document, at: int) -> str:
    """The hint to put the value that begins at `at` in quotes; it ends with its line or the brackets around it."""
    text = document.text
    before, end = text[_line_start(text, at) : at], _line_end(text, at)
    opened, closed = (max(before.rfind(one) for one in marks) for marks in ("[{", "]}"))
    value = _short(text[at : min(end, _flow_end(text, at)) if opened > closed else end].rstrip())
    if '"' in value:
        return phrase("put the text in quotes: '{text}'", text=value)
    return phrase('put the text in quotes: "{text}"', text=value)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}..."


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _problem(document: Document, at: int, message: str, hint: str, length: int = 1) -> Problem:
    return Problem("NC103", phrase("this is not YAML: {reason}", reason=message), document.place_at(at, length), hint)
