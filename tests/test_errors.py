"""Every error and warning of the library comes whole out of a copy, out of another process, and of what it holds."""

from __future__ import annotations

import copy
import pickle
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import pytest

from ncriteria.analysis.room.ends import Reason
from ncriteria.errors import CellPlace, NCriteriaError, Problem
from ncriteria.evaluation.self_tests import TestOutcome
from ncriteria.language.source import Finding
from ncriteria.language.tree import FactKey
from ncriteria.words import phrase

SOURCE = Path(__file__).parents[1] / "src"
NAMES = re.compile(r"^class (\w*(?:Error|Warning|Form|Failure|Broken))\(", re.MULTILINE)
PROBLEMS = (
    Problem("NC128", phrase("{count} rows", count=2), CellPlace("f.csv", row=3), phrase("write {one}", one="1")),
    Problem("NC127", "a text"),
)
MADE: dict[str, Callable[[Any], BaseException]] = {
    "SheetsError": lambda kind: kind(PROBLEMS, ["one", "two"]),
    "UnknownFactsError": lambda kind: kind(PROBLEMS, ["cases"], [FactKey.of("cases")]),
    "TableWarning": lambda kind: kind(PROBLEMS),
    "RowByRowWarning": lambda kind: kind({"c": phrase("it has {count} parts", count=2)}),
    "FindingsError": lambda kind: kind([Finding("NC006", "a text")]),
    "NotSolvableError": lambda kind: kind(Reason.NOT_LINEAR),
    "CriteriaTestFailure": lambda kind: kind(TestOutcome("s", "t", None, ("one", "two"))),
}


def _kinds() -> Iterator[type[BaseException]]:
    """Every class of the source that is an exception."""
    for path in sorted(SOURCE.rglob("*.py")):
        names = re.findall(
            r"^class (\w*(?:Error|Warning|Form|Failure|Broken))\(", path.read_text("utf-8"), re.MULTILINE
        )
        if names:
            module = import_module(".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"))
            yield from (getattr(module, name) for name in names)


KINDS = list(_kinds())


def _of(kind: type[BaseException]) -> BaseException:
    if kind.__name__ in MADE:
        return MADE[kind.__name__](kind)
    return kind(PROBLEMS) if issubclass(kind, NCriteriaError) else kind(phrase("{count} rows", count=2))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_error_survives_pickle_and_copy_and_is_made_of_what_it_holds(kind: type[BaseException]) -> None:
    error = _of(kind)
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(again) is kind
        assert str(again) == str(error)
        assert vars(again) == vars(error)
    assert str(kind(*error.args)) == str(error)


def test_every_class_that_is_raised_is_tried() -> None:
    known = {error for base in (NCriteriaError, UserWarning, click.ClickException) for error in _below(base)}
    assert {kind for kind in known if kind.__module__.startswith("ncriteria.")} <= set(KINDS)


def test_what_is_told_after_a_journey_can_still_be_told_in_vietnamese() -> None:
    again = pickle.loads(pickle.dumps(NCriteriaError(PROBLEMS[0])))
    assert again.problems[0].text("vi") == PROBLEMS[0].text("vi")


def _below(base: type[BaseException]) -> Iterator[type[BaseException]]:
    for kind in base.__subclasses__():
        yield kind
        yield from _below(kind)
