"""Making a dossier: everything within one time limit, one part after the other."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from enum import Enum
from typing import Final

from attrs import evolve, field

from ncriteria.analysis.comparison.compare import compare
from ncriteria.analysis.deadline import Deadline, deadline_in
from ncriteria.analysis.impact.impact import Impact
from ncriteria.analysis.proof.prove import ProofError, prove, solver_installed
from ncriteria.analysis.rule_testing.coverage import coverage_of
from ncriteria.analysis.rule_testing.mutation.proofs import solver_prover
from ncriteria.analysis.rule_testing.mutation.survivors import Listener, mutations_of
from ncriteria.errors import Problem
from ncriteria.evaluation.self_tests import run_tests
from ncriteria.quick_classes import frozen
from ncriteria.report.dossier.model import Dossier, EditTested
from ncriteria.report.receipts.receipt import FileSeen, found_receipt
from ncriteria.report.records.dossier import EditTold
from ncriteria.report.structure import TellingContext, plain_object
from ncriteria.sets.loader import LocatedSet
from ncriteria.sets.model import CriteriaSet
from ncriteria.sets.names import LEVELS
from ncriteria.words import phrase

TIMEOUT: Final = 120.0
"""Seconds that a whole dossier is given."""
_PROVING: Final = 0.35
"""The share of the time that is left in which the relations are proved."""
_COMPARING: Final = 0.3
"""The share of the time that is left then in which is compared; the rest is kept for edits of the rules."""


class DossierStage(Enum):
    """What is being done."""

    IMPACT = "impact"
    PROOF = "proof"
    COMPARISON = "comparison"
    TESTS = "tests"


@frozen
class EditAsked:
    """What a dossier is made of besides the two sets: the call, its files, the day, and how many seconds it may take.

    `impact` counts the rows of the table, where one is given. `told` hears how much of a stage is done.
    """

    arguments: tuple[str, ...]
    files: Iterable[FileSeen]
    day: datetime.date
    impact: Callable[[], Impact] | None = None
    seconds: float = TIMEOUT
    told: Callable[[DossierStage, int, int | None], None] = field(default=lambda *_: None)


def dossier_of(old: CriteriaSet, new: LocatedSet, asked: EditAsked) -> Dossier:
    """The dossier of an edit from `old` to `new`.

    What is not decided in time is said so, part by part; only the counting of a table takes the time that it takes.
    Raises `ProofError` for sets of two standards or levels, and what counting the table raises.
    """
    after = new.criteria
    refuse_unlike(old, after)
    deadline = deadline_in(asked.seconds)
    found = _counted(asked)
    asked.told(DossierStage.PROOF, 0, None)
    proof = prove(old, after, timeout=_seconds(deadline, _PROVING)) if solver_installed() else None
    asked.told(DossierStage.PROOF, 1, 1)
    asked.told(DossierStage.COMPARISON, 0, None)
    comparison = compare(old, after, timeout=_seconds(deadline, _COMPARING))
    asked.told(DossierStage.COMPARISON, 1, 1)
    tests = _tested(new, deadline, asked)
    dossier = Dossier(old, after, comparison, proof, found, tests, asked.seconds)
    told = _wherever(plain_object(EditTold(dossier), TellingContext("en", limit=0)))
    return evolve(dossier, receipt=found_receipt((old, after), asked.arguments, asked.files, asked.day, [told]))


def refuse_unlike(old: CriteriaSet, new: CriteriaSet) -> None:
    """Raise `ProofError` where the one set is no edit of the other: they are of two standards, or of two levels."""
    if old.standard != new.standard:
        message = phrase(
            "{old} is of the standard {standard}, {new} of {other}: the one is no edit of the other",
            old=old.id,
            standard=old.standard,
            new=new.id,
            other=new.standard,
        )
        raise ProofError(Problem("NC402", message, None, phrase("take two sets of one standard and one level")))
    if old.level is not new.level:
        message = phrase(
            "{old} judges a {level}, {new} a {other}: the one is no edit of the other",
            old=old.id,
            level=LEVELS[old.level].as_phrase(),
            new=new.id,
            other=LEVELS[new.level].as_phrase(),
        )
        raise ProofError(Problem("NC402", message, None, phrase("take two sets of one standard and one level")))


def _wherever(told: object) -> object:
    """What is told without places, which are others where the files lie elsewhere."""
    match told:
        case dict():
            return {key: _wherever(value) for key, value in told.items() if key != "place"}
        case list():
            return [_wherever(one) for one in told]
        case _:
            return told


def _counted(asked: EditAsked) -> Impact | None:
    if asked.impact is None:
        return None
    asked.told(DossierStage.IMPACT, 0, None)
    found = asked.impact()
    asked.told(DossierStage.IMPACT, 1, 1)
    return found


def _seconds(deadline: Deadline, share: float) -> float:
    return max(0.0, deadline.left) * share


def _tested(new: LocatedSet, deadline: Deadline, asked: EditAsked) -> EditTested:
    asked.told(DossierStage.TESTS, 0, None)
    outcomes = run_tests(new.criteria)
    if not all(one.passed for one in outcomes):
        return EditTested(outcomes)
    heard = Listener(done=lambda number, total: asked.told(DossierStage.TESTS, number, total))
    return EditTested(outcomes, coverage_of(new), mutations_of(new, solver_prover(), deadline=deadline, listener=heard))
