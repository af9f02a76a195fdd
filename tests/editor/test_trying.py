"""Embedded tests that are run from an editor: beside the typing, by a command, and with what came of them shown."""

from __future__ import annotations

import asyncio

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from ncriteria.editor.authoring.lenses import lenses_of
from ncriteria.editor.authoring.trying import WHOLE_FILE, numbers_of_tests, tried
from ncriteria.sets.loader import loads_located, read_text
from ncriteria.words import words
from tests.editor.messes import ROOT
from tests.editor.talking import QUICK, SHOWS_ALL, Editor, talk
from tests.editor.test_server import OVERLAY, SET

FAILING = (
    SET.replace("expect: {crime: met}", "expect: {crime: not_met}")
    + """\
  - {id: fall, given: {crime_cases: 18, prev_year: {crime_cases: 20}}, expect: {crime: met}}
"""
)


def test_tests_run_when_nobody_types_and_what_failed_is_found_where_the_test_stands(tmp_path):
    async def conversation(editor: Editor) -> None:
        editor.open("set.yaml", FAILING)
        (failed,) = await editor.until("set.yaml", "fails")
        assert failed.message == "the test tie fails\ncrime: expected not_met, found met"
        assert (failed.source, failed.severity, failed.code) == ("ncriteria test", lsp.DiagnosticSeverity.Error, None)
        assert failed.range.start == editor.position("set.yaml", "{id: tie")
        assert failed.range.end == editor.position("set.yaml", "\n  - {id: fall")
        assert await editor.lenses("set.yaml") == ["2 tests: 1 fails", "2 tests: 1 fails; they see 4 of 16"]
        editor.edit("set.yaml", FAILING.replace("crime_cases: 19", "crime_cases: 20"))
        assert await editor.until("set.yaml", None) == []
        assert await editor.lenses("set.yaml") == ["2 tests: all pass", "2 tests: all pass; they see 5 of 16"]

    talk(tmp_path, conversation, server=QUICK)


def test_a_lens_runs_the_tests_of_a_file_or_a_clause_and_shows_how_far_they_are(tmp_path):
    async def conversation(editor: Editor) -> None:
        assert editor.server.execute_command_provider.commands == ("ncriteria.runTests",)
        editor.open("set.yaml", FAILING)
        assert await editor.findings("set.yaml") == []
        assert await editor.run_tests("set.yaml") == {"passed": 1, "failed": 1}
        assert await editor.run_tests("set.yaml", "crime") == {"passed": 1, "failed": 1}
        assert await editor.run_tests("set.yaml", "fires") is None
        begun, ended = editor.progress[0].value, editor.progress[1].value
        assert (begun["title"], begun["cancellable"]) == ("Tests of set.yaml", True)
        assert ended["message"] == "2 tests: 1 fails"
        assert editor.refreshed == 2
        (failed,) = editor.told["set.yaml"][-1]
        assert failed.message.startswith("the test tie fails")
        asked = lsp.ExecuteCommandParams("ncriteria.runTests", [7])
        with pytest.raises(JsonRpcException, match="the address of a file is missing"):
            await editor.client.workspace_execute_command_async(asked)

    talk(tmp_path, conversation, SHOWS_ALL, server=QUICK)


LARGEST = ROOT / "criteria" / "tt124-2021.commune.yaml"


def test_while_tests_run_findings_go_on_and_a_run_gives_way_to_a_newer_one_to_an_edit_and_to_who_cancels(tmp_path):
    text = LARGEST.read_text("utf-8")

    async def conversation(editor: Editor) -> None:
        editor.open(LARGEST.name, text)
        await editor.findings(LARGEST.name)
        first, second = editor.run_tests(LARGEST.name), editor.run_tests(LARGEST.name)
        older, newer = await asyncio.gather(first, second)
        assert (older, newer) == (None, {"passed": 93, "failed": 0})
        running = asyncio.ensure_future(editor.run_tests(LARGEST.name))
        await asyncio.sleep(0.05)
        editor.told.clear()
        editor.edit(LARGEST.name, text.replace("format: ncriteria/1", "format: ncriteria/1x"))
        (found, *_) = await editor.findings(LARGEST.name)
        assert (found.code, await running) == ("NC109", None)
        editor.edit(LARGEST.name, text)
        editor.progress.clear()
        running = asyncio.ensure_future(editor.run_tests(LARGEST.name))
        while not editor.progress:
            await asyncio.sleep(0.01)
        editor.client.window_work_done_progress_cancel(lsp.WorkDoneProgressCancelParams(editor.progress[0].token))
        assert await running is None
        uri = editor.at(LARGEST.name).uri
        asked = lsp.ExecuteCommandParams("ncriteria.runTests", [uri], work_done_token="mine")
        request = editor.client.protocol.send_request_async("workspace/executeCommand", asked, msg_id="mine")
        running = asyncio.ensure_future(request)
        while editor.progress[-1].token != "mine":
            await asyncio.sleep(0.01)
        editor.client.cancel_request(lsp.CancelParams("mine"))
        with pytest.raises(JsonRpcException, match="canceled"):
            await running

    talk(tmp_path, conversation, SHOWS_ALL)


def test_a_run_that_is_not_to_go_on_ends_and_one_of_a_clause_stands_beside_what_ran_before():
    located = loads_located(FAILING)
    assert numbers_of_tests(located.criteria, WHOLE_FILE) == numbers_of_tests(located.criteria, "crime") == (0, 1)
    assert tried(located, (0, 1), None, lambda done, number: done < 1) is None
    one = tried(located, (0,), None, lambda done, number: True)
    both = tried(located, (1,), one, lambda done, number: True)
    assert one.outcomes((0, 1)) is None
    assert [outcome.passed for outcome in both.outcomes((0, 1))] == [False, True]
    assert both.seen_of("crime") == (4, 16)


def test_a_set_that_extends_another_has_a_lens_for_what_it_replaces(tmp_path):
    (tmp_path / "set.yaml").write_text(SET, encoding="utf-8")
    own = "tests:\n  - {id: fall, given: {crime_cases: 1, prev_year: {crime_cases: 9}}, expect: {crime: met}}\n"
    found = []
    for text in (OVERLAY, f"{OVERLAY}\n{own}"):
        read = read_text(text, path=tmp_path / "overlay.yaml")
        known = tried(read.located, numbers_of_tests(read.criteria, WHOLE_FILE), None, lambda done, number: True)
        found.append([(one.text, one.clause) for one in lenses_of(read, known, words("en"))])
    assert found == [
        [("no test expects anything of it", "crime")],
        [("1 test: all pass", None), ("1 test: all pass; they see 2 of 16", "crime")],
    ]
