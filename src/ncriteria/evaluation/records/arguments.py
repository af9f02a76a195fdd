"""What a program may give for a record: arguments of the wrong kind are told before they are looked into."""

from __future__ import annotations

from collections.abc import Mapping
from numbers import Integral

from ncriteria.errors import expect
from ncriteria.sets.inside import is_sum
from ncriteria.sets.model import RollUp
from ncriteria.words import phrase

_SHARES = phrase('such as {{("commune", "19.2"): RollUp(met=9, not_met=2, undetermined=0)}}')


def expect_record_arguments(facts: object, prev_year: object, earlier: object, year: object, shares: object) -> None:
    """Raise `ArgumentError` where an argument of `Criteria.evaluate` is not of its kind; names of facts come later."""
    _expect_facts("`facts`", facts)
    if prev_year is not None:
        _expect_facts("`prev_year`", prev_year)
    expect_year(year)
    if earlier:
        _expect_earlier(earlier)
    if shares:
        _expect_shares(shares)


def expect_year(year: object) -> None:
    """Raise `ArgumentError` where `year` is neither a whole number nor `None`."""
    if year is not None and type(year) is not int:
        expect("`year`", year, Integral, phrase("a year as a whole number"), phrase("such as 2024"))


def expect_name(name: object) -> None:
    """Raise `ArgumentError` where the name of a fact is no text."""
    expect(phrase("a name of a fact"), name, str, phrase("a text"), phrase('such as "crime_cases"'))


def _expect_facts(what: str, given: object) -> None:
    if type(given) is not dict:
        expect(what, given, Mapping, phrase("a mapping of facts by name"), phrase('such as {{"crime_cases": 3}}'))


def _expect_earlier(given: object) -> None:
    expect("`earlier`", given, Mapping, phrase("facts by year"), phrase('such as {{2022: {{"crime_cases": 3}}}}'))
    assert isinstance(given, Mapping)
    for year, facts in given.items():
        expect(phrase("a year of `earlier`"), year, Integral, phrase("a whole number"), phrase("such as 2022"))
        _expect_facts(f"`earlier[{year}]`", facts)


def _expect_shares(given: object) -> None:
    expect("`shares`", given, Mapping, phrase("roll-ups by level and path"), _SHARES)
    assert isinstance(given, Mapping)
    for key, roll_up in given.items():
        is_key = isinstance(key, tuple) and len(key) == 2 and all(isinstance(part, str) for part in key)
        expect(phrase("a key of `shares`"), key if is_key else [key], tuple, phrase("a level and a path"), _SHARES)
        if not is_sum(key[1]):
            expect(f"`shares[{key}]`", roll_up, RollUp, phrase("a RollUp"), _SHARES)
