"""What becomes of every small edit of a set: noticed by a test, unnoticed, or no change at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

from attrs import field, frozen

from ncriteria.analysis.mutation import Edit, edits_of, noticed_by
from ncriteria.analysis.rows import Row, judged
from ncriteria.analysis.slicing import Member, sliced
from ncriteria.analysis.suggest import Suggestion, suggestion
from ncriteria.analysis.suggest_rows import telling_rows
from ncriteria.errors import NCriteriaError
from ncriteria.language.tree import FactKey
from ncriteria.sets.loader import LocatedSet
from ncriteria.sets.model import Clause, CriteriaSet, FactValue, ParameterValue, RollUp, Verdict

Prover = Callable[[CriteriaSet, CriteriaSet, str], str | None]
"""Says why a clause has the same verdict in two sets on every row, or `None` where it cannot say so."""


@frozen
class Survivor:
    """An edit that no embedded test notices, with a case that would notice it."""

    edit: Edit
    case: Suggestion


@frozen
class Unchanged:
    """An edit that changes no verdict: `proved`, or only not told apart by a search of rows, which proves nothing."""

    edit: Edit
    reason: str
    proved: bool


@frozen
class Mutations:
    """All small edits of one set: how many the tests notice, and those that they do not."""

    criteria: CriteriaSet
    noticed: int
    survivors: tuple[Survivor, ...]
    unchanged: tuple[Unchanged, ...]

    @property
    def is_full(self) -> bool:
        """Whether the tests notice every edit that changes a verdict."""
        return not self.survivors


def mutations_of(located: LocatedSet, prover: Prover | None = None) -> Mutations:
    """Every small edit of a set tried against its embedded tests, which must pass as the set is."""
    criteria = located.criteria
    noticed = 0
    survivors: list[Survivor] = []
    unchanged: list[Unchanged] = []
    search = _Search(criteria)
    for edit in edits_of(located):
        if edit.same_because is not None:
            unchanged.append(Unchanged(edit, edit.same_because, proved=True))
        elif noticed_by(criteria, edit) is not None:
            noticed += 1
        else:
            found = _explained(search, edit, prover)
            survivors += [found] if isinstance(found, Survivor) else []
            unchanged += [found] if isinstance(found, Unchanged) else []
    return Mutations(criteria, noticed, tuple(survivors), tuple(unchanged))


@frozen
class _Search:
    """The set that is searched, and the rows found so far that give its members each verdict."""

    criteria: CriteriaSet
    by_verdict: dict[str, Mapping[Verdict, Row]] = field(factory=dict)


def _explained(search: _Search, edit: Edit, prover: Prover | None) -> Survivor | Unchanged:
    tried = 0
    for path in edit.paths:
        before, after = sliced(search.criteria, [path]), sliced(edit.criteria, [path])
        for row in _rows(search, edit, path, before):
            tried += 1
            if _verdict(before, row, path) != _verdict(after, row, path):
                return Survivor(edit, suggestion(before, path, row, notices=(edit.what,)))
    if prover is not None and edit.paths:
        reasons = [prover(search.criteria, edit.criteria, path) for path in edit.paths]
        if all(reason is not None for reason in reasons):
            return Unchanged(edit, str(reasons[0]), proved=True)
    return Unchanged(edit, f"no difference found on {tried} rows; a search, not a proof", proved=False)


def _rows(search: _Search, edit: Edit, path: str, part: CriteriaSet) -> Iterator[Row]:
    """The rows to try: for a group from its members' verdicts, otherwise from the boundaries of the rules."""
    members = {member.path: member for member in search.criteria.members()}
    if edit.role == "group":
        yield from _group_rows(search, members[path])
    else:
        overridden = edit.path if edit.role == "parameter" else None
        for year in _years(part):
            yield from (row for row in telling_rows(part, year) if overridden not in row.parameters)


def _years(part: CriteriaSet) -> list[int]:
    """The first year that the set holds for, and those from which a parameter has another value."""
    changes = {dated.since for declared in part.parameters.values() for dated in declared.values}
    later = sorted(year for year in changes if year is not None and year in part.years)
    return list(dict.fromkeys([part.years.first, *later]))


def _verdict(part: CriteriaSet, row: Row, path: str) -> Verdict | Literal["error"]:
    try:
        return judged(part, row)[path].verdict
    except NCriteriaError:
        return "error"


def _group_rows(search: _Search, group: Member) -> Iterator[Row]:
    """Rows in which all members have one verdict but one of them another, and the first few one verdict."""
    assert not isinstance(group, Clause)
    by_member = [_by_verdict(search, member) for member in group.members]
    year = search.criteria.years.first
    # With nothing known of the others, a case is short.
    for base in (Verdict.UNDETERMINED, Verdict.MET, Verdict.NOT_MET, Verdict.NOT_APPLICABLE):
        plain = [rows.get(base) for rows in by_member]
        yield from _merged(year, plain)
        for verdict in (Verdict.NOT_MET, *Verdict):
            for index, rows in enumerate(by_member):
                if verdict in rows:
                    yield from _merged(year, [*plain[:index], rows[verdict], *plain[index + 1 :]])
        for other in Verdict:
            for count in range(2, len(by_member)):
                first = [rows.get(other) for rows in by_member[:count]]
                yield from _merged(year, [*first, *plain[count:]])


def _merged(year: int, rows: Sequence[Row | None]) -> Iterator[Row]:
    """All of `rows` in one; nothing where two of them need different values of one fact or parameter."""
    facts: dict[FactKey, FactValue] = {}
    parameters: dict[str, ParameterValue] = {}
    shares: dict[tuple[str, str], RollUp] = {}
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


def _by_verdict(search: _Search, member: Member) -> Mapping[Verdict, Row]:
    """The plainest row that was found for each verdict that `member` can have."""
    if member.path not in search.by_verdict:
        part = sliced(search.criteria, [member.path])
        year = search.criteria.years.first
        rows = telling_rows(part, year) if isinstance(member, Clause) else _group_rows(search, member)
        found: dict[Verdict, Row] = {}
        for row in rows:
            verdict = _verdict(part, row, member.path)
            if verdict != "error":
                found.setdefault(verdict, row)
            if len(found) == len(Verdict) or (len(found) == len(Verdict) - 1 and member.applies_when is None):
                break
        search.by_verdict[member.path] = found
    return search.by_verdict[member.path]
