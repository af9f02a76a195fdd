"""From an edit to its findings, on the largest shipped set: `python -m benchmarks.editing`.

Milliseconds, the least of several edits: of processor time, beside reading the text alone; and as they pass on the
clock while nothing else is done, and while embedded tests run beside the typing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pygls.workspace import PositionCodec

from ncriteria.editor.authoring.trying import WHOLE_FILE, numbers_of_tests, tried
from ncriteria.editor.server.opened import OpenFiles
from ncriteria.editor.server.positions import TypedText
from ncriteria.editor.server.showing import diagnostics
from ncriteria.sets.files.files import criteria_files, shipped_folder
from ncriteria.sets.loader import load_located, read_text
from ncriteria.words import words

_EDITS = 15


def _least(work: Callable[[str], object], content: str, clock: Callable[[], float]) -> float:
    found = []
    for number in range(_EDITS):
        start = clock()
        work(f"{content}# {number}\n")
        found.append(clock() - start)
    return 1000 * min(found)


@contextmanager
def _tests_running(path: Path) -> Iterator[None]:
    located, ended = load_located(path), threading.Event()

    def run() -> None:
        while not ended.is_set():
            numbers = numbers_of_tests(located.criteria, WHOLE_FILE)
            tried(located, numbers, None, lambda done, number: not ended.is_set())

    thread = threading.Thread(target=run)
    thread.start()
    yield
    ended.set()
    thread.join()


def measure() -> tuple[Path, float, float, float, float]:
    """The file; the milliseconds of an edit and of the reading; those on the clock, alone and beside running tests."""
    path = max(criteria_files(shipped_folder()), key=lambda one: one.stat().st_size)
    content, codec, opened = path.read_text(encoding="utf-8"), PositionCodec(), OpenFiles()

    def answer(edited: str) -> None:
        file = opened.typed(path, TypedText(edited, codec))
        assert file is not None
        diagnostics(file, words("vi"))

    answering = _least(answer, content, time.process_time)
    reading = _least(lambda edited: read_text(edited, path=path), content, time.process_time)
    alone = _least(answer, content, time.perf_counter)
    with _tests_running(path):
        return path, answering, reading, alone, _least(answer, content, time.perf_counter)


if __name__ == "__main__":
    file, answered, read, alone, beside = measure()
    print(f"{file.name}: {answered:.0f} ms from an edit to its findings, {answered / read:.1f} times the reading")
    print(f"on the clock: {alone:.0f} ms, and {beside:.0f} ms while the embedded tests run")
