"""The months behind the figures of a year, in words: what was added up, and how many months have no figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ncriteria.evaluation.explanation.values import Voice, fact_text, value_text
from ncriteria.evaluation.lowering import LoweredClause
from ncriteria.evaluation.records.record import Record, in_view
from ncriteria.facts.adding_up import Monthly
from ncriteria.facts.table import Month
from ncriteria.language.queries import facts_of
from ncriteria.language.tree import Expr, FactKey
from ncriteria.words import Words


def month_lines(voice: Voice, rules: LoweredClause[Expr], record: Record) -> Iterator[str]:
    """A line for each fact of the rules that months were added up for, and for each whose months leave it unknown."""
    if not record.monthly:
        return
    mentioned = [facts_of(rule) for rule in (rules.applies_when, rules.rule) if rule is not None]
    seen = {FactKey.of(key.name, in_view(key.period, record.year)) for keys in mentioned for key in keys}
    yield from _lines(voice, {key: monthly for key, monthly in record.monthly.items() if key in seen})


def _lines(voice: Voice, found: Mapping[FactKey, Monthly]) -> Iterator[str]:
    say = voice.say
    for key, monthly in found.items():
        fact, first, last = fact_text(voice, key), _month(say, monthly.months[0]), _month(say, monthly.months[-1])
        absent = say.plural("{count} month not reported", "{count} months not reported", count=monthly.absent)
        if monthly.adds_up:
            figures = " + ".join(value_text(voice.say, figure) for figure in monthly.figures if figure is not None)
            line = say("{fact}, {first} to {last}: {figures}", fact=fact, first=first, last=last, figures=figures)
            yield line if not monthly.absent else f"{line}; {absent}"
        elif monthly.absent:
            line = say("{fact}, {first} to {last}: its months are not added up", fact=fact, first=first, last=last)
            yield f"{line}; {absent}"


def _month(say: Words, month: Month) -> str:
    return say.month(month.year, month.number)
