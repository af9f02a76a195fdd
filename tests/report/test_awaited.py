"""The document that a clause awaits, and from whom, is told wherever what is waited for is told."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import ncriteria as nc
from ncriteria.cli import program
from tests.sets.writing import file_text

AWAITED = "{document: {vi: Hướng dẫn Điều 3, en: guidance on Article 3}, from: {vi: Bộ Ví dụ, en: Example ministry}}"
CLAUSES = f"""\
clauses:
  crime: {{title: Crime, rule: cases = 0, encodes: exact, cite: [{{instrument: 01/EXAMPLE}}]}}
  fire: {{title: Fire, encodes: not_encoded, awaits: {AWAITED}, cite: [{{instrument: 01/EXAMPLE}}]}}"""
LINES = {
    "en": "Awaits: guidance on Article 3 (Example ministry)",
    "vi": "Chờ văn bản: Hướng dẫn Điều 3 (Bộ Ví dụ)",
}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "set.yaml").write_text(file_text({"clauses": CLAUSES}), encoding="utf-8")
    (tmp_path / "table.csv").write_text("unit,level,year,cases\na,commune,2024,0\n", encoding="utf-8")
    return tmp_path


def told(folder, *call):
    criteria = ["--criteria", str(folder / "set.yaml")] if call[0] != "facts" else []
    given = [str(folder / one) if one.endswith((".csv", ".yaml", ".xlsx")) else one for one in call]
    outcome = CliRunner().invoke(program, [*given, *criteria])
    assert outcome.exit_code == 0, outcome.output
    return outcome.stdout


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize(
    "call",
    [
        ("explain", "table.csv", "--unit", "a", "--year", "2024"),
        ("evaluate", "table.csv", "--details"),
        ("facts", "set.yaml"),
    ],
    ids=lambda call: call[0],
)
def test_people_are_told_what_is_awaited(folder, call, language):
    assert LINES[language] in " ".join(told(folder, *call, "--lang", language).split())


def test_what_is_missing_names_the_document(folder):
    missing = " ".join(told(folder, "evaluate", "table.csv", "--missing", "--lang", "en").split())
    assert "Fire [fire] (awaits: guidance on Article 3 (Example ministry))" in missing


def test_programs_are_told_in_results_and_in_what_a_set_needs(folder):
    awaited = {"document": "guidance on Article 3", "from": "Example ministry"}
    found = json.loads(told(folder, "evaluate", "table.csv", "--json", "--lang", "en"))
    clauses = {one["path"]: one.get("awaits") for one in found["judgements"][0]["result"]["clauses"]}
    assert clauses == {"crime": None, "fire": awaited}
    assert [one.get("awaits") for one in found["summary"]["waits"]] == [awaited]
    needed = json.loads(told(folder, "facts", "set.yaml", "--json", "--lang", "en"))
    assert needed["awaited"] == [{"path": "fire", "title": "Fire", "awaits": awaited}]


def test_a_result_that_is_read_back_knows_what_is_awaited(folder):
    result = nc.load(folder / "set.yaml").evaluate({"cases": 0}, year=2024)
    clause = nc.Result.from_json(result.to_json("en"))["fire"].clause
    assert (clause.awaits.document.en, clause.awaits.issuer.en) == ("guidance on Article 3", "Example ministry")


def test_a_workbook_has_a_column_for_documents_only_where_one_is_awaited(folder):
    openpyxl = pytest.importorskip("openpyxl")
    for clauses, has_column in ((CLAUSES, True), (CLAUSES.replace(f"awaits: {AWAITED}, ", ""), False)):
        (folder / "set.yaml").write_text(file_text({"clauses": clauses}), encoding="utf-8")
        told(folder, "evaluate", "table.csv", "-o", "out.xlsx", "--force", "--lang", "en")
        sheet = openpyxl.load_workbook(folder / "out.xlsx")["Other things waited for"]
        cells = [cell.value for row in sheet.iter_rows() for cell in row]
        assert ("Document awaited" in cells, "guidance on Article 3 (Example ministry)" in cells) == (has_column,) * 2
