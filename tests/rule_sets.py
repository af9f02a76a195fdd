"""Small criteria sets for tests of the rule-testing kit: the clauses, facts and tests that a case needs."""

from __future__ import annotations

from pathlib import Path

from ncriteria.sets.loader import LocatedSet, load_located

HEAD = """format: ncriteria/1
set:
  id: test.set
  standard: test
  title: Test
  instrument: {number: T1, issuer: Test}
  years: {from: 2021, to: 2023}
  level: commune
"""


def located_set(folder: Path, body: str) -> LocatedSet:
    """The set of a body of `parameters`, `facts`, `clauses` and `tests`, written to a file of `folder` and loaded."""
    path = folder / "set.yaml"
    path.write_text(HEAD + body, encoding="utf-8")
    return load_located(path)


def one_rule(rule: str, tests: str = "", extra: str = "") -> str:
    """The body of a set of one clause, over facts of every type."""
    indented = "".join(f"    {line}\n" for line in extra.splitlines())
    return f"""parameters:
  limit: {{title: Limit, value: 5%, cite: [{{instrument: T1}}]}}
  reading: {{title: Reading, options: [wide, narrow], value: wide, cite: [{{instrument: T1}}]}}
  open: {{title: Open, type: enumeration, options: [pass, fail], value: unknown, cite: [{{instrument: T1}}]}}
facts:
  cases: {{title: Cases, type: count, unit: vụ}}
  others: {{title: Others, type: count, unit: vụ}}
  rate: {{title: Rate, type: number, min: 0, max: 100, decimals: 2}}
  plain: {{title: Plain, type: number}}
  border: {{title: Border, type: boolean}}
  signed: {{title: Signed, type: boolean}}
  status: {{title: Status, type: enumeration, options: [good, bad, open]}}
  decided: {{title: Decided, type: date}}
clauses:
  c:
    title: C
    rule: '{rule}'
{indented}    encodes: exact
    cite: [{{instrument: T1}}]
tests:
{tests or "  []"}
"""


def with_cap(body: str) -> str:
    """The body with `param.cap[status]`, a dated value for each option, of which one is left open."""
    return body.replace("parameters:\n", f"parameters:\n{_CAP}", 1)


_CAP = """\
  cap:
    title: Cap
    by: status
    unit: vụ
    values:
      - {from: 2021, value: {good: 3, bad: 5, open: unknown}}
      - {from: 2022, value: {good: 4, bad: 4, open: 9}}
    cite: [{instrument: T1}]
"""
