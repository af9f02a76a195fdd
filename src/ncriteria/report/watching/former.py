"""What `watch` answered the last time, read back from its JSON."""

from __future__ import annotations

import json
from pathlib import Path

from ncriteria.analysis.watching.changes import FormerFigure, FormerRow, FormerWatch
from ncriteria.errors import NCriteriaError, Problem, TextPlace
from ncriteria.facts.table import Month
from ncriteria.report.documents import SCHEMA
from ncriteria.report.reading import UnlikeError, read_record
from ncriteria.report.structure import record
from ncriteria.sets.files.files import shown_path
from ncriteria.words import phrase


def read_former(path: Path, now: Month) -> FormerWatch:
    """The last time, in the file that `watch --json` wrote; raises `NCriteriaError` where it is none or comes later."""
    file = TextPlace(1, 1, file=shown_path(path))
    try:
        told = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise _refusal(file, phrase("it cannot be read: {reason}", reason=error.strerror or str(error))) from None
    except (ValueError, RecursionError):
        raise _refusal(file, phrase("the text is no JSON")) from None
    if not isinstance(told, dict) or told.get("schema") != SCHEMA:
        raise _refusal(file, phrase("its schema is not `{schema}`", schema=SCHEMA))
    if told.get("command") != "watch":
        raise _refusal(file, phrase("it is of another command: {command}", command=str(told.get("command"))))
    try:
        former = read_record(told, FormerWatch, "document")
    except UnlikeError as error:
        raise _refusal(file, str(error)) from None
    if former.as_of > now:
        message = phrase("the last time, {month}, comes after {now}", month=str(former.as_of), now=str(now))
        raise NCriteriaError(Problem("NC395", message, file, phrase("give a file of an earlier month")))
    return former


def _refusal(file: TextPlace, why: str) -> NCriteriaError:
    message = phrase("this is no answer of `watch` that can be read: {why}", why=why)
    return NCriteriaError(Problem("NC394", message, file, phrase("give a file that `ncriteria watch --json` wrote")))


for _each in (FormerFigure, FormerRow, FormerWatch):
    record(_each)
