"""Reading what figures may be compared with: their series, series that are comparable, and changes in print."""

from __future__ import annotations

from itertools import pairwise

from ncriteria.sets.declared.figures import Published
from ncriteria.sets.keys import tables
from ncriteria.sets.reading.fields import FileReading, citations, fields, flag, identifier, listing, text, year
from ncriteria.sets.reading.nodes import Listing, Node
from ncriteria.sets.years.series import ComparableSeries, Series, SeriesSince
from ncriteria.words import phrase


def series_of_fact(reading: FileReading, node: Node) -> Series | None:
    """What a fact counts: the name of one series, or of several by the years that they begin with."""
    if not isinstance(node, Listing):
        found = identifier(reading, node)
        return None if found is None else (SeriesSince(None, found),)
    series = listing(_since)(reading, node) or ()
    for before, after in pairwise(series):
        if after.since is None or (before.since is not None and after.since <= before.since):
            message = phrase("the series stand in the order of their years, and only the first may leave out `from`")
            reading.report("NC415", message, node.place)
            return None
    return series or None


def _since(reading: FileReading, node: Node) -> SeriesSince | None:
    given = fields(reading, node, tables.SERIES.keys, phrase("a series"), phrase("write `{{from: 2018, id: ttxh}}`"))
    since, name = given.read("from", year), given.require("id", identifier)
    return None if name is None or ("from" in given and since is None) else SeriesSince(since, name)


_COMPARABLE_EXAMPLE = phrase("write `{{series: [ttxh, pphs], cite: [...]}}`")


def comparable_series(reading: FileReading, node: Node) -> tuple[ComparableSeries, ...]:
    """The entries of `comparable:`."""
    return listing(_comparable)(reading, node) or ()


def _comparable(reading: FileReading, node: Node) -> ComparableSeries | None:
    given = fields(reading, node, tables.COMPARABLE.keys, phrase("an entry of `comparable`"), _COMPARABLE_EXAMPLE)
    ids, cite = given.require("series", listing(identifier)), given.require("cite", citations)
    if ids is None or cite is None:
        return None
    if len(set(ids)) < 2:
        reading.report("NC414", phrase("`comparable` names two series or more"), given.values["series"].place)
        return None
    return ComparableSeries(ids, cite)


_PUBLISHED_EXAMPLE = phrase("write `{{change_of: crime_cases}}` or `{{difference_of: crime_cases}}`")


def published_of(reading: FileReading, node: Node) -> Published | None:
    """What a source prints of another fact: its change in percent, or the difference."""
    given = fields(reading, node, tables.PUBLISHED.keys, "`published`", _PUBLISHED_EXAMPLE)
    change, difference = given.read("change_of", text), given.read("difference_of", text)
    unsigned = given.read("unsigned", flag) or False
    if given.is_mapping and ("change_of" in given) == ("difference_of" in given):
        message = phrase("`published` has either `change_of` or `difference_of`")
        reading.report("NC416", message, given.place, _PUBLISHED_EXAMPLE)
        return None
    if change is not None:
        return Published("change_of", change, unsigned)
    return None if difference is None else Published("difference_of", difference, unsigned)
