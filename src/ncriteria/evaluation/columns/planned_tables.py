"""A frame with the plan to judge it by, and the tables of the units inside that its rules ask for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial

import narwhals as nw
from attrs import evolve, field

from ncriteria.evaluation.columns.asked.bounds import TableBounds
from ncriteria.evaluation.columns.door.admission import Admitted, admit
from ncriteria.evaluation.columns.door.bringing import as_polars
from ncriteria.evaluation.columns.door.frames import Frame, Opened
from ncriteria.evaluation.columns.door.matching import Matched, matched, renamed
from ncriteria.evaluation.columns.epochs import epochs_of, epochs_within, years_expr
from ncriteria.evaluation.columns.joining.fitting import refuse_misfits
from ncriteria.evaluation.columns.joining.leaning import LeaningFrame
from ncriteria.evaluation.columns.joining.predecessors import with_bases
from ncriteria.evaluation.columns.joining.roll_ups import RollUpInColumns, with_roll_up
from ncriteria.evaluation.columns.joining.succession import Across, across
from ncriteria.evaluation.columns.joining.sums import SumInColumns, SumScale, terms_of, with_sum
from ncriteria.evaluation.columns.joining.territory import Territory, check_levels, of_level, territory_of, unit_key
from ncriteria.evaluation.columns.judging import FrameJudging, VerdictFrame, judged
from ncriteria.evaluation.columns.lines import Line, refuse_other_territories, turns_in_time
from ncriteria.evaluation.columns.naming import PREFIX
from ncriteria.evaluation.columns.plan import Plan, facts_asked, plan_for, verdicts_asked_in
from ncriteria.evaluation.criteria import Catalog
from ncriteria.evaluation.inside.form import sum_scale
from ncriteria.evaluation.program.tree import ShareKey, SlotKey, share_keys
from ncriteria.facts.lineage.model import NO_LINEAGE, Lineage
from ncriteria.facts.table import FactRow
from ncriteria.language.tree import FactRef, Measure, Within, is_verdict
from ncriteria.quick_classes import frozen
from ncriteria.sets.catalog import shared_facts
from ncriteria.sets.inside import CONDITION, Asked, asked_inside, set_of_inside
from ncriteria.sets.model import FactDeclaration, Level, Years
from ncriteria.sets.years.turns import Turn
from ncriteria.words import phrase


@frozen
class TableChoice:
    """What a table is judged by besides its line: the catalog for roll-ups, columns to leave alone, and its lineage.

    `around` are the unit that the table lies in, and the units around that one. `bounds` are those of the whole table
    that it is a part of. `beside` has what is attested of years that the table has no row of.
    """

    catalog: Catalog | None
    around: tuple[str, ...] | None
    ignore: Collection[str]
    lineage: Lineage = NO_LINEAGE
    bounds: TableBounds | None = None
    beside: tuple[FactRow, ...] = ()


@frozen
class AskedOfTables:
    """A roll-up that rules ask for, and the tables of the units inside: the first that gives a verdict counts."""

    asked: Within
    tables: tuple[PlannedTable, ...]


@frozen
class PlannedTable:
    """A frame at the door: admitted, with the plan to judge it by; `found` are its columns by their headings.

    `territory` is where its units lie, where a rule asks for a roll-up; `inside` are the tables of the units that are
    rolled up, by what is asked: one for each standard in question. `leaning` is there where rules lean on verdicts of
    other years or standards.
    """

    opened: Opened
    line: Line
    found: Matched
    admitted: Admitted
    declarations: Mapping[str, FactDeclaration]
    plan: Plan
    across: Across
    territory: Territory | None
    inside: Mapping[Asked, AskedOfTables]
    leaning: LeaningFrame | None = None
    _verdicts: list[VerdictFrame] = field(factory=list, init=False, repr=False, eq=False)

    def judged_inside(self) -> VerdictFrame:
        """The verdicts that units around rest on, worked out once."""
        if not self._verdicts:
            self._verdicts.append(verdicts_of_table(self, missing=None, ordered=False))
        return self._verdicts[0]


def planned_table(opened: Opened, line: Line, choice: TableChoice, *, missing: bool) -> PlannedTable:
    """The table of a frame, brought into Polars where its own engine cannot judge it."""
    if choice.lineage.changes:
        opened = _brought(opened, line, choice)
    table = _table(opened, line, choice, missing=missing)
    if not opened.is_polars and (missing or row_by_row(table)):
        table = _table(_brought(opened, line, choice), line, choice, missing=missing)
    return table


def _brought(opened: Opened, line: Line, choice: TableChoice) -> Opened:
    """The frame, computed by Polars."""
    by_heading = {heading: column for column, heading in opened.names.items()}
    found = renamed(columns_found(opened.headings, line, choice), by_heading)
    return as_polars(opened, found.unit, found.year)


def facts_in_question(line: Line, catalog: Catalog | None) -> Mapping[str, FactDeclaration]:
    """The facts that a frame may hold: those of other sets too, as far as they declare facts alike."""
    return shared_facts(line.sets, () if catalog is None else catalog.sets.sets)


def columns_of_facts(headings: Sequence[str], line: Line, choice: TableChoice) -> set[str]:
    """The headings of units, years and facts, those of units inside among them."""
    return columns_in_question(headings, line, choice).headings()


def columns_in_question(headings: Sequence[str], line: Line, choice: TableChoice) -> Matched:
    """The columns of the frame, with those of the facts of units inside."""
    return matched(headings, facts_in_question(line, choice.catalog), choice.ignore)


def columns_found(headings: Sequence[str], line: Line, choice: TableChoice) -> Matched:
    """The columns of the frame; the facts are those of the sets that judge."""
    own = shared_facts(line.sets)
    found = matched(headings, facts_in_question(line, choice.catalog), choice.ignore)
    return evolve(
        found,
        facts={name: heading for name, heading in found.facts.items() if name in own},
        last_year={name: heading for name, heading in found.last_year.items() if name in own},
    )


@frozen
class _Inside:
    """Where the units of a frame lie, and the tables of units inside that have been made, by their sets."""

    territory: Territory
    tables: dict[tuple[tuple[str, Years], ...], PlannedTable] = field(factory=dict)

    def table(self, opened: Opened, line: Line, choice: TableChoice) -> PlannedTable:
        """The table of the units that `line` judges."""
        key = tuple((turn.criteria.id, turn.years) for turn in line.turns)
        if key not in self.tables:
            self.tables[key] = _table(opened, line, choice, missing=False, known=self)
        return self.tables[key]


def _table(
    opened: Opened, line: Line, choice: TableChoice, *, missing: bool, known: _Inside | None = None
) -> PlannedTable:
    own, by_heading = shared_facts(line.sets), {heading: column for column, heading in opened.names.items()}
    headings = columns_found(opened.headings, line, choice)
    found = renamed(headings, by_heading)
    if known is None:
        check_levels(opened.frame, found, may_be_blank=choice.catalog is None)
    admitted = admit(opened.frame, found, own, PREFIX, in_order=opened.in_order, bounds=choice.bounds)
    epochs, crossing = epochs_within(epochs_of(line.turns), admitted.years), across(choice.lineage, line, admitted)
    if opened.is_polars and choice.lineage.changes:
        refuse_misfits(crossing, admitted)
        asked_facts = [key for key in facts_asked(epochs) if not is_verdict(key.name)]
        crossing, admitted = with_bases(crossing, admitted, own, asked_facts)
    plan = plan_for(epochs, admitted, rows_too=missing or bool(crossing.by_reference))
    looked_at = {(key.level, key.path) for key in plan.slots if isinstance(key, ShareKey)}
    asked = {key: one for criteria in line.sets for key, one in asked_inside(criteria).items() if key in looked_at}
    leaning = _leaning(opened, line, choice) if verdicts_asked_in(plan) else None
    declared = {**own, **{name: fact for one in line.sets for name, fact in one.facts.items() if is_verdict(name)}}
    if not asked:
        return PlannedTable(opened, line, headings, admitted, declared, plan, crossing, None, {}, leaning)
    known = _Inside(territory_of(admitted.frame, admitted.matched)) if known is None else known
    inside = {
        key: AskedOfTables(
            asked[key],
            tuple(
                known.table(opened, inner, choice)
                for inner in (() if found.level is None else _inner_lines(choice, line, asked[key]))
            ),
        )
        for key in sorted(asked)
    }
    return PlannedTable(opened, line, headings, admitted, declared, plan, crossing, known.territory, inside, leaning)


def _leaning(opened: Opened, line: Line, choice: TableChoice) -> LeaningFrame:
    """The frame with the facts of all sets that verdicts may be judged by."""
    facts = facts_in_question(line, choice.catalog)
    by_heading = {heading: column for column, heading in opened.names.items()}
    found = renamed(matched(opened.headings, facts, choice.ignore), by_heading)
    admitted = admit(opened.frame, found, facts, PREFIX, in_order=opened.in_order, bounds=choice.bounds)
    return LeaningFrame(admitted, facts, choice.catalog, line, choice.around or (), choice.lineage, choice.beside)


def _inner_lines(choice: TableChoice, outer: Line, asked: Within) -> list[Line]:
    """The lines whose sets have the member that a roll-up asks for, in the order of the catalog.

    A condition or a fact is looked at by sets made of it, which hold as long as those that ask.
    """
    level, path = Level(asked.level), asked.path
    if asked.inner is not None:
        asking = [turn for turn in outer.turns if (asked.level, path) in asked_inside(turn.criteria)]
        made = [(set_of_inside(turn.criteria, asked), turn.years) for turn in asking]
        return [Line(tuple(Turn(one, years) for one, years in made if one is not None), level)]
    if choice.catalog is None:
        return []
    standard, _, inner_path = path.rpartition(":")
    found = []
    for name in choice.catalog.sets.standards(level):
        if standard in ("", name):
            around = choice.around or ()
            refuse_other_territories(choice.catalog, name, level, around)
            line = Line(turns_in_time(choice.catalog, name, level, around, choice.lineage), level)
            if any(member.path == inner_path for criteria in line.sets for member in criteria.members()):
                found.append(line)
    return found


def row_by_row(table: PlannedTable) -> dict[str, str]:
    """The conditions that are evaluated row by row, with the reasons; those of units inside with their level."""
    reason = phrase("a verdict of another year or standard, which is judged from the facts of that year")
    found = {**table.plan.program.opaque, **{str(key): reason for key in verdicts_asked_in(table.plan)}}
    for (level, _), asked in table.inside.items():
        for inner in asked.tables:
            found |= {f"{level} {name}": reason for name, reason in row_by_row(inner).items()}
    return found


def verdicts_of_table(table: PlannedTable, *, missing: str | None, ordered: bool) -> VerdictFrame:
    """The verdicts of a table; `missing` names the column of the facts that can still change them, if one is wanted."""
    judging = FrameJudging(
        plan=table.plan,
        admitted=table.admitted,
        across=table.across,
        declarations=table.declarations,
        prefix=PREFIX,
        mask=_of_level(table),
        shares=None if table.territory is None else partial(_with_shares, table, table.territory, ordered),
        verdicts=None
        if table.leaning is None
        else partial(table.leaning.beside, asked=verdicts_asked_in(table.plan), ordered=ordered),
        missing=missing,
        ordered=ordered,
    )
    return judged(judging)


def _of_level(table: PlannedTable) -> nw.Expr | None:
    """Whether a row is judged: it is of the level, or does not say its level; `None` where all are."""
    found = of_level(table.admitted.matched, table.line.level)
    return None if found is None else found.fill_null(True)


def _with_shares(
    table: PlannedTable, territory: Territory, ordered: bool, frame: Frame
) -> tuple[Frame, Mapping[SlotKey, str]]:
    """`frame` with the roll-ups that the rules ask for beside its rows."""
    slots: dict[SlotKey, str] = {}
    found = table.admitted.matched
    for number, (key, one) in enumerate(table.inside.items()):
        parts = {part: f"{PREFIX}share_{number}_{part.part}" for part in share_keys(one.asked)}
        columns = {part.part: column for part, column in parts.items()}
        level, asks = Level(one.asked.level), _asks(table, key)
        if one.asked.measure is Measure.SUM_OF:
            asked = _sum_inside(table, one, asks, columns)
            frame = with_sum(frame, territory, found, asked, ordered=ordered)
        else:
            roll_up = RollUpInColumns(level, _verdicts_inside(one), asks, columns, table.across)
            frame = with_roll_up(frame, territory, found, roll_up, ordered=ordered)
        slots.update(parts.items())
    return frame, slots


def _sum_inside(table: PlannedTable, one: AskedOfTables, asks: nw.Expr, columns: Mapping[str, str]) -> SumInColumns:
    """The sum of a fact of the units inside."""
    assert isinstance(one.asked.inner, FactRef)
    key = one.asked.inner.key
    terms = next((terms_of(inner.admitted, key, inner.across) for inner in one.tables), None)
    declared, scales, lies = table.declarations[key.name], table.admitted.scales, table.plan.sums[key.name]
    scale, most = SumScale(scales.get(key.name, 1), sum_scale(declared, scales)), table.admitted.most_inside
    return SumInColumns(Level(one.asked.level), declared, scale, lies, most, terms, asks, columns, table.across)


def _asks(table: PlannedTable, asked: Asked) -> nw.Expr:
    """Where a row is judged by a set whose rules ask for the roll-up."""
    year, is_judged = nw.col(table.admitted.matched.year), _of_level(table)
    found: nw.Expr = nw.lit(False, dtype=nw.Boolean())
    for epoch in table.plan.program.epochs:
        if asked in asked_inside(epoch.lowered.criteria):
            found |= years_expr(year, epoch.years)
    return found if is_judged is None else found & is_judged


def _verdicts_inside(one: AskedOfTables) -> Frame | None:
    """The columns `unit`, `year` and `verdict` of the units inside; the first table that has a verdict counts."""
    found: Frame | None = None
    path = one.asked.path.rpartition(":")[2] if one.asked.inner is None else CONDITION
    for table in one.tables:
        judged_inside = table.judged_inside()
        matched_ = table.admitted.matched
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
