"""Relations between clauses on the terminal: what was shown, and the records that show it."""

from __future__ import annotations

from collections.abc import Iterator

import click

from ncriteria.analysis.cases import row_lines
from ncriteria.analysis.proof.relation import ClauseRelation, Outcome, Relation, Witness
from ncriteria.cli.relation_words import relation_words
from ncriteria.cli.terminal.layout import fitted, terminal_width
from ncriteria.evaluation.explanation.words import words as explanation_words
from ncriteria.sets.model import CriteriaSet, Language, Verdict, Years

COLOURS = {
    Relation.EQUIVALENT: "green",
    Relation.STRICTER: "yellow",
    Relation.LOOSER: "yellow",
    Relation.NEITHER: "red",
}


def print_line(text: str, indent: int = 0, colour: str | None = None, *, bold: bool | None = None) -> None:
    """Print one line, broken where it does not fit."""
    for line in fitted(text, terminal_width(), indent=" " * indent):
        click.echo(click.style(line, fg=colour, bold=bold) if colour or bold else line)


def print_sets(old: CriteriaSet, new: CriteriaSet, language: Language) -> None:
    """Print which sets stand against each other."""
    said = relation_words(language)
    for name, criteria in ((said.old, old), (said.new, new)):
        print_line(f"{name}: {criteria.id} ({criteria.instrument.number}, {criteria.years})", bold=True)


def years_text(years: Years) -> str:
    """Assessment years; a single one on its own."""
    return str(years.first) if years.first == years.last else str(years)


def relation_text(relation: ClauseRelation, language: Language) -> str:
    """A relation in words, with what it rests on."""
    said = relation_words(language)
    if relation.unlike_fact is not None:
        return said.unlike_fact.format(relation.unlike_fact)
    if relation.relation is None:
        return said.late_search.format(relation.searched) if relation.searched else said.late
    unproved = said.searched.format(relation.searched) if relation.in_time else said.late_shown
    grounds = said.proved if relation.proved else unproved
    return f"{said.relations[relation.relation]} ({grounds})"


def print_relation(relation: ClauseRelation, language: Language, label: str, indent: int = 0) -> None:
    """Print a relation after its `label`, and under it the records that show it."""
    colour = COLOURS.get(relation.relation) if relation.relation else "red"
    print_line(f"{label}{relation_text(relation, language)}", indent, colour)
    for line in _grounds(relation, language):
        print_line(line, indent + 4)


def _grounds(relation: ClauseRelation, language: Language) -> Iterator[str]:
    said = relation_words(language)
    for witness in relation.witnesses:
        yield from _witness_lines(witness, language)
    if relation.narrowed:
        yield said.narrowed.format(", ".join(relation.narrowed))
    complete = relation.when_complete
    if complete is not None and complete is not relation.relation:
        yield said.when_complete.format(said.relations[complete])


def _witness_lines(witness: Witness, language: Language) -> Iterator[str]:
    said = relation_words(language)
    doubt = "" if witness.smallest else f" ({said.not_smallest})"
    yield f"{said.ways[witness.way]} {'; '.join(row_lines(witness.row, with_year=False))}{doubt}"
    old, new = (_outcome_text(outcome, language) for outcome in (witness.old, witness.new))
    yield f"  {said.outcomes.format(old, new)}"


def _outcome_text(outcome: Outcome, language: Language) -> str:
    verdict = explanation_words(language).verdicts[outcome.verdict].lower()
    anyway = outcome.verdict is Verdict.UNDETERMINED and outcome.passes is True
    return relation_words(language).passes_anyway.format(verdict) if anyway else verdict
