"""The embedded tests of a set, run one by one while its author goes on writing: what came of each, and what it sees."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from attrs import field

from ncriteria.analysis.rule_testing.coverage import Coverage, Goal, covered, seen_by_test
from ncriteria.evaluation.self_tests import TestOutcome, outcomes_of
from ncriteria.quick_classes import frozen
from ncriteria.sets.loader import LocatedSet
from ncriteria.sets.model import CriteriaSet

GoesOn = Callable[[int, int], bool]
"""Told how many tests of how many are done; says whether to go on."""


@frozen
class TriedTest:
    """What came of one test, and what it sees."""

    outcome: TestOutcome
    seen: frozenset[Goal]


@frozen
class TriedTests:
    """Those tests of a set that were run, by their place in `criteria.all_tests`, and what they see of its clauses."""

    criteria: CriteriaSet
    tests: Mapping[int, TriedTest] = field(repr=False)
    coverage: Coverage = field(repr=False)

    def outcomes(self, numbers: Iterable[int]) -> tuple[TestOutcome, ...] | None:
        """What came of some tests; `None` where one of them was not run."""
        asked = tuple(numbers)
        return tuple(self.tests[one].outcome for one in asked) if self.tests.keys() >= {*asked} else None

    def seen_of(self, path: str) -> tuple[int, int]:
        """How much of a clause the tests see, and how much there is to see."""
        of_clause = [one for one in self.coverage.conditions if one.condition.path == path]
        return sum(len(one.seen) for one in of_clause), sum(len(one.wanted) for one in of_clause)


WHOLE_FILE: Final = None
"""Stands for all tests of a set where those of one clause could be asked for."""


def numbers_of_tests(criteria: CriteriaSet, path: str | None) -> tuple[int, ...]:
    """The tests of a set, or of the clause or group at `path`: those that expect something of it, or of what is in it.

    They are all that count towards what the tests see of it.
    """
    return tuple(
        number
        for number, test in enumerate(criteria.all_tests)
        if path is WHOLE_FILE or any(f"{one}/".startswith(f"{path}/") for one in (*test.expect, *test.grades))
    )


def tried(
    located: LocatedSet, numbers: tuple[int, ...], before: TriedTests | None, goes_on: GoesOn
) -> TriedTests | None:
    """Some tests of a set, run, beside those that were run `before`; `None` where it was not to go on."""
    criteria = located.criteria
    found = {} if before is None or before.criteria != criteria else dict(before.tests)
    asked = [criteria.all_tests[number] for number in numbers]
    for done, outcome in enumerate(outcomes_of(criteria, asked)):
        if not goes_on(done, len(asked)):
            return None
        found[numbers[done]] = TriedTest(outcome, seen_by_test(criteria, asked[done]))
    if not goes_on(len(asked), len(asked)):
        return None
    return TriedTests(criteria, found, covered(located, {goal for one in found.values() for goal in one.seen}))
