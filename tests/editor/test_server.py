"""The language server, driven over its standard input and output as an editor drives it."""

from __future__ import annotations

from lsprotocol import types as lsp

from ncriteria.editor.formatting.layout import formatted
from tests.editor.talking import Editor, edited, talk

SET = """\
format: ncriteria/1
set:
  id: example.typed.commune
  standard: example-typed
  title: {vi: "Ví dụ", en: "An example"}
  instrument: {number: 01/EXAMPLE, issuer: "Cơ quan ví dụ"}
  years: {from: 2026}
  level: commune

parameters:
  least:
    title: {vi: "Mức giảm", en: "Least reduction"}
    value: 5%
    cite: [{instrument: 01/EXAMPLE, at: "2"}]

facts:
  crime_cases: {title: {vi: "Số vụ", en: "Crimes"}, type: count, unit: vụ}

clauses:
  crime:
    title: {vi: "Tội phạm giảm", en: "Crime falls"}
    rule: crime_cases <= prev_year * (1 - param.least)
    encodes: exact
    cite: [{instrument: 01/EXAMPLE, at: "1"}]
    when_zero_base: crime_cases = 0

tests:
  - {id: tie, given: {crime_cases: 19, prev_year: {crime_cases: 20}}, expect: {crime: met}}
"""


def test_what_is_found_follows_each_edit_and_a_file_is_laid_out_as_the_command_lays_it_out(tmp_path):
    untidy = SET.replace("rule: crime_cases <= prev_year", "rule:   crime_cases<=prev_year")

    async def conversation(editor: Editor) -> None:
        editor.open("set.yaml", SET)
        assert await editor.findings("set.yaml") == []
        editor.told.clear()
        editor.edit("set.yaml", SET.replace("base: crime_cases", "base: crime_case"))
        (found,) = await editor.findings("set.yaml")
        assert found.message == "there is no fact `crime_case`\nhint: did you mean `crime_cases`?"
        assert (found.code, found.source) == ("NC012", "ncriteria")
        assert found.severity is lsp.DiagnosticSeverity.Error
        assert found.range == lsp.Range(lsp.Position(24, 20), lsp.Position(24, 30))
        editor.told.clear()
        editor.edit("set.yaml", untidy)
        assert await editor.findings("set.yaml") == []
        options = lsp.FormattingOptions(2, True)
        asked = lsp.DocumentFormattingParams(editor.at("set.yaml"), options)
        edits = await editor.client.text_document_formatting_async(asked)
        assert edited(untidy, list(edits or ())) == formatted(untidy).after != untidy

    talk(tmp_path, conversation)
