"""`ncriteria prove`: how one criteria set stands to another over all possible records."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from ncriteria.cli.answers import answer
from ncriteria.cli.options import composed, json_option, language_option
from ncriteria.sets.model import Clause, CriteriaSet, Encodes, Language

if TYPE_CHECKING:
    from ncriteria.analysis.proof.prove import Proof, YearProof
    from ncriteria.analysis.proof.prove_remarks import Remark, Remarks

_RELATIONS = ["equivalent", "stricter", "looser"]


@click.command("prove")
@click.argument("old")
@click.argument("new")
@click.option("--year", type=int, help="Prove for this assessment year only.")
@click.option(
    "--clause",
    "clauses",
    multiple=True,
    metavar="PATH",
    callback=composed,
    help="Relate this clause only, besides the whole set; may be repeated.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="Time for all clauses together; what is not decided by then is told.",
)
@click.option(
    "--require",
    "required",
    multiple=True,
    type=click.Choice(_RELATIONS),
    help="End with status 1 unless this is proved of the whole set; repeated, one of these.",
)
@language_option
@json_option
def command(
    old: str,
    new: str,
    year: int | None,
    clauses: tuple[str, ...],
    timeout: float,
    required: tuple[str, ...],
    language: str,
    as_json: bool,
) -> None:
    """Prove how the criteria set NEW stands to OLD: equivalent, stricter, looser or neither, clause by clause.

    OLD and NEW are criteria files, or identifiers of shipped sets. A difference is shown by the smallest record that
    has it. Exit status 0 whatever the relation is, unless --require asks for one.
    """
    from ncriteria.analysis.proof.prove import prove
    from ncriteria.cli.set_argument import set_called

    proof = prove(set_called(old), set_called(new), year=year, timeout=timeout, paths=clauses or None)
    if as_json:
        from ncriteria.report.relation import Proved

        answer(Proved(proof), language)
    else:
        _print(proof, cast("Language", language))
    if required and not all(_holds(found, required) for found in proof.years):
        raise SystemExit(1)


def _holds(found: YearProof, required: tuple[str, ...]) -> bool:
    relation = found.whole.relation
    return found.whole.proved and relation is not None and relation.value in required


def _print(proof: Proof, language: Language) -> None:
    from ncriteria.cli.relation_words import relation_words
    from ncriteria.cli.terminal.relations import print_line, print_sets

    print_sets(proof.old, proof.new, language)
    print_line(relation_words(language).model)
    for found in proof.years:
        click.echo()
        _print_year(proof, found, language)


def _print_year(proof: Proof, found: YearProof, language: Language) -> None:
    from ncriteria.analysis.proof.relation import Relation
    from ncriteria.cli.relation_words import relation_words
    from ncriteria.cli.terminal.relations import print_line, print_relation, years_text

    said = relation_words(language)
    print_line(said.years.format(years_text(found.years)), bold=True)
    for identifier in found.judged_as_if:
        print_line(said.judged_as_if.format(identifier), 2)
    print_relation(found.whole, language, f"{said.whole}: ", 2)
    alike = []
    for relation in found.clauses:
        if relation.proved and relation.relation is Relation.EQUIVALENT:
            alike.append(relation.new_path)
        else:
            print_relation(relation, language, f"{relation.new_path}: ", 2)
    empty = [path for path in alike if _is_not_encoded(proof, path)]
    for heading, paths in (
        (f"{said.alike} ({said.proved})", [path for path in alike if path not in empty]),
        (said.not_encoded.capitalize(), empty),
        (said.added, found.added),
        (said.removed, found.removed),
    ):
        if paths:
            print_line(f"{heading}: {', '.join(paths)}", 2)
    if found.old_remarks != found.new_remarks:
        _print_remarks(proof.old, found.old_remarks, language)
    _print_remarks(proof.new, found.new_remarks, language)


def _is_not_encoded(proof: Proof, path: str) -> bool:
    return any(
        isinstance(member, Clause) and member.path == path and member.encodes is Encodes.NOT_ENCODED
        for member in proof.new.members()
    )


def _print_remarks(criteria: CriteriaSet, remarks: Remarks, language: Language) -> None:
    from ncriteria.cli.relation_words import relation_words
    from ncriteria.cli.terminal.relations import print_line

    said = relation_words(language)
    if remarks.found or remarks.undecided:
        print_line(f"{said.remarks.format(criteria.id)}:", 2)
    for remark in remarks.found:
        print_line(f"{remark.path}: {_remark_text(remark, language)}", 4, "yellow")
    if remarks.undecided:
        print_line(said.undecided.format(", ".join(remarks.undecided)), 4)


def _remark_text(remark: Remark, language: Language) -> str:
    from ncriteria.cli.relation_words import relation_words

    said = relation_words(language)
    text = said.remark_kinds[remark.kind]
    return f"{text} ({said.implied_by.format(', '.join(remark.implied_by))})" if remark.implied_by else text
