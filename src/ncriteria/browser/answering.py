"""Answers as JSON: what was found, and the problems that were met, in the words of the language asked for."""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable, Mapping

from ncriteria.errors import NCriteriaError, Problem, TextPlace
from ncriteria.words import Language, phrase

UNFORESEEN = "unforeseen"
"""The code of an error that is none of the library's own: a fault of the library."""
Found = Mapping[str, object]
"""What an answer holds; its `problems` and `warnings` are `Problem`s, which are told when the answer is written."""


def answered(language: Callable[[], Language], find: Callable[[], Found]) -> str:
    """The answer that `find` gives, as JSON; whatever it raises is among the `problems` of the answer.

    `language` is asked for when the answer is written.
    """
    try:
        found = find()
    except NCriteriaError as error:
        found = {"problems": error.problems}
    except Exception as error:
        found = {"problems": [_unforeseen(error)]}
    told = {"problems": (), "warnings": (), **found}
    return json.dumps(told, ensure_ascii=False, default=lambda problem: _told(problem, language()))


def _unforeseen(error: Exception) -> Problem:
    found = "".join(traceback.format_exception(error)).rstrip()
    hint = phrase("this is a fault of the program: please report it with these lines")
    return Problem(UNFORESEEN, phrase("the program failed: {error}", error=found), None, hint)


def _told(problem: object, language: Language) -> object:
    """A problem as a page shows it; the place in a text is given in numbers too, where it has one."""
    assert isinstance(problem, Problem)
    place = problem.place
    line, column = (place.line, place.column) if isinstance(place, TextPlace) else (None, None)
    return {"code": problem.code, "text": problem.text(language), "line": line, "column": column}
