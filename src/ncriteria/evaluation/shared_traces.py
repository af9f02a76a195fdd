"""Rules traced once for all records in which they see the same values, with what is said of them there."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Final, TypeVar, cast, get_args

from attrs import field

from ncriteria.evaluation.lowering import LoweredClause, LoweredSet
from ncriteria.evaluation.records.ready import Case, Traced, leaf, traces_of
from ncriteria.evaluation.records.tracing import Step
from ncriteria.language import tree as t
from ncriteria.language.meaning import Leaf
from ncriteria.language.queries import walk
from ncriteria.language.values import Value
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import Clause

T = TypeVar("T")
_LEAVES: Final = get_args(Leaf)
_OF_THE_UNIT: Final = (t.FactRef, t.Parameter, t.AssessmentYear)
"""Leaves that tell all that they are by their value; others rest on further clauses, or on further units."""
_MOST: Final = 1_000
"""How many traces of one clause are kept at a time."""


@frozen(eq=False)
class SharedTrace:
    """How the rule and the condition of a clause came out for some values of all that they look at.

    Every record with these values has this trace, so that what is made of it, such as its words, is made once.
    """

    rule: Step | None
    applies_when: Step | None
    _made: dict[Hashable, object] = field(factory=dict, init=False, repr=False)

    def once(self, what: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives; it is called when `what` is asked for the first time."""
        if what not in self._made:
            self._made[what] = make()
        return cast("T", self._made[what])


@frozen(eq=False)
class TracesOfClause:
    """The traces of a clause or group, by the values of what its rules look at.

    `tells_all` says that a trace is all that the verdict on the clause rests on.
    """

    looks: tuple[Callable[[Case], Value], ...]
    traces: LoweredClause[Traced]
    tells_all: bool
    _found: dict[Hashable, SharedTrace] = field(factory=dict, init=False, repr=False)

    def of(self, case: Case) -> SharedTrace:
        """The trace in a case."""
        seen = tuple([look(case) for look in self.looks])
        found = self._found.get(seen)
        if found is None:
            if len(self._found) >= _MOST:
                self._found.clear()
            rule, applies_when = self.traces.rule, self.traces.applies_when
            found = SharedTrace(rule and rule(case), applies_when and applies_when(case))
            self._found[seen] = found
        return found


def traces_by_path(lowered: LoweredSet) -> dict[str, TracesOfClause]:
    """The traces of the clauses and groups of a lowered set, by path; none is made yet."""
    return {path: _traces_of_clause(lowered, path, traces) for path, traces in traces_of(lowered).items()}


kept_traces = lru_cache(maxsize=32)(traces_by_path)


def _traces_of_clause(lowered: LoweredSet, path: str, traces: LoweredClause[Traced]) -> TracesOfClause:
    rules, member = lowered.clauses[path], lowered.members[path]
    leaves = dict.fromkeys(node for expr in rules.forms for node in walk(expr) if isinstance(node, _LEAVES))
    of_the_unit = all(isinstance(node, _OF_THE_UNIT) for node in leaves)
    looks = [leaf(lowered, node) for node in leaves if not isinstance(node, t.Parameter)]
    tells_all = of_the_unit and isinstance(member, Clause) and path not in lowered.scales
    return TracesOfClause(tuple(looks), traces, tells_all)
