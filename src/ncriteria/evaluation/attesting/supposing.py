"""Attestations of clauses that a worked case takes as made, whoever would make them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ncriteria.evaluation.lowering import LoweredSet
from ncriteria.facts.attestations.model import Attestation
from ncriteria.sets.model import Verdict

_NOBODY: Final = "a worked case"


def supposed(lowered: LoweredSet, verdicts: Mapping[str, Verdict]) -> dict[str, Attestation]:
    """Attestations with these verdicts, by path; of clauses that the set has, which may be a part of another one."""
    return {
        path: Attestation(content=path, value=verdict, by=_NOBODY, document=_NOBODY)
        for path, verdict in verdicts.items()
        if path in lowered.clauses
    }
