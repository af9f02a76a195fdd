"""What programs, files and calls rely on, line by line; `python -m tests.public_face` writes it anew.

`docs/stability.md` says what of it may change when. A difference in a review is a change that users see.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator, Sequence
from enum import Enum
from pathlib import Path
from types import NoneType
from typing import Any

import attrs
import click

import ncriteria as nc
from ncriteria import testing
from ncriteria.cli import _COMMANDS, program
from ncriteria.editor.schema import project_schema, set_schema
from ncriteria.report.schema import result_schema

ROOT = Path(__file__).parents[1]
FILE = Path(__file__).with_suffix(".txt")
_TOLD = (str, int, float, NoneType)
_CODE = re.compile(r"^###? (NC\d{3}) ", re.MULTILINE)


def face() -> str:
    """The whole, part by part."""
    parts = {
        "python": [*_names("nc", nc), *_names("ncriteria.testing", testing)],
        "command line": list(_commands()),
        "results as JSON": list(_schema(result_schema())),
        "criteria files": list(_schema(set_schema())),
        "project files": list(_schema(project_schema())),
        "codes": list(_codes()),
    }
    return "\n".join(line for title, lines in parts.items() for line in (f"## {title}", *lines, ""))


def _names(prefix: str, module: Any) -> Iterator[str]:
    for name in sorted(module.__all__):
        yield from _told(f"{prefix}.{name}", getattr(module, name))


def _told(name: str, one: Any) -> Iterator[str]:
    if inspect.ismodule(one):
        yield from (f"{name}.{inner}{_signature(made)}" for inner, made in _functions_of(one))
    elif not inspect.isclass(one):
        yield f"{name}{_signature(one)}" if callable(one) else name
    else:
        bases = [base.__name__ for base in one.__mro__[1:] if base.__module__.startswith("ncriteria")]
        yield f"{name}{'' if issubclass(one, Enum) else _made(one)}{f' is {bases[0]}' if bases else ''}"
        yield from (f"  {line}" for line in sorted(_members(one)))


def _functions_of(module: Any) -> Iterator[tuple[str, Any]]:
    for name, one in sorted(vars(module).items()):
        if not name.startswith("_") and inspect.isfunction(one) and one.__module__ == module.__name__:
            yield name, one


def _made(kind: type) -> str:
    """How one is made: by fields that have no underscore of their own."""
    if not attrs.has(kind):
        return ""
    inner = {field.alias for field in attrs.fields(kind) if field.name.startswith("_")}
    given = inspect.signature(kind)
    outer = [one for one in given.parameters.values() if one.name not in inner]
    return _told_call(given.replace(parameters=outer, return_annotation=inspect.Signature.empty))


def _signature(one: Any) -> str:
    return _told_call(inspect.signature(one))


def _told_call(given: inspect.Signature) -> str:
    """What is given and what comes back, annotations as they are written; of a default, that there is one."""
    parameters = [
        one if isinstance(one.default, _TOLD) or one.default in ((), one.empty) else one.replace(default=...)
        for one in given.parameters.values()
    ]
    return str(given.replace(parameters=parameters)).replace("'", "").replace("Ellipsis", "...")


def _members(kind: type) -> Iterator[str]:
    if issubclass(kind, Enum):
        yield from (f"{one.name} = {one.value!r}" for one in kind)
    own = [base for base in kind.__mro__ if base.__module__.startswith("ncriteria")]
    for name in sorted({name for base in own for name in vars(base) if not name.startswith("_")}):
        match inspect.getattr_static(kind, name):
            case property(fget=made) if made is not None:
                yield f".{name} -> {inspect.signature(made).return_annotation}"
            case staticmethod() | classmethod() as found:
                yield f".{name}{_signature(found.__func__)}"
            case found if inspect.isfunction(found):
                yield f".{name}{_signature(found)}"
            case _ if attrs.has(kind) and name in attrs.fields_dict(kind):
                yield f".{name}: {_annotation(own, name)}"


def _annotation(kinds: Sequence[type], name: str) -> object:
    """The type of a field as it is written; attrs forgets that where a program has asked it for the type itself."""
    return next(vars(one)["__annotations__"][name] for one in kinds if name in vars(one).get("__annotations__", {}))


def _commands() -> Iterator[str]:
    context = click.Context(program)
    for name in ["", *_COMMANDS]:
        command = program if not name else program.get_command(context, name)
        assert command is not None
        yield f"ncriteria {name}".strip()
        yield from (f"  {line}" for line in sorted(map(_parameter, command.params)))


def _given_as(kind: click.ParamType) -> str:
    """The kind of a value, not in the language that is spoken."""
    return type(kind).__name__.removesuffix("ParamType").lower()


def _parameter(one: click.Parameter) -> str:
    kind = "|".join(map(str, one.type.choices)) if isinstance(one.type, click.Choice) else _given_as(one.type)
    is_flag = isinstance(one, click.Option) and one.is_flag
    said = [", ".join(one.opts) if isinstance(one, click.Option) else f"<{one.name}>", "flag" if is_flag else kind]
    said += [
        told for told, holds in (("required", one.required), ("repeated", one.multiple or one.nargs == -1)) if holds
    ]
    if isinstance(one, click.Option) and not is_flag and isinstance(one.default, (str, int, float)):
        said.append(f"= {one.default}")
    return " ".join(said)


def _schema(schema: Any) -> Iterator[str]:
    yield f"$id {schema['$id']}"
    yield from _keys("", schema)
    for name, defined in sorted(schema.get("$defs", {}).items()):
        yield f"{name}: {_kind(defined)}"
        yield from _keys(f"{name}.", defined)


def _keys(prefix: str, schema: Any) -> Iterator[str]:
    required = schema.get("required", ())
    for key, value in sorted(schema.get("properties", {}).items()):
        yield f"  {prefix}{key}{' (always)' if key in required else ''}: {_kind(value)}"


def _kind(schema: Any) -> str:
    """The type that a schema says, as short as it can be told apart."""
    match schema:
        case {"$ref": target}:
            return str(target).rpartition("/")[2]
        case {"const": value}:
            return json.dumps(value)
        case {"enum": values}:
            return " | ".join(json.dumps(value, ensure_ascii=False) for value in values)
        case {"anyOf": several} | {"oneOf": several}:
            return " | ".join(dict.fromkeys(map(_kind, several)))
        case {"type": "array"}:
            return f"[{_kind(schema.get('items', {}))}]"
        case {"additionalProperties": dict() as inner}:
            return f"{{*: {_kind(inner)}}}"
        case {"type": kind}:
            return str(kind)
        case {"properties": dict()}:
            return "object"
        case _:
            return "any"


def _codes() -> Iterator[str]:
    for page in ("errors.md", "rules.md"):
        yield from _CODE.findall((ROOT / "docs" / page).read_text(encoding="utf-8"))


if __name__ == "__main__":
    FILE.write_text(face(), encoding="utf-8")
