"""Findings in SARIF 2.1.0 (OASIS), which code scanning and editors read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import quote

from ncriteria import __version__
from ncriteria.editor.linting.checking import CheckedFiles, LintFinding
from ncriteria.editor.linting.rules.rule import LintRule, Severity
from ncriteria.editor.linting.rules.table import RULES
from ncriteria.errors import TextPlace
from ncriteria.report.structure import Plain
from ncriteria.words import Words

_LEVELS: Final[Mapping[Severity, str]] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTICE: "note",
    Severity.ADVICE: "note",
    Severity.OFF: "none",
}


def sarif_log(checked: CheckedFiles, say: Words) -> Plain:
    """One run with the rules and the findings; columns count characters, as those of the other outputs do."""
    driver = {"name": "ncriteria", "version": __version__, "rules": [_rule(rule, say) for rule in RULES.values()]}
    return {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "results": [_result(one, say) for one in checked.findings],
            }
        ],
    }


def _rule(rule: LintRule, say: Words) -> Plain:
    return {
        "id": rule.code,
        "shortDescription": {"text": say.again(rule.title)},
        "fullDescription": {"text": say.again(rule.why)},
        "help": {"text": say.again(rule.do)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(finding: LintFinding, say: Words) -> Plain:
    problem = finding.problem
    text = say.again(problem.message)
    if problem.hint:
        text = f"{text}\n{say('hint')}: {say.again(problem.hint)}"
    found: Plain = {"ruleId": problem.code, "level": _LEVELS[finding.severity], "message": {"text": text}}
    place = problem.place
    if isinstance(place, TextPlace) and place.file is not None:
        found["locations"] = [
            {"physicalLocation": {"artifactLocation": _artifact(place.file), "region": _region(place)}}
        ]
        if finding.fix:
            replacements = [
                {
                    "deletedRegion": {"charOffset": edit.start, "charLength": edit.end - edit.start},
                    "insertedContent": {"text": edit.text},
                }
                for edit in finding.fix
            ]
            change = {"artifactLocation": _artifact(place.file), "replacements": replacements}
            found["fixes"] = [{"artifactChanges": [change]}]
    return found


def _artifact(file: str) -> Plain:
    return {"uri": Path(file).as_uri() if Path(file).is_absolute() else quote(Path(file).as_posix())}


def _region(place: TextPlace) -> Plain:
    return {"startLine": place.line, "startColumn": place.column, "endColumn": place.column + place.length}
