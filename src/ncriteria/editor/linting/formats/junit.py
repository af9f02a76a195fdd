"""Findings as a report of tests in the form of JUnit: a file a suite, a finding a case that failed."""

from __future__ import annotations

from collections import defaultdict
from typing import Final
from xml.etree import ElementTree

from ncriteria.editor.linting.checking import CheckedFiles, LintFinding
from ncriteria.editor.linting.rules.rule import SEVERITIES, Severity
from ncriteria.errors import TextPlace
from ncriteria.patterns import compiled_later
from ncriteria.sets.files.files import shown_path
from ncriteria.words import Language, Words, words

_NO_XML: Final = compiled_later("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_report(checked: CheckedFiles, language: Language, *, strict: bool) -> str:
    """The report; only errors fail, with `strict` warnings too, and other findings are told as output of their file."""
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    by_file: dict[str, list[LintFinding]] = defaultdict(list)
    for path in checked.texts:
        by_file[shown_path(path)] = []
    for one in checked.findings:
        place = one.problem.place
        by_file[(place.file if isinstance(place, TextPlace) else None) or ""].append(one)
    root = ElementTree.Element("testsuites", name="ncriteria check")
    for file, findings in by_file.items():
        _suite(root, file, findings, failing, words(language))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _suite(
    root: ElementTree.Element, file: str, findings: list[LintFinding], failing: set[Severity], say: Words
) -> None:
    failed = [one for one in findings if one.severity in failing]
    told = [one for one in findings if one.severity not in failing]
    count = max(1, len(failed))
    counts = {"name": file, "tests": str(count), "failures": str(len(failed)), "errors": "0"}
    suite = ElementTree.SubElement(root, "testsuite", counts)
    for one in failed:
        problem = one.problem
        where = problem.place.text(say) if problem.place is not None else file
        case = ElementTree.SubElement(suite, "testcase", classname=file, name=f"{problem.code} {where}")
        attributes = {"type": problem.code, "message": _xml(say.again(problem.message))}
        ElementTree.SubElement(case, "failure", attributes).text = _xml(problem.text(say.language))
    if not failed:
        ElementTree.SubElement(suite, "testcase", classname=file, name="check")
    if told:
        lines = (f"{say.again(SEVERITIES[one.severity])} {one.problem.text(say.language)}" for one in told)
        ElementTree.SubElement(suite, "system-out").text = _xml("\n".join(lines))


def _xml(text: str) -> str:
    """The text without what XML cannot hold."""
    return _NO_XML.sub("\ufffd", text)
