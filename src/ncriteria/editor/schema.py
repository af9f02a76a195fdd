"""The JSON Schemas (2020-12) of criteria files and project files, made from tables of their keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, assert_never

from attrs import field

from ncriteria.editor.project_shape import PROJECT_FILE
from ncriteria.facts.project import FORMAT as PROJECT_FORMAT
from ncriteria.quick_classes import frozen
from ncriteria.report.structure import Plain
from ncriteria.sets.keys.shapes import (
    ChosenShape,
    EitherShape,
    EntryShape,
    KeysShape,
    LaterShape,
    ListShape,
    NamesShape,
    ScalarKind,
    ScalarShape,
    Shape,
    WordShape,
)
from ncriteria.sets.keys.tables import CRITERIA_FILE, FORMAT
from ncriteria.words import LANGUAGES, words

_NUMBER = r"^-?([0-9]+(\.[0-9]+)?|\.[0-9]+)([eE][+-]?[0-9]+)?\s*%?$"
_SCALARS: Final[Mapping[ScalarKind, Plain]] = {
    ScalarKind.TEXT: {"type": ["string", "number", "boolean"]},
    ScalarKind.IDENTIFIER: {"type": ["string", "number"], "pattern": r"^[^\s_.\-]\S*$"},
    ScalarKind.RULE: {"type": ["string", "number", "boolean"]},
    ScalarKind.TRUTH: {"type": "boolean"},
    ScalarKind.WHOLE: {"type": ["integer", "string"], "minimum": 0, "pattern": "^[0-9]{1,9}$"},
    ScalarKind.NUMBER: {"type": ["number", "string"], "pattern": _NUMBER},
    ScalarKind.YEAR: {
        "type": ["integer", "string"],
        "minimum": 1800,
        "maximum": 2999,
        "pattern": "^(1[89]|2[0-9])[0-9]{2}$",
    },
    ScalarKind.DAY: {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    ScalarKind.MONTH_AND_DAY: {"type": "string", "pattern": "^[0-9]{2}-[0-9]{2}$"},
    ScalarKind.ADDRESS: {"type": "string", "pattern": r"^https?://\S+$"},
    ScalarKind.DIGEST: {"type": "string", "pattern": "^[0-9a-fA-F]{64}$"},
    ScalarKind.VALUE: {"type": ["string", "number", "boolean"]},
}
"""What YAML makes of each kind of value; a text in quotes stands for a number too, as it does for the reader."""


def set_schema() -> Plain:
    """The schema of a criteria file; its descriptions are in Vietnamese and English."""
    return _schema(CRITERIA_FILE, FORMAT, "A criteria file of ncriteria")


def project_schema() -> Plain:
    """The schema of a project file, the settings of the check among its keys."""
    return _schema(PROJECT_FILE, PROJECT_FORMAT, "A project file of ncriteria")


def _schema(shape: Shape, version: str, title: str) -> Plain:
    defined = _Shapes()
    root = defined.of(shape)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{version.replace('/', ':')}",
        "title": title,
        "allOf": [root],
        "$defs": dict(sorted(defined.found.items())),
    }


@frozen
class _Shapes:
    """The definitions that the schema needs, by name."""

    found: Plain = field(factory=dict)

    def of(self, shape: Shape) -> Plain:
        """What the schema says of a kind of value."""
        match shape:
            case ScalarShape(kind=kind):
                return dict(_SCALARS[kind])
            case WordShape(words=allowed):
                return {"enum": list(allowed)}
            case ListShape(item=item, least=least):
                return {"type": "array", "items": self.of(item), **({"minItems": least} if least else {})}
            case NamesShape(value=value, may_be_empty=may_be_empty):
                names: Plain = {"type": ["object", "null"]} if may_be_empty else {"type": "object", "minProperties": 1}
                return {**names, "additionalProperties": self.of(value)}
            case EitherShape(shapes=shapes):
                return {"anyOf": [self.of(one) for one in shapes]}
            case LaterShape(find=find):
                return self.of(find())
            case KeysShape() | ChosenShape():
                return self._named(shape)
            case _:
                assert_never(shape)

    def _named(self, shape: KeysShape | ChosenShape) -> Plain:
        if shape.name not in self.found:
            self.found[shape.name] = {}
            self.found[shape.name] = self._keys(shape) if isinstance(shape, KeysShape) else self._chosen(shape)
        return {"$ref": f"#/$defs/{shape.name}"}

    def _keys(self, shape: KeysShape) -> Plain:
        groups: list[Plain] = [_any_of(group) for group in shape.one_of]
        return {
            "type": "object",
            "properties": {key: self._entry(entry) for key, entry in shape.keys.items()},
            **({"required": list(shape.required)} if shape.required else {}),
            **({"allOf": groups} if groups else {}),
            "additionalProperties": False,
        }

    def _entry(self, entry: EntryShape) -> Plain:
        told = "\n\n".join(words(language).again(entry.told) for language in LANGUAGES)
        return {"description": told, **self.of(entry.shape)}

    def _chosen(self, shape: ChosenShape) -> Plain:
        ways: list[Plain] = [{"if": {"required": [key]}, "then": self.of(one)} for key, one in shape.by.items()]
        left = _any_of(shape.by)
        if shape.otherwise is not None:
            left = {"if": left, "else": self.of(shape.otherwise)}
        return {"type": "object", "allOf": [*ways, left]}


def _any_of(keys: Iterable[str]) -> Plain:
    return {"anyOf": [{"required": [key]} for key in keys]}
