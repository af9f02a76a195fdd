"""Judging the units of one level in columns: from a frame with exact columns to one with verdicts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import assert_never

import narwhals as nw
from attrs import evolve, field

from ncriteria.evaluation.columns.door.admission import Admitted
from ncriteria.evaluation.columns.door.frames import Frame
from ncriteria.evaluation.columns.expressions import Columns, condition_expr, day_number, day_part
from ncriteria.evaluation.columns.grading import GradeColumns
from ncriteria.evaluation.columns.joining.periods import beside
from ncriteria.evaluation.columns.joining.succession import UNIT, Across, unit_text
from ncriteria.evaluation.columns.plan import Plan
from ncriteria.evaluation.columns.rows import RowReader, Targets, judged_again, with_missing, with_row_conditions
from ncriteria.evaluation.program import tree as t
from ncriteria.evaluation.program.assembling import (
    MemberForm,
    Program,
    applies_name,
    holds_name,
    name_by_rows,
)
from ncriteria.evaluation.program.logic import all_of, any_of, is_simple
from ncriteria.evaluation.program.slots import looked_up, names_in
from ncriteria.language.tree import FactKey
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import WHOLE_SET, FactDeclaration, FactType, Verdict

_DTYPES: Mapping[FactType, nw.dtypes.DType] = {
    FactType.COUNT: nw.Int64(),
    FactType.NUMBER: nw.Int64(),
    FactType.BOOLEAN: nw.Boolean(),
    FactType.ENUMERATION: nw.String(),
    FactType.DATE: nw.Date(),
}
VERDICTS = nw.Enum([verdict.value for verdict in Verdict])
_WITH_ENUMERATIONS = (nw.Implementation.POLARS, nw.Implementation.DUCKDB)
"""The engines that have enumerations; on the others a verdict is a text."""


@frozen
class FrameJudging:
    """How a frame is judged: the plan, and what its columns are.

    `prefix` begins the names of columns that do not stay. `mask` is the column that is true for the rows to judge,
    `None` for all. `shares` adds the columns of roll-ups to a frame, and returns them by key; `verdicts` those of other
    years and standards.
    """

    plan: Plan
    admitted: Admitted
    across: Across
    declarations: Mapping[str, FactDeclaration]
    prefix: str
    mask: nw.Expr | None = None
    shares: Callable[[Frame], tuple[Frame, Mapping[t.SlotKey, str]]] | None = None
    verdicts: Callable[[Frame], tuple[Frame, Mapping[t.SlotKey, str]]] | None = None
    missing: str | None = None
    ordered: bool = True


@frozen
class VerdictFrame:
    """A frame with the columns of verdicts, by path; `errors` is the column that is true where a rule has no value.

    `grades` has the columns of the grades that are given, by path.
    """

    frame: Frame
    columns: Mapping[str, str]
    errors: str | None
    grades: Mapping[str, str]


def judged(judging: FrameJudging) -> VerdictFrame:
    """The frame of `judging` with one column of verdicts for each clause and group, and one for the whole set."""
    frame, slots = _with_slots(judging)
    program = judging.plan.program
    exprs_of_slots = {key: _slot_expr(judging, slots, key) for key in judging.plan.slots}
    columns = Columns(exprs_of_slots, {}, judging.admitted.matched.year)
    if program.opaque:
        frame, columns = _with_rows(judging, frame, slots, columns)
    frame, columns = _with_conditions(frame, program, columns, judging.prefix)
    frame, errors = _with_errors(judging, frame, columns)
    verdicts = {step.path: f"{judging.prefix}v{number}" for number, step in enumerate(program.steps)}
    exprs = [_verdict(judging, columns, step, errors).alias(verdicts[step.path]) for step in program.steps]
    frame = frame.with_columns(*exprs)
    reader = _reader(judging, slots)
    if judging.missing is not None:
        frame = with_missing(frame, reader, verdicts[WHOLE_SET], judging.missing)
    given = dict(GradeColumns(program, columns, verdicts).exprs())
    grades = {path: f"{judging.prefix}g{number}" for number, path in enumerate(given)}
    if given:
        frame = frame.with_columns(*(expr.alias(grades[path]) for path, expr in given.items()))
    found = VerdictFrame(frame, verdicts, errors, grades)
    return _by_reference(judging, found, reader) if judging.across.by_reference else found


def _by_reference(judging: FrameJudging, found: VerdictFrame, reader: RowReader) -> VerdictFrame:
    """The frame with the rows that look across changes at what is no plain sum judged by the reference."""
    frame, errors = found.frame, found.errors
    if errors is None:
        errors = f"{judging.prefix}error"
        frame = frame.with_columns(nw.lit(False, dtype=nw.Boolean()).alias(errors))
    asked = nw.lit(True, dtype=nw.Boolean()) if judging.mask is None else judging.mask
    mask = f"{judging.prefix}asked"
    frame = frame.with_columns(asked.alias(mask), unit_text(frame, judging.admitted.matched).alias(UNIT))
    targets = Targets(found.columns, found.grades, errors, judging.missing, mask, UNIT)
    again = judged_again(frame, reader, judging.across.by_reference, targets)
    return VerdictFrame(again, found.columns, errors, found.grades)


def _with_slots(judging: FrameJudging) -> tuple[Frame, dict[t.SlotKey, str]]:
    """The frame with earlier years and roll-ups beside each row."""
    keys = [key for slot in judging.plan.slots if isinstance(key := looked_up(slot), FactKey)]
    sided = beside(judging.admitted, keys, f"{judging.prefix}year_", judging.across, ordered=judging.ordered)
    frame = sided.frame
    slots: dict[t.SlotKey, str] = dict(sided.slots.items())
    for add_columns in (judging.shares, judging.verdicts):
        if add_columns is not None:
            frame, added = add_columns(frame)
            slots |= added
    return frame, slots


def _slot_expr(judging: FrameJudging, slots: Mapping[t.SlotKey, str], key: t.SlotKey) -> nw.Expr:
    match key:
        case FactKey(name=name):
            kind = judging.declarations[name].type
            return nw.col(slots[key]) if key in slots else nw.lit(None, dtype=_DTYPES[kind])
        case t.ShareKey():
            return nw.col(slots[key]) if key in slots else nw.lit(None, dtype=_DTYPES[FactType.COUNT])
        case t.DayPartKey(day=day, part=part):
            return day_part(nw.col(slots[day]), part) if day in slots else nw.lit(None, dtype=nw.Int64())
        case t.DayNumberKey(day=day):
            return day_number(nw.col(slots[day])) if day in slots else nw.lit(None, dtype=nw.Int64())
        case t.JudgedYearKey():
            return nw.col(judging.admitted.matched.year).cast(nw.Int64())
        case _:
            assert_never(key)


def _reader(judging: FrameJudging, slots: Mapping[t.SlotKey, str]) -> RowReader:
    return RowReader(
        judging.plan.program.epochs,
        judging.declarations,
        judging.admitted.scales,
        slots,
        judging.admitted.matched.year,
    )


def _with_rows(
    judging: FrameJudging, frame: Frame, slots: Mapping[t.SlotKey, str], columns: Columns
) -> tuple[Frame, Columns]:
    """The frame with the conditions that are evaluated row by row."""
    names = list(judging.plan.program.opaque)
    targets = {name_by_rows(name): f"{judging.prefix}r{number}" for number, name in enumerate(names)}
    targets[""] = f"{judging.prefix}rows_error"
    found = with_row_conditions(frame, _reader(judging, slots), names, targets)
    return found, evolve(columns, named={**columns.named, **targets})


@frozen
class _Stages:
    """Conditions in the order of their computing; those that stand side by side do not rest on each other."""

    stages: list[dict[str, t.Condition]] = field(factory=list)
    depths: dict[str, int] = field(factory=dict)

    def add(self, name: str, condition: t.Condition) -> None:
        """Put a condition into the first stage after all that it names."""
        depth = 1 + max((self.depths.get(used, -1) for used in names_in(condition)), default=-1)
        self.depths[name] = depth
        while len(self.stages) <= depth:
            self.stages.append({})
        self.stages[depth][name] = condition


def _with_conditions(frame: Frame, program: Program, columns: Columns, prefix: str) -> tuple[Frame, Columns]:
    """The frame with a column for every condition that steps name."""
    plan = _Stages()
    for step in program.steps:
        for name, condition in (
            (applies_name(step.path), step.status.applies),
            (holds_name(step.path), step.status.holds),
        ):
            if not is_simple(condition):
                plan.add(name, condition)
    for number, stage in enumerate(plan.stages):
        named = {name: f"{prefix}c{number}_{index}" for index, name in enumerate(stage)}
        exprs = [condition_expr(columns, condition).alias(named[name]) for name, condition in stage.items()]
        frame = frame.with_columns(*exprs)
        columns = evolve(columns, named={**columns.named, **named})
    return frame, columns


def _with_errors(judging: FrameJudging, frame: Frame, columns: Columns) -> tuple[Frame, str | None]:
    """The frame with a column that is true where a rule that is needed has no value."""
    program = judging.plan.program
    conditions = [*(all_of([step.present, step.undefined]) for step in program.steps), program.ungraded]
    if program.opaque:
        conditions.append(t.Named(""))
    error = any_of(conditions)
    if error == t.FALSE:
        return frame, None
    name = f"{judging.prefix}error"
    found = condition_expr(columns, error).fill_null(False)
    return frame.with_columns((found if judging.mask is None else found & judging.mask).alias(name)), name


def _verdict(judging: FrameJudging, columns: Columns, step: MemberForm, errors: str | None) -> nw.Expr:
    """The verdict that a status stands for; null where the step is not there, or where there is an error."""
    has_enumerations = judging.admitted.frame.implementation in _WITH_ENUMERATIONS
    found = _read(columns, step, VERDICTS if has_enumerations else nw.String())
    if step.present != t.TRUE:
        found = nw.when(condition_expr(columns, step.present)).then(found)
    if judging.mask is not None:
        found = nw.when(judging.mask).then(found)
    if errors is not None:
        found = nw.when(~nw.col(errors)).then(found)
    return found


def _read(columns: Columns, step: MemberForm, dtype: nw.dtypes.DType) -> nw.Expr:
    """`ncriteria.evaluation.statuses.verdict` in columns."""
    status = step.status
    met, not_met, undetermined, not_applicable = (nw.lit(verdict.value).cast(dtype) for verdict in Verdict)
    if isinstance(status.holds, t.Certain):
        decided = {True: met, False: not_met, None: undetermined}[status.holds.value]
    else:
        holds = _named(columns, status.holds, holds_name(step.path))
        decided = nw.when(holds).then(met).otherwise(nw.when(~holds).then(not_met).otherwise(undetermined))
    if status.applies == t.TRUE:
        return decided
    applies = _named(columns, status.applies, applies_name(step.path))
    return nw.when(applies).then(decided).otherwise(nw.when(~applies).then(not_applicable).otherwise(undetermined))


def _named(columns: Columns, condition: t.Condition, name: str) -> nw.Expr:
    return condition_expr(columns, condition if is_simple(condition) else t.Named(name))
