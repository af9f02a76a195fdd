"""Comparisons on the terminal: what two criteria sets say differently, and how their clauses relate."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ncriteria.analysis.comparison.compare import ComparedClause, Comparison
from ncriteria.analysis.comparison.differences import (
    CHANGES,
    SUBJECTS,
    Aspect,
    ChangeKind,
    Difference,
    Subject,
)
from ncriteria.analysis.proof.relation_text import judged_as_if_text, years_text
from ncriteria.cli.terminal.two_sets.relations import print_line, print_relation, print_sets
from ncriteria.report.sheets.edits.comparisons import undecided_lines, whole_label
from ncriteria.report.sheets.edits.edit_words import ASPECTS, EditVoice, cause_text, rules_and_names, subject_text
from ncriteria.words import Language

_TOLD_OF_NEW = frozenset(
    {
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
    voice = EditVoice(language, comparison.old, comparison.new)
    say = voice.say
    print_sets(voice)
    if comparison.same:
        print_line(say("The two sets say the same."))
    for subject, differences in groupby(comparison.differences, lambda difference: difference.subject):
        print_line(say.this(SUBJECTS[subject]), bold=True)
        for difference in differences:
            _print_difference(difference, voice)
    for subject, related in groupby((*comparison.clauses, *comparison.grades), lambda one: one.difference.subject):
        print_line(say.this(SUBJECTS[subject]), bold=True)
        for compared in related:
            _print_clause(compared, voice)
    for line in undecided_lines(comparison, voice):
        print_line(line, 2)
    for number, found in enumerate(comparison.whole):
        for identifier in comparison.judged_as_if if number == 0 else ():
            print_line(judged_as_if_text(voice.short_of(identifier), language))
        print_relation(found.relation, voice, whole_label(found, say))


def _print_clause(compared: ComparedClause, voice: EditVoice) -> None:
    say = voice.say
    _print_difference(compared.difference, voice)
    if compared.because_of:
        names = "; ".join(cause_text(voice, one) for one in compared.because_of)
        print_line(say("its meaning changes through {names}", names=names), 4)
    for found in compared.relations:
        years = f"{years_text(found.years, say)}: " if len(compared.relations) > 1 else ""
        label = f"{say('this grade or a better one')}: " if compared.difference.subject is Subject.GRADE else ""
        print_relation(found.relation, voice, years + label, 4)


def _print_difference(difference: Difference, voice: EditVoice) -> None:
    say = voice.say
    was = f" ({say('was {name}', name=difference.was)})" if difference.was else ""
    print_line(f"{say.this(CHANGES[difference.change])} {subject_text(voice, difference)}{was}", 2)
    whole = difference.change in (ChangeKind.ADDED, ChangeKind.REMOVED)
    for aspect in difference.aspects:
        if not whole or aspect.key in _TOLD_OF_NEW:
            for line in _aspect_lines(voice, difference, aspect, is_alone=whole):
                print_line(line, 4)


def _aspect_lines(voice: EditVoice, difference: Difference, aspect: Aspect, *, is_alone: bool) -> Iterator[str]:
    """What was and what is, on one line where both are short; or the only one that there is."""
    key = voice.say.this(ASPECTS[aspect.key])
    is_list = isinstance(aspect.old, tuple) or isinstance(aspect.new, tuple)
    texts, names = rules_and_names(voice, difference, aspect)
    sides = [[] if text is None else text.split("\n") if is_list else [text] for text in texts]
    old, new = ("; ".join(side) if side else voice.say("(nothing)") for side in sides)
    lines = [f"{sign} {line}" for sign, side in zip("-+", sides, strict=True) for line in side]
    if is_alone:
        yield f"{key}: {new if sides[1] else old}"
    elif is_list and sum(map(len, lines)) <= _SHORT:
        yield f"{key}: {', '.join(lines)}"
    elif not is_list and len(old) <= _SHORT and len(new) <= _SHORT:
        yield f"{key}: {old} → {new}"
    else:
        yield f"{key}:"
        yield from (f"  {line}" for line in lines)
    if names:
        yield f"  {voice.say('where {names}', names='; '.join(names))}"
