"""Judging whole tables: a frame of units and years in, the same kind of frame with verdicts out."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

import narwhals as nw
from attrs import evolve, field, frozen

from ncriteria.errors import NCriteriaError, Problem
from ncriteria.evaluation.attesting.deciding import expect_attestations
from ncriteria.evaluation.columns.closing import closed
from ncriteria.evaluation.columns.door.admission import Admitted, admit
from ncriteria.evaluation.columns.door.bringing import as_polars
from ncriteria.evaluation.columns.door.doubts import doubts_of
from ncriteria.evaluation.columns.door.frames import Frame, NativeFrame, Opened, open_frame
from ncriteria.evaluation.columns.door.matching import Matched, matched, renamed
from ncriteria.evaluation.columns.epochs import epochs_of, epochs_within, years_expr
from ncriteria.evaluation.columns.joining.attesting import AttestedFrame, refuse_contradicted, with_attestations
from ncriteria.evaluation.columns.joining.roll_ups import RollUpInColumns, with_roll_up
from ncriteria.evaluation.columns.joining.territory import Territory, check_levels, of_level, territory_of, unit_key
from ncriteria.evaluation.columns.judging import FrameJudging, VerdictFrame, judged
from ncriteria.evaluation.columns.lines import Line, line_of, lineage_of, refuse_other_territories
from ncriteria.evaluation.columns.naming import MISSING, PREFIX, columns_of_verdicts, refuse_taken
from ncriteria.evaluation.columns.plan import Plan, plan_for
from ncriteria.evaluation.criteria import Catalog, Criteria
from ncriteria.evaluation.program.tree import ShareKey, SlotKey
from ncriteria.evaluation.tables import shares_asked
from ncriteria.facts.attestations.model import Attestation
from ncriteria.facts.checks.doubts import TableWarning
from ncriteria.sets.catalog import shared_facts
from ncriteria.sets.errors import CriteriaError
from ncriteria.sets.model import CriteriaSet, FactDeclaration, Level, Years

if TYPE_CHECKING:
    from narwhals.typing import IntoFrameT

_MISSING = f"{PREFIX}missing"


class RowByRowWarning(UserWarning):
    """Clauses that have no exact form in columns, so that they were evaluated row by row; `reasons` is by condition."""

    def __init__(self, reasons: Mapping[str, str]) -> None:
        self.reasons = dict(reasons)
        listed = "; ".join(f"{name}: {reason}" for name, reason in reasons.items())
        super().__init__(f"evaluated row by row, exactly but slowly: {listed}")


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
    years that no set holds for, and for units of another level. With `missing`, a text column names the facts that can
    still change the verdict.

    Earlier years come from the rows of those years, never from the row above. Nothing is rounded: what has no exact
    form in 64-bit whole numbers is evaluated row by row, with a `RowByRowWarning`. What may not be meant as it stands
    in the frame, such as a parent that is no unit of it, is told with a `TableWarning`.

    `attestations` are joined by unit and year, in Polars, DuckDB and Spark; they decide clauses and give facts as
    `ncriteria.attest` says, and those that are of no row are told.

    Raises `FactsError` for wrong columns and values and for a unit that stands twice in a year, before anything is
    computed, and `EvaluationError` where a rule has no value; in a lazy frame such a row has no verdict instead, for
    its rules are computed only when the caller collects it.
    """
    line = line_of(criteria, standard, level, territory)
    judged_table = judge_table(
        frame, criteria, line, territory=territory, missing=missing, ignore=ignore, attestations=attestations
    )
    if judged_table.reasons:
        warnings.warn(RowByRowWarning(judged_table.reasons), stacklevel=2)
    if doubts := (*judged_table.doubts(), *judged_table.unused):
        warnings.warn(TableWarning(doubts), stacklevel=2)
    same_kind: IntoFrameT = judged_table.frame
    return same_kind


@frozen
class JudgedTable:
    """A frame with its verdicts, and what was evaluated row by row, by condition and reason.

    `unused` tells of attestations that are of none of its rows.
    """

    frame: NativeFrame
    reasons: Mapping[str, str]
    _table: _Table
    _level: Level
    unused: tuple[Problem, ...] = ()

    def doubts(self) -> tuple[Problem, ...]:
        """What may not be meant as it stands in the frame."""
        admitted, opened = self._table.admitted, self._table.opened
        found = doubts_of(admitted.frame, admitted.matched, admitted.odd_units, self._level)
        return tuple(map(opened.placed, found))


def judge_table(
    frame: NativeFrame,
    criteria: Criteria | Catalog,
    line: Line,
    *,
    territory: str | Sequence[str] | None,
    missing: bool,
    ignore: Collection[str],
    attestations: Sequence[Attestation] = (),
) -> JudgedTable:
    """What `evaluate_table` gives, and tells besides, where `line` are the sets that it chooses."""
    choice = _Choice(criteria if isinstance(criteria, Catalog) else None, lineage_of(territory), ignore)
    opened = open_frame(frame, lambda headings: _columns_of_facts(headings, line, choice))
    try:
        added = verdict_columns(criteria, line)
        names = [*added.values(), *([MISSING] if missing else [])]
        refuse_taken(opened.headings, names, is_case_blind=opened.is_case_blind)
        attested = AttestedFrame(opened, criteria, line, ignore)
        expect_attestations(attestations)
        if attestations:
            attested, choice = _attested(attested, choice, attestations)
        table = _made(attested.opened, attested.line, choice, missing=missing)
        verdicts = _judged(table, missing=_MISSING if missing else None, ordered=table.opened.is_eager)
        columns = {name: verdicts.columns[path] for path, name in added.items()}
        columns |= {MISSING: _MISSING} if missing else {}
        frame = attested.without_hidden(closed(table.opened, table.admitted.matched, verdicts, columns))
        return JudgedTable(frame, _row_by_row(table), table, line.level, attested.warnings)
    except NCriteriaError as error:
        raise type(error)([opened.placed(problem) for problem in error.problems]) from None


def _made(opened: Opened, line: Line, choice: _Choice, *, missing: bool) -> _Table:
    """The table of a frame, brought into Polars where its own engine cannot judge it."""
    table = _table(opened, line, choice, missing=missing)
    if missing or _row_by_row(table):
        table = _table(_brought(table), line, choice, missing=missing)
    return table


def _attested(
    plain: AttestedFrame, choice: _Choice, attestations: Sequence[Attestation]
) -> tuple[AttestedFrame, _Choice]:
    """A frame with its attestations, and what it is judged by then; raises `EvaluationError` where they may not be."""
    by_heading = {heading: column for column, heading in plain.opened.names.items()}
    found = renamed(_found(plain.opened.headings, plain.line, choice), by_heading)
    attested = with_attestations(plain, found, attestations)
    catalog = attested.criteria if isinstance(attested.criteria, Catalog) else None
    beside = evolve(choice, catalog=catalog, ignore=attested.ignore)

    def verdicts_of(line: Line) -> tuple[VerdictFrame, Matched]:
        table = _made(attested.opened, line, beside, missing=False)
        return _judged(table, missing=None, ordered=False), table.admitted.matched

    refuse_contradicted(attested, plain, verdicts_of)
    return attested, beside


def verdict_columns(criteria: Criteria | Catalog, line: Line) -> dict[str, str]:
    """The column that `evaluate_table` adds for each path, the whole set first, under the path ""."""
    return columns_of_verdicts(line.sets, _declarations(line, criteria if isinstance(criteria, Catalog) else None))


def columns_for(headings: Sequence[str], criteria: Criteria | Catalog, line: Line, ignore: Collection[str]) -> Matched:
    """Which of the headings of a frame are which, where the sets of `line` judge it.

    Raises `FactsError` for headings that are near to those of facts, and where unit or year is absent.
    """
    return _found(headings, line, _Choice(criteria if isinstance(criteria, Catalog) else None, None, ignore))


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


@frozen
class _Choice:
    """What a table is judged by besides its line: the catalog for roll-ups, the territory, columns to leave alone."""

    catalog: Catalog | None
    lineage: tuple[str, ...] | None
    ignore: Collection[str]


_Asked = tuple[str, str]
"""A roll-up: the level and the path, which may name a standard before a colon."""


@frozen
class _Table:
    """A frame at the door: admitted, with the plan to judge it by; `found` are its columns by their headings.

    `territory` is where its units lie, where a rule asks for a roll-up; `inside` are the tables of the units that are
    rolled up, by what is asked: one for each standard in question, the first that gives a verdict counts.
    """

    opened: Opened
    line: Line
    found: Matched
    admitted: Admitted
    declarations: Mapping[str, FactDeclaration]
    plan: Plan
    territory: Territory | None
    inside: Mapping[_Asked, tuple[_Table, ...]]
    _verdicts: list[VerdictFrame] = field(factory=list, init=False, repr=False, eq=False)

    def judged_inside(self) -> VerdictFrame:
        """The verdicts that units around rest on, worked out once."""
        if not self._verdicts:
            self._verdicts.append(_judged(self, missing=None, ordered=False))
        return self._verdicts[0]


def _brought(table: _Table) -> Opened:
    """The frame of a table, computed by Polars."""
    found = renamed(table.found, {heading: column for column, heading in table.opened.names.items()})
    return as_polars(table.opened, found.unit, found.year)


def _declarations(line: Line, catalog: Catalog | None) -> Mapping[str, FactDeclaration]:
    """The facts that a frame may hold."""
    return shared_facts((*line.sets, *(() if catalog is None else _others(catalog, line))))


def _columns_of_facts(headings: Sequence[str], line: Line, choice: _Choice) -> set[str]:
    """The headings of units, years and facts, those of units inside among them."""
    return matched(headings, _declarations(line, choice.catalog), choice.ignore).headings()


def _found(headings: Sequence[str], line: Line, choice: _Choice) -> Matched:
    """The columns of the frame; the facts are those of the sets that judge."""
    own = shared_facts(line.sets)
    found = matched(headings, _declarations(line, choice.catalog), choice.ignore)
    return evolve(
        found,
        facts={name: heading for name, heading in found.facts.items() if name in own},
        last_year={name: heading for name, heading in found.last_year.items() if name in own},
    )


@frozen
class _Inside:
    """Where the units of a frame lie, and the tables of units inside that have been made, by their sets."""

    territory: Territory
    tables: dict[tuple[tuple[str, Years], ...], _Table] = field(factory=dict)

    def table(self, opened: Opened, line: Line, choice: _Choice) -> _Table:
        """The table of the units that `line` judges."""
        key = tuple((turn.criteria.id, turn.years) for turn in line.turns)
        if key not in self.tables:
            self.tables[key] = _table(opened, line, choice, missing=False, known=self)
        return self.tables[key]


def _table(opened: Opened, line: Line, choice: _Choice, *, missing: bool, known: _Inside | None = None) -> _Table:
    own, by_heading = shared_facts(line.sets), {heading: column for column, heading in opened.names.items()}
    headings = _found(opened.headings, line, choice)
    found = renamed(headings, by_heading)
    if known is None:
        check_levels(opened.frame, found, may_be_blank=choice.catalog is None)
    admitted = admit(opened.frame, found, own, PREFIX, in_order=opened.in_order)
    plan = plan_for(epochs_within(epochs_of(line.turns), admitted.years), admitted, rows_too=missing)
    asked = {(key.level, key.path) for key in plan.slots if isinstance(key, ShareKey)}
    if not asked:
        return _Table(opened, line, headings, admitted, own, plan, None, {})
    known = _Inside(territory_of(admitted.frame, admitted.matched)) if known is None else known
    inside = {
        (level, path): tuple(
            known.table(opened, inner, choice)
            for inner in (() if found.level is None else _inner_lines(choice, Level(level), path))
        )
        for level, path in sorted(asked)
    }
    return _Table(opened, line, headings, admitted, own, plan, known.territory, inside)


def _inner_lines(choice: _Choice, level: Level, path: str) -> list[Line]:
    """The lines whose sets have the member that a roll-up asks for, in the order of the catalog."""
    if choice.catalog is None:
        return []
    standard, _, inner_path = path.rpartition(":")
    found = []
    for name in choice.catalog.sets.standards(level):
        if standard in ("", name):
            lineage = choice.lineage or ()
            refuse_other_territories(choice.catalog, name, level, lineage)
            line = Line(choice.catalog.sets.turns(name, level, lineage), level)
            if any(member.path == inner_path for criteria in line.sets for member in criteria.members()):
                found.append(line)
    return found


def _row_by_row(table: _Table) -> dict[str, str]:
    """The conditions that are evaluated row by row, with the reasons; those of units inside with their level."""
    found = dict(table.plan.program.opaque)
    for (level, _), tables in table.inside.items():
        for inner in tables:
            found |= {f"{level} {name}": reason for name, reason in _row_by_row(inner).items()}
    return found


def _others(catalog: Catalog, line: Line) -> list[CriteriaSet]:
    """The other sets of the catalog, whose facts a table may hold too, as far as they declare facts alike."""
    found: list[CriteriaSet] = []
    for criteria in catalog.sets.sets:
        try:
            shared_facts((*line.sets, *found, criteria))
        except CriteriaError:
            continue
        found.append(criteria)
    return found


def _judged(table: _Table, *, missing: str | None, ordered: bool) -> VerdictFrame:
    judging = FrameJudging(
        plan=table.plan,
        admitted=table.admitted,
        declarations=table.declarations,
        prefix=PREFIX,
        mask=_of_level(table),
        shares=None if table.territory is None else partial(_with_shares, table, table.territory, ordered),
        missing=missing,
        ordered=ordered,
    )
    return judged(judging)


def _of_level(table: _Table) -> nw.Expr | None:
    """Whether a row is judged: it is of the level, or does not say its level; `None` where all are."""
    found = of_level(table.admitted.matched, table.line.level)
    return None if found is None else found.fill_null(True)


def _with_shares(
    table: _Table, territory: Territory, ordered: bool, frame: Frame
) -> tuple[Frame, Mapping[SlotKey, str]]:
    """`frame` with the roll-ups that the rules ask for beside its rows."""
    slots: dict[SlotKey, str] = {}
    for number, (asked, tables) in enumerate(table.inside.items()):
        parts = {part: f"{PREFIX}share_{number}_{part}" for part in ("met", "may_be_met", "judged")}
        verdicts = _verdicts_inside(tables, asked)
        roll_up = RollUpInColumns(Level(asked[0]), verdicts, _asks(table, asked), parts)
        frame = with_roll_up(frame, territory, table.admitted.matched, roll_up, ordered=ordered)
        slots |= {ShareKey(*asked, part): column for part, column in parts.items()}
    return frame, slots


def _asks(table: _Table, asked: _Asked) -> nw.Expr:
    """Where a row is judged by a set whose rules ask for the roll-up."""
    year, is_judged = nw.col(table.admitted.matched.year), _of_level(table)
    found: nw.Expr = nw.lit(False, dtype=nw.Boolean())
    for epoch in table.plan.program.epochs:
        if asked in shares_asked(epoch.lowered.criteria):
            found |= years_expr(year, epoch.years)
    return found if is_judged is None else found & is_judged


def _verdicts_inside(tables: Sequence[_Table], asked: _Asked) -> Frame | None:
    """The columns `unit`, `year` and `verdict` of the units inside; the first table that has a verdict counts."""
    found: Frame | None = None
    for table in tables:
        judged_inside = table.judged_inside()
        matched_, path = table.admitted.matched, asked[1].rpartition(":")[2]
        is_inner = of_level(matched_, table.line.level)
        assert is_inner is not None
        verdicts = judged_inside.frame.filter(is_inner).select(
            unit_key(table.admitted.frame, matched_).alias("unit"),
            nw.col(matched_.year).cast(nw.Int64()).alias("year"),
            nw.col(judged_inside.columns[path]).cast(nw.String()).alias("verdict"),
        )
        if found is None:
            found = verdicts
        else:
            later = verdicts.select("unit", "year", nw.col("verdict").alias("later"))
            found = found.join(later, on=["unit", "year"], how="left").select(
                "unit", "year", nw.coalesce("verdict", "later").alias("verdict")
            )
    return found
