"""Reading the `set:` of a criteria file: what the set is, and which years, level and territory it holds for."""

from __future__ import annotations

from attrs import frozen

from ncriteria.sets.model import Level, Years
from ncriteria.sets.reading.fields import (
    FileReading,
    bilingual,
    choice,
    day,
    fields,
    flag,
    identifier,
    text,
    titled,
    web_address,
    year,
)
from ncriteria.sets.reading.nodes import Node
from ncriteria.sets.reading.windows import window_of_year
from ncriteria.sets.sources import Bilingual, Instrument
from ncriteria.sets.years.windows import Window
from ncriteria.words import phrase

_KEYS = (
    "id",
    "standard",
    "title",
    "instrument",
    "years",
    "level",
    "territory",
    "supersedes",
    "window",
    "only_when_named",
    "note",
)
_INSTRUMENT_KEYS = ("number", "issuer", "issued", "in_force", "url")
_UNTITLED = Bilingual("", "")
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
    level: Level
    territory: str | None
    supersedes: str | None
    window: Window | None
    only_when_named: bool
    note: Bilingual | None


def header(reading: FileReading, node: Node) -> Header:
    """The header; what is missing or wrong is reported, and a stand-in lets the rest of the file be checked."""
    given = fields(reading, node, _KEYS, "`set`")
    name = given.require("id", identifier)
    standard = given.require("standard", titled(identifier, phrase("a standard")))
    title, instrument = given.require("title", bilingual), given.require("instrument", _instrument)
    years, level = given.require("years", _years), given.require("level", choice(Level))
    territory, supersedes = given.read("territory", identifier), given.read("supersedes", identifier)
    window, note = given.read("window", window_of_year), given.read("note", bilingual)
    only_when_named = given.read("only_when_named", flag) or False
    return Header(
        name or "unnamed",
        "unnamed" if standard is None else standard.id,
        None if standard is None else standard.title,
        title or _UNTITLED,
        instrument or Instrument("", _UNTITLED),
        years or Years(2000),
        level or Level.PROVINCE,
        territory,
        supersedes,
        window,
        only_when_named,
        note,
    )


def _instrument(reading: FileReading, node: Node) -> Instrument | None:
    given = fields(reading, node, _INSTRUMENT_KEYS, phrase("an instrument"))
    number, issuer = given.require("number", text), given.require("issuer", bilingual)
    issued, in_force, url = given.read("issued", day), given.read("in_force", day), given.read("url", web_address)
    return None if number is None or issuer is None else Instrument(number, issuer, issued, in_force, url)


def _years(reading: FileReading, node: Node) -> Years | None:
    given = fields(reading, node, ("from", "to"), "`years`", _YEARS_EXAMPLE)
    first, last = given.require("from", year), given.read("to", year)
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
