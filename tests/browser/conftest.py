"""The page as `make page` built it, open in Chromium."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "ncriteria.html"
_CHROMIUM = shutil.which("chromium")
_ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_PATIENCE = 60_000
"""Milliseconds that Python may take to start, or to answer, on a machine that has other work."""


@pytest.fixture(scope="module")
def chromium():
    """Chromium, without a window."""
    if _CHROMIUM is None:
        pytest.skip("there is no Chromium")
    if not PAGE.is_file():
        pytest.skip("there is no ncriteria.html: `make page` builds it")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=_CHROMIUM, args=[*_ARGUMENTS])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def opened(chromium):
    """The page, open once for all tests of a file."""
    page = OpenPage(chromium)
    yield page
    page.context.close()


class OpenPage:
    """The page from disk, ready to judge; what it asks of anybody, and what goes wrong in it, is kept."""

    def __init__(self, browser, **settings):
        self.context = browser.new_context(viewport={"width": 1200, "height": 900}, **settings)
        self.context.set_default_timeout(_PATIENCE)
        self.requests, self.errors = [], []
        self.context.on("request", lambda request: self.requests.append(request.url))
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._hear)
        self.page.goto(PAGE.as_uri())
        self.wait()

    def _hear(self, message):
        if message.type == "error":
            self.errors.append(message.text)

    def wait(self):
        """Wait until nothing is worked on."""
        self.page.wait_for_selector("main[aria-busy='false']")

    def give(self, field, *files):
        """Choose files, given by name and content, and wait until the table is read."""
        given = [{"name": name, "mimeType": "", "buffer": content} for name, content in files]
        self.page.set_input_files(f"#{field}", given)
        for name, _ in files:  # the page hears of files a moment later
            self.page.wait_for_selector(f"#{field}-chosen:has-text({json.dumps(name, ensure_ascii=False)})")
        self.wait()

    def press(self, button):
        """Press a button by keyboard, and wait until all is done.

        A click that follows a scroll at once may go to the page within, where that was drawn before.
        """
        self.page.wait_for_selector(f"#{button}:not([disabled])")
        self.page.press(f"#{button}", "Enter")
        self.wait()

    def text(self, selector):
        """What stands in a place of the page."""
        return self.page.inner_text(selector)

    def choose(self, field, value):
        """Choose what has this value in a list."""
        self.page.select_option(f"#{field}", value)
        self.wait()

    def speak(self, language):
        """Turn the page to a language."""
        self.page.press(f"[data-language={language}]", "Enter")
        self.wait()

    def saved(self, selector):
        """The name and content of the file that a button saves."""
        with self.page.expect_download() as download:
            self.page.press(selector, "Enter")
        return download.value.suggested_filename, Path(download.value.path()).read_bytes()
