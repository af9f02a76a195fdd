"""Relations between clauses on the terminal: what was shown, and the records that show it."""

from __future__ import annotations

import click
from attrs import evolve

from ncriteria.analysis.proof.relation import ClauseRelation, Relation
from ncriteria.analysis.proof.relation_text import relation_grounds, relation_text
from ncriteria.cli.console.layout import fitted, terminal_width
from ncriteria.report.sheets.edits.edit_words import EditVoice, set_text

_COLOURS = {
    Relation.EQUIVALENT: "green",
    Relation.STRICTER: "yellow",
    Relation.LOOSER: "yellow",
    Relation.NEITHER: "red",
}


def print_line(text: str, indent: int = 0, colour: str | None = None, *, bold: bool | None = None) -> None:
    """Print one line, broken where it does not fit."""
    for line in fitted(text, terminal_width(), indent=" " * indent):
        click.echo(click.style(line, fg=colour, bold=bold) if colour or bold else line)


def print_sets(voice: EditVoice) -> None:
    """Print which sets stand against each other."""
    for name, criteria in ((voice.say("Old"), voice.old), (voice.say("New"), voice.new)):
        print_line(f"{name}: {set_text(criteria, voice.say)}", bold=True)


def print_relation(relation: ClauseRelation, voice: EditVoice, label: str, indent: int = 0) -> None:
    """Print a relation after its `label`, and under it the records that show it."""
    colour = _COLOURS.get(relation.relation) if relation.relation else "red"
    print_line(f"{label}{relation_text(relation, voice.language, voice.fact)}", indent, colour)
    for line in relation_grounds(relation, evolve(voice.grounds, adds_test=True)):
        print_line(line, indent + 4)
