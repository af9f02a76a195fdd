"""What makes a row flip: the clauses and groups whose verdicts differ, and the facts that decided them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ncriteria.evaluation.records.tracing import Step
from ncriteria.evaluation.result import ClauseResult, Result
from ncriteria.language import tree as t
from ncriteria.language.values import Value
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import Combination, Group, Verdict
from ncriteria.sets.sources import Citation

_FROM_WORST = (Verdict.NOT_MET, Verdict.UNDETERMINED, Verdict.MET)


@frozen
class Cause:
    """One clause or group that makes a row flip, as each set has it; `None` where a set does not have it.

    `facts` are those whose values decided it under either set, by fact and period.
    """

    path: str
    old: ClauseResult | None
    new: ClauseResult | None
    facts: Mapping[t.FactKey, Value]


def causes(old: Result | None, new: Result | None) -> tuple[Cause, ...]:
    """Why two results on one row differ; none where one of the sets has no result.

    A clause is a cause where its verdicts differ, and, if only one set has it, where it decides the group that it
    stands in. A group is one where its verdicts differ and nothing in it tells why, or it is put together otherwise.
    """
    if old is None or new is None:
        return ()
    run = _ResultPair(old, new)
    paths = dict.fromkeys([*_found(run, ""), *_elsewhere(run)])
    return tuple(_cause(run, path) for path in paths)


@frozen
class _ResultPair:
    """The results of one row under both sets."""

    old: Result
    new: Result

    def pair(self, path: str) -> tuple[ClauseResult | None, ClauseResult | None]:
        return self.old.clauses.get(path), self.new.clauses.get(path)

    def differs(self, path: str) -> bool:
        """Whether both sets have the path, with another verdict."""
        old, new = self.pair(path)
        return old is not None and new is not None and old.verdict is not new.verdict


def _cause(run: _ResultPair, path: str) -> Cause:
    old, new = run.pair(path)
    facts: dict[t.FactKey, Value] = {}
    for result, outcome in ((run.old, old), (run.new, new)):
        if outcome is not None:
            facts.update(deciding_facts(result, outcome))
    return Cause(path, old, new, facts)


def _found(run: _ResultPair, path: str) -> Iterator[str]:
    """The causes inside a group whose verdicts differ; the empty path is the whole set."""
    inside = list(_inside(run, path))
    yield from inside
    if not path:
        yield from () if inside else _one_sided(run)
    elif not inside or _put_together(run.old, path) != _put_together(run.new, path):
        yield path


def _one_sided(run: _ResultPair) -> Iterator[str]:
    """What only one of the sets has, where the whole set differs and no clause tells why."""
    if run.old.verdict is not run.new.verdict:
        tops = dict.fromkeys([*_members(run.new, ""), *_members(run.old, "")])
        yield from (path for path in tops if None in run.pair(path))


def _inside(run: _ResultPair, path: str) -> Iterator[str]:
    members = dict.fromkeys([*_members(run.new, path), *_members(run.old, path)])
    for member in members:
        old, new = run.pair(member)
        if old is not None and new is not None:
            if run.differs(member):
                both_groups = isinstance(old.clause, Group) and isinstance(new.clause, Group)
                yield from _found(run, member) if both_groups else (member,)
        elif _can_move(run, path, added=old is None):
            yield from _decisive(run.new if old is None else run.old, path, member)


def _can_move(run: _ResultPair, group: str, *, added: bool) -> bool:
    """Whether a member that only one set has can have moved the verdict of the group to where it went.

    A further member of a group that must be met whole can only make its verdict worse; of another kind of group,
    only better.
    """
    before, after = _verdict(run.old, group), _verdict(run.new, group)
    if before is after:
        return False
    if Verdict.NOT_APPLICABLE in (before, after):
        return True
    grew_worse = _FROM_WORST.index(after) < _FROM_WORST.index(before)
    is_whole = _combination(run.new if added else run.old, group) is Combination.ALL
    return grew_worse is (is_whole is added)


def _elsewhere(run: _ResultPair) -> Iterator[str]:
    """The clauses and groups that differ in a group that comes out alike, each with its own causes."""
    for path, outcome in run.new.clauses.items():
        if run.differs(path):
            old = run.old.clauses[path]
            both_groups = isinstance(outcome.clause, Group) and isinstance(old.clause, Group)
            yield from _found(run, path) if both_groups else (path,)


def _decisive(result: Result, group: str, path: str) -> Iterator[str]:
    """`path`, or what in it decides, where it decides the verdict of the group around it."""
    if not _decides(result, group, path):
        return
    outcome = result.clauses[path]
    inner = [found for member in _members(result, path) for found in _decisive(result, path, member)]
    yield from inner if isinstance(outcome.clause, Group) and inner else (path,)


def _decides(result: Result, group: str, path: str) -> bool:
    verdict = result.clauses[path].verdict
    if verdict is not _verdict(result, group):
        return False
    harmless = {Combination.ALL: Verdict.MET, Combination.ANY: Verdict.NOT_MET}.get(_combination(result, group))
    return verdict is not harmless


def _combination(result: Result, path: str) -> Combination:
    """How a group is made of its members; the whole set needs all of its own."""
    clause = result.clauses[path].clause if path else None
    return clause.combination if isinstance(clause, Group) else Combination.ALL


def _verdict(result: Result, path: str) -> Verdict:
    return result.clauses[path].verdict if path else result.verdict


def _members(result: Result, path: str) -> Iterator[str]:
    if not path:
        yield from (member.path for member in result.criteria.clauses)
    elif path in result.clauses:
        clause = result.clauses[path].clause
        yield from (member.path for member in clause.members) if isinstance(clause, Group) else ()


def _put_together(result: Result, path: str) -> object:
    group = result.clauses[path].clause
    return (
        (group.combination, group.minimum, group.counts_not_applicable, group.applies_when)
        if isinstance(group, Group)
        else None
    )


def deciding_facts(result: Result, outcome: ClauseResult) -> dict[t.FactKey, Value]:
    """The facts whose values decided a clause or group, by fact and period as seen from the assessment year."""
    return {leaf.expr.key: leaf.value for leaf in _deciding_leaves(result, outcome) if isinstance(leaf.expr, t.FactRef)}


def deciding_citations(result: Result, outcome: ClauseResult) -> tuple[tuple[str | None, Citation], ...]:
    """The citations of a clause, then those of the parameters that decided it, each with the parameter's name."""
    own = [(None, citation) for citation in outcome.clause.cite]
    parameters = dict.fromkeys(
        leaf.expr.name for leaf in _deciding_leaves(result, outcome) if isinstance(leaf.expr, t.Parameter)
    )
    declared = result.criteria.parameters
    return tuple(dict.fromkeys([*own, *((name, cite) for name in parameters for cite in declared[name].cite)]))


def _deciding_leaves(result: Result, outcome: ClauseResult, seen: frozenset[str] = frozenset()) -> Iterator[Step]:
    """The leaves of the traces that decided; what a reference to another clause rests on counts too."""
    if outcome.path in seen:
        return
    seen |= {outcome.path}
    for step in _deciding_traces(outcome):
        for leaf in _deciding(step):
            yield leaf
            if isinstance(leaf.expr, t.Met):
                yield from _deciding_leaves(result, result.clauses[leaf.expr.path], seen)
    if isinstance(outcome.clause, Group) and outcome.verdict is not Verdict.NOT_APPLICABLE:
        for member in outcome.clause.members:
            inner = result.clauses[member.path]
            if inner.verdict is outcome.verdict:
                yield from _deciding_leaves(result, inner, seen)


def _deciding_traces(outcome: ClauseResult) -> Iterator[Step]:
    if outcome.applies_when is not None:
        yield outcome.applies_when
    if outcome.rule is not None and outcome.verdict is not Verdict.NOT_APPLICABLE:
        yield outcome.rule


def _deciding(step: Step) -> Iterator[Step]:
    """The leaves that decided: of `and` and `or` only in the operands that made them what they are."""
    match step.expr:
        case t.And() | t.Or() | t.Call(function=t.Function.ALL | t.Function.ANY):
            decided = isinstance(step.value, bool)
            for part in step.parts:
                if part.value is step.value if decided else not isinstance(part.value, bool):
                    yield from _deciding(part)
        case t.If() if isinstance(step.parts[0].value, bool):
            condition, consequence, alternative = step.parts
            yield from _deciding(condition)
            yield from _deciding(consequence if condition.value else alternative)
        case _ if step.parts:
            for part in step.parts:
                yield from _deciding(part)
        case _:
            yield step
