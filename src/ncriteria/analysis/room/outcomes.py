"""How every clause, group and the whole set come out as one fact varies, all other facts as they are known."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import evolve, field, frozen

from ncriteria.analysis.deadline import NEVER, Deadline
from ncriteria.analysis.room.along import guard
from ncriteria.analysis.room.ends import Place
from ncriteria.analysis.room.piecewise import Piece, aligned, joined
from ncriteria.analysis.room.polynomials import Polynomial
from ncriteria.analysis.room.solving import Line, Sample, Unsolved, solve
from ncriteria.analysis.room.value_sets import Span, on_grid
from ncriteria.evaluation.lowering import LoweredSet
from ncriteria.evaluation.ready import Case, leaf
from ncriteria.evaluation.record import Record, seen_from
from ncriteria.evaluation.statuses import Status, group_status, satisfied, verdict
from ncriteria.evaluation.tracing import Step, trace
from ncriteria.language.exact import EXACT
from ncriteria.language.queries import facts_of
from ncriteria.language.tree import Expr, FactKey
from ncriteria.language.values import UNKNOWN, Undefined, Value
from ncriteria.sets.model import Bilingual, Clause, Combination, FactDeclaration, FactType, FactValue, Group, Verdict
from ncriteria.sets.structure import references

WHOLE = ""
"""The path that stands for the whole set."""


@frozen
class Judged:
    """How a member came out: its status, whether it applies by its own condition, and whether its rule has no value."""

    status: Status[Value]
    applies: Value
    undefined: bool


@frozen
class NoValue:
    """A rule that applies has no value, such as a division by zero, so that the evaluator gives no verdict."""


Outcome = Verdict | NoValue | Unsolved
_Pieces = tuple[Piece[Judged | Unsolved], ...]


@frozen
class Variable:
    """A fact that varies: its line, what it can be in terms of the line, and its values where it has only a few."""

    key: FactKey
    declaration: FactDeclaration
    line: Line
    span: Span
    choices: tuple[bool | str, ...] = ()

    def value(self, number: Fraction) -> FactValue:
        """The value of the fact that a number of the line stands for."""
        if self.choices:
            return self.choices[int(number)]
        if self.declaration.type is FactType.DATE:
            return datetime.date.fromordinal(int(number))
        return number


def variable(key: FactKey, declaration: FactDeclaration) -> Variable:
    """The fact `key` with all the values that its declaration allows."""
    step = step_of(declaration)
    match declaration.type:
        case FactType.BOOLEAN | FactType.ENUMERATION:
            choices = (False, True) if declaration.type is FactType.BOOLEAN else declaration.options
            span = Span(Fraction(0), Fraction(len(choices) - 1))
            return Variable(key, declaration, Line(Fraction(0), Fraction(1), grid=True), span, choices)
        case FactType.DATE:
            days = Span(Fraction(datetime.date.min.toordinal()), Fraction(datetime.date.max.toordinal()))
            return Variable(key, declaration, Line(Fraction(0), Fraction(1), grid=True), days)
        case FactType.COUNT | FactType.NUMBER:
            domain = Span(declaration.minimum, declaration.maximum)
            if step is None:
                return Variable(key, declaration, Line(Fraction(0), Fraction(1), grid=False), domain)
            inside = on_grid(domain, step)
            low = None if inside.low is None else inside.low / step
            high = None if inside.high is None else inside.high / step
            return Variable(key, declaration, Line(Fraction(0), step, grid=True), Span(low, high))


def step_of(declaration: FactDeclaration) -> Fraction | None:
    """The distance between the values of the fact, `None` where every rational between its limits is a value."""
    if declaration.type is FactType.NUMBER:
        return None if declaration.decimals is None else Fraction(1, 10**declaration.decimals)
    return Fraction(1)


_NOTHING = variable(FactKey(""), FactDeclaration("", Bilingual("", ""), FactType.BOOLEAN))
"""A fact that no rule mentions."""


@frozen
class Judging:
    """One record under one lowered set, with how every member comes out on what is known: the whole set is `WHOLE`.

    `rests_on` has the members that each rests on, `mentioned` the facts that its own rules mention.
    """

    lowered: LoweredSet
    record: Record
    known: Mapping[FactKey, FactValue]
    members: Mapping[str, Clause | Group]
    rests_on: Mapping[str, tuple[str, ...]]
    mentioned: Mapping[str, frozenset[FactKey]]
    settled: Mapping[str, Judged | Unsolved] = field(factory=dict)
    now: Mapping[str, Outcome] = field(factory=dict)


@frozen
class _Run:
    """One fact of one record, with the members solved so far."""

    judging: Judging
    variable: Variable
    deadline: Deadline = NEVER
    found: dict[str, _Pieces] = field(factory=dict)


def judging(lowered: LoweredSet, record: Record) -> Judging:
    """The record as it is known now; a rule without a value gives `NoValue` instead of an error."""
    whole = Group(WHOLE, lowered.criteria.title, Combination.ALL, lowered.criteria.clauses)
    members = {WHOLE: whole, **{member.path: member for member in lowered.criteria.members()}}
    rests_on = {path: tuple(dict.fromkeys(references(member))) for path, member in members.items()}
    mentioned = {path: _mentioned(lowered, path) for path in members}
    start = Judging(lowered, record, seen_from(record.values, record.year), members, rests_on, mentioned)
    run = _solved_run(start, _NOTHING, set(members))
    settled = {path: pieces[0].value for path, pieces in run.found.items()}
    return evolve(start, settled=settled, now={path: _told(run, path)[0].value for path in members})


def _mentioned(lowered: LoweredSet, path: str) -> frozenset[FactKey]:
    rules = lowered.clauses.get(path)
    exprs = () if rules is None else (rules.rule, rules.applies_when)
    return frozenset(key for expr in exprs if expr is not None for key in facts_of(expr))


def outcomes(judged: Judging, varying: Variable, deadline: Deadline = NEVER) -> dict[str, tuple[Piece[Outcome], ...]]:
    """The outcomes of every member that can depend on the fact, by path, in terms of its line.

    The whole set comes first. A member that no rule ties to the fact is not among them; what
    is not solved by the `deadline` is `Unsolved`.
    """
    touched = _touched(judged, varying.key)
    run = _solved_run(judged, varying, touched, deadline)
    return {path: _told(run, path) for path in judged.members if path in touched}


def _solved_run(judged: Judging, varying: Variable, touched: set[str], deadline: Deadline = NEVER) -> _Run:
    """Every member solved, each after those that it rests on; one that is not touched is as it is now."""
    run = _Run(judged, varying, deadline)
    for path in (*judged.lowered.order, WHOLE):
        if path in touched:
            run.found[path] = _solved(run, judged.members[path])
        else:
            run.found[path] = (Piece(varying.span, judged.settled[path]),)
    return run


def _touched(judged: Judging, key: FactKey) -> set[str]:
    """The members whose rules mention the fact, and those that rest on them."""
    found: set[str] = set()
    for path in (*judged.lowered.order, WHOLE):
        if key in judged.mentioned[path] or any(target in found for target in judged.rests_on[path]):
            found.add(path)
    return found


def _solved(run: _Run, member: Clause | Group) -> _Pieces:
    """A member on every span on which what it rests on stays as it is."""
    paths = run.judging.rests_on[member.path]
    pieces: list[Piece[Judged | Unsolved]] = []
    for span, values in aligned([run.found[path] for path in paths], run.variable.span):
        refusal = next((value for value in values if isinstance(value, Unsolved)), None)
        if refusal is not None:
            pieces.append(Piece(span, refusal))
            continue
        settled = {path: value for path, value in zip(paths, values, strict=True) if isinstance(value, Judged)}
        pieces.extend(_solved_on(run, member, settled, span))
    return joined(pieces, Fraction(1) if run.variable.line.grid else None)


def _solved_on(run: _Run, member: Clause | Group, settled: Mapping[str, Judged], span: Span) -> _Pieces:
    judging = run.judging
    rules = judging.lowered.clauses.get(member.path)
    rule, applies_when = (None, None) if rules is None else (rules.rule, rules.applies_when)
    key = run.variable.key

    def judged(number: Fraction) -> Sample[Judged]:
        known = {**judging.known, key: run.variable.value(number)}
        met = {path: satisfied(EXACT, value.status) for path, value in settled.items()}
        case = Case(known, judging.record.shares, met)

        def traced(expr: Expr | None) -> Step | None:
            if expr is None:
                return None
            return trace(expr, lambda node: leaf(judging.lowered, node)(case))

        condition, body = traced(applies_when), traced(rule)

        def guards(place: Place, form: Polynomial) -> None:
            for step in (condition, body):
                if step is not None:
                    guard(place, step, key, form)

        return Sample(_judged(member, condition, body, settled), guards)

    if key not in judging.mentioned[member.path]:
        return (Piece(span, judged(_start(span)).outcome),)
    if run.variable.choices:
        numbers = range(int(_start(span)), int(span.high or 0) + 1)
        return tuple(Piece(Span(Fraction(n), Fraction(n)), judged(Fraction(n)).outcome) for n in numbers)
    return solve(judged, run.variable.line, span, run.deadline)


def _start(span: Span) -> Fraction:
    """A number of a closed span, or 0."""
    return span.low or Fraction(0)


def _judged(member: Clause | Group, condition: Step | None, body: Step | None, settled: Mapping[str, Judged]) -> Judged:
    """The status of a member from the traces of its expressions; this is how `judging` makes it."""
    nowhere = condition is not None and isinstance(condition.value, Undefined)
    applies: Value = True if condition is None else UNKNOWN if nowhere else condition.value
    if isinstance(member, Group):
        inner = [settled[part.path].status for part in member.members]
        return Judged(group_status(EXACT, member, applies, inner), applies, nowhere)
    holds: Value = UNKNOWN
    if body is not None and not isinstance(body.value, Undefined):
        holds = body.value
    missing = body is not None and isinstance(body.value, Undefined) and applies is True
    return Judged(Status(applies, holds), applies, nowhere or missing)


def _told(run: _Run, path: str) -> tuple[Piece[Outcome], ...]:
    """The verdicts of a member; there is none where a clause that it rests on, or it itself, has no value."""
    below = _rests_on(run.judging, path)
    undefined = [part for part in below if any(_is_undefined(piece.value) for piece in run.found[part])]
    around = dict.fromkeys(outer for part in undefined for outer in _groups_around(part))
    paths = tuple(dict.fromkeys((path, *undefined, *around)))
    pieces: list[Piece[Outcome]] = []
    for span, values in aligned([run.found[part] for part in paths], run.variable.span):
        pieces.append(Piece(span, _outcome(dict(zip(paths, values, strict=True)), path, undefined)))
    return joined(pieces, Fraction(1) if run.variable.line.grid else None)


def _is_undefined(value: Judged | Unsolved) -> bool:
    return isinstance(value, Judged) and value.undefined


def _rests_on(judged: Judging, path: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    pending = [path]
    while pending:
        current = pending.pop()
        if current not in found:
            found[current] = None
            pending.extend(judged.rests_on[current])
    return tuple(found)


def _groups_around(path: str) -> Iterable[str]:
    steps = path.split("/")
    return ("/".join(steps[:depth]) for depth in range(1, len(steps)))


def _outcome(values: Mapping[str, Judged | Unsolved], path: str, undefined: list[str]) -> Outcome:
    for value in values.values():
        if isinstance(value, Unsolved):
            return value
    judged = {name: value for name, value in values.items() if isinstance(value, Judged)}
    for part in undefined:
        if judged[part].undefined and all(judged[outer].applies is True for outer in _groups_around(part)):
            return NoValue()
    return verdict(judged[path].status)
