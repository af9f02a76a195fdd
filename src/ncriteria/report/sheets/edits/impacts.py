"""The impact of an edit as sheets: the units that flip with the causes, how many go from which verdict to which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from ncriteria.analysis.impact.causes import Cause
from ncriteria.analysis.impact.counts import FLIP_KINDS, FlipKind, Transitions
from ncriteria.analysis.impact.flips import Flip
from ncriteria.analysis.impact.impact import Impact
from ncriteria.analysis.proof.relation_text import grade_text
from ncriteria.evaluation.explanation.grounds import ground_lines
from ncriteria.evaluation.explanation.values import Voice, fact_text, fact_value_teller
from ncriteria.evaluation.result import ClauseResult, Result
from ncriteria.report.sheets.sheet import Cell, Column, Kind, Row, Sheet, by_option, verdict_column
from ncriteria.report.sheets.units import unit_columns
from ncriteria.sets.model import WHOLE_SET, CriteriaSet
from ncriteria.sets.names import LEVELS
from ncriteria.words import Language, words


def flips_sheet(found: Impact, language: Language) -> Sheet:
    """A row for each cause of each unit and year whose verdicts differ, those of larger units behind the others."""
    say = words(language)
    columns = (
        *unit_columns(say)[:4],
        Column("level", say("Level"), Kind.NAME, 10, by_option(LEVELS)),
        Column("parent", say("Parent"), width=14),
        Column("kind", say("How it is touched"), Kind.NAME, 18, by_option(FLIP_KINDS)),
        verdict_column("old", say("Old")),
        verdict_column("new", say("New")),
        Column("clause", say("Clause"), width=16),
        Column("title", say("What it asks"), width=30),
        verdict_column("clause_old", say("Clause, old")),
        verdict_column("clause_new", say("Clause, new")),
        Column("grounds_old", say("Grounds, old"), width=40),
        Column("grounds_new", say("Grounds, new"), width=40),
        Column("facts", say("Deciding figures"), width=36),
    )
    return Sheet("flips", say("Units that flip"), columns, lambda: _flips(found, language))


def transitions_sheet(found: Impact, language: Language) -> Sheet:
    """A row for each pair of verdicts of the whole set and of each clause, with how many rows go from one to the other.

    No verdict on a side is that a rule has no value, or that the set does not have the clause.
    """
    say = words(language)
    columns = (
        Column("clause", say("Clause"), width=20),
        Column("title", say("What it asks"), width=40),
        verdict_column("old", say("Old")),
        verdict_column("new", say("New")),
        Column("rows", say("Rows"), Kind.WHOLE, 9),
    )
    return Sheet("transitions", say("From old to new"), columns, lambda: _transitions(found, language))


def grades_sheet(found: Impact, language: Language) -> Sheet:
    """A row for each unit and year that is graded otherwise, on each scale that either set has."""
    say = words(language)
    columns = (
        *unit_columns(say)[:3],
        Column("clause", say("Clause"), width=20),
        Column("title", say("What it asks"), width=40),
        Column("old", say("Old"), width=36),
        Column("new", say("New"), width=36),
    )
    return Sheet("grades", say("Graded otherwise"), columns, lambda: _moves(found, language))


def _moves(found: Impact, language: Language) -> Iterator[Row]:
    say, titles = words(language), {**_titles(found.old, language), **_titles(found.new, language)}
    for scale in found.grades:
        about = scale.path or say("Whole set"), titles[scale.path]
        for move in scale.moves:
            yield (
                move.unit.id,
                move.unit.name,
                move.year,
                *about,
                *(grade_text(one, say) for one in (move.old, move.new)),
            )


def parents_sheet(found: Impact, language: Language) -> Sheet:
    """A row for each unit around, with how many of its rows are touched in each way."""
    say = words(language)
    columns = (
        Column("unit", say("Parent"), width=14),
        Column("name", say("Name"), width=24),
        Column("rows", say("Rows"), Kind.WHOLE, 9),
        *(Column(kind.value, say.this(FLIP_KINDS[kind]), Kind.WHOLE, 14) for kind in FlipKind),
    )
    return Sheet("parents", say("By the unit around"), columns, lambda: _parents(found))


def touched_by_year_sheet(found: Impact, language: Language) -> Sheet:
    """A row for each standard, level and year in which rows are touched, with how many are, and in which way."""
    say = words(language)
    columns = (
        Column("standard", say("Standard"), width=16),
        Column("level", say("Level"), Kind.NAME, 10, by_option(LEVELS)),
        Column("year", say("Year"), Kind.WHOLE, 7),
        *(Column(kind.value, say.this(FLIP_KINDS[kind]), Kind.WHOLE, 14) for kind in FlipKind),
    )
    return Sheet("touched", say("Touched by year"), columns, lambda: _touched(found))


def _touched(found: Impact) -> Iterator[Row]:
    sides = (
        (found.new.standard, found.new.level, found.flips()),
        *((a.standard, a.level, a.flips) for a in found.above),
    )
    for standard, level, flips in sides:
        counted = Counter((flip.year, flip.kind) for flip in flips)
        for year in sorted({year for year, _ in counted}):
            yield standard, level, year, *(counted[year, kind] for kind in FlipKind)


def _flips(found: Impact, language: Language) -> Iterator[Row]:
    yield from _rows_of(found.flips(), (found.new.standard, found.new.level), language)
    for above in found.above:
        yield from _rows_of(above.flips, (above.standard, above.level), language)


def _rows_of(flips: Iterable[Flip], about: tuple[Cell, ...], language: Language) -> Iterator[Row]:
    for flip in flips:
        sides = (None if one is None else one.verdict for one in (flip.old, flip.new))
        before = (flip.unit.id, flip.unit.name, flip.year, *about, flip.unit.parent, flip.kind, *sides)
        if not flip.causes:
            yield (*before, *(None,) * 7)
        for cause in flip.causes:
            yield (*before, *_cause_cells(flip, cause, language))


def _cause_cells(flip: Flip, cause: Cause, language: Language) -> tuple[Cell, ...]:
    one = cause.new or cause.old
    assert one is not None, "one of the sets has the clause"
    return (
        cause.path,
        one.clause.title.text(language),
        *(None if side is None else side.verdict for side in (cause.old, cause.new)),
        _grounds(flip.old, cause.old, language),
        _grounds(flip.new, cause.new, language),
        "\n".join(_figures(flip, cause, language)) or None,
    )


def _grounds(result: Result | None, outcome: ClauseResult | None, language: Language) -> str | None:
    if result is None or outcome is None:
        return None
    return "\n".join(ground_lines(result, outcome, language)) or None


def _figures(flip: Flip, cause: Cause, language: Language) -> Iterator[str]:
    sets = [one.criteria for one in (flip.new, flip.old) if one is not None]
    for key, value in cause.facts.items():
        voice = Voice(language, next(one for one in sets if key.name in one.facts))
        yield f"{fact_text(voice, key)}: {fact_value_teller(voice, key.name)(value)}"


def _transitions(found: Impact, language: Language) -> Iterator[Row]:
    titles = {**_titles(found.old, language), **_titles(found.new, language)}
    whole = words(language)("Whole set")
    for path, counted in {WHOLE_SET: found.whole, **found.clauses}.items():
        for (old, new), number in _sorted(counted):
            yield path or whole, titles.get(path), old, new, number
    for path, counts in found.removed.items():
        yield from ((path, titles.get(path), old, None, number) for old, number in counts.items())
    for path, counts in found.added.items():
        yield from ((path, titles.get(path), None, new, number) for new, number in counts.items())


def _sorted(counted: Transitions) -> list[tuple[tuple[Cell, Cell], int]]:
    return sorted(counted.counts.items(), key=lambda one: tuple("" if side is None else side for side in one[0]))


def _titles(criteria: CriteriaSet, language: Language) -> Mapping[str, str]:
    return {member.path: member.title.text(language) for member in (criteria.whole, *criteria.members())}


def _parents(found: Impact) -> Iterator[Row]:
    for one in found.parents:
        yield one.parent, one.name, one.whole.total, *(one.kinds.get(kind, 0) for kind in FlipKind)
