"""Criteria files and texts checked: every finding, how much it counts, and the edits that would mend it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from attrs import evolve, field

from ncriteria.analysis.lint.warnings import findings_around, lint
from ncriteria.editor.edits import TextEdit
from ncriteria.editor.linting.advice.giving import advice
from ncriteria.editor.linting.fixing import mended, suggested
from ncriteria.editor.linting.rules.rule import Severity
from ncriteria.editor.linting.settings import USUAL, LintSettings
from ncriteria.errors import NCriteriaError, Problem, TextPlace
from ncriteria.quick_classes import frozen
from ncriteria.sets.catalog import load_catalog, set_catalog, shared_facts
from ncriteria.sets.errors import CriteriaError
from ncriteria.sets.files.files import ON_DISK, FileTexts, criteria_files, shipped_folder
from ncriteria.sets.loader import LocatedSet, ReadText, extended_set, load_set_of, read_text
from ncriteria.sets.model import CriteriaSet
from ncriteria.sets.years.turns import gaps


@frozen
class LintFinding:
    """One finding: the problem, how much it counts, and what would mend it.

    `fix` are edits that keep what the file says, `suggestion` those that need a choice of the author; both count in the
    text of the file in composed form (NFC).
    """

    problem: Problem
    severity: Severity
    fix: tuple[TextEdit, ...] = ()
    suggestion: tuple[TextEdit, ...] = ()


@frozen
class CheckedText:
    """One text with what is found in it by itself, in its order.

    `of_direction` is whether the set stands to the one that it extends as it says, where that was looked at.
    """

    read: ReadText
    findings: tuple[LintFinding, ...]
    of_direction: tuple[Problem, ...] = ()


def checked_text(
    content: bytes | str, *, path: Path | None = None, settings: LintSettings = USUAL, texts: FileTexts = ON_DISK
) -> CheckedText:
    """What is found in a text that stands, or is to stand, at `path`, without a look at files that it does not extend.

    Raises `CriteriaError` only where `content` is no text, or larger than a file may be.
    """
    read = read_text(content, path=path, texts=texts)
    return CheckedText(read, tuple(sorted(_of_text(read, settings, texts), key=_line_and_column)))


def _line_and_column(finding: LintFinding) -> tuple[int, int]:
    place = finding.problem.place
    return (place.line, place.column) if isinstance(place, TextPlace) else (0, 0)


def _of_text(read: ReadText, settings: LintSettings, texts: FileTexts) -> Iterator[LintFinding]:
    for problem in read.problems:
        yield LintFinding(problem, Severity.ERROR, (), tuple(suggested(read, problem)))
    located = read.located
    if located is not None:
        found = [(problem, Severity.WARNING) for problem in lint(located.criteria, located.places)]
        found += [(problem, Severity.ADVICE) for problem in advice(read, located, settings, texts)]
        for problem, usual in found:
            severity = settings.severity(problem.code, usual)
            if severity is not Severity.OFF:
                edits = (mended(read, problem), tuple(suggested(read, problem)))
                yield LintFinding(problem, severity, *edits)


@frozen
class CheckedFiles:
    """Files checked together: each by itself, and what is found of several."""

    texts: Mapping[Path, CheckedText]
    between: tuple[LintFinding, ...]
    number: int
    """How many files were to be checked; of one that cannot be opened there is no text."""

    @property
    def findings(self) -> tuple[LintFinding, ...]:
        """Every finding once, those of files first and in their order."""
        found = (*(one for text in self.texts.values() for one in text.findings), *self.between)
        return tuple({(one.problem, one.severity): one for one in found}.values())

    def of(self, *severities: Severity) -> tuple[Problem, ...]:
        """The problems that count so much, in the order of the findings."""
        return tuple(one.problem for one in self.findings if one.severity in severities)


@frozen
class _Between:
    """What is found of several files while they are looked at."""

    settings: LintSettings
    texts: Mapping[Path, CheckedText]
    found: list[LintFinding] = field(factory=list)

    def add(self, problems: Iterable[Problem], usual: Severity) -> None:
        """Note problems that would count as `usual`."""
        for problem in problems:
            severity = self.settings.severity(problem.code, usual)
            if severity is not Severity.OFF:
                edits = (edit for text in self.texts.values() for edit in suggested(text.read, problem))
                self.found.append(LintFinding(problem, severity, (), tuple(edits)))


def checked_file(path: Path, settings: LintSettings, texts: FileTexts) -> CheckedText:
    """What is found in a file by itself, and between it and what it extends.

    Raises `CriteriaError` where it cannot be opened, or is no text.
    """
    checked = checked_text(texts.content(path), path=path, settings=settings, texts=texts)
    criteria = checked.read.criteria
    return evolve(checked, of_direction=() if criteria is None else tuple(_of_direction(path, criteria, texts)))


LooksAt = Callable[[Path, LintSettings, FileTexts], CheckedText]


def checked_files(
    paths: Sequence[Path],
    *,
    alone: bool,
    settings: LintSettings = USUAL,
    texts: FileTexts = ON_DISK,
    looks_at: LooksAt = checked_file,
) -> CheckedFiles:
    """What is found in files, and between them; where one is checked `alone` its years need not join those of others.

    The files say what they say in `texts`, and so do those that they extend. `looks_at` may know what `checked_file`
    gives.
    """
    checked: dict[Path, CheckedText] = {}
    between = _Between(settings, checked)
    for path in paths:
        try:
            checked[path] = looks_at(path, settings, texts)
        except NCriteriaError as error:
            between.add(error.problems, Severity.ERROR)
    sets = {path: located for path, text in checked.items() if (located := text.read.located) is not None}
    for problem in (one for text in checked.values() for one in text.of_direction):
        between.add([problem], Severity.ERROR if problem.code == "NC440" else Severity.NOTICE)
    _look_around(sets, between, texts)
    for fits_together in (set_catalog, shared_facts):
        try:
            fits_together(located.criteria for located in sets.values())
        except NCriteriaError as error:
            between.add(error.problems, Severity.ERROR)
    found = CheckedFiles(checked, tuple(between.found), len(paths))
    if not alone and not found.of(Severity.ERROR):
        between.add(gaps([located.criteria for located in sets.values()]), Severity.WARNING)
    return CheckedFiles(checked, tuple(between.found), len(paths))


def _of_direction(path: Path, criteria: CriteriaSet, texts: FileTexts) -> Iterable[Problem]:
    """Whether a set stands to the one that it extends as it says; loading the other was no problem before."""
    base = None if criteria.direction is None else extended_set(criteria, path.parent, texts)
    if base is None:
        return ()
    from ncriteria.analysis.lint.direction import direction_findings

    return direction_findings(base, criteria)


def _look_around(sets: Mapping[Path, LocatedSet], between: _Between, texts: FileTexts) -> None:
    """What the sets name in others, against the sets that are checked, those beside them, and the shipped ones.

    Of a file that stands alone nothing is certain: the other sets may lie elsewhere. Nor is it where a file beside it
    cannot be read.
    """
    known = {path.resolve(): located.criteria for path, located in sets.items()}
    for path, located in sets.items():
        if not findings_around(located, [*known.values()]):
            continue
        beside = [other for other in map(Path.resolve, texts.in_folder(path.parent)) if other != path.resolve()]
        around = [*(_read(other, known, texts) for other in beside), *_shipped(known, beside, texts)]
        readable = [criteria for criteria in around if criteria is not None]
        is_certain = (bool(beside) or len(sets) > 1) and len(readable) == len(around)
        problems = findings_around(located, [*known.values(), *readable])
        between.add(problems, Severity.WARNING if is_certain else Severity.NOTICE)


def _shipped(
    known: Mapping[Path, CriteriaSet], beside: Collection[Path], texts: FileTexts
) -> Iterator[CriteriaSet | None]:
    """The shipped sets but for those `beside`; as they were read before, where none of them is `known` or open."""
    files = [path.resolve() for path in criteria_files(shipped_folder())]
    if not {*known, *beside, *texts.open}.intersection(files):
        with suppress(CriteriaError):
            yield from load_catalog().sets
            return
    yield from (_read(path, known, texts) for path in files if path not in beside)


def _read(path: Path, known: Mapping[Path, CriteriaSet], texts: FileTexts) -> CriteriaSet | None:
    try:
        return known.get(path) or load_set_of(path, texts)
    except NCriteriaError:
        return None
