"""Scales of grades by the solver: a record that no grade fits, or two grades, or that there is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from ncriteria.analysis.cases import Row
from ncriteria.analysis.deadline import Deadline, OutOfTimeError
from ncriteria.analysis.proof.judging import SetInYear
from ncriteria.analysis.proof.relation import WHOLE
from ncriteria.analysis.proof.scales import OverlapOfGrades, ScaleProof
from ncriteria.analysis.proof.solving.pairs import row_of
from ncriteria.analysis.proof.solving.sets import Encoded, encode_set
from ncriteria.analysis.proof.solving.smallest import smallest
from ncriteria.analysis.proof.solving.solver import Formula, Model, NoModel, both, one_at_a_time, solve
from ncriteria.analysis.proof.solving.variables import Variables
from ncriteria.quick_classes import frozen
from ncriteria.sets.grades.grade import Grade
from ncriteria.sets.grades.scales import path_of_grade

_MINIMISING = 2.0
"""Seconds in which a record is made small; any is good enough."""


@frozen
class _ScaleQuestion:
    """The rules of a set as formulas, over the records of which each rule has a value."""

    variables: Variables
    encoded: Encoded
    year: int
    deadline: Deadline

    def record(self, wanted: Formula) -> Row | NoModel:
        """A record of which `wanted` holds, or why there is none."""
        constraints = [*self.variables.domain, *self.encoded.valued, wanted]
        found = solve(constraints, self.deadline)
        if not isinstance(found, Model):
            return found
        least, _ = smallest(self.variables, constraints, found, self.year, self.deadline.within(_MINIMISING))
        row = row_of(self.variables, least, self.year) or row_of(self.variables, found, self.year)
        return NoModel.UNDECIDED if row is None else row


@one_at_a_time
def prove_scales(judged: SetInYear, deadline: Deadline) -> tuple[ScaleProof, ...]:
    """What is proved of each scale of a set as it judges one year, as far as the solver comes by the `deadline`."""
    lowered = judged.side(WHOLE).lowered
    if not lowered.scales:
        return ()
    variables = Variables({name: (declared,) for name, declared in lowered.criteria.facts.items()}, judged.year)
    try:
        encoded = encode_set(lowered, variables, deadline)
    except OutOfTimeError:
        return tuple(ScaleProof(path, None) for path in lowered.scales)
    question = _ScaleQuestion(variables, encoded, judged.year, deadline)
    return tuple(_proved(question, path, scale) for path, scale in lowered.scales.items())


def _proved(question: _ScaleQuestion, path: str, scale: Sequence[Grade]) -> ScaleProof:
    ungraded = question.record(question.encoded.ungraded(path))
    overlaps = tuple(_overlaps(question, path, scale))
    if isinstance(ungraded, Row):
        return ScaleProof(path, False, ungraded, overlaps)
    return ScaleProof(path, True if ungraded is NoModel.IMPOSSIBLE else None, None, overlaps)


def _overlaps(question: _ScaleQuestion, path: str, scale: Sequence[Grade]) -> Iterator[OverlapOfGrades]:
    for better, worse in combinations([grade for grade in scale if not grade.rest], 2):
        holding = [question.encoded.holds(path_of_grade(path, one.id)) for one in (better, worse)]
        record = question.record(both(question.encoded.status(path).applies.true, *holding))
        if record is not NoModel.IMPOSSIBLE:
            yield OverlapOfGrades(better.id, worse.id, record if isinstance(record, Row) else None)
