"""The reference of the public face, from its docstrings, in the order of docs/python.md; and of what it holds."""

from __future__ import annotations

import builtins
import inspect
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from types import FunctionType
from typing import get_args, get_type_hints

import ncriteria as nc
from docsite.drawn.markdown import block
from ncriteria import testing

_HEADING = re.compile(r"## (.+)")
_NAME = re.compile(r"`(\w+)`")
_OPENING = """# Python reference

Every public name with its docstring, in the order of [From Python](/docs/python.md), which shows them at work. What
these hold, take and give back besides stands in [Types behind the public names](/types.md).
"""
_TESTING = """## Tests of rules

What `ncriteria.testing` has, which needs the extra `testing`; [Testing rules](/docs/testing-rules.md) shows it at work.
"""
_TYPES_OPENING = """# Types behind the public names

What the [public names](/api.md) hold, take and give back. A program meets these as values, and has no need to import
them.
"""


def page(root: Path) -> str:
    """Every public name below the heading that it has in docs/python.md."""
    sections = _sections((root / "docs" / "python.md").read_text(encoding="utf-8"))
    return "\n".join((_OPENING, *sections, _TESTING, *(_documented(*one) for one in _of_testing())))


def _of_testing() -> list[tuple[str, object]]:
    return [(f"ncriteria.testing.{name}", getattr(testing, name)) for name in testing.__all__]


def _sections(text: str) -> Iterator[str]:
    left = set(nc.__all__)
    for line in text.splitlines():
        if heading := _HEADING.fullmatch(line):
            yield f"## {heading[1]}\n"
        for name in _NAME.findall(line):
            if name in left:
                left.remove(name)
                yield _documented(f"ncriteria.{name}", getattr(nc, name))


def types_page() -> str:
    """The classes that are no public names, but what public ones are made of, by package."""
    packages: dict[str, list[type]] = {}
    for one in sorted(behind(), key=_full_name):
        packages.setdefault(one.__module__.split(".")[1], []).append(one)
    sections = (
        line
        for package, classes in packages.items()
        for line in (f"## ncriteria.{package}\n", *(_documented(_full_name(one), one) for one in classes))
    )
    return "\n".join((_TYPES_OPENING, *sections))


def behind() -> set[type]:
    """All classes of the library that are mentioned by public names, and by those again."""
    named = [*(getattr(nc, name) for name in nc.__all__), *(one for _, one in _of_testing())]
    public = {one for one in named if inspect.isclass(one)}
    found, latest = set(public), public.union(*(_hinted(one) for one in named if isinstance(one, FunctionType)))
    while latest:
        found |= latest
        latest = {one for known in latest for one in _mentioned(known)} - found
    return found - public


def _mentioned(one: type) -> Iterator[type]:
    """The classes of the library that the fields and methods of a class mention."""
    yield from _hinted(one)
    for name, member in vars(one).items():
        function = _function(member)
        if function is not None and not name.startswith("_"):
            yield from _hinted(function)


def _function(member: object) -> FunctionType | None:
    match member:
        case property():
            inner: object = member.fget
        case classmethod() | staticmethod():
            inner = member.__func__
        case cached_property():
            inner = member.func
        case _:
            inner = member
    return inner if isinstance(inner, FunctionType) else None


class _Names(dict[str, object]):
    """The names that annotations may mention; what is imported for the type check alone is looked for everywhere."""

    def __missing__(self, name: str) -> object:
        loaded = (module for place, module in sys.modules.items() if place.startswith("ncriteria."))
        found = (vars(module)[name] for module in loaded if name in vars(module))
        return getattr(builtins, name, None) or next(found, object)


def _hinted(annotated: type | FunctionType) -> Iterator[type]:
    names = _Names(vars(sys.modules[annotated.__module__]))
    hints = get_type_hints(annotated, localns=names)
    yield from _classes(hint for name, hint in hints.items() if not name.startswith("_"))


def _classes(hints: Iterable[object]) -> Iterator[type]:
    for hint in hints:
        if inspect.isclass(hint) and hint.__module__.startswith("ncriteria."):
            yield hint
        yield from _classes(get_args(hint))


def _full_name(one: type) -> str:
    return f"{one.__module__}.{one.__qualname__}"


def _documented(name: str, named: object) -> str:
    if inspect.isclass(named):
        kind = "autoexception" if issubclass(named, Exception) else "autoclass"
        return block("{eval-rst}", f".. {kind}:: {name}\n   :members:")
    if inspect.ismodule(named):
        told_elsewhere = ", ".join(testing.__all__)
        return block("{eval-rst}", f".. automodule:: {name}\n   :members:\n   :exclude-members: {told_elsewhere}")
    return block("{eval-rst}", f".. {'autofunction' if inspect.isfunction(named) else 'autodata'}:: {name}")
