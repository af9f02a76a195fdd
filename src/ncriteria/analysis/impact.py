"""What a change of criteria does to the units of a table: verdicts that differ, which units flip, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, get_args

from attrs import field, frozen

from ncriteria.analysis.impact_causes import Cause, causes
from ncriteria.analysis.impact_counts import (
    Counted,
    FlipKind,
    Outcome,
    ParentImpact,
    TouchedRows,
    Transitions,
)
from ncriteria.analysis.impact_rows import count_rows
from ncriteria.analysis.impact_years import OutsideYears, YearsTried, outside_years, tried_in
from ncriteria.errors import ArgumentError, NCriteriaError, Problem
from ncriteria.evaluation.criteria import Criteria, definition_of
from ncriteria.evaluation.result import Result
from ncriteria.facts.table import FactTable, Unit
from ncriteria.sets.model import CriteriaSet

if TYPE_CHECKING:
    from ncriteria.evaluation.columns.frames import NativeFrame
else:
    NativeFrame: TypeAlias = Any


class ImpactError(NCriteriaError):
    """Two sets whose impact cannot be told, or a table that needs a package which is not installed."""


@frozen
class Flip:
    """One unit in one year whose verdicts differ.

    `old` and `new` are the results under the two sets, `None` where a rule has no value. `causes` are the clauses and
    groups that make the difference, with the facts that decided them.
    """

    unit: Unit
    year: int
    kind: FlipKind
    old: Result | None
    new: Result | None
    causes: tuple[Cause, ...]


@frozen
class Impact:
    """What putting the set `new` in the place of `old` does to the rows of a table that both judge.

    `whole` are the transitions of the verdicts on the whole set, `clauses` those of each clause and group that stands
    at one path in both; `removed` and `added` are the others, with their verdicts. `parents` adds up the rows by the
    unit around them, the most touched first. `outside` names the sets that were tried outside the years that they hold
    for, `rows_by_year` has all rows of the level. `problems` says why rules have no value, for the first rows where
    they have none; the matrix has those rows under `None`.
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
    problems: tuple[Problem, ...]
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
            yield Flip(row.unit, row.year, row.kind, row.old, row.new, causes(row.old, row.new))


def impact(
    old: Criteria | CriteriaSet,
    new: Criteria | CriteriaSet,
    facts: FactTable | NativeFrame,
    *,
    years: YearsTried = "as-law",
    in_years: Collection[int] | None = None,
    ignore: Collection[str] = (),
) -> Impact:
    """What `new` in the place of `old` does to the rows of `facts`, one row for each unit and assessment year.

    `facts` is a fact table, which is judged row by row, or a frame of any library that `evaluate_table` takes, which is
    judged in columns; columns in `ignore` are passed over. With `years="as-law"` a row counts where both sets hold for
    its year. With `years="all"` each set is tried on every year, also outside the years that it holds for, with the
    parameters of its nearest year; `outside` says so, for that is no verdict under the law. `in_years` counts only the
    rows of these years; earlier years still come from all rows.

    Raises `ImpactError` for sets of two levels, and where a frame is given and the packages for it are not installed;
    `CriteriaError` where the sets declare one fact in two ways; `FactsError` for a frame as `evaluate_table` does.
    """
    before, after = definition_of(old), definition_of(new)
    if years not in get_args(YearsTried):
        hint = f"there are: {', '.join(get_args(YearsTried))}"
        raise ArgumentError(Problem("NC128", f"`years`: there is no {years!r}", None, hint))
    if before.level is not after.level:
        message = f"{before.id} judges a {before.level.value}, {after.id} a {after.level.value}: no row is of both"
        raise ImpactError(Problem("NC402", message))
    sides = Criteria(before), Criteria(after)
    if isinstance(facts, FactTable):
        if years == "all":
            sides = _tried(sides, {row.year for row in facts.rows})
        counted = count_rows(facts, *sides, in_years)
    else:
        counted = _counted_in_columns(facts, sides, years, in_years, ignore)
    told = (outside_years(one, counted.rows_by_year) for one in (before, after)) if years == "all" else ()
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
        problems=counted.problems,
        touched=counted.touched,
    )


def read_frame(path: Path) -> NativeFrame:
    """The frame in a Parquet file; raises `FactsError` where it cannot be read, `ImpactError` as `impact` does."""
    _refuse_missing_packages()
    from ncriteria.analysis.impact_columns import read_parquet

    return read_parquet(path)


def _refuse_missing_packages() -> None:
    if not all(_is_installed(package) for package in ("narwhals", "polars")):
        message = "a table in columns needs packages that are not installed"
        raise ImpactError(Problem("NC404", message, hint="install them with: pip install 'ncriteria[table]'"))


def _is_installed(package: str) -> bool:
    # Where something keeps a place in `sys.modules` free on purpose, looking for the package raises.
    try:
        return find_spec(package) is not None
    except ValueError:
        return False


def _tried(sides: tuple[Criteria, Criteria], years: Collection[int]) -> tuple[Criteria, Criteria]:
    old, new = (Criteria(tried_in(one.definition, years)) for one in sides)
    return old, new


def _counted_in_columns(
    frame: NativeFrame,
    sides: tuple[Criteria, Criteria],
    years: YearsTried,
    in_years: Collection[int] | None,
    ignore: Collection[str],
) -> Counted:
    _refuse_missing_packages()
    from ncriteria.analysis.impact_columns import count_frame, opened

    rows = opened(frame, sides, ignore)
    if years == "all":
        sides = _tried(sides, rows.years)
    return count_frame(rows, *sides, in_years, ignore)
