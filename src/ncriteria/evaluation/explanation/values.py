"""Values and facts in words: numbers as each language writes them, with their units."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Final, assert_never

from attrs import field

from ncriteria.evaluation.records.comparisons import NamedLeaf, parameter_of
from ncriteria.facts.attestations.model import Attestation
from ncriteria.language import tree as t
from ncriteria.language.values import Interval, Undefined, Unknown, Value
from ncriteria.quick_classes import frozen
from ncriteria.sets.elsewhere import title_of_fact
from ncriteria.sets.model import CriteriaSet, Verdict
from ncriteria.sets.names import VERDICTS, options_text
from ncriteria.sets.sources import UnitName
from ncriteria.words import Language, Message, Words, words


@frozen
class Voice:
    """A language, and the set whose titles and units are spoken of.

    `fixed` has the facts of fixed years, by what they are once counted back from the year that is judged.
    """

    language: Language
    criteria: CriteriaSet
    fixed: Mapping[t.FactKey, t.FactKey] = field(factory=dict, eq=False, repr=False)

    def as_written(self, key: t.FactKey) -> t.FactKey:
        """A fact as a rule names it: in a fixed year, where it does."""
        return self.fixed.get(key, key)

    @property
    def say(self) -> Words:
        """What says messages in the language."""
        return words(self.language)


_NO_TITLES: Final[Mapping[str, str]] = {}


def value_text(say: Words, value: Value, unit: UnitName | None = None) -> str:
    """A value with its unit; what is known only within bounds says so."""
    return value_teller(say, unit)(value)


def value_teller(
    say: Words, unit: UnitName | None = None, *, percent: bool = False, options: Mapping[str, str] = _NO_TITLES
) -> Callable[[Value], str]:
    """How values of one unit are told, made ready for many; `options` has what those of an enumeration are called."""
    number, language = say.number, say.language

    def quantity(value: Fraction) -> str:
        if percent:
            return say.percent(value)
        return number(value) if unit is None else f"{number(value)} {unit.of(value, language)}"

    def text(value: Value) -> str:
        if type(value) is Fraction:
            return quantity(value)
        match value:
            case Fraction():
                return quantity(value)
            case bool():
                return say("yes") if value else say("no")
            case str():
                return options.get(value, value)
            case datetime.date():
                return say.day(value)
            case Interval(low=low, high=high) if low is not None and high is not None:
                return say("{low} to {high}", low=quantity(low), high=quantity(high))
            case Interval(low=low) if low is not None and low > 0:
                return say("at least {low}", low=quantity(low))
            case Interval(high=high) if high is not None:
                return say("at most {high}", high=quantity(high))
            case Interval() | Unknown() | Undefined():
                return say("not known")
            case _:
                assert_never(value)

    return text


_PARTS: Final[Mapping[t.Function, Message]] = {
    t.Function.YEAR: Message("year {number}"),
    t.Function.MONTH: Message("month {number}"),
    t.Function.QUARTER: Message("quarter {number}"),
}


def part_teller(say: Words, expr: t.Expr) -> Callable[[Value], str]:
    """How values of the part of a day that `expr` asks for are told, such as `quarter 1`."""
    assert isinstance(expr, t.Call)
    part, plain = _PARTS[expr.function], value_teller(say)

    def text(value: Value) -> str:
        is_whole = isinstance(value, Fraction) and value.denominator == 1
        return say.this(part, number=str(value)) if is_whole else plain(value)

    return text


def period_text(say: Words, period: t.Period) -> str:
    """The period in words, empty for the assessment year."""
    match period:
        case t.Ago(0):
            return ""
        case t.Ago(1):
            return say("the year before")
        case t.Ago(years):
            return say("{years} years before", years=years)
        case t.InYear(year):
            return say("in {year}", year=year)
        case _:
            assert_never(period)


def fact_text(voice: Voice, key: t.FactKey) -> str:
    """The title of a fact, with its period in parentheses."""
    if t.is_verdict(key.name):
        title = voice.say("Verdict on {clause}", clause=leaned_on_text(voice, key.name))
    else:
        title = voice.criteria.facts[key.name].title.text(voice.language)
    period = period_text(voice.say, voice.as_written(key).period)
    return f"{title} ({period})" if period else title


def leaned_on_text(voice: Voice, name: str) -> str:
    """What the clause is called whose verdict in another year or under another standard is the fact `name`."""
    path = t.path_of_verdict(name)
    title = title_of_fact(voice.criteria, name).text(voice.language)
    return title if ":" not in path or title == path else f"{title} [{path}]"


def fact_value_teller(voice: Voice, name: str) -> Callable[[Value], str]:
    """How the values of a fact are told: a number with its unit, an option by its title."""
    options = options_text(voice.criteria.facts[name], voice.language)
    return value_teller(voice.say, voice.criteria.facts[name].unit, options=options)


def clause_name(voice: Voice, path: str) -> str:
    """What a clause or group of the set is called, with its path."""
    titles = {member.path: member.title.text(voice.language) for member in voice.criteria.members()}
    return f"{titles[path]} [{path}]" if path in titles else path


def leaf_value_teller(voice: Voice, leaf: NamedLeaf) -> Callable[[Value], str]:
    """How the value of a leaf is told, as its declaration shows it."""
    match leaf:
        case t.FactRef(name=name) if t.is_verdict(name):
            return _met_teller(voice.say)
        case t.FactRef(name=name):
            return fact_value_teller(voice, name)
        case t.Parameter() | t.ParameterBy():
            declared = parameter_of(voice.criteria, leaf)
            options = options_text(declared, voice.language)
            return value_teller(voice.say, declared.unit, percent=declared.percent, options=options)
        case t.Met():
            return _met_teller(voice.say)
        case t.Within(measure=t.Measure.SUM_OF, inner=t.FactRef(name=name)):
            return value_teller(voice.say, voice.criteria.facts[name].unit)
        case t.Within(measure=measure):
            return value_teller(voice.say, percent=measure.is_share)
        case _:
            assert_never(leaf)


def _met_teller(say: Words) -> Callable[[Value], str]:
    """How it is told whether a clause is met."""
    plain = value_teller(say)
    told = {one is Verdict.MET: say.this(VERDICTS[one]).lower() for one in (Verdict.MET, Verdict.NOT_MET)}
    return lambda value: told[value] if isinstance(value, bool) else plain(value)


def attestation_text(voice: Voice, attestation: Attestation) -> str:
    """Who attests a clause or a fact, as what, and in which document."""
    say, told = voice.say, attestation.document
    if attestation.date is not None:
        told = say("{document} of {day}", document=told, day=attestation.date)
    if isinstance(attestation.value, Verdict):
        verdict = say.this(VERDICTS[attestation.value]).lower()
        return say("attested as {verdict} by {body} in {document}", verdict=verdict, body=attestation.by, document=told)
    declared = voice.criteria.facts.get(attestation.path)
    fact = attestation.path if declared is None else declared.title.text(voice.language)
    return say("{fact}: attested by {body} in {document}", fact=fact, body=attestation.by, document=told)


def attested_text(voice: Voice, paths: Sequence[str]) -> str:
    """How many clauses rest on attestations."""
    return voice.say.plural("{count} content attested", "{count} contents attested", count=len(paths))
