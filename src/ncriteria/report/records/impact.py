"""How the impact of an edit is told: matrices with the old verdict outside and the new one inside, and the flips."""

from __future__ import annotations

from collections.abc import Mapping

from ncriteria.analysis.cases import scalar
from ncriteria.analysis.impact.above import AboveImpact
from ncriteria.analysis.impact.causes import Cause, deciding_citations
from ncriteria.analysis.impact.counts import FlipKind, ParentImpact, Transitions
from ncriteria.analysis.impact.flips import Flip
from ncriteria.analysis.impact.grades import GradeImpact, GradeMove
from ncriteria.analysis.impact.impact import Impact, OfYear
from ncriteria.analysis.impact.years import OutsideYears
from ncriteria.evaluation.explanation.grounds import ground_lines
from ncriteria.evaluation.explanation.values import Voice, fact_text
from ncriteria.evaluation.result import ClauseResult, Result
from ncriteria.language.tree import FactKey
from ncriteria.language.values import Undefined
from ncriteria.quick_classes import frozen
from ncriteria.report.structure import LEAVES, NO_VALUE, Leaf, TellingContext, record
from ncriteria.sets.model import Verdict
from ncriteria.sets.sources import Bilingual, Citation


@frozen
class Impacted:
    """What `impact` finds."""

    impact: Impact


@frozen
class Flips:
    """What `impact` tells with `--flips-only`."""

    flips: tuple[Flip, ...]


@frozen
class DecidingFact:
    """A fact that decided a cause, with its value as a criteria file has it."""

    fact: FactKey
    title: str
    value: str | None


@frozen
class CitedBy:
    """A citation of a clause, or of a `parameter` that it uses."""

    citation: Citation
    parameter: str | None


@frozen
class CauseSide:
    """A cause as one of the sets has it."""

    title: Bilingual
    verdict: Verdict
    grounds: tuple[str, ...]
    cite: tuple[CitedBy, ...]


def _flips(found: Impact, around: TellingContext) -> tuple[Flip, ...]:
    return tuple(found.flips(around.limit))


def _flips_above(above: AboveImpact, around: TellingContext) -> tuple[Flip, ...]:
    return above.flips[: around.limit]


def _kinds(parent: ParentImpact, _: TellingContext) -> Mapping[FlipKind, int]:
    return {kind: parent.kinds.get(kind, 0) for kind in FlipKind}


def _facts(cause: Cause, around: TellingContext) -> tuple[DecidingFact, ...]:
    flip, found = around.nearest(Flip), []
    for key, value in cause.facts.items():
        result = next(one for one in (flip.new, flip.old) if one is not None and key.name in one.criteria.facts)
        known = None if isinstance(value, Undefined) else scalar(value)
        found.append(DecidingFact(key, fact_text(Voice(around.language, result.criteria), key), known))
    return tuple(found)


def _old(cause: Cause, around: TellingContext) -> CauseSide | None:
    return _side(around.nearest(Flip).old, cause.old, around)


def _new(cause: Cause, around: TellingContext) -> CauseSide | None:
    return _side(around.nearest(Flip).new, cause.new, around)


def _side(result: Result | None, outcome: ClauseResult | None, around: TellingContext) -> CauseSide | None:
    if result is None or outcome is None:
        return None
    cited = tuple(CitedBy(citation, name) for name, citation in deciding_citations(result, outcome))
    lines = tuple(ground_lines(result, outcome, around.language))
    return CauseSide(outcome.clause.title, outcome.verdict, lines, cited)


def _told_transitions(transitions: Transitions, _: TellingContext) -> dict[str, dict[str, int]]:
    inner: dict[str, dict[str, int]] = {}
    by_name = {tuple(one.value if one else NO_VALUE for one in pair): n for pair, n in transitions.counts.items()}
    for (old, new), count in sorted(by_name.items()):
        inner.setdefault(old, {})[new] = count
    return inner


_COUNTS = {"type": "object", "additionalProperties": {"type": "integer"}}
LEAVES[Transitions] = Leaf(_told_transitions, {"type": "object", "additionalProperties": _COUNTS})
record(CitedBy, spread="citation")
for _each in (Flips, DecidingFact, CauseSide, OutsideYears, OfYear):
    record(_each)
record(
    GradeMove,
    {"unit": "unit.id", "name": "unit.name", "year": "year", "old": "old", "new": "new"},
    without=("unit",),
)
record(GradeImpact)
record(Cause, {"path": "path", "facts": _facts, "old": _old, "new": _new})
record(
    Flip,
    {
        "unit": "unit.id",
        "name": "unit.name",
        "parent": "unit.parent",
        "year": "year",
        "kind": "kind",
        "old": "old.verdict",
        "new": "new.verdict",
    },
    without=("unit", "old", "new"),
)
record(
    ParentImpact,
    {"parent": "parent", "name": "name", "rows": "whole.total", "whole": "whole", "kinds": _kinds},
)
record(
    AboveImpact,
    {
        "standard": "standard",
        "level": "level",
        "rows": "whole.total",
        "whole": "whole",
        "clauses": "clauses",
        "flips": _flips_above,
    },
    without=("standard_title", "titles"),
)
record(
    Impact,
    {
        "old": "old",
        "new": "new",
        "years": "years",
        "rows_by_year": "rows_by_year",
        "judged": "judged",
        "elsewhere": "elsewhere",
        "outside": "outside",
        "whole": "whole",
        "clauses": "clauses",
        "removed": "removed",
        "added": "added",
        "kinds": "kinds",
        "parents": "parents",
        "flips": _flips,
        "grades": "grades",
    },
    unless_empty=("grades",),
)
record(Impacted, spread="impact", unless_empty=("grades",))
