"""The schema in an editor that knows nothing but YAML: yaml-language-server goes by the first line of a file."""

from __future__ import annotations

import pytest
from lsprotocol import types as lsp

from ncriteria.cli.inputs.begun_files import PROJECT_SCHEMA, with_schema
from ncriteria.report.documents import schema_text
from ncriteria.sets.files.files import SET_SCHEMA
from tests.editor.messes import ROOT, SHIPPED
from tests.editor.talking import Editor, talk
from tests.outside.installed import installed

pytestmark = pytest.mark.node
QUIET = lsp.DidChangeConfigurationParams({"yaml": {"schemaStore": {"enable": False}}})
SLIPS = [
    ("    encodes: ", "    encode: ", "Property encode is not allowed."),
    ("  years: {from: ", "  years: {form: ", "Property form is not allowed."),
    ("type: count", "type: counts", "Value is not accepted. Valid values: "),
]


def told(folder, texts):
    """What the server says of each text, with the line that it is of."""
    found = {}

    async def conversation(editor: Editor) -> None:
        editor.client.workspace_did_change_configuration(QUIET)
        for name, text in texts.items():
            editor.open(name, text)
            diagnostics = await editor.findings(name)
            found[name] = [(text.splitlines()[one.range.start.line], one.message) for one in diagnostics]

    server = ["node", str(installed("yaml-language-server", "bin", "yaml-language-server")), "--stdio"]
    talk(folder, conversation, server=server)
    return found


def test_it_accepts_every_shipped_file_and_marks_what_is_misspelt(tmp_path):
    (tmp_path / SET_SCHEMA).write_bytes((ROOT / "criteria" / SET_SCHEMA).read_bytes())
    texts = {path.name: path.read_text("utf-8") for path in SHIPPED}
    one = texts["hd06-2022.commune.yaml"]
    for number, (right, wrong, _) in enumerate(SLIPS):
        assert right in one, right
        texts[f"slip-{number}.yaml"] = one.replace(right, wrong, 1)
    (tmp_path / PROJECT_SCHEMA).write_text(schema_text("project"), encoding="utf-8")
    texts["ncriteria.yaml"] = with_schema("format: ncriteria-project/1\ncheck: {NC157: warning}\n", PROJECT_SCHEMA)
    texts["slip-in-project.yaml"] = texts["ncriteria.yaml"].replace("NC157", "NC999")
    found = told(tmp_path, texts)
    assert [name for name in found if found[name] and not name.startswith("slip")] == []
    for number, (_, wrong, message) in enumerate(SLIPS):
        assert any(wrong in line and says.startswith(message) for line, says in found[f"slip-{number}.yaml"]), found
    assert [says for _, says in found["slip-in-project.yaml"]] == ["Property NC999 is not allowed."]
