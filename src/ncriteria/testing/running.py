"""How a law is tried and how a broken one is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ncriteria.analysis.cases import Row, judged, row_lines
from ncriteria.analysis.rule_testing.mutation.mutation import value_text
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.language.printer import show
from ncriteria.language.queries import walk
from ncriteria.language.tree import Parameter
from ncriteria.sets.model import CriteriaSet, Verdict
from ncriteria.sets.structure import expressions

T = TypeVar("T")


class LawBroken(AssertionError):  # noqa: N818 - what a test reports is a broken law
    """A law that does not hold: the clause, its rules, and the plainest rows found that break it, with the verdicts."""


def for_all(cases: st.SearchStrategy[T], law: Callable[[T], None]) -> None:
    """Try `law` on generated cases, the same at every run; the failure that comes out is that of the plainest case."""
    slow = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large, HealthCheck.nested_given]

    @settings(deadline=None, suppress_health_check=slow, derandomize=True)
    @given(cases)
    def holds(case: T) -> None:
        law(case)

    holds()


def verdict_of(part: CriteriaSet, row: Row, path: str) -> Verdict:
    """The verdict of one clause; a row for which a rule has no value is passed over."""
    return verdicts(part, row, [path])[path]


def verdicts(part: CriteriaSet, row: Row, paths: Iterable[str]) -> dict[str, Verdict]:
    """The verdicts of a row; a row for which a rule has no value says nothing of a law."""
    try:
        result = judged(part, row)
    except EvaluationError:
        assume(False)
        raise
    return {path: result[path].verdict for path in paths}


def message(title: str, rows: list[tuple[CriteriaSet, Row]], path: str) -> str:
    """The law that is broken, and each row with the rules it was judged by and what came out."""
    lines = [title]
    shown: list[str] = []
    for part, row in rows:
        rules = _rule_lines(part, path)
        lines += [] if rules == shown else rules
        shown = rules
        result = judged(part, row)
        lines += [f"  {line}" for line in row_lines(row)]
        lines.append(f"    {path}: {result[path].verdict.value}")
    return "\n".join(lines)


def _rule_lines(part: CriteriaSet, path: str) -> list[str]:
    members = [member for member in part.members() if member.path == path or member.path.startswith(f"{path}/")]
    rules = [(member.path, role, expr) for member in members for role, expr in expressions(member)]
    lines = [f"  {at}, {role}: {show(expr)}" for at, role, expr in rules]
    for name in dict.fromkeys(node.name for *_, expr in rules for node in walk(expr) if isinstance(node, Parameter)):
        values = [value_text(part.parameters[name], dated.value) for dated in part.parameters[name].values]
        lines.append(f"  param.{name}: {', '.join(values)}")
    return lines
