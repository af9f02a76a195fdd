"""How a case is written in JSON: values without a float, sets with every scalar as text, lines that a person reads."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import yaml

from ncriteria.language.values import AtLeast, AtMost
from ncriteria.sets.model import FactDeclaration, FactType
from tests.case_files import LOADER

WIDTH = 150
"""What is longer than this is broken into lines."""


class _Reader(LOADER):  # type: ignore[misc]
    """Reads YAML with every scalar as the text that stands there."""


class _Writer(yaml.SafeDumper):
    """Writes texts without quotes wherever that is possible, so that a reader sees what stood there."""


_Reader.yaml_implicit_resolvers = {}
_Writer.yaml_implicit_resolvers = {}
_Writer.ignore_aliases = lambda self, data: True  # type: ignore[method-assign]


def read_texts(content: str) -> Any:
    """A YAML text as mappings, lists and texts."""
    return yaml.load(content, _Reader)


def criteria_file(texts: Any) -> str:
    """The criteria file of such mappings, lists and texts."""
    return yaml.dump(texts, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=10_000)


def written_value(value: Any) -> Any:
    """A value as JSON has it: a number as the text of its lowest terms, a bound as the end that is known."""
    match value:
        case bool() | str():
            return value
        case datetime.date():
            return value.isoformat()
        case AtLeast(limit=limit):
            return {"at_least": str(limit)}
        case AtMost(limit=limit):
            return {"at_most": str(limit)}
        case _:
            return str(Fraction(value))


def read_value(written: Any, declaration: FactDeclaration) -> Any:
    """The value that a program gives for what JSON has."""
    match written:
        case bool():
            return written
        case {"at_least": limit}:
            return AtLeast(Fraction(limit))
        case {"at_most": limit}:
            return AtMost(Fraction(limit))
    match declaration.type:
        case FactType.COUNT | FactType.NUMBER:
            number = Fraction(written)
            return int(number) if number.denominator == 1 else number
        case FactType.DATE:
            return datetime.date.fromisoformat(written)
        case FactType.ENUMERATION:
            return written
    raise AssertionError(written)


def json_text(value: Any) -> str:
    """JSON of which each list and mapping stands in one line where it fits."""
    return "".join(f"{line}\n" for line in _lines(value, 0))


def _lines(value: Any, indent: int) -> Iterator[str]:
    line = json.dumps(value, ensure_ascii=False)
    if indent + len(line) <= WIDTH or not value or not isinstance(value, list | dict):
        yield line
        return
    opening, closing = "{}" if isinstance(value, Mapping) else "[]"
    yield opening
    entries = (
        [(f"{json.dumps(key, ensure_ascii=False)}: ", one) for key, one in value.items()]
        if isinstance(value, dict)
        else [("", one) for one in value]
    )
    for number, (label, one) in enumerate(entries, start=1):
        inner = list(_lines(one, indent + 1 + len(label)))
        inner[0] = f"{label}{inner[0]}"
        inner[-1] += "," if number < len(entries) else ""
        yield from (f" {line}" for line in inner)
    yield closing
