"""Patterns are compiled when they are first used, and behave as compiled ones."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

import ncriteria
from ncriteria.patterns import compiled_later

_SOURCES = Path(ncriteria.__file__).parent


def test_a_pattern_is_compiled_when_it_is_first_used() -> None:
    broken = compiled_later("(")
    with pytest.raises(re.error):
        broken.search("")


def test_a_pattern_does_what_a_compiled_one_does() -> None:
    found, compiled = compiled_later("(?P<year>[0-9]+)", re.IGNORECASE), re.compile("(?P<year>[0-9]+)", re.IGNORECASE)
    assert found.pattern == compiled.pattern
    assert found.flags == compiled.flags
    for text in ("in 2024", "none"):
        assert found.sub("-", text) == compiled.sub("-", text)
        assert bool(found.search(text)) == bool(compiled.search(text))
        assert found.findall(text) == compiled.findall(text)


def test_every_pattern_of_the_source_can_be_compiled() -> None:
    """A slip in one would otherwise show only where it is used."""
    count = 0
    for path in _SOURCES.rglob("*.py"):
        if path.stem != "patterns" and "compiled_later(" in path.read_text(encoding="utf-8"):
            module = import_module(".".join(path.relative_to(_SOURCES.parent).with_suffix("").parts))
            for value in vars(module).values():
                if type(value) is type(compiled_later("")):
                    assert re.compile(value.pattern, value.flags & ~re.UNICODE)
                    count += 1
    assert count > 100
