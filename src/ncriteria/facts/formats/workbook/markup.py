"""Reading a part that is XML, within limits: no document type, no entities, no deep nesting."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from typing import Final, NoReturn
from xml.parsers import expat

from ncriteria.facts.formats.workbook.refusing import damaged, too_large
from ncriteria.words import phrase

Attributes = Mapping[str, str]
_STEP: Final = 1 << 20
_DEEPEST: Final = 1_000
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_READ_ENCODINGS: Final = ("utf-8", "utf8", "us-ascii")


class SeenEnoughError(Exception):
    """Raised by a handler that has seen enough."""


def walk(
    part: bytes,
    name: str,
    file: str | None,
    start: Callable[[str, Attributes], None] | None = None,
    *,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
    is_plain: bool = False,
    has_namespaces: bool = False,
) -> None:
    """Call `start`, `end` and `text` for what stands in the part `name`; ends early where one raises `SeenEnoughError`.

    Its depth is looked at where `end` is not given: a part that is walked with it was walked without it before.

    In a part that `is_plain`, remarks and marked sections are refused too: readers differ in what they make of them.
    With `has_namespaces`, names are those of the namespaces, a space, and the local names. Raises `FactsError`.
    """
    if part.startswith(_UTF_16):
        raise damaged(phrase("its part `{part}` is not UTF-8", part=name), file)
    parser = expat.ParserCreate(namespace_separator=" " if has_namespaces else None)
    parser.buffer_text = True
    ends: deque[str] = deque()
    parser.StartElementHandler = start
    parser.CharacterDataHandler = text
    parser.EndElementHandler = end or ends.append
    parser.StartDoctypeDeclHandler = _refusing(phrase("its part `{part}` has a document type", part=name), file)
    parser.XmlDeclHandler = _utf_8_alone(phrase("its part `{part}` is not UTF-8", part=name), file)
    if is_plain:
        reason = phrase("its part `{part}` has remarks or marked sections inside", part=name)
        refuse = _refusing(reason, file)
        parser.CommentHandler = parser.ProcessingInstructionHandler = parser.StartCdataSectionHandler = refuse
    depth = 0
    try:
        for begin in range(0, max(len(part), 1), _STEP):
            beyond = begin + _STEP
            parser.Parse(part[begin:beyond], beyond >= len(part))
            # Two characters begin an end, and the second of them may lie in the next step.
            depth += part.count(b"<", begin, beyond) - part.count(b"</", begin, beyond + 1) - len(ends)
            ends.clear()
            if depth > _DEEPEST and end is None:
                raise too_large(phrase("its part `{part}` is nested too deeply", part=name), file)
    except SeenEnoughError:
        return
    except (expat.ExpatError, ValueError, LookupError) as error:
        message = phrase("its part `{part}` is not XML: {reason}", part=name, reason=str(error))
        raise damaged(message, file) from None


def _utf_8_alone(reason: str, file: str | None) -> Callable[[str, str | None, int], None]:
    def check(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in _READ_ENCODINGS:
            raise damaged(reason, file)

    return check


def _refusing(reason: str, file: str | None) -> Callable[..., NoReturn]:
    def refuse(*_: object) -> NoReturn:
        raise damaged(reason, file)

    return refuse


def local(tag: str) -> str:
    """The name of an element without its prefix."""
    return tag.rpartition(":")[2]
