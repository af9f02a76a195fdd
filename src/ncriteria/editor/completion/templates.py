"""What is offered in the place of a mapping or a list: written out with the keys that every file has there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ncriteria.editor.shaped import Keys
from ncriteria.sets.keys.shapes import (
    ChosenShape,
    EitherShape,
    KeysShape,
    LaterShape,
    ListShape,
    NamesShape,
    ScalarKind,
    ScalarShape,
    Shape,
    WordShape,
)

STOP: Final = "\ue001"
"""Stands where the author is to write."""
_ALSO: Final = frozenset({"vi", "en", "at", "rule", "given", "value"})
"""Keys that need not stand there, and are offered with those that must."""
_IN_LINES: Final = frozenset({"set", "facts", "clauses", "changes", "tests", "all", "any", "at_least", "of", "clause"})
_HOLDERS: Final = frozenset({"parameters", "clauses"})
_MARKS: Final = re.compile(r"[\\$}]")


def in_braces(shape: Shape) -> str | None:
    """A mapping or a list in the line of its key; `None` for a single value."""
    match shape:
        case KeysShape():
            return f"{{{', '.join(f'{key}: {_value(shape.keys[key].shape)}' for key in _usual_keys(shape))}}}"
        case NamesShape():
            return f"{{{STOP}}}"
        case ListShape(item=item):
            return f"[{_value(item)}]"
        case _:
            return None


def in_lines(shape: Shape, indent: str) -> str | None:
    """A mapping or a list in lines of its own, below its key; `None` for a single value."""
    lines = list(_lines(shape))
    return "".join(f"\n{indent}{line}" for line in lines) if lines else None


def stands_in_lines(keys: Keys) -> bool:
    """Whether what stands under these keys is written in lines of its own."""
    if keys[0] == "tests" and len(keys) > 1:
        return False
    is_named = len(keys) == 2 and keys[0] in _HOLDERS
    return is_named or keys[-1] in _IN_LINES or keys == ("parameters",)


def written(template: str) -> str:
    """The text of a template, with nothing where the author is to write."""
    return template.replace(STOP, "")


def shown(template: str) -> str:
    """A template in one line, as a list of offers shows it."""
    return " ".join(template.replace(STOP, "…").split())


def as_snippet(template: str) -> str:
    """A template as an editor reads it that goes from one place to write at to the next."""
    first, *rest = (_MARKS.sub(r"\\\g<0>", part) for part in template.split(STOP))
    return first + "".join(f"${number}{part}" for number, part in enumerate(rest, 1))


def _usual_keys(shape: KeysShape) -> list[str]:
    """The keys that must stand there, the first of those of which one must, and a few that nearly always do."""
    needed = {*shape.required, *(group[0] for group in shape.one_of if not _ALSO & {*group})}
    return [key for key in shape.keys if key in needed or key in _ALSO]


def _value(shape: Shape) -> str:
    match shape:
        case LaterShape(find=find):
            return _value(find())
        case EitherShape(shapes=shapes):
            return _value(next((one for one in shapes if isinstance(one, KeysShape) and "vi" in one.keys), shapes[0]))
        case ChosenShape(by=by, otherwise=otherwise):
            return _value(next(iter(by.values())) if otherwise is None else otherwise)
        case ScalarShape(kind=ScalarKind.TEXT):
            return f'"{STOP}"'
        case ScalarShape():
            return STOP
        case WordShape(words=(word,)):
            return word
        case WordShape():
            return STOP
        case _:
            return in_braces(shape) or STOP


def _lines(shape: Shape) -> Iterator[str]:
    match shape:
        case KeysShape(keys=keys):
            for key in _usual_keys(shape):
                yield from _entry_lines(key, keys[key].shape)
        case NamesShape(value=value):
            inner = list(_lines(_plain(value)))
            if isinstance(_plain(value), KeysShape) and "type" in _usual_keys_of(value):
                yield f"{STOP}: {_value(value)}"
            else:
                yield f"{STOP}:"
                yield from (f"  {line}" for line in inner)
        case ListShape(item=item):
            lines = list(_lines(_plain(item)))
            yield from (f"{'  ' if number else '- '}{line}" for number, line in enumerate(lines))
        case _:
            return


def _entry_lines(key: str, shape: Shape) -> Iterator[str]:
    if key not in _IN_LINES:
        yield f"{key}: {_value(shape)}"
        return
    yield f"{key}:"
    yield from (f"  {line}" for line in _lines(_plain(shape)))


def _usual_keys_of(shape: Shape) -> list[str]:
    plain = _plain(shape)
    return _usual_keys(plain) if isinstance(plain, KeysShape) else []


def _plain(shape: Shape) -> Shape:
    match shape:
        case LaterShape(find=find):
            return _plain(find())
        case ChosenShape(by=by, otherwise=otherwise):
            return next(iter(by.values())) if otherwise is None else otherwise
        case _:
            return shape
