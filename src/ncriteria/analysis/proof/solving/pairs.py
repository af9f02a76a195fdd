"""Two clauses set against each other by the solver; what it finds is put to the evaluator before it counts."""

from __future__ import annotations

from attrs import evolve, field

from ncriteria.analysis.cases import Row
from ncriteria.analysis.deadline import Deadline, OutOfTimeError
from ncriteria.analysis.proof.judging import Pair
from ncriteria.analysis.proof.relation import ClauseRelation, Relation, Way, Witness, relation_of
from ncriteria.analysis.proof.solving.sets import encode_set
from ncriteria.analysis.proof.solving.smallest import smallest
from ncriteria.analysis.proof.solving.solver import (
    Formula,
    Model,
    NoModel,
    both,
    either,
    one_at_a_time,
    opposite,
    same,
    solve,
)
from ncriteria.analysis.proof.solving.terms import TruthTerm
from ncriteria.analysis.proof.solving.variables import Variables, read_facts, read_shares
from ncriteria.evaluation.statuses import Status
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import FactDeclaration

_DIRECTIONS = (Way.STRICTER, Way.LOOSER)


@frozen
class _PairQuestion:
    """Two clauses as formulas over the same variables, and what holds of every record that both can judge."""

    pair: Pair
    deadline: Deadline
    variables: Variables
    possible: list[Formula]
    old: TruthTerm
    new: TruthTerm
    verdicts_differ: Formula
    found: dict[Way, Model] = field(factory=dict)
    ruled_out: set[Way] = field(factory=set)


@one_at_a_time
def prove_pair(pair: Pair, declarations: dict[str, tuple[FactDeclaration, ...]], deadline: Deadline) -> ClauseRelation:
    """How the new clause of `pair` stands to the old one, as far as the solver decides it by the `deadline`.

    `declarations` are those of both sets by name. Every witness was confirmed by the evaluator; where a model of the
    solver is no such record, that is an error of this package and raises `AssertionError`.
    """
    try:
        question = _question(pair, declarations, deadline)
    except OutOfTimeError:
        return ClauseRelation(pair.old_path, pair.new_path)
    for wanted in _DIRECTIONS:
        _ask(question, wanted)
    if question.ruled_out.issuperset(_DIRECTIONS):
        _ask(question, Way.OTHERWISE)
    complete = _when_complete(question)
    witnesses = [_witness(question, wanted, model) for wanted, model in question.found.items()]
    return ClauseRelation(
        pair.old_path,
        pair.new_path,
        tuple(witness for witness in witnesses if witness is not None),
        frozenset(question.ruled_out),
        complete,
    )


def _question(pair: Pair, declarations: dict[str, tuple[FactDeclaration, ...]], deadline: Deadline) -> _PairQuestion:
    variables = Variables(declarations, pair.year)
    old, new = (encode_set(side.lowered, variables, deadline) for side in (pair.old, pair.new))
    return _PairQuestion(
        pair,
        deadline,
        variables,
        [*variables.domain, *old.judged, *new.judged],
        old.passes(pair.old.path),
        new.passes(pair.new.path),
        verdicts_differ(old.status(pair.old.path), new.status(pair.new.path)),
    )


def verdicts_differ(old: Status[TruthTerm], new: Status[TruthTerm]) -> Formula:
    """That two statuses give different verdicts."""
    readings = [
        (
            status.applies.false,
            both(status.applies.true, status.holds.true),
            both(status.applies.true, status.holds.false),
        )
        for status in (old, new)
    ]
    return opposite(both(*(same(one, other) for one, other in zip(*readings, strict=True))))


def _difference(question: _PairQuestion, wanted: Way) -> Formula:
    """That a record shows the difference."""
    match wanted:
        case Way.STRICTER:
            return _lower(question.new, question.old)
        case Way.LOOSER:
            return _lower(question.old, question.new)
        case Way.OTHERWISE:
            return question.verdicts_differ


def _lower(one: TruthTerm, other: TruthTerm) -> Formula:
    """That one truth comes before the other in the order false, unknown, true."""
    return either(both(other.true, opposite(one.true)), both(one.false, opposite(other.false)))


def _decided(question: _PairQuestion, wanted: Way) -> Formula:
    """That both are decided, the one way and the other."""
    old, new = question.old, question.new
    return both(old.true, new.false) if wanted is Way.STRICTER else both(old.false, new.true)


def _ask(question: _PairQuestion, wanted: Way) -> None:
    found = solve([*question.possible, _difference(question, wanted)], question.deadline)
    if isinstance(found, Model):
        question.found[wanted] = found
    elif found is NoModel.IMPOSSIBLE:
        question.ruled_out.add(wanted)


def _when_complete(question: _PairQuestion) -> Relation | None:
    """The relation over the records of which every fact is known; `None` where it is not decided."""
    ways: set[Way] = set()
    for wanted in Way:
        if wanted in question.ruled_out or (wanted is Way.OTHERWISE and ways):
            continue
        constraints = [*question.possible, *question.variables.known, _difference(question, wanted)]
        found = solve(constraints, question.deadline)
        if found is NoModel.IMPOSSIBLE:
            continue
        row = row_of(question.variables, found, question.pair.year) if isinstance(found, Model) else None
        if row is None:
            return None
        _confirmed(question.pair, row, wanted)
        ways.add(wanted)
    return relation_of(ways)


def _witness(question: _PairQuestion, wanted: Way, model: Model) -> Witness | None:
    """The smallest record that shows the difference, decided both ways where one is."""
    constraints = [*question.possible, _difference(question, wanted)]
    if wanted is not Way.OTHERWISE:
        decided = [*question.possible, _decided(question, wanted)]
        found = solve(decided, question.deadline)
        if isinstance(found, Model):
            constraints, model = decided, found
    year = question.pair.year
    least, certain = smallest(question.variables, constraints, model, year, question.deadline)
    row = row_of(question.variables, least, year) or row_of(question.variables, model, year)
    if row is None:
        return None
    return evolve(_confirmed(question.pair, row, wanted), smallest=certain)


def _confirmed(pair: Pair, row: Row, wanted: Way) -> Witness:
    """The witness that the evaluator makes of a record that the solver found."""
    witness = pair.witness(row)
    assert witness is not None, f"the evaluator does not confirm a difference for {row!r}"
    assert witness.way is wanted, f"the evaluator finds another difference for {row!r}"
    return witness


def row_of(variables: Variables, model: Model, year: int) -> Row | None:
    """The record of a model, in `year` or the one that it says; `None` where a number is irrational, as none can be."""
    if variables.asks_year:
        year = int(model.number(variables.year) or year)
    facts, shares = read_facts(variables, model), read_shares(variables, model)
    return None if facts is None or shares is None else Row(facts, year, shares=shares)
