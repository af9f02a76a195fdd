"""Counting the rows of a frame under two sets, in columns; only the touched rows are judged one by one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from importlib import import_module
from io import BytesIO
from operator import or_
from typing import Any, TypeAlias

import narwhals as nw
from attrs import evolve

from ncriteria.analysis.impact.common_facts import common_facts
from ncriteria.analysis.impact.counts import MOST_PROBLEMS, Counted, FlipKind, Outcome, TouchedRow
from ncriteria.analysis.impact.tally import Paths, Tally
from ncriteria.errors import CellPlace, Problem
from ncriteria.evaluation.columns.asked.known_days import seen_on
from ncriteria.evaluation.columns.door.admission import admit
from ncriteria.evaluation.columns.door.bringing import facts_in_memory
from ncriteria.evaluation.columns.door.fact_rows import fact_rows
from ncriteria.evaluation.columns.door.frames import NativeFrame, open_frame
from ncriteria.evaluation.columns.door.keys import with_normal_keys
from ncriteria.evaluation.columns.door.matching import Matched, matched
from ncriteria.evaluation.columns.joining.territory import of_level
from ncriteria.evaluation.columns.lines import line_of
from ncriteria.evaluation.columns.table import evaluate_table, verdict_columns
from ncriteria.evaluation.criteria import Criteria
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.result import Result
from ncriteria.evaluation.table_years.basis import RowBasis
from ncriteria.evaluation.table_years.surroundings import surroundings
from ncriteria.evaluation.table_years.years_of_sets import YearsOfSets
from ncriteria.facts.layout.columns import Reserved
from ncriteria.facts.layout.headings import columns_of
from ncriteria.facts.lineage.model import Lineage, behind
from ncriteria.facts.options import ReadingOptions
from ncriteria.facts.table import FactRow, FactsError, FactTable, Unit
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import FactDeclaration, Level, Verdict
from ncriteria.words import phrase

_Eager: TypeAlias = "nw.DataFrame[Any]"
_PREFIX = "__ncriteria_impact_"
_ROW, _KIND, _PARENT, _INSIDE = (f"{_PREFIX}{name}" for name in ("row", "kind", "parent", "inside"))
_KINDS = tuple(FlipKind)
_EXPLAINED_AT_ONCE = 1_000


@frozen
class OpenedFrame:
    """A frame in memory on Polars that holds the facts of two sets, with the meaning of its columns."""

    rows: _Eager
    matched: Matched
    name: str | None
    declarations: Mapping[str, FactDeclaration]
    lineage: Lineage

    @property
    def years(self) -> list[int]:
        """The assessment years of the rows."""
        years: list[int] = self.rows.get_column(self.matched.year).unique().drop_nulls().to_list()
        return years


@frozen
class _Side:
    """One set, the frame with its verdicts in the order of the rows, and the columns that it knows.

    `columns` are those of the verdicts, by path.
    """

    criteria: Criteria
    rows: _Eager
    matched: Matched
    columns: Mapping[str, str]
    lineage: Lineage

    def verdict(self, path: str | None, end: str) -> nw.Expr:
        """The column of verdicts on a path, or of the whole set, as it is called beside the other set's."""
        return nw.col(_beside(path, end))


def _beside(path: str | None, end: str) -> str:
    return f"{_PREFIX}{end}_{'' if path is None else path}"


def count_frame(
    frame: OpenedFrame,
    old: Criteria,
    new: Criteria,
    in_years: Collection[int] | None,
    territory: frozenset[str],
    *,
    ignore: Collection[str],
) -> Counted:
    """The rows of a frame that are of the level and in the years that both sets judge, counted under both.

    Rows that do not lie in all the units of `territory` are counted apart. Raises `FactsError` as `evaluate_table`
    does.
    """
    frame = evolve(frame, rows=_with_inside(frame, territory))
    before, after = _judged(frame, old, ignore), _judged(frame, new, ignore)
    paths = Paths.of(old.definition, new.definition)
    both = _both(frame, before, after, paths, in_years)
    inside, tally = nw.col(_INSIDE), _tally(both, paths)
    return tally.counted(
        _names(frame, [parent for parent in tally.parents if parent is not None]),
        rows_by_year=_years(frame, old.level, in_years, inside),
        elsewhere=sum(_years(frame, old.level, in_years, ~inside).values()),
        problems=_problems(frame, before, after, both),
        verdicts=lambda: (_by_row(both, before, paths.old, "old"), _by_row(both, after, paths.new, "new")),
        touched=lambda limit: _touched(frame, before, after, both, limit),
    )


def read_parquet(source: str | BytesIO, file: str) -> NativeFrame:
    """The frame in a Parquet file, which errors call `file`; raises `FactsError` where it cannot be read."""
    polars = import_module("polars")
    try:
        frame: NativeFrame = polars.read_parquet(source)
    except (OSError, polars.exceptions.PolarsError) as error:
        raise FactsError(
            Problem("NC220", phrase("the file cannot be read: {reason}", reason=error), CellPlace(file))
        ) from None
    return frame


def opened(
    native: NativeFrame, sets: tuple[Criteria, Criteria], ignore: Collection[str], lineage: Lineage
) -> OpenedFrame:
    """A frame of any kind, brought into memory; raises `FactsError` for headings that are not clear."""
    declarations = common_facts(*(one.definition for one in sets))
    rows, kept, found, name = _in_memory(native, declarations, ignore)
    normal = with_normal_keys(rows.lazy(), found).frame.collect()
    return OpenedFrame(normal.select(*kept).with_row_index(_ROW), found, name, declarations, lineage)


def _in_memory(
    native: NativeFrame, declarations: Mapping[str, FactDeclaration], ignore: Collection[str]
) -> tuple[_Eager, list[str], Matched, str | None]:
    """The latest version of each row, on Polars, with the columns that count, what they are, and that of names."""
    latest = seen_on(native, lambda headings: _meaning(headings, declarations, ignore)[1], None).frame
    came = open_frame(latest, lambda headings: _meaning(headings, declarations, ignore)[0])
    kept, found, name = _meaning(came.headings, declarations, ignore)
    rows = facts_in_memory(came).rename({column: heading for column, heading in came.names.items() if heading in kept})
    return rows, kept, found, name


def _meaning(
    headings: Sequence[str], declarations: Mapping[str, FactDeclaration], ignore: Collection[str]
) -> tuple[list[str], Matched, str | None]:
    """The columns that count, what they are, and the column of names."""
    found = matched(headings, declarations, ignore)
    options = ReadingOptions(ignore=frozenset(ignore))
    columns = columns_of(headings, {}, declarations, options, table=CellPlace(), problems=[]).columns
    name = next((heading for heading, column in columns.items() if column is Reserved.NAME), None)
    counting = {*found.headings(), name}
    return [heading for heading in headings if heading in counting], found, name


def _judged(frame: OpenedFrame, criteria: Criteria, ignore: Collection[str]) -> _Side:
    """The frame with the verdicts of a set, which knows the headings of the other set too."""
    known = {name: _with_headings(declared, frame.declarations[name]) for name, declared in criteria.facts.items()}
    found = frame.matched
    facts = {name: heading for name, heading in found.facts.items() if name in known}
    last_year = {name: heading for name, heading in found.last_year.items() if name in known}
    foreign = {*found.facts.values(), *found.last_year.values()} - {*facts.values(), *last_year.values()}
    if frame.name is not None and frame.name != found.unit:
        foreign.add(frame.name)
    widened = Criteria(evolve(criteria.definition, facts=known))
    # A lazy frame has no verdict where a rule has no value, and an eager one is refused whole.
    lazy = frame.rows.drop(*foreign).lazy().to_native()
    judged = (
        nw.from_native(evaluate_table(lazy, widened, ignore=[*ignore, _ROW, _INSIDE], lineage=frame.lineage))
        .collect()
        .sort(_ROW)
    )
    columns = verdict_columns(widened, line_of(widened, None, None, None))
    return _Side(criteria, judged, evolve(found, facts=facts, last_year=last_year), columns, frame.lineage)


def _with_headings(declared: FactDeclaration, shared: FactDeclaration) -> FactDeclaration:
    headings = dict.fromkeys((*declared.headings, *shared.headings, shared.title.vi, shared.title.en))
    return evolve(declared, headings=tuple(headings))


def _both(
    frame: OpenedFrame,
    old: _Side,
    new: _Side,
    paths: Paths,
    in_years: Collection[int] | None,
) -> _Eager:
    """The rows that both sets judge, each with the verdicts of both beside each other and the kind of its flip."""
    found, unit, year = frame.matched, old.matched.unit, old.matched.year
    keys = [nw.col(_ROW), nw.col(unit), nw.col(year)]
    parent = nw.lit(None, dtype=nw.String()) if found.parent is None else nw.col(found.parent).cast(nw.String())
    columns = [*keys, parent.alias(_PARENT), _is_judged(frame, old, new, in_years).alias(f"{_PREFIX}judged")]
    sides = [
        side.rows.select(
            nw.col(side.columns[""]).alias(_beside(None, end)),
            *(nw.col(side.columns[path]).alias(_beside(path, end)) for path in members),
        )
        for side, members, end in ((old, paths.old, "old"), (new, paths.new, "new"))
    ]
    rows = nw.concat([old.rows.select(*columns), *sides], how="horizontal").filter(nw.col(f"{_PREFIX}judged"))
    return rows.with_columns(_kind(paths.shared).alias(_KIND))


def _is_judged(frame: OpenedFrame, old: _Side, new: _Side, in_years: Collection[int] | None) -> nw.Expr:
    year = nw.col(frame.matched.year)
    judged = _is_of_level(frame, old.criteria.level) & nw.col(_INSIDE)
    for side in (old, new):
        years = side.criteria.years
        judged &= year >= years.first
        if years.last is not None:
            judged &= year <= years.last
    return judged if in_years is None else judged & year.is_in(list(in_years))


def _is_of_level(frame: OpenedFrame, level: Level) -> nw.Expr:
    """Whether a row is of the level, or does not say its level: those are judged too."""
    is_one = of_level(frame.matched, level)
    return ~nw.col(frame.matched.year).is_null() if is_one is None else is_one.fill_null(True)


def _years(frame: OpenedFrame, level: Level, in_years: Collection[int] | None, inside: nw.Expr) -> dict[int, int]:
    """How many rows of the level there are in each year, inside the territory of the sets or outside of it."""
    year = frame.matched.year
    rows = frame.rows.filter(_is_of_level(frame, level) & inside)
    counted = dict(rows.group_by(year).agg(nw.len().alias("rows")).select(year, "rows").rows())
    return {one: counted[one] for one in sorted(counted) if in_years is None or one in in_years}


def _with_inside(frame: OpenedFrame, territory: frozenset[str]) -> _Eager:
    """The rows, each with whether it lies in the territory."""
    if not territory:
        return frame.rows.with_columns(nw.lit(True).alias(_INSIDE))
    found = frame.matched
    columns = [found.unit, found.year, *([] if found.parent is None else [found.parent])]
    placed = [
        FactRow(Unit(str(unit), parent=next((str(one) for one in parent if one is not None), None)), year, {})
        for unit, year, *parent in frame.rows.select(*columns).rows()
    ]
    places = surroundings(FactTable(tuple(placed)))
    inside = [territory.issubset(places.around(row.unit.id, row.year, territory)) for row in placed]
    return frame.rows.with_columns(nw.new_series(_INSIDE, inside, nw.Boolean(), backend="polars"))


def _by_row(both: _Eager, side: _Side, paths: Sequence[str], end: str) -> dict[tuple[str, int], dict[str, Verdict]]:
    """The verdicts of each row by path; without one where a rule has no value."""
    columns = [side.matched.unit, side.matched.year, *(_beside(path, end) for path in paths)]
    return {
        (str(unit), year): {
            path: Verdict(value) for path, value in zip(paths, values, strict=True) if value is not None
        }
        for unit, year, *values in both.select(*columns).rows()
    }


def _pair(path: str | None) -> tuple[nw.Expr, nw.Expr]:
    return nw.col(_beside(path, "old")), nw.col(_beside(path, "new"))


def _differs(path: str | None) -> nw.Expr:
    old, new = _pair(path)
    return nw.when(old.is_null() | new.is_null()).then(old.is_null() != new.is_null()).otherwise(old != new)


def _turns(path: str | None) -> nw.Expr:
    old, new = (column.cast(nw.String()) for column in _pair(path))
    met, not_met = Verdict.MET.value, Verdict.NOT_MET.value
    turned = ((old == met) & (new == not_met)) | ((old == not_met) & (new == met))
    return turned.fill_null(False)


def _kind(shared: Sequence[str]) -> nw.Expr:
    """The rank of the kind of flip, null where there is none."""
    none = nw.lit(False)
    clause_turns = reduce(or_, map(_turns, shared), none)
    clause_differs = reduce(or_, map(_differs, shared), none)
    cases = zip((_turns(None), _differs(None), clause_turns, clause_differs), range(len(_KINDS)), strict=True)
    kind = nw.lit(None, dtype=nw.Int8())
    for condition, rank in reversed(list(cases)):
        kind = nw.when(condition).then(nw.lit(rank, dtype=nw.Int8())).otherwise(kind)
    return kind


def _outcome(value: object) -> Outcome:
    return None if value is None else Verdict(str(value))


def _grouped(rows: _Eager, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Each combination of values with the number of its rows."""
    counted = rows.group_by(*columns).agg(nw.len().alias(f"{_PREFIX}count"))
    yield from counted.select(*columns, f"{_PREFIX}count").rows()


def _tally(both: _Eager, paths: Paths) -> Tally:
    """The rows counted, alike ones at once."""
    tally = Tally.over(paths)
    for parent, old, new, count in _grouped(both, _PARENT, _beside(None, "old"), _beside(None, "new")):
        tally.count_whole(parent, (_outcome(old), _outcome(new)), count)
    for parent, rank, count in _grouped(both.filter(~nw.col(_KIND).is_null()), _PARENT, _KIND):
        tally.count_kind(parent, _KINDS[rank], count)
    for path, counts in tally.clauses.items():
        for old, new, count in _grouped(both, _beside(path, "old"), _beside(path, "new")):
            counts[_outcome(old), _outcome(new)] = count
    for only, end in ((tally.old_only, "old"), (tally.new_only, "new")):
        for path, verdicts in only.items():
            verdicts.update({_outcome(verdict): count for verdict, count in _grouped(both, _beside(path, end))})
    return tally


def _names(frame: OpenedFrame, units: Iterable[object]) -> dict[str, str]:
    """The names of units, of their last row that says one."""
    if frame.name is None:
        return {}
    unit, year = frame.matched.unit, frame.matched.year
    key = nw.col(unit).cast(nw.String())
    named = frame.rows.filter(key.is_in([str(one) for one in units]) & ~nw.col(frame.name).is_null()).sort(year)
    return {str(one): str(name) for one, name in named.select(unit, frame.name).rows()}


def _touched(frame: OpenedFrame, old: _Side, new: _Side, both: _Eager, limit: int | None) -> Iterator[TouchedRow]:
    keys = [_KIND, _PARENT, old.matched.unit, old.matched.year]
    flipped = both.filter(~nw.col(_KIND).is_null()).select(*keys).sort(*keys, nulls_last=True)
    rows = (flipped if limit is None else flipped.head(limit)).rows()
    for start in range(0, len(rows), _EXPLAINED_AT_ONCE):
        chunk = rows[start : start + _EXPLAINED_AT_ONCE]
        units = list(dict.fromkeys(unit for _, _, unit, _ in chunk))
        names = _names(frame, units)
        judges = [_judge_of(side, units) for side in (old, new)]
        for rank, parent, unit, year in chunk:
            told = Unit(str(unit), names.get(str(unit)), old.criteria.level, parent)
            (one, _), (other, _) = (judge(unit, year) for judge in judges)
            yield TouchedRow(told, year, _KINDS[rank], one, other)


def _problems(frame: OpenedFrame, old: _Side, new: _Side, both: _Eager) -> tuple[Problem, ...]:
    """Why rules have no value, for the first rows where they have none."""
    unit, year = frame.matched.unit, frame.matched.year
    missing = [nw.col(_beside(None, end)).is_null() for end in ("old", "new")]
    rows = both.filter(missing[0] | missing[1]).select(unit, year).head(MOST_PROBLEMS).rows()
    judges = [_judge_of(side, [one for one, _ in rows]) for side in (old, new)] if rows else []
    return tuple(dict.fromkeys(problem for row in rows for judge in judges for problem in judge(*row)[1]))


_Judge = Callable[[object, int], tuple[Result | None, tuple[Problem, ...]]]


def _judge_of(side: _Side, units: Sequence[object]) -> _Judge:
    """The record evaluator for rows of these units, whose earlier years come from their other rows."""
    found = evolve(side.matched, name=None, level=None, parent=None, counts={})
    used = [*found.facts.values(), *found.last_year.values()]
    made_of = sorted(behind(side.lineage, map(str, units)))
    rows = side.rows.filter(nw.col(found.unit).cast(nw.String()).is_in(made_of))
    admitted = admit(rows.select(found.unit, found.year, *used).lazy(), found, side.criteria.facts, _PREFIX)
    table = FactTable(tuple(fact_rows(admitted, side.criteria.facts)), lineage=side.lineage)
    years, definition = YearsOfSets(table), side.criteria.definition

    def judge(unit: object, year: int) -> tuple[Result | None, tuple[Problem, ...]]:
        place = CellPlace(heading=f"{unit}, {year}")
        row = table.row(str(unit), year)
        assert row is not None, "the row was judged in columns"
        record = RowBasis(years.seen_by(definition), years.earlier(definition, row), {}, {}).record(row, side.criteria)
        try:
            return side.criteria.judge(evolve(record, place=place)), ()
        except EvaluationError as error:
            return None, tuple(evolve(one, place=one.place or place) for one in error.problems)

    return judge


def fact_table(native: NativeFrame, declarations: Mapping[str, FactDeclaration], ignore: Collection[str]) -> FactTable:
    """The rows of a frame as a fact table, for what is judged row by row."""
    rows, _, found, name = _in_memory(native, declarations, ignore)
    normal = with_normal_keys(rows.lazy(), found).frame
    admitted = admit(normal, found, declarations, _PREFIX)
    return FactTable(tuple(fact_rows(admitted, declarations, name)))
