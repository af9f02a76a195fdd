"""The months behind the figures of a year, in words: which they are, what was added up, how many have no figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ncriteria.evaluation.explanation.values import Voice, fact_text, value_text
from ncriteria.evaluation.lowering import LoweredClause, facts_in_view
from ncriteria.evaluation.records.record import Record
from ncriteria.facts.adding_up import Monthly
from ncriteria.facts.table import Month
from ncriteria.language.queries import year_of
from ncriteria.language.tree import Expr, FactKey
from ncriteria.words import Words


def month_lines(voice: Voice, rules: LoweredClause[Expr], record: Record) -> Iterator[str]:
    """A line for each fact of the rules that months were added up for, and for each whose months leave it unknown."""
    if record.monthly:
        seen = facts_in_view(rules, record.year)
        yield from _lines(voice, {key: monthly for key, monthly in record.monthly.items() if key in seen})


def other_window_lines(voice: Voice, rules: LoweredClause[Expr], record: Record) -> Iterator[str]:
    """A line for each fact of the rules that is counted over other months than those of the set: its days.

    Without an assessment year they are days of the calendar.
    """
    say, criteria = voice.say, voice.criteria
    own = {name: declared.window for name, declared in criteria.facts.items() if declared.window is not None}
    for key in facts_in_view(rules, record.year) if own else ():
        window = own.get(key.name)
        if window is None or window.has_days_of(criteria.months_of_year):
            continue
        days: Iterable[object] = map(say.month_and_day, window.days(criteria.years.first))
        if record.year is not None:
            days = window.days(year_of(key.period, record.year))
        first, last = days
        yield say("{fact}: figures from {first} to {last}", fact=fact_text(voice, key), first=first, last=last)


def series_lines(voice: Voice, rules: LoweredClause[Expr], record: Record) -> Iterator[str]:
    """A line for each figure of the rules that the table has of another series, and that is left out."""
    for key in facts_in_view(rules, record.year) if record.other_series else ():
        if (one := record.other_series.get(key)) is not None:
            yield voice.say(
                "{fact}: the figure of the table is of the series {stated}, which is not compared",
                fact=fact_text(voice, key),
                stated=one.stated,
            )


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
