"""What was found in each file by itself, kept while an author works in other files."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from attrs import field

from ncriteria.editor.authoring.families import extended_path
from ncriteria.editor.linting.checking import CheckedText, checked_file
from ncriteria.editor.linting.settings import LintSettings
from ncriteria.quick_classes import define
from ncriteria.sets.files.files import FileTexts

_MOST_EXTENDED: Final = 10
_Asked = tuple[LintSettings, tuple[str, ...]]
"""How much each rule counts, and the texts of a file and of all that it extends."""


@define
class KeptChecks:
    """What was found in files when they were last looked at; it stands until they, or what they extend, change.

    They are looked at one at a time, beside the answering: the solver of proofs serves one at a time.
    """

    one_at_a_time: threading.Lock = field(factory=threading.Lock, repr=False)
    _found: dict[Path, tuple[_Asked, CheckedText]] = field(factory=dict, repr=False)

    def look_at(self, path: Path, settings: LintSettings, texts: FileTexts) -> CheckedText:
        """What is found in a file by itself; raises as `checked_file` does."""
        asked = settings, tuple(_texts(path, texts))
        if path not in self._found or self._found[path][0] != asked:
            self._found[path] = asked, checked_file(path, settings, texts)
        return self._found[path][1]


def _texts(path: Path, texts: FileTexts) -> Iterator[str]:
    """What a file says, and the files that it extends."""
    extended: Path | None = path
    for _ in range(_MOST_EXTENDED):
        if extended is None:
            return
        content = texts.content(extended)
        text = content if isinstance(content, str) else content.decode("utf-8", "replace")
        yield text
        extended = extended_path(extended, text, texts)
