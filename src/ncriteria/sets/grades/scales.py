"""Scales of grades as what is judged: each grade is a clause of its own, which no verdict rests on.

So every engine judges grades as it judges clauses, and `grade_given` reads them from the verdicts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from attrs import evolve

from ncriteria.language.tree import Expr, Not, Or
from ncriteria.sets.grades.grade import Grade
from ncriteria.sets.model import WHOLE_SET, Clause, Combination, CriteriaSet, Encodes, Group, Verdict

_MARK: Final = "#"
"""Begins the last part of the path of a grade; no identifier of a file has it."""


def path_of_scale(path: str) -> str:
    """The path of the group of the grades of what stands at `path`: it is met where any grade is given."""
    return f"{path}/{_MARK}" if path else _MARK


def path_of_grade(path: str, grade: str) -> str:
    """The path of the clause of one grade."""
    return path_of_scale(path) + grade


def graded(criteria: CriteriaSet) -> dict[str, tuple[Grade, ...]]:
    """The grades of each clause and group that has some, by path, and of the whole set first."""
    scales = {member.path: member.grades for member in criteria.members() if member.grades}
    return {WHOLE_SET: criteria.grades, **scales} if criteria.grades else scales


def with_rest(scale: tuple[Grade, ...]) -> tuple[Grade, ...]:
    """The grades, of which the last is for the rest where it says so: its condition is that no other one holds."""
    if len(scale) < 2 or not scale[-1].rest:
        return scale
    others = tuple(grade.when for grade in scale[:-1])
    return (*scale[:-1], evolve(scale[-1], when=Not(others[0] if len(others) == 1 else Or(others))))


def level_of(scales: Mapping[str, tuple[Grade, ...]], path: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The paths of the grade at `path` and of all that are better, and those of the grades below.

    That a unit has one of the first is the level of the grade. It is harder to reach, or easier, as a clause is, and
    which levels are reached says which grade is given.
    """
    owner = graded_path(path)
    paths = tuple(path_of_grade(owner, grade.id) for grade in scales[owner])
    end = paths.index(path) + 1
    return paths[:end], paths[end:]


def is_grade(path: str) -> bool:
    """Whether a path is that of a grade, or of a scale."""
    return _MARK in path


def is_scale(path: str) -> bool:
    """Whether a path is that of a scale."""
    return path.endswith(_MARK)


def graded_path(path: str) -> str:
    """The path of what a grade or a scale is of; another path as it is."""
    return path.partition(_MARK)[0].rstrip("/")


def paths_of_grades(criteria: CriteriaSet) -> tuple[str, ...]:
    """The path of each grade of the set, in the order of the file, those of the whole set first."""
    return tuple(path_of_grade(path, grade.id) for path, grades in graded(criteria).items() for grade in grades)


def name_at(path: str) -> str:
    """The identifier of the clause, group or grade at a path."""
    return path.rpartition("/")[2].removeprefix(_MARK)


def without_grades(criteria: CriteriaSet) -> CriteriaSet:
    """The set with its verdicts alone."""
    return _with_scales(criteria, lambda path, scale: ())


def with_scale_alone(criteria: CriteriaSet, path: str) -> CriteriaSet:
    """The set with no grades but those of what stands at `path`."""
    return _with_scales(criteria, lambda own, scale: scale if own == path else ())


def with_condition(criteria: CriteriaSet, path: str, when: Expr) -> CriteriaSet:
    """The set with another condition of the grade at `path`."""

    def changed(own: str, scale: tuple[Grade, ...]) -> tuple[Grade, ...]:
        if own != graded_path(path):
            return scale
        grades = (evolve(one, when=when) if path_of_grade(own, one.id) == path else one for one in scale)
        return with_rest(tuple(grades))

    return _with_scales(criteria, changed)


_Change = Callable[[str, tuple[Grade, ...]], tuple[Grade, ...]]
"""What becomes of the grades at a path."""


def _with_scales(criteria: CriteriaSet, change: _Change) -> CriteriaSet:
    def changed(member: Clause | Group) -> Clause | Group:
        grades = change(member.path, member.grades)
        if isinstance(member, Clause):
            return evolve(member, grades=grades)
        return evolve(member, members=tuple(map(changed, member.members)), grades=grades)

    return evolve(criteria, clauses=tuple(map(changed, criteria.clauses)), grades=change(WHOLE_SET, criteria.grades))


def judged_members(criteria: CriteriaSet) -> Iterator[Clause | Group]:
    """Every clause and group of the file, and of its scales."""
    yield from criteria.members()
    for group in scales_of(criteria):
        yield group
        yield from group.members


def written_members(criteria: CriteriaSet) -> Iterator[Clause | Group]:
    """Every clause and group of the file, and each grade with a condition of its own, as a clause."""
    rests = {path_of_grade(path, one.id) for path, scale in graded(criteria).items() for one in scale if one.rest}
    yield from criteria.members()
    for group in scales_of(criteria):
        yield from (grade for grade in group.members if grade.path not in rests)


def scales_of(criteria: CriteriaSet) -> Iterator[Group]:
    """The scales, each as the group of its grades, which stand at no place of the set."""
    for path, grades in graded(criteria).items():
        clauses = tuple(
            Clause(path_of_grade(path, one.id), one.title, one.when, Encodes.EXACT, one.cite, place=one.place)
            for one in grades
        )
        yield Group(path_of_scale(path), criteria.title, Combination.ANY, clauses, place=clauses[0].place)


def possible_grades(grades: Sequence[Grade], verdicts: Sequence[Verdict]) -> tuple[tuple[Grade, ...], bool]:
    """The grades that can be given, best first, and whether the one that is left is certain.

    `verdicts` are those of the grades' own conditions: the first that holds is given.
    """
    possible = []
    for grade, verdict in zip(grades, verdicts, strict=True):
        if verdict is Verdict.MET:
            possible.append(grade)
            return tuple(possible), len(possible) == 1
        if verdict is Verdict.UNDETERMINED:
            possible.append(grade)
    return tuple(possible), False
