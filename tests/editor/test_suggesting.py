"""The name of a hint is put in the place of the one that was misspelt, and of nothing else."""

from __future__ import annotations

import pytest

from ncriteria.editor.edits import applied
from ncriteria.editor.linting.checking import checked_files
from tests.case_files import cases

FILE = """\
format: ncriteria/1
set:
  id: example.district
  standard: example
  title: Example
  instrument: {{number: 01/EXAMPLE, issuer: Example}}
  years: {{from: 2024}}
  level: district
  supersedes: {before}
facts:
  cases: {{title: Cases, type: count}}
clauses:
  theft: {{title: Theft, rule: cases = 0, encodes: exact, cite: [{{instrument: 01/EXAMPLE}}]}}
  crime:
    title: Crime
    rule: {rule}
    encodes: exact
    cite: [{{instrument: 01/EXAMPLE}}]
"""


def text(rule="cases = 0", before="vn.bca.hd06-2022.commune"):
    return FILE.format(rule=rule, before=before)


def suggestions(content, folder):
    (folder / "set.yaml").write_text(content, encoding="utf-8")
    findings = checked_files([folder / "set.yaml"], alone=True).findings
    return [applied(content, one.suggestion) for one in findings if one.suggestion]


@pytest.mark.parametrize("case", cases(__file__, "suggested"))
def test_a_name_in_a_rule(case, tmp_path):
    expected = [text(case["after"])] if "after" in case else []
    assert suggestions(text(case["rule"]), tmp_path) == expected


def test_the_set_before(tmp_path):
    misspelt = text(before="vn.bca.hd06-2202.commune")
    assert suggestions(misspelt, tmp_path) == [text()]


def test_a_hint_about_another_place_is_no_edit(tmp_path):
    fact = "  change: {title: Change, type: number, published: {change_of: case}}\n"
    assert suggestions(text().replace("clauses:\n", fact + "clauses:\n"), tmp_path) == []


@pytest.mark.parametrize(
    ("usual", "wrong", "right"),
    [
        ("level: district", "level: huyện", "level: district"),
        ("Theft, rule:", "Theft, quy_tắc:", "Theft, rule:"),
        ("type: count}", "type: count, attested: có}", "type: count, attested: true}"),
        ("issuer: Example}", "issuer: Example, issued: 5/1/2026}", "issuer: Example, issued: 2026-01-05}"),
        ("title: Example", "title: vi: Ví dụ", "title: {vi: Ví dụ}"),
    ],
)
def test_a_text_that_a_hint_spells_out(usual, wrong, right, tmp_path):
    assert suggestions(text().replace(usual, wrong, 1), tmp_path) == [text().replace(usual, right, 1)]
