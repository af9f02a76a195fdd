"""The part of a set that some verdicts rest on, so that trying many rows on one clause stays quick."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import evolve

from ncriteria.sets.grades.scales import graded, graded_path, is_grade, scales_of, with_scale_alone, without_grades
from ncriteria.sets.model import WHOLE_SET, Clause, CriteriaSet, Group
from ncriteria.sets.structure import references

Member = Clause | Group


def sliced(criteria: CriteriaSet, paths: Iterable[str]) -> CriteriaSet:
    """`criteria` with the clauses at `paths` and those that they rest on, and without its tests.

    Verdicts, missing facts and residuals at `paths` are those of the whole set; the verdict of the set is not, and
    there are no grades.
    """
    members = {member.path: member for member in criteria.members()}
    needed: dict[str, None] = {}
    pending = [path for path in paths if path in members]
    while pending:
        path = pending.pop()
        if path not in needed:
            needed[path] = None
            pending.extend(target for target in references(members[path], criteria.years) if target in members)
    inner = {part.path for path in needed for part in _parts(members[path])}
    clauses = tuple(member for path, member in members.items() if path in needed and path not in inner)
    return without_grades(evolve(criteria, clauses=clauses, tests=(), inherited=()))


def part_judging(criteria: CriteriaSet, path: str) -> CriteriaSet:
    """The part of `criteria` by which the clause at `path` is judged, or the level of the grade."""
    return _sliced_to_scale(criteria, graded_path(path)) if is_grade(path) else sliced(criteria, [path])


def _sliced_to_scale(criteria: CriteriaSet, path: str) -> CriteriaSet:
    """The part of `criteria` that the scale of grades at `path` rests on, with that scale alone."""
    alone = evolve(with_scale_alone(criteria, path), tests=())
    if path == WHOLE_SET:
        return alone
    ((_, scale),) = graded(alone).items()
    (group,) = scales_of(alone)
    asked = [target for grade in group.members for target in references(grade, criteria.years)]
    return with_member(sliced(alone, [path, *asked]), path, lambda member: evolve(member, grades=scale))


def _parts(member: Member) -> tuple[Member, ...]:
    return member.members if isinstance(member, Group) else ()


def dependents(criteria: CriteriaSet, paths: Iterable[str]) -> frozenset[str]:
    """`paths`, and every path whose verdict rests on one of them: groups around, and rules that refer to them."""
    resting: dict[str, set[str]] = {}
    for member in criteria.members():
        for target in references(member, criteria.years):
            resting.setdefault(target, set()).add(member.path)
    found: set[str] = set()
    pending = list(paths)
    while pending:
        path = pending.pop()
        if path not in found:
            found.add(path)
            pending.extend(resting.get(path, ()))
    return frozenset(found)


def with_member(criteria: CriteriaSet, path: str, change: Callable[[Member], Member]) -> CriteriaSet:
    """`criteria` with the clause or group at `path` changed."""

    def rebuilt(member: Member) -> Member:
        if member.path == path:
            return change(member)
        if isinstance(member, Group) and path.startswith(f"{member.path}/"):
            return evolve(member, members=tuple(map(rebuilt, member.members)))
        return member

    return evolve(criteria, clauses=tuple(map(rebuilt, criteria.clauses)))
