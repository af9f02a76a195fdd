"""Values and facts in words: numbers as each language writes them, with their units."""

from __future__ import annotations

import datetime
from fractions import Fraction
from math import log10
from typing import assert_never

from attrs import frozen

from ncriteria.evaluation.explanation.words import Words, words
from ncriteria.language import tree as t
from ncriteria.language.values import Interval, Undefined, Unknown, Value
from ncriteria.sets.model import CriteriaSet, Language, Level

_MOST_DECIMALS = 12
_MOST_BITS = 10_000


@frozen
class Voice:
    """A language, and the set whose titles and units are spoken of."""

    language: Language
    criteria: CriteriaSet

    @property
    def words(self) -> Words:
        """The fixed words."""
        return words(self.language)


def number_text(voice: Voice, value: Fraction) -> str:
    """An exact number: `1.704,5` in Vietnamese, `1,704.5` in English; a fraction where the decimals do not end soon.

    A number with thousands of digits is told by how many they are.
    """
    bits = max(value.numerator.bit_length(), value.denominator.bit_length())
    if bits > _MOST_BITS:
        return voice.words.long_number.format(int(bits * log10(2)))
    for places in range(_MOST_DECIMALS + 1):
        scaled = value * 10**places
        if scaled.denominator == 1:
            digits = f"{abs(scaled.numerator):0{places + 1}d}"
            whole, decimals = (digits[:-places], digits[-places:]) if places else (digits, "")
            grouped = f"{int(whole):,}".replace(",", voice.words.group_mark) if len(whole) <= 40 else whole
            sign = "-" if value < 0 else ""
            return sign + grouped + (voice.words.decimal_mark + decimals if decimals else "")
    return f"{value.numerator}/{value.denominator}"


def value_text(voice: Voice, value: Value, unit: str = "", *, percent: bool = False) -> str:
    """A value with its unit; what is known only within bounds says so."""
    said = voice.words

    def quantity(number: Fraction) -> str:
        if percent:
            return number_text(voice, number * 100) + "%"
        return f"{number_text(voice, number)} {unit}".rstrip()

    match value:
        case bool():
            return said.yes if value else said.no
        case Fraction():
            return quantity(value)
        case str():
            return value
        case datetime.date():
            return value.strftime("%d/%m/%Y") if voice.language == "vi" else value.isoformat()
        case Interval(low=low, high=high) if low is not None and high is not None:
            return said.between.format(quantity(low), quantity(high))
        case Interval(low=low) if low is not None and low > 0:
            return said.at_least.format(quantity(low))
        case Interval(high=high) if high is not None:
            return said.at_most.format(quantity(high))
        case Interval() | Unknown() | Undefined():
            return said.unknown
        case _:
            assert_never(value)


def period_text(voice: Voice, period: t.Period) -> str:
    """The period in words, empty for the assessment year."""
    match period:
        case t.Ago(0):
            return ""
        case t.Ago(1):
            return voice.words.prev_year
        case t.Ago(years):
            return voice.words.years_ago.format(years)
        case t.InYear(year):
            return voice.words.in_year.format(year)
        case _:
            assert_never(period)


def fact_text(voice: Voice, key: t.FactKey) -> str:
    """The title of a fact, with its period in parentheses."""
    title = voice.criteria.facts[key.name].title.text(voice.language)
    period = period_text(voice, key.period)
    return f"{title} ({period})" if period else title


def unit_text(voice: Voice, name: str) -> str:
    """The unit of a fact, empty for a plain number."""
    unit = voice.criteria.facts[name].unit
    return "" if unit is None else unit.text(voice.language)


def leaf_text(voice: Voice, leaf: t.FactRef | t.Parameter | t.Met | t.ShareMet) -> str:
    """What a leaf of a rule is called."""
    match leaf:
        case t.FactRef(key=key):
            return fact_text(voice, key)
        case t.Parameter(name=name):
            return voice.criteria.parameters[name].title.text(voice.language)
        case t.Met(path=path):
            return voice.words.clause_met.format(path)
        case t.ShareMet(level=level, path=path):
            return voice.words.share.format(voice.words.levels[Level(level)], path)
        case _:
            assert_never(leaf)


def leaf_value_text(voice: Voice, leaf: t.FactRef | t.Parameter | t.Met | t.ShareMet, value: Value) -> str:
    """The value of a leaf, as its declaration shows it."""
    match leaf:
        case t.FactRef(name=name):
            return value_text(voice, value, unit_text(voice, name))
        case t.Parameter(name=name):
            declared = voice.criteria.parameters[name]
            unit = declared.unit.text(voice.language) if declared.unit else ""
            return value_text(voice, value, unit, percent=declared.percent)
        case t.Met():
            return value_text(voice, value)
        case t.ShareMet():
            return value_text(voice, value, percent=True)
        case _:
            assert_never(leaf)
