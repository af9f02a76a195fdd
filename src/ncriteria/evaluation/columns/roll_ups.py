"""Roll-ups in columns: how many units of a level inside each unit meet a clause (`ncriteria.evaluation.tables`)."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw
from attrs import frozen

from ncriteria.errors import CellPlace, Problem
from ncriteria.evaluation.columns.admission import first_rows
from ncriteria.evaluation.columns.frames import Frame
from ncriteria.evaluation.columns.matching import Matched
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.sets.model import Level, Verdict

_MOST_STEPS = len(Level)


@frozen
class Territory:
    """A frame of all units, with the columns that place each in the territory."""

    frame: Frame
    matched: Matched


@frozen
class Inner:
    """The verdicts of the units of a level: a frame with the columns `unit`, `year` and `verdict`."""

    level: Level
    units: Frame
    verdicts: Frame | None


def with_roll_up(outer: Frame, territory: Territory, inner: Inner, columns: Mapping[str, str]) -> Frame:
    """`outer` with the columns `met`, `may_be_met` and `judged`, named by `columns`; null where nothing is known.

    Units inside that are not in the table in a year, and those without a verdict, are undetermined. Raises
    `EvaluationError` where a unit is said to have fewer units inside than the table has.
    """
    unit, year = territory.matched.unit, territory.matched.year
    inside = _inside(territory, inner)
    roster = inside.group_by("outer").agg(nw.len().alias("roster"))
    found = outer.join(roster, left_on=unit, right_on="outer", how="left")
    stated = territory.matched.counts.get(inner.level.value)
    if stated is not None:
        _refuse_too_few(found, unit, year, stated, inner.level)
        found = found.with_columns(
            nw.coalesce(nw.col(stated).cast(nw.Int64()), nw.col("roster").cast(nw.Int64())).alias("roster")
        )
    if inner.verdicts is not None:
        counted = _counted(inside, inner.verdicts)
        found = found.join(counted, left_on=[unit, year], right_on=["outer", "judged_year"], how="left")
    else:
        zero = nw.lit(0, dtype=nw.Int64())
        found = found.with_columns(zero.alias("met"), zero.alias("not_met"), zero.alias("aside"))
    roster_size = nw.col("roster").cast(nw.Int64())
    met, not_met, aside = (nw.col(name).fill_null(0).cast(nw.Int64()) for name in ("met", "not_met", "aside"))
    return found.with_columns(
        nw.when(~nw.col("roster").is_null()).then(met).alias(columns["met"]),
        (roster_size - not_met - aside).alias(columns["may_be_met"]),
        (roster_size - aside).alias(columns["judged"]),
    ).drop("roster", "met", "not_met", "aside")


def _inside(territory: Territory, inner: Inner) -> Frame:
    """The pairs of a unit and a unit of the inner level that lies in it in any year of the table."""
    matched = territory.matched
    assert matched.parent is not None
    places = territory.frame.select(
        nw.col(matched.unit).alias("unit"), nw.col(matched.year).alias("year"), nw.col(matched.parent).alias("parent")
    )
    newest = places.group_by("unit").agg(nw.col("year").max())
    latest = places.join(newest, on=["unit", "year"]).select(nw.col("unit"), nw.col("parent").alias("latest"))
    by_year = places.select(nw.col("unit"), nw.col("year"), nw.col("parent"), nw.lit(True).alias("present"))
    step = inner.units.join(places, on=["unit", "year"]).select("unit", "year", nw.col("parent").alias("outer"))
    found = []
    for _ in range(_MOST_STEPS):
        step = step.filter(~nw.col("outer").is_null())
        found.append(step.select("unit", "outer"))
        step = step.join(by_year, left_on=["outer", "year"], right_on=["unit", "year"], how="left")
        step = step.join(latest, left_on="outer", right_on="unit", how="left")
        above = nw.when(nw.col("present").is_null()).then(nw.col("latest")).otherwise(nw.col("parent"))
        step = step.select(nw.col("unit"), nw.col("year"), above.alias("outer"))
    return nw.concat(found).unique()


def _counted(inside: Frame, verdicts: Frame) -> Frame:
    """How many units inside each unit came out with each verdict, by year."""
    judged = inside.join(verdicts, on="unit")

    def number_of(verdict: Verdict) -> nw.Expr:
        return (nw.col("verdict") == verdict.value).fill_null(False).cast(nw.Int64())

    marked = judged.select(
        nw.col("outer"),
        nw.col("year").alias("judged_year"),
        number_of(Verdict.MET).alias("met"),
        number_of(Verdict.NOT_MET).alias("not_met"),
        number_of(Verdict.NOT_APPLICABLE).alias("aside"),
    )
    return marked.group_by("outer", "judged_year").agg(
        nw.col("met").sum(), nw.col("not_met").sum(), nw.col("aside").sum()
    )


def _refuse_too_few(frame: Frame, unit: str, year: str, stated: str, level: Level) -> None:
    wrong = frame.filter(nw.col(stated) < nw.col("roster")).select(unit, year, stated, "roster")
    problems = [
        Problem(
            "NC308",
            f"{found_unit} is said to have {said} units of the level {level.value} in {found_year}; "
            f"the table has {roster}",
            CellPlace(heading=stated),
        )
        for found_unit, found_year, said, roster in first_rows(wrong)
    ]
    if problems:
        raise EvaluationError(problems)
