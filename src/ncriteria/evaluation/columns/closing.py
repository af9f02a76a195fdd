"""Giving a judged frame back: as it came, with the columns of verdicts under their own names."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw

from ncriteria.errors import Problem
from ncriteria.evaluation.columns.door.frames import Frame, NativeFrame, Opened
from ncriteria.evaluation.columns.door.keys import first_rows
from ncriteria.evaluation.columns.door.matching import Matched
from ncriteria.evaluation.columns.judging import VerdictFrame
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.words import phrase


def closed(opened: Opened, found: Matched, verdicts: VerdictFrame, added: Mapping[str, str]) -> NativeFrame:
    """The frame that came, with further columns; `added` has the column of each by its name.

    Raises `EvaluationError` where a rule has no value in a row of a frame in memory; in a lazy one it has no verdict.
    """
    kept = [nw.col(column).alias(heading) for column, heading in opened.names.items()]
    beside = [nw.col(column).alias(name) for name, column in added.items()]
    if verdicts.errors is None or not opened.is_eager:
        return opened.close(verdicts.frame.select(*kept, *beside), list(added))
    computed = nw.from_native(verdicts.frame.collect().to_native().lazy())
    _raise_errors(found, computed, verdicts.errors)
    return opened.close(computed.select(*kept, *beside), list(added))


def _raise_errors(found: Matched, computed: Frame, errors: str) -> None:
    wrong = computed.filter(nw.col(errors)).select(found.unit, found.year)
    hint = phrase("see `ncriteria explain`, and say with `when_zero_base` or `applies_when` what holds there")
    told = (
        phrase("a rule has no value for {unit} in {year}, such as a division by zero", unit=str(unit), year=str(year))
        for unit, year in first_rows(wrong)
    )
    problems = [Problem("NC309", message, None, hint) for message in told]
    if problems:
        raise EvaluationError(problems)
