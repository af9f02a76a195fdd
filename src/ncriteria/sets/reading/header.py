"""Reading the `set:` of a criteria file: what the set is, and which years, level and territory it holds for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ncriteria.errors import TextPlace
from ncriteria.quick_classes import frozen
from ncriteria.sets.keys import heading
from ncriteria.sets.model import Level, Years
from ncriteria.sets.reading import fields
from ncriteria.sets.reading.nodes import Node
from ncriteria.sets.reading.windows import window_of_year
from ncriteria.sets.sources import Bilingual, Instrument
from ncriteria.sets.years.days_in_force import DaysInForce, YearsJudged
from ncriteria.sets.years.windows import Window
from ncriteria.words import phrase

_UNTITLED = Bilingual("", "")
_DAYS_EXAMPLE = phrase("write `in_force: {{from: 2026-02-15}}`, and `to` where the last day is known")
_YEARS_EXAMPLE = phrase("write `years: {{from: 2026}}`, and `to` where the end is known")


@frozen
class Header:
    """The `set:` of a file."""

    id: str
    standard: str
    standard_title: Bilingual | None
    title: Bilingual
    instrument: Instrument
    years: Years
    held: DaysInForce | None
    level: Level
    territory: str | None
    supersedes: str | None
    window: Window | None
    only_when_named: bool
    note: Bilingual | None
    places: Mapping[str, TextPlace]


def header(reading: fields.FileReading, node: Node) -> Header:
    """The header; what is missing or wrong is reported, and a stand-in lets the rest of the file be checked."""
    given = fields.fields(reading, node, heading.HEADER.keys, "`set`")
    name = given.require("id", fields.identifier)
    standard = given.require("standard", fields.titled(fields.identifier, phrase("a standard")))
    title, instrument = given.require("title", fields.bilingual), given.require("instrument", _instrument)
    held = given.read("in_force", _days_in_force(instrument))
    years = given.read("years", _years) if "in_force" in given else given.require("years", _years)
    if years is None and held is None:
        reading.unread.add("years")
    level = given.require("level", fields.choice(Level))
    if "years" in given and "in_force" in given:
        hint = phrase("keep one of them: the years of `in_force` follow from its days")
        reading.report("NC190", phrase("a set has either `years` or `in_force`"), given.values["in_force"].place, hint)
    territory, supersedes = given.read("territory", fields.identifier), given.read("supersedes", fields.identifier)
    window, note = given.read("window", window_of_year), given.read("note", fields.bilingual)
    only_when_named = given.read("only_when_named", fields.flag) or False
    return Header(
        name or "unnamed",
        "unnamed" if standard is None else standard.id,
        None if standard is None else standard.title,
        title or _UNTITLED,
        instrument or Instrument("", _UNTITLED),
        years or Years(2000),
        held,
        level or Level.PROVINCE,
        territory,
        supersedes,
        window,
        only_when_named,
        note,
        {key: value.place for key, value in given.values.items()},
    )


def _instrument(reading: fields.FileReading, node: Node) -> Instrument | None:
    given = fields.fields(reading, node, heading.INSTRUMENT.keys, phrase("an instrument"))
    number, issuer = given.require("number", fields.text), given.require("issuer", fields.bilingual)
    issued, in_force, url = (
        given.read("issued", fields.day),
        given.read("in_force", fields.day),
        given.read("url", fields.web_address),
    )
    copy = given.read("retrieved", fields.day), given.read("sha256", fields.digest)
    return None if number is None or issuer is None else Instrument(number, issuer, issued, in_force, url, *copy)


def _days_in_force(instrument: Instrument | None) -> Callable[[fields.FileReading, Node], DaysInForce | None]:
    """A reader of the days in which a set is in force, from the day on which its act is where it says no other."""

    def read(reading: fields.FileReading, node: Node) -> DaysInForce | None:
        given = fields.fields(reading, node, heading.IN_FORCE.keys, "`in_force`", _DAYS_EXAMPLE)
        first = given.read("from", fields.day) or (instrument.in_force if instrument is not None else None)
        last, cite = given.read("to", fields.day), given.read("cite", fields.citations) or ()
        judges = given.read("judges", fields.choice(YearsJudged)) or YearsJudged.ENDING
        if first is None and "from" not in given and given.is_mapping:
            hint = phrase("write `from`, or `in_force` of the instrument")
            reading.report("NC107", phrase("`from` is missing"), given.place, hint)
        if judges is not YearsJudged.ENDING and not cite:
            message = phrase("`judges: {years}` needs a citation", years=judges.value)
            hint = phrase("add `cite`, or leave `judges` out: it judges the years that end while it is in force")
            reading.report("NC191", message, given.values["judges"].place, hint)
        if first is not None and last is not None and last < first:
            message = phrase("the set is in force to {last}, before it begins on {first}", last=last, first=first)
            reading.report("NC119", message, given.place)
            return None
        return None if first is None else DaysInForce(first, last, judges, cite, given.place)

    return read


def _years(reading: fields.FileReading, node: Node) -> Years | None:
    given = fields.fields(reading, node, heading.YEARS.keys, "`years`", _YEARS_EXAMPLE)
    first, last = given.require("from", fields.year), given.read("to", fields.year)
    if first is None or ("to" in given and last is None):
        return None
    if last is not None and last < first:
        reading.report(
            "NC119",
            phrase("the years end in {last}, before they begin in {first}", last=last, first=first),
            given.place,
        )
        return None
    return Years(first, last)
