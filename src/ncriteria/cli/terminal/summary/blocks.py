"""The summary of a table as a whole: counts first, then matrices, figures to collect, and what has no verdict."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from ncriteria.cli.console.layout import whole_width
from ncriteria.cli.terminal.summary.counts import count_lines, grade_lines
from ncriteria.cli.terminal.summary.matrices import legend, matrix_lines
from ncriteria.cli.terminal.summary.page import SummaryAsked, SummaryPage
from ncriteria.cli.terminal.summary.waiting import figure_lines, wait_lines
from ncriteria.cli.terminal.unjudged import unjudged_lines
from ncriteria.evaluation.publication import Agreement
from ncriteria.evaluation.table_years.judgement import Judgement
from ncriteria.facts.table import FactRow
from ncriteria.report.summary.gathering import overview_of
from ncriteria.report.summary.overview import MatrixRow, Overview, VerdictMatrix
from ncriteria.sets.model import Verdict
from ncriteria.words import Language

_ROWS: Final = 20
_ROWS_OF_SEVERAL: Final = 13
"""Lines for the rows of all matrices together; fewer where several long tables stand below each other."""
_FEWEST: Final = 6
_KEYS: Final = 14
_FEW_KEYS: Final = 7
"""Lines that say what the columns are, and fewer."""
_MOST_DIFFERENT: Final = 5


def summary_blocks(
    judgements: Sequence[Judgement], passed_over: Collection[FactRow], language: Language, asked: SummaryAsked
) -> Iterator[list[str]]:
    """The lines of the summary of `judgements`, in blocks; `passed_over` are the rows that no criteria are for."""
    overview = overview_of(judgements, passed_over)
    lengths = [len(matrix.rows) for matrix in overview.matrices if matrix.rows]
    rows, keys = _ROWS, _KEYS
    if len(lengths) > 1 and max(lengths) > _ROWS // len(lengths):
        rows, keys = _ROWS_OF_SEVERAL, _FEW_KEYS
    page = SummaryPage(language, whole_width(), asked, max(_FEWEST, rows // max(len(lengths), 1)), keys)
    yield from overview_blocks(page, overview)
    yield [*unjudged_lines(judgements, passed_over, language, page.reads_well)]


def overview_blocks(page: SummaryPage, overview: Overview) -> Iterator[list[str]]:
    """The parts of a summary, which an empty line parts."""
    if not overview.matrices:
        yield [page.say("There are no rows to judge")]
        return
    grades = grade_lines(page, overview.matrices)
    yield [*count_lines(page, overview.matrices), *grades, *_time_lines(page, overview)]
    for matrix in overview.matrices:
        if matrix.rows and _is_asked_for(page, matrix):
            yield [*matrix_lines(page, matrix)]
    rows = [row for matrix in overview.matrices for row in matrix.rows]
    if rows:
        yield [*page.lines(legend(page, overview.matrices))]
    yield [*_agreement_lines(page, overview, rows)]
    if page.asked.with_accounts and not page.asked.all_figures:
        return  # the accounts say of each row what it waits for
    yield [*figure_lines(page, overview)]
    yield [*wait_lines(page, overview)]
    if len(rows) > 1 and not page.asked.with_accounts:
        yield [
            *_base_lines(page, overview, rows),
            *page.lines(page.say("One unit with all its grounds: --unit UNIT; all of them: --details")),
        ]


def _time_lines(page: SummaryPage, overview: Overview) -> Iterator[str]:
    """The day as of which the table is judged, and acts that came into force after the years they are applied to."""
    if overview.known_on is not None:
        told = page.say("As known on {day}: by what was on file and in force then", day=overview.known_on)
        yield from page.lines(told)
    acts = dict.fromkeys(
        (one.instrument.number, one.since, one.retroactive)
        for matrix in overview.matrices
        for one in matrix.sets
        if one.retroactive is not None
    )
    for act, since, years in acts:
        say, listed = page.say, ", ".join(map(str, years or ()))
        yield from page.lines(
            say("Applied retroactively: {act}, in force since {day}, to {years}", act=act, day=since, years=listed)
        )
    sets = dict.fromkeys(
        (one.instrument.number, days)
        for matrix in overview.matrices
        for one in matrix.sets
        for days in one.days_outside or ()
    )
    if sets:
        from ncriteria.evaluation.explanation.text import outside_text

        for act, days in sets:
            yield from page.lines(f"{act}: {outside_text(page.say, days)}")


def _base_lines(page: SummaryPage, overview: Overview, rows: Sequence[MatrixRow]) -> Iterator[str]:
    """How the last year is shown alone, where nothing of an earlier one is decided and each unit has a row after it.

    What is known of such a year may only be the base of the next.
    """
    units = {(row.unit, row.year) for row in rows}
    open_years = {row.year for row in rows} - {row.year for row in rows if row.verdict is not Verdict.UNDETERMINED}
    last = overview.years[-1]
    ends = {year for unit, year in units if (unit, year + 1) not in units}
    if bases := sorted(open_years - ends - {last}):
        told = page.say(
            "Nothing of {years} is decided; {last} alone: --year {last}", years=", ".join(map(str, bases)), last=last
        )
        yield from page.lines(told)


def _is_asked_for(page: SummaryPage, matrix: VerdictMatrix) -> bool:
    """Whether the matrix has the clauses that are to be shown alone."""
    return not page.asked.clauses or any(column.path in page.asked.clauses for column in matrix.columns)


def _agreement_lines(page: SummaryPage, overview: Overview, rows: Sequence[MatrixRow]) -> Iterator[str]:
    """How the verdicts stand to those that were published, and which differ."""
    if not overview.agreements:
        return
    told = page.say(
        "Against published results: {agree} agree, {open} open (none contradicts), {differ} differ",
        agree=overview.agreements.get(Agreement.AGREES, 0),
        open=overview.agreements.get(Agreement.OPEN, 0),
        differ=overview.agreements.get(Agreement.DIFFERS, 0),
    )
    yield from page.heading(told)
    different = [row for row in rows if row.agreement is Agreement.DIFFERS]
    for row in different[:_MOST_DIFFERENT]:
        told = page.say(
            "{unit} {year}: published {published}, computed {verdict}",
            unit=row.name or row.unit,
            year=str(row.year),
            published=row.published,
            verdict=page.verdict(row.verdict),
        )
        yield from page.lines(told, indent="  ")
    if left := len(different[_MOST_DIFFERENT:]):
        yield from page.lines(page.say.plural("and {count} more", "and {count} more", count=left), indent="  ")
