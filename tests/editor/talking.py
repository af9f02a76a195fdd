"""An editor that talks to the server over its standard input and output, with the client of pygls."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from lsprotocol import types as lsp
from pygls.lsp.client import BaseLanguageClient

MOST_SECONDS = 20
OURS = (sys.executable, "-m", "ncriteria", "lsp", "--lang", "en")


class Editor:
    """An editor with documents of one folder open; it keeps what was last told of each."""

    def __init__(self, client: BaseLanguageClient, folder: Path) -> None:
        self.client, self.folder = client, folder
        self.told: dict[str, list[list[lsp.Diagnostic]]] = {}
        self.texts: dict[str, str] = {}

        @client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def tell(params: lsp.PublishDiagnosticsParams) -> None:
            self.told.setdefault(Path(params.uri).name, []).append(list(params.diagnostics))

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

    def position(self, name: str, part: str, offset: int = 0) -> lsp.Position:
        """Where `part` first stands in a file, and so many characters behind its beginning."""
        before = self.texts[name][: self.texts[name].index(part) + offset]
        last = before.rpartition("\n")[2]
        return lsp.Position(before.count("\n"), len(last.encode("utf-16-le")) // 2)


def talk(
    folder: Path, conversation: Callable[[Editor], Awaitable[None]], server: Sequence[str] = OURS, **asked: object
) -> None:
    """Start a server as an editor does, and have the conversation."""

    async def run() -> None:
        client = BaseLanguageClient("editor", "1")
        await client.start_io(*server, cwd=folder)
        try:
            begin = lsp.InitializeParams(lsp.ClientCapabilities(), initialization_options=asked or None)
            await asyncio.wait_for(client.initialize_async(begin), MOST_SECONDS)
            client.initialized(lsp.InitializedParams())
            await asyncio.wait_for(conversation(Editor(client, folder)), MOST_SECONDS)
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
