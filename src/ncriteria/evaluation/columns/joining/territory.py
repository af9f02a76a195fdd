"""Where the units of a frame lie, by year: their level and the unit around each (`ncriteria.evaluation.tables`).

A unit that has no row in a year is where its latest row puts it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import narwhals as nw
from attrs import field

from ncriteria.errors import CellPlace, Problem
from ncriteria.evaluation.columns.door.frames import Frame, distinct
from ncriteria.evaluation.columns.door.keys import TEXTS, first_rows, single_spaced
from ncriteria.evaluation.columns.door.matching import Matched
from ncriteria.evaluation.columns.engines.keeping import kept
from ncriteria.facts.table import FactsError
from ncriteria.facts.units.levels import LEVEL_WORDS, WRITE_A_LEVEL, no_level
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import Level
from ncriteria.sets.names import LEVELS
from ncriteria.words import Phrase, phrase

_BEFORE_ALL = -(2**62)
"""Before every year that a table has."""


def of_level(found: Matched, level: Level) -> nw.Expr | None:
    """Whether a row is of `level`, null where it does not say; `None` where the frame says nothing of levels."""
    if found.level is None:
        return None
    return _level_words(found.level).is_in(_words(level))


def _words(level: Level) -> list[str]:
    """The words of a level, with accents composed and decomposed, and with `ð` for `đ`."""
    written = {one for word in LEVEL_WORDS[level] for one in (word, word.replace("đ", "ð"))}
    return sorted({unicodedata.normalize(form, word) for word in written for form in ("NFC", "NFD")})


def _level_words(heading: str) -> nw.Expr:
    """The words of a column of levels in small letters, null where it is blank."""
    word = single_spaced(heading).str.to_lowercase()
    return nw.when(word != "").then(word)


def check_levels(frame: Frame, found: Matched, *, may_be_blank: bool) -> None:
    """Raise `FactsError` where a level is a word that is none, or is blank and may not be."""
    if found.level is None:
        return
    dtype = frame.collect_schema()[found.level]
    place = CellPlace(heading=found.level)
    if dtype not in (*TEXTS, nw.Unknown):
        message = phrase("levels are words; the column has the type {type}", type=str(dtype))
        raise FactsError(Problem("NC240", message, place, WRITE_A_LEVEL))
    known = [word for level in Level for word in _words(level)]
    unknown = distinct(frame.filter(~_level_words(found.level).is_in(known)).select(found.level))
    problems = [no_level(str(word), place) for (word,) in first_rows(unknown.sort(found.level))]
    if not may_be_blank:
        blank = frame.filter(_level_words(found.level).is_null()).select(found.unit, found.year)
        problems += [_without_a_level(str(unit), str(year), place) for unit, year in first_rows(blank)]
    if problems:
        raise FactsError(problems)


def territory_of(frame: Frame, found: Matched) -> Territory:
    """Where the units of the rows lie, with the columns `unit`, `year`, `level` (the smallest is 0) and `parent`.

    Raises `FactsError` where units cannot be compared with the units around them, and where a unit has two levels, lies
    in one that is no larger, or in itself.
    """
    schema = frame.collect_schema()
    if found.parent is not None:
        _check_types(found, found.parent, schema)
    level: nw.Expr = nw.lit(None, dtype=nw.Int64())
    for number, one in enumerate(Level):
        if (is_one := of_level(found, one)) is not None:
            level = nw.when(is_one).then(nw.lit(number, dtype=nw.Int64())).otherwise(level)
    unit = _identifier(found.unit, schema[found.unit])
    parent = nw.lit(None, dtype=nw.Int64() if schema[found.unit].is_integer() else nw.String())
    places = frame.select(
        unit.alias("unit"),
        nw.col(found.year).cast(nw.Int64()).alias("year"),
        level.alias("level"),
        (parent if found.parent is None else _identifier(found.parent, schema[found.unit])).alias("parent"),
    )
    places = kept(places)
    _check_fit(places, found)
    return Territory(places, found.parent)


def unit_key(frame: Frame, found: Matched) -> nw.Expr:
    """The identifier of the unit of a row, as `territory_of` has it."""
    return _identifier(found.unit, frame.collect_schema()[found.unit])


def _without_a_level(unit: str, year: str, place: CellPlace) -> Problem:
    message = phrase("the level of {unit} in {year} is not given", unit=unit, year=year)
    return Problem("NC307", message, place, phrase("fill in the column, or judge under one criteria file"))


def _identifier(heading: str, dtype: nw.dtypes.DType) -> nw.Expr:
    return nw.col(heading).cast(nw.Int64() if dtype.is_integer() else nw.String())


def _check_types(found: Matched, heading: str, schema: nw.Schema) -> None:
    unit, parent = schema[found.unit], schema[heading]
    alike = (unit.is_integer() and parent.is_integer()) or (unit in TEXTS and parent in TEXTS)
    if not (alike or parent == nw.Unknown):
        message = phrase(
            "units have the type {type}, and the units around them {other}", type=str(unit), other=str(parent)
        )
        hint = phrase("give both columns the same type: texts, or whole numbers")
        raise FactsError(Problem("NC240", message, CellPlace(heading=heading), hint))


def _check_fit(places: Frame, found: Matched) -> None:
    problems = [*_two_levels(places, found), *_no_larger(places, found)]
    if problems:
        raise FactsError(problems)


def _name(level: object) -> Phrase:
    assert isinstance(level, int)
    return LEVELS[list(Level)[level]].as_phrase()


def _two_levels(places: Frame, found: Matched) -> Iterator[Problem]:
    ends = places.group_by("unit").agg(nw.col("level").min().alias("least"), nw.col("level").max().alias("most"))
    for unit, least, most in first_rows(ends.filter(nw.col("least") < nw.col("most"))):
        message = phrase(
            "{unit} is a {level} in one row and a {other} in another",
            unit=str(unit),
            level=_name(least),
            other=_name(most),
        )
        yield Problem("NC232", message, CellPlace(heading=found.level))


def _no_larger(places: Frame, found: Matched) -> Iterator[Problem]:
    highest = places.group_by("unit").agg(nw.col("level").max().alias("above"))
    above = highest.select(nw.col("unit").alias("parent"), "above")
    wrong = places.join(above, on="parent", how="inner").filter(nw.col("above") <= nw.col("level"))
    for unit, level, parent, outer in first_rows(distinct(wrong.select("unit", "level", "parent", "above"))):
        message = phrase(
            "{unit}, a {level}, lies inside {parent}, a {above}",
            unit=str(unit),
            level=_name(level),
            parent=str(parent),
            above=_name(outer),
        )
        yield Problem("NC232", message, CellPlace(heading=found.parent))


@frozen
class Territory:
    """Where the units of a frame lie: `places` has the columns that `territory_of` tells of.

    `heading` is the column of the units around.
    """

    places: Frame
    heading: str | None
    _insides: dict[Level, Frame] = field(factory=dict, init=False, repr=False, eq=False)

    def inside(self, level: Level) -> Frame:
        """The columns `unit`, `year`, `stands` and `outer`: by year, the units around those of `level`.

        `stands` is the year of the row that says where the unit is. Raises `FactsError` where the units around one do
        not end.
        """
        if level not in self._insides:
            found = _nearest(self.places, level).join(self._lineages(level), on=["unit", "stands"], how="inner")
            self._insides[level] = kept(found)
        return self._insides[level]

    def _lineages(self, level: Level) -> Frame:
        """The columns `unit`, `stands` and `outer`: the units around each unit of `level`, in the year of each row."""
        in_year, latest = _around(self.places)
        number = list(Level).index(level)
        step = self.places.filter(nw.col("level") == number).select(
            "unit", nw.col("year").alias("stands"), nw.col("parent").alias("outer")
        )
        found = []
        for _ in list(Level)[number + 1 :]:
            step = kept(step.filter(~nw.col("outer").is_null()))
            found.append(step)
            step = step.join(in_year, on=["outer", "stands"], how="left").join(latest, on="outer", how="left")
            above = nw.when(nw.col("present").is_null()).then(nw.col("latest")).otherwise(nw.col("parent"))
            step = step.select("unit", "stands", above.alias("outer"))
        self._refuse_endless(step)
        return nw.concat(found)

    def _refuse_endless(self, step: Frame) -> None:
        place = CellPlace(heading=self.heading)
        endless = step.filter(~nw.col("outer").is_null()).select("unit", "stands").sort("unit", "stands")
        if found := first_rows(endless):
            raise FactsError([Problem("NC233", _endless(str(unit), str(year)), place) for unit, year in found])


def _endless(unit: str, year: str) -> Phrase:
    return phrase(
        "{unit} in {year} lies inside more units than there are levels, perhaps in a circle", unit=unit, year=year
    )


def _around(places: Frame) -> tuple[Frame, Frame]:
    """The unit around each unit: in each year that it has a row of, and in its latest row."""
    in_year = places.select(
        nw.col("unit").alias("outer"), nw.col("year").alias("stands"), "parent", nw.lit(True).alias("present")
    )
    newest = places.group_by("unit").agg(nw.col("year").max())
    latest = places.join(newest, on=["unit", "year"], how="inner").select(
        nw.col("unit").alias("outer"), nw.col("parent").alias("latest")
    )
    return in_year, latest


def _nearest(places: Frame, level: Level) -> Frame:
    """The columns `unit`, `year` and `stands`: for each unit of `level`, in each year, the year of the row that counts.

    That is its nearest earlier row, or else its first.
    """
    number = list(Level).index(level)
    units = distinct(places.filter(nw.col("level") == number).select("unit"))
    years = distinct(places.select("year"))
    own = places.select("unit", "year", nw.col("year").alias("own"))
    grid = units.join(years, how="cross").join(own, on=["unit", "year"], how="left")
    earlier = nw.col("own").fill_null(_BEFORE_ALL).cum_max().over("unit", order_by="year")
    marked = grid.with_columns(earlier.alias("earlier"), nw.col("own").min().over("unit").alias("first"))
    stands = nw.when(nw.col("earlier") > _BEFORE_ALL).then(nw.col("earlier")).otherwise(nw.col("first"))
    return marked.select("unit", "year", stands.alias("stands"))
