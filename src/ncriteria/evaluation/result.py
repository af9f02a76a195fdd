"""The outcome of judging one record: a verdict for every clause, with the trace, what is missing and what is left."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Hashable, Mapping
from typing import Final, TypeVar

from attrs import field

from ncriteria.errors import Problem
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.graded import Graded
from ncriteria.evaluation.lowering import LoweredSet
from ncriteria.evaluation.records.comparisons import Ground
from ncriteria.evaluation.records.grounds import Grounds, Kept, Open
from ncriteria.evaluation.records.record import Record
from ncriteria.evaluation.records.tracing import Step
from ncriteria.facts.attestations.model import Attestation
from ncriteria.language.hints.near_misses import no_such
from ncriteria.language.tree import Expr, FactKey
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import Clause, CriteriaSet, Group, ParameterValue, Verdict
from ncriteria.sets.years.days_in_force import DaysOutside
from ncriteria.words import LANGUAGES, Language, phrase

T = TypeVar("T")
_OPEN: Final = Verdict.UNDETERMINED


@frozen(eq=False)
class ClauseResult:
    """The outcome of one clause or group; what its verdict rests on is worked out when it is asked for."""

    clause: Clause | Group = field(repr=lambda clause: repr(clause.path))
    verdict: Verdict
    _grounds: Grounds | Kept = field(repr=False)

    @property
    def path(self) -> str:
        """The identifiers of the groups around the clause and its own, joined by `/`."""
        return self.clause.path

    @property
    def missing(self) -> tuple[FactKey, ...]:
        """The facts that can still change the verdict."""
        return self._grounds.waiting(self.path)[0] if self.verdict is _OPEN else ()

    @property
    def open(self) -> Open:
        """What else the verdict waits for."""
        return self._grounds.waiting(self.path)[1]

    @property
    def graded(self) -> Graded | None:
        """The grade, or those that can still be given; `None` where there are no grades, or it does not apply."""
        return self._grounds.graded(self.path)

    @property
    def residual(self) -> Expr:
        """The condition that is left to be decided, `true` or `false` where the verdict is certain."""
        return self._grounds.residual(self.path)

    @property
    def attestations(self) -> tuple[Attestation, ...]:
        """The attestation that decides the clause, or those of the facts that its rule looks at."""
        return self._grounds.attestations(self.path)

    @property
    def rule(self) -> Step | None:
        """The trace of the rule, as it holds in the assessment year; a result that was read back has none."""
        return self._grounds.rule(self.path)

    @property
    def comparisons(self) -> tuple[Ground, ...]:
        """What the rule compares, as data; nothing where the clause does not apply."""
        return () if self.verdict is Verdict.NOT_APPLICABLE else self._grounds.comparisons(self.path)

    def once(self, what: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, which is said of this outcome alone: once for all records of which it says the same."""
        return self._grounds.once(self.path, what, make)

    @property
    def kept(self) -> Kept | None:
        """What was kept of a result that was read back, which has no traces."""
        return self._grounds if isinstance(self._grounds, Kept) else None

    @property
    def lowered(self) -> LoweredSet | None:
        """The rules of the year that it was judged by; a result that was read back has none."""
        return None if isinstance(self._grounds, Kept) else self._grounds.lowered

    @property
    def applies_when(self) -> Step | None:
        """The trace of the condition of application; a result that was read back has none."""
        return self._grounds.applies_when(self.path)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ClauseResult):
            return NotImplemented
        same = (self.clause, self.verdict, self.residual) == (other.clause, other.verdict, other.residual)
        traced = (self.rule, self.applies_when, self.kept) == (other.rule, other.applies_when, other.kept)
        return same and traced and self.attestations == other.attestations

    __hash__ = None  # type: ignore[assignment]


class Verdicts:
    """The verdicts of one record: `verdict` of the whole set, and `verdicts["19.2/crime"]` of each clause and group."""

    __slots__ = ("clauses", "verdict")

    def __init__(self, verdict: Verdict, clauses: dict[str, Verdict]) -> None:
        self.verdict = verdict
        self.clauses = clauses

    def __getitem__(self, path: str) -> Verdict:
        try:
            return self.clauses[path]
        except KeyError:
            raise no_such("clause", path, self.clauses) from None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Verdicts) and (self.verdict, self.clauses) == (other.verdict, other.clauses)

    def __hash__(self) -> int:
        return hash((self.verdict, tuple(self.clauses.items())))

    def __repr__(self) -> str:
        return f"Verdicts({self.verdict!r}, {self.clauses})"


@frozen
class Result:
    """The outcome of a criteria set for one record.

    `result["19.2/crime"]` is the outcome of one clause; `clauses` has them all, each group before its members.
    `retroactive_since` is since when the act is in force, where the assessment year was over by then.
    `days_outside` are days of the year on which the set is not in force, which judges it all the same.
    """

    criteria: CriteriaSet = field(repr=lambda criteria: repr(criteria.id))
    record: Record = field(repr=False)
    verdict: Verdict
    clauses: Mapping[str, ClauseResult] = field(repr=False)
    parameters: Mapping[str, ParameterValue] = field(repr=False)
    _whole: ClauseResult = field(repr=False, eq=False)
    retroactive_since: datetime.date | None = field(default=None, repr=False)
    days_outside: tuple[DaysOutside, ...] = field(default=(), repr=False)

    @property
    def verdicts(self) -> Verdicts:
        """The verdicts alone, of the set and of each clause and group."""
        return Verdicts(self.verdict, {path: outcome.verdict for path, outcome in self.clauses.items()})

    @property
    def missing(self) -> tuple[FactKey, ...]:
        """The facts that can still change the verdict."""
        return self._whole.missing

    @property
    def open(self) -> Open:
        """What else the verdict waits for."""
        return self._whole.open

    @property
    def attested(self) -> tuple[str, ...]:
        """The paths of the clauses whose verdicts rest on attestations."""
        return tuple(path for path, outcome in self.clauses.items() if outcome.attestations)

    @property
    def graded(self) -> Graded | None:
        """The grade of the set, or those that can still be given; `None` where the set has no grades."""
        return self._whole.graded

    @property
    def grade(self) -> str | None:
        """The identifier of the grade of the set; `None` where it is open, or the set has no grades."""
        graded = self.graded
        return None if graded is None or graded.grade is None else graded.grade.id

    @property
    def residual(self) -> Expr:
        """The condition that is left to be decided."""
        return self._whole.residual

    @property
    def year(self) -> int | None:
        """The assessment year, where one was given."""
        return self.record.year

    @property
    def known_on(self) -> datetime.date | None:
        """The day as of which it was judged, by what was on file and in force then, where one was asked about."""
        return self.record.known_on

    def __getitem__(self, path: str) -> ClauseResult:
        if path not in self.clauses:
            raise no_such("clause", path, self.clauses)
        return self.clauses[path]

    def explain(self, language: Language = "vi") -> str:
        """The verdict and its grounds as text in Vietnamese (`vi`) or English (`en`); `ValueError` for others.

        Raises `EvaluationError` for a result that was read back: it has the comparisons, but not the traces.
        """
        if language not in LANGUAGES:
            raise ValueError(f"the languages are {' and '.join(LANGUAGES)}, not {language!r}")
        from ncriteria.evaluation.explanation.text import explain

        lowered = self._whole.lowered
        if lowered is None:
            hint = phrase("evaluate the record again, or read `comparisons` of the clauses")
            raise EvaluationError(
                Problem("NC311", phrase("a result that was read back cannot be explained"), None, hint)
            )
        return explain(self, lowered, language)

    def _repr_html_(self) -> str:
        from ncriteria.report.notebook import result_html

        return result_html(self)

    def to_dict(self, language: Language = "vi") -> dict[str, object]:
        """The result as plain data under the schema of `ncriteria schema result`; its texts are in `language`."""
        from ncriteria.report.records.results import result_document

        return result_document(self, language)

    def to_json(self, language: Language = "vi") -> str:
        """What `to_dict` gives, as JSON; `Result.from_json` reads it."""
        from ncriteria.report.documents import json_text

        return json_text(self.to_dict(language))

    @staticmethod
    def from_json(text: str) -> Result:
        """The result that `to_json` wrote, with all that it wrote; it has no facts, traces and explanation.

        Raises `EvaluationError` where the text is none.
        """
        from ncriteria.report.reading import read_result

        return read_result(text)
