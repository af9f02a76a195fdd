"""How the clauses of the two sets relate, as surely as comparing and proving have shown it."""

from __future__ import annotations

from collections.abc import Iterator

from ncriteria.analysis.comparison.compare import Comparison
from ncriteria.analysis.proof.prove import Proof
from ncriteria.analysis.proof.relation import ClauseRelation, Relation
from ncriteria.quick_classes import frozen
from ncriteria.report.sheets.edits.comparisons import compared_relations
from ncriteria.sets.model import Years

_Paths = tuple[str, str]


@frozen
class RelationsInYears:
    """What holds in each of `years`: of the whole set, where anything in it was related, then clause by clause.

    Clauses that say and mean the same are not among them where nothing was proved.
    """

    years: Years
    all: tuple[ClauseRelation, ...]

    @property
    def differing(self) -> tuple[ClauseRelation, ...]:
        """Those of which it is not proved that they mean the same."""
        return tuple(one for one in self.all if not is_proved_alike(one))

    @property
    def alike(self) -> tuple[ClauseRelation, ...]:
        """Those that are proved to mean the same."""
        return tuple(one for one in self.all if is_proved_alike(one))


def is_proved_alike(relation: ClauseRelation) -> bool:
    """Whether it is proved that the two mean the same."""
    return relation.proved and relation.relation is Relation.EQUIVALENT


def relations_of(comparison: Comparison, proof: Proof | None) -> tuple[RelationsInYears, ...]:
    """The relations in each run of years; of two answers on the same clauses the surer one."""
    found: dict[Years, dict[_Paths, ClauseRelation]] = {}
    for years, relation in (*_proved(proof), *compared_relations(comparison)):
        paths, known = (relation.old_path, relation.new_path), found.setdefault(years, {})
        known[paths] = max(known[paths], relation, key=_certainty) if paths in known else relation
    return tuple(RelationsInYears(years, tuple(known.values())) for years, known in found.items())


def _proved(proof: Proof | None) -> Iterator[tuple[Years, ClauseRelation]]:
    for one in () if proof is None else proof.years:
        yield from ((one.years, relation) for relation in (one.whole, *one.clauses))


def _certainty(relation: ClauseRelation) -> tuple[bool, bool, int, int]:
    return relation.proved, relation.in_time, len(relation.witnesses), relation.searched
