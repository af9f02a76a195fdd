"""The types that the keys of records hold: the schema tells them, and reading back goes by them."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import attrs

from ncriteria.report.structure import Source


@cache
def key_types(kind: type, source: Source) -> tuple[Any, ...]:
    """The types that a key of `kind` can hold, by where its value comes from."""
    if not isinstance(source, str):
        # A computed key of a record inside is computed by what it wraps.
        return alternatives(get_type_hints(getattr(source, "compute", source))["return"])
    found: list[Any] = [kind]
    for name in source.split("."):
        found = [hint for one in found for hint in _attribute(one, name)]
    return tuple(dict.fromkeys(found))


def alternatives(hint: Any) -> tuple[Any, ...]:
    """The types of which a value of the type `hint` has one; that of some options of an enumeration is that of all."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return tuple(dict.fromkeys(one for each in inner for one in alternatives(each)))
    if origin is Literal and all(isinstance(one, Enum) for one in inner):
        return tuple(dict.fromkeys(map(type, inner)))
    return (hint,)


def _attribute(hint: Any, name: str) -> Iterator[Any]:
    """The types of an attribute; nothing has none, and what it would lead to is nothing."""
    if hint is NoneType:
        yield NoneType
    elif isinstance(found := getattr(hint, name, None), property):
        yield from alternatives(get_type_hints(found.fget)["return"])
    else:
        attrs.resolve_types(hint)
        yield from alternatives(next(entry.type for entry in attrs.fields(hint) if entry.name == name))
