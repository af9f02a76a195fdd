"""Judging whole tables: a frame of units and years in, the same kind of frame with verdicts out."""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from types import NoneType
from typing import TYPE_CHECKING

import narwhals as nw
from attrs import evolve

from ncriteria.errors import CellPlace, NCriteriaError, Problem, expect
from ncriteria.evaluation.attesting.attested_tables import attested_by
from ncriteria.evaluation.attesting.deciding import expect_attestations
from ncriteria.evaluation.columns.asked.bounds import TableBounds
from ncriteria.evaluation.columns.asked.families import torn_apart
from ncriteria.evaluation.columns.asked.known_days import seen_on, sets_on
from ncriteria.evaluation.columns.asked.parting import together_of
from ncriteria.evaluation.columns.closing import closed
from ncriteria.evaluation.columns.door.doubts import doubts_of
from ncriteria.evaluation.columns.door.fact_rows import misprinted_rows
from ncriteria.evaluation.columns.door.frames import NativeFrame, open_frame
from ncriteria.evaluation.columns.door.matching import Matched, renamed
from ncriteria.evaluation.columns.engines.taken import taken
from ncriteria.evaluation.columns.epochs import years_expr
from ncriteria.evaluation.columns.joining.attesting import AttestedFrame, refuse_contradicted, with_attestations
from ncriteria.evaluation.columns.joining.fitting import lineage_doubts
from ncriteria.evaluation.columns.joining.left_territories import left_in_frame
from ncriteria.evaluation.columns.joining.territory import of_level
from ncriteria.evaluation.columns.judging import VerdictFrame
from ncriteria.evaluation.columns.lines import Line, lineage_of
from ncriteria.evaluation.columns.naming import MISSING, PREFIX, columns_of_grades, columns_of_verdicts, refuse_taken
from ncriteria.evaluation.columns.planned_tables import (
    PlannedTable,
    TableChoice,
    columns_found,
    columns_in_question,
    columns_of_facts,
    facts_in_question,
    planned_table,
    row_by_row,
    verdicts_of_table,
)
from ncriteria.evaluation.criteria import Catalog, Criteria
from ncriteria.facts.attestations.model import Attestation
from ncriteria.facts.checks.doubts import TableWarning, limited
from ncriteria.facts.lineage.model import NO_LINEAGE, Lineage
from ncriteria.facts.table import FactsError
from ncriteria.quick_classes import frozen
from ncriteria.sets.catalog import shared_facts
from ncriteria.sets.model import Level
from ncriteria.words import phrase

if TYPE_CHECKING:
    from narwhals.typing import IntoFrameT

_MISSING = f"{PREFIX}missing"


class RowByRowWarning(UserWarning):
    """Clauses that have no exact form in columns, so that they were evaluated row by row; `reasons` is by condition."""

    def __init__(self, reasons: Mapping[str, str]) -> None:
        self.reasons = dict(reasons)
        super().__init__(self.reasons)

    def __str__(self) -> str:
        listed = "; ".join(f"{name}: {reason}" for name, reason in self.reasons.items())
        return phrase("evaluated row by row, exactly but slowly: {listed}", listed=listed)


def evaluate_table(
    frame: IntoFrameT,
    criteria: Criteria | Catalog,
    *,
    standard: str | None = None,
    level: Level | str | None = None,
    territory: str | Sequence[str] | None = None,
    missing: bool = False,
    ignore: Collection[str] = (),
    attestations: Sequence[Attestation] = (),
    lineage: Lineage | None = None,
    known_on: datetime.date | None = None,
    bounds: TableBounds | None = None,
) -> IntoFrameT:
    """Judge every row of a frame, one row per unit and assessment year, and return the same kind of frame.

    `frame` is of any library that narwhals takes, eager or lazy: Polars, pandas, PyArrow, DuckDB, PySpark. Its columns
    are matched as those of files are: `unit` or `name`, `year`, perhaps `level`, `parent` and `commune_count`, and
    facts by name, title or heading; a fact without a column is unknown in every row. Columns in `ignore` are left
    alone, as are those that are none of these.

    `criteria` is one set, or a catalog from which `standard` and `level` choose the successive sets (for `territory`,
    the unit or the unit and those around it). With a catalog, `share_met` rolls up the units inside that the frame
    holds. Added are the column `verdict` and one for each clause and group, named by its path: `met`, `not_met`,
    `undetermined`, `not_applicable` (an enumeration where the library has one), null where there is no verdict: in
    years that no set holds for, and for units of another level. Where there are grades, the text column `grade` has
    that of the set and `grade:PATH` that of a clause or group, null where it is open. With `missing`, a text column
    names the facts that can still change the verdict.

    Earlier years come from the rows of those years, never from the row above. Nothing is rounded: what has no exact
    form in 64-bit whole numbers is evaluated row by row, with a `RowByRowWarning`. What may not be meant as it stands
    in the frame, such as a parent that is no unit of it, is told with a `TableWarning`.

    `attestations` are joined by unit and year, in Polars, DuckDB and Spark; they decide clauses and give facts as
    `ncriteria.attest` says, and those that are of no row are told.

    `lineage` says what units were in earlier years. What a unit had before it was merged, split or renamed is put
    together of its predecessors, and nothing is compared across the reform of 2025 without it. With a lineage, Polars
    computes.

    `known_on` is a day: judged is what was on file then, under the sets that were in force. Of the rows of a unit and
    year that became known on different days (a column `known_on`), the latest that was known counts, and the others are
    not in the frame that comes back; facts of rows that came later are null. Without a day the latest row counts.

    `bounds` are those of a whole table that the frame is a part of (`table_bounds`). It is judged as the whole is. A
    part that has a value outside of them, or lacks rows of units that rest on each other (`unit_families`), is refused.

    Raises `FactsError` for wrong columns and values and for a unit that stands twice in a year, before anything is
    computed, and `EvaluationError` where a rule has no value; in a lazy frame such a row has no verdict instead, for
    its rules are computed only when the caller collects it.
    """
    expect("`lineage`", lineage, (Lineage, NoneType), "what `read_lineage` gives")
    expect("`known_on`", known_on, (datetime.date, NoneType), phrase("a day"))
    sets = sets_on(criteria, standard, level, territory, lineage or NO_LINEAGE, known_on)
    judged_table = judge_table(
        frame,
        sets.criteria,
        sets.line,
        territory=territory,
        missing=missing,
        ignore=ignore,
        attestations=attestations,
        lineage=lineage or NO_LINEAGE,
        known_on=known_on,
        bounds=bounds,
    )
    if judged_table.reasons:
        warnings.warn(RowByRowWarning(judged_table.reasons), stacklevel=2)
    if doubts := (*sets.warnings, *judged_table.on_day, *judged_table.doubts(), *judged_table.unused):
        warnings.warn(TableWarning(doubts), stacklevel=2)
    same_kind: IntoFrameT = judged_table.frame
    return same_kind


@frozen
class JudgedTable:
    """A frame with its verdicts, and what was evaluated row by row, by condition and reason.

    `unused` tells of attestations that are of none of its rows, `on_day` what is taken as known on the day asked
    about, and what came later.
    """

    frame: NativeFrame
    reasons: Mapping[str, str]
    _table: PlannedTable
    _choice: TableChoice
    unused: tuple[Problem, ...] = ()
    on_day: tuple[Problem, ...] = ()

    def doubts(self) -> tuple[Problem, ...]:
        """What may not be meant as it stands in the frame."""
        admitted, opened = self._table.admitted, self._table.opened
        line, choice = self._table.line, self._choice
        found = doubts_of(admitted.frame, admitted.matched, admitted.odd_units, line.level)
        lineage = self._table.across.lineage.lineage
        told = (
            *lineage_doubts(admitted.frame, admitted.matched, line, lineage),
            *left_in_frame(admitted.frame, admitted.matched, line, choice.catalog, choice.around or (), lineage),
        )
        return (*map(opened.placed, found), *told, *self.stated_otherwise, *self.misprints)

    @property
    def misprints(self) -> tuple[Problem, ...]:
        """The warnings of published changes that are not what the figures beside them come to."""
        return misprinted_rows(self._table.admitted, shared_facts(self._table.line.sets))

    @property
    def stated_otherwise(self) -> tuple[Problem, ...]:
        """The warnings of figures of the year before that rows state, and their predecessors do not have."""
        return self._table.across.doubts


def judge_table(
    frame: NativeFrame,
    criteria: Criteria | Catalog,
    line: Line,
    *,
    territory: str | Sequence[str] | None,
    missing: bool,
    ignore: Collection[str],
    attestations: Sequence[Attestation] = (),
    lineage: Lineage = NO_LINEAGE,
    known_on: datetime.date | None = None,
    bounds: TableBounds | None = None,
) -> JudgedTable:
    """What `evaluate_table` gives, and tells besides, where `line` are the sets that it chooses."""
    catalog = criteria if isinstance(criteria, Catalog) else None
    choice = TableChoice(catalog, lineage_of(territory), ignore, lineage, bounds)
    wanted = partial(columns_of_facts, line=line, choice=choice)
    came = taken(frame)
    seen = seen_on(came.native, partial(columns_in_question, line=line, choice=choice), known_on)
    opened, (attestations, later) = open_frame(seen.frame, wanted), attested_by(attestations, known_on)
    try:
        added, grades = verdict_columns(criteria, line), columns_of_grades(line.sets)
        names = [*added.values(), *grades.values(), *([MISSING] if missing else [])]
        refuse_taken(opened.headings, names, is_case_blind=opened.is_case_blind)
        attested = AttestedFrame(opened, criteria, line, ignore)
        expect_attestations(attestations)
        if attestations:
            choice = evolve(choice, bounds=bounds and bounds.without({one.path for one in attestations}))
            attested, choice = _attested(attested, choice, attestations)
        table = planned_table(attested.opened, attested.line, choice, missing=missing)
        refuse_torn_apart(table, choice)
        verdicts = verdicts_of_table(table, missing=_MISSING if missing else None, ordered=True)
        columns = {name: verdicts.columns[path] for path, name in added.items()}
        columns |= {name: verdicts.grades[path] for path, name in grades.items()}
        columns |= {MISSING: _MISSING} if missing else {}
        found = attested.without_hidden(closed(table.opened, table.admitted.matched, verdicts, columns))
        frame = came.given_back(found, list(columns))
        return JudgedTable(frame, row_by_row(table), table, choice, attested.warnings, (*seen.warnings, *later))
    except NCriteriaError as error:
        raise type(error)([opened.placed(problem) for problem in error.problems]) from None


def refuse_torn_apart(table: PlannedTable, choice: TableChoice) -> None:
    """Raise `FactsError` where a part of a table has some units, and not all that they rest on."""
    if choice.bounds is not None:
        together = together_of(table.admitted, table.line, choice)
        if problems := limited(torn_apart(choice.bounds.rows, together), CellPlace()):
            raise FactsError(problems)


def _attested(
    plain: AttestedFrame, choice: TableChoice, attestations: Sequence[Attestation]
) -> tuple[AttestedFrame, TableChoice]:
    """A frame with its attestations, and what it is judged by then; raises `EvaluationError` where they may not be."""
    by_heading = {heading: column for column, heading in plain.opened.names.items()}
    found = renamed(columns_found(plain.opened.headings, plain.line, choice), by_heading)
    attested = with_attestations(plain, found, attestations, choice.lineage)
    catalog = attested.criteria if isinstance(attested.criteria, Catalog) else None
    beside = evolve(choice, catalog=catalog, ignore=attested.ignore, beside=attested.beside)

    def verdicts_of(line: Line) -> tuple[VerdictFrame, Matched]:
        table = planned_table(attested.opened, line, beside, missing=False)
        return verdicts_of_table(table, missing=None, ordered=False), table.admitted.matched

    refuse_contradicted(attested, plain, verdicts_of)
    return attested, beside


def verdict_columns(criteria: Criteria | Catalog, line: Line) -> dict[str, str]:
    """The column that `evaluate_table` adds for each path, the whole set first, under the path ""."""
    return columns_of_verdicts(line.sets, facts_in_question(line, criteria if isinstance(criteria, Catalog) else None))


def columns_for(headings: Sequence[str], criteria: Criteria | Catalog, line: Line, ignore: Collection[str]) -> Matched:
    """Which of the headings of a frame are which, where the sets of `line` judge it.

    Raises `FactsError` for headings that are near to those of facts, and where unit or year is absent.
    """
    return columns_found(headings, line, TableChoice(criteria if isinstance(criteria, Catalog) else None, None, ignore))


def is_judged(found: Matched, line: Line) -> nw.Expr:
    """Where a row has a verdict, unless a rule has no value there: of the level that is judged, in a year of a set."""
    year = nw.col(found.year)
    held: nw.Expr = nw.lit(False, dtype=nw.Boolean())
    for one in line.turns:
        held |= years_expr(year, one.years)
    return held & is_of_line(found, line)


def is_of_line(found: Matched, line: Line) -> nw.Expr:
    """Where a row is of the level that is judged, or does not say its level."""
    is_one = of_level(found, line.level)
    return nw.lit(True, dtype=nw.Boolean()) if is_one is None else is_one.fill_null(True)
