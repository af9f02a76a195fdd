"""From an edit to its findings, on the largest shipped set: `python -m benchmarks.editing`.

Processor time in milliseconds, the least of several edits and the same beside reading the text.
"""

from __future__ import annotations

import time
from pathlib import Path

from pygls.workspace import PositionCodec

from ncriteria.editor.server.opened import OpenFiles
from ncriteria.editor.server.positions import TypedText
from ncriteria.editor.server.showing import diagnostics
from ncriteria.sets.files.files import criteria_files, shipped_folder
from ncriteria.sets.loader import read_text
from ncriteria.words import words

_EDITS = 15


def measure() -> tuple[Path, float, float]:
    """The file, the milliseconds from an edit to what an editor shows, and those of reading the text alone."""
    path = max(criteria_files(shipped_folder()), key=lambda one: one.stat().st_size)
    content, codec, opened = path.read_text(encoding="utf-8"), PositionCodec(), OpenFiles()
    answering, reading = [], []
    for number in range(_EDITS):
        edited = f"{content}# {number}\n"
        start = time.process_time()
        file = opened.typed(path, TypedText(edited, codec))
        assert file is not None
        diagnostics(file, words("vi"))
        answering.append(time.process_time() - start)
        start = time.process_time()
        read_text(edited, path=path)
        reading.append(time.process_time() - start)
    return path, 1000 * min(answering), 1000 * min(reading)


if __name__ == "__main__":
    file, answered, read = measure()
    print(f"{file.name}: {answered:.0f} ms from an edit to its findings, {answered / read:.1f} times the reading")
