"""The linter looks at what a file says itself, not at what it takes over from the set that it extends."""

from __future__ import annotations

import ncriteria as nc

_EXTENDING = """\
format: ncriteria/1
set:
  id: example.commune
  standard: antt-safe
  title: Example
  instrument: {number: 02/EXAMPLE, issuer: Example}
  years: {from: 2023, to: 2024}
  level: commune
  territory: example
extends: tt124-2021.commune.yaml
facts:
  cameras: {title: Cameras, type: count}
  unused: {title: Unused, type: count}
changes:
  - add: safe
    clause: {id: cameras, title: Cameras, rule: cameras >= 1, encodes: exact, cite: [{instrument: 02/EXAMPLE}]}
    cite: [{instrument: 02/EXAMPLE}]
  - {remove: safe/2/2, cite: [{instrument: 02/EXAMPLE}]}
"""


def test_only_the_own_clauses_and_facts_of_an_extending_set_are_warned_of() -> None:
    warnings = nc.lint(nc.loads(_EXTENDING, file="example.yaml").definition)
    assert [warning.message for warning in warnings] == [
        "no rule uses the fact `unused`",
        'no test expects a verdict of "safe/cameras"',
        'no test expects a verdict of "safe", which the change of `safe` makes another',
        'no test expects a verdict of "safe/2", which the change of `safe/2/2` makes another',
    ]
