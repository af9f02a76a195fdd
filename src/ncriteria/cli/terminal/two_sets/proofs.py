"""Proofs on the terminal: how one criteria set stands to another, year by year and clause by clause."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import click

from ncriteria.analysis.proof.prove import Proof, YearProof
from ncriteria.analysis.proof.prove_remarks import REMARKS, Remark, Remarks
from ncriteria.analysis.proof.relation import Relation
from ncriteria.analysis.proof.relation_text import judged_as_if_text, scale_lines, years_text
from ncriteria.analysis.proof.scales import ScaleProof
from ncriteria.cli.terminal.two_sets.relations import print_line, print_relation, print_sets
from ncriteria.report.sheets.edits.edit_words import EditVoice
from ncriteria.sets.grades.scales import is_grade
from ncriteria.sets.model import WHOLE_SET, CriteriaSet
from ncriteria.words import Language


def print_proof(proof: Proof, language: Language) -> None:
    """Print how one set stands to another."""
    voice = EditVoice(language, proof.old, proof.new)
    print_sets(voice)
    model = voice.say(
        "Over every way in which each fact is known or not; but for facts known within bounds, "
        "and records that cannot be judged (such as a division by zero)."
    )
    print_line(model)
    for found in proof.years:
        click.echo()
        _print_year(found, voice)


def _print_year(found: YearProof, voice: EditVoice) -> None:
    say = voice.say
    print_line(years_text(found.years, say), bold=True)
    for identifier in found.judged_as_if:
        print_line(judged_as_if_text(voice.short_of(identifier), voice.language), 2)
    print_relation(found.whole, voice, f"{voice.clause(WHOLE_SET)}: ", 2)
    alike = []
    for relation in (*found.clauses, *found.grades):
        path = relation.new_path
        if relation.proved and relation.relation is Relation.EQUIVALENT:
            alike.append(path)
        else:
            or_better = f", {say('this grade or a better one')}" if is_grade(path) else ""
            print_relation(relation, voice, f"{voice.clause(path)}{or_better}: ", 2)
    encoded = voice.encoded(alike)
    for heading, paths in (
        (f"{say('Equivalent')} ({say('proved')})", encoded),
        (say("not encoded").capitalize(), [path for path in alike if path not in encoded]),
        (say("Added"), found.added),
        (say("Removed"), found.removed),
    ):
        if paths:
            print_line(f"{heading}: {'; '.join(map(voice.clause, paths))}", 2)
    if found.old_scales != found.new_scales:
        _print_scales(voice.old, found.old_scales, voice)
    _print_scales(voice.new, found.new_scales, voice)
    if found.old_remarks != found.new_remarks:
        _print_remarks(voice.old, found.old_remarks, voice)
    _print_remarks(voice.new, found.new_remarks, voice)


def _print_scales(criteria: CriteriaSet, scales: Sequence[ScaleProof], voice: EditVoice) -> None:
    if scales:
        print_line(f"{voice.say('Grades of {set}', set=voice.short(criteria))}:", 2)
    for scale in scales:
        for line in scale_lines(scale, voice.grounds, partial(voice.grade, scale.path)):
            print_line(f"{voice.clause(scale.path)}: {line}", 4, None if scale.is_proved else "yellow")


def _print_remarks(criteria: CriteriaSet, remarks: Remarks, voice: EditVoice) -> None:
    say = voice.say
    if remarks.found or remarks.undecided:
        print_line(f"{say('Worth a second look in {set}', set=voice.short(criteria))}:", 2)
    for remark in remarks.found:
        print_line(f"{voice.clause(remark.path)}: {_remark_text(remark, voice)}", 4, "yellow")
    if remarks.undecided:
        undecided = "; ".join(map(voice.clause, remarks.undecided))
        print_line(say("not decided in time: {clauses}", clauses=undecided), 4)


def _remark_text(remark: Remark, voice: EditVoice) -> str:
    text = voice.say.this(REMARKS[remark.kind])
    if not remark.implied_by:
        return text
    implied = "; ".join(map(voice.clause, remark.implied_by))
    return f"{text} ({voice.say('implied by {clauses}', clauses=implied)})"
