"""The pytest plugin: every embedded test of a criteria file is a test item, in the place where it stands.

It collects nothing unless it is asked to: `pytest --ncriteria FOLDER` takes the YAML files of the format that pytest
comes across, `--ncriteria-shipped` adds the sets that come with the library, and the ini option `ncriteria_files` names
files by pattern. What it says is in the language of the environment variable `NCRITERIA_LANG` or of the ini option
`ncriteria_language`, and else in English, as all that pytest says. Pytest loads this module in each run, so it imports
no more of the library than its words before it collects.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from ncriteria.patterns import compiled_later
from ncriteria.words import LANGUAGES, Language, words

if TYPE_CHECKING:
    from ncriteria.evaluation.self_tests import TestOutcome
    from ncriteria.sets.model import CriteriaSet, EmbeddedTest

_SUFFIXES = (".yaml", ".yml")
_FORMAT = compiled_later(rb"^(?:\xef\xbb\xbf)?[\"']?format[\"']?\s*:\s*[\"']?ncriteria/", re.MULTILINE)
_READ = 64 * 1024
_INI: Final = "ncriteria_language"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the plugin."""
    say = words(_language_asked())
    group = parser.getgroup("ncriteria", say("criteria files"))
    collect = say("collect the embedded tests of criteria files ({format})", format="format: ncriteria/1")
    group.addoption("--ncriteria", action="store_true", help=collect)
    shipped = say("collect the embedded tests of the sets that ncriteria ships")
    group.addoption("--ncriteria-shipped", action="store_true", help=shipped)
    files = say("patterns of criteria files whose embedded tests are collected")
    parser.addini("ncriteria_files", files, type="linelist")
    parser.addini(_INI, say("the language of what failures say: vi or en"), default="")


def _language_asked(config: pytest.Config | None = None) -> Language:
    """The language of the environment, or that of the ini option; English where neither names one."""
    asked = (os.environ.get("NCRITERIA_LANG"), None if config is None else config.getini(_INI))
    languages: tuple[Language, ...] = LANGUAGES
    return next((one for said in asked for one in languages if one == said), "en")


def pytest_configure(config: pytest.Config) -> None:
    """Add the folder of the shipped sets to what is collected, where that was asked for."""
    if config.getoption("--ncriteria-shipped"):
        from ncriteria.sets.files.files import shipped_folder

        config.args.append(str(shipped_folder()))


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A criteria file, where the run asks for it."""
    if file_path.suffix in _SUFFIXES and _is_asked_for(parent.config, file_path):
        collected: pytest.Collector = CriteriaFile.from_parent(parent, path=file_path)
        return collected
    return None


def _is_asked_for(config: pytest.Config, path: Path) -> bool:
    patterns: list[str] = config.getini("ncriteria_files")
    if any(fnmatch(str(path), str(config.rootpath / pattern)) or fnmatch(path.name, pattern) for pattern in patterns):
        return True
    if config.getoption("--ncriteria"):
        return _has_the_format(path)
    return bool(config.getoption("--ncriteria-shipped")) and _is_shipped(path)


def _has_the_format(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return _FORMAT.search(file.read(_READ)) is not None
    except OSError:
        return False


def _is_shipped(path: Path) -> bool:
    from ncriteria.sets.files.files import shipped_folder

    return path.resolve().is_relative_to(shipped_folder().resolve())


class CriteriaFile(pytest.File):
    """A criteria file; one that does not load is a collection error with all of its problems."""

    def collect(self) -> Iterator[CriteriaItem]:
        """The embedded tests of the file, and those that it takes over from the set that it extends."""
        from ncriteria.errors import NCriteriaError
        from ncriteria.sets.loader import load_set

        try:
            criteria = load_set(self.path)
        except NCriteriaError as error:
            language = _language_asked(self.config)
            raise self.CollectError("\n".join(problem.text(language) for problem in error.problems)) from None
        for test in criteria.all_tests:
            name = test.id if test.inherited_from is None else f"{test.inherited_from}:{test.id}"
            yield CriteriaItem.from_parent(self, name=name, criteria=criteria, test=test)


class CriteriaTestFailure(Exception):  # noqa: N818 - it is reported, not raised to a caller
    """An embedded test that did not come out as expected."""

    def __init__(self, outcome: TestOutcome) -> None:
        self.outcome = outcome
        super().__init__(outcome)

    def __str__(self) -> str:
        return "; ".join(self.outcome.failures)


class CriteriaItem(pytest.Item):
    """One embedded test."""

    def __init__(self, *, criteria: CriteriaSet, test: EmbeddedTest, **rest: Any) -> None:
        super().__init__(**rest)
        self._criteria = criteria
        self._test = test

    def runtest(self) -> None:
        """Run the test against its set."""
        from attrs import evolve

        from ncriteria.evaluation.self_tests import run_tests

        (outcome,) = run_tests(evolve(self._criteria, tests=(self._test,), inherited=()))
        if not outcome.passed:
            raise CriteriaTestFailure(outcome)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The place of the test, its facts and what came out otherwise, without a traceback."""
        if not isinstance(excinfo.value, CriteriaTestFailure):
            return super().repr_failure(excinfo, style)
        from ncriteria.analysis.cases import Row, row_lines

        test = self._test
        year = self._criteria.years.first if test.year is None else test.year
        say = words(_language_asked(self.config))
        title = f"{self._criteria.title.text(say.language)} ({self._criteria.id})"
        lines = [f"{test.place}: {say('{set}, test {test}', set=title, test=test.id)}"]
        lines += [f"  {line}" for line in row_lines(Row(test.given, year, test.parameters, test.shares, test.attested))]
        lines += [f"  {say.again(failure)}" for failure in excinfo.value.outcome.failures]
        return "\n".join(lines)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """The line of the file where the test stands, counted from 0 as pytest does."""
        place = self._test.place
        file = self.path if place is None or place.file is None else Path(place.file)
        return file, None if place is None else place.line - 1, f"{self._criteria.id}: {self.name}"
