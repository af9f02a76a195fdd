"""Relations between clauses in words: what was shown, and the records that show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from ncriteria.analysis.cases import Row, row_lines
from ncriteria.analysis.proof.relation import ClauseRelation, Outcome, Relation, Way, Witness
from ncriteria.analysis.proof.scales import ScaleProof
from ncriteria.evaluation.graded import Graded
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import Verdict, Years
from ncriteria.sets.names import VERDICTS
from ncriteria.words import Language, Message, Words, words

RELATIONS: Final[Mapping[Relation, Message]] = {
    Relation.EQUIVALENT: Message("equivalent"),
    Relation.STRICTER: Message("stricter"),
    Relation.LOOSER: Message("looser"),
    Relation.NEITHER: Message("neither stricter nor looser"),
}
_WAYS: Final[Mapping[Way, Message]] = {
    Way.STRICTER: Message("stricter for"),
    Way.LOOSER: Message("looser for"),
    Way.OTHERWISE: Message("another verdict that passes as much for"),
}


def years_text(years: Years, say: Words) -> str:
    """Assessment years at the head of what holds in them; a single one on its own."""
    if years.last is None:
        return say("Years {first}-", first=years.first)
    return say("Years {years}", years=str(years.first) if years.first == years.last else years)


def relation_text(relation: ClauseRelation, language: Language, called: Callable[[str], str]) -> str:
    """A relation in words, with what it rests on; `called` says what a fact is called."""
    say = words(language)
    if relation.unlike_fact is not None:
        fact = called(relation.unlike_fact)
        return say("cannot be compared: the two sets have another type or unit for {fact}", fact=fact)
    if relation.relation is not None:
        return f"{say.this(RELATIONS[relation.relation])} ({_rests_on(relation, say)})"
    if not relation.searched:
        return say("not decided in time")
    return say.plural(
        "not decided in time: no difference found on {count} record so far",
        "not decided in time: no difference found on {count} records so far",
        count=relation.searched,
    )


def _rests_on(relation: ClauseRelation, say: Words) -> str:
    if relation.proved:
        return say("proved")
    if not relation.in_time:
        return say("so far; not decided in time")
    return say.plural(
        "unproved; only a search of {count} record",
        "unproved; only a search of {count} records",
        count=relation.searched,
    )


def judged_as_if_text(called: str, language: Language) -> str:
    """That a set is judged in years in which it does not hold."""
    return words(language)(
        "{set} does not hold in these years; it is judged as if it did, with the parameters of its nearest year.",
        set=called,
    )


def as_a_test(row: Row) -> str:
    """A record as the keys of an embedded test."""
    return "; ".join(row_lines(row, with_year=False))


@frozen
class TellsGrounds:
    """What the grounds of a relation are told with: the words, how a record is told, and what a fact is called.

    With `adds_test` each record is told once more as the keys of a test.
    """

    say: Words
    record: Callable[[Row], str]
    fact: Callable[[str], str]
    adds_test: bool = False


def relation_grounds(relation: ClauseRelation, tells: TellsGrounds) -> Iterator[str]:
    """The records that show a relation, and what it is said of."""
    say = tells.say
    for witness in relation.witnesses:
        yield from _witness_lines(witness, tells)
    if relation.narrowed:
        facts = "; ".join(map(tells.fact, relation.narrowed))
        yield say("only over the values that both sets allow of {facts}", facts=facts)
    complete = relation.when_complete
    if complete is not None and complete is not relation.relation:
        yield say("with every fact known: {relation}", relation=say.this(RELATIONS[complete]))


def _witness_lines(witness: Witness, tells: TellsGrounds) -> Iterator[str]:
    say = tells.say
    doubt = "" if witness.smallest else f" ({say('perhaps not the smallest record')})"
    yield f"{say.this(_WAYS[witness.way])} {tells.record(witness.row)}{doubt}"
    yield f"  {say('old: {old}; new: {new}', old=_outcome_text(witness.old, say), new=_outcome_text(witness.new, say))}"
    if tells.adds_test:
        yield f"  {say('as a test: {test}', test=as_a_test(witness.row))}"


def _outcome_text(outcome: Outcome, say: Words) -> str:
    if outcome.graded is not None:
        return grade_text(outcome.graded, say)
    verdict = say.this(VERDICTS[outcome.verdict]).lower()
    anyway = outcome.verdict is Verdict.UNDETERMINED and outcome.passes is True
    return say("{verdict}, and passes whether it applies or not", verdict=verdict) if anyway else verdict


def grade_text(graded: Graded | None, say: Words) -> str:
    """A grade in words, or those that are still possible."""
    if graded is None:
        return say("no grade")
    if graded.grade is not None:
        return say("grade {grade}", grade=graded.grade.title.text(say.language))
    possible = "; ".join(grade.title.text(say.language) for grade in graded.possible)
    return say("grade still open, possible: {grades}", grades=possible or say("none"))


def scale_lines(scale: ScaleProof, tells: TellsGrounds, called: Callable[[str], str]) -> Iterator[str]:
    """What is proved of a scale of grades, with the records that show what is not so; a grade as it is `called`."""
    say = tells.say
    if scale.is_proved:
        yield f"{say('each record has one grade, and fits no other')} ({say('proved')})"
        return
    if scale.ungraded is not None:
        yield say("no grade is given where {record}", record=tells.record(scale.ungraded))
    elif scale.is_complete is None:
        yield say("whether each record has a grade is not decided in time")
    for one in scale.overlaps:
        better, worse = called(one.better), called(one.worse)
        if one.row is not None:
            record = tells.record(one.row)
            yield say("{better} and {worse} both hold where {record}", better=better, worse=worse, record=record)
        else:
            yield say(
                "whether {better} and {worse} hold of one record is not decided in time", better=better, worse=worse
            )
