"""The server: each request of an editor, answered by the functions that the command line uses too."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcContentModified, JsonRpcInvalidParams

from ncriteria.editor.authoring.families import FilePlace, may_be_called
from ncriteria.editor.authoring.trying import numbers_of_tests
from ncriteria.editor.formatting.layout import formatted
from ncriteria.editor.server.asking import (
    RUN_TESTS,
    begun_list,
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
from ncriteria.editor.server.completions import takes_snippets
from ncriteria.editor.server.criteria_server import CriteriaServer, roots_of
from ncriteria.editor.server.progress import shown_run
from ncriteria.editor.server.showing import text_edits
from ncriteria.errors import NCriteriaError
from ncriteria.words import LANGUAGES, Language, words


def serve(language: Language) -> None:
    """Answer an editor over the standard input and output until it asks to end."""
    server_of(language).start_io()


def server_of(language: Language) -> CriteriaServer:
    """A server that knows every request it answers."""
    server = CriteriaServer(language)
    _begin_and_end(server)
    _follow_documents(server)
    _follow_folders(server)
    _edit(server)
    _tell(server)
    _try_tests(server)
    _follow_names(server)
    return server


def _begin_and_end(server: CriteriaServer) -> None:
    @server.feature(lsp.INITIALIZE)
    def begin(ls: CriteriaServer, params: lsp.InitializeParams) -> None:
        asked = params.initialization_options
        if isinstance(asked, dict):
            ls.opened.advises = asked.get("advice") is True
            if asked.get("language") in LANGUAGES:
                ls.language = asked["language"]
        ls.opened.folders.roots = roots_of(ls)

    @server.feature(lsp.SHUTDOWN)
    def end(ls: CriteriaServer, _: None) -> None:
        ls.stop()


def _follow_documents(server: CriteriaServer) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(ls: CriteriaServer, params: lsp.DidOpenTextDocumentParams) -> None:
        ls.take(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def changed(ls: CriteriaServer, params: lsp.DidChangeTextDocumentParams) -> None:
        ls.take(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def saved(ls: CriteriaServer, _: lsp.DidSaveTextDocumentParams) -> None:
        ls.look_again()

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(ls: CriteriaServer, params: lsp.DidCloseTextDocumentParams) -> None:
        ls.forget(params.text_document.uri)


def _follow_folders(server: CriteriaServer) -> None:
    @server.feature(lsp.INITIALIZED)
    def begun(ls: CriteriaServer, _: lsp.InitializedParams) -> None:
        asked = ls.client_capabilities.workspace
        watching = None if asked is None else asked.did_change_watched_files
        if watching is not None and watching.dynamic_registration:
            watched = lsp.DidChangeWatchedFilesRegistrationOptions([lsp.FileSystemWatcher("**/*.{yaml,yml}")])
            one = lsp.Registration("criteria files", lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, watched)
            ls.client_register_capability(lsp.RegistrationParams([one]))

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def changed(ls: CriteriaServer, _: lsp.DidChangeWatchedFilesParams) -> None:
        ls.look_again()

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def moved(ls: CriteriaServer, _: lsp.DidChangeWorkspaceFoldersParams) -> None:
        ls.opened.folders.roots = roots_of(ls)
        ls.look_again()


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
        file, say = ls.file_at(params.text_document.uri), words(ls.language)
        if file is None:
            return begun_list(ls, params.text_document.uri)
        snippets = takes_snippets(ls.client_capabilities)
        return completed(ls.opened, file, params.position, say, takes_snippets=snippets)

    @server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION)
    def mended(ls: CriteriaServer, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        file = ls.file_at(params.text_document.uri)
        uri = params.text_document.uri
        return [] if file is None else mending(file, uri, params.range, words(ls.language))


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
        await ls.settled(file.path)
        after = ls.file_at(params.text_document.uri)
        if after is None or after.typed is not file.typed:
            raise JsonRpcContentModified(words(ls.language)("the file was edited meanwhile"))
        return lenses(after, params.text_document.uri, words(ls.language))


def _try_tests(server: CriteriaServer) -> None:
    @server.command(RUN_TESTS)
    async def run(ls: CriteriaServer, params: lsp.ExecuteCommandParams) -> dict[str, int] | None:
        """Run the tests of a document, or of a clause of it; how many passed and failed, if the run came to its end."""
        match params.arguments:
            case [str(uri)] | [str(uri), None]:
                clause = None
            case [str(uri), str(clause)]:
                pass
            case _:
                raise JsonRpcInvalidParams(words(ls.language)("the address of a file is missing"))
        found = await shown_run(ls, uri, clause, params.work_done_token)
        outcomes = None if found is None else found.outcomes(numbers_of_tests(found.criteria, clause))
        if outcomes is None:
            return None
        failed = sum(not one.passed for one in outcomes)
        return {"passed": len(outcomes) - failed, "failed": failed}


def _follow_names(server: CriteriaServer) -> None:
    def named(ls: CriteriaServer, uri: str, position: lsp.Position) -> tuple[FilePlace, ...]:
        file = ls.file_at(uri)
        return () if file is None else places_of_name(ls.opened, file, position)

    def shown(ls: CriteriaServer, places: Iterable[FilePlace]) -> list[lsp.Location]:
        return [location(ls, one) for one in places]

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
        return rename_edit(ls, places, params.new_name)
