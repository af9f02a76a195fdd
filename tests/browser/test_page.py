"""The page from disk, in Chromium: it judges as the command line does, and asks nobody for anything."""

from __future__ import annotations

import pytest

from tests.browser.by_hand import asked_by_hand
from tests.browser.conftest import PAGE
from tests.browser.corpus import corpus

pytestmark = pytest.mark.browser
CASES = {case.name: case for case in corpus()}


def test_the_page_is_small_enough_to_be_sent():
    if not PAGE.is_file():
        pytest.skip("there is no ncriteria.html: `make page` builds it")
    assert PAGE.stat().st_size <= 13_000_000


@pytest.mark.parametrize("name", CASES)
def test_what_is_asked_by_hand_gives_the_json_of_the_command_line(name, opened, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    case = CASES[name]
    assert asked_by_hand(opened, case) == case.printed(tmp_path)
    assert opened.errors == []


def test_nothing_was_asked_of_anybody(opened):
    assert opened.requests[0] == PAGE.as_uri()
    assert [one for one in opened.requests[1:] if not one.startswith("blob:")] == []
