"""The criteria files that an editor has open: their texts, and what is found in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from attrs import field

from ncriteria.editor.linting.checking import LintFinding, checked_files, checked_text
from ncriteria.editor.linting.rules.rule import Severity
from ncriteria.editor.linting.settings import USUAL, LintSettings, settings_of
from ncriteria.editor.server.positions import TypedText, composed
from ncriteria.errors import NCriteriaError, TextPlace
from ncriteria.facts.project import find_project, read_project
from ncriteria.quick_classes import define, frozen
from ncriteria.sets.files.files import MODELINE, SET_SCHEMA, read_file, shown_path
from ncriteria.sets.loader import ReadText
from ncriteria.sets.model import CriteriaSet

_SCHEMA: Final = rf"{re.escape(MODELINE)}\S*{re.escape(SET_SCHEMA)}"
_MARK: Final = re.compile(rf"^(?:format:\s*[\"']?ncriteria/|{_SCHEMA})", re.MULTILINE)


def is_criteria_text(text: str) -> bool:
    """Whether a text of YAML is a criteria file, by its `format` or the line that names its schema."""
    return _MARK.search(text) is not None


@frozen
class OpenFile:
    """A file as it stands in an editor: its text, what is found in it, and the last set that could be read from it.

    `read` is `None` where the text is larger than a file may be, or holds what no text may hold. `settled` is what the
    files beside it add, and advice where it is asked for; it is found when no key is pressed.
    """

    path: Path
    typed: TypedText
    read: ReadText | None
    own: tuple[LintFinding, ...]
    criteria: CriteriaSet | None
    settled: tuple[LintFinding, ...] = ()

    @property
    def findings(self) -> tuple[LintFinding, ...]:
        """All that is found of the file, each once."""
        found = (*self.own, *self.settled)
        return tuple({(one.problem, one.severity): one for one in found}.values())


@define
class OpenFiles:
    """What an editor has open, by path."""

    advises: bool = False
    files: dict[Path, OpenFile] = field(factory=dict)

    def typed(self, path: Path, typed: TypedText) -> OpenFile | None:
        """The file after an edit, with what is found in its text alone; `None` where it is no criteria file."""
        before = self.files.get(path)
        if before is None and not is_criteria_text(typed.text):
            return None
        last, settled = (None, ()) if before is None else (before.criteria, before.settled)
        try:
            checked = checked_text(typed.text, path=path, settings=self.settings(path, advises=False))
        except NCriteriaError as error:
            own = tuple(LintFinding(problem, Severity.ERROR) for problem in error.problems)
            self.files[path] = OpenFile(path, typed, None, own, last)
        else:
            last = checked.read.criteria or last
            self.files[path] = OpenFile(path, typed, checked.read, checked.findings, last, settled)
        return self.files[path]

    def settle(self, path: Path) -> None:
        """Look at the file with those beside it, as `ncriteria check` looks at a folder."""
        settings = self.settings(path, advises=self.advises)
        texts = dict(self.texts_beside(path))
        found = checked_files([*texts], alone=len(texts) == 1, settings=settings, open_texts=texts)
        for one, text in found.texts.items():
            if one in self.files:
                own = tuple(finding for finding in text.findings if finding.severity is not Severity.ADVICE)
                advice = tuple(finding for finding in text.findings if finding.severity is Severity.ADVICE)
                between = tuple(finding for finding in found.between if _is_of(finding, one))
                last = text.read.criteria or self.files[one].criteria
                self.files[one] = OpenFile(one, self.files[one].typed, text.read, own, last, (*advice, *between))

    def texts_beside(self, path: Path) -> Iterator[tuple[Path, str]]:
        """The criteria files in the folder of `path`, by name, as they stand in the editor or on the disk."""
        found = {other for other in path.parent.glob("*.y*ml") if other.is_file()}
        for other in sorted({*found, path, *(one for one in self.files if one.parent == path.parent)}):
            text = self.text_of(other)
            if text is not None and (other in self.files or is_criteria_text(text)):
                yield other, text

    def text_of(self, path: Path) -> str | None:
        """The text of a file in the editor, or on the disk; `None` where there is none that can be read."""
        if path in self.files:
            return self.files[path].typed.text
        try:
            return composed(read_file(path).decode("utf-8"))
        except (NCriteriaError, UnicodeDecodeError):
            return None

    def settings(self, path: Path, *, advises: bool) -> LintSettings:
        """How much each rule counts, as the project file around a file says; one that cannot be read says nothing."""
        try:
            project = find_project(path.parent)
            return settings_of(() if project is None else read_project(project).rules_said, advises=advises)
        except NCriteriaError:
            return USUAL


def _is_of(finding: LintFinding, path: Path) -> bool:
    """Whether a finding of several files is told in this one; one without a place is told in each."""
    place = finding.problem.place
    return not isinstance(place, TextPlace) or place.file in (None, shown_path(path))
