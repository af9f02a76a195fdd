"""Scales of grades by their levels: each grade together with all that are better, so that two scales can be compared.

A unit is at a level where it has that grade or a better one. Which grade is given says no more and no less than which
levels are reached, and a level is harder to reach, or easier, as a clause is.
"""

from __future__ import annotations

from attrs import evolve

from ncriteria.language.tree import Boolean, Expr, Or
from ncriteria.sets.grades.grade import Grade
from ncriteria.sets.model import WHOLE_SET, Clause, CriteriaSet, Group


def with_levels_at(criteria: CriteriaSet, path: str) -> CriteriaSet:
    """The set with no scale but that of what stands at `path`, in which each grade is given where its level is reached.

    The grades keep their paths, so that the verdict at the path of a grade says whether its level is reached.
    """

    def leveled(member: Clause | Group) -> Clause | Group:
        grades = levels(member.grades) if member.path == path else ()
        if isinstance(member, Clause):
            return evolve(member, grades=grades)
        return evolve(member, members=tuple(map(leveled, member.members)), grades=grades)

    own = levels(criteria.grades) if path == WHOLE_SET else ()
    return evolve(criteria, clauses=tuple(map(leveled, criteria.clauses)), grades=own)


def levels(scale: tuple[Grade, ...]) -> tuple[Grade, ...]:
    """The grades with the conditions of their levels; whoever can be judged reaches the last where it is the rest."""
    return tuple(
        evolve(grade, when=Boolean(True) if grade.rest else _any_of(scale[: place + 1]), rest=False)
        for place, grade in enumerate(scale)
    )


def _any_of(grades: tuple[Grade, ...]) -> Expr:
    return grades[0].when if len(grades) == 1 else Or(tuple(grade.when for grade in grades))
