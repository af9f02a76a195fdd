"""How the dossier of an edit is told: what may be relied on, and all that it rests on."""

from __future__ import annotations

from ncriteria.quick_classes import frozen
from ncriteria.report.dossier.model import Dossier
from ncriteria.report.dossier.statements import EditStatement, statements, verdict_of
from ncriteria.report.records.impact import Impacted
from ncriteria.report.records.relation import Compared, Proved
from ncriteria.report.records.rule_testing import TestedSet
from ncriteria.report.structure import TellingContext, record


@frozen
class EditTold:
    """What `dossier` finds."""

    dossier: Dossier


def _verdict(dossier: Dossier, around: TellingContext) -> str:
    return verdict_of(dossier, around.language).text


def _statements(dossier: Dossier, around: TellingContext) -> tuple[EditStatement, ...]:
    return statements(dossier, around.language)


def _comparison(dossier: Dossier, _: TellingContext) -> Compared:
    return Compared(dossier.comparison)


def _proof(dossier: Dossier, _: TellingContext) -> Proved | None:
    return None if dossier.proof is None else Proved(dossier.proof)


def _impact(dossier: Dossier, _: TellingContext) -> Impacted | None:
    return None if dossier.impact is None else Impacted(dossier.impact)


def _untried(dossier: Dossier, _: TellingContext) -> TestedSet | None:
    """What the tests leave untried; nothing where one of them fails."""
    tests = dossier.tests
    if tests.coverage is None:
        return None
    return TestedSet(dossier.new.id, tests.coverage, tells_coverage=True, mutations=tests.mutations, suggested=None)


record(EditStatement)
record(
    Dossier,
    {
        "old": "old",
        "new": "new",
        "verdict": _verdict,
        "statements": _statements,
        "comparison": _comparison,
        "proof": _proof,
        "impact": _impact,
        "tests": "tests.outcomes",
        "untried": _untried,
        "seconds": "seconds",
        "receipt": "receipt",
    },
    without=("tests",),
)
record(EditTold, spread="dossier")
