"""The units and years of a frame in one normal form: identifiers as files have them, years as whole numbers.

What may not be in normal form yet is found by the engine, and looked at here, text by text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from importlib import import_module
from operator import add
from typing import Any

import narwhals as nw
from attrs import evolve

from ncriteria.errors import CellPlace, Problem
from ncriteria.evaluation.columns.door.frames import Frame, collected, distinct
from ncriteria.evaluation.columns.door.matching import Matched
from ncriteria.evaluation.columns.naming import PREFIX, key_of
from ncriteria.evaluation.program.extents import Extent
from ncriteria.facts.cells.not_years import year_meant
from ncriteria.facts.rows.no_units import no_unit
from ncriteria.facts.table import FactsError
from ncriteria.facts.units.identifiers import normal_identifier, shows_nothing, stands_for_none
from ncriteria.quick_classes import frozen
from ncriteria.words import Phrase, phrase

TEXTS = (nw.String, nw.Categorical, nw.Enum)
"""The types of columns of texts."""
_SPACES = "[\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"
"""What Python takes for white space; the `\\s` of the engines is narrower."""
_NONE = r"^[ -/:-@\[-`{-~]+$|^(nan|NaN|NaT|[Nn]one|null|NULL|n/a|N/A|<NA>|\(blank\)|undefined)$"
DOUBTFUL = f"[^!-~\u00c0-\u024f\u1e00-\u1eff ]|^ | $|  |^$|{_NONE}"
"""Where an identifier may be none, or not be in normal form: other letters than Latin ones, each in one character, and
spaces."""
MAYBE_TOTAL = (
    "[TtCc].[Nn][Gg]|[Ll][UuŨũ][YyỸỹ]|[Tt][OoÒò][AaÀà][Nn]|[Cc][AaẢả][ _/-]|[Tt][Oo][Tt][Aa]|[Ss][Uu][Mm]|"
    "[Aa][Vv][Ee]|[Oo][Vv][Ee][Rr]|[Mm][Ee][Aa][Nn]|[Aa][Ll][Ll]|[Tt][Rr][Uu][Nn][Gg]|[Qq][Uu][AaÂâ][Nn]|"
    "[Cc][Hh][Uu][Nn][Gg]|[Cc][AaẢả]$|[Tt][Bb][ _/-]|[0-9][ _/-]|[CcKk][AaÁáHh][CcỐốOo]|"
    "[Nn][AaĂă][Mm]$|[Nn][AaĂă][Mm][ _/-][0-9NnTtBb]|[Tt][Hh][AaÁá][Nn][Gg][ _/-]|[Tt][Uu][AaẦầ][Nn][ _/-]|"
    "[Nn][Gg][AaÀà][Yy][ _/-]|[Qq][Uu][YyÝýIiÍí][ _/-]|[Kk][YyỲỳIiÌì]([ _/-]|$)|[Yy][Ee][Aa][Rr]|[Yy][Tt][Dd]|"
    "[Qq][Uu][Aa][Rr][Tt][Ee][Rr]|[Hh][Aa][Ll][Ff]|[Mm][Oo][Nn][Tt][Hh]|[Ss][Oo][ _/-]|[Tt][AaĂă][Nn][Gg]|"
    "[Gg][Ii][AaẢả][Mm]|[Cc][Hh][EeÊê][Nn][Hh]|[Tt][YyỶỷIiỈỉ][ _/-]|[Cc][Hh][Aa][Nn][Gg]|[Ff][Ff][Ee][Rr]|"
    "[Pp][Aa][Rr][Ii]|[Kk][EeẾế][ _/-][Hh]|[Tt][Hh][UuỰự][Cc]|[ƯưUu][ỚớOo][Cc]|[Dd][UuỰự][ _/-][Kk]|[Tt][Ii][EeÊê][Uu]|"
    "[Xx][EeẾế][Pp]|[Tt][Hh][UuỨứ][ _/-]|[Pp][Ll][Aa][Nn]|[Tt][Aa][Rr][Gg]|[Ee][Ss][Tt][Ii]|[Cc][Aa][Ss][Tt]|"
    "[Rr][Aa][Nn][Kk]|[Rr][Aa][Tt][Ii]"
)
"""Where a text may say that its row is no unit (`ncriteria.facts.rows.no_units`); it says so of many others too."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
"""The first and the last year that a table may have, as in files."""
_AROUND = f"{PREFIX}around"
_NO_TOTALS = phrase("leave the row out; where it is a unit, write the word of its level before its name, such as Xã")
_ROWS = f"{PREFIX}rows"
_MANY_YEARS = 30
"""A table of more years is looked through row by row for units that stand twice in one of them."""
SHOWN = 5
"""How many rows an error names of each kind."""


def first_rows(frame: Frame) -> list[tuple[object, ...]]:
    """The first rows of a frame, for the message of an error."""
    return collected(frame.head(SHOWN)).rows()


def single_spaced(heading: str) -> nw.Expr:
    """The texts of a column with single spaces and none at the ends."""
    return nw.col(heading).cast(nw.String()).str.replace_all(_SPACES, " ").str.strip_chars(" ")


def polars_identifier(column: Any) -> Any:
    """An expression of Polars for the normal form of identifiers that are texts."""
    polars = import_module("polars")
    composed = column.cast(polars.String).str.normalize("NFC")
    return composed.str.replace_all(_SPACES, " ").str.strip_chars(" ")


def key_type_problems(matched: Matched, schema: nw.Schema) -> Iterator[Problem]:
    """What is wrong with the types of the columns of units and years."""
    year, unit = schema[matched.year], schema[matched.unit]
    if not year.is_numeric():
        message = phrase("years are whole numbers; the column has the type {type}", type=str(year))
        yield Problem("NC240", message, CellPlace(heading=matched.year))
    if not (unit.is_integer() or unit in TEXTS):
        message = phrase("units are texts or whole numbers; the column has the type {type}", type=str(unit))
        yield Problem("NC240", message, CellPlace(heading=matched.unit))


def key_measures(matched: Matched, schema: nw.Schema) -> Iterator[nw.Expr]:
    """What one pass over the frame must tell of units and years."""
    unit, year = nw.col(matched.unit), nw.col(matched.year)
    yield (unit.is_null() | year.is_null()).cast(nw.Int64()).sum().alias("rows without a key")
    yield _is_no_year(matched, schema).any().alias("some year is none")
    yield year.min().alias("least year")
    yield year.max().alias("greatest year")
    yield nw.len().alias("rows")
    for number, stated in enumerate(matched.counts.values()):
        if schema[stated].is_integer():
            yield nw.col(stated).max().alias(f"stated units {number}")


def most_units_inside(matched: Matched, measured: Mapping[str, object]) -> int:
    """More units than lie inside one: no more than there are rows, or than a row states."""
    stated = (measured.get(f"stated units {number}") for number in range(len(matched.counts)))
    return max(int(str(one or 0)) for one in (measured["rows"], *stated))


def _texts(matched: Matched, schema: nw.Schema) -> list[str]:
    """The columns of identifiers that are texts."""
    return [name for name in (matched.unit, matched.parent) if name is not None and schema[name] in TEXTS]


def _names(matched: Matched, schema: nw.Schema) -> list[str]:
    """The columns of texts that say which unit a row is of."""
    return [name for name in (matched.unit, matched.name) if name is not None and schema[name] in TEXTS]


def _is_no_year(matched: Matched, schema: nw.Schema) -> nw.Expr:
    """Years have four digits, as in files: 23 would be a year that no set holds for, and never be judged."""
    year, dtype = nw.col(matched.year), schema[matched.year]
    is_none = (year < _FIRST_YEAR) | (year > _LAST_YEAR)
    if dtype.is_float():
        return is_none | year.is_nan() | (year.round(0) != year)
    return is_none if dtype.is_integer() else is_none | (year.round(0) != year)


def year_problems(frame: Frame, matched: Matched, measured: Mapping[str, object]) -> Iterator[Problem]:
    """Years that are none, with their rows."""
    if not measured["some year is none"]:
        return
    wrong = frame.filter(_is_no_year(matched, frame.collect_schema())).select(matched.unit, matched.year)
    for unit, found in first_rows(wrong):
        message = phrase("expected a year of four digits, found {found}", found=f"{found} ({unit})")
        yield Problem("NC213", message, CellPlace(heading=matched.year), year_meant(str(found)))


def key_problems(frame: Frame, matched: Matched, measured: Mapping[str, object], years: Extent) -> Iterator[Problem]:
    """Rows without a unit or a year, and units that stand twice in one of the `years`."""
    if nameless := int(str(measured["rows without a key"] or 0)):
        yield Problem("NC213", _without_a_key(nameless), CellPlace(heading=matched.unit))
    if not _some_unit_twice(frame, matched, years):
        return
    counted = frame.group_by(matched.unit, matched.year).agg(nw.len().alias(_ROWS))
    # Rows without a key have been told; a row without a unit is of no unit.
    known = (nw.col(_ROWS) > 1) & ~nw.col(matched.unit).is_null() & ~nw.col(matched.year).is_null()
    for unit, year, _ in first_rows(counted.filter(known)):
        message = phrase("{unit} stands twice in {when}", unit=str(unit), when=str(year))
        yield Problem("NC230", message, CellPlace(heading=matched.unit))


def _some_unit_twice(frame: Frame, matched: Matched, years: Extent) -> bool:
    """Whether a unit has more rows than years; where there are many years, that it may have.

    Rows by unit alone are grouped in a quarter of the time that rows by unit and year take.
    """
    if years.least is None or years.greatest is None:
        return False
    span = range(years.least, years.greatest + 1)
    if len(span) > _MANY_YEARS:
        return True
    unit, year = nw.col(matched.unit), nw.col(matched.year)
    has = [f"{PREFIX}has_{one}" for one in span]
    flags = ((year == one).alias(name) for one, name in zip(span, has, strict=True))
    dated = frame.filter(~(unit.is_null() | year.is_null())).select(unit, *flags)
    counted = dated.group_by(matched.unit).agg(nw.len().alias(_ROWS), *(nw.col(name).any() for name in has))
    number = reduce(add, (nw.col(name).cast(nw.Int64()) for name in has))
    return bool(collected(counted.filter(nw.col(_ROWS) > number).head(1)).rows())


def _without_a_key(number: int) -> Phrase:
    if number == 1:
        return phrase("there is a row without unit or year")
    return phrase("there are {count} rows without unit or year", count=number)


def _blank_units(number: int, years: str) -> Phrase:
    if number == 1:
        return phrase("there is a row with a blank unit, of {years}", years=years)
    return phrase("there are {count} rows with a blank unit, of {years}", count=number, years=years)


def _named_none(text: str, number: int, years: str) -> Phrase:
    if number == 1:
        return phrase(
            'there is a row with the unit "{text}", which stands for none, of {years}', text=text, years=years
        )
    return phrase(
        'there are {count} rows with the unit "{text}", which stands for none, of {years}',
        count=number,
        text=text,
        years=years,
    )


@frozen
class Keyed:
    """A frame whose units and years are in normal form, and the columns that hold them.

    `odd_units` are the units that hold other characters than Latin ones, and some others.
    """

    frame: Frame
    matched: Matched
    odd_units: tuple[str, ...] = ()


def keyed(frame: Frame, matched: Matched) -> Keyed:
    """`frame` with columns for the units, parents and years that are not in normal form as they came.

    Raises `FactsError` for identifiers that are blank, and where the engine cannot compose letters and marks (NFC).
    """
    schema = frame.collect_schema()
    names = _names(matched, schema)
    patterns = dict.fromkeys(_texts(matched, schema), DOUBTFUL)
    patterns |= dict.fromkeys(names, f"{DOUBTFUL}|{MAYBE_TOTAL}")
    looked_at = {name: _found(frame, name, schema, pattern) for name, pattern in patterns.items()}
    written = {name: looked_at[name] for name in _texts(matched, schema)}
    problems = [problem for name, texts in written.items() for problem in _blank(frame, matched, name, texts)]
    problems += [problem for name in names for problem in _totals(frame, matched, name, looked_at[name])]
    is_polars = frame.implementation is nw.Implementation.POLARS
    if not is_polars:
        problems += [problem for name, texts in written.items() for problem in _decomposed(name, texts)]
    if problems:
        raise FactsError(problems)
    changed = [
        name for name, texts in written.items() if any(normal_identifier(text) != (text or None) for text in texts)
    ]
    if is_polars and changed:
        polars = import_module("polars")
        normal = [polars_identifier(polars.col(name)).alias(key_of(name)) for name in changed]
        frame = nw.from_native(frame.to_native().with_columns(normal))
    elif changed:
        frame = frame.with_columns(*(single_spaced(name).alias(key_of(name)) for name in changed))
    # Categories of two columns are not compared by what they stand for.
    as_text = [name for name in _texts(matched, schema) if schema[name] != nw.String and name not in changed]
    years = [] if schema[matched.year].is_integer() else [matched.year]
    exprs = [nw.col(name).cast(nw.String()).alias(key_of(name)) for name in as_text]
    exprs += [nw.col(name).cast(nw.Int64()).alias(key_of(name)) for name in years]
    # A blank parent is none.
    exprs += [
        nw.when(nw.col(key_of(name)) != "").then(nw.col(key_of(name))).alias(key_of(name))
        for name in changed
        if name == matched.parent
    ]
    renamed = {name: key_of(name) for name in (*changed, *as_text, *years)}
    found = evolve(
        matched,
        unit=renamed.get(matched.unit, matched.unit),
        year=renamed.get(matched.year, matched.year),
        parent=None if matched.parent is None else renamed.get(matched.parent, matched.parent),
    )
    odd_units = tuple(sorted({normal_identifier(text) for text in written.get(matched.unit, ())}))
    return Keyed(frame.with_columns(*exprs) if exprs else frame, found, odd_units)


def with_normal_keys(frame: Frame, matched: Matched) -> Keyed:
    """`frame` with the normal form of its units, parents and years in the columns that held them.

    Raises `FactsError` as the judging of the frame does.
    """
    problems = list(key_type_problems(matched, frame.collect_schema()))
    if not problems:
        measured = collected(frame.select(*key_measures(matched, frame.collect_schema()))).rows(named=True)[0]
        problems += year_problems(frame, matched, measured)
    if problems:
        raise FactsError(problems)
    found = keyed(frame, matched)
    names = {key_of(name): name for name in (matched.unit, matched.year, matched.parent) if name is not None}
    added = [name for name in found.frame.collect_schema().names() if name in names]
    if not added:
        return evolve(found, matched=matched)
    normal = found.frame.with_columns(*(nw.col(key).alias(names[key]) for key in added)).drop(*added)
    return Keyed(normal, matched, found.odd_units)


def _found(frame: Frame, name: str, schema: nw.Schema, pattern: str) -> list[str]:
    """The texts of a column in which the pattern is found, each once."""
    text = nw.col(name) if schema[name] == nw.String else nw.col(name).cast(nw.String())
    few = with_fewer_repeats(frame.select(name)).select(text.alias(name))
    is_found = nw.col(name).str.contains(pattern)
    # Asked of all first, for an engine that knows queries would put the filter before it leaves out what repeats.
    if few.implementation is not nw.Implementation.POLARS and not collected(few.select(is_found.any())).item():
        return []
    return sorted(str(value) for (value,) in collected(distinct(few.filter(is_found))).rows())


def with_fewer_repeats(column: Frame) -> Frame:
    """The values of a frame of one column, most of those left out that stand in another row too."""
    if column.implementation is not nw.Implementation.POLARS:
        return distinct(column)
    ((name, dtype),) = column.collect_schema().items()
    value = import_module("polars").col(name)
    # Selected, for a filter of the frame would be put together with the next, and both asked of every row.
    first: Frame = nw.from_native(column.to_native().select(value.filter(value.ne_missing(value.shift()))))
    # Texts are looked at faster than compared with each other; categories are numbers until they are looked at.
    return first if dtype == nw.String else first.unique()


def _totals(frame: Frame, matched: Matched, name: str, texts: Sequence[str]) -> Iterator[Problem]:
    """Rows that sum up others; a row that other rows give as the unit around them is a unit, whatever its name."""
    totals = [text for text in texts if no_unit(normal_identifier(text)) is not None]
    if not totals:
        return
    rows = frame.filter(nw.col(name).cast(nw.String()).is_in(totals))
    if name != matched.unit and matched.parent is not None:
        parents = distinct(frame.select(nw.col(matched.parent).cast(nw.String()).alias(_AROUND)))
        keyed_rows = rows.with_columns(nw.col(matched.unit).cast(nw.String()).alias(_AROUND))
        rows = keyed_rows.join(parents, on=_AROUND, how="anti")
    shown = rows.select(nw.col(name).cast(nw.String()).alias(name), nw.col(matched.year)).sort(matched.year, name)
    for text, year in first_rows(shown):
        kind = no_unit(normal_identifier(str(text)))
        assert kind is not None
        message = phrase(
            '"{text}", a row of {year}, is {kind} and no unit', text=str(text)[:40], year=str(year), kind=kind.value
        )
        yield Problem("NC247", message, CellPlace(heading=name), _NO_TOTALS)


def _blank(frame: Frame, matched: Matched, name: str, texts: Sequence[str]) -> Iterator[Problem]:
    """Identifiers of units that show nothing, and those that stand for none, with how many rows have them."""
    blank = [text for text in texts if stands_for_none(text)] if name == matched.unit else []
    unseen = [text for text in blank if shows_nothing(text)]
    kinds = [unseen] if unseen else []
    kinds += [[text] for text in blank if text not in unseen]
    for found in kinds:
        rows = frame.filter(nw.col(name).cast(nw.String()).is_in(found)).select(matched.year)
        number = collected(rows.select(nw.len())).item()
        years = ", ".join(sorted({str(year) for (year,) in first_rows(distinct(rows).sort(matched.year))}))
        message = _blank_units(number, years) if found is unseen else _named_none(found[0], number, years)
        hint = phrase("fill in the identifier of each unit; a row that is no unit is left out")
        yield Problem("NC213", message, CellPlace(heading=name), hint)


def _decomposed(name: str, texts: Sequence[str]) -> Iterator[Problem]:
    if any(not unicodedata.is_normalized("NFC", text) for text in texts):
        message = phrase("units are written with combining marks (decomposed Unicode)")
        hint = phrase("compose them first, in DuckDB with nfc_normalize(...)")
        yield Problem("NC244", message, CellPlace(heading=name), hint)
