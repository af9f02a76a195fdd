"""An impact as plain data, for programs: what `--json` prints."""

from __future__ import annotations

from collections.abc import Mapping

from ncriteria.analysis.cases import scalar
from ncriteria.analysis.impact.above import AboveImpact
from ncriteria.analysis.impact.causes import Cause, deciding_citations
from ncriteria.analysis.impact.counts import FlipKind, Outcome, ParentImpact, Transitions
from ncriteria.analysis.impact.flips import Flip
from ncriteria.analysis.impact.impact import Impact, OfYear
from ncriteria.analysis.impact.years import OutsideYears
from ncriteria.evaluation.explanation.grounds import ground_lines
from ncriteria.evaluation.explanation.values import Voice, fact_text
from ncriteria.evaluation.result import ClauseResult, Result
from ncriteria.language.tree import FactKey
from ncriteria.language.values import Undefined, Value
from ncriteria.report.results import Plain, plain_problem
from ncriteria.sets.model import Language

NO_VALUE = "no_value"
"""The key of rows where a rule has no value, such as a division by zero."""


def plain_impact(found: Impact, language: Language, limit: int | None = None) -> Plain:
    """An impact: the matrices with the old verdict outside and the new one inside, the totals, and the flips."""
    return {
        "old": found.old.id,
        "new": found.new.id,
        "years": found.years,
        "rows_by_year": {str(year): count for year, count in found.rows_by_year.items()},
        "judged": found.judged,
        "elsewhere": found.elsewhere,
        "outside": [_plain_outside(one) for one in found.outside],
        "whole": _plain_transitions(found.whole),
        "clauses": {path: _plain_transitions(one) for path, one in found.clauses.items()},
        "removed": {path: _plain_counts(counts) for path, counts in found.removed.items()},
        "added": {path: _plain_counts(counts) for path, counts in found.added.items()},
        "kinds": _plain_kinds(found.kinds),
        "parents": [_plain_parent(parent) for parent in found.parents],
        "flips": [_plain_flip(flip, language) for flip in found.flips(limit)],
        "of_year": None if found.of_year is None else _plain_of_year(found.of_year),
        "above": [_plain_above(one, language, limit) for one in found.above],
        "problems": [plain_problem(problem) for problem in found.problems],
    }


def _plain_of_year(of_year: OfYear) -> Plain:
    return {
        "year": of_year.year,
        "whole": _plain_transitions(of_year.whole),
        "clauses": {path: _plain_transitions(one) for path, one in of_year.clauses.items()},
    }


def _plain_above(above: AboveImpact, language: Language, limit: int | None) -> Plain:
    return {
        "standard": above.standard,
        "level": above.level.value,
        "rows": above.whole.total,
        "whole": _plain_transitions(above.whole),
        "clauses": {path: _plain_transitions(one) for path, one in above.clauses.items()},
        "flips": [_plain_flip(flip, language) for flip in above.flips[:limit]],
        "problems": [plain_problem(problem) for problem in above.problems],
    }


def _key(outcome: Outcome) -> str:
    return NO_VALUE if outcome is None else outcome.value


def _plain_counts(counts: Mapping[Outcome, int]) -> Plain:
    return {_key(outcome): count for outcome, count in sorted(counts.items(), key=lambda item: _key(item[0]))}


def _plain_transitions(transitions: Transitions) -> Plain:
    inner: dict[str, dict[str, int]] = {}
    for (old, new), count in sorted(transitions.counts.items(), key=lambda item: [_key(one) for one in item[0]]):
        inner.setdefault(_key(old), {})[_key(new)] = count
    return dict(inner)


def _plain_kinds(kinds: Mapping[FlipKind, int]) -> Plain:
    return {kind.value: kinds.get(kind, 0) for kind in FlipKind}


def _plain_outside(one: OutsideYears) -> Plain:
    return {"criteria": one.criteria.id, "years": list(one.years), "rows": one.rows}


def _plain_parent(parent: ParentImpact) -> Plain:
    return {
        "parent": parent.parent,
        "name": parent.name,
        "rows": parent.whole.total,
        "whole": _plain_transitions(parent.whole),
        "kinds": _plain_kinds(parent.kinds),
    }


def _plain_flip(flip: Flip, language: Language) -> Plain:
    return {
        "unit": flip.unit.id,
        "name": flip.unit.name,
        "parent": flip.unit.parent,
        "year": flip.year,
        "kind": flip.kind.value,
        "old": None if flip.old is None else flip.old.verdict.value,
        "new": None if flip.new is None else flip.new.verdict.value,
        "causes": [_plain_cause(flip, cause, language) for cause in flip.causes],
    }


def _plain_cause(flip: Flip, cause: Cause, language: Language) -> Plain:
    return {
        "path": cause.path,
        "facts": [_plain_fact(flip, key, value, language) for key, value in cause.facts.items()],
        "old": _plain_side(flip.old, cause.old, language),
        "new": _plain_side(flip.new, cause.new, language),
    }


def _plain_fact(flip: Flip, key: FactKey, value: Value, language: Language) -> Plain:
    result = next(one for one in (flip.new, flip.old) if one is not None and key.name in one.criteria.facts)
    known = None if isinstance(value, Undefined) else scalar(value)
    return {"fact": str(key), "title": fact_text(Voice(language, result.criteria), key), "value": known}


def _plain_side(result: Result | None, outcome: ClauseResult | None, language: Language) -> Plain | None:
    if result is None or outcome is None:
        return None
    return {
        "title": outcome.clause.title.text(language),
        "verdict": outcome.verdict.value,
        "grounds": list(ground_lines(result, outcome, language)),
        "cite": [
            {
                "instrument": citation.instrument,
                "at": citation.at,
                "basis": citation.basis.value if citation.basis else None,
                "url": citation.url,
                "parameter": name,
            }
            for name, citation in deciding_citations(result, outcome)
        ],
    }
