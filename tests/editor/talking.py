"""An editor that talks to the server over its standard input and output, with the client of pygls."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from lsprotocol import types as lsp
from pygls.lsp.client import BaseLanguageClient

MOST_SECONDS = 60
OURS = (sys.executable, "-m", "ncriteria", "lsp", "--lang", "en")
QUICK = (
    sys.executable,
    "-c",
    "from ncriteria.editor.server import criteria_server, serving\ncriteria_server.PAUSE = 0.05\nserving.serve('en')",
)
"""The server with a short pause after an edit."""


class Editor:
    """An editor with documents of one folder open; it keeps what was last told of each."""

    def __init__(self, client: BaseLanguageClient, folder: Path) -> None:
        self.client, self.folder = client, folder
        self.told: dict[str, list[list[lsp.Diagnostic]]] = {}
        self.texts: dict[str, str] = {}
        self.progress: list[lsp.ProgressParams] = []
        self.refreshed = 0
        self.server: lsp.ServerCapabilities

        @client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def tell(params: lsp.PublishDiagnosticsParams) -> None:
            self.told.setdefault(Path(params.uri).name, []).append(list(params.diagnostics))

        @client.feature(lsp.WINDOW_WORK_DONE_PROGRESS_CREATE)
        def agree(_: lsp.WorkDoneProgressCreateParams) -> None:
            return

        @client.feature(lsp.PROGRESS)
        def come(params: lsp.ProgressParams) -> None:
            self.progress.append(params)

        @client.feature(lsp.WORKSPACE_CODE_LENS_REFRESH)
        def refresh(_: None) -> None:
            self.refreshed += 1

        @client.feature(lsp.CLIENT_REGISTER_CAPABILITY)
        def register(_: lsp.RegistrationParams) -> None:
            return

    def at(self, name: str) -> lsp.TextDocumentIdentifier:
        return lsp.TextDocumentIdentifier((self.folder / name).as_uri())

    def open(self, name: str, text: str) -> None:
        self.texts[name] = text
        document = lsp.TextDocumentItem(self.at(name).uri, "yaml", 1, text)
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(document))

    def edit(self, name: str, text: str) -> None:
        self.texts[name] = text
        document = lsp.VersionedTextDocumentIdentifier(len(self.texts[name]), self.at(name).uri)
        change = lsp.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(document, [change]))

    async def findings(self, name: str, number: int = 1) -> list[lsp.Diagnostic]:
        """What is told of a file for the time `number`; the first follows an edit at once, the next a pause."""
        for _ in range(MOST_SECONDS * 100):
            if len(self.told.get(name, ())) >= number:
                return self.told[name][number - 1]
            await asyncio.sleep(0.01)
        raise AssertionError(f"nothing was told of {name}")

    async def until(self, name: str, part: str | None) -> list[lsp.Diagnostic]:
        """What is told of a file once `part` stands in it, or once nothing is told."""
        for _ in range(MOST_SECONDS * 100):
            last = self.told.get(name, [[]])[-1]
            if not last if part is None else any(part in one.message for one in last):
                return last
            await asyncio.sleep(0.01)
        raise AssertionError(f"of {name} was told {self.told.get(name)}")

    async def lenses(self, name: str) -> list[str]:
        """The texts above the lines of a file."""
        found = await self.client.text_document_code_lens_async(lsp.CodeLensParams(self.at(name)))
        return [one.command.title for one in found]

    async def run_tests(self, name: str, *clause: str) -> object:
        """What is answered to the command of a lens."""
        asked = lsp.ExecuteCommandParams("ncriteria.runTests", [self.at(name).uri, *clause])
        return await self.client.workspace_execute_command_async(asked)

    def position(self, name: str, part: str, offset: int = 0) -> lsp.Position:
        """Where `part` first stands in a file, and so many characters behind its beginning."""
        before = self.texts[name][: self.texts[name].index(part) + offset]
        last = before.rpartition("\n")[2]
        return lsp.Position(before.count("\n"), len(last.encode("utf-16-le")) // 2)


SHOWS_ALL = lsp.ClientCapabilities(
    window=lsp.WindowClientCapabilities(work_done_progress=True),
    workspace=lsp.WorkspaceClientCapabilities(
        code_lens=lsp.CodeLensWorkspaceClientCapabilities(refresh_support=True),
        did_change_watched_files=lsp.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
    ),
)
"""An editor that shows progress, asks for lenses again, and watches files."""


def talk(
    folder: Path,
    conversation: Callable[[Editor], Awaitable[None]],
    can: lsp.ClientCapabilities | None = None,
    works_in: tuple[Path, ...] = (),
    server: Sequence[str] = OURS,
    **asked: object,
) -> None:
    """Start a server as an editor does that works in some folders, and have the conversation."""

    async def run() -> None:
        client = BaseLanguageClient("editor", "1")
        await client.start_io(*server, cwd=folder)
        try:
            editor = Editor(client, folder)
            folders = [lsp.WorkspaceFolder(one.as_uri(), one.name) for one in works_in]
            begin = lsp.InitializeParams(
                can or lsp.ClientCapabilities(), initialization_options=asked or None, workspace_folders=folders
            )
            editor.server = (await asyncio.wait_for(client.initialize_async(begin), MOST_SECONDS)).capabilities
            client.initialized(lsp.InitializedParams())
            await asyncio.wait_for(conversation(editor), MOST_SECONDS)
        finally:
            await asyncio.wait_for(client.shutdown_async(None), MOST_SECONDS)
            client.exit(None)
            await asyncio.wait_for(client.stop(), MOST_SECONDS)

    asyncio.run(run())


def edited(text: str, edits: list[lsp.TextEdit]) -> str:
    """`text` after edits, as an editor makes them; no line has a character beyond the basic plane."""
    lines = [*text.splitlines(keepends=True), ""]
    starts = [sum(map(len, lines[:number])) for number in range(len(lines))]

    def index(position: lsp.Position) -> int:
        return starts[position.line] + position.character

    for one in sorted(edits, key=lambda edit: index(edit.range.start), reverse=True):
        text = text[: index(one.range.start)] + one.new_text + text[index(one.range.end) :]
    return text
