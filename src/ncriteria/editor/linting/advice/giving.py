"""All advice on one criteria file that its author asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Final

from ncriteria.editor.linting.advice.acts_and_titles import local_acts_without_territory, numbers_of_other_years
from ncriteria.editor.linting.advice.rules import (
    nonlinear_parts,
    numerals_for_parameters,
    unreachable_branches,
    untried_limits,
)
from ncriteria.editor.linting.advice.texts import citations_without_place, repeated_tests, texts_in_one_language
from ncriteria.editor.linting.settings import LintSettings
from ncriteria.errors import Problem, TextPlace
from ncriteria.sets.files.files import FileTexts
from ncriteria.sets.loader import LocatedSet, ReadText
from ncriteria.sets.reading.nodes import Node

_Finds = Callable[[LocatedSet], Iterator[Problem]]
_ON_SETS: Final[Mapping[str, _Finds]] = {
    "NC152": untried_limits,
    "NC154": numerals_for_parameters,
    "NC155": unreachable_branches,
    "NC156": nonlinear_parts,
    "NC158": repeated_tests,
    "NC159": local_acts_without_territory,
}
_ON_TEXTS: Final[Mapping[str, Callable[[Node], Iterator[Problem]]]] = {
    "NC153": citations_without_place,
    "NC157": texts_in_one_language,
}


def advice(read: ReadText, located: LocatedSet, settings: LintSettings, texts: FileTexts) -> Iterator[Problem]:
    """The findings of the rules that are advice, as far as `settings` ask for them, of what the file itself says."""
    with_files: Mapping[str, _Finds] = {"NC160": partial(numbers_of_other_years, texts=texts)}
    for code, find in (*_ON_SETS.items(), *with_files.items()):
        if settings.looks_at(code):
            for problem in dict.fromkeys(find(located)):
                if not isinstance(problem.place, TextPlace) or problem.place.file == read.document.file:
                    yield problem
    for code, look in _ON_TEXTS.items():
        if settings.looks_at(code) and read.root is not None:
            yield from look(read.root)
