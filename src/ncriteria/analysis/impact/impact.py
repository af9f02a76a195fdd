"""What a change of criteria does to the units of a table: verdicts that differ, which units flip, and why."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, get_args

from attrs import evolve, field

from ncriteria.analysis.impact.above import AboveImpact, resting_on, units_above
from ncriteria.analysis.impact.common_facts import facts_of_a_table
from ncriteria.analysis.impact.counts import (
    Counted,
    FlipKind,
    Outcome,
    ParentImpact,
    TouchedRows,
    Transitions,
    territory_of,
)
from ncriteria.analysis.impact.flips import Flip, flip_of
from ncriteria.analysis.impact.grades import GradeImpact
from ncriteria.analysis.impact.rows import count_rows
from ncriteria.analysis.impact.years import OutsideYears, YearsTried, outside_years, tried_in
from ncriteria.errors import ArgumentError, NCriteriaError, Problem, is_installed
from ncriteria.evaluation.criteria import Catalog, Criteria, catalog, definition_of
from ncriteria.evaluation.table_years.succession import fitted
from ncriteria.evaluation.tables import years_of
from ncriteria.facts.checks.doubts import TableWarning
from ncriteria.facts.checks.fitting import contradictions
from ncriteria.facts.lineage.model import NO_LINEAGE, Lineage
from ncriteria.facts.table import FactsError, FactTable
from ncriteria.quick_classes import frozen
from ncriteria.sets.files.files import shown_path
from ncriteria.sets.grades.scales import graded
from ncriteria.sets.model import CriteriaSet, FactDeclaration
from ncriteria.sets.names import LEVELS
from ncriteria.sets.structure import verdicts_leaned_on
from ncriteria.sets.years.parameter_years import fixed_at
from ncriteria.words import phrase

if TYPE_CHECKING:
    from ncriteria.evaluation.columns.door.frames import NativeFrame
else:
    NativeFrame: TypeAlias = Any


class ImpactError(NCriteriaError):
    """Two sets whose impact cannot be told, or a table that needs a package which is not installed."""


@frozen
class OfYear:
    """What comes of the year alone: the old set with the values of each row's own year, then with those of one year.

    `whole` and `clauses` are transitions as those of an impact are.
    """

    year: int
    whole: Transitions
    clauses: Mapping[str, Transitions]


@frozen
class Impact:
    """What putting the set `new` in the place of `old` does to the rows of a table that both judge.

    `whole` are the transitions of the verdicts on the whole set, `clauses` those of each clause and group that stands
    at one path in both; `removed` and `added` are the others, with their verdicts. `parents` adds up the rows by the
    unit around them, the most touched first. `outside` names the sets that were tried outside the years that they hold
    for, `rows_by_year` has all rows of the level in the territory of the sets, `elsewhere` is how many rows lie outside
    of it. `of_year` is what comes of the year, where both sets have the values of one year. `above` are the larger
    units whose verdicts rest on those of the rows. `problems` says why rules have no value, for the first rows where
    they have none; the matrix has those rows under `None`. `grades` are the rows that are graded otherwise.
    """

    old: CriteriaSet = field(repr=False)
    new: CriteriaSet = field(repr=False)
    years: YearsTried
    outside: tuple[OutsideYears, ...]
    whole: Transitions
    clauses: Mapping[str, Transitions]
    removed: Mapping[str, Mapping[Outcome, int]]
    added: Mapping[str, Mapping[Outcome, int]]
    parents: tuple[ParentImpact, ...]
    rows_by_year: Mapping[int, int]
    elsewhere: int
    of_year: OfYear | None
    above: tuple[AboveImpact, ...]
    problems: tuple[Problem, ...]
    grades: tuple[GradeImpact, ...]
    _touched: TouchedRows = field(repr=False, eq=False, alias="touched")

    @property
    def judged(self) -> int:
        """The rows that both sets judge: one for each unit and year."""
        return self.whole.total

    @property
    def kinds(self) -> Mapping[FlipKind, int]:
        """How many rows are touched in each way."""
        return {kind: sum(parent.kinds.get(kind, 0) for parent in self.parents) for kind in FlipKind}

    def flips(self, limit: int | None = None) -> Iterator[Flip]:
        """The rows whose verdicts differ, the gravest first: the whole set from met to not met, or back; then every
        other difference of the whole set; then clauses and groups in the same order. At most `limit`, if given.

        Each is judged by the record evaluator when it is reached, for its causes.
        """
        for row in self._touched(limit):
            yield flip_of(row)


def impact(
    old: Criteria | CriteriaSet,
    new: Criteria | CriteriaSet,
    facts: FactTable | NativeFrame,
    *,
    years: YearsTried = "as-law",
    as_of_year: int | None = None,
    around: Catalog | None = None,
    in_years: Collection[int] | None = None,
    ignore: Collection[str] = (),
    lineage: Lineage | None = None,
) -> Impact:
    """What `new` in the place of `old` does to the rows of `facts`, one row for each unit and assessment year.

    `facts` is a fact table, which is judged row by row, or a frame of any library that `evaluate_table` takes, which is
    judged in columns unless a set leans on verdicts of other years, or has grades; columns in `ignore` are passed over.
    With `years="as-law"` a row counts where both sets hold for its year. With `years="all"` each set is tried on every
    year, also outside the years that it holds for, with the parameters of its nearest year; `outside` says so, for that
    is no verdict under the law. `in_years` counts only the rows of these years; earlier years still come from all rows.
    Only rows in the territory of the sets count.

    With `as_of_year` both sets have the values that their parameters have in that year, or in their nearest, whatever
    year a row is of, so that what differs comes of the edit alone; `of_year` tells what the year itself does.

    `lineage` says what units were in earlier years, in place of that of a fact table.

    `around` has the sets that judge larger units, which may rest on the rows (`share_met`); without it they are those
    that come with the library.

    Raises `ImpactError` for sets of two levels, and where a frame is given and the packages for it are not installed;
    `CriteriaError` where the sets declare one fact in two ways; `FactsError` for a frame as `evaluate_table` does.
    """
    before, after = _to_compare(old, new, years)
    held, sides = Criteria(before), _as_of(as_of_year, Criteria(before), Criteria(after))
    if not isinstance(facts, FactTable) and any(verdicts_leaned_on(one) or graded(one) for one in (before, after)):
        _refuse_missing_packages()
        facts = evolve(rows_of_frame(facts, facts_of_a_table(before, after, ()), ignore), lineage=lineage or NO_LINEAGE)
    if isinstance(facts, FactTable):
        # The two sets are compared whether or not they are in force, on the rows that the table has.
        facts = evolve(facts, known_on=None, lineage=facts.lineage if lineage is None else lineage)
        facts = _fitted(facts, before, after)
        count: _Count = partial(count_rows, facts)
        tried: Collection[int] = {row.year for one in (before, after) for row in years_of(facts, Criteria(one))}
    else:
        count, tried = _in_columns(facts, sides, ignore, lineage or NO_LINEAGE)
    if years == "all":
        held, sides = _tried(held, tried), (_tried(sides[0], tried), _tried(sides[1], tried))
    territory = territory_of(before, after)
    counted = count(*sides, in_years, territory)
    both = [one for one in counted.rows_by_year if one in sides[0].years and one in sides[1].years]
    told = (outside_years(one, counted.rows_by_year) for one in (before, after)) if years == "all" else ()
    of_year = None
    if as_of_year is not None:
        by_year = count(held, sides[0], both, territory)
        of_year = OfYear(as_of_year, by_year.whole, by_year.clauses)
    return Impact(
        old=before,
        new=after,
        years=years,
        outside=tuple(one for one in told if one is not None),
        whole=counted.whole,
        clauses=counted.clauses,
        removed=counted.old_only,
        added=counted.new_only,
        parents=counted.parents,
        rows_by_year=counted.rows_by_year,
        elsewhere=counted.elsewhere,
        of_year=of_year,
        above=_above(facts, around, before, after, counted, ignore, lineage or NO_LINEAGE),
        problems=counted.problems,
        grades=counted.grades,
        touched=counted.touched,
    )


def _to_compare(
    old: Criteria | CriteriaSet, new: Criteria | CriteriaSet, years: YearsTried
) -> tuple[CriteriaSet, CriteriaSet]:
    """Both sets; raises an error where they judge units of two levels, or where the years to try are none."""
    before, after = definition_of(old), definition_of(new)
    if years not in get_args(YearsTried):
        hint = phrase("there are: {known}", known=", ".join(get_args(YearsTried)))
        raise ArgumentError(Problem("NC128", phrase("`years`: there is no {years!r}", years=years), None, hint))
    if before.level is not after.level:
        message = phrase(
            "{before} judges a {level}, {after} a {other}: no row is of both",
            before=before.id,
            level=LEVELS[before.level].as_phrase(),
            after=after.id,
            other=LEVELS[after.level].as_phrase(),
        )
        raise ImpactError(Problem("NC402", message))
    return before, after


def _fitted(table: FactTable, *sets: CriteriaSet) -> FactTable:
    """`table`, with a warning of what its lineage leaves in doubt."""
    found = fitted(table, sets)
    if doubts := found.warnings[len(table.warnings) :]:
        warnings.warn(TableWarning(doubts), stacklevel=3)
    return found


_Count = Callable[[Criteria, Criteria, "Collection[int] | None", frozenset[str]], Counted]
"""Counting the rows of a table under two sets, in some of its years or in all, in a territory."""


def _as_of(year: int | None, *sides: Criteria) -> tuple[Criteria, Criteria]:
    old, new = sides if year is None else (Criteria(fixed_at(one.definition, year)) for one in sides)
    return old, new


def _above(
    facts: FactTable | NativeFrame,
    around: Catalog | None,
    old: CriteriaSet,
    new: CriteriaSet,
    counted: Counted,
    ignore: Collection[str],
    lineage: Lineage,
) -> tuple[AboveImpact, ...]:
    """What the change does to larger units, where the sets around have any that rest on the rows."""
    known = catalog() if around is None else around
    if not resting_on(known, old, new):
        return ()
    if not isinstance(facts, FactTable):
        from ncriteria.analysis.impact.frames import fact_table

        facts = evolve(fact_table(facts, facts_of_a_table(old, new, known.sets.sets), ignore), lineage=lineage)
    return units_above(facts, known, (old, new), counted.verdicts())


def read_frame(path: Path) -> NativeFrame:
    """The frame in a Parquet file; raises `FactsError` where it cannot be read, `ImpactError` as `impact` does."""
    return _parquet(str(path), shown_path(path))


def frame_in(content: bytes, file: str) -> NativeFrame:
    """The frame in the content of a Parquet file, which errors call `file`; raises as `read_frame` does."""
    return _parquet(BytesIO(content), file)


def _parquet(source: str | BytesIO, file: str) -> NativeFrame:
    _refuse_missing_packages()
    from ncriteria.analysis.impact.frames import read_parquet

    return read_parquet(source, file)


def rows_of_frame(
    frame: NativeFrame, declarations: Mapping[str, FactDeclaration], ignore: Collection[str] = ()
) -> FactTable:
    """The rows of a frame as a fact table, which is judged row by row.

    Raises `FactsError` for wrong columns and values, and where rows of one unit contradict each other.
    """
    from ncriteria.analysis.impact.frames import fact_table

    table = fact_table(frame, declarations, ignore)
    if problems := [problem for _, problem in contradictions(table.rows, table.lineage)]:
        raise FactsError(problems)
    return table


def _refuse_missing_packages() -> None:
    if not all(is_installed(package) for package in ("narwhals", "polars")):
        message = phrase("a table in columns needs packages that are not installed")
        raise ImpactError(Problem("NC404", message, hint=phrase("install them with: pip install 'ncriteria[table]'")))


def _tried(criteria: Criteria, years: Collection[int]) -> Criteria:
    return Criteria(tried_in(criteria.definition, years))


def _in_columns(
    frame: NativeFrame, sides: tuple[Criteria, Criteria], ignore: Collection[str], lineage: Lineage
) -> tuple[_Count, Collection[int]]:
    """How to count the rows of a frame, and the years that it has."""
    _refuse_missing_packages()
    from ncriteria.analysis.impact.frames import count_frame, opened

    rows = opened(frame, sides, ignore, lineage)
    return partial(count_frame, rows, ignore=ignore), rows.years
