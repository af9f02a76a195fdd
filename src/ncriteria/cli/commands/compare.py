"""`ncriteria compare`: how two criteria sets differ in what they say and mean."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, cast

import click

from ncriteria.cli.answers import answer
from ncriteria.cli.options import json_option, language_option
from ncriteria.sets.model import Bilingual, Language

if TYPE_CHECKING:
    from ncriteria.analysis.comparison.compare import ComparedClause, Comparison
    from ncriteria.analysis.comparison.differences import Aspect, Difference, Shown

_TOLD_OF_NEW = frozenset(
    {"title", "type", "unit", "options", "value", "rule", "when_zero_base", "applies_when", "group", "n", "members"}
)
"""The keys that are told of what was added or removed; JSON has all."""
_SHORT = 40


@click.command("compare")
@click.argument("old")
@click.argument("new")
@click.option("--year", type=int, help="Relate the rules as they hold in this assessment year only.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="Time for all proofs together; what is not decided by then is told.",
)
@language_option
@json_option
def command(old: str, new: str, year: int | None, timeout: float, language: str, as_json: bool) -> None:
    """Compare the criteria set NEW with OLD: what was added, removed, renamed and changed in what they say and mean.

    OLD and NEW are criteria files, or identifiers of shipped sets. Moving or reformatting shows nothing. For each
    changed rule it is shown whether it became stricter or looser, proved where ncriteria[prove] is installed.
    """
    from ncriteria.analysis.comparison.compare import compare
    from ncriteria.cli.set_argument import set_called

    comparison = compare(set_called(old), set_called(new), year=year, timeout=timeout)
    if as_json:
        from ncriteria.report.relation import Compared

        answer(Compared(comparison), language)
    else:
        _print(comparison, cast("Language", language))


def _print(comparison: Comparison, language: Language) -> None:
    from ncriteria.cli.relation_words import relation_words
    from ncriteria.cli.terminal.relations import print_line, print_relation, print_sets, years_text

    said = relation_words(language)
    print_sets(comparison.old, comparison.new, language)
    if comparison.same:
        print_line(said.same)
    for subject, differences in groupby(comparison.differences, lambda difference: difference.subject):
        print_line(said.subjects[subject], bold=True)
        for difference in differences:
            _print_difference(difference, language)
    if comparison.clauses:
        print_line(said.subjects[comparison.clauses[0].difference.subject], bold=True)
    for compared in comparison.clauses:
        _print_clause(compared, language)
    if comparison.undecided_renames:
        print_line(said.undecided_renames.format(", ".join(comparison.undecided_renames)), 2)
    for number, found in enumerate(comparison.whole):
        for identifier in comparison.judged_as_if if number == 0 else ():
            print_line(said.judged_as_if.format(identifier))
        label = f"{said.whole}, {said.years.format(years_text(found.years)).lower()}: "
        print_relation(found.relation, language, label)


def _print_clause(compared: ComparedClause, language: Language) -> None:
    from ncriteria.cli.relation_words import relation_words
    from ncriteria.cli.terminal.relations import print_line, print_relation, years_text

    said = relation_words(language)
    _print_difference(compared.difference, language)
    if compared.because_of:
        print_line(said.because_of.format(", ".join(compared.because_of)), 4)
    for found in compared.relations:
        years = f"{said.years.format(years_text(found.years))}: " if len(compared.relations) > 1 else ""
        print_relation(found.relation, language, years, 4)


def _print_difference(difference: Difference, language: Language) -> None:
    from ncriteria.analysis.comparison.differences import ChangeKind
    from ncriteria.cli.relation_words import relation_words
    from ncriteria.cli.terminal.relations import print_line

    said = relation_words(language)
    was = f" ({said.was.format(difference.was)})" if difference.was else ""
    print_line(f"{said.changes[difference.change]} {difference.name}{was}", 2)
    whole = difference.change in (ChangeKind.ADDED, ChangeKind.REMOVED)
    for aspect in difference.aspects:
        if not whole:
            for line in _aspect_lines(aspect, language):
                print_line(line, 4)
        elif aspect.key in _TOLD_OF_NEW:
            print_line(f"{aspect.key}: {_text(aspect.old or aspect.new, language)}", 4)


def _aspect_lines(aspect: Aspect, language: Language) -> Iterator[str]:
    """What was and what is: on one line where both are short."""
    from ncriteria.analysis.comparison.compare import IN_FORCE
    from ncriteria.cli.relation_words import relation_words

    key = relation_words(language).in_force if aspect.key == IN_FORCE else aspect.key
    if _text(aspect.old, language) == _text(aspect.new, language):
        # Only the text in the other language differs.
        language = "en" if language == "vi" else "vi"
    old, new = (_text(shown, language) for shown in (aspect.old, aspect.new))
    lines = [f"- {line}" for line in _lines(aspect.old, language)]
    lines += [f"+ {line}" for line in _lines(aspect.new, language)]
    several = isinstance(aspect.old, tuple) or isinstance(aspect.new, tuple)
    if several and sum(map(len, lines)) <= _SHORT:
        yield f"{key}: {', '.join(lines)}"
    elif not several and len(old) <= _SHORT and len(new) <= _SHORT:
        yield f"{key}: {old} → {new}"
    else:
        yield f"{key}:"
        yield from (f"  {line}" for line in lines)


def _lines(shown: Shown, language: Language) -> tuple[str, ...]:
    """What stands on a side: nothing, one text, or several."""
    if shown is None:
        return ()
    return shown if isinstance(shown, tuple) else (_text(shown, language),)


def _text(shown: Shown, language: Language) -> str:
    from ncriteria.cli.relation_words import relation_words

    match shown:
        case Bilingual():
            return shown.text(language)
        case tuple():
            return "; ".join(shown)
        case None:
            return relation_words(language).nothing
        case _:
            return shown
