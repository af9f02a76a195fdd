"""How far the tests that an author asked for have come, where the editor shows that."""

from __future__ import annotations

import asyncio
import time
import uuid
from typing import Final

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from ncriteria.editor.authoring.lenses import run_told
from ncriteria.editor.authoring.trying import GoesOn, TriedTests
from ncriteria.editor.server.criteria_server import CriteriaServer
from ncriteria.words import words

_SECONDS: Final = 0.1
"""So often is told how far it has come."""


async def shown_run(server: CriteriaServer, uri: str, clause: str | None, token: str | int | None) -> TriedTests | None:
    """Run tests and show how far they have come; who sees it may cancel it there."""
    file = server.file_at(uri)
    if file is None:
        return None
    token = await _token(server, token)
    if token is None:
        return await server.run_tests(file.path, clause)
    progress, say = server.work_done_progress, words(server.language)
    progress.begin(
        token,
        lsp.WorkDoneProgressBegin(title=say("Tests of {file}", file=file.path.name), cancellable=True, percentage=0),
    )
    found = None
    try:
        found = await server.run_tests(file.path, clause, _telling(server, token))
    finally:
        progress.end(token, lsp.WorkDoneProgressEnd(message=None if found is None else run_told(found, clause, say)))
        progress.tokens.pop(token, None)
    return found


async def _token(server: CriteriaServer, given: str | int | None) -> str | int | None:
    """What the progress is told by: what the editor gave, or agrees to; `None` where it shows none."""
    window = server.client_capabilities.window
    if given is not None or window is None or not window.work_done_progress:
        return given
    token = str(uuid.uuid4())
    try:
        await server.work_done_progress.create_async(token)
    except JsonRpcException:
        return None
    return token


def _telling(server: CriteriaServer, token: str | int) -> GoesOn:
    """What is told from beside the answering; it does not go on where the editor has cancelled it."""
    loop, last = asyncio.get_running_loop(), time.monotonic()
    progress = server.work_done_progress

    def told(done: int, number: int) -> bool:
        nonlocal last
        if time.monotonic() - last > _SECONDS:
            last = time.monotonic()
            report = lsp.WorkDoneProgressReport(
                cancellable=True, message=f"{done}/{number}", percentage=100 * done // number
            )
            loop.call_soon_threadsafe(progress.report, token, report)
        cancelled = progress.tokens.get(token)
        return cancelled is None or not cancelled.cancelled()

    return told
