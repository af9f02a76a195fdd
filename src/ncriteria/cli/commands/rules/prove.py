"""`ncriteria prove`: how one criteria set stands to another over all possible records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ncriteria.cli.console.answers import answer, language_of_errors
from ncriteria.cli.console.spoken import SpokenArgument, SpokenCommand
from ncriteria.cli.options import completion
from ncriteria.cli.options.shared import composed, json_option, language_option, timeout_option
from ncriteria.words import phrase, words

if TYPE_CHECKING:
    from ncriteria.analysis.proof.prove import YearProof
    from ncriteria.words import Language


class SecondSet(click.types.StringParamType):
    """A set by its file or identifier; where it is missing, what stands for it is told."""

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None) -> str:
        """How the years of one file are related."""
        return words(language_of_errors(ctx)).again(
            phrase(
                "To relate the dated values of one file, give a copy of it that has the later value alone, and the "
                "year before with --year."
            )
        )


_RELATIONS = ["equivalent", "stricter", "looser"]


@click.command("prove", cls=SpokenCommand)
@click.argument("old", cls=SpokenArgument, shell_complete=completion.sets)
@click.argument("new", cls=SpokenArgument, type=SecondSet(), shell_complete=completion.sets)
@click.option("--year", type=int, help="Prove for this assessment year only.")
@click.option(
    "--clause",
    "clauses",
    multiple=True,
    metavar="PATH",
    callback=composed,
    help="Relate this clause only, besides the whole set; may be repeated.",
)
@timeout_option(60, "Time for all clauses together; what is not decided by then is told.")
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
    language: Language,
    as_json: bool,
) -> None:
    """Prove how the criteria set NEW stands to OLD: equivalent, stricter, looser or neither, clause by clause.

    OLD and NEW are criteria files, or identifiers of shipped sets. A difference is shown by the smallest record that
    has it. Exit status 0 whatever the relation is, unless --require asks for one.
    """
    from ncriteria.analysis.proof.prove import prove
    from ncriteria.cli.inputs.criteria import set_called

    proof = prove(set_called(old), set_called(new), year=year, timeout=timeout, paths=clauses or None)
    if as_json:
        from ncriteria.report.records.relation import Proved

        answer(Proved(proof), language)
    else:
        from ncriteria.cli.terminal.two_sets.proofs import print_proof

        print_proof(proof, language)
    if required and not all(_holds(found, required) for found in proof.years):
        raise SystemExit(1)


def _holds(found: YearProof, required: tuple[str, ...]) -> bool:
    relation = found.whole.relation
    return found.whole.proved and relation is not None and relation.value in required
