"""The criteria files that an editor has open: their texts, and what is found in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from attrs import evolve, field

from ncriteria.editor.authoring.trying import TriedTests
from ncriteria.editor.linting.checking import CheckedFiles, LintFinding, checked_files, checked_text
from ncriteria.editor.linting.rules.rule import Severity
from ncriteria.editor.linting.settings import USUAL, LintSettings, is_advice, settings_of
from ncriteria.editor.server.checks import KeptChecks
from ncriteria.editor.server.folders import WorkFolders
from ncriteria.editor.server.positions import TypedText
from ncriteria.errors import NCriteriaError, TextPlace
from ncriteria.facts.project import find_project
from ncriteria.quick_classes import define, frozen
from ncriteria.sets.files.files import MODELINE, SET_SCHEMA, FileTexts, shown_path
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
    files around it add, and advice where it is asked for; it is found when no key is pressed. `tried` are the embedded
    tests that were run of the set as it is now.
    """

    path: Path
    typed: TypedText
    read: ReadText | None
    own: tuple[LintFinding, ...]
    criteria: CriteriaSet | None
    settled: tuple[LintFinding, ...] = ()
    tried: TriedTests | None = None

    @property
    def is_tried(self) -> bool:
        """Whether all embedded tests of the set were run."""
        return self.tried is not None and len(self.tried.tests) == len(self.tried.criteria.all_tests)

    @property
    def findings(self) -> tuple[LintFinding, ...]:
        """All that is found of the file, each once."""
        found = (*self.own, *self.settled)
        return tuple({(one.problem, one.severity): one for one in found}.values())


@frozen
class FilesTogether:
    """Criteria files that are looked at together, as they are at one moment, and how much each rule counts."""

    texts: Mapping[Path, str] = field(repr=False)
    files: FileTexts = field(repr=False)
    settings: LintSettings

    kept: KeptChecks = field(repr=False)

    def checked(self) -> CheckedFiles:
        """What `ncriteria check` finds in them; that takes longer than an edit may."""
        alone = len(self.texts) == 1
        with self.kept.one_at_a_time:
            return checked_files(
                [*self.texts], alone=alone, settings=self.settings, texts=self.files, looks_at=self.kept.look_at
            )


@define
class OpenFiles:
    """What an editor has open, by path, and the folders that it works in."""

    advises: bool = False
    files: dict[Path, OpenFile] = field(factory=dict)
    folders: WorkFolders = field(factory=WorkFolders)
    _kept: KeptChecks = field(factory=KeptChecks, repr=False)

    def typed(self, path: Path, typed: TypedText) -> OpenFile | None:
        """The file after an edit, with what is found in its text alone; `None` where it is no criteria file."""
        before = self.files.get(path)
        if before is None and not is_criteria_text(typed.text):
            return None
        last, settled = (None, ()) if before is None else (before.criteria, before.settled)
        try:
            settings = self.settings(path, advises=False).without_advice()
            checked = checked_text(typed.text, path=path, settings=settings, texts=self.file_texts())
        except NCriteriaError as error:
            own = tuple(LintFinding(problem, Severity.ERROR) for problem in error.problems)
            self.files[path] = OpenFile(path, typed, None, own, last)
        else:
            last = checked.read.criteria or last
            self.files[path] = OpenFile(path, typed, checked.read, checked.findings, last, settled)
        return self.files[path]

    def file_texts(self) -> FileTexts:
        """All criteria files, those that are open as they stand in the editor, saved or not."""
        return FileTexts({path.resolve(): file.typed.text for path, file in self.files.items()})

    def together(self, path: Path) -> FilesTogether:
        """The file and those that are looked at with it, as `ncriteria check` looks at a folder."""
        texts = self.texts_around(path)
        files = FileTexts({**{one.resolve(): text for one, text in texts.items()}, **self.file_texts().open})
        return FilesTogether(texts, files, self.settings(path, advises=self.advises), self._kept)

    def settle(self, asked: FilesTogether, found: CheckedFiles) -> bool:
        """Keep what was found of files together, for those that were not edited meanwhile.

        Whether tests of one of them were run before of a set that it is no more.
        """
        is_other = False
        for path, text in found.texts.items():
            file = self.files.get(path)
            if file is not None and file.typed.text == asked.texts[path]:
                own = tuple(finding for finding in text.findings if not is_advice(finding.problem.code))
                advice = tuple(finding for finding in text.findings if is_advice(finding.problem.code))
                between = tuple(finding for finding in found.between if _is_of(finding, path))
                tried = file.tried if file.tried is not None and file.tried.criteria == text.read.criteria else None
                is_other |= tried is not file.tried
                last = text.read.criteria or file.criteria
                self.files[path] = OpenFile(path, file.typed, text.read, own, last, (*advice, *between), tried)
        return is_other

    def keep_tried(self, asked: OpenFile, tried: TriedTests) -> bool:
        """Keep what came of the tests of a file; whether its text and its set are still those that were tried."""
        file = self.files.get(asked.path)
        if file is None or file.typed is not asked.typed or file.read is None or file.read.criteria != tried.criteria:
            return False
        self.files[asked.path] = evolve(file, tried=tried)
        return True

    def one_of_each(self) -> list[Path]:
        """Of the files that are looked at together one that is open, for all that are open."""
        found: dict[Path, Path] = {}
        for path in self.files:
            found.setdefault(self.folders.around(path) or path.parent, path)
        return [*found.values()]

    def texts_around(self, path: Path) -> dict[Path, str]:
        """The criteria files that are looked at with the one at `path`, as they stand in the editor or on the disk."""
        folder = self.folders.around(path)
        texts = [(one, text) for one, text in self.folders.files(path) if is_criteria_text(text)]
        for one, file in self.files.items():
            if one.parent == path.parent if folder is None else self.folders.around(one) == folder:
                texts.append((one, file.typed.text))
        # What is open stands in place of what is saved, by whatever name its folder goes.
        return dict(sorted({one.resolve(): (one, text) for one, text in texts}.values()))

    def text_of(self, path: Path) -> str | None:
        """The text of a file in the editor, or on the disk; `None` where there is none that can be read."""
        return self.files[path].typed.text if path in self.files else self.folders.text(path)

    def settings(self, path: Path, *, advises: bool) -> LintSettings:
        """How much each rule counts, as the project file around a file says; one that cannot be read says nothing."""
        file = find_project(path.parent)
        project = None if file is None else self.folders.project(file)
        try:
            return settings_of(() if project is None else project.rules_said, advises=advises)
        except NCriteriaError:
            return USUAL


def _is_of(finding: LintFinding, path: Path) -> bool:
    """Whether a finding of several files is told in this one; one without a place is told in each."""
    place = finding.problem.place
    return not isinstance(place, TextPlace) or place.file in (None, shown_path(path))
