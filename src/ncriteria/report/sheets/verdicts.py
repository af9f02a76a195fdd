"""The verdicts of a table as a sheet: a row for each unit, year and standard, and a column for each clause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from ncriteria.evaluation.explanation.text import (
    missing_text,
    open_grade_text,
    outside_text,
    retroactive_text,
    stand_in_text,
)
from ncriteria.evaluation.explanation.values import Voice
from ncriteria.evaluation.publication import AGREEMENTS
from ncriteria.evaluation.table_years.judgement import Judgement
from ncriteria.quick_classes import frozen
from ncriteria.report.sheets.sheet import Column, Kind, Row, Sheet, by_option, verdict_column
from ncriteria.report.sheets.units import unit_cells, unit_columns
from ncriteria.report.summary.gathering import judged_level
from ncriteria.report.summary.overview import MatrixColumn, MatrixRow, Overview, VerdictMatrix
from ncriteria.sets.model import Level
from ncriteria.sets.names import LEVELS
from ncriteria.sets.years.in_force import days_outside, retroactive_since
from ncriteria.words import Language, Words, words


def verdicts_sheet(judgements: Sequence[Judgement], overview: Overview, language: Language) -> Sheet:
    """A row for each judgement under any standard, also for those without a verdict."""
    return _sheet(words(language)("Verdicts"), judgements, overview.matrices, language)


def verdicts_by_standard(judgements: Sequence[Judgement], overview: Overview, language: Language) -> Iterator[Sheet]:
    """The same as a sheet for each standard and level, called so, which has the columns of its own clauses only."""
    title, levels = words(language)("Verdicts"), Counter(matrix.standard for matrix in overview.matrices)
    if len(overview.matrices) <= 1:
        yield verdicts_sheet(judgements, overview, language)
        return
    rows: dict[tuple[str, Level | None], list[Judgement]] = {}
    for one in judgements:
        rows.setdefault((one.standard, judged_level(one)), []).append(one)
    for matrix in overview.matrices:
        level = None if matrix.level is None else words(language).this(LEVELS[matrix.level])
        called = f"{title} {matrix.standard}" if matrix.standard_title is None else matrix.standard_title.text(language)
        named = [called, *([level] if level and levels[matrix.standard] > 1 else [])]
        yield _sheet(" ".join(named), rows[matrix.standard, matrix.level], (matrix,), language)


def _sheet(title: str, judgements: Sequence[Judgement], matrices: Sequence[VerdictMatrix], language: Language) -> Sheet:
    say = words(language)
    grades = (Column("grade", say("Grade"), width=24),) if any(map(_has_grades, judgements)) else ()
    fixed = (*_before(say), *grades, *_behind(say))
    clauses = tuple(_clauses(matrices, {column.name for column in fixed}, language))
    columns = (*_before(say), *grades, *(one.column for one in clauses), *_behind(say))
    return Sheet("verdicts", title, columns, lambda: _rows(judgements, matrices, clauses, bool(grades), language))


@frozen
class _ClauseOfMatrix:
    """A column for a clause or group of one of the matrices."""

    matrix: VerdictMatrix
    path: str
    column: Column


def _before(say: Words) -> tuple[Column, ...]:
    return (
        *unit_columns(say),
        Column("level", say("Level"), Kind.NAME, 10, by_option(LEVELS)),
        Column("parent", say("Parent"), width=14),
        verdict_column("verdict", say("Verdict")),
    )


def _behind(say: Words) -> tuple[Column, ...]:
    return (
        Column("missing", say("Missing"), width=40, is_one_line=True),
        Column("waits", say("Other things waited for"), Kind.WHOLE, 9),
        Column("attested", say("Attested contents"), width=18),
        Column("published", say("Published"), width=14),
        Column("agreement", say("Against the published result"), Kind.NAME, 24, by_option(AGREEMENTS)),
        Column("problem", say("Why there is no verdict"), width=36),
        Column("criteria", say("Criteria set"), width=24),
        Column("instrument", say("Instrument"), width=18),
        Column("note", say("Note"), width=30),
    )


def _clauses(
    matrices: Sequence[VerdictMatrix], taken: Collection[str], language: Language
) -> Iterator[_ClauseOfMatrix]:
    """The columns of all clauses; a path of several standards or levels is named after these, too."""
    times = Counter(one.path for matrix in matrices for one in matrix.columns)
    levels = Counter(matrix.standard for matrix in matrices)
    for matrix in matrices:
        level = f":{matrix.level.value}" if matrix.level is not None and levels[matrix.standard] > 1 else ""
        for one in matrix.columns:
            alone = times[one.path] == 1 and one.path not in taken
            name = one.path if alone else f"{matrix.standard}{level}:{one.path}"
            yield _ClauseOfMatrix(matrix, one.path, verdict_column(name, _heading(name, one, language)))


def _heading(name: str, clause: MatrixColumn, language: Language) -> str:
    return f"{name}: {clause.title.text(language)}"


def _rows(
    judgements: Sequence[Judgement],
    matrices: Sequence[VerdictMatrix],
    clauses: Sequence[_ClauseOfMatrix],
    with_grades: bool,
    language: Language,
) -> Iterator[Row]:
    say, found = words(language), _by_row(matrices)
    for judgement in judgements:
        row = judgement.row
        before = (*unit_cells(judgement, language), row.unit.level, row.unit.parent)
        key = judgement.standard, row.unit.id, row.year
        if judgement.criteria is None or key not in found:
            problem = "\n".join(say.again(one.message) for one in judgement.problems)
            nothing = (None,) * (1 + with_grades + len(clauses) + 3)
            yield (*before, *nothing, row.published, None, problem, None, None, row.note)
            continue
        matrix, verdicts = found[key]
        definition = judgement.criteria.definition
        voice = Voice(language, definition)
        came_later = {} if judgement.record is None else judgement.record.came_later
        since = retroactive_since(definition, row.year)
        ended = definition.stands_in_after
        times = [] if since is None else [retroactive_text(say, since)]
        times += [outside_text(say, days) for days in days_outside(definition, row.year)]
        times += [] if ended is None else [stand_in_text(say, ended)]
        yield (
            *before,
            verdicts.verdict,
            *([_grade(judgement, voice)] if with_grades else []),
            *(verdicts.verdicts.get(one.path) if one.matrix is matrix else None for one in clauses),
            "; ".join(missing_text(voice, fact, came_later) for fact in verdicts.missing) or None,
            verdicts.waits,
            "\n".join(verdicts.attested) or None,
            row.published,
            verdicts.agreement,
            None,
            definition.id,
            definition.instrument.number,
            "\n".join(one for one in (*times, row.note) if one) or None,
        )


def _has_grades(judgement: Judgement) -> bool:
    return judgement.criteria is not None and bool(judgement.criteria.definition.grades)


def _grade(judgement: Judgement, voice: Voice) -> str | None:
    """The grade of a row, or those that can still be given."""
    graded = None if judgement.result is None else judgement.result.graded
    if graded is None:
        return None
    return open_grade_text(voice, graded) if graded.grade is None else graded.grade.title.text(voice.language)


def _by_row(matrices: Sequence[VerdictMatrix]) -> Mapping[tuple[str, str, int], tuple[VerdictMatrix, MatrixRow]]:
    return {(matrix.standard, row.unit, row.year): (matrix, row) for matrix in matrices for row in matrix.rows}
