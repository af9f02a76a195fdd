"""An overview of judgements, gathered in one pass over them."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from attrs import field

from ncriteria.evaluation.explanation.values import Voice
from ncriteria.evaluation.publication import agreement
from ncriteria.evaluation.table_years.judgement import Judgement
from ncriteria.facts.table import FactRow
from ncriteria.language.tree import FactKey
from ncriteria.quick_classes import define
from ncriteria.report.summary.begun import FigureBegun, MatrixBegun, WaitBegun
from ncriteria.report.summary.overview import (
    FigureToCollect,
    MatrixRow,
    OtherWait,
    Overview,
    SupplierFigures,
    UnjudgedReason,
    WaitingClause,
    WaitingUnit,
    WaitKind,
)
from ncriteria.report.summary.waiting import VerdictWaits, WaitsOfRows
from ncriteria.sets.inside import asked_inside
from ncriteria.sets.model import Clause, CriteriaSet, Encodes, Group, Level
from ncriteria.sets.sources import Bilingual


def overview_of(judgements: Sequence[Judgement], passed_over: Collection[FactRow] = ()) -> Overview:
    """The overview of judgements; `passed_over` are the rows for which there are no criteria."""
    standards = Counter((one.row.unit.id, one.row.year) for one in judgements)
    gathered = _Gathered()
    for judgement in judgements:
        # A published result does not say which standard it is of, so beside several it is compared with none.
        gathered.take(judgement, is_comparable=standards[judgement.row.unit.id, judgement.row.year] == 1)
    levels = Counter(row.unit.level for row in passed_over)
    return gathered.overview({level: levels[level] for level in Level if levels[level]})


def judged_level(judgement: Judgement) -> Level | None:
    """The level of the set that judges, or else that of the unit, which may be of none."""
    return judgement.row.unit.level if judgement.criteria is None else judgement.criteria.level


@define
class _Gathered:
    """All that is gathered so far."""

    matrices: dict[tuple[str, Level | None], MatrixBegun] = field(factory=dict)
    figures: dict[FactKey, FigureBegun] = field(factory=dict)
    waits: dict[tuple[WaitKind, str, str, str | None], WaitBegun] = field(factory=dict)
    reasons: dict[tuple[str, str, str | None, str], list[WaitingUnit]] = field(factory=dict)
    members: dict[str, Mapping[str, Clause | Group]] = field(factory=dict)
    titles_inside: dict[tuple[str, str, str], Bilingual | None] = field(factory=dict)
    waits_of_rows: WaitsOfRows = field(factory=WaitsOfRows)
    known_on: datetime.date | None = None

    def take(self, judgement: Judgement, *, is_comparable: bool) -> None:
        """Take one judgement in."""
        row, criteria, verdicts = judgement.row, judgement.criteria, judgement.verdicts
        begun = self.matrices.setdefault((judgement.standard, judged_level(judgement)), MatrixBegun())
        one = WaitingUnit(row.unit.id, row.unit.name, row.year)
        if verdicts is None or criteria is None:
            begun.without[row.year] += 1
            problem = judgement.problems[0]
            reason = problem.code, problem.message, problem.hint, judgement.standard
            self.reasons.setdefault(reason, []).append(one)
            return
        begun.sets[criteria.id] = criteria.definition
        record = judgement.record
        assert record is not None, "what has verdicts was judged"
        self.known_on = record.known_on
        waits = self.waits_of_rows.of(judgement, record)
        self._wait(criteria.definition, waits, one)
        about = row.unit.id, row.unit.name, row.year, criteria.id, verdicts.verdict, verdicts.clauses
        has_attested = record.attested or record.attested_facts
        attested = judgement.result.attested if has_attested and judgement.result is not None else ()
        agreed = agreement(verdicts.verdict, row.published) if is_comparable else None
        graded = judgement.result.graded if criteria.definition.grades and judgement.result is not None else None
        found = MatrixRow(*about, attested, tuple(waits.figures), waits.others, row.published, agreed, graded)
        begun.rows.append(found)

    def _wait(self, criteria: CriteriaSet, waits: VerdictWaits, one: WaitingUnit) -> None:
        """Note that a unit waits."""
        for fact, paths in waits.figures.items():
            figure = self.figures.setdefault(fact, FigureBegun(criteria))
            figure.waiting[one] = None
            for path in paths:
                clause = WaitingClause(criteria.standard, path, self._members_of(criteria)[path].title)
                figure.clauses.setdefault((criteria.standard, path), clause)
        for path in waits.open.clauses:
            self._wait_for(self._clause(criteria, path), one)
        for name in waits.open.parameters:
            title = criteria.parameters[name].title
            self._wait_for(OtherWait(WaitKind.OPEN_PARAMETER, criteria.standard, name, title, None, (), ()), one)
        for level, path in waits.open.roll_ups:
            inside = self._title_inside(criteria, level, path)
            self._wait_for(OtherWait(WaitKind.ROLL_UP, criteria.standard, path, inside, level, (), ()), one)

    def _title_inside(self, criteria: CriteriaSet, level: str, path: str) -> Bilingual | None:
        key = criteria.id, level, path
        if key not in self.titles_inside:
            self.titles_inside[key] = _title_inside(criteria, level, path)
        return self.titles_inside[key]

    def _wait_for(self, about: OtherWait, one: WaitingUnit) -> None:
        key = about.kind, about.standard, about.name, about.level
        self.waits.setdefault(key, WaitBegun(about)).waiting[one] = None

    def _clause(self, criteria: CriteriaSet, path: str) -> OtherWait:
        """The wait for a clause that has no rule."""
        clause = self._members_of(criteria)[path]
        assert isinstance(clause, Clause), "only clauses are not encoded"
        kind = WaitKind.ATTESTATION if clause.encodes is Encodes.ATTESTED else WaitKind.NOT_ENCODED
        return OtherWait(kind, criteria.standard, path, clause.title, None, clause.attested_by, (), clause.awaits)

    def _members_of(self, criteria: CriteriaSet) -> Mapping[str, Clause | Group]:
        if criteria.id not in self.members:
            self.members[criteria.id] = {member.path: member for member in criteria.members()}
        return self.members[criteria.id]

    def overview(self, passed_over: Mapping[Level, int]) -> Overview:
        """The overview of all that was gathered."""
        matrices = tuple(begun.matrix(*key) for key, begun in self.matrices.items())
        waits = (begun.wait() for begun in self.waits.values())
        return Overview(
            matrices,
            figures=_by_supplier(begun.figure(fact) for fact, begun in self.figures.items()),
            waits=tuple(sorted(waits, key=_fewest_last)),
            unjudged=tuple(sorted(self._unjudged(), key=lambda one: -len(one.units))),
            passed_over=passed_over,
            agreements=Counter(
                row.agreement for matrix in matrices for row in matrix.rows if row.agreement is not None
            ),
            known_on=self.known_on,
        )

    def _unjudged(self) -> Iterator[UnjudgedReason]:
        for reason, units in self.reasons.items():
            yield UnjudgedReason(*reason, tuple(units))


def _by_supplier(figures: Iterable[FigureToCollect]) -> tuple[SupplierFigures, ...]:
    """The figures, those that most wait for first, and with each those that the same supplier has."""
    found: dict[Bilingual | None, list[FigureToCollect]] = {}
    for figure in sorted(figures, key=_fewest_last):
        found.setdefault(figure.supplier, []).append(figure)
    return tuple(SupplierFigures(supplier, tuple(own)) for supplier, own in found.items())


def _title_inside(criteria: CriteriaSet, level: str, path: str) -> Bilingual | None:
    """What is asked of the units inside; `None` for a clause of a set that is not known here."""
    if (found := criteria.elsewhere.get((level, path))) is not None:
        return found.called
    leaf = asked_inside(criteria).get((level, path))
    if leaf is None or leaf.inner is None:
        return None
    from ncriteria.evaluation.explanation.wording import asked_text

    return Bilingual(asked_text(Voice("vi", criteria), leaf), asked_text(Voice("en", criteria), leaf))


def _fewest_last(one: FigureToCollect | OtherWait) -> int:
    return -len(one.waiting)
