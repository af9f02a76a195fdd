"""The language server, driven over its standard input and output as an editor drives it."""

from __future__ import annotations

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

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


OVERLAY = """\
format: ncriteria/1
set:
  id: example.overlay.commune
  standard: example-overlay
  title: {vi: "Ví dụ bổ sung", en: "An example that extends"}
  instrument: {number: 02/EXAMPLE, issuer: "Cơ quan ví dụ"}
  years: {from: 2026}
  level: commune
  territory: "80"
extends: set.yaml

changes:
  - replace: crime
    clause:
      title: {vi: "Tội phạm giảm mạnh", en: "Crime falls much"}
      rule: crime_cases <= prev_year * (1 - 2 * param.least)
      when_zero_base: crime_cases = 0
      encodes: exact
      cite: [{instrument: 02/EXAMPLE, at: "1"}]
    cite: [{instrument: 02/EXAMPLE, at: "1"}]
"""


def test_names_are_followed_through_files_and_a_place_is_completed_told_and_mended(tmp_path):
    (tmp_path / "set.yaml").write_text(SET, encoding="utf-8")
    (tmp_path / "overlay.yaml").write_text(OVERLAY, encoding="utf-8")
    typing = SET.replace("when_zero_base: crime_cases = 0", "when_zero_base: crime_ca")

    async def conversation(editor: Editor) -> None:
        name, client = "set.yaml", editor.client
        editor.open(name, SET)
        await editor.findings(name)
        used, at = editor.position(name, "crime_cases <="), editor.at(name)
        (declared,) = await client.text_document_definition_async(lsp.DefinitionParams(at, used))
        assert declared.range.start == editor.position(name, "crime_cases: {title")
        context = lsp.ReferenceContext(include_declaration=True)
        places = await client.text_document_references_async(lsp.ReferenceParams(context, at, used))
        assert sorted(one.uri.rpartition("/")[2] for one in places) == ["overlay.yaml"] * 2 + ["set.yaml"] * 5
        renaming = await client.text_document_rename_async(lsp.RenameParams(at, used, "vụ_phạm_pháp"))
        after = {uri.rpartition("/")[2]: edits for uri, edits in renaming.changes.items()}
        assert edited(SET, after["set.yaml"]) == SET.replace("crime_cases", "vụ_phạm_pháp")
        assert edited(OVERLAY, after["overlay.yaml"]) == OVERLAY.replace("crime_cases", "vụ_phạm_pháp")
        with pytest.raises(JsonRpcException, match="`prev_year` is no name, or is one already"):
            await client.text_document_rename_async(lsp.RenameParams(at, used, "prev_year"))
        told = await client.text_document_hover_async(lsp.HoverParams(at, used))
        assert "**Số vụ**: số nguyên (vụ)" in told.contents.value
        assert "**Crimes**: whole number (vụ)" in told.contents.value
        whole = lsp.Range(lsp.Position(0, 0), lsp.Position(99, 0))
        (hint,) = await client.text_document_inlay_hint_async(lsp.InlayHintParams(at, whole))
        assert (hint.label, hint.position) == (".crime_cases", editor.position(name, "prev_year", len("prev_year")))
        lenses = await client.text_document_code_lens_async(lsp.CodeLensParams(at))
        assert [one.command.title for one in lenses] == ["1 test: all pass", "1 test: all pass; they see 3 of 16"]
        editor.edit(name, typing)
        position = editor.position(name, "base: crime_ca", len("base: crime_ca"))
        offered = await client.text_document_completion_async(lsp.CompletionParams(at, position))
        crime = next(one for one in offered.items if one.label == "crime_cases")
        assert (crime.detail, edited(typing, [crime.text_edit])) == ("Crimes", SET.replace(" = 0", ""))
        context = lsp.CodeActionContext([])
        range_ = lsp.Range(position, position)
        actions = await client.text_document_code_action_async(lsp.CodeActionParams(at, range_, context))
        assert [one.title for one in actions] == ["Write `crime_cases`"]

    talk(tmp_path, conversation)


def test_an_empty_file_is_offered_a_whole_set_that_can_be_filled_in(tmp_path):
    async def conversation(editor: Editor) -> None:
        editor.open("example.new.yaml", "")
        asked = lsp.CompletionParams(editor.at("example.new.yaml"), lsp.Position(0, 0))
        found = await editor.client.text_document_completion_async(asked)
        assert [one.label for one in found.items] == ["format: ncriteria/1", "a whole set to fill in"]
        whole = edited("", [found.items[1].text_edit])
        editor.edit("example.new.yaml", whole)
        assert "  id: example.new\n" in whole
        assert {one.code for one in await editor.findings("example.new.yaml")} == {"NC454"}

    talk(tmp_path, conversation)


def test_a_mapping_is_a_snippet_where_the_editor_takes_them(tmp_path):
    item = lsp.ClientCompletionItemOptions(snippet_support=True)
    completion = lsp.CompletionClientCapabilities(completion_item=item)
    can = lsp.ClientCapabilities(text_document=lsp.TextDocumentClientCapabilities(completion=completion))
    text = "format: ncriteria/1\nset:\n  title: \n"

    async def conversation(editor: Editor) -> None:
        editor.open("set.yaml", text)
        asked = lsp.CompletionParams(editor.at("set.yaml"), lsp.Position(2, 9))
        (found,) = (await editor.client.text_document_completion_async(asked)).items
        assert found.insert_text_format is lsp.InsertTextFormat.Snippet
        assert found.text_edit.new_text == '{vi: "$1", en: "$2"\\}'

    talk(tmp_path, conversation, can)
