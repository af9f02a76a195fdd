"""Results as plain data, for programs: what `--json` prints."""

from __future__ import annotations

from ncriteria.errors import Problem
from ncriteria.evaluation.explanation.grounds import ground_lines
from ncriteria.evaluation.grounds import Open
from ncriteria.evaluation.result import ClauseResult, Result
from ncriteria.evaluation.tables import Judgement
from ncriteria.language.printer import show
from ncriteria.language.tree import FactKey
from ncriteria.sets.model import Citation, Clause, Language

Plain = dict[str, object]


def plain_result(result: Result, language: Language) -> Plain:
    """A result: the verdicts of the set and of every clause, what is missing, and what is left to decide."""
    return {
        "criteria": result.criteria.id,
        "standard": result.criteria.standard,
        "year": result.year,
        "verdict": result.verdict.value,
        **_remainder(result.missing, result.open, show(result.residual)),
        "clauses": [_plain_clause(result, outcome, language) for outcome in result.clauses.values()],
    }


def _remainder(missing: tuple[FactKey, ...], waiting: Open, residual: str) -> Plain:
    return {
        "missing": [str(key) for key in missing],
        "residual": residual,
        "not_encoded": list(waiting.clauses),
        "open_parameters": list(waiting.parameters),
        "roll_ups": [{"level": level, "path": path} for level, path in waiting.roll_ups],
    }


def _plain_clause(result: Result, outcome: ClauseResult, language: Language) -> Plain:
    clause = outcome.clause
    return {
        "path": outcome.path,
        "title": clause.title.text(language),
        "verdict": outcome.verdict.value,
        **_remainder(outcome.missing, outcome.open, show(outcome.residual)),
        "grounds": list(ground_lines(result, outcome, language)),
        "encodes": clause.encodes.value if isinstance(clause, Clause) else None,
        "cite": [_plain_citation(citation) for citation in clause.cite],
    }


def _plain_citation(citation: Citation) -> Plain:
    basis = citation.basis.value if citation.basis else None
    return {"instrument": citation.instrument, "at": citation.at, "basis": basis, "url": citation.url}


def plain_judgement(judgement: Judgement, language: Language) -> Plain:
    """A judgement of one row of a table: the unit, the published verdict, and the result or the problems."""
    row = judgement.row
    return {
        "unit": row.unit.id,
        "name": row.unit.name,
        "level": row.unit.level.value if row.unit.level else None,
        "year": row.year,
        "standard": judgement.standard,
        "published": row.published,
        "result": None if judgement.result is None else plain_result(judgement.result, language),
        "problems": [plain_problem(problem) for problem in judgement.problems],
    }


def plain_problem(problem: Problem) -> Plain:
    """A problem: code, message, place and hint."""
    place = None if problem.place is None else str(problem.place)
    return {"code": problem.code, "message": problem.message, "place": place, "hint": problem.hint}
