"""The server: each request of an editor, answered by the functions that the command line uses too."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Final

from lsprotocol import types as lsp
from pygls import uris
from pygls.exceptions import JsonRpcContentModified, JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer

from ncriteria.editor.authoring.families import FilePlace, may_be_called
from ncriteria.editor.formatting.layout import formatted
from ncriteria.editor.server.asking import (
    address,
    completed,
    hovered,
    inlays,
    is_shipped,
    lenses,
    location,
    mending,
    places_of_name,
    rename_edit,
    texts_around,
)
from ncriteria.editor.server.opened import OpenFile, OpenFiles
from ncriteria.editor.server.positions import TypedText
from ncriteria.editor.server.showing import diagnostics, text_edits
from ncriteria.errors import NCriteriaError
from ncriteria.words import Language, words

_PAUSE: Final = 0.4
"""Seconds without an edit after which the files beside a file are looked at too."""


class CriteriaServer(LanguageServer):
    """A language server of criteria files; texts for people are in `language`."""

    def __init__(self, language: Language) -> None:
        super().__init__("ncriteria", version("ncriteria"))
        self.language: Language = language
        self.opened = OpenFiles()
        self._waiting: dict[Path, asyncio.TimerHandle] = {}

    def file_at(self, uri: str) -> OpenFile | None:
        """The criteria file that is open at an address."""
        path = path_at(uri)
        return None if path is None else self.opened.files.get(path)

    def take(self, uri: str) -> None:
        """Look at the text of a document as it is now, and tell what is found; soon also at the files beside it."""
        path = path_at(uri)
        if path is None:
            return
        typed = TypedText(self.workspace.get_text_document(uri).source, self.workspace.position_codec)
        file = self.opened.typed(path, typed)
        if file is not None:
            self.publish(file)
            self.settle_soon(path)

    def publish(self, file: OpenFile) -> None:
        """Tell the editor what is found in a file."""
        found = diagnostics(file, words(self.language))
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(address(file.path), found))

    def settle_soon(self, path: Path) -> None:
        """Look at a file with those beside it once no more is typed."""
        if path in self._waiting:
            self._waiting.pop(path).cancel()
        self._waiting[path] = asyncio.get_running_loop().call_later(_PAUSE, self._settle, path)

    def _settle(self, path: Path) -> None:
        self._waiting.pop(path, None)
        if path in self.opened.files:
            self.opened.settle(path)
            for file in self.opened.files.values():
                if file.path.parent == path.parent:
                    self.publish(file)

    def forget(self, uri: str) -> None:
        """The document is closed: nothing is told of it any more."""
        path = path_at(uri)
        if path is not None and self.opened.files.pop(path, None) is not None:
            self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))


def path_at(uri: str) -> Path | None:
    """The file at an address; `None` where it is none of this machine."""
    found = uris.to_fs_path(uri)
    return None if found is None else Path(found)


def serve(language: Language) -> None:
    """Answer an editor over the standard input and output until it asks to end."""
    server_of(language).start_io()


def server_of(language: Language) -> CriteriaServer:
    """A server that knows every request it answers."""
    server = CriteriaServer(language)
    _follow_documents(server)
    _edit(server)
    _tell(server)
    _follow_names(server)
    return server


def _follow_documents(server: CriteriaServer) -> None:
    @server.feature(lsp.INITIALIZE)
    def begin(ls: CriteriaServer, params: lsp.InitializeParams) -> None:
        asked = params.initialization_options
        if isinstance(asked, dict):
            ls.opened.advises = asked.get("advice") is True
            if asked.get("language") in ("vi", "en"):
                ls.language = asked["language"]

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(ls: CriteriaServer, params: lsp.DidOpenTextDocumentParams) -> None:
        ls.take(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def changed(ls: CriteriaServer, params: lsp.DidChangeTextDocumentParams) -> None:
        ls.take(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def saved(ls: CriteriaServer, params: lsp.DidSaveTextDocumentParams) -> None:
        ls.take(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(ls: CriteriaServer, params: lsp.DidCloseTextDocumentParams) -> None:
        ls.forget(params.text_document.uri)


def _edit(server: CriteriaServer) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_FORMATTING)
    def laid_out(ls: CriteriaServer, params: lsp.DocumentFormattingParams) -> list[lsp.TextEdit]:
        file = ls.file_at(params.text_document.uri)
        if file is None:
            return []
        try:
            return text_edits(file.typed, formatted(file.typed.text, path=file.path).edits)
        except NCriteriaError:
            return []

    @server.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=[".", '"', "(", " "]))
    def offered(ls: CriteriaServer, params: lsp.CompletionParams) -> lsp.CompletionList | None:
        file = ls.file_at(params.text_document.uri)
        return None if file is None else completed(file, params.position, words(ls.language))

    @server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION)
    def mended(ls: CriteriaServer, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        file = ls.file_at(params.text_document.uri)
        return [] if file is None else mending(file, params.range, words(ls.language))


def _tell(server: CriteriaServer) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def told(ls: CriteriaServer, params: lsp.HoverParams) -> lsp.Hover | None:
        file = ls.file_at(params.text_document.uri)
        return None if file is None else hovered(file, params.position)

    @server.feature(lsp.TEXT_DOCUMENT_INLAY_HINT)
    def written_out(ls: CriteriaServer, params: lsp.InlayHintParams) -> list[lsp.InlayHint]:
        file = ls.file_at(params.text_document.uri)
        return [] if file is None else inlays(file, params.range)

    @server.feature(lsp.TEXT_DOCUMENT_CODE_LENS)
    async def tested(ls: CriteriaServer, params: lsp.CodeLensParams) -> list[lsp.CodeLens]:
        file = ls.file_at(params.text_document.uri)
        if file is None:
            return []
        await asyncio.sleep(_PAUSE)  # running all tests takes longer than an edit may
        after = ls.file_at(params.text_document.uri)
        if after is None or after.typed is not file.typed:
            raise JsonRpcContentModified(words(ls.language)("the file was edited meanwhile"))
        return lenses(after, words(ls.language))


def _follow_names(server: CriteriaServer) -> None:
    def named(ls: CriteriaServer, uri: str, position: lsp.Position) -> tuple[FilePlace, ...]:
        file = ls.file_at(uri)
        return () if file is None else places_of_name(ls.opened, file, position)

    def shown(ls: CriteriaServer, places: Iterable[FilePlace]) -> list[lsp.Location]:
        return [location(ls.opened, one, ls.workspace.position_codec) for one in places]

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    def declared(ls: CriteriaServer, params: lsp.DefinitionParams) -> list[lsp.Location]:
        places = named(ls, params.text_document.uri, params.position)
        return shown(ls, (one for one in places if one.place.is_declared))

    @server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    def used(ls: CriteriaServer, params: lsp.ReferenceParams) -> list[lsp.Location]:
        places = named(ls, params.text_document.uri, params.position)
        return shown(ls, (one for one in places if params.context.include_declaration or not one.place.is_declared))

    @server.feature(lsp.TEXT_DOCUMENT_RENAME)
    def renamed(ls: CriteriaServer, params: lsp.RenameParams) -> lsp.WorkspaceEdit:
        places, say = named(ls, params.text_document.uri, params.position), words(ls.language)
        if not places:
            raise JsonRpcInvalidParams(say("no name of a fact, a parameter or a clause stands here"))
        if not may_be_called(texts_around(ls.opened, places[0].path), places, params.new_name):
            raise JsonRpcInvalidParams(say("`{name}` is no name, or is one already", name=params.new_name))
        if any(is_shipped(one.path) for one in places):
            raise JsonRpcInvalidParams(say("the name is one of a shipped set, which is not changed from here"))
        return rename_edit(ls.opened, places, params.new_name, ls.workspace.position_codec)
