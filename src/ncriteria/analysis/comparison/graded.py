"""How the grades of two sets differ: in what they say, and in how hard it is to get each of them or a better one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ncriteria.analysis.comparison.differences import (
    ChangeKind,
    Difference,
    Subject,
    differing,
    grade_aspects,
    stated,
)
from ncriteria.analysis.comparison.pairing import Pairing, with_new_paths_in
from ncriteria.sets.grades.grade import Grade
from ncriteria.sets.grades.scales import graded, path_of_grade
from ncriteria.sets.model import WHOLE_SET, CriteriaSet

Related = tuple[Difference, tuple[str, str] | None]
"""How a grade differs, and its paths in the old and the new set where its level means something else."""


def grade_differences(
    old: CriteriaSet, new: CriteriaSet, pairing: Pairing, means_otherwise: Callable[[str, str], bool]
) -> Iterator[Related]:
    """The grades that differ, in the order of the new set, and then those that are gone.

    `means_otherwise` says whether the levels of the grades at a path of each set differ. A grade whose own words are
    the same is among them where its level does not mean the same: a better grade, or what it asks for, has changed. The
    last of a scale is no level, for each that can be judged has it or a better one.
    """
    pairs = {WHOLE_SET: WHOLE_SET, **pairing.pairs}
    before, after = _by_owner(old), _by_owner(new)
    old_paths = {path: old_path for old_path, path in pairs.items()}
    for path, scale in after.items():
        old_path = old_paths.get(path, path)
        former = before.get(old_path, {}) if path in old_paths else {}
        for name, grade in scale.items():
            at, was = path_of_grade(path, name), path_of_grade(old_path, name)
            if name not in former:
                aspects = stated(grade_aspects(grade, grade.when), gone=False)
                yield Difference(Subject.GRADE, ChangeKind.ADDED, at, aspects=aspects), None
                continue
            when = with_new_paths_in(pairing, former[name].when)
            changed = differing(grade_aspects(former[name], when), grade_aspects(grade, grade.when))
            is_level = name not in (list(scale)[-1], list(former)[-1])
            otherwise = is_level and means_otherwise(was, at)
            if changed or otherwise:
                renamed = was if was != at else None
                difference = Difference(Subject.GRADE, ChangeKind.CHANGED, at, renamed, changed)
                yield difference, (was, at) if otherwise else None
    for old_path, scale in before.items():
        kept = after.get(pairs[old_path], {}) if old_path in pairs else {}
        for name, grade in scale.items():
            if name not in kept:
                aspects = stated(grade_aspects(grade, grade.when), gone=True)
                at = path_of_grade(old_path, name)
                yield Difference(Subject.GRADE, ChangeKind.REMOVED, at, aspects=aspects), None


def _by_owner(criteria: CriteriaSet) -> Mapping[str, Mapping[str, Grade]]:
    return {path: {grade.id: grade for grade in scale} for path, scale in graded(criteria).items()}
