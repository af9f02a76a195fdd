"""Proofs that an edit changes nothing, by the solver where it is installed."""

from __future__ import annotations

from ncriteria.analysis.mutation_survivors import Prover
from ncriteria.analysis.prove import relate, solver_installed
from ncriteria.analysis.relation import Relation
from ncriteria.analysis.relation_years import settings
from ncriteria.analysis.slicing import sliced
from ncriteria.sets.model import CriteriaSet

_SECONDS = 5.0
PROVED = "proved the same for every choice of known and unknown facts, by z3"


def solver_prover() -> Prover | None:
    """A prover of edits; `None` where z3 is not installed."""
    return _proved_same if solver_installed() else None


def _proved_same(old: CriteriaSet, new: CriteriaSet, path: str) -> str | None:
    """Why the clause at `path` is the same in all years of both sets; `None` where that is not proved."""
    before, after = sliced(old, [path]), sliced(new, [path])
    for setting in settings(before, after):
        found = relate(setting, path, path, _SECONDS)
        if not found.proved or found.relation is not Relation.EQUIVALENT:
            return None
    return PROVED
