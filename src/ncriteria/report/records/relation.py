"""How relations between clauses, proofs and comparisons are told."""

from __future__ import annotations

from fractions import Fraction

from ncriteria.analysis.cases import Row, scalar
from ncriteria.analysis.comparison.compare import ComparedClause, Comparison, YearRelation
from ncriteria.analysis.comparison.differences import Aspect, Difference, Shown
from ncriteria.analysis.proof.prove import Proof, YearProof
from ncriteria.analysis.proof.prove_remarks import Remark, Remarks
from ncriteria.analysis.proof.relation import ClauseRelation, Outcome, Witness
from ncriteria.analysis.proof.relation_text import as_a_test
from ncriteria.analysis.proof.scales import OverlapOfGrades, ScaleProof
from ncriteria.quick_classes import frozen
from ncriteria.report.records.results import BothLanguages, both_languages
from ncriteria.report.structure import TellingContext, record
from ncriteria.sets.model import RollUp
from ncriteria.sets.sources import Bilingual


@frozen
class Proved:
    """What `prove` finds."""

    proof: Proof


@frozen
class Compared:
    """What `compare` finds."""

    comparison: Comparison


@frozen
class RolledUp:
    """How many units inside a witness meet a clause."""

    level: str
    path: str
    met: int
    not_met: int


@frozen
class SumInside:
    """What a fact of the units inside a witness comes to."""

    level: str
    path: str
    value: Fraction


def _facts(witness: Witness, _: TellingContext) -> dict[str, str | bool]:
    """The values as a criteria file has them; numbers as text, for they are exact."""
    known = witness.row.facts.items()
    return {str(key): value if isinstance(value, bool | str) else scalar(value) for key, value in known}


def _shares(witness: Witness, _: TellingContext) -> tuple[RolledUp, ...]:
    shares = witness.row.shares.items()
    return tuple(RolledUp(*at, one.met, one.not_met) for at, one in shares if isinstance(one, RollUp))


def _sums(witness: Witness, _: TellingContext) -> tuple[SumInside, ...]:
    shares = witness.row.shares.items()
    return tuple(SumInside(*at, one) for at, one in shares if isinstance(one, Fraction))


def _as_test(row: Row | None) -> str | None:
    """A record as the keys of an embedded test."""
    return None if row is None else as_a_test(row)


def _ungraded(scale: ScaleProof, _: TellingContext) -> str | None:
    return _as_test(scale.ungraded)


def _fits_both(overlap: OverlapOfGrades, _: TellingContext) -> str | None:
    return _as_test(overlap.row)


def _differences(comparison: Comparison, _: TellingContext) -> tuple[Difference | ComparedClause, ...]:
    return (*comparison.differences, *comparison.clauses, *comparison.grades)


def _shown(shown: Shown) -> BothLanguages | str | tuple[str, ...] | None:
    return both_languages(shown) if isinstance(shown, Bilingual) else shown


def _old(aspect: Aspect, _: TellingContext) -> BothLanguages | str | tuple[str, ...] | None:
    return _shown(aspect.old)


def _new(aspect: Aspect, _: TellingContext) -> BothLanguages | str | tuple[str, ...] | None:
    return _shown(aspect.new)


record(
    ClauseRelation,
    {
        "old_path": "old_path",
        "new_path": "new_path",
        "relation": "relation",
        "proved": "proved",
        "when_all_facts_are_known": "when_complete",
        "unlike_fact": "unlike_fact",
        "narrowed_facts": "narrowed",
        "records_searched": "searched",
        "in_time": "in_time",
    },
    without=("ruled_out",),
)
record(
    Witness,
    {"shows": "way", "smallest": "smallest", "year": "row.year", "facts": _facts, "share_met": _shares, "sums": _sums},
    without=("row",),
    unless_empty=("sums",),
)
for _each in (RolledUp, SumInside, Remark, Remarks, Proof, Difference):
    record(_each)
record(Outcome, omitted=("graded",))
record(OverlapOfGrades, {"better": "better", "worse": "worse", "record": _fits_both}, without=("row",))
record(ScaleProof, {"path": "path", "is_complete": "is_complete", "ungraded": _ungraded, "overlaps": "overlaps"})
record(
    YearProof,
    {
        "years": "years",
        "judged_as_if": "judged_as_if",
        "set": "whole",
        "grades": "grades",
        "old_scales": "old_scales",
        "new_scales": "new_scales",
    },
    unless_empty=("grades", "old_scales", "new_scales"),
)
record(YearRelation, spread="relation")
record(Aspect, {"key": "key", "old": _old, "new": _new})
record(ComparedClause, {"because_of": "because_of"}, spread="difference")
record(
    Comparison,
    {
        "old": "old",
        "new": "new",
        "same": "same",
        "judged_as_if": "judged_as_if",
        "differences": _differences,
        "set": "whole",
        "undecided_renames": "undecided_renames",
    },
    without=("clauses", "grades"),
)
record(Proved, spread="proof")
record(Compared, spread="comparison")
