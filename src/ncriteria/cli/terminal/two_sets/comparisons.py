"""Comparisons on the terminal: what two criteria sets say differently, and how their clauses relate."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ncriteria.analysis.comparison.compare import IN_FORCE, ComparedClause, Comparison
from ncriteria.analysis.comparison.differences import (
    CHANGES,
    SUBJECTS,
    Aspect,
    ChangeKind,
    Difference,
    Shown,
    Subject,
    shown_in,
)
from ncriteria.analysis.proof.relation_text import judged_as_if_text, years_text
from ncriteria.cli.terminal.two_sets.relations import print_line, print_relation, print_sets
from ncriteria.report.sheets.edits.comparisons import whole_label
from ncriteria.sets.sources import Bilingual
from ncriteria.words import Language, words

_TOLD_OF_NEW = frozenset(
    {
        "title",
        "type",
        "unit",
        "options",
        "value",
        "rule",
        "when_zero_base",
        "applies_when",
        "group",
        "n",
        "members",
        "grades",
        "when",
    }
)
"""The keys that are told of what was added or removed; JSON has all."""
_SHORT = 40


def print_comparison(comparison: Comparison, language: Language) -> None:
    """Print how two sets differ."""
    say = words(language)
    print_sets(comparison.old, comparison.new, language)
    if comparison.same:
        print_line(say("The two sets say the same."))
    for subject, differences in groupby(comparison.differences, lambda difference: difference.subject):
        print_line(say.this(SUBJECTS[subject]), bold=True)
        for difference in differences:
            _print_difference(difference, language)
    for subject, related in groupby((*comparison.clauses, *comparison.grades), lambda one: one.difference.subject):
        print_line(say.this(SUBJECTS[subject]), bold=True)
        for compared in related:
            _print_clause(compared, language)
    if comparison.undecided_renames:
        clauses = ", ".join(comparison.undecided_renames)
        print_line(say("removed or renamed, not decided in time: {clauses}", clauses=clauses), 2)
    for number, found in enumerate(comparison.whole):
        for identifier in comparison.judged_as_if if number == 0 else ():
            print_line(judged_as_if_text(identifier, language))
        print_relation(found.relation, language, whole_label(found, say))


def _print_clause(compared: ComparedClause, language: Language) -> None:
    say = words(language)
    _print_difference(compared.difference, language)
    if compared.because_of:
        print_line(say("its meaning changes through {names}", names=", ".join(compared.because_of)), 4)
    for found in compared.relations:
        years = f"{years_text(found.years, say)}: " if len(compared.relations) > 1 else ""
        label = f"{say('this grade or a better one')}: " if compared.difference.subject is Subject.GRADE else ""
        print_relation(found.relation, language, years + label, 4)


def _print_difference(difference: Difference, language: Language) -> None:
    say = words(language)
    was = f" ({say('was {name}', name=difference.was)})" if difference.was else ""
    print_line(f"{say.this(CHANGES[difference.change])} {difference.name}{was}", 2)
    whole = difference.change in (ChangeKind.ADDED, ChangeKind.REMOVED)
    for aspect in difference.aspects:
        if not whole:
            for line in _aspect_lines(aspect, language):
                print_line(line, 4)
        elif aspect.key in _TOLD_OF_NEW:
            print_line(f"{aspect.key}: {_text(aspect.old or aspect.new, language)}", 4)


def _aspect_lines(aspect: Aspect, language: Language) -> Iterator[str]:
    """What was and what is: on one line where both are short."""
    key = words(language)("with its parameters") if aspect.key == IN_FORCE else aspect.key
    language = shown_in(aspect, language)
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
    match shown:
        case Bilingual():
            return shown.text(language)
        case tuple():
            return "; ".join(shown)
        case None:
            return words(language)("(nothing)")
        case _:
            return shown
