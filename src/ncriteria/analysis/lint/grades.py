"""Scales of grades that give two grades to one record, or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, islice
from typing import Final

from attrs import evolve

from ncriteria.analysis.cases import Row, RowJudge, row_lines
from ncriteria.analysis.slicing import sliced
from ncriteria.analysis.telling.candidates import telling_rows
from ncriteria.errors import NCriteriaError, Problem
from ncriteria.sets.grades.grade import Grade
from ncriteria.sets.grades.scales import graded, path_of_grade, path_of_scale, scales_of, without_grades
from ncriteria.sets.model import WHOLE_SET, CriteriaSet, Verdict
from ncriteria.words import phrase

_MOST_ROWS: Final = 1500
"""On how many records grades are tried."""


def grade_slips(criteria: CriteriaSet) -> Iterator[Problem]:
    """A warning for each scale on which a record has no grade, and for each pair of grades that one record has.

    Records are searched for on the boundaries of the rules; that none is found is no proof.
    """
    scales = {group.path: group for group in scales_of(criteria)}
    plain = without_grades(criteria)
    for path, scale in graded(criteria).items():
        group = scales[path_of_scale(path)]
        asked = [group.path, *([path] if path != WHOLE_SET else [])]
        part = sliced(evolve(plain, clauses=(*plain.clauses, group)), asked)
        yield from _slips(part, path, scale)


def _slips(part: CriteriaSet, path: str, scale: Sequence[Grade]) -> Iterator[Problem]:
    of = f'"{path}"' if path else phrase("the set")
    judge, overlapping, is_ungraded = RowJudge(part), set[tuple[str, str]](), False
    for row in islice(telling_rows(part, part.years.first), _MOST_ROWS):
        try:
            verdicts = judge.judged(row).verdicts
        except NCriteriaError:
            continue
        applies = path == WHOLE_SET or verdicts[path] in (Verdict.MET, Verdict.NOT_MET)
        if applies and not is_ungraded and verdicts[path_of_scale(path)] is Verdict.NOT_MET:
            is_ungraded = True
            message = phrase("no grade of {of} is given where {row}", of=of, row=_told(row))
            hint = phrase("correct the conditions, or let the last grade say `otherwise: true`")
            yield Problem("NC453", message, scale[0].place, hint)
        held = [one for one in scale if verdicts[path_of_grade(path, one.id)] is Verdict.MET]
        for better, worse in combinations(held, 2):
            if (better.id, worse.id) not in overlapping:
                overlapping.add((better.id, worse.id))
                message = phrase(
                    "`{better}` and `{worse}` of {of} both hold where {row}; the first is given",
                    better=better.id,
                    worse=worse.id,
                    of=of,
                    row=_told(row),
                )
                hint = phrase("say in `{worse}` what `{better}` leaves to it", better=better.id, worse=worse.id)
                yield Problem("NC452", message, worse.place, hint)


def _told(row: Row) -> str:
    return "; ".join(row_lines(row, with_year=False))
