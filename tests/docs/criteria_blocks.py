"""YAML blocks: whole criteria files, and fragments that a template makes whole."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import ncriteria as nc
from ncriteria.editor.linting.checking import checked_files
from ncriteria.editor.linting.settings import LintSettings

_TEMPLATE = Path(__file__).parent / "template.yaml"
_NAME = re.compile(r"^# (\S+\.yaml)\n", re.MULTILINE)
_SECTION = re.compile(r"^([a-z]+):(.*)\n", re.MULTILINE)
_REPLACED = ("format", "set", "extends", "changes")


@cache
def template() -> nc.Criteria:
    """The criteria that fragments, expressions and tables of facts on the pages belong to."""
    return nc.load(_TEMPLATE)


def whole_files(fragment: str) -> dict[str, str]:
    """The files of a fragment, by name, each made whole; one that names no file is `set.yaml`."""
    first, *rest = _NAME.split(fragment)
    if not rest:
        return {"set.yaml": whole(fragment)}
    assert not first, "the first file has no name"
    return {name: whole(text) for name, text in zip(rest[::2], rest[1::2], strict=True)}


def whole(fragment: str) -> str:
    """`fragment`, one or more sections of a criteria file, as a whole file.

    What it says of facts, parameters, clauses and tests is added to the template, the rest replaces it.
    """
    sections = _sections(_TEMPLATE.read_text(encoding="utf-8"))
    given = _sections(fragment)
    assert given, "a fragment begins with a section, such as `facts:`"
    if "changes" in given or "extends" in given:
        sections = {key: sections[key] for key in ("format", "set")} | {"extends": " tt124-2021.commune.yaml\n"}
    for key, body in given.items():
        adds = key in sections and key not in _REPLACED and body.startswith("\n")
        sections[key] = f"{sections[key].rstrip()}{body}" if adds else body
    return "".join(f"{key}:{body}" for key, body in sections.items())


def _sections(text: str) -> dict[str, str]:
    found = list(_SECTION.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    return {match[1]: text[match.end(1) + 1 : end].rstrip() + "\n" for match, end in zip(found, ends, strict=True)}


def codes_of(error: nc.NCriteriaError) -> set[str]:
    return {problem.code for problem in error.problems}


def check_criteria(criteria: nc.Criteria, *, warns: set[str] | None) -> None:
    """The embedded tests pass, and the linter warns of `warns`; of a fragment (`None`) it may say what it likes."""
    failures = [
        (outcome.test_id, outcome.failures) for outcome in nc.run_tests(criteria.definition) if outcome.failures
    ]
    assert not failures, f"embedded tests fail: {failures}"
    if warns is not None:
        found = nc.lint(criteria.definition)
        assert {problem.code for problem in found} == warns, "\n".join(map(str, found)) or "there are no warnings"


def check_fragment(fragment: str) -> None:
    """The files of a fragment load, and their embedded tests pass; the linter may say what it likes."""
    with TemporaryDirectory() as folder:
        for path in _written(whole_files(fragment), Path(folder)):
            check_criteria(nc.load(path), warns=None)


def fragment_warns(fragment: str, code: str) -> None:
    """The check warns with `code` of the fragment, or advises so, more often than of the template alone."""
    before, after = (
        count_told(code, files) for files in ({"set.yaml": _TEMPLATE.read_text("utf-8")}, whole_files(fragment))
    )
    assert after > before, f"the check does not warn with {code}"


def count_told(code: str, files: Mapping[str, str]) -> int:
    """How often the check of a folder with these files tells of `code`."""
    with TemporaryDirectory() as folder:
        paths = _written(files, Path(folder))
        checked = checked_files(paths, alone=len(paths) == 1, settings=LintSettings(advises=True))
    return sum(one.problem.code == code for one in checked.findings)


def _written(files: Mapping[str, str], folder: Path) -> list[Path]:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in files]
