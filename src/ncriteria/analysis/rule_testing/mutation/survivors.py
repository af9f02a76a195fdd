"""What becomes of every small edit of a set: noticed by a test, shown by a row, proved harmless, or left open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from attrs import field

from ncriteria.analysis.cases import Row, RowJudge
from ncriteria.analysis.deadline import NEVER, Deadline, OutOfTimeError
from ncriteria.analysis.rule_testing.mutation.mutation import Edit, edits_of, noticed_by
from ncriteria.analysis.rule_testing.mutation.telling_rows import ClauseJudge, Search, judge_of
from ncriteria.analysis.rule_testing.suggest import Suggestion, is_judged, suggestion
from ncriteria.errors import Problem
from ncriteria.quick_classes import define, frozen
from ncriteria.sets.loader import LocatedSet
from ncriteria.sets.model import CriteriaSet, Verdict
from ncriteria.words import phrase


@frozen
class Shown:
    """A row on which the clause at `path` has another verdict once an edit is made."""

    path: str
    row: Row


Answer = str | Shown | None
"""Why an edit changes no verdict, or a row on which it does; `None` where neither is known."""
Prover = Callable[[CriteriaSet, Edit, Deadline], Answer]
"""Settles an edit of a set for every row, as far as it can by a deadline."""

_FIRST_ROWS = 400
"""Rows that are tried before the prover is asked, for they are the plainest; the others are tried after it."""
_LISTING = 0.25
"""The share of the time in which the edits are made."""
_SEARCHING = 0.4
"""The share of the time of an edit in which rows are tried before the prover is asked."""


@frozen
class Survivor:
    """An edit that no embedded test notices, with a case that would notice it.

    `after` is the verdict of the case once the edit is made, or why there is none.
    """

    edit: Edit
    case: Suggestion
    after: Verdict | Problem


@frozen
class Unchanged:
    """An edit that is proved to change no verdict, and why."""

    edit: Edit
    reason: str


@frozen
class Undecided:
    """An edit that no test notices, of which nothing shows that it changes a verdict, nor that it changes none.

    `searched` counts the rows that were tried. `in_time` is false where the time was up before all was tried.
    """

    edit: Edit
    searched: int
    in_time: bool

    @property
    def reason(self) -> str:
        """Why it is left open, in words."""
        if self.in_time:
            return phrase(
                "not noticed, and no difference found on {count} rows; a search, not a proof", count=self.searched
            )
        if self.searched:
            return phrase("not decided in time: no difference found on {count} rows so far", count=self.searched)
        return phrase("not decided in time")


Finding = Survivor | Unchanged | Undecided


@frozen
class Mutations:
    """The small edits of one set: how many the tests notice, and what there is to say of the others.

    `all_made` is false where the time was up before all edits were made.
    """

    criteria: CriteriaSet
    noticed: int
    findings: tuple[Finding, ...]
    all_made: bool = True

    @property
    def survivors(self) -> tuple[Survivor, ...]:
        """The edits that change a verdict and that no test notices."""
        return tuple(found for found in self.findings if isinstance(found, Survivor))

    @property
    def unchanged(self) -> tuple[Unchanged, ...]:
        """The edits that are proved to change nothing."""
        return tuple(found for found in self.findings if isinstance(found, Unchanged))

    @property
    def undecided(self) -> tuple[Undecided, ...]:
        """The edits of which nothing is shown."""
        return tuple(found for found in self.findings if isinstance(found, Undecided))

    @property
    def is_full(self) -> bool:
        """Whether every edit is noticed, or proved to change nothing."""
        return self.all_made and not self.survivors and not self.undecided


@frozen
class Listener:
    """What wants to hear of the edits as they are judged: each finding, and how many of how many are done."""

    found: Callable[[Finding], None] = field(default=lambda _: None)
    done: Callable[[int, int], None] = field(default=lambda _, __: None)


def mutations_of(
    located: LocatedSet,
    prover: Prover | None = None,
    *,
    deadline: Deadline = NEVER,
    listener: Listener | None = None,
) -> Mutations:
    """Every small edit of a set tried against its embedded tests, which must pass as the set is.

    What is not judged by the `deadline` is `Undecided`.
    """
    told = listener or Listener()
    made = _Made()
    made.take(edits_of(located), deadline.part(_LISTING))
    search = Search(located.criteria)
    noticed = 0
    findings: list[Finding] = []
    for index, edit in enumerate(made.edits):
        told.done(index, len(made.edits))
        finding = _found(search, edit, prover, deadline.turn(len(made.edits) - index))
        noticed += finding is None
        if finding is not None:
            findings.append(finding)
            told.found(finding)
    told.done(len(made.edits), len(made.edits))
    return Mutations(located.criteria, noticed, tuple(findings), made.all)


@define
class _Made:
    """The edits that were made in time, and whether those are all."""

    edits: list[Edit] = field(factory=list)
    all: bool = True

    def take(self, edits: Iterator[Edit], deadline: Deadline) -> None:
        for edit in edits:
            self.edits.append(edit)
            if deadline.passed:
                self.all = False
                return


def _found(search: Search, edit: Edit, prover: Prover | None, deadline: Deadline) -> Finding | None:
    """What becomes of an edit; `None` where a test notices it."""
    if edit.same_because is not None:
        return Unchanged(edit, edit.same_because)
    if deadline.passed:
        return Undecided(edit, 0, in_time=False)
    if noticed_by(search.criteria, edit) is not None:
        return None
    trial = _Trial(search, edit)
    try:
        return trial.settled(prover, deadline)
    except OutOfTimeError:
        return Undecided(edit, trial.tried, in_time=False)


_Judges = tuple[ClauseJudge, ClauseJudge]
"""The judges of a clause as it is, and as it is edited."""


@define
class _Trial:
    """The search for a row that tells one edit; `tried` counts its rows."""

    search: Search
    edit: Edit
    tried: int = 0

    def settled(self, prover: Prover | None, deadline: Deadline) -> Finding:
        """What becomes of the edit; raises `OutOfTimeError` where that is not known by the `deadline`."""
        rows = self._rows(deadline)
        found = self._shown(rows, _FIRST_ROWS, deadline.part(_SEARCHING)) if prover is not None else None
        if found is None and prover is not None:
            answer = prover(self.search.criteria, self.edit, deadline)
            if isinstance(answer, str):
                return Unchanged(self.edit, answer)
            found = None if answer is None else self._tried_on(self._judges(answer.path), answer.row)
        found = found or self._shown(rows)
        return found or Undecided(self.edit, self.tried, in_time=True)

    def _judges(self, path: str) -> _Judges:
        return judge_of(self.search.criteria, path), judge_of(self.edit.criteria, path)

    def _rows(self, deadline: Deadline) -> Iterator[tuple[_Judges, Row]]:
        for path in self.edit.paths:
            judges = self._judges(path)
            for row in self.search.rows(self.edit, *judges, deadline):
                yield judges, row

    def _shown(
        self, rows: Iterator[tuple[_Judges, Row]], most: int | None = None, until: Deadline = NEVER
    ) -> Survivor | None:
        """The first row that tells the edit, of so many, up to a moment."""
        for judges, row in islice(rows, most):
            self.tried += 1
            found = self._tried_on(judges, row)
            if found is not None or until.passed:
                return found
        return None

    def _tried_on(self, judges: _Judges, row: Row) -> Survivor | None:
        before, after = (judge.verdict(row) for judge in judges)
        if before is after or not isinstance(before, Verdict):
            return None
        case = suggestion(judges[0].part, judges[0].path, row, notices=(self.edit.what,))
        # A test judges the whole set, of which another rule may have no value on this row.
        return Survivor(self.edit, case, after) if is_judged(RowJudge(self.search.criteria), case.row) else None
