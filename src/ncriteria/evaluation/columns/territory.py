"""Where the units of a frame lie: the level and the unit around each, in each year, as `ncriteria.evaluation.tables` says.

A unit that has no row in a year is where its latest row puts it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import narwhals as nw

from ncriteria.errors import CellPlace, Problem
from ncriteria.evaluation.columns.admission import first_rows
from ncriteria.evaluation.columns.frames import Frame
from ncriteria.evaluation.columns.matching import Matched
from ncriteria.facts.assembling import LEVEL_WORDS
from ncriteria.facts.table import FactsError
from ncriteria.sets.model import Level

_MOST_STEPS = 8
"""More units around a unit than there are levels, for some of them may not say their level."""


def of_level(found: Matched, level: Level) -> nw.Expr | None:
    """Whether a row is of `level`, null where it does not say; `None` where the frame says nothing of levels."""
    if found.level is None:
        return None
    return _level_words(found.level).is_in(_words(level))


def _words(level: Level) -> list[str]:
    """The words of a level, with accents composed and decomposed."""
    return sorted({unicodedata.normalize(form, word) for word in LEVEL_WORDS[level] for form in ("NFC", "NFD")})


def _level_words(heading: str) -> nw.Expr:
    return nw.col(heading).cast(nw.String()).str.to_lowercase().str.strip_chars()


def check_levels(frame: Frame, found: Matched, *, may_be_blank: bool) -> None:
    """Raise `FactsError` where a level is a word that is none, or is blank and may not be."""
    if found.level is None:
        return
    dtype = frame.collect_schema()[found.level]
    place = CellPlace(heading=found.level)
    hint = "write hamlet, commune, district or province (ấp, xã, huyện, tỉnh)"
    if dtype not in (nw.String, nw.Categorical, nw.Enum):
        raise FactsError(Problem("NC240", f"levels are words; the column has the type {dtype}", place, hint))
    known = [word for level in Level for word in _words(level)]
    unknown = frame.filter(~_level_words(found.level).is_in(known)).select(found.level).unique().sort(found.level)
    problems = [Problem("NC213", f'"{word}" is no level', place, hint) for (word,) in first_rows(unknown)]
    if not may_be_blank:
        blank = frame.filter(nw.col(found.level).is_null()).select(found.unit, found.year)
        advice = "fill in the column, or judge under one criteria file"
        problems += [
            Problem("NC307", f"the level of {unit} in {year} is not given", place, advice)
            for unit, year in first_rows(blank)
        ]
    if problems:
        raise FactsError(problems)


def places_of(frame: Frame, found: Matched) -> Frame:
    """The columns `unit`, `year`, `level` (a number, the smallest level 0) and `parent` of every row.

    Raises `FactsError` where units cannot be compared with the units around them, and where a unit has two levels, lies
    in one that is no larger, or in itself.
    """
    assert found.level is not None
    assert found.parent is not None
    _check_types(frame, found)
    level: nw.Expr = nw.lit(None, dtype=nw.Int64())
    for number, one in enumerate(Level):
        is_one = of_level(found, one)
        assert is_one is not None
        level = nw.when(is_one).then(nw.lit(number, dtype=nw.Int64())).otherwise(level)
    schema = frame.collect_schema()
    places = frame.select(
        _identifier(found.unit, schema[found.unit]).alias("unit"),
        nw.col(found.year).cast(nw.Int64()).alias("year"),
        level.alias("level"),
        _identifier(found.parent, schema[found.parent]).alias("parent"),
    )
    _check_fit(places, found)
    return places


def unit_key(frame: Frame, found: Matched) -> nw.Expr:
    """The identifier of the unit of a row, as `places_of` has it."""
    return _identifier(found.unit, frame.collect_schema()[found.unit])


def _identifier(heading: str, dtype: nw.dtypes.DType) -> nw.Expr:
    return nw.col(heading).cast(nw.Int64() if dtype.is_integer() else nw.String())


def _check_types(frame: Frame, found: Matched) -> None:
    assert found.parent is not None
    schema = frame.collect_schema()
    unit, parent = schema[found.unit], schema[found.parent]
    texts = (nw.String, nw.Categorical, nw.Enum)
    alike = (unit.is_integer() and parent.is_integer()) or (unit in texts and parent in texts)
    if not (alike or parent == nw.Unknown):
        message = f"units have the type {unit}, and the units around them {parent}"
        hint = "give both columns the same type: texts, or whole numbers"
        raise FactsError(Problem("NC240", message, CellPlace(heading=found.parent), hint))


def _check_fit(places: Frame, found: Matched) -> None:
    problems = [*_two_levels(places, found), *_no_larger(places, found)]
    if problems:
        raise FactsError(problems)


def _name(level: object) -> str:
    assert isinstance(level, int)
    return list(Level)[level].value


def _two_levels(places: Frame, found: Matched) -> Iterator[Problem]:
    ends = places.group_by("unit").agg(nw.col("level").min().alias("least"), nw.col("level").max().alias("most"))
    for unit, least, most in first_rows(ends.filter(nw.col("least") < nw.col("most"))):
        message = f"{unit} is a {_name(least)} in one row and a {_name(most)} in another"
        yield Problem("NC232", message, CellPlace(heading=found.level))


def _no_larger(places: Frame, found: Matched) -> Iterator[Problem]:
    above = places.group_by("unit").agg(nw.col("level").max().alias("above")).select(nw.col("unit").alias("parent"), "above")
    wrong = places.join(above, on="parent", how="inner").filter(nw.col("above") <= nw.col("level"))
    for unit, level, parent, outer in first_rows(wrong.select("unit", "level", "parent", "above").unique()):
        message = f"{unit}, a {_name(level)}, lies inside {parent}, a {_name(outer)}"
        yield Problem("NC232", message, CellPlace(heading=found.parent))


def lineages(places: Frame, level: Level, heading: str | None) -> Frame:
    """The columns `unit`, `stands` and `outer`: each unit of `level` in the year of each row, and a unit around it.

    The units around a unit that has no row in the year are those of its latest row. Raises `FactsError` where units lie
    inside each other without end.
    """
    newest = places.group_by("unit").agg(nw.col("year").max())
    latest = places.join(newest, on=["unit", "year"], how="inner").select(
        nw.col("unit").alias("outer"), nw.col("parent").alias("latest")
    )
    in_year = places.select(
        nw.col("unit").alias("outer"), nw.col("year").alias("stands"), "parent", nw.lit(True).alias("present")
    )
    number = list(Level).index(level)
    step = places.filter(nw.col("level") == number).select(
        "unit", nw.col("year").alias("stands"), nw.col("parent").alias("outer")
    )
    found = []
    for _ in range(_MOST_STEPS):
        step = step.filter(~nw.col("outer").is_null())
        found.append(step)
        step = step.join(in_year, on=["outer", "stands"], how="left").join(latest, on="outer", how="left")
        above = nw.when(nw.col("present").is_null()).then(nw.col("latest")).otherwise(nw.col("parent"))
        step = step.select("unit", "stands", above.alias("outer"))
    endless = first_rows(step.filter(~nw.col("outer").is_null()).select("unit", "stands"))
    if endless:
        place = CellPlace(heading=heading)
        told = "lies in more units than there can be: they lie inside each other in a circle"
        raise FactsError([Problem("NC233", f"{unit} in {year} {told}", place) for unit, year in endless])
    return nw.concat(found)
