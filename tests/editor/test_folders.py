"""Files of the folders that an editor works in, saved or not, are seen by those that they have to do with."""

from __future__ import annotations

import asyncio

import pytest
from lsprotocol import types as lsp
from pygls.workspace import PositionCodec

from ncriteria.editor.linting.rules.rule import Severity
from ncriteria.editor.server.asking import completed
from ncriteria.editor.server.folders import WorkFolders
from ncriteria.editor.server.opened import OpenFiles
from ncriteria.editor.server.positions import TypedText
from ncriteria.words import words
from tests.editor.talking import QUICK, SHOWS_ALL, Editor, edited, talk
from tests.editor.test_server import OVERLAY, SET

TESTED = """
tests:
  - {id: fall, given: {crime_cases: 10, prev_year: {crime_cases: 20}}, expect: {crime: met}}
"""
IN_FOLDER = OVERLAY.replace("extends: set.yaml", "extends: national/set.yaml") + TESTED
ASKING = SET.replace(".typed.commune", ".typed.district").replace("level: commune", "level: district").replace(
    "rule: crime_cases", 'rule: share_met(commune, "crime") >= 80% and crime_cases'
)  # fmt: skip
RENAMED = SET.replace("  crime:", "  theft:").replace("{crime:", "{theft:")


def test_a_name_is_followed_through_folders_and_files_that_were_never_saved(tmp_path):
    texts = {"national/set.yaml": SET, "overlay.yaml": IN_FOLDER, "districts/asking.yaml": ASKING}
    (tmp_path / "districts").mkdir()
    (tmp_path / "national").mkdir()
    (tmp_path / "districts" / "asking.yaml").write_text(ASKING, encoding="utf-8")

    async def conversation(editor: Editor) -> None:
        editor.open("national/set.yaml", SET)
        editor.open("overlay.yaml", IN_FOLDER)
        assert await editor.findings("overlay.yaml") == []
        used, at = editor.position("national/set.yaml", "crime:"), editor.at("national/set.yaml")
        renaming = await editor.client.text_document_rename_async(lsp.RenameParams(at, used, "theft"))
        after = {uri.removeprefix(f"{tmp_path.as_uri()}/"): list(edits) for uri, edits in renaming.changes.items()}
        edits = {name: edited(text, after[name]) for name, text in texts.items()}
        assert edits["national/set.yaml"] == RENAMED
        assert edits["overlay.yaml"] == IN_FOLDER.replace("replace: crime", "replace: theft").replace(
            "{crime:", "{theft:"
        )
        assert edits["districts/asking.yaml"] == ASKING.replace('commune, "crime"', 'commune, "theft"')
        editor.edit("national/set.yaml", RENAMED)
        (found, *_) = await editor.until("overlay.yaml", "crime")
        assert found.message == 'the extended set has no clause "crime"'
        editor.edit("national/set.yaml", SET)
        assert await editor.until("overlay.yaml", None) == []
        assert await editor.run_tests("overlay.yaml") == {"passed": 1, "failed": 0}
        shown = editor.refreshed
        closed = lsp.DidCloseTextDocumentParams(at)
        editor.client.text_document_did_close(closed)
        (found,) = await editor.until("overlay.yaml", "national/set.yaml")
        assert (found.code, await editor.lenses("overlay.yaml")) == ("NC120", [])
        assert editor.refreshed > shown
        (tmp_path / "national" / "set.yaml").write_text(SET, encoding="utf-8")
        changed = lsp.FileEvent(at.uri, lsp.FileChangeType.Created)
        editor.client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams([changed]))
        assert await editor.until("overlay.yaml", None) == []

    talk(tmp_path, conversation, SHOWS_ALL, (tmp_path,), QUICK)


def test_a_document_that_has_no_place_yet_stands_in_the_folder_that_the_editor_works_in(tmp_path):
    (tmp_path / "set.yaml").write_text(SET, encoding="utf-8")

    async def conversation(editor: Editor) -> None:
        uri = "untitled:Untitled-1"
        document = lsp.TextDocumentItem(uri, "yaml", 1, OVERLAY.replace("crime_cases = 0", "crime_case = 0"))
        editor.client.text_document_did_open(lsp.DidOpenTextDocumentParams(document))
        (found,) = await editor.findings(uri)
        assert found.code == "NC012"

    talk(tmp_path, conversation, SHOWS_ALL, (tmp_path,), QUICK)


@pytest.fixture
def folders(tmp_path):
    """A folder with two projects, one of which says where its criteria are, and what no author has written."""
    for name in ("a", "a/sets/deep", "b", "node_modules", "env", ".hidden"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "set.yaml").write_text(SET, encoding="utf-8")
    (tmp_path / "a" / "ncriteria.yaml").write_text("format: ncriteria-project/1\ncriteria: sets\n", encoding="utf-8")
    (tmp_path / "env" / "pyvenv.cfg").write_text("", encoding="utf-8")
    (tmp_path / "alone.yaml").write_text(SET, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("roots", "name", "seen"),
    [
        ((), "b/set.yaml", ["b/set.yaml"]),
        ((".",), "b/set.yaml", ["alone.yaml", "b/set.yaml"]),
        ((".",), "a/sets/deep/set.yaml", ["a/sets/deep/set.yaml"]),
        ((".",), "a/set.yaml", ["a/ncriteria.yaml", "a/set.yaml", "a/sets/deep/set.yaml"]),
        ((".", "b"), "b/set.yaml", ["b/set.yaml"]),
        (("b",), "alone.yaml", ["alone.yaml"]),
    ],
)
def test_a_file_is_looked_at_with_those_of_its_project(roots, name, seen, folders):
    worked = WorkFolders(tuple(folders / one for one in roots))
    assert [str(path.relative_to(folders)) for path, _ in worked.files(folders / name)] == seen


def test_a_folder_with_very_many_in_it_is_not_looked_through(folders, monkeypatch):
    monkeypatch.setattr("ncriteria.editor.server.folders._MOST_FOLDERS", 2)
    seen = WorkFolders((folders,)).files(folders / "b" / "set.yaml")
    assert [str(path.relative_to(folders)) for path, _ in seen] == ["b/set.yaml"]


def test_what_is_open_stands_in_place_of_what_is_saved_by_whatever_name_its_folder_goes(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "set.yaml").write_text(SET, encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    opened = OpenFiles(folders=WorkFolders((tmp_path / "real",)))
    opened.typed(tmp_path / "link" / "set.yaml", TypedText(SET + "# typed\n", PositionCodec()))
    (text,) = opened.texts_around(tmp_path / "link" / "set.yaml").values()
    assert text.endswith("# typed\n")


def test_folders_come_and_go(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "set.yaml").write_text(SET, encoding="utf-8")
    overlay = OVERLAY.replace("extends: set.yaml", "extends: sub/set.yaml").replace("crime_cases = 0", "crimes = 0")

    async def conversation(editor: Editor) -> None:
        editor.open("overlay.yaml", overlay)
        await editor.findings("overlay.yaml")
        asked = lsp.ReferenceParams(lsp.ReferenceContext(True), editor.at("overlay.yaml"), lsp.Position(0, 0))
        asked.position = editor.position("overlay.yaml", "crime_cases")
        event = lsp.WorkspaceFoldersChangeEvent([lsp.WorkspaceFolder(tmp_path.as_uri(), "all")], [])
        editor.client.workspace_did_change_workspace_folders(lsp.DidChangeWorkspaceFoldersParams(event))
        await asyncio.sleep(0)
        places = await editor.client.text_document_references_async(asked)
        assert {one.uri.rpartition("/")[2] for one in places} == {"overlay.yaml", "set.yaml"}

    talk(tmp_path, conversation, SHOWS_ALL, server=QUICK)


def test_a_file_is_looked_at_again_once_it_or_what_it_extends_changes_and_not_before(tmp_path):
    opened = OpenFiles(folders=WorkFolders((tmp_path,)))
    found = []
    for text in (SET, SET, SET.replace("19", "18")):
        for name, typed in (("set.yaml", text), ("overlay.yaml", OVERLAY), ("other.yaml", ASKING)):
            opened.typed(tmp_path / name, TypedText(typed, PositionCodec()))
        texts = opened.together(tmp_path / "set.yaml").checked().texts
        found.append({path.name: checked for path, checked in texts.items()})
    first, again, edited_ = found
    assert all(first[name] is again[name] for name in first)
    assert {name for name in first if again[name] is not edited_[name]} == {"set.yaml", "overlay.yaml"}


def test_advice_that_a_project_file_makes_a_warning_is_told_after_the_pause_and_stays_while_one_types(tmp_path):
    said = "format: ncriteria-project/1\ncheck: {NC152: warning}\n"
    (tmp_path / "ncriteria.yaml").write_text(said, encoding="utf-8")
    opened, path = OpenFiles(), tmp_path / "set.yaml"

    def told(file):
        return {one.severity for one in file.findings if one.problem.code == "NC152"}

    assert told(opened.typed(path, TypedText(SET, PositionCodec()))) == set()
    asked = opened.together(path)
    opened.settle(asked, asked.checked())
    assert told(opened.files[path]) == {Severity.WARNING}
    assert told(opened.typed(path, TypedText(f"{SET}# typed\n", PositionCodec()))) == {Severity.WARNING}


def test_the_standards_of_other_files_of_the_folder_are_offered(tmp_path):
    (tmp_path / "set.yaml").write_text(SET, encoding="utf-8")
    opened = OpenFiles(folders=WorkFolders((tmp_path,)))
    new = "format: ncriteria/1\nset:\n  standard: "
    file = opened.typed(tmp_path / "new.yaml", TypedText(new, PositionCodec()))
    offered = [one.label for one in completed(opened, file, lsp.Position(2, 12), words("en")).items]
    assert {"example-typed", "ntm-19.2"} <= {*offered}


@pytest.mark.parametrize(
    ("new", "known"),
    [
        ("format: ncriteria/1\nset:\n  supersedes: ", "example.typed.commune"),
        ("format: ncriteria/1\nextends: ", "national/set.yaml"),
        ("format: ncriteria/1\nextends: national/set.yaml\nchanges:\n  - set: ", "least"),
        ("format: ncriteria/1\nextends: national/set.yaml\nchanges:\n  - replace: ", "crime"),
        ("format: ncriteria/1\nextends: national/set.yaml\nchanges:\n  - clause:\n      rule: ", "crime_cases"),
    ],
)
def test_a_set_that_begins_to_extend_another_is_offered_what_that_one_has(tmp_path, new, known):
    (tmp_path / "national").mkdir()
    (tmp_path / "national" / "set.yaml").write_text(SET, encoding="utf-8")
    opened = OpenFiles(folders=WorkFolders((tmp_path,)))
    file = opened.typed(tmp_path / "new.yaml", TypedText(new, PositionCodec()))
    at = lsp.Position(new.count("\n"), len(new.rpartition("\n")[2]))
    assert known in [one.label for one in completed(opened, file, at, words("en")).items]
