"""Rows on which an edit is worth trying, and what the evaluator says of a clause on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import Factory, field

from ncriteria.analysis.cases import Row, RowJudge
from ncriteria.analysis.deadline import Deadline
from ncriteria.analysis.rule_testing.mutation.mutation import Edit
from ncriteria.analysis.rule_testing.suggest import verdict_at
from ncriteria.analysis.slicing import Member, part_judging
from ncriteria.analysis.telling.candidates import Edited, telling_rows
from ncriteria.errors import NCriteriaError, Problem
from ncriteria.evaluation.lowering import lower
from ncriteria.language import tree as t
from ncriteria.language.queries import facts_of, parts
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import Clause, CriteriaSet, FactValue, Group, ParameterValue, Rolled, Verdict
from ncriteria.sets.years.parameter_years import starts_within


@frozen
class ClauseJudge:
    """Judges rows by the part of a set that the clause at `path` rests on."""

    part: CriteriaSet
    path: str
    _rows: RowJudge = field(init=False, default=Factory(lambda self: RowJudge(self.part), takes_self=True))

    def verdict(self, row: Row) -> Verdict | Problem:
        """The verdict of the clause, or why there is none."""
        try:
            return verdict_at(self._rows.judged(row), self.path)
        except NCriteriaError as error:
            return error.problems[0]


def judge_of(criteria: CriteriaSet, path: str) -> ClauseJudge:
    """The judge of the clause at `path`."""
    return ClauseJudge(part_judging(criteria, path), path)


@frozen
class Search:
    """A set whose edits are searched, and the rows found so far that give its members each verdict."""

    criteria: CriteriaSet
    _by_verdict: dict[str, Mapping[Verdict, Row]] = field(factory=dict)

    def rows(self, edit: Edit, before: ClauseJudge, after: ClauseJudge, deadline: Deadline) -> Iterator[Row]:
        """The rows to try: for a group from its members' verdicts, otherwise from the boundaries of the rules.

        Raises `OutOfTimeError` once the `deadline` has passed.
        """
        if edit.role == "group":
            member = next(member for member in self.criteria.members() if member.path == before.path)
            yield from self._group_rows(member, deadline)
            return
        overridden = edit.path if edit.role == "parameter" else None
        for year in starts_within(before.part.parameters.values(), before.part.years):
            edited = Edited(after.part, _changed_facts(before, after, year))
            for row in telling_rows(before.part, year, edited=edited, deadline=deadline):
                if overridden not in row.parameters:
                    yield row

    def _group_rows(self, group: Member, deadline: Deadline) -> Iterator[Row]:
        """Rows in which all members have one verdict but one of them another, and the first few one verdict."""
        assert isinstance(group, Group)
        by_member = [self._found_by_verdict(member, deadline) for member in group.members]
        year = self.criteria.years.first
        # With nothing known of the others, a case is short.
        for base in (Verdict.UNDETERMINED, Verdict.MET, Verdict.NOT_MET, Verdict.NOT_APPLICABLE):
            plain = [rows.get(base) for rows in by_member]
            yield from _merged(year, plain)
            for verdict in (Verdict.NOT_MET, *Verdict):
                for index, rows in enumerate(by_member):
                    deadline.check()
                    if verdict in rows:
                        yield from _merged(year, [*plain[:index], rows[verdict], *plain[index + 1 :]])
            for other in Verdict:
                for count in range(2, len(by_member)):
                    deadline.check()
                    first = [rows.get(other) for rows in by_member[:count]]
                    yield from _merged(year, [*first, *plain[count:]])

    def _found_by_verdict(self, member: Member, deadline: Deadline) -> Mapping[Verdict, Row]:
        """The plainest row that was found for each verdict that `member` can have."""
        if member.path not in self._by_verdict:
            judging = judge_of(self.criteria, member.path)
            year = self.criteria.years.first
            rows = (
                telling_rows(judging.part, year, deadline=deadline)
                if isinstance(member, Clause)
                else self._group_rows(member, deadline)
            )
            found: dict[Verdict, Row] = {}
            for row in rows:
                verdict = judging.verdict(row)
                if isinstance(verdict, Verdict):
                    found.setdefault(verdict, row)
                if len(found) == len(Verdict) or (len(found) == len(Verdict) - 1 and member.applies_when is None):
                    break
            self._by_verdict[member.path] = found
        return self._by_verdict[member.path]


def _merged(year: int, rows: Sequence[Row | None]) -> Iterator[Row]:
    """All of `rows` in one; nothing where two of them need different values of one fact or parameter."""
    facts: dict[t.FactKey, FactValue] = {}
    parameters: dict[str, ParameterValue] = {}
    shares: dict[tuple[str, str], Rolled] = {}
    for row in rows:
        for key, value in row.facts.items() if row is not None else ():
            if facts.setdefault(key, value) != value:
                return
        for name, setting in row.parameters.items() if row is not None else ():
            if parameters.setdefault(name, setting) != setting:
                return
        for unit, roll_up in row.shares.items() if row is not None else ():
            if shares.setdefault(unit, roll_up) != roll_up:
                return
    yield Row(facts, year, parameters, shares)


def _changed_facts(before: ClauseJudge, after: ClauseJudge, year: int) -> frozenset[t.FactKey]:
    """The facts next to what was changed in the rules of the clause."""
    old, new = (lower(judge.part, year).clauses[judge.path] for judge in (before, after))
    found: set[t.FactKey] = set()
    for one, other in ((old.rule, new.rule), (old.applies_when, new.applies_when)):
        if one is not None and other is not None and one != other:
            found.update(_facts_at_change(one, other))
        elif one != other:
            found.update(key for expr in (one, other) if expr is not None for key in facts_of(expr))
    return frozenset(found)


def _facts_at_change(old: t.Expr, new: t.Expr) -> set[t.FactKey]:
    """The facts of the smallest condition in which two rules differ; of a list that lost a part, those of that part."""
    inner = list(zip(parts(old), parts(new), strict=False))
    alike = type(old) is type(new) and len(parts(old)) == len(parts(new))
    differing = [(one, other) for one, other in inner if one != other]
    if alike and len(differing) == 1 and not isinstance(old, (t.Compare, t.InRange, t.InSet, t.Decreasing)):
        return _facts_at_change(*differing[0])
    if isinstance(old, (t.And, t.Or, t.Call)) and len(parts(new)) < len(parts(old)):
        dropped = [part for part in parts(old) if part not in parts(new)]
        return {key for part in dropped for key in facts_of(part)}
    return {*facts_of(old), *facts_of(new)}
