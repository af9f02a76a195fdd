"""A failed embedded test says what came out, and of an undetermined clause what it waits for."""

from __future__ import annotations

import ncriteria as nc

_FILE = """\
format: ncriteria/1
set:
  id: example.commune
  standard: example
  title: Example
  instrument: {number: 01/EXAMPLE, issuer: Example}
  years: {from: 2026}
  level: commune
facts:
  fires: {title: Fires, type: count}
clauses:
  fires:
    title: Fires
    rule: fires <= mean(prev_year, years_ago(2, fires))
    encodes: exact
    cite: [{instrument: 01/EXAMPLE}]
tests:
  - {id: two-years-missing, given: {fires: 1}, expect: {fires: met}}
  - {id: wrong, given: {fires: 1, prev_year: {fires: 2}, years_ago: {2: {fires: 2}}}, expect: {fires: not_met}}
"""


def test_a_failure_names_the_facts_that_are_missing() -> None:
    outcomes = nc.run_tests(nc.loads(_FILE).definition)
    assert [outcome.failures for outcome in outcomes] == [
        ("fires: expected met, found undetermined; missing: prev_year.fires, years_ago(2, fires)",),
        ("fires: expected not_met, found met",),
    ]
