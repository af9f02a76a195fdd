"""Findings and edits of the library as the protocol writes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from attrs import evolve
from lsprotocol import types as lsp

from ncriteria.editor.edits import TextEdit
from ncriteria.editor.linting.checking import LintFinding
from ncriteria.editor.linting.rules.rule import Severity
from ncriteria.editor.server.opened import OpenFile
from ncriteria.editor.server.positions import TypedText
from ncriteria.errors import Problem, TextPlace
from ncriteria.sets.files.files import shown_path
from ncriteria.sets.reading.documents import line_starts
from ncriteria.words import Words

SOURCE: Final = "ncriteria"
_SEVERITIES: Final[Mapping[Severity, lsp.DiagnosticSeverity]] = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.NOTICE: lsp.DiagnosticSeverity.Information,
    Severity.ADVICE: lsp.DiagnosticSeverity.Hint,
}


def diagnostics(file: OpenFile, say: Words) -> list[lsp.Diagnostic]:
    """The findings of a file as an editor shows them, each with its hint, and the tests that failed."""
    return [*(diagnostic(file, finding, say) for finding in file.findings), *_failed_tests(file, say)]


def _failed_tests(file: OpenFile, say: Words) -> Iterator[lsp.Diagnostic]:
    """What came otherwise than each test that was run expects; it has no code, as `ncriteria test` tells it."""
    for one in () if file.tried is None else file.tried.tests.values():
        place, told = one.outcome.place, [say.again(failure) for failure in one.outcome.failures]
        if told:
            lines = [say("the test {test} fails", test=one.outcome.test_id), *told]
            if place is not None and not _is_place_within(place, file):
                lines.insert(0, f"{place.text(say)}:")
            range_ = _range_of_place(file, None if place is None else _to_end_of_line(place))
            yield lsp.Diagnostic(range_, "\n".join(lines), lsp.DiagnosticSeverity.Error, source=f"{SOURCE} test")


def _to_end_of_line(place: TextPlace) -> TextPlace:
    return evolve(place, length=max(1, len((place.line_text or "").rstrip()) - place.column + 1))


def diagnostic(file: OpenFile, finding: LintFinding, say: Words) -> lsp.Diagnostic:
    """One finding as an editor shows it; one of another file stands in the first line, with its place."""
    problem, place = finding.problem, finding.problem.place
    lines = [say.again(problem.message)]
    if problem.hint:
        lines.append(f"{say('hint')}: {say.again(problem.hint)}")
    if place is not None and not is_within(problem, file):
        lines.insert(0, f"{place.text(say)}:")
    return lsp.Diagnostic(
        range=range_of(file, problem),
        message="\n".join(lines),
        severity=_SEVERITIES[finding.severity],
        code=problem.code,
        source=SOURCE,
    )


def is_within(problem: Problem, file: OpenFile) -> bool:
    """Whether the place of a problem is one of the text of the file."""
    return isinstance(problem.place, TextPlace) and _is_place_within(problem.place, file)


def _is_place_within(place: TextPlace, file: OpenFile) -> bool:
    return place.file == shown_path(file.path)


def range_of(file: OpenFile, problem: Problem) -> lsp.Range:
    """What an editor underlines for a problem."""
    return _range_of_place(file, problem.place if isinstance(problem.place, TextPlace) else None)


def _range_of_place(file: OpenFile, place: TextPlace | None) -> lsp.Range:
    """What an editor underlines for a place; the beginning of the file where it is none of its text."""
    if place is None or not _is_place_within(place, file):
        return file.typed.range(0, 0)
    starts = line_starts(file.typed.text) if file.read is None else file.read.document.starts
    if place.line > len(starts):
        return file.typed.range(0, 0)
    start = starts[place.line - 1] + place.column - 1
    return file.typed.range(start, start + place.length)


def text_edits(typed: TypedText, edits: Iterable[TextEdit]) -> list[lsp.TextEdit]:
    """Edits as an editor makes them."""
    return [lsp.TextEdit(typed.range(one.start, one.end), one.text) for one in edits]
