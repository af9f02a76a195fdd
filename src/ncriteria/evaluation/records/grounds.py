"""What the verdicts of one record rest on and wait for, worked out for each clause when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import TypeVar

from attrs import field

from ncriteria.evaluation.graded import Graded, graded_at
from ncriteria.evaluation.lowering import LoweredSet
from ncriteria.evaluation.records import simplifying
from ncriteria.evaluation.records.comparisons import Ground
from ncriteria.evaluation.records.ready import Case
from ncriteria.evaluation.records.record import Record
from ncriteria.evaluation.records.residuals import residual
from ncriteria.evaluation.records.simplifying import CONDITIONS
from ncriteria.evaluation.records.tracing import Step
from ncriteria.evaluation.shared_traces import SharedTrace, kept_traces
from ncriteria.evaluation.statuses import Judged, Status, group_status, groups_around, satisfied
from ncriteria.facts.attestations.model import Attestation
from ncriteria.language.exact import EXACT
from ncriteria.language.queries import facts_of, walk
from ncriteria.language.tree import Boolean, Expr, FactKey, FactRef, Met, Parameter, Within
from ncriteria.language.values import Computed
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import Clause, Group

T = TypeVar("T")


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
class Kept:
    """What is kept of the grounds of one member, in place of its record: all but the traces.

    `lines` are its prose, and `left_lines` that of the condition that is left.
    """

    missing: tuple[FactKey, ...]
    open: Open
    left: Expr
    compared: tuple[Ground, ...] = ()
    lines: tuple[str, ...] = ()
    attested: tuple[Attestation, ...] = ()
    left_lines: tuple[str, ...] = ()
    given: Graded | None = None

    def once(self, _: str, what: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives: nothing is shared."""
        return make()

    def rule(self, _: str) -> Step | None:
        """No trace."""
        return None

    def applies_when(self, _: str) -> Step | None:
        """No trace."""
        return None

    def comparisons(self, _: str) -> tuple[Ground, ...]:
        """What the rule compares."""
        return self.compared

    def residual(self, _: str) -> Expr:
        """The condition that is left."""
        return self.left

    def waiting(self, _: str) -> Waiting:
        """The facts, and all else, that the verdict waits for."""
        return self.missing, self.open

    def attestations(self, _: str) -> tuple[Attestation, ...]:
        """The attestations that the verdict rests on."""
        return self.attested

    def graded(self, _: str) -> Graded | None:
        """The grade."""
        return self.given


_NOTHING_OPEN = Open()
Waiting = tuple[tuple[FactKey, ...], Open]


@frozen(eq=False)
class Grounds:
    """One judged record: `judged` has every member by path, `case` what rules look at.

    A clause that an attestation decides has no traces: what is not asked is not told.
    """

    lowered: LoweredSet
    case: Case
    judged: Mapping[str, Judged[Computed]]
    record: Record
    _traces: dict[str, SharedTrace] = field(factory=dict, init=False, repr=False)
    _conditions: dict[str, Status[Expr]] = field(factory=dict, init=False, repr=False)
    _waiting: dict[str, Waiting] = field(factory=dict, init=False, repr=False)

    def once(self, path: str, what: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives of a clause, made once for all records of which nothing else can be said of it."""
        if self.record.has_values_alone and self.record.year == self.lowered.year:
            trace = None if self.judged[path].undefined is True else self._shared(path)
            if trace is not None:
                return trace.once(what, make)
        return make()

    def _shared(self, path: str) -> SharedTrace | None:
        """The trace of a clause, where it is all that the verdict rests on."""
        kept = kept_traces(self.lowered).get(path)
        return self._trace(path) if kept is not None and kept.tells_all else None

    def _trace(self, path: str) -> SharedTrace | None:
        """How the rules of a clause or group came out; `None` where an attestation decides."""
        if path not in self._traces:
            kept = kept_traces(self.lowered).get(path)
            if kept is None or path in self.record.attested:
                return None
            self._traces[path] = kept.of(self.case)
        return self._traces[path]

    def rule(self, path: str) -> Step | None:
        """The trace of the rule of a clause."""
        trace = self._trace(path)
        return None if trace is None else trace.rule

    def attestations(self, path: str) -> tuple[Attestation, ...]:
        """The attestation that decides a clause, or those of the facts that its rule and its condition look at."""
        if path in self.record.attested:
            return (self.record.attested[path],)
        rules = self.lowered.clauses.get(path)
        if rules is None or not self.record.attested_facts:
            return ()
        mentioned = {key for expr in rules.forms for key in facts_of(expr)}
        return tuple(one for key, one in self.record.attested_facts.items() if key in mentioned)

    def applies_when(self, path: str) -> Step | None:
        """The trace of the condition of a clause or group."""
        trace = self._trace(path)
        return None if trace is None else trace.applies_when

    def residual(self, path: str) -> Expr:
        """The condition that is left, with facts of fixed years written as the rules write them."""
        return self.once(path, "residual", lambda: self.lowered.as_written(self.left(path)))

    def comparisons(self, path: str) -> tuple[Ground, ...]:
        """What the rule of a clause compares."""
        from ncriteria.evaluation.explanation.grounds import comparisons  # which tells of results, and so of these

        trace = self._trace(path)
        if trace is None or trace.rule is None:
            return ()
        rule = trace.rule
        return trace.once("comparisons", lambda: comparisons(self.lowered, path, rule))

    def left(self, path: str) -> Expr:
        """The condition that is left to decide the verdict; true or false where it is certain.

        A rule without a value is an error where the groups around it apply, so it waits for whether they do.
        """
        own = self._left_of_itself(path)
        if self.judged[path].undefined is not True:
            return own
        around = [outer for outer in groups_around(path) if outer in self.judged]
        if any(self.judged[outer].condition is False for outer in around):
            return own
        conditions = (_left(self.judged[outer].condition, self.applies_when, outer) for outer in around)
        return simplifying.any_of([*map(simplifying.opposite, conditions), own])

    def _left_of_itself(self, path: str) -> Expr:
        """What is left of a member whatever the groups around it."""
        return self.once(path, "left", lambda: self._left_now(path))

    def _left_now(self, path: str) -> Expr:
        status = self.judged[path]
        if status.applies is False:
            return simplifying.TRUE
        if status.applies is True:
            if status.holds is True:
                return simplifying.TRUE
            return simplifying.FALSE if status.holds is False else self._conditions_of(path).holds
        conditions = self._conditions_of(path)
        return conditions.applies if satisfied(EXACT, status) is True else satisfied(CONDITIONS, conditions)

    def waiting(self, path: str) -> Waiting:
        """The facts, and all else, that the verdict waits for; references to clauses are followed."""
        if path not in self._waiting:
            self._waiting[path] = self.once(path, "waiting", lambda: self._waiting_for(path))
        return self._waiting[path]

    def graded(self, path: str) -> Graded | None:
        """The grade of a member that has a scale, and applies."""
        scale = self.lowered.scales.get(path)
        return None if scale is None else graded_at(path, scale, self.judged, lambda one: self.waiting(one)[0])

    def _conditions_of(self, path: str) -> Status[Expr]:
        """What is left of whether a member applies, and of whether it holds."""
        if path not in self._conditions:
            self._conditions[path] = self._left_of(self.lowered.members[path], self.judged[path])
        return self._conditions[path]

    def _left_of(self, member: Clause | Group, judged: Judged[Computed]) -> Status[Expr]:
        condition = _left(judged.condition, self.applies_when, member.path)
        if isinstance(member, Group):
            inner = [self._conditions_of(part.path) for part in member.members]
            return group_status(CONDITIONS, member, condition, inner)
        if self.lowered.clauses[member.path].rule is None:
            return Status(condition, Met(member.path))
        return Status(condition, _left(judged.holds, self.rule, member.path))

    def _waiting_for(self, path: str) -> Waiting:
        if isinstance(self.left(path), Boolean):
            return (), _NOTHING_OPEN
        missing: dict[FactKey, None] = {}
        clauses: dict[str, None] = {}
        parameters: dict[str, None] = {}
        roll_ups: dict[tuple[str, str], None] = {}
        for node in self._nodes_left(path, {path}):
            match node:
                case FactRef(key=key):
                    missing[self.lowered.fixed.get(key, key)] = None
                case Parameter(name=name):
                    parameters[name] = None
                case Within(level=level, path=inner):
                    roll_ups[level, inner] = None
                case Met(path=inner):
                    clauses[inner] = None
                case _:
                    pass
        return tuple(missing), Open(tuple(clauses), tuple(parameters), tuple(roll_ups))

    def _nodes_left(self, path: str, seen: set[str]) -> Iterator[Expr]:
        """The nodes of what is left of a member and, in place of references, of the members referred to, each once.

        A clause that is not encoded is left as a reference to itself.
        """
        for node in walk(self.left(path)):
            if not isinstance(node, Met) or (node.path == path and self._is_not_encoded(path)):
                yield node
            elif node.path not in seen:
                seen.add(node.path)
                yield from self._nodes_left(node.path, seen)

    def _is_not_encoded(self, path: str) -> bool:
        return isinstance(self.lowered.members[path], Clause) and self.lowered.clauses[path].rule is None


def _left(value: Computed, traced: Callable[[str], Step | None], path: str) -> Expr:
    """What is left of a truth that came out as `value`."""
    if isinstance(value, bool):
        return simplifying.TRUE if value else simplifying.FALSE
    step = traced(path)
    assert step is not None, "a condition that is not there is true"
    return residual(step)
