"""A comparison as plain data, for programs: what `--json` prints."""

from __future__ import annotations

from ncriteria.analysis.comparison.compare import ComparedClause, Comparison, YearRelation
from ncriteria.analysis.comparison.differences import Difference, Shown
from ncriteria.report.relation import plain_relation, plain_years
from ncriteria.report.results import Plain
from ncriteria.sets.model import Bilingual


def plain_comparison(comparison: Comparison) -> Plain:
    """A comparison: every difference with what was and what is, and how changed clauses stand to the old ones."""
    clauses = [_plain_clause(compared) for compared in comparison.clauses]
    return {
        "old": comparison.old.id,
        "new": comparison.new.id,
        "same": comparison.same,
        "judged_as_if": list(comparison.judged_as_if),
        "differences": [*map(_plain_difference, comparison.differences), *clauses],
        "set": [_plain_year(found) for found in comparison.whole],
    }


def _plain_clause(compared: ComparedClause) -> Plain:
    return {
        **_plain_difference(compared.difference),
        "because_of": list(compared.because_of),
        "relations": [_plain_year(found) for found in compared.relations],
    }


def _plain_year(found: YearRelation) -> Plain:
    return {"years": plain_years(found.years), **plain_relation(found.relation)}


def _plain_difference(difference: Difference) -> Plain:
    return {
        "subject": difference.subject.value,
        "change": difference.change.value,
        "name": difference.name,
        "was": difference.was,
        "aspects": [
            {"key": aspect.key, "old": _plain_shown(aspect.old), "new": _plain_shown(aspect.new)}
            for aspect in difference.aspects
        ],
    }


def _plain_shown(shown: Shown) -> object:
    match shown:
        case Bilingual(vi=vi, en=en):
            return {"vi": vi, "en": en}
        case tuple():
            return list(shown)
        case _:
            return shown
