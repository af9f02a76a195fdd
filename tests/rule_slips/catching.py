"""Which tool tells of a slip first: `check`, the embedded tests, coverage, mutation; or that it changes no verdict."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ncriteria.analysis.comparison.compare import compare
from ncriteria.analysis.deadline import NEVER, Deadline
from ncriteria.analysis.lint.warnings import findings_around, lint
from ncriteria.analysis.proof.judging import TwoSets
from ncriteria.analysis.proof.prove import relate
from ncriteria.analysis.proof.relation import Relation
from ncriteria.analysis.proof.relation_years import settings
from ncriteria.analysis.rule_testing.coverage import coverage_of
from ncriteria.analysis.rule_testing.mutation.proofs import solver_prover
from ncriteria.analysis.rule_testing.mutation.survivors import mutations_of
from ncriteria.analysis.slicing import sliced
from ncriteria.errors import NCriteriaError, Problem
from ncriteria.evaluation.self_tests import run_tests
from ncriteria.sets.catalog import set_catalog, shared_facts
from ncriteria.sets.loader import LocatedSet, load_located
from ncriteria.sets.model import CriteriaSet
from ncriteria.sets.years.turns import gaps
from tests.rule_slips.seeding import Slip, files

Caught = tuple[str, str]
"""The tool, and what it says: a code for what is refused or warned of."""


def caught(slip: Slip, folder: Path) -> Caught | None:
    """The first tool that tells of the slip; `None` where none does. What the file extends stands beside it, sound."""
    for sound in files():
        text = slip.text if sound == slip.path else sound.read_text(encoding="utf-8")
        (folder / sound.name).write_text(text, encoding="utf-8")
    path = folder / slip.path.name
    try:
        located = load_located(path)
        around = [criteria for other, criteria in _sound().items() if other != slip.path]
        set_catalog([located.criteria, *around])
        shared_facts([located.criteria, *around])
    except NCriteriaError as error:
        return "refused", error.problems[0].code
    warned = _warnings(located, around)
    if warned:
        return "warned", warned[0].code
    if not all(outcome.passed for outcome in run_tests(located.criteria)):
        return "test", ""
    if not coverage_of(located).is_full:
        return "coverage", ""
    return _by_longer_search(slip, located)


@cache
def _sound() -> dict[Path, CriteriaSet]:
    return {path: load_located(path).criteria for path in files()}


def _warnings(located: LocatedSet, around: list[CriteriaSet]) -> list[Problem]:
    """What `ncriteria check` warns of in the file and in the folder of the shipped sets around it."""
    criteria = located.criteria
    found = [*lint(criteria, located.places), *gaps([criteria, *around])]
    for one in (located, *(LocatedSet(other, {}) for other in around)):
        found += findings_around(one, [criteria, *around])
    return found


def _by_longer_search(slip: Slip, located: LocatedSet) -> Caught | None:
    if _is_proved_the_same(_sound()[slip.path], located.criteria):
        return "same" if compare(_sound()[slip.path], located.criteria, timeout=0).same else "compare", ""
    return None if mutations_of(located, solver_prover()).is_full else ("mutation", "")


def _is_proved_the_same(before: CriteriaSet, after: CriteriaSet) -> bool:
    """Whether the solver proves of every clause that its verdict is the same, in all years of the sets."""
    paths = [member.path for member in before.members()]
    if paths != [member.path for member in after.members()]:
        return False
    return all(is_clause_the_same(sliced(before, [path]), sliced(after, [path]), path) for path in paths)


def is_clause_the_same(before: CriteriaSet, after: CriteriaSet, path: str, deadline: Deadline = NEVER) -> bool:
    """Whether the solver proves of one clause that its verdict is the same, in all years of the sets."""
    found = [relate(TwoSets.of(setting), path, path, deadline) for setting in settings(before, after)]
    return all(one.proved and one.relation is Relation.EQUIVALENT for one in found)
