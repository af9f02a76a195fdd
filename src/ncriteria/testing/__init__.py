"""The kit for authors of rules: generated rows, expressions and edits, laws to assert, and a pytest plugin.

Needs hypothesis: `pip install 'ncriteria[testing]'`. The plugin is found by pytest itself and needs no import.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from ncriteria.errors import NCriteriaError, Problem

if TYPE_CHECKING:
    from ncriteria.analysis.cases import Row
    from ncriteria.analysis.rule_testing.mutation.mutation import Edit
    from ncriteria.testing import laws
    from ncriteria.testing.edits import edits_of
    from ncriteria.testing.expressions import expressions
    from ncriteria.testing.facts import facts_for
    from ncriteria.testing.running import LawBroken

__all__ = ["Edit", "LawBroken", "Row", "TestingError", "edits_of", "expressions", "facts_for", "laws"]

_HOMES = {
    "Edit": ("ncriteria.analysis.rule_testing.mutation.mutation", "Edit"),
    "LawBroken": ("ncriteria.testing.running", "LawBroken"),
    "Row": ("ncriteria.analysis.cases", "Row"),
    "edits_of": ("ncriteria.testing.edits", "edits_of"),
    "expressions": ("ncriteria.testing.expressions", "expressions"),
    "facts_for": ("ncriteria.testing.facts", "facts_for"),
    "laws": ("ncriteria.testing.laws", None),
}


class TestingError(NCriteriaError):
    """The testing kit cannot do what is asked: a package is missing, or a law does not fit the clause."""

    __test__ = False


def __getattr__(name: str) -> object:
    """Import a public name when it is first used: pytest loads the plugin in every run, hypothesis only on demand."""
    if name not in _HOMES:
        raise AttributeError(f"module 'ncriteria.testing' has no attribute {name!r}")
    home, attribute = _HOMES[name]
    try:
        module = import_module(home)
    except ModuleNotFoundError as error:
        if error.name != "hypothesis":
            raise
        message = f"`ncriteria.testing.{name}` needs the package hypothesis, which is not installed"
        raise TestingError(
            Problem("NC501", message, hint="install it with: pip install 'ncriteria[testing]'")
        ) from None
    found: object = module if attribute is None else getattr(module, attribute)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
