"""What attestations decide under a set: which clauses and facts they are of, and who may attest them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

from attrs import evolve, field

from ncriteria.errors import CellPlace, NCriteriaError, Place, Problem, expect
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.records.attesting import CONTRADICTED
from ncriteria.evaluation.records.record import Record
from ncriteria.facts.attestations.contents import Contents, SetContents, may_be_attested
from ncriteria.facts.attestations.model import Attestation, AttestedValue, repeated
from ncriteria.facts.cells.cells import folded
from ncriteria.facts.checks.fitting import shown
from ncriteria.facts.table import add_to_known, contradict
from ncriteria.facts.values import from_python
from ncriteria.language.hints.near_misses import did_you_mean
from ncriteria.language.tree import THIS_YEAR, FactKey
from ncriteria.language.values import Interval
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import Clause, CriteriaSet, FactDeclaration, FactValue, Group, Verdict
from ncriteria.sets.sources import Bilingual
from ncriteria.words import phrase

_VERDICTS: Mapping[AttestedValue, Verdict] = {
    True: Verdict.MET,
    False: Verdict.NOT_MET,
    Verdict.MET: Verdict.MET,
    Verdict.NOT_MET: Verdict.NOT_MET,
    Verdict.NOT_APPLICABLE: Verdict.NOT_APPLICABLE,
}


@frozen
class Attested:
    """What attestations decide of one unit in one year: clauses by path, each with its verdict, and facts by name.

    The value of each is a verdict, or the exact value of the fact.
    """

    clauses: Mapping[str, Attestation] = field(factory=dict)
    facts: Mapping[str, Attestation] = field(factory=dict)


def expect_attestations(given: object) -> None:
    """Raise `ArgumentError` where `given` is no list of attestations."""
    expect(
        "`attestations`",
        given,
        (list, tuple),
        phrase("a list of attestations"),
        phrase("what `read_attestations` gives"),
    )
    assert isinstance(given, (list, tuple))
    for one in given:
        expect(phrase("one of `attestations`"), one, Attestation, phrase("an Attestation"))


def refuse_repeated(attestations: Iterable[Attestation]) -> None:
    """Raise `EvaluationError` where one thing is attested twice."""
    if problems := list(repeated(attestations)):
        raise EvaluationError(problems)


def attested_in(criteria: CriteriaSet, attestations: Sequence[Attestation], *, year: int | None) -> Attested:
    """What the attestations of one unit decide in the assessment `year`.

    Raises `EvaluationError` with all that is wrong with them.
    """
    refuse_repeated(attestations)
    problems: list[Problem] = []
    contents = SetContents(criteria)
    for one in attestations:
        if one.year is not None and one.year != year:
            message = phrase(
                "`{content}` is attested for {year}, and the record is of {own}",
                content=one.content,
                year=one.year,
                own=year or phrase("no year"),
            )
            hint = phrase("give the attestations of this year alone")
            problems.append(Problem("NC319", message, one.place, hint))
        elif not contents.concerns(one):
            problems.append(unknown([criteria], one))
    found = resolved(contents, filter(contents.concerns, attestations), problems)
    if problems:
        raise EvaluationError(problems)
    return found


def resolved(contents: SetContents, attestations: Iterable[Attestation], problems: list[Problem]) -> Attested:
    """What attestations decide that concern the set; what is wrong with them goes to `problems`."""
    clauses: dict[str, Attestation] = {}
    facts: dict[str, Attestation] = {}
    for one in attestations:
        declared = contents.fact_of(one)
        if declared is not None:
            wrong = [*_refusals_of_fact(contents.criteria, declared, one)]
            if not wrong and (value := _fact_value(declared, one, problems)) is not None:
                facts[declared.name] = evolve(one, value=value)
        else:
            wrong = [*_refusals_of_clause(contents, contents.members[one.path], one)]
            if one.path in clauses:
                wrong += repeated([evolve(each, content=one.path) for each in (clauses[one.path], one)])
            if not wrong:
                clauses[one.path] = evolve(one, value=_VERDICTS[one.value])
        problems += wrong
    return Attested(clauses, facts)


def unknown(sets: Sequence[CriteriaSet], one: Attestation) -> Problem:
    """The problem that none of the sets has what is attested."""
    message = phrase("the sets have neither a clause nor a fact `{content}`", content=one.content)
    if len(sets) == 1:
        message = phrase("{set} has neither a clause nor a fact `{content}`", set=sets[0].id, content=one.content)
    hint = Contents(sets).near(one.content) or phrase("name a clause by its path, or a fact by its name")
    return Problem("NC312", message, one.place, hint)


def with_attested(record: Record, found: Attested) -> Record:
    """`record` with what is attested; raises `EvaluationError` where a fact has another value there."""
    values, facts, problems = {**record.values}, {**record.attested_facts}, []
    for name, one in found.facts.items():
        key, value = FactKey.of(name, THIS_YEAR), exact_value(one)
        if key in values and contradict(values[key], value):
            problems.append(contradiction(name, one, values[key], record.place))
        add_to_known(values, key, value)
        facts[key] = one
    if problems:
        raise EvaluationError(problems)
    return evolve(record, values=values, attested={**record.attested, **found.clauses}, attested_facts=facts)


def exact_value(attestation: Attestation) -> FactValue:
    """The value of a fact, of an attestation that was found to be of one."""
    return cast("FactValue", attestation.value)


def contradiction(name: str, attestation: Attestation, value: FactValue, place: CellPlace | None) -> Problem:
    """The problem that the facts have another value than the one that is attested."""
    message = phrase(
        "`{name}` is attested as {attested}, and is given as {given}",
        name=name,
        attested=shown(exact_value(attestation)),
        given=_placed(shown(value), place),
    )
    return Problem("NC315", message, attestation.place, CONTRADICTED)


def _refusals_of_fact(criteria: CriteriaSet, declared: FactDeclaration, one: Attestation) -> Iterator[Problem]:
    if not declared.attested:
        message = phrase(
            "`{name}` is a figure, and no attested fact, in {where}",
            name=declared.name,
            where=_placed(criteria.id, declared.place),
        )
        hint = phrase("give it as a fact; only facts that are `attested: true` are attested")
        yield Problem("NC313", message, one.place, hint)
    yield from _wrong_body(f"`{declared.name}`", declared.attested_by, one)


def _refusals_of_clause(contents: SetContents, member: Clause | Group, one: Attestation) -> Iterator[Problem]:
    criteria = contents.criteria
    where = _placed(criteria.id, member.place)
    if isinstance(member, Group):
        message = phrase('"{path}" is a group in {where}, and is judged by its members', path=member.path, where=where)
        yield Problem("NC313", message, one.place, phrase("attest the clauses that are in it"))
        return
    if not may_be_attested(member):
        message = phrase(
            '"{path}" is computed ({encodes}) in {where}', path=member.path, encodes=member.encodes.value, where=where
        )
        hint = phrase("give its facts; an attestation decides a clause that `encodes: attested` or `not_encoded`")
        yield Problem("NC313", message, one.place, hint)
        return
    if one.standard is None and member.path in criteria.facts and criteria.facts[member.path].attested:
        message = phrase("`{content}` is both a clause and a fact of {set}", content=one.content, set=criteria.id)
        hint = phrase("for the clause write `{path}`", path=f"{criteria.standard}:{member.path}")
        yield Problem("NC313", message, one.place, hint)
    if one.value not in _VERDICTS:
        message = phrase(
            '"{path}" is attested as met, not met or not applicable, not as {value}',
            path=member.path,
            value=repr(one.value),
        )
        yield Problem("NC318", message, one.place, phrase("give True or False, or a Verdict"))
    yield from _wrong_body(f'"{member.path}"', member.attested_by, one)


def _wrong_body(what: str, allowed: tuple[Bilingual, ...], one: Attestation) -> Iterator[Problem]:
    names = {folded(name): body for body in allowed for name in (body.vi, body.en)}
    if names and folded(one.by) not in names:
        known = ", ".join(dict.fromkeys(name for body in allowed for name in (body.vi, body.en)))
        message = phrase("{what} is attested by {by}, who may not attest it", what=what, by=one.by)
        near = did_you_mean(one.by, [name for body in allowed for name in (body.vi, body.en)])
        yield Problem("NC314", message, one.place, near or phrase("those who may: {known}", known=known))


def _fact_value(declared: FactDeclaration, one: Attestation, problems: list[Problem]) -> FactValue | None:
    """The attested value of a fact, by its declaration."""
    if isinstance(one.value, Interval) and declared.type.is_numeric:
        return one.value
    try:
        value = None if isinstance(one.value, Verdict) else from_python(declared, one.value)  # type: ignore[arg-type]
    except NCriteriaError as error:
        problems += [evolve(problem, place=one.place) for problem in error.problems]
        return None
    if value is None:
        message = phrase("`{name}` is attested without a value, as {value}", name=declared.name, value=repr(one.value))
        hint = phrase("give its value, or leave the attestation out")
        problems.append(Problem("NC318", message, one.place, hint))
    return value


def _placed(text: str, place: Place | None) -> str:
    """A text with the place that it stands in, for messages."""
    if place is None:
        return text
    said = place.as_phrase() if isinstance(place, CellPlace) else str(place)
    return phrase("{text} ({place})", text=text, place=said)
