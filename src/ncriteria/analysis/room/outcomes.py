"""How every clause, group and the whole set come out as one fact varies, all other facts as they are known."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import TypeVar, cast

from attrs import field

from ncriteria.analysis.deadline import NEVER, Deadline
from ncriteria.analysis.room.along import Along, Around, OneFact, Varied, choice_of, day_at, number_at, varied
from ncriteria.analysis.room.ends import Place, Unsolved
from ncriteria.analysis.room.piecewise import Piece, aligned, joined
from ncriteria.analysis.room.solving import solve
from ncriteria.analysis.room.value_sets import Choices, NumberRange, Values, ValueSet, on_grid, united
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.graded import paths_to, status_of_grade
from ncriteria.evaluation.lowering import LoweredClause, LoweredSet
from ncriteria.evaluation.records.judging import statuses
from ncriteria.evaluation.records.ready import Case
from ncriteria.evaluation.records.record import Record
from ncriteria.evaluation.statuses import Judged, Status, groups_around, judge_member, satisfied, verdict, without_value
from ncriteria.language import tree as t
from ncriteria.language.exact import EXACT
from ncriteria.language.meaning import Domain
from ncriteria.language.queries import walk
from ncriteria.language.tree import Expr, FactKey
from ncriteria.language.values import UNKNOWN, Computed
from ncriteria.quick_classes import frozen
from ncriteria.sets.grades.scales import is_grade, is_scale
from ncriteria.sets.model import FactDeclaration, FactType, FactValue, Rolled, Verdict
from ncriteria.sets.structure import references

V = TypeVar("V")
MOST_REMEMBERED = 20_000
"""How many answers of one fact are kept for further records."""


@frozen
class NoValue:
    """A rule that applies has no value, such as a division by zero, so that the evaluator gives no verdict."""


Outcome = Verdict | NoValue | Unsolved


@frozen(eq=False)
class Course:
    """How a member comes out as a fact varies; equal ones of one fact are one object, so that they compare quickly."""

    pieces: tuple[Piece[Judged[Along]], ...]

    @property
    def may_be_undefined(self) -> bool:
        """Whether a rule of the member has no value somewhere."""
        return any(piece.value.undefined is not False for piece in self.pieces)


@frozen
class VaryingFact:
    """A fact that varies: what it can be, the distance between its values, and these where it has only a few.

    Days and the values of `choices` are told by their numbers. `step` is `None` where every rational is a value.
    """

    key: FactKey
    declaration: FactDeclaration
    span: NumberRange
    step: Fraction | None
    choices: tuple[bool | str, ...] = ()

    def values(self, spans: Iterable[NumberRange]) -> Values:
        """The spans as values of the fact."""
        if self.choices:
            inside = (number for span in spans for number in range(int(span.low or 0), int(span.high or 0) + 1))
            return Choices(tuple(self.choices[number] for number in sorted(inside)), self.choices)
        is_day = self.declaration.type is FactType.DATE
        return ValueSet(united(spans, self.step), self.span, self.step, days=is_day)

    @property
    def varying(self) -> Callable[[Place], Along]:
        """The fact around a place."""
        if self.choices:
            return choice_of(self.choices)
        return day_at if self.declaration.type is FactType.DATE else number_at


def variable(key: FactKey, declaration: FactDeclaration) -> VaryingFact:
    """The fact `key` with all the values that its declaration allows."""
    one = Fraction(1)
    match declaration.type:
        case FactType.BOOLEAN | FactType.ENUMERATION:
            choices = (False, True) if declaration.type is FactType.BOOLEAN else declaration.options
            return VaryingFact(key, declaration, NumberRange(Fraction(0), Fraction(len(choices) - 1)), one, choices)
        case FactType.DATE:
            first, last = (Fraction(day.toordinal()) for day in (datetime.date.min, datetime.date.max))
            return VaryingFact(key, declaration, NumberRange(first, last), one)
        case FactType.COUNT | FactType.NUMBER:
            limits = NumberRange(declaration.minimum, declaration.maximum)
            if declaration.type is FactType.NUMBER:
                if declaration.decimals is None:
                    return VaryingFact(key, declaration, limits, None)
                one = Fraction(1, 10**declaration.decimals)
            return VaryingFact(key, declaration, on_grid(limits, one), one)


@frozen(eq=False)
class Solved:
    """The outcomes of a member as a fact varies, and the values of the fact for each; one object for all like it."""

    pieces: tuple[Piece[Outcome], ...]
    values: Mapping[Outcome, Values]
    nothing: Values

    def where(self, wanted: Outcome) -> Values:
        """The values of the fact for which the member comes out as `wanted`."""
        return self.values.get(wanted, self.nothing)


@frozen(eq=False)
class Variation:
    """A fact of a set made ready to vary: the members that it touches, each after those that it rests on.

    `looks_at` is what the rules of each look at beside the fact and other members. What was solved is remembered by
    what is known of that, and of the members that it rests on.
    """

    variable: VaryingFact
    of: OneFact
    touched: tuple[str, ...]
    untouched: tuple[str, ...]
    rules: Mapping[str, LoweredClause[Varied]]
    looks_at: Mapping[str, _LooksAt]
    courses: dict[object, Course] = field(factory=dict)
    told: dict[object, Solved] = field(factory=dict)


@frozen
class _LooksAt:
    """What the rules of a member look at: facts, roll-ups, and other clauses; `varies` where one of them varies."""

    facts: tuple[FactKey, ...]
    shares: tuple[tuple[str, str], ...]
    clauses: tuple[str, ...]
    varies: bool


@frozen(eq=False)
class Prepared:
    """A lowered set made ready for the room of many records; for one thread at a time.

    `told_by` has the members whose statuses say how each comes out: itself alone, but for grades. `below` has every
    member that those rest on, they included.
    """

    lowered: LoweredSet
    rests_on: Mapping[str, tuple[str, ...]]
    told_by: Mapping[str, tuple[str, ...]]
    below: Mapping[str, tuple[str, ...]]
    variations: dict[FactKey, Variation] = field(factory=dict)


def prepare(lowered: LoweredSet) -> Prepared:
    """The set made ready; each fact is when it first varies."""
    rests_on = {
        path: tuple(dict.fromkeys(references(member, lowered.criteria.years)))
        for path, member in lowered.members.items()
    }
    below: dict[str, tuple[str, ...]] = {}
    for path, targets in rests_on.items():
        below[path] = tuple(dict.fromkeys((path, *(inner for target in targets for inner in below[target]))))
    grades = [path for path in lowered.members if is_grade(path) and not is_scale(path)]
    told_by = {path: (path,) for path in lowered.members} | {path: paths_to(lowered.scales, path) for path in grades}
    for path in grades:
        below[path] = tuple(dict.fromkeys(inner for part in told_by[path] for inner in below[part]))
    return Prepared(lowered, rests_on, told_by, below)


def _variation(prepared: Prepared, key: FactKey) -> Variation:
    if key not in prepared.variations:
        prepared.variations[key] = _made_variation(prepared, key)
    return prepared.variations[key]


def _made_variation(prepared: Prepared, key: FactKey) -> Variation:
    lowered, touched, looks_at = prepared.lowered, dict[str, None](), dict[str, _LooksAt]()
    for path in lowered.members:
        looks_at[path] = _looks_at(lowered, path, key)
        if looks_at[path].varies or any(target in touched for target in prepared.rests_on[path]):
            touched[path] = None
    varying = variable(key, lowered.criteria.facts[key.name])
    of, paths = OneFact(varying.varying), frozenset(touched)

    def ready(expr: Expr | None) -> Varied | None:
        return None if expr is None else varied(of, lowered, key, paths, expr)

    rules = {path: rules for path, rules in lowered.clauses.items() if path in paths}
    return Variation(
        varying,
        of,
        tuple(touched),
        tuple(path for path in lowered.members if path not in touched),
        {path: LoweredClause(ready(one.rule), ready(one.applies_when)) for path, one in rules.items()},
        looks_at,
    )


def _looks_at(lowered: LoweredSet, path: str, key: FactKey) -> _LooksAt:
    rules = lowered.clauses.get(path)
    nodes = [] if rules is None else [node for expr in rules.forms for node in walk(expr)]
    facts = dict.fromkeys(node.key for node in nodes if isinstance(node, t.FactRef))
    return _LooksAt(
        tuple(other for other in facts if other != key),
        tuple({(node.level, node.path): None for node in nodes if isinstance(node, t.Within)}),
        tuple({node.path: None for node in nodes if isinstance(node, t.Met)}),
        key in facts,
    )


@frozen
class RecordJudging:
    """One record under a set made ready, with how every member comes out on what is known."""

    prepared: Prepared
    known: Mapping[FactKey, FactValue]
    shares: Mapping[tuple[str, str], Rolled]
    settled: Mapping[str, Judged[Computed]]
    now: Mapping[str, Outcome]


def judging(prepared: Prepared, record: Record) -> RecordJudging:
    """The record as it is known now; a rule without a value gives `NoValue` instead of an error.

    Raises `EvaluationError` where the facts contradict an attestation.
    """
    found = statuses(prepared.lowered, record)
    if found.contradicted:
        raise EvaluationError(found.contradicted)
    undefined = {path for path, judged in found.judged.items() if judged.undefined is True}
    now = {
        path: _outcome(EXACT, prepared, found.judged, path, [one for one in prepared.below[path] if one in undefined])
        for path in found.judged
    }
    return RecordJudging(prepared, found.case.known, record.shares, found.judged, now)


def outcomes(
    judged: RecordJudging, key: FactKey, deadline: Deadline = NEVER
) -> tuple[VaryingFact, Mapping[str, Solved]]:
    """The fact `key`, and the outcomes of every member that can depend on it, by path.

    A member that no rule ties to the fact is not among them; what is not solved by the `deadline` is `Unsolved`.
    """
    variation = _variation(judged.prepared, key)
    settled = cast("Mapping[str, Judged[Along]]", judged.settled)
    met = {path: satisfied(EXACT, judged.settled[path]) for path in variation.untouched}
    case = Case(judged.known, judged.shares, met)
    run = _FactVaried(judged.prepared, variation, case, {path: settled[path] for path in variation.untouched}, deadline)
    for path in variation.touched:
        run.found[path] = _course(run, path)
    told = (path for path, parts in judged.prepared.told_by.items() if any(part in run.found for part in parts))
    return variation.variable, {path: _told(run, path) for path in told}


@frozen
class _FactVaried:
    """One fact of one record, with the members solved so far, and those that it does not touch as they are."""

    prepared: Prepared
    variation: Variation
    case: Case
    settled: Mapping[str, Judged[Along]]
    deadline: Deadline
    found: dict[str, Course] = field(factory=dict)

    def on(self, paths: Iterable[str]) -> tuple[Course | Judged[Along], ...]:
        """How the members come out, for telling whether it was so before."""
        return tuple(self.found[path] if path in self.found else self.settled[path] for path in paths)

    def spans(self, paths: Iterable[str]) -> Iterator[tuple[NumberRange, Mapping[str, Judged[Along]]]]:
        """The spans on which all of the members stay as they are, and how they and those not touched come out."""
        varying = [path for path in paths if path in self.found]
        for span, values in aligned([self.found[path].pieces for path in varying], self.variation.variable.span):
            yield span, {**self.settled, **dict(zip(varying, values, strict=True))}


def _course(run: _FactVaried, path: str) -> Course:
    """How a member comes out, which is solved once for what it rests on and looks at."""
    looks_at, courses = run.variation.looks_at[path], run.variation.courses
    key = (
        path,
        run.on(run.prepared.rests_on[path]),
        tuple([run.case.known.get(fact) for fact in looks_at.facts]),
        tuple([run.case.shares.get(share) for share in looks_at.shares]),
    )
    if key in courses:
        return courses[key]
    pieces = _solved(run, path)
    if run.deadline.passed:
        return Course(pieces)
    if len(courses) >= MOST_REMEMBERED:
        courses.clear()
        run.variation.told.clear()
    courses[key] = courses.setdefault(pieces, Course(pieces))
    return courses[key]


def _solved(run: _FactVaried, path: str) -> tuple[Piece[Judged[Along]], ...]:
    """A member on every span on which what it rests on stays as it is."""
    variation, variable, looks_at = run.variation, run.variation.variable, run.variation.looks_at[path]
    member, rules, of = run.prepared.lowered.members[path], variation.rules.get(path), variation.of
    pieces: list[Piece[Judged[Along]]] = []
    for span, inside in run.spans(run.prepared.rests_on[path]):
        around = Around(run.case, {target: satisfied(of, inside[target]) for target in looks_at.clauses})

        def judge(place: Place, around: Around = around, inside: Mapping[str, Judged[Along]] = inside) -> Judged[Along]:
            of.place = place
            return judge_member(of, member, rules, lambda rule: rule(around), lambda _: UNKNOWN, inside)

        for piece in solve(judge, span, variable.step, run.deadline):
            value = piece.value
            pieces.append(Piece(piece.span, Judged(*(value,) * 4) if isinstance(value, Unsolved) else value))
    return joined(pieces, variable.step)


def _told(run: _FactVaried, path: str) -> Solved:
    """The verdicts of a member; there is none where a clause that it rests on, or it itself, has no value."""
    undefined = [part for part in run.prepared.below[path] if _may_be_undefined(run, part)]
    paths = dict.fromkeys(
        (*run.prepared.told_by[path], *undefined, *(outer for part in undefined for outer in groups_around(part)))
    )
    rank = len(run.prepared.told_by[path])
    key, told = (rank, *undefined, *run.on(paths)), run.variation.told
    if key in told:
        return told[key]
    found = _newly_told(run, path, paths, undefined)
    if not run.deadline.passed:
        told[key] = found
    return found


def _newly_told(run: _FactVaried, path: str, paths: Iterable[str], undefined: list[str]) -> Solved:
    varying = run.variation.variable
    told: list[Piece[Outcome]] = [
        Piece(span, _outcome(run.variation.of, run.prepared, judged, path, undefined))
        for span, judged in run.spans(paths)
    ]
    pieces = joined(told, varying.step)
    spans: dict[Outcome, list[NumberRange]] = {}
    for piece in pieces:
        spans.setdefault(piece.value, []).append(piece.span)
    return Solved(pieces, {value: varying.values(found) for value, found in spans.items()}, varying.values(()))


def _may_be_undefined(run: _FactVaried, path: str) -> bool:
    if path in run.settled:
        return run.settled[path].undefined is not False
    return run.found[path].may_be_undefined


def _outcome(
    of: Domain[V], prepared: Prepared, judged: Mapping[str, Judged[V]], path: str, undefined: list[str]
) -> Outcome:
    """The verdict of a member, unless one of the `undefined` that it rests on leaves it without."""
    without = of.any_of(*(without_value(of, judged, part) for part in undefined)) if undefined else False
    if without is True:
        return NoValue()
    is_told_alone = prepared.told_by[path] == (path,)
    status = judged[path] if is_told_alone else status_of_grade(of, prepared.lowered.scales, judged, path)
    for truth in (without, status.applies, status.holds if status.applies is True else None):
        if isinstance(truth, Unsolved):
            return truth
    return verdict(cast("Status[Computed]", status))
