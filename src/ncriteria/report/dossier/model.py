"""What is known of an edit of a criteria set: compared, proved, counted on a table, and tried against its tests."""

from __future__ import annotations

from attrs import field

from ncriteria.analysis.comparison.compare import Comparison
from ncriteria.analysis.impact.impact import Impact
from ncriteria.analysis.proof.prove import Proof
from ncriteria.analysis.rule_testing.coverage import Coverage
from ncriteria.analysis.rule_testing.mutation.survivors import Mutations
from ncriteria.errors import Problem
from ncriteria.evaluation.self_tests import TestOutcome
from ncriteria.quick_classes import frozen
from ncriteria.report.receipts.receipt import Receipt
from ncriteria.sets.model import CriteriaSet


@frozen
class EditTested:
    """How the tests of the new set try its rules.

    `coverage` and `mutations` are `None` where a test fails, for such a test shows nothing about its rule.
    """

    outcomes: tuple[TestOutcome, ...]
    coverage: Coverage | None = None
    mutations: Mutations | None = None

    @property
    def failed(self) -> tuple[TestOutcome, ...]:
        """The tests that do not come out as expected."""
        return tuple(one for one in self.outcomes if not one.passed)

    @property
    def is_unsettled(self) -> bool:
        """Whether there was no time to find out what becomes of every small edit."""
        mutations = self.mutations
        return mutations is not None and not (mutations.all_made and all(one.in_time for one in mutations.undecided))


@frozen
class Dossier:
    """An edit, from the set `old` to the set `new`, with all that was found of it.

    `proof` is `None` where the solver is not installed, `impact` where no table was given. `seconds` is the time that
    all of it was given; `receipt` says what it was made from.
    """

    old: CriteriaSet = field(repr=False)
    new: CriteriaSet = field(repr=False)
    comparison: Comparison
    proof: Proof | None
    impact: Impact | None
    tests: EditTested
    seconds: float
    receipt: Receipt | None = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Why rules have no value, for the first rows where they have none."""
        if self.impact is None:
            return ()
        above = (problem for one in self.impact.above for problem in one.problems)
        return (*self.impact.problems, *above)
