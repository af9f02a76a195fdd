"""Numbers and years in a rule that cannot be meant are warned of, each with what to write; others are not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import ncriteria as nc
from ncriteria.analysis.lint.warnings import lint
from ncriteria.sets.loader import load_located
from tests.case_files import cases

_SET = """\
format: ncriteria/1
set:
  id: example.district
  standard: example
  title: Example
  instrument: {number: 01/EXAMPLE, issuer: Example}
  years: {from: 2024, to: 2027}
  level: district
parameters:
  least: {title: L, values: [{from: 2024, value: 80%}, {from: 2026, value: 85}], cite: [{instrument: 01/EXAMPLE}]}
  phased: {title: P, values: [{from: 2024, value: 0}, {from: 2026, value: 85%}], cite: [{instrument: 01/EXAMPLE}]}
  cut: {title: C, value: 5%, cite: [{instrument: 01/EXAMPLE}]}
  residents: {title: R, value: 1.500, cite: [{instrument: 01/EXAMPLE}]}
  mode: {title: M, value: x, options: [x, y], cite: [{instrument: 01/EXAMPLE}]}
  open: {title: O, value: unknown, type: number, cite: [{instrument: 01/EXAMPLE}]}
facts:
  cases: {title: Cases, type: count, unit: case}
  population: {title: Population, type: count, unit: person, min: 1}
  settled: {title: Settled, type: number, min: 0, max: 1, decimals: 4}
  growth: {title: Growth, type: number}
  rate: {title: Rate, type: number, min: 0, max: 100}
  area: {title: Area, type: number, unit: km2}
  alarm: {title: Alarm, type: boolean}
  grade: {title: Grade, type: enumeration, options: [a, b]}
  issued: {title: Issued, type: date}
clauses:
  c: {title: C, WHAT, encodes: exact, cite: [{instrument: 01/EXAMPLE}]}
"""
_RULE_CODES = {"NC136", "NC137", "NC138", "NC139", "NC140", "NC141", "NC144", "NC149"}


@pytest.mark.parametrize("case", cases(__file__, "lint_of_rules"))
def test_a_rule_is_warned_of_with_what_to_write(case: Any, tmp_path: Path) -> None:
    assert warnings(case.get("clause") or f"rule: '{case['rule']}'", tmp_path) == case["warnings"]


def warnings(what: str, folder: Path) -> str:
    """The warnings of a set whose one clause says `what`: the text that is underlined, the message and the hint."""
    path = folder / "set.yaml"
    path.write_text(_SET.replace("WHAT", what), encoding="utf-8")
    located = load_located(path)
    found = [problem for problem in lint(located.criteria, located.places) if problem.code in _RULE_CODES]
    return "\n".join(_told(problem) for problem in found)


def _told(problem: nc.Problem) -> str:
    place = problem.place
    assert isinstance(place, nc.TextPlace)
    assert place.line_text is not None
    underlined = place.line_text[place.column - 1 : place.column - 1 + place.length]
    return f"{underlined}: {problem.code} {problem.message}\n  hint: {problem.hint}"


def test_without_places_a_warning_stands_at_its_clause() -> None:
    criteria = nc.loads(_SET.replace("WHAT", "rule: cases >= 0")).definition
    assert [problem.place.line for problem in nc.lint(criteria) if problem.code == "NC136"] == [27]  # type: ignore[union-attr]
