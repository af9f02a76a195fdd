"""The outcome of judging one record: a verdict for every clause, with the trace, what is missing and what is left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from attrs import field, frozen

from ncriteria.evaluation.record import Record
from ncriteria.evaluation.tracing import Step
from ncriteria.language.near_misses import no_such
from ncriteria.language.tree import Expr, FactKey
from ncriteria.sets.model import Clause, CriteriaSet, Group, Language, ParameterValue, Verdict


@frozen
class Open:
    """What a verdict still waits for, other than facts.

    `clauses` are the clauses whose text is not encoded, `parameters` those whose value the law leaves open, `roll_ups`
    the verdicts of units inside, by level and path.
    """

    clauses: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    roll_ups: tuple[tuple[str, str], ...] = ()


@frozen
class ClauseResult:
    """The outcome of one clause or group.

    `missing` are the facts that can still change the verdict, `residual` the condition that is left to be decided
    (`true` or `false` where the verdict is certain), `open` what else is waited for. `rule` and `applies_when` are the
    traces of its expressions, as they hold in the assessment year.
    """

    clause: Clause | Group = field(repr=lambda clause: repr(clause.path))
    verdict: Verdict
    residual: Expr = field(repr=False)
    missing: tuple[FactKey, ...] = ()
    open: Open = Open()
    rule: Step | None = field(default=None, repr=False)
    applies_when: Step | None = field(default=None, repr=False)

    @property
    def path(self) -> str:
        """The identifiers of the groups around the clause and its own, joined by `/`."""
        return self.clause.path


@frozen
class Result:
    """The outcome of a criteria set for one record.

    `result["19.2/crime"]` is the outcome of one clause; `clauses` has them all, each group before its members.
    """

    criteria: CriteriaSet = field(repr=lambda criteria: repr(criteria.id))
    record: Record = field(repr=False)
    verdict: Verdict
    residual: Expr = field(repr=False)
    missing: tuple[FactKey, ...]
    open: Open
    clauses: Mapping[str, ClauseResult] = field(repr=False)
    parameters: Mapping[str, ParameterValue] = field(repr=False)

    @property
    def year(self) -> int | None:
        """The assessment year, where one was given."""
        return self.record.year

    def __getitem__(self, path: str) -> ClauseResult:
        if path not in self.clauses:
            raise no_such("clause", path, self.clauses)
        return self.clauses[path]

    def explain(self, language: Language = "vi") -> str:
        """The verdict and its grounds as text in Vietnamese (`vi`) or English (`en`); `ValueError` for others."""
        if language not in get_args(Language):
            raise ValueError(f"the languages are {' and '.join(get_args(Language))}, not {language!r}")
        from ncriteria.evaluation.explanation import explain

        return explain(self, language)
