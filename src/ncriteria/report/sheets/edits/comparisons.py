"""The comparison of two criteria sets as sheets: what differs in what they say, and how their clauses relate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from attrs import evolve

from ncriteria.analysis.comparison.compare import Comparison, YearRelation
from ncriteria.analysis.comparison.differences import CHANGES, SUBJECTS, Difference
from ncriteria.analysis.proof.relation import ClauseRelation
from ncriteria.analysis.proof.relation_text import (
    as_a_test,
    judged_as_if_text,
    relation_grounds,
    relation_text,
    years_text,
)
from ncriteria.report.sheets.edits.edit_words import (
    ASPECTS,
    EditVoice,
    aspect_texts,
    cause_text,
    subject_text,
)
from ncriteria.report.sheets.sheet import Column, Kind, Row, Sheet, by_option
from ncriteria.sets.model import WHOLE_SET, Years
from ncriteria.words import Language, Words

Relations = Sequence[tuple[Years, ClauseRelation]]
"""Relations, each with the years that it holds in."""


def compared_findings(comparison: Comparison, language: Language) -> Iterator[str]:
    """How much differs in which way, and how the new set stands to the old one as a whole."""
    voice = EditVoice(language, comparison.old, comparison.new)
    say = voice.say
    if comparison.same:
        yield say("The two sets say the same.")
    counted = Counter(one.change for one in comparison.differences)
    told = [f"{say.this(message)}: {counted[change]}" for change, message in CHANGES.items() if counted[change]]
    if told:
        yield f"{say('What differs')}: {', '.join(told)}"
    if comparison.clauses:
        yield say.plural(
            "{count} clause means something else than before",
            "{count} clauses mean something else than before",
            count=len(comparison.clauses),
        )
    if comparison.grades:
        yield say.plural("{count} grade differs", "{count} grades differ", count=len(comparison.grades))
    yield from undecided_lines(comparison, voice)
    if comparison.whole:
        yield from (judged_as_if_text(voice.short_of(one), language) for one in comparison.judged_as_if)
    for one in comparison.whole:
        yield f"{whole_label(one, say)}{relation_text(one.relation, language, voice.fact)}"


def undecided_lines(comparison: Comparison, voice: EditVoice) -> Iterator[str]:
    """The clauses of which it was not decided in time whether they are new or renamed."""
    if comparison.undecided_renames:
        clauses = "; ".join(map(voice.clause, comparison.undecided_renames))
        yield voice.say("removed or renamed, not decided in time: {clauses}", clauses=clauses)


def whole_label(found: YearRelation, say: Words) -> str:
    """What is said before the relation of the whole sets in some years."""
    return f"{say.within('of two sets', 'The whole set')}, {years_text(found.years, say).lower()}: "


def differences_sheet(comparison: Comparison, language: Language) -> Sheet:
    """A row for each key of each part that differs; a clause that only means something else has one without a key."""
    voice = EditVoice(language, comparison.old, comparison.new)
    say = voice.say
    columns = (
        Column("subject", say("What differs"), Kind.NAME, 14, by_option(SUBJECTS)),
        Column("change", say("How"), Kind.NAME, 12, by_option(CHANGES)),
        Column("name", say("Name or clause"), width=24),
        Column("title", say("What it is called"), width=40),
        Column("was", say("Name before"), width=24),
        Column("key", say("Key of the file"), width=16),
        Column("aspect", say("What is said there"), width=20),
        Column("old", say("Old"), width=50),
        Column("new", say("New"), width=50),
        Column("because_of", say("Its meaning changes through"), width=24),
    )
    return Sheet("differences", say("Differences"), columns, lambda: _differences(comparison, voice))


def relations_sheet(relations: Relations, voice: EditVoice) -> Sheet:
    """A row for each clause that was related, and for the whole set, in each run of years."""
    say = voice.say
    columns = (
        Column("clause", say("Clause"), width=24),
        Column("title", say("What it asks"), width=40),
        Column("first_year", say("From year"), Kind.WHOLE, 9),
        Column("last_year", say("To year"), Kind.WHOLE, 9),
        Column("relation", say("The new one is"), width=30),
        Column("proved", say("Proved"), Kind.TRUTH, 9),
        Column("grounds", say("Records that show it"), width=80),
        Column("test", say("The same as tests"), width=60),
    )
    return Sheet(
        "relations",
        say("Stricter or looser"),
        columns,
        lambda: (_relation(years, found, voice) for years, found in relations),
    )


def compared_relations(comparison: Comparison) -> Iterator[tuple[Years, ClauseRelation]]:
    """The relations that comparing found: of the whole set, then of the clauses whose meaning differs."""
    yield from ((one.years, one.relation) for one in comparison.whole)
    for clause in (*comparison.clauses, *comparison.grades):
        yield from ((one.years, one.relation) for one in clause.relations)


def _differences(comparison: Comparison, voice: EditVoice) -> Iterator[Row]:
    for difference in comparison.differences:
        yield from _rows_of(difference, (), voice)
    for compared in (*comparison.clauses, *comparison.grades):
        yield from _rows_of(compared.difference, compared.because_of, voice)


def _rows_of(difference: Difference, because_of: tuple[str, ...], voice: EditVoice) -> Iterator[Row]:
    titles = voice.titles()
    title = titles.get(difference.name) or subject_text(voice, difference)
    before = difference.subject, difference.change, difference.name, title, difference.was
    causes = "\n".join(cause_text(voice, one) for one in because_of) or None
    if not difference.aspects:
        yield (*before, None, None, None, None, causes)
    for aspect in difference.aspects:
        yield (
            *before,
            aspect.key,
            voice.say.this(ASPECTS[aspect.key]),
            *aspect_texts(voice, difference, aspect),
            causes,
        )


def _relation(years: Years, found: ClauseRelation, voice: EditVoice) -> Row:
    path = found.new_path
    name = voice.clause(path) if path == WHOLE_SET else path
    grounds = relation_grounds(found, voice.grounds)
    return (
        name,
        voice.titles().get(path),
        years.first,
        years.last,
        relation_text(found, voice.language, voice.fact),
        found.proved,
        "\n".join(grounds) or None,
        "\n".join(relation_grounds(found, evolve(voice.grounds, record=as_a_test))) or None,
    )
