"""What is wrong with a text that is no YAML, in words for the people who write criteria files.

The reader of YAML stops where it can go on no longer, which is often far from the slip: an unclosed bracket is told at
the end of the file. Here the slip is looked for in the text, and told with what to write.
"""

from __future__ import annotations

import re
from typing import Final, Protocol

from attrs import frozen

from ncriteria.errors import Problem
from ncriteria.language.hints.lookalikes import unseen
from ncriteria.sets.reading.documents import Document

_QUOTES: Final = "put the text in quotes"
_CLOSING: Final = {"{": "}", "[": "]"}
_QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.)*"|' + r"'(?:[^']|'')*'", re.DOTALL)
_KEY: Final = re.compile(r"""\s*(?:- +)*(?:"[^"]*"|'[^']*'|[^\s#"'{\[][^#]*?):(?:[ \t\r]|$)""")
_JOINED: Final = re.compile(r"\s*(?:- +)*([\w.-]+):(\S.*)")


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
        return _problem(document, at, "a tab stands where the line is indented", "indent with spaces")
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
        return _problem(document, at, f"this `{character}` closes nothing", f"delete it, or {_QUOTES}")
    if complaint.last is not None and text[complaint.last[1] - 1 : complaint.last[1]] in ("}", "]"):
        before = text[complaint.last[1] - 1]
        if "\n" not in text[complaint.last[1] : at]:
            hint = f"{_QUOTES}: a text that begins with a bracket is read as a list or a mapping"
            return _problem(document, at, f"text goes on after the closing `{before}`", hint)
    if "entries are not allowed" in complaint.problem:
        hint = f"write the list in lines of their own below the key, or {_QUOTES}"
        return _problem(document, at, "a list begins in the line of its key", hint)
    if "directive" in complaint.context or text[_line_start(text, at) :].startswith("%"):
        return _first_character(document, _line_start(text, begun if "directive" in complaint.context else at))
    if "block collection" in complaint.context:
        hint = "each item of a list begins with `- `, below the one before"
        return _problem(document, at, "this line is no item of the list above it", hint)
    if "block mapping" in complaint.context and text[at : at + 2] == "- ":
        return _problem(document, at, "an item of a list stands among keys", "indent it below its own key")
    if "block mapping" in complaint.context:
        column = begun - _line_start(text, begun) + 1
        hint = f"the keys of one mapping begin in one column; those above begin in column {column}"
        return _problem(document, at, "the indentation of this line fits no line above it", hint)
    return _first_character(document, at)


def _in_quotes(document: Document, complaint: Complaint, begun: int) -> Problem:
    quote = document.text[begun : begun + 1]
    if "escape" in complaint.problem:
        at = max(document.text.rfind("\\", begun, complaint.at + 1), begun)
        hint = "write `\\\\` for a backslash, or put the text in single quotes"
        return _problem(document, at, f"`{document.text[at : at + 2]}` is no escape in double quotes", hint, 2)
    return _problem(document, begun, f"this quote {quote} is not closed", "close it in the same line")


def _broken_quotes(document: Document, complaint: Complaint, at: int) -> Problem | None:
    """A text in quotes after which something else follows: it ends too early, or began in a line above."""
    if complaint.last is None:
        return None
    text, (start, end) = document.text, complaint.last
    quote = text[start : start + 1]
    if quote not in ('"', "'") or text[end - 1 : end] != quote or text[end:at].strip(" ") or text[at : at + 1] in ",]}":
        return None
    if "\n" in text[start:end]:
        return _problem(document, start, f"this quote {quote} is not closed", "close it in the same line")
    other = "'" if quote == '"' else '"'
    hint = (
        f"put the whole value in other quotes: {other}...{other}"
        if other not in text[start : _line_end(text, at)]
        else f"inside {quote} write {'two of them' if quote == chr(39) else 'a backslash before it'}"
    )
    return _problem(document, at, f"text goes on after the closing quote {quote}", hint)


def _in_brackets(document: Document, begun: int, at: int) -> Problem:
    text = document.text
    bracket = text[begun]
    closing = _CLOSING[bracket]
    if not _is_closed(text, begun):
        return _problem(document, begun, f"this `{bracket}` is not closed", f"close it with `{closing}`")
    if text[at : at + 1] == ":":
        start = max(text.rfind(mark, begun, at) for mark in (",", bracket, "\n")) + 1
        if re.search(r":\s", text[start:at]):
            value = _colon_before(text, start, at)
            key = re.search(r"[ \n]([a-z_]+)$", text[value:at])
            comma = f", or write a comma before `{key[1]}`" if key is not None else ""
            return _colon(document, at, text[value : _flow_end(text, at)].strip(), comma)
        hint = f"separate the entries with commas, and {_QUOTES} that holds a comma or a bracket"
        return _problem(document, at, "a comma is missing before this entry", hint)
    hint = f"separate the entries with commas, and {_QUOTES} that holds a comma or a bracket"
    return _problem(document, at, f"between `{bracket}` and `{closing}` a comma is missing here", hint)


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
        return _problem(
            document, at, "something is missing here", "compare the lines above with those of a shipped set"
        )
    shown = "a backtick" if character == "`" else f"`{character}`"
    return _problem(document, at, f"a text cannot begin with {shown}", in_quotes(document, at))


def _no_colon(document: Document, begun: int) -> Problem:
    line = document.text[begun : _line_end(document.text, begun)]
    if (joined := _JOINED.match(line)) is not None:
        hint = f"write a space after the colon: `{joined[1]}: {_short(joined[2])}`"
        return _problem(document, begun, "there is no space after the colon", hint, len(line.rstrip()))
    hint = unseen(line) or "write `key: value`; an item of a list begins with `- `"
    return _problem(document, begun, "no `: ` comes after this text", hint, len(line.rstrip()))


def _second_colon(document: Document, at: int, last: tuple[int, int] | None) -> Problem:
    """A colon that makes no key: a second one in its line, or the first after a line that goes on."""
    text = document.text
    start = _line_start(text, at)
    value_start = last[0] if last is not None and last[0] < at else start
    if value_start > start:
        return _colon(document, at, text[value_start : _line_end(text, at)])
    above_start = _line_start(text, value_start)
    above = text[above_start : _line_end(text, value_start)]
    if (joined := _JOINED.match(above)) is not None and not _KEY.match(above):
        place = above_start + joined.start(1)
        hint = f"write a space after the colon: `{joined[1]}: {_short(joined[2])}`"
        return _problem(document, place, "there is no space after the colon", hint, len(above.strip()))
    if not _KEY.match(above):
        hint = unseen(above) or f"write `{_short(above.strip())}:`"
        return _problem(document, value_start, "no `:` comes after this text", hint, len(above.strip()))
    first = start + len(text[start:at]) - len(text[start:at].lstrip())
    hint = "indent the keys of one mapping alike; a key that has a value in its line has no keys below it"
    return _problem(document, first, "this line stands deeper than the key above it, which has a value already", hint)


def _colon(document: Document, at: int, value: str, otherwise: str = "") -> Problem:
    hint = f'{_QUOTES}: "{_short(value.rstrip())}"{otherwise}'
    return _problem(document, at, "a second colon stands in the value", hint)


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
    return f"{_QUOTES}: '{value}'" if '"' in value else f'{_QUOTES}: "{value}"'


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}..."


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _problem(document: Document, at: int, message: str, hint: str, length: int = 1) -> Problem:
    return Problem("NC103", f"this is not YAML: {message}", document.place_at(at, length), hint)
