"""What has no exact form in columns, evaluated row by row by the reference, a batch of a Polars frame at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from importlib import import_module
from typing import Any

import narwhals as nw
from attrs import evolve, field

from ncriteria.errors import NCriteriaError
from ncriteria.evaluation.columns.door.frames import Frame
from ncriteria.evaluation.columns.door.sources import python_value
from ncriteria.evaluation.columns.naming import PREFIX
from ncriteria.evaluation.graded import grades_given
from ncriteria.evaluation.inside.form import sum_scale
from ncriteria.evaluation.lowering import LoweredSet, lower
from ncriteria.evaluation.program.assembling import Epoch, applies_name, name_by_rows
from ncriteria.evaluation.program.tree import ShareKey, SlotKey
from ncriteria.evaluation.records.judging import Statuses, judge, statuses
from ncriteria.evaluation.records.record import Record, seen_from
from ncriteria.evaluation.statuses import verdict
from ncriteria.language.tree import FactKey
from ncriteria.language.values import Interval
from ncriteria.quick_classes import frozen
from ncriteria.sets.inside import Asked
from ncriteria.sets.model import WHOLE_SET, FactDeclaration, FactValue, Rolled, RollUp, Verdict


@frozen
class RowReader:
    """How a row of a frame becomes a record: the columns of the slots and of the year, and what they hold."""

    epochs: Sequence[Epoch]
    declarations: Mapping[str, FactDeclaration]
    scales: Mapping[str, int]
    slots: Mapping[SlotKey, str]
    year: str
    _lowered: dict[int, LoweredSet | None] = field(factory=dict, init=False, repr=False, eq=False)

    def records(self, rows: Iterator[Mapping[str, Any]]) -> Iterator[tuple[LoweredSet | None, Record]]:
        """The record of each row, with the rules of its year as one record has them, `None` where there are none."""
        for row in rows:
            yield self._rules(row[self.year]), self._record(row)

    def _rules(self, year: int) -> LoweredSet | None:
        if year not in self._lowered:
            epoch = next((one for one in self.epochs if one.years is None or year in one.years), None)
            self._lowered[year] = None if epoch is None else lower(epoch.lowered.criteria, year)
        return self._lowered[year]

    def _record(self, row: Mapping[str, Any]) -> Record:
        values: dict[FactKey, FactValue] = {}
        parts: dict[Asked, dict[str, int]] = {}
        scales: dict[Asked, int] = {}
        for key, column in self.slots.items():
            found = row[column]
            if found is None:
                continue
            if isinstance(key, ShareKey):
                parts.setdefault((key.level, key.path), {})[key.part] = found
                scales[key.level, key.path] = 1 if not key.fact else self._sum_scale(key.fact)
            elif isinstance(key, FactKey):
                values[key] = python_value(self.declarations[key.name], found, self.scales.get(key.name, 1))
        return Record(values, row[self.year], {key: _rolled(part, scales[key]) for key, part in parts.items()})

    def _sum_scale(self, fact: str) -> int:
        return sum_scale(self.declarations[fact], self.scales)


def _rolled(part: Mapping[str, int], scale: int) -> Rolled:
    if "met" not in part:
        low, high = (Fraction(part[end], scale) if end in part else None for end in ("low", "high"))
        return low if low is not None and low == high else Interval(low, high)
    met, possible, judged = part["met"], part["may_be_met"], part["judged"]
    return RollUp(met, judged - possible, possible - met)


def with_row_conditions(frame: Frame, reader: RowReader, names: Collection[str], column_of: Mapping[str, str]) -> Frame:
    """`frame` with a boolean column for each of the conditions `names`, and one that is true where there is an error.

    `column_of` has the names of the new columns; that of the errors is under the empty name.
    """
    polars = import_module("polars")
    targets = {name: column_of[name_by_rows(name)] for name in names}

    def judged(batch: Any) -> Any:
        found: dict[str, list[bool | None]] = {column: [] for column in (*targets.values(), column_of[""])}
        for rules, record in reader.records(batch.iter_rows(named=True)):
            outcome = None if rules is None else statuses(rules, record)
            for name, column in targets.items():
                found[column].append(None if outcome is None else _truth(outcome, name))
            found[column_of[""]].append(outcome is not None and bool(outcome.problems))
        return batch.with_columns(
            *(polars.Series(column, values, dtype=polars.Boolean) for column, values in found.items())
        )

    schema = {**frame.to_native().collect_schema()}
    schema |= dict.fromkeys((*targets.values(), column_of[""]), polars.Boolean)
    computed: Frame = nw.from_native(frame.to_native().map_batches(judged, schema=schema, streamable=True))
    return computed


def _truth(outcome: Statuses, name: str) -> bool | None:
    path, _, _ = name.rpartition(":")
    judged = outcome.judged.get(path)
    if judged is None:
        return None
    found = judged.condition if name == applies_name(path) else judged.holds
    return found if isinstance(found, bool) else None


def with_missing(frame: Frame, reader: RowReader, verdict: str, target: str) -> Frame:
    """`frame` with a text column of the facts that can still change the verdict, null where there are none."""
    polars = import_module("polars")

    def told(batch: Any) -> Any:
        found: list[str | None] = []
        open_rows = (row for row in batch.iter_rows(named=True) if row[verdict] == Verdict.UNDETERMINED.value)
        missing = iter(reader.records(open_rows))
        for value in batch.get_column(verdict).to_list():
            found.append(_missing(*next(missing)) if value == Verdict.UNDETERMINED.value else None)
        return batch.with_columns(polars.Series(target, found, dtype=polars.String))

    schema = {**frame.to_native().collect_schema(), target: polars.String}
    computed: Frame = nw.from_native(frame.to_native().map_batches(told, schema=schema, streamable=True))
    return computed


@frozen
class Targets:
    """The columns of verdicts and grades by path, of errors and of what is missing; where rows are judged."""

    verdicts: Mapping[str, str]
    grades: Mapping[str, str]
    errors: str
    missing: str | None
    mask: str
    unit: str


def judged_again(
    frame: Frame,
    reader: RowReader,
    known: Mapping[tuple[str, int], Mapping[FactKey, FactValue]],
    targets: Targets,
) -> Frame:
    """`frame` with some rows judged by the reference: `known` has facts of earlier years that no column holds."""
    polars = import_module("polars")
    units = sorted({unit for unit, _ in known})
    number = f"{targets.mask}_row"

    def judged(batch: Any) -> Any:
        numbered = batch.with_row_index(number)
        again = numbered.filter(polars.col(targets.mask) & polars.col(targets.unit).is_in(units))
        keys = [(unit, year) in known for unit, year in again.select(targets.unit, reader.year).iter_rows()]
        again = again.filter(polars.Series(keys, dtype=polars.Boolean))
        if not again.height:
            return batch
        found = [
            _outcome(reader, row, known[row[targets.unit], row[reader.year]]) for row in again.iter_rows(named=True)
        ]
        columns: dict[str, list[Any]] = {
            column: [one.verdicts.get(path) for one in found] for path, column in targets.verdicts.items()
        }
        columns |= {column: [one.grades.get(path) for one in found] for path, column in targets.grades.items()}
        columns[targets.errors] = [one.is_error for one in found]
        if targets.missing is not None:
            columns[targets.missing] = [one.missing for one in found]
        changed = again.with_columns(
            polars.Series(name, values, dtype=batch.schema[name]) for name, values in columns.items()
        )
        others = numbered.join(again.select(number), on=number, how="anti")
        return polars.concat([others, changed]).sort(number).drop(number)

    native = frame.to_native()
    computed: Frame = nw.from_native(native.map_batches(judged, schema=native.collect_schema(), streamable=True))
    return computed


@frozen
class _Outcome:
    """What came out of a row: its verdicts and grades by path, whether a rule has no value, and what is missing."""

    verdicts: Mapping[str, str]
    grades: Mapping[str, str | None]
    is_error: bool
    missing: str | None


def _outcome(reader: RowReader, row: Mapping[str, Any], known: Mapping[FactKey, FactValue]) -> _Outcome:
    (rules, record), *_ = reader.records(iter([row]))
    if rules is None:
        return _Outcome({}, {}, False, None)
    record = evolve(record, values={**known, **seen_from(record.values, record.year)})
    found = statuses(rules, record)
    if found.problems:
        return _Outcome({}, {}, True, None)
    verdicts = {path: verdict(one).value for path, one in found.judged.items()}
    is_open = verdicts[WHOLE_SET] == Verdict.UNDETERMINED.value
    return _Outcome(
        verdicts, grades_given(rules.scales, found.judged), False, _missing(rules, record) if is_open else None
    )


def _missing(rules: LoweredSet | None, record: Record) -> str | None:
    if rules is None:
        return None
    try:
        return "; ".join(str(key) for key in judge(rules, record).missing if not key.name.startswith(PREFIX)) or None
    except NCriteriaError:
        return None
