"""Clauses that attestations decide: what a set is for a record that has some, and where its rules say otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from attrs import evolve

from ncriteria.errors import Problem
from ncriteria.evaluation.lowering import LoweredClause, LoweredSet
from ncriteria.evaluation.records.ready import Case, Ready
from ncriteria.evaluation.records.record import Record
from ncriteria.facts.attestations.model import Attestation
from ncriteria.language.tree import Boolean, Expr
from ncriteria.language.values import Computed
from ncriteria.sets.model import Clause, Group, Verdict
from ncriteria.words import phrase

CONTRADICTED: Final = phrase("find out which is right: correct the attestation, or the facts")
ATTESTED_AS: Final = {
    Verdict.MET: phrase("met"),
    Verdict.NOT_MET: phrase("not_met"),
    Verdict.NOT_APPLICABLE: phrase("not_applicable"),
}
"""What an attestation says of a clause, within a message."""


Decided = frozenset[tuple[str, Verdict]]
"""Clauses that are decided before their rules are looked at, by path."""


def as_attested(lowered: LoweredSet, record: Record) -> LoweredSet:
    """The set in which the clauses that are attested in `record` are decided; the same for records attested alike."""
    if not record.attested or lowered.by_rules is not None:
        return lowered
    return with_decided(lowered, decided(record.attested))


def decided(attested: Mapping[str, Attestation]) -> Decided:
    """Attested clauses with their verdicts."""
    return frozenset((path, Verdict(str(one.value))) for path, one in attested.items())


@lru_cache(maxsize=256)
def with_decided(lowered: LoweredSet, found: Decided) -> LoweredSet:
    """The set with these verdicts of clauses in the place of their rules."""
    if not found:
        return lowered
    clauses = {path: _constant(verdict) for path, verdict in found}
    return evolve(lowered, clauses={**lowered.clauses, **clauses}, by_rules=lowered)


def _constant(verdict: Verdict) -> LoweredClause[Expr]:
    applies = None if verdict is not Verdict.NOT_APPLICABLE else Boolean(False)
    return LoweredClause(Boolean(verdict is not Verdict.NOT_MET), applies)


def contradicted(
    member: Clause | Group, rules: LoweredClause[Ready], case: Case, attestation: Attestation, record: Record
) -> Iterator[Problem]:
    """The problem that the rules of a clause decide it, and say something else than its attestation."""
    applies = True if rules.applies_when is None else rules.applies_when(case)
    holds = None if rules.rule is None else rules.rule(case)
    computed = _computed(attestation.value, applies, holds, may_not_apply=rules.applies_when is not None)
    if computed is not None:
        said = phrase("the facts say that it {computed}", computed=computed)
        if record.place is not None and attestation.place is not None:
            where = record.place.as_phrase()
            said = phrase("the facts of {place} say that it {computed}", place=where, computed=computed)
        message = phrase(
            "{clause} is attested as {verdict}, and {said}",
            clause=f'"{member.path}"' if member.place is None else f'"{member.path}" ({member.place})',
            verdict=ATTESTED_AS[Verdict(str(attestation.value))],
            said=said,
        )
        yield Problem("NC315", message, attestation.place or record.place, CONTRADICTED)


def _computed(attested: object, applies: Computed, holds: Computed | None, *, may_not_apply: bool) -> str | None:
    """What the rules decide, where an attestation cannot be right beside it."""
    if attested is Verdict.NOT_APPLICABLE:
        if applies is not True or not (may_not_apply or isinstance(holds, bool)):
            return None
        return phrase("applies")
    if applies is False:
        return phrase("does not apply")
    if isinstance(holds, bool) and holds is not (attested is Verdict.MET):
        return phrase("is met") if holds else phrase("is not met")
    return None
