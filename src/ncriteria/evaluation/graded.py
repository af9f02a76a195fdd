"""Which grade a record has on a scale, or which it can still have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from ncriteria.errors import Problem
from ncriteria.evaluation.statuses import Judged, Status, verdict
from ncriteria.language.meaning import Domain
from ncriteria.language.tree import FactKey
from ncriteria.language.values import Computed
from ncriteria.quick_classes import frozen
from ncriteria.sets.grades.grade import Grade
from ncriteria.sets.grades.scales import graded_path, level_of, path_of_grade, path_of_scale, possible_grades
from ncriteria.sets.model import Verdict
from ncriteria.sets.sources import Bilingual
from ncriteria.words import phrase

V = TypeVar("V")
"""A truth of a domain."""


@frozen
class GradeNamed:
    """A grade, and what people call it."""

    id: str
    title: Bilingual

    def __str__(self) -> str:
        return self.id


@frozen
class Graded:
    """The grade that a set, a clause or a group gives.

    Where it is open there is no `grade`; `possible` are those that can still be given, the best first, and `missing`
    the facts that decide between them.
    """

    grade: GradeNamed | None
    possible: tuple[GradeNamed, ...]
    missing: tuple[FactKey, ...] = ()


def status_of_level(
    of: Domain[V], scales: Mapping[str, tuple[Grade, ...]], judged: Mapping[str, Judged[V]], path: str
) -> Status[V]:
    """Whether the grade at `path` or a better one is given, which applies where what it is a grade of does.

    So it is where one of them holds, or where none below can; that some grade is given is certain of what is judged.
    """
    level, below = (of.any_of(*(judged[one].holds for one in paths)) for paths in level_of(scales, path))
    return Status(judged[graded_path(path)].applies, of.any_of(level, of.certain(of.negation(below))))


def status_of_grade(
    of: Domain[V], scales: Mapping[str, tuple[Grade, ...]], judged: Mapping[str, Judged[V]], path: str
) -> Status[V]:
    """Whether the grade at `path` is given: its own condition holds, and that of no better one."""
    *better, own = level_of(scales, path)[0]
    given = of.all_of(judged[own].holds, *(of.negation(judged[one].holds) for one in better))
    return Status(judged[graded_path(path)].applies, given)


def paths_to(scales: Mapping[str, tuple[Grade, ...]], path: str) -> tuple[str, ...]:
    """The paths on which it rests whether the grade at `path` is given: what it is of, the better ones, and itself."""
    return (graded_path(path), *level_of(scales, path)[0])


def graded_at(
    path: str,
    scale: Sequence[Grade],
    judged: Mapping[str, Judged[Computed]],
    missing: Callable[[str], tuple[FactKey, ...]],
) -> Graded | None:
    """The grade of what stands at `path`; `None` where that does not apply.

    `missing` are the facts that the verdict on a path waits for.
    """
    if verdict(judged[path]) is Verdict.NOT_APPLICABLE:
        return None
    verdicts = [verdict(judged[path_of_grade(path, grade.id)]) for grade in scale]
    possible, is_certain = possible_grades(scale, verdicts)
    named = tuple(GradeNamed(grade.id, grade.title) for grade in possible)
    if is_certain and judged[path].applies is True:
        return Graded(named[0], named)
    waits = dict.fromkeys(key for grade in possible for key in missing(path_of_grade(path, grade.id)))
    return Graded(None, named, tuple(waits or missing(path)))


def level_reached(graded: Graded | None, scale: Sequence[Grade], grade: str) -> Verdict:
    """Whether a record that is so graded has this grade of the scale or a better one."""
    if graded is None:
        return Verdict.NOT_APPLICABLE
    order = [one.id for one in scale]
    reached = {order.index(one.id) <= order.index(grade) for one in graded.possible}
    if len(reached) > 1:
        return Verdict.UNDETERMINED
    return Verdict.MET if True in reached else Verdict.NOT_MET


def grades_given(
    scales: Mapping[str, tuple[Grade, ...]], judged: Mapping[str, Judged[Computed]]
) -> dict[str, str | None]:
    """The identifier of the grade on each scale, by path; `None` where it is open or does not apply."""
    found = {path: graded_at(path, scale, judged, lambda _: ()) for path, scale in scales.items()}
    return {path: None if one is None or one.grade is None else one.grade.id for path, one in found.items()}


def without_grade(
    scales: Mapping[str, tuple[Grade, ...]], judged: Mapping[str, Judged[Computed]], place: object
) -> Iterator[Problem]:
    """The scales of which no grade is given, though all that they ask is known."""
    for path, scale in scales.items():
        if judged[path].applies is True and judged[path_of_scale(path)].holds is False:
            where = f" ({place})" if place is not None else ""
            of = f'"{path}"' if path else phrase("the set")
            message = phrase("no grade of {of} is given{where}: none of the conditions holds", of=of, where=where)
            hint = phrase("correct the conditions, or let the last grade say `otherwise: true`")
            yield Problem("NC451", message, scale[0].place, hint)
