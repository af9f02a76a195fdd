"""Small criteria files, put together of parts."""

from __future__ import annotations

from collections.abc import Mapping

PARTS = {
    "format": "format: ncriteria/1",
    "set": """\
set:
  id: example.commune
  standard: example
  title: Example
  instrument: {number: 01/EXAMPLE, issuer: Example}
  years: {from: 2024}
  level: commune""",
    "extends": "",
    "parameters": "",
    "facts": """\
facts:
  cases: {title: Cases, type: count}""",
    "clauses": """\
clauses:
  crime: {title: Crime, rule: cases = 0, encodes: exact, cite: [{instrument: 01/EXAMPLE}]}""",
    "changes": "",
    "tests": "",
    "more": "",
}


def file_text(parts: Mapping[str, str]) -> str:
    """A criteria file of the usual parts, with those of `parts` in their place; `text` is the whole file."""
    if "text" in parts:
        return parts["text"]
    assert parts.keys() <= PARTS.keys() | {"id", "error", "warnings"}, parts.keys()
    chosen = (parts.get(name, usual).rstrip("\n") for name, usual in PARTS.items())
    return "".join(f"{part}\n" for part in chosen if part)
