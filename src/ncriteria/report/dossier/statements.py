"""What whoever signs an edit may rely on, what was only searched, and what is not known: in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Final

from ncriteria.analysis.impact.counts import Outcome, Transitions
from ncriteria.analysis.proof.prove import Proof
from ncriteria.analysis.proof.prove_remarks import REMARKS
from ncriteria.analysis.proof.relation import WHOLE, ClauseRelation
from ncriteria.analysis.proof.relation_text import RELATIONS, judged_as_if_text, relation_text, years_text
from ncriteria.analysis.rule_testing.coverage import Coverage
from ncriteria.analysis.rule_testing.mutation.survivors import Mutations
from ncriteria.language.values import Unknown
from ncriteria.quick_classes import frozen
from ncriteria.report.dossier.model import Dossier, EditTested
from ncriteria.report.dossier.relations import RelationsInYears, relations_of
from ncriteria.report.sheets.edits.coverage import OUTSIDE
from ncriteria.report.sheets.edits.edit_words import EditVoice
from ncriteria.sets.model import Clause, Encodes
from ncriteria.sets.names import ENCODES, UNITS, VERDICTS
from ncriteria.words import Language, Message, Words, words


class Footing(Enum):
    """What a statement rests on, the surest first."""

    PROVED = "proved"
    """It holds for every possible record."""
    COUNTED = "counted"
    """It was judged exactly: rows of the table, and the tests of the new set."""
    FINDING = "finding"
    """It was judged exactly, and wants a second look."""
    SEARCHED = "searched"
    """It holds for the records that were tried, and for those alone."""
    UNKNOWN = "unknown"
    """It was not asked, or not decided in time, or the law does not say it."""


FOOTINGS: Final[Mapping[Footing, Message]] = {
    Footing.PROVED: Message("May be relied on: proved for every possible record"),
    Footing.COUNTED: Message("May be relied on: judged one by one"),
    Footing.FINDING: Message("To be looked at before signing"),
    Footing.SEARCHED: Message("Only searched, not proved"),
    Footing.UNKNOWN: Message("Not known"),
}
SIGNS: Final[Mapping[Footing, str]] = {
    Footing.PROVED: "✓",
    Footing.COUNTED: "✓",
    Footing.FINDING: "✗",
    Footing.SEARCHED: "~",
    Footing.UNKNOWN: "?",
}
"""The sign of each, which stands beside its words."""
INSTALL: Final = "pip install 'ncriteria[prove]'"


@frozen
class EditStatement:
    """One sentence of a dossier, with what it rests on."""

    footing: Footing
    text: str


def statements(dossier: Dossier, language: Language) -> tuple[EditStatement, ...]:
    """All that there is to say of the edit, the surest first."""
    voice = EditVoice(language, dossier.old, dossier.new)
    told = (*_of_meaning(dossier, voice), *_of_table(dossier, voice), *_of_tests(dossier.tests, voice), *_of_law(voice))
    order = list(Footing)
    return tuple(sorted(told, key=lambda one: order.index(one.footing)))


@frozen
class SignerVerdict:
    """What a dossier comes to in one line; `footing` is the least sure of what it says, a finding first."""

    footing: Footing
    text: str


def verdict_of(dossier: Dossier, language: Language) -> SignerVerdict:
    """How surely it is known what the edit means, and what is to be looked at."""
    say, found = words(language), statements(dossier, language)
    findings = sum(one.footing is Footing.FINDING for one in found)
    footing, certainty = _certainty(dossier, say)
    if not findings:
        return SignerVerdict(footing, f"{certainty} {say('Nothing was found that is to be mended.')}")
    looked = say.plural(
        "{count} thing is to be looked at before signing.",
        "{count} things are to be looked at before signing.",
        count=findings,
    )
    return SignerVerdict(Footing.FINDING, f"{certainty} {looked}")


def has_findings(dossier: Dossier) -> bool:
    """Whether something is to be looked at before signing, or there was no time to find out what the tests notice."""
    findings = (one for one in statements(dossier, "en") if one.footing is Footing.FINDING)
    return dossier.tests.is_unsettled or any(findings)


def _certainty(dossier: Dossier, say: Words) -> tuple[Footing, str]:
    """How surely it is known what the edit means."""
    if dossier.comparison.same:
        return Footing.PROVED, say("The two sets say the same.")
    found = relations_of(dossier.comparison, dossier.proof)
    footings = {relation_footing(one) for years in found for one in years.all}
    if Footing.UNKNOWN in footings or dossier.comparison.undecided_renames:
        return Footing.UNKNOWN, say("What the edit means is not known in all parts.")
    if Footing.SEARCHED in footings:
        return Footing.SEARCHED, say("What the edit means was only searched, not proved, in some parts.")
    if not any(years.differing for years in found):
        return Footing.PROVED, say("It is proved that no verdict changes.")
    return Footing.PROVED, say("What the edit means is proved for every possible record.")


def _of_meaning(dossier: Dossier, voice: EditVoice) -> Iterator[EditStatement]:
    say, comparison = voice.say, dossier.comparison
    if comparison.same:
        yield EditStatement(Footing.PROVED, say("The two sets say the same."))
    elif not comparison.whole:
        yield EditStatement(
            Footing.PROVED,
            say("No rule says anything else than before: only titles, citations, notes and the like do."),
        )
    for found in relations_of(comparison, dossier.proof):
        yield from _of_years(found, voice)
    for identifier in comparison.judged_as_if:
        yield EditStatement(Footing.UNKNOWN, judged_as_if_text(voice.short_of(identifier), voice.language))
    if comparison.undecided_renames:
        clauses = _clauses(comparison.undecided_renames, voice)
        yield EditStatement(
            Footing.UNKNOWN, say("Removed or renamed, not decided in time: {clauses}.", clauses=clauses)
        )
    if dossier.proof is None:
        told = say("No proofs were made, for z3 is not installed: {command}", command=INSTALL)
        yield EditStatement(Footing.UNKNOWN, told)
        return
    for path, told in remarks_told(dossier.proof, voice):
        yield EditStatement(Footing.FINDING, f"{voice.clause(path)}: {told}.")
    late = dict.fromkeys(path for one in dossier.proof.years for path in one.new_remarks.undecided)
    if late:
        told = say("Not decided in time whether these can be met at all: {clauses}.", clauses=_clauses(late, voice))
        yield EditStatement(Footing.UNKNOWN, told)


def remarks_told(proof: Proof, voice: EditVoice) -> Iterator[tuple[str, str]]:
    """What is worth a second look in the new set and was not so in the old one, each path with what is said of it."""
    before = {(one.kind, one.path) for years in proof.years for one in years.old_remarks.found}
    found = {(one.kind, one.path): None for years in proof.years for one in years.new_remarks.found}
    for kind, path in found:
        if (kind, path) not in before:
            yield path, voice.say.this(REMARKS[kind])


def _of_years(found: RelationsInYears, voice: EditVoice) -> Iterator[EditStatement]:
    """How the whole set and its clauses relate in some years, those that relate alike together."""
    say = voice.say
    years = years_text(found.years, say)
    alike: dict[tuple[Footing, str], list[str]] = {}
    for one in found.differing:
        alike.setdefault((relation_footing(one), relation_told(one, voice)), []).append(one.new_path)
    for (footing, told), paths in alike.items():
        yield EditStatement(footing, f"{years}: {told}: {_clauses(paths, voice)}.")
    same = [path for path in voice.encoded(one.new_path for one in found.alike) if path != WHOLE]
    if same:
        told = say.plural(
            "{count} content means the same as before", "{count} contents mean the same as before", count=len(same)
        )
        yield EditStatement(Footing.PROVED, f"{years}: {told}.")


def relation_told(relation: ClauseRelation, voice: EditVoice) -> str:
    """The relation in words; what it rests on is said where it is not proved."""
    if relation.proved and relation.relation is not None:
        return voice.say.this(RELATIONS[relation.relation])
    return relation_text(relation, voice.language, voice.fact)


def relation_footing(relation: ClauseRelation) -> Footing:
    """What a relation rests on; one that could not be decided, or not be asked, is not known."""
    if relation.proved:
        return Footing.PROVED
    return Footing.SEARCHED if relation.in_time and relation.relation is not None else Footing.UNKNOWN


def _clauses(paths: Iterable[str], voice: EditVoice) -> str:
    return "; ".join(voice.clause(path) for path in paths)


def _of_table(dossier: Dossier, voice: EditVoice) -> Iterator[EditStatement]:
    say, found = voice.say, dossier.impact
    if found is None:
        yield EditStatement(Footing.UNKNOWN, say("Which units flip, for no table was given."))
        return
    left_out = sum(found.rows_by_year.values()) - found.judged + found.elsewhere
    if left_out:
        told = say.plural(
            "What becomes of {count} row of the table, which the sets do not both judge.",
            "What becomes of {count} rows of the table, which the sets do not both judge.",
            count=left_out,
        )
        yield EditStatement(Footing.UNKNOWN, told)
    if found.outside:
        yield EditStatement(Footing.UNKNOWN, say.this(OUTSIDE))
    if not found.judged:
        yield EditStatement(Footing.FINDING, say("Both sets judge no row of the table."))
        return
    level, touched = say.this(UNITS[found.new.level]), sum(found.kinds.values())
    yield EditStatement(Footing.COUNTED, _rows_told(found.whole, touched, level, voice))
    for above in found.above:
        level = say.this(UNITS[above.level])
        yield EditStatement(Footing.COUNTED, _rows_told(above.whole, len(above.flips), level, voice))
    without = sum(count for pair, count in found.whole.counts.items() if None in pair)
    if without:
        told = say.plural(
            "{count} row of the table has no verdict, for a rule has no value for it.",
            "{count} rows of the table have no verdict, for a rule has no value for them.",
            count=without,
        )
        yield EditStatement(Footing.FINDING, told)


def _rows_told(whole: Transitions, touched: int, units: str, voice: EditVoice) -> str:
    """How many rows of units come out otherwise as a whole, and from what to what; how many in clauses alone."""
    say = voice.say
    told = say(
        "Rows of {units} that come out otherwise as a whole: {changed} of {count}; in single clauses only: {inside}",
        count=whole.total,
        units=units,
        changed=whole.changed,
        inside=touched - whole.changed,
    )
    turns = "; ".join(
        f"{outcome_text(old, say)} → {outcome_text(new, say)}: {count}"
        for (old, new), count in sorted(whole.counts.items(), key=lambda one: -one[1])
        if old is not new
    )
    return f"{told} ({turns})." if turns else f"{told}."


def outcome_text(outcome: Outcome, say: Words) -> str:
    """A verdict, or that there is none."""
    return say("No value") if outcome is None else say.this(VERDICTS[outcome])


def _of_tests(tests: EditTested, voice: EditVoice) -> Iterator[EditStatement]:
    say, number = voice.say, len(tests.outcomes)
    if tests.failed:
        names = ", ".join(one.test_id for one in tests.failed)
        told = say(
            "{failed} of {count} tests of the new set fail: {names}.",
            failed=len(tests.failed),
            count=number,
            names=names,
        )
        yield EditStatement(Footing.FINDING, told)
        yield EditStatement(Footing.UNKNOWN, say("What the tests leave untried: that is told once they pass."))
    elif not number:
        yield EditStatement(Footing.FINDING, say("The new set carries no tests, so nothing tries its rules."))
    else:
        told = say.plural("{count} test of the new set passes.", "All {count} tests of the new set pass.", count=number)
        yield EditStatement(Footing.COUNTED, told)
    if tests.coverage is not None:
        yield from _of_coverage(tests.coverage, voice)
    if tests.mutations is not None:
        yield from _of_mutations(tests.mutations, voice)


def _of_coverage(coverage: Coverage, voice: EditVoice) -> Iterator[EditStatement]:
    full = sum(not one.missing for one in coverage.conditions)
    told = voice.say(
        "The tests try {full} of {count} conditions of the rules in full.", full=full, count=len(coverage.conditions)
    )
    yield EditStatement(Footing.COUNTED if coverage.is_full else Footing.FINDING, told)


def _of_mutations(mutations: Mutations, voice: EditVoice) -> Iterator[EditStatement]:
    say, total = voice.say, mutations.noticed + len(mutations.findings)
    late = sum(not one.in_time for one in mutations.undecided)
    searched, survivors, unchanged = len(mutations.undecided) - late, len(mutations.survivors), len(mutations.unchanged)
    if mutations.noticed:
        told = say(
            "Slips in the rules that the tests notice: {count} of {total}.", count=mutations.noticed, total=total
        )
        yield EditStatement(Footing.COUNTED, told)
    if survivors:
        told = say(
            "Slips in the rules that change a verdict and that no test notices: {count} of {total}.",
            count=survivors,
            total=total,
        )
        yield EditStatement(Footing.FINDING, told)
    if unchanged:
        told = say("Slips in the rules that change no verdict: {count} of {total}.", count=unchanged, total=total)
        yield EditStatement(Footing.PROVED, told)
    if searched:
        told = say(
            "Slips in the rules that no test notices, and that make no difference on the records that were tried: "
            "{count} of {total}.",
            count=searched,
            total=total,
        )
        yield EditStatement(Footing.SEARCHED, told)
    if late:
        told = say(
            "Slips in the rules of which it was not decided in time: {count} of {total}.", count=late, total=total
        )
        yield EditStatement(Footing.UNKNOWN, told)
    if not mutations.all_made:
        yield EditStatement(Footing.UNKNOWN, say("What becomes of further slips, which there was no time to make."))


def _of_law(voice: EditVoice) -> Iterator[EditStatement]:
    say = voice.say
    by_kind: dict[Encodes, list[str]] = {}
    for member in voice.new.members():
        if isinstance(member, Clause):
            by_kind.setdefault(member.encodes, []).append(member.path)
    for kind in (Encodes.NOT_ENCODED, Encodes.APPROXIMATED):
        if paths := by_kind.get(kind):
            told = say(
                "What the law says of these, which are {encoded}: {clauses}.",
                encoded=say.this(ENCODES[kind]),
                clauses=_clauses(paths, voice),
            )
            yield EditStatement(Footing.UNKNOWN, told)
    for name, declared in voice.new.parameters.items():
        if any(isinstance(dated.value, Unknown) for dated in declared.values):
            told = say("A value that the law leaves open: {parameter}.", parameter=voice.parameter(name))
            yield EditStatement(Footing.UNKNOWN, told)
