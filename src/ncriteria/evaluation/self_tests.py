"""Running the tests that a criteria set carries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ncriteria.errors import NCriteriaError, TextPlace, expect
from ncriteria.evaluation.attesting.supposing import supposed
from ncriteria.evaluation.lowering import Readings
from ncriteria.evaluation.records.judging import judge
from ncriteria.evaluation.records.record import Record, in_view
from ncriteria.evaluation.result import ClauseResult, Result
from ncriteria.language.printer import show
from ncriteria.language.tree import FactKey
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import WHOLE_SET, CriteriaSet, EmbeddedTest, Verdict
from ncriteria.words import Message, phrase


@frozen
class TestOutcome:
    """What came of one embedded test; `failures` is empty where it passed.

    `inherited_from` is the set that carries the test, where that is one which the tested set extends; `left_out` is
    what the test expects there and was not asked for here, as a change makes it another.
    """

    __test__ = False

    criteria_id: str
    test_id: str
    place: TextPlace | None
    failures: tuple[str, ...]
    inherited_from: str | None = None
    left_out: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether everything came out as expected."""
        return not self.failures


def run_tests(criteria: CriteriaSet) -> tuple[TestOutcome, ...]:
    """The outcome of every embedded test of a set, in the order of the file, and of those that it inherits."""
    expect(
        "`criteria`", criteria, CriteriaSet, phrase("the definition of criteria"), phrase("give `criteria.definition`")
    )
    return tuple(outcomes_of(criteria, criteria.all_tests))


def outcomes_of(criteria: CriteriaSet, tests: Iterable[EmbeddedTest]) -> Iterator[TestOutcome]:
    """The outcome of each of some embedded tests of a set, one after another as they are asked for."""
    readings = Readings(criteria)
    for test in tests:
        failures = tuple(_failures(readings, test))
        yield TestOutcome(criteria.id, test.id, test.place, failures, test.inherited_from, test.left_out)


_WRITTEN: Final[Mapping[Verdict, Message]] = {
    Verdict.MET: Message("met"),
    Verdict.NOT_MET: Message("not_met"),
    Verdict.UNDETERMINED: Message("undetermined"),
    Verdict.NOT_APPLICABLE: Message("not_applicable"),
}
"""What a verdict is called beside what a test expects: in English as files have it."""


def _failures(readings: Readings, test: EmbeddedTest) -> list[str]:
    year = readings.criteria.years.first if test.year is None else test.year
    try:
        lowered = readings.of(year, test.parameters)
        attested = supposed(lowered, test.attested)
        result = judge(lowered, Record(test.given, year, test.shares, attested=attested))
    except NCriteriaError as error:
        return [problem.message for problem in error.problems]
    return [*_wrong_verdicts(result, test), *_wrong_grades(result, test), *_wrong_remainders(result, test, year)]


def _wrong_verdicts(result: Result, test: EmbeddedTest) -> list[str]:
    return [
        phrase(
            "{path}: expected {expected}, found {found}",
            path=path,
            expected=_WRITTEN[expected].as_phrase(),
            found=_found(result[path]),
        )
        for path, expected in test.expect.items()
        if result[path].verdict is not expected
    ]


def _wrong_grades(result: Result, test: EmbeddedTest) -> list[str]:
    failures: list[str] = []
    for path, expected in test.grades.items():
        graded = result.graded if path == WHOLE_SET else result[path].graded
        found = () if graded is None else tuple(grade.id for grade in graded.possible)
        if found != expected:
            failures.append(
                phrase(
                    "grade of {path}: expected {expected}, found {found}",
                    path=path or phrase("the set"),
                    expected=", ".join(expected),
                    found=", ".join(found) or phrase("nothing"),
                )
            )
    return failures


def _found(outcome: ClauseResult) -> str:
    missing = ", ".join(map(str, outcome.missing))
    verdict = _WRITTEN[outcome.verdict].as_phrase()
    return phrase("{verdict}; missing: {missing}", verdict=verdict, missing=missing) if missing else verdict


def _wrong_remainders(result: Result, test: EmbeddedTest, year: int) -> list[str]:
    """Failures of `missing` and `residual`, which are those of the one clause expected, or else of the whole set."""
    outcome = result[next(iter(test.expect))] if len(test.expect) == 1 else result
    failures: list[str] = []
    # A fixed year and so many years ago may be one year, and one fact.
    if test.missing is not None and _seen(test.missing, year) != _seen(outcome.missing, year):
        expected, found = (
            ", ".join(sorted(map(str, keys))) or phrase("nothing") for keys in (test.missing, outcome.missing)
        )
        failures.append(phrase("missing: expected {expected}, found {found}", expected=expected, found=found))
    if test.residual is not None and show(outcome.residual) != test.residual:
        failures.append(
            phrase(
                "residual: expected {expected}, found {found}",
                expected=test.residual,
                found=show(outcome.residual),
            )
        )
    return failures


def _seen(keys: Iterable[FactKey], year: int) -> frozenset[FactKey]:
    """The facts with every period counted back from the assessment `year`."""
    return frozenset(FactKey(key.name, in_view(key.period, year)) for key in keys)
