"""A dossier as it is read, whatever it is shown on: sections of lines and lists, with tables for the details."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from ncriteria.analysis.comparison.compare import ComparedClause
from ncriteria.analysis.comparison.differences import CHANGES, ChangeKind, Difference
from ncriteria.analysis.impact.counts import FLIP_KINDS, FlipKind
from ncriteria.analysis.impact.impact import Impact
from ncriteria.analysis.proof.relation_text import relation_grounds, years_text
from ncriteria.analysis.rule_testing.coverage import Coverage
from ncriteria.analysis.rule_testing.mutation.survivors import Mutations
from ncriteria.quick_classes import frozen
from ncriteria.report.dossier.model import Dossier
from ncriteria.report.dossier.relations import RelationsInYears, relations_of
from ncriteria.report.dossier.statements import (
    FOOTINGS,
    Footing,
    outcome_text,
    relation_footing,
    relation_told,
    statements,
    verdict_of,
)
from ncriteria.report.sheets.edits.comparisons import differences_sheet, relations_sheet
from ncriteria.report.sheets.edits.edit_words import (
    ASPECTS,
    EditVoice,
    aspect_texts,
    cause_text,
    set_text,
    subject_text,
)
from ncriteria.report.sheets.edits.impacts import flips_sheet, touched_by_year_sheet, transitions_sheet
from ncriteria.report.sheets.edits.rule_tests import slips_sheet, untried_sheet
from ncriteria.report.sheets.sheet import Sheet
from ncriteria.sets.model import Level
from ncriteria.sets.names import LEVELS
from ncriteria.words import Language, Words

_SHOWN: Final = 10
"""Units that flip, and slips, that stand in a list; the tables have more of them."""
_SAID: Final = ("value", "rule", "when_zero_base", "applies_when", "in_force", "members", "n", "group", "years")
"""The keys of which a list of changes tells what was and what is; the tables tell it of all."""
_SHORT: Final = 60


@frozen
class Item:
    """One thing of a list, and what is said below it; `footing` is what it rests on, where that is told."""

    text: str
    below: tuple[str, ...] = ()
    footing: Footing | None = None


@frozen
class ItemList:
    """Things under a heading, which may be empty."""

    heading: str
    items: tuple[Item, ...]
    footing: Footing | None = None


@frozen
class DossierSection:
    """A part of a dossier: what is said in lines and lists, and tables that hold the details."""

    title: str
    lines: tuple[str, ...] = ()
    lists: tuple[ItemList, ...] = ()
    tables: tuple[Sheet, ...] = ()


@frozen
class Opening:
    """How a dossier begins: its title, the two sets, and the verdict for whoever signs."""

    title: str
    sets: tuple[tuple[str, str], ...]
    verdict: str
    footing: Footing


def opening(dossier: Dossier, language: Language) -> Opening:
    """The beginning of a dossier."""
    say = EditVoice(language, dossier.old, dossier.new).say
    sets = tuple((name, set_text(one, say)) for name, one in ((say("Old"), dossier.old), (say("New"), dossier.new)))
    verdict = verdict_of(dossier, language)
    return Opening(say("Dossier of an edit of criteria"), sets, verdict.text, verdict.footing)


def sections(dossier: Dossier, language: Language) -> tuple[DossierSection, ...]:
    """The sections of a dossier, in the order in which whoever signs reads them."""
    voice = EditVoice(language, dossier.old, dossier.new)
    told = [_for_the_signer(dossier, voice), _changes(dossier, voice), _meaning(dossier, voice)]
    if dossier.impact is not None:
        told.append(_units(dossier.impact, voice))
    told.append(_tests(dossier, voice))
    return tuple(told)


def _for_the_signer(dossier: Dossier, voice: EditVoice) -> DossierSection:
    told = statements(dossier, voice.language)
    lists = (
        ItemList(
            voice.say.this(FOOTINGS[footing]),
            tuple(Item(one.text) for one in told if one.footing is footing),
            footing,
        )
        for footing in Footing
    )
    return DossierSection(voice.say("What whoever signs may rely on"), lists=tuple(one for one in lists if one.items))


def _changes(dossier: Dossier, voice: EditVoice) -> DossierSection:
    comparison, say = dossier.comparison, voice.say
    items = (
        *(_change(voice, one, ()) for one in comparison.differences),
        *(_change(voice, one.difference, _causes(voice, one)) for one in comparison.clauses),
    )
    lines = (say("The two sets say the same."),) if comparison.same else ()
    table = differences_sheet(comparison, voice.language).narrowed(("change", "title", "aspect", "old", "new"))
    return DossierSection(
        say("What changed"), lines, (ItemList("", items),) if items else (), (table,) if items else ()
    )


def _causes(voice: EditVoice, compared: ComparedClause) -> tuple[str, ...]:
    if not compared.because_of:
        return ()
    names = ", ".join(cause_text(voice, one) for one in compared.because_of)
    return (voice.say("its meaning changes through {names}", names=names),)


def _change(voice: EditVoice, difference: Difference, below: tuple[str, ...]) -> Item:
    """What differs, with the keys that differ; what was and is only where that is short."""
    say = voice.say
    text = f"{say.this(CHANGES[difference.change])}: {subject_text(voice, difference)}"
    if difference.was is not None:
        text = f"{text} ({say('was {name}', name=difference.was)})"
    if difference.change in (ChangeKind.ADDED, ChangeKind.REMOVED):
        return Item(text, below)
    others, told = [], []
    for aspect in difference.aspects:
        name = say.this(ASPECTS[aspect.key])
        if aspect.key not in _SAID:
            others.append(name)
            continue
        old, new = (
            say("(nothing)") if one is None else one.replace("\n", "; ")
            for one in aspect_texts(voice, difference, aspect)
        )
        is_short = len(old) + len(new) <= _SHORT
        told += [f"{name}: {old} → {new}"] if is_short else [f"{name}:", f"  - {old}", f"  + {new}"]
    if others:
        told.append(say("otherwise: {keys}", keys=", ".join(others)))
    return Item(text, (*told, *below))


def _meaning(dossier: Dossier, voice: EditVoice) -> DossierSection:
    say, found = voice.say, relations_of(dossier.comparison, dossier.proof)
    rows = [(one.years, relation) for one in found for relation in one.all]
    lines = (
        [
            say(
                "Over every way in which each fact is known or not; but for facts known within bounds, "
                "and records that cannot be judged (such as a division by zero)."
            )
        ]
        if found
        else []
    )
    if not found:
        lines.append(say("No clause means anything else than before."))
    columns = ("clause", "title", "first_year", "last_year", "relation", "grounds")
    table = relations_sheet(rows, voice).narrowed(columns)
    return DossierSection(
        say("Stricter or looser"),
        tuple(lines),
        tuple(_in_years(one, voice) for one in found),
        (table,) if rows else (),
    )


def _in_years(found: RelationsInYears, voice: EditVoice) -> ItemList:
    items = [
        Item(
            f"{voice.clause(one.new_path)}: {relation_told(one, voice)}",
            tuple(relation_grounds(one, voice.grounds)),
            relation_footing(one),
        )
        for one in found.differing
    ]
    if encoded := voice.encoded(one.new_path for one in found.alike):
        alike = "; ".join(map(voice.clause, encoded))
        items.append(Item(f"{voice.say('Equivalent')}: {alike}", (), Footing.PROVED))
    return ItemList(years_text(found.years, voice.say), tuple(items))


def _units(found: Impact, voice: EditVoice) -> DossierSection:
    say, language = voice.say, voice.language
    rows = sum(found.rows_by_year.values())
    lines = [
        say("Rows that both judge: {judged} of {rows}; a row is one unit in one year.", judged=found.judged, rows=rows)
    ]
    items = tuple(_flipping(found, voice))
    number = sum(found.kinds.values()) + sum(len(one.flips) for one in found.above)
    if not number:
        lines.append(say("No unit flips."))
    elif number > len(items):
        lines.append(say("The first {shown} of {count} units that flip:", shown=len(items), count=number))
    columns = ("name", "unit", "level", "year", "old", "new", "title", "clause", "facts")
    flips = flips_sheet(found, language).narrowed(columns)
    tables = (flips,) if number else ()
    transitions = transitions_sheet(found, language).narrowed(("clause", "title", "old", "new", "rows"))
    return DossierSection(
        say("Which units flip"),
        tuple(lines),
        (ItemList(say("By level and year"), tuple(_by_year(found, voice))), ItemList("", items)) if items else (),
        (*tables, *((transitions,) if found.judged else ())),
    )


def _by_year(found: Impact, voice: EditVoice) -> Iterator[Item]:
    """How many units are touched, and in which way, in each year at each level."""
    say = voice.say
    for _, level, year, *counts in touched_by_year_sheet(found, voice.language).rows:
        kinds = ", ".join(
            f"{say.this(FLIP_KINDS[kind])}: {count}" for kind, count in zip(FlipKind, counts, strict=True) if count
        )
        assert isinstance(level, Level)
        yield Item(f"{say.this(LEVELS[level])}, {year}: {kinds}")


def _flipping(found: Impact, voice: EditVoice) -> Iterator[Item]:
    """The first units that flip, each with the clauses that make the difference."""
    say = voice.say
    above = (flip for one in found.above for flip in one.flips)
    for flip in (*found.flips(_SHOWN), *islice(above, _SHOWN)):
        sides = (None if one is None else one.verdict for one in (flip.old, flip.new))
        verdicts = " → ".join(dict.fromkeys(outcome_text(side, say) for side in sides))
        below = []
        for cause in flip.causes:
            before, after = (None if one is None else one.verdict for one in (cause.old, cause.new))
            below.append(f"{voice.clause(cause.path)}: {outcome_text(before, say)} → {outcome_text(after, say)}")
        yield Item(f"{flip.unit.named} · {flip.year}: {verdicts}", tuple(below))


def _tests(dossier: Dossier, voice: EditVoice) -> DossierSection:
    say, tests = voice.say, dossier.tests
    passed = len(tests.outcomes) - len(tests.failed)
    lines = [say("{passed} of {count} tests of the new set pass.", passed=passed, count=len(tests.outcomes))]
    tables = []
    if tests.coverage is not None:
        lines.append(_coverage_line(tests.coverage, say))
        tables.append(untried_sheet(tests.coverage, voice))
    if tests.mutations is not None:
        lines.append(_slips_line(tests.mutations, say))
        columns = ("clause", "title", "slip", "fate", "record", "verdict", "verdict_with_slip")
        tables.append(slips_sheet(tests.mutations, voice).narrowed(columns))
    failed = tuple(Item(one.test_id, one.failures) for one in tests.failed)
    lists = (ItemList(say("Tests that fail"), failed, Footing.FINDING),) if failed else ()
    return DossierSection(say("How well the new set is tested"), tuple(lines), lists, tuple(tables))


def _coverage_line(coverage: Coverage, say: Words) -> str:
    return say(
        "Conditions tried in full: {full} of {count}; outcomes and limits seen: {seen} of {wanted}.",
        full=sum(not one.missing for one in coverage.conditions),
        count=len(coverage.conditions),
        seen=sum(len(one.seen) for one in coverage.conditions),
        wanted=sum(len(one.wanted) for one in coverage.conditions),
    )


def _slips_line(mutations: Mutations, say: Words) -> str:
    return say(
        "Slips tried in the rules: {total}; noticed: {noticed}; not noticed: {unnoticed}; without effect: {unchanged}; "
        "left open: {open}.",
        total=mutations.noticed + len(mutations.findings),
        noticed=mutations.noticed,
        unnoticed=len(mutations.survivors),
        unchanged=len(mutations.unchanged),
        open=len(mutations.undecided),
    )
