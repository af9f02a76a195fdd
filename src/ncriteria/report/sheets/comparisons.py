"""The comparison of two criteria sets as sheets: what differs in what they say, and how their clauses relate."""

from __future__ import annotations

from collections.abc import Iterator

from ncriteria.analysis.comparison.compare import Comparison, YearRelation
from ncriteria.analysis.comparison.differences import CHANGES, SUBJECTS, Difference, Shown, shown_in
from ncriteria.analysis.proof.relation_text import relation_grounds, relation_text
from ncriteria.report.sheets.sheet import Column, Kind, Row, Sheet, by_option
from ncriteria.sets.model import WHOLE_SET, Bilingual
from ncriteria.words import Language, words


def differences_sheet(comparison: Comparison, language: Language) -> Sheet:
    """A row for each key of each part that differs; a clause that only means something else has one without a key."""
    say = words(language)
    columns = (
        Column("subject", say("What differs"), Kind.NAME, 14, by_option(SUBJECTS)),
        Column("change", say("How"), Kind.NAME, 12, by_option(CHANGES)),
        Column("name", say("Name or clause"), width=24),
        Column("was", say("Name before"), width=24),
        Column("key", say("Key of the file"), width=16),
        Column("old", say("Old"), width=50),
        Column("new", say("New"), width=50),
        Column("because_of", say("Its meaning changes through"), width=24),
    )
    return Sheet("differences", say("Differences"), columns, lambda: _differences(comparison, language))


def relations_sheet(comparison: Comparison, language: Language) -> Sheet:
    """A row for each clause whose meaning differs, and for the whole set, in each run of years."""
    say = words(language)
    columns = (
        Column("clause", say("Clause"), width=24),
        Column("first_year", say("From year"), Kind.WHOLE, 9),
        Column("last_year", say("To year"), Kind.WHOLE, 9),
        Column("relation", say("The new one is"), width=30),
        Column("proved", say("Proved"), Kind.TRUTH, 9),
        Column("grounds", say("Records that show it"), width=80),
    )
    return Sheet("relations", say("Stricter or looser"), columns, lambda: _relations(comparison, language))


def _differences(comparison: Comparison, language: Language) -> Iterator[Row]:
    for difference in comparison.differences:
        yield from _rows_of(difference, (), language)
    for compared in comparison.clauses:
        yield from _rows_of(compared.difference, compared.because_of, language)


def _rows_of(difference: Difference, because_of: tuple[str, ...], language: Language) -> Iterator[Row]:
    before = difference.subject, difference.change, difference.name, difference.was
    causes = "\n".join(because_of) or None
    if not difference.aspects:
        yield (*before, None, None, None, causes)
    for aspect in difference.aspects:
        shown = shown_in(aspect, language)
        yield (*before, aspect.key, _text(aspect.old, shown), _text(aspect.new, shown), causes)


def _text(shown: Shown, language: Language) -> str | None:
    match shown:
        case Bilingual():
            return shown.text(language)
        case tuple():
            return "\n".join(shown)
        case _:
            return shown


def _relations(comparison: Comparison, language: Language) -> Iterator[Row]:
    for found in comparison.whole:
        yield _relation(WHOLE_SET, found, language)
    for compared in comparison.clauses:
        for found in compared.relations:
            yield _relation(compared.difference.name, found, language)


def _relation(path: str, found: YearRelation, language: Language) -> Row:
    say = words(language)
    grounds = "\n".join(relation_grounds(found.relation, say)) or None
    told = relation_text(found.relation, language)
    name = path or say.within("of two sets", "The whole set")
    return name, found.years.first, found.years.last, told, found.relation.proved, grounds
