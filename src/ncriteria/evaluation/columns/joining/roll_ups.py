"""Roll-ups in columns: how many units of a level inside each unit meet a clause (`ncriteria.evaluation.tables`)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

import narwhals as nw

from ncriteria.errors import CellPlace, Problem
from ncriteria.evaluation.columns.door.frames import Frame
from ncriteria.evaluation.columns.door.keys import first_rows
from ncriteria.evaluation.columns.door.matching import Matched
from ncriteria.evaluation.columns.engines.keeping import kept
from ncriteria.evaluation.columns.joining.left_joins import left_join
from ncriteria.evaluation.columns.joining.succession import Across, without_ended
from ncriteria.evaluation.columns.joining.territory import Territory, unit_key
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.facts.table import FactsError
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import Level, Verdict
from ncriteria.sets.names import LEVELS
from ncriteria.words import phrase


class AskedInColumns(Protocol):
    """What rules ask of the units of a level: where a row is judged by a rule that asks."""

    @property
    def level(self) -> Level:
        """The level of the units inside."""

    @property
    def asked(self) -> nw.Expr:
        """Where a row is judged by a rule that asks."""

    @property
    def across(self) -> Across:
        """The lineage by which units that are no more, or not yet, do not count."""


@frozen
class RollUpInColumns:
    """A roll-up that rules ask for.

    `verdicts` has the columns `unit`, `year` and `verdict` of the units of `level`; `None` where no criteria judge
    them. `asked` is where a row is judged by a rule that asks. `columns` names the columns `met`, `may_be_met` and
    `judged` that are added. Units that are no more, or not yet, by the lineage `across` do not count.
    """

    level: Level
    verdicts: Frame | None
    asked: nw.Expr
    columns: Mapping[str, str]
    across: Across


def with_roll_up(
    outer: Frame, territory: Territory, found: Matched, roll_up: RollUpInColumns, *, ordered: bool
) -> Frame:
    """`outer` with the columns of `roll_up`; null where nothing is known of such units.

    A unit counts where it lies in the year; one that is not in the table
    in the year, or has no verdict, is undetermined. Raises `EvaluationError` where a unit is said to have fewer units
    inside than the table has in the year, and `FactsError` where that number is none.
    """
    prefix = f"{roll_up.columns['judged']}_"
    parts = {part: f"{prefix}{part}" for part in ("unit", "year", "inside", "roster", "met", "not_met", "aside")}
    joined = beside_counted(outer, found, roll_up, _counted(territory, roll_up), parts, ordered=ordered)
    roster = nw.col(parts["roster"])
    met, not_met, aside = (nw.col(parts[part]).fill_null(0) for part in ("met", "not_met", "aside"))
    return joined.with_columns(
        nw.when(~roster.is_null()).then(met).alias(roll_up.columns["met"]),
        (roster - not_met - aside).alias(roll_up.columns["may_be_met"]),
        (roster - aside).alias(roll_up.columns["judged"]),
    ).drop(*parts.values())


def _counted(territory: Territory, roll_up: RollUpInColumns) -> Frame:
    """By outer unit and year: how many units are inside in all, how many have a row, and how they came out."""

    def number_of(verdict: Verdict) -> nw.Expr:
        return (nw.col("verdict") == verdict.value).fill_null(False).cast(nw.Int64())

    return added_up(
        units_inside(territory, roll_up, roll_up.verdicts, nw.lit(None, dtype=nw.String()).alias("verdict")),
        met=number_of(Verdict.MET),
        not_met=number_of(Verdict.NOT_MET),
        aside=number_of(Verdict.NOT_APPLICABLE),
    )


def units_inside(territory: Territory, asked: AskedInColumns, beside: Frame | None, nothing: nw.Expr) -> Frame:
    """The units inside, with what a frame has `beside` them by unit and year; without one, with `nothing`."""
    inside = without_ended(territory.inside(asked.level), asked.across)
    return inside.with_columns(nothing) if beside is None else inside.join(beside, on=["unit", "year"], how="left")


def added_up(inside: Frame, *, wide: Collection[str] = (), **terms: nw.Expr) -> Frame:
    """By outer unit and year: how many units are inside in all, how many have a row, and the sum of each of `terms`.

    The sums called `wide` have 128 bits.
    """
    marked = inside.select(
        nw.col("outer").alias("unit"),
        "year",
        nw.lit(1, dtype=nw.Int64()).alias("roster"),
        (nw.col("stands") == nw.col("year")).cast(nw.Int64()).alias("inside"),
        *(term.alias(name) for name, term in terms.items()),
    )
    parts = ("roster", "inside", *terms)
    sums = marked.group_by("unit", "year").agg(*(nw.col(part).sum() for part in parts))
    return sums.with_columns(*(nw.col(part).cast(nw.Int128() if part in wide else nw.Int64()) for part in parts))


def beside_counted(
    outer: Frame, found: Matched, asked: AskedInColumns, counted: Frame, parts: Mapping[str, str], *, ordered: bool
) -> Frame:
    """`outer` with what was counted of the units inside, in columns as `parts` names them.

    The number of units inside is as the table states it, where it does. Raises as `with_roll_up` does.
    """
    renamed = kept(counted).select(*(nw.col(part).alias(column) for part, column in parts.items()))
    keyed = outer.with_columns(
        unit_key(outer, found).alias(parts["unit"]), nw.col(found.year).cast(nw.Int64()).alias(parts["year"])
    )
    joined = left_join(keyed, renamed, [parts["unit"], parts["year"]], ordered=ordered)
    return _with_stated(joined, found, asked, parts)


def _with_stated(frame: Frame, found: Matched, roll_up: AskedInColumns, parts: Mapping[str, str]) -> Frame:
    """The number of units inside as the table states it, where it does."""
    stated = found.counts.get(roll_up.level.value)
    if stated is None:
        return frame
    dtype = frame.collect_schema()[stated]
    if dtype == nw.Unknown:
        return frame
    if not dtype.is_integer():
        message = phrase(
            "the number of units inside is a whole number; the column has the type {type}", type=str(dtype)
        )
        raise FactsError(Problem("NC240", message, CellPlace(heading=stated)))
    _refuse_too_few(frame, found, roll_up, stated, parts)
    return frame.with_columns(
        nw.coalesce(nw.col(stated).cast(nw.Int64()), nw.col(parts["roster"])).alias(parts["roster"])
    )


def _refuse_too_few(
    frame: Frame, found: Matched, roll_up: AskedInColumns, stated: str, parts: Mapping[str, str]
) -> None:
    """Raise where a unit is said to have fewer units inside than it has, or fewer than none."""
    place, shown = CellPlace(heading=stated), (found.unit, found.year, stated)
    below = first_rows(frame.filter(nw.col(stated) < 0).select(*shown))
    if below:
        told = (
            phrase("{found} is less than 0, and a count is not", found=f"{said} ({unit}, {year})")
            for unit, year, said in below
        )
        raise FactsError([Problem("NC203", message, place) for message in told])
    wrong = frame.filter(roll_up.asked & (nw.col(stated) < nw.col(parts["inside"])))
    problems = [
        Problem(
            "NC308",
            phrase(
                "{unit} is said to have {said} units of the level {level} in {year}; the table has {inside}",
                unit=str(unit),
                said=str(said),
                level=LEVELS[roll_up.level].as_phrase(),
                year=str(year),
                inside=str(inside),
            ),
            place,
        )
        for unit, year, said, inside in first_rows(wrong.select(*shown, parts["inside"]))
    ]
    if problems:
        raise EvaluationError(problems)
