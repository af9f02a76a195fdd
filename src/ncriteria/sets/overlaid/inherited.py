"""The tests of the set that another extends, as far as they speak of clauses that are the same in both."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from ncriteria.language.queries import facts_of, walk
from ncriteria.language.tree import THIS_YEAR, AssessmentYear, InYear, Parameter
from ncriteria.sets.model import WHOLE_SET, Clause, CriteriaSet, EmbeddedTest, Group
from ncriteria.sets.structure import expressions, references


def with_inherited_tests(base: CriteriaSet, criteria: CriteriaSet) -> CriteriaSet:
    """The set with the tests of `base`, which it extends, that hold for it too, and the names of those that do not.

    Of each stays what it expects of clauses and groups that are the same in both, with all that their verdicts rest on.
    """
    same = _same(base, criteria)
    is_same_set = base.clauses == criteria.clauses and base.grades == criteria.grades and base.clauses != ()
    inherited: list[EmbeddedTest] = []
    not_inherited = dict(base.not_inherited)
    for test in base.all_tests:
        found = _inherited(base, criteria, same, test, whole=is_same_set)
        if found is not None:
            inherited.append(found)
        else:
            carrier = test.inherited_from or base.id
            not_inherited[carrier] = (*not_inherited.get(carrier, ()), test.id)
    return evolve(criteria, inherited=tuple(inherited), not_inherited=not_inherited)


def _same(base: CriteriaSet, criteria: CriteriaSet) -> frozenset[str]:
    """The paths of the clauses and groups that are the same in both sets, with all that their verdicts rest on."""
    old, new = ({member.path: member for member in one.members()} for one in (base, criteria))
    changed = {name for name, one in criteria.parameters.items() if base.parameters.get(name) != one}
    same = {path for path, member in new.items() if old.get(path) == member and not changed & _parameters(member)}
    while leaning := {path for path in same if any(one not in same for one in references(new[path], criteria.years))}:
        same -= leaning
    return frozenset(same)


def _parameters(member: Clause | Group) -> set[str]:
    nodes = (node for _, expr in expressions(member) for node in walk(expr))
    return {node.name for node in nodes if isinstance(node, Parameter)}


def _inherited(
    base: CriteriaSet, criteria: CriteriaSet, same: frozenset[str], test: EmbeddedTest, *, whole: bool
) -> EmbeddedTest | None:
    """The test with what it expects of clauses that are the `same`; `whole` where that is the whole set."""
    year = base.years.first if test.year is None else test.year
    kept = same
    if year not in criteria.years:
        kept = frozenset() if test.year is not None else frozenset(_of_any_year(criteria, same, test))
    expected = {path: verdict for path, verdict in test.expect.items() if path in kept}
    grades = {path: grade for path, grade in test.grades.items() if path in kept or (whole and path == WHOLE_SET)}
    if not (expected or grades):
        return None
    # What is missing and what is left is that of the one clause that is expected, or of the whole set.
    keeps_rest = whole or (len(test.expect) == 1 and len(expected) == 1)
    paths = (path for path in (*test.expect, *test.grades) if path not in expected and path not in grades)
    rest = (key for key, one in (("missing", test.missing), ("residual", test.residual)) if one is not None)
    return evolve(
        test,
        given={key: value for key, value in test.given.items() if key.name in criteria.facts},
        expect=expected,
        grades=grades,
        year=year if year in criteria.years else None,
        parameters={name: value for name, value in test.parameters.items() if name in criteria.parameters},
        attested={path: verdict for path, verdict in test.attested.items() if path in same},
        missing=test.missing if keeps_rest else None,
        residual=test.residual if keeps_rest else None,
        inherited_from=test.inherited_from or base.id,
        left_out=(*test.left_out, *paths, *(() if keeps_rest else rest)),
    )


def _of_any_year(criteria: CriteriaSet, same: frozenset[str], test: EmbeddedTest) -> Iterator[str]:
    """Those of the `same` clauses and groups on which a test comes out alike whatever the assessment year is."""
    members = {member.path: member for member in criteria.members()}
    counted_back = frozenset(key.name for key in test.given if key.period not in (THIS_YEAR, *_fixed(test)))
    for path in same:
        pending, seen = [path], {path}
        while pending and not _is_of_a_year(members[pending[-1]], criteria, counted_back):
            further = [one for one in references(members[pending.pop()], criteria.years) if one not in seen]
            seen.update(further)
            pending += further
        if not pending:
            yield path


def _fixed(test: EmbeddedTest) -> Iterator[InYear]:
    return (key.period for key in test.given if isinstance(key.period, InYear))


def _is_of_a_year(member: Clause | Group, criteria: CriteriaSet, counted_back: frozenset[str]) -> bool:
    """Whether a rule looks at the assessment year itself, at a dated value, or at a fixed year of a fact that the test
    gives by how many years ago it was.
    """
    for _, expr in expressions(member):
        if any(isinstance(key.period, InYear) and key.name in counted_back for key in facts_of(expr)):
            return True
        for node in walk(expr):
            is_dated = isinstance(node, Parameter) and len(criteria.parameters[node.name].values) > 1
            if is_dated or isinstance(node, AssessmentYear):
                return True
    return False
