"""Finding clauses that no record meets, that every record meets, or that the rest of their set makes redundant."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve, field

from ncriteria.analysis.deadline import Deadline, OutOfTimeError
from ncriteria.analysis.proof.judging import ClauseSide, SetInYear
from ncriteria.analysis.proof.prove_remarks import Remark, RemarkKind, Remarks
from ncriteria.analysis.proof.relation import WHOLE
from ncriteria.analysis.proof.solving import solver
from ncriteria.analysis.proof.solving.sets import Encoded, encode_set
from ncriteria.analysis.proof.solving.variables import Variables
from ncriteria.quick_classes import define, frozen
from ncriteria.sets.model import Clause, CriteriaSet, Group
from ncriteria.sets.structure import facts_of_member, references

Member = Clause | Group
_ON_ITS_OWN = 0.5
"""The share of the time in which each clause is looked at on its own."""


@frozen
class _ClauseQuestion:
    """A clause as formulas, over records that can be judged; parts that are open may turn out any way."""

    variables: Variables
    encoded: Encoded
    deadline: Deadline

    def never(self, *formulas: solver.Formula) -> bool:
        """Whether no record does what the formulas say."""
        found = solver.solve([*self.variables.domain, *self.encoded.judged, *formulas], self.deadline)
        if found is solver.NoModel.UNDECIDED:
            raise OutOfTimeError
        return found is solver.NoModel.IMPOSSIBLE


def _question(judged: SetInYear, side: ClauseSide, deadline: Deadline) -> _ClauseQuestion:
    """Raises `OutOfTimeError` where the rules are not written for the solver by the `deadline`."""
    deadline.check()
    declared = side.lowered.criteria.facts
    variables = Variables({name: (one,) for name, one in declared.items()}, judged.year)
    return _ClauseQuestion(variables, encode_set(side.lowered, variables, deadline, open_parts_vary=True), deadline)


@define
class _RemarksFound:
    """What has been found so far, by path."""

    found: dict[str, Remark] = field(factory=dict)
    undecided: dict[str, None] = field(factory=dict)


@solver.one_at_a_time
def remarks(judged: SetInYear, deadline: Deadline) -> Remarks:
    """What is worth a second look in a set as it judges one year, as far as the solver comes by the `deadline`."""
    findings = _RemarksFound()
    _tell_kinds(findings, judged, deadline.part(_ON_ITS_OWN))
    _tell_redundancies(findings, judged, deadline)
    order = [member.path for member in judged.criteria.members()]
    return Remarks(
        tuple(findings.found[path] for path in order if path in findings.found),
        tuple(path for path in order if path in findings.undecided),
    )


def _tell_kinds(findings: _RemarksFound, judged: SetInYear, deadline: Deadline) -> None:
    """Add what there is to say of each clause and group on its own."""
    # Members come before the groups around them, so that a group is not blamed for a member.
    members = list(reversed(list(judged.criteria.members())))
    for number, member in enumerate(members):
        try:
            kind = _kind(findings, judged, member, deadline.turn(len(members) - number))
        except OutOfTimeError:
            findings.undecided[member.path] = None
        else:
            if kind is not None:
                findings.found[member.path] = Remark(kind, member.path)


def _tell_redundancies(findings: _RemarksFound, judged: SetInYear, deadline: Deadline) -> None:
    """Add the clauses that the set can do without, where some record of which all facts are known passes it at all."""
    clauses = list(_removable(findings, judged.criteria))
    try:
        asked = _question(judged, judged.side(WHOLE), deadline)
    except OutOfTimeError:
        findings.undecided |= dict.fromkeys(clause.path for clause in clauses)
        return
    if not _can_pass(evolve(asked, deadline=deadline.turn(len(clauses) + 1))):
        return
    for number, clause in enumerate(clauses):
        try:
            remark = _redundancy(evolve(asked, deadline=deadline.turn(len(clauses) - number)), judged, clause)
        except OutOfTimeError:
            findings.undecided[clause.path] = None
        else:
            if remark is not None:
                findings.found[clause.path] = remark


def _kind(findings: _RemarksFound, judged: SetInYear, member: Member, deadline: Deadline) -> RemarkKind | None:
    """What there is to say of a clause or group on its own; nothing that its members say already."""
    blamed = {findings.found[path].kind for path in _inside(member) if path in findings.found}
    asked = _question(judged, judged.side(member.path), deadline)
    status, passes = asked.encoded.status(member.path), asked.encoded.passes(member.path)
    if member.applies_when is not None and asked.never(status.applies.true):
        return RemarkKind.NEVER_APPLIES
    if not blamed and asked.never(status.applies.true, status.holds.true):
        return RemarkKind.NEVER_MET
    if blamed or not asked.never(passes.false):
        return None
    return RemarkKind.ALWAYS_MET if asked.never(*asked.variables.known, solver.opposite(passes.true)) else None


def _inside(member: Member) -> Iterator[str]:
    if isinstance(member, Group):
        for inner in member.members:
            yield inner.path
            yield from _inside(inner)


def _removable(findings: _RemarksFound, criteria: CriteriaSet) -> Iterator[Clause]:
    """The clauses that the set could do without: nothing refers to them, and other rules ask for facts of theirs."""
    members = list(criteria.members())
    groups = [member for member in members if isinstance(member, Group)]
    referred = {
        path
        for member in members
        for path in references(member, criteria.years)
        if not path.startswith(f"{member.path}/")
    }
    alone = {group.members[0].path for group in groups if len(group.members) == 1}
    clauses = [member for member in members if isinstance(member, Clause)]
    for clause in clauses:
        facts = facts_of_member(clause)
        shared = any(facts & facts_of_member(other) for other in members if other is not clause)
        if clause.rule is not None and shared and clause.path not in findings.found.keys() | referred | alone:
            yield clause


def _can_pass(asked: _ClauseQuestion) -> bool:
    """Whether some record of which all facts are known passes the set; where none does, no clause makes a difference.

    Where that is not decided, each clause is asked about on its own.
    """
    try:
        return not asked.never(*asked.variables.known, asked.encoded.passes(WHOLE).true)
    except OutOfTimeError:
        return True


def _redundancy(asked: _ClauseQuestion, judged: SetInYear, clause: Clause) -> Remark | None:
    """Whether the set `asked` about passes and fails the same records without `clause`, and which clauses imply it."""
    rest = evolve(judged.criteria, clauses=_without(judged.criteria.clauses, clause.path))
    if not rest.clauses:
        return None
    asked.deadline.check()
    known = asked.variables.known
    remaining = encode_set(judged.lowered(rest), asked.variables, asked.deadline, open_parts_vary=True)
    with_it, without = asked.encoded.passes(WHOLE).true, remaining.passes(WHOLE).true
    if not asked.never(*known, solver.opposite(solver.same(with_it, without))):
        return None
    passes = asked.encoded.passes(clause.path).true
    implying = [
        other.path
        for other in judged.criteria.members()
        if isinstance(other, Clause) and other.path != clause.path and facts_of_member(other) & facts_of_member(clause)
        if asked.never(*known, asked.encoded.passes(other.path).true, solver.opposite(passes))
    ]
    return Remark(RemarkKind.REDUNDANT, clause.path, tuple(implying))


def _without(members: tuple[Member, ...], path: str) -> tuple[Member, ...]:
    return tuple(
        evolve(member, members=_without(member.members, path)) if isinstance(member, Group) else member
        for member in members
        if member.path != path
    )
