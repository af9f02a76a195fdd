"""The server itself: the files that are open, what is looked at when nobody types, and the tests that run meanwhile."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Final

from lsprotocol import types as lsp
from pygls import uris
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method

from ncriteria.editor.authoring.trying import WHOLE_FILE, GoesOn, TriedTests, numbers_of_tests, tried
from ncriteria.editor.server.addresses import address, path_at
from ncriteria.editor.server.opened import OpenFile, OpenFiles
from ncriteria.editor.server.positions import TypedText
from ncriteria.editor.server.showing import diagnostics
from ncriteria.words import Language, words

PAUSE: Final = 0.4
"""Seconds without an edit after which the files around a file are looked at too, and its tests run."""


class CriteriaProtocol(LanguageServerProtocol):
    """The protocol, in which a command ends when the editor cancels its request."""

    @lsp_method(lsp.WORKSPACE_EXECUTE_COMMAND)
    async def lsp_workspace__execute_command(  # type: ignore[override]
        self, params: lsp.ExecuteCommandParams
    ) -> object:
        """Run a command with all that the request says."""
        if params.command not in self.fm.commands:
            raise JsonRpcInvalidParams(f"there is no command {params.command!r}")
        return await self.fm.commands[params.command](params)


class CriteriaServer(LanguageServer):
    """A language server of criteria files; texts for people are in `language`."""

    def __init__(self, language: Language) -> None:
        super().__init__("ncriteria", version("ncriteria"), protocol_cls=CriteriaProtocol)
        self.language: Language = language
        self.opened = OpenFiles()
        self.addresses: dict[Path, str] = {}
        self._waiting: dict[Path, asyncio.Task[None]] = {}
        self._running: dict[Path, threading.Event] = {}

    def file_at(self, uri: str) -> OpenFile | None:
        """The criteria file that is open at an address."""
        path = path_at(uri, self.opened.folders.roots)
        return None if path is None else self.opened.files.get(path)

    def address(self, path: Path) -> str:
        """The address of a file: as the editor writes it where it is open."""
        return self.addresses.get(path) or address(path)

    def take(self, uri: str) -> None:
        """Look at the text of a document as it is now, and tell what is found; soon also at the files around it."""
        path = path_at(uri, self.opened.folders.roots)
        if path is None:
            return
        self._stop(path)
        typed = TypedText(self.workspace.get_text_document(uri).source, self.workspace.position_codec)
        file = self.opened.typed(path, typed)
        if file is not None:
            self.addresses[path] = uri
            self.publish(file)
            self._settle_soon(path)

    def publish(self, file: OpenFile) -> None:
        """Tell the editor what is found in a file."""
        found = diagnostics(file, words(self.language))
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(self.address(file.path), found))

    def forget(self, uri: str) -> None:
        """The document is closed: nothing is told of it any more, and others see of it what is saved."""
        path = path_at(uri, self.opened.folders.roots)
        if path is not None and self.opened.files.pop(path, None) is not None:
            self.addresses.pop(path, None)
            self._stop(path)
            self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))
            self.look_again()

    def look_again(self) -> None:
        """Look at all files anew: what lies around them has changed."""
        for path in self.opened.one_of_each():
            self._settle_soon(path)

    def stop(self) -> None:
        """Wait for nothing any more."""
        for path in {*self._waiting, *self._running}:
            self._stop(path)

    async def settled(self, path: Path) -> None:
        """Wait until a file was looked at with those around it, and its tests have run."""
        if path in self._waiting:
            await asyncio.wait([self._waiting[path]])

    def _stop(self, path: Path) -> None:
        if path in self._waiting:
            self._waiting.pop(path).cancel()
        self._stop_tests(path)

    def _stop_tests(self, path: Path) -> None:
        if path in self._running:
            self._running.pop(path).set()

    def _settle_soon(self, path: Path) -> None:
        self._stop(path)
        self._waiting[path] = asyncio.ensure_future(self._settle(path))

    async def _settle(self, path: Path) -> None:
        """Look at a file with those around it once no more is typed, then run the tests that have not run."""
        await asyncio.sleep(PAUSE)
        asked = self.opened.together(path)
        found = await asyncio.to_thread(asked.checked)
        if self.opened.settle(asked, found):
            self._refresh_lenses()
        shown = [file for one, file in self.opened.files.items() if one in asked.texts]
        for file in shown:
            self.publish(file)
        for file in shown:  # what an author has asked for goes on
            if not file.is_tried and file.path not in self._running:
                await self.run_tests(file.path, WHOLE_FILE)

    async def run_tests(self, path: Path, clause: str | None, told: GoesOn | None = None) -> TriedTests | None:
        """Run the tests of a file or of a clause beside the answering of the editor, and tell what failed.

        `None` where the file has errors or no test, was edited meanwhile, or a newer run of its tests has begun.
        """
        file = self.opened.files.get(path)
        located = None if file is None or file.read is None else file.read.located
        numbers = () if located is None else numbers_of_tests(located.criteria, clause)
        if file is None or located is None or not numbers:
            return None
        self._stop_tests(path)
        stop = self._running[path] = threading.Event()

        def goes_on(done: int, number: int) -> bool:
            return not stop.is_set() and (told is None or told(done, number))

        try:
            found = await asyncio.to_thread(tried, located, numbers, file.tried, goes_on)
        finally:
            stop.set()
            if self._running.get(path) is stop:
                del self._running[path]
        if found is None or not self.opened.keep_tried(file, found):
            return None
        self.publish(self.opened.files[path])
        self._refresh_lenses()
        return found

    def _refresh_lenses(self) -> None:
        asked = self.client_capabilities.workspace
        if asked is not None and asked.code_lens is not None and asked.code_lens.refresh_support:
            self.workspace_code_lens_refresh(None)


def roots_of(server: CriteriaServer) -> tuple[Path, ...]:
    """The folders that the editor works in."""
    workspace = server.workspace
    found: Iterable[str | None] = [one.uri for one in workspace.folders.values()] or [workspace.root_uri]
    paths = (None if uri is None else uris.to_fs_path(uri) for uri in found)
    return tuple(Path(one) for one in paths if one)
