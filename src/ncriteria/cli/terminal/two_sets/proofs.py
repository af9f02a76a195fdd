"""Proofs on the terminal: how one criteria set stands to another, year by year and clause by clause."""

from __future__ import annotations

from collections.abc import Sequence

import click

from ncriteria.analysis.proof.prove import Proof, YearProof
from ncriteria.analysis.proof.prove_remarks import REMARKS, Remark, Remarks
from ncriteria.analysis.proof.relation import Relation
from ncriteria.analysis.proof.relation_text import judged_as_if_text, scale_lines, years_text
from ncriteria.analysis.proof.scales import ScaleProof
from ncriteria.cli.terminal.two_sets.relations import print_line, print_relation, print_sets
from ncriteria.sets.grades.scales import is_grade
from ncriteria.sets.model import Clause, CriteriaSet, Encodes
from ncriteria.words import Language, Words, words


def print_proof(proof: Proof, language: Language) -> None:
    """Print how one set stands to another."""
    print_sets(proof.old, proof.new, language)
    model = words(language)(
        "Over every way in which each fact is known or not; but for facts known within bounds, "
        "and records that cannot be judged (such as a division by zero)."
    )
    print_line(model)
    for found in proof.years:
        click.echo()
        _print_year(proof, found, language)


def _print_year(proof: Proof, found: YearProof, language: Language) -> None:
    say = words(language)
    print_line(years_text(found.years, say), bold=True)
    for identifier in found.judged_as_if:
        print_line(judged_as_if_text(identifier, language), 2)
    print_relation(found.whole, language, f"{say.within('of two sets', 'The whole set')}: ", 2)
    alike = []
    for relation in (*found.clauses, *found.grades):
        path = relation.new_path
        if relation.proved and relation.relation is Relation.EQUIVALENT:
            alike.append(path)
        else:
            label = f"{path}, {say('this grade or a better one')}: " if is_grade(path) else f"{path}: "
            print_relation(relation, language, label, 2)
    empty = [path for path in alike if _is_not_encoded(proof, path)]
    for heading, paths in (
        (f"{say('Equivalent')} ({say('proved')})", [path for path in alike if path not in empty]),
        (say("not encoded").capitalize(), empty),
        (say("Added"), found.added),
        (say("Removed"), found.removed),
    ):
        if paths:
            print_line(f"{heading}: {', '.join(paths)}", 2)
    if found.old_scales != found.new_scales:
        _print_scales(proof.old, found.old_scales, language)
    _print_scales(proof.new, found.new_scales, language)
    if found.old_remarks != found.new_remarks:
        _print_remarks(proof.old, found.old_remarks, language)
    _print_remarks(proof.new, found.new_remarks, language)


def _is_not_encoded(proof: Proof, path: str) -> bool:
    return any(
        isinstance(member, Clause) and member.path == path and member.encodes is Encodes.NOT_ENCODED
        for member in proof.new.members()
    )


def _print_scales(criteria: CriteriaSet, scales: Sequence[ScaleProof], language: Language) -> None:
    say = words(language)
    if scales:
        print_line(f"{say('Grades of {set}', set=criteria.id)}:", 2)
    for scale in scales:
        of = scale.path or say.within("of two sets", "The whole set")
        for line in scale_lines(scale, say):
            print_line(f"{of}: {line}", 4, None if scale.is_proved else "yellow")


def _print_remarks(criteria: CriteriaSet, remarks: Remarks, language: Language) -> None:
    say = words(language)
    if remarks.found or remarks.undecided:
        print_line(f"{say('Worth a second look in {set}', set=criteria.id)}:", 2)
    for remark in remarks.found:
        print_line(f"{remark.path}: {_remark_text(remark, say)}", 4, "yellow")
    if remarks.undecided:
        print_line(say("not decided in time: {clauses}", clauses=", ".join(remarks.undecided)), 4)


def _remark_text(remark: Remark, say: Words) -> str:
    text = say.this(REMARKS[remark.kind])
    if not remark.implied_by:
        return text
    return f"{text} ({say('implied by {clauses}', clauses=', '.join(remark.implied_by))})"
