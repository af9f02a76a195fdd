"""The predecessors behind the figures of earlier years, in words: what was put together of which units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ncriteria.evaluation.explanation.values import Voice, fact_text, value_text
from ncriteria.evaluation.lowering import LoweredClause, facts_in_view
from ncriteria.evaluation.records.record import Record
from ncriteria.facts.lineage.bases import Base, Part, Untold, is_broken
from ncriteria.facts.lineage.changes import WHOLE
from ncriteria.language.tree import Expr, FactKey
from ncriteria.language.values import Interval
from ncriteria.sets.model import FactValue
from ncriteria.sets.sources import UnitName
from ncriteria.words import Message

_ANYTHING: Final = Interval(None, None)
_WHY: Final[Mapping[Untold, Message]] = {
    Untold.SPLIT: Message("how much of {units} went into this unit is not said"),
    Untold.BROKEN: Message("the stated part of {units} is no whole number"),
    Untold.ABSENT: Message("no figure of {units}"),
}


def base_lines(voice: Voice, rules: LoweredClause[Expr], record: Record) -> Iterator[str]:
    """A line for each fact of the rules whose figure is of a year before a change of the unit."""
    if not record.bases:
        return
    for key in sorted(record.bases.keys() & facts_in_view(rules, record.year).keys(), key=str):
        yield base_text(voice, key, record.bases[key])


def base_text(voice: Voice, key: FactKey, base: Base) -> str:
    """How a figure came about: `Crimes (the year before): 10 + 12 = 22 cases (Xã A, Xã B)`."""
    say, fact, told = voice.say, fact_text(voice, key), _told(voice, key, base)
    if base.stated is None:
        return f"{fact}: {told}"
    stated = value_text(voice.say, base.stated, voice.criteria.facts[key.name].unit)
    if base.source is not None:
        stated = say("{stated}, taken from {source}", stated=stated, source=base.source)
    if not base.is_contradicted:
        return say("{fact}: {stated}, as the row of the unit states it", fact=fact, stated=stated)
    return say(
        "{fact}: {stated}, as the row of the unit states it, and not {told}", fact=fact, stated=stated, told=told
    )


def _told(voice: Voice, key: FactKey, base: Base) -> str:
    say, unit = voice.say, voice.criteria.facts[key.name].unit
    names = ", ".join(_name(part, base) for part in base.parts)
    if base.untold is Untold.REFORM:
        return _across_a_reform(voice, base, unit)
    if base.untold is Untold.NOT_PUT_TOGETHER:
        message = say("how the values of several units are put together is not declared")
        return f"{message} ({', '.join(_with_figure(voice, part, base, unit) for part in base.parts)})"
    if base.rate:
        of, over = (value_text(voice.say, _ANYTHING if one is None else one) for one in base.rate)
        return f"{of} / {over} = {value_text(voice.say, _known(base), unit)} ({names})"
    if any(isinstance(part.value, bool) for part in base.parts) and len(base.parts) > 1:
        figures = ", ".join(_with_figure(voice, part, base, unit) for part in base.parts)
        return f"{value_text(voice.say, _known(base), unit)} ({figures})"
    if len(base.parts) == 1 and base.untold is None:
        (part,) = base.parts
        figure = "" if part.share == WHOLE else f"{_term(voice, part)} = "
        return f"{figure}{value_text(voice.say, _known(base), unit)} ({names})"
    terms = " + ".join(_term(voice, part) for part in base.parts)
    if base.untold is None:
        return f"{terms} = {value_text(voice.say, _known(base), unit)} ({names})"
    value = value_text(voice.say, _known(base), unit)
    return f"{terms}: {value} ({names}); {_why(voice, base)}"


def _known(base: Base) -> FactValue | Interval:
    return _ANYTHING if base.value is None else base.value


def _across_a_reform(voice: Voice, base: Base, unit: UnitName | None) -> str:
    say, reform = voice.say, base.since.reform
    if reform is None:
        return say("not known: units were made anew, and nothing says what this unit was before")
    line = say("not known: units were made anew on {day}, and nothing says what this unit was before", day=reform.day)
    figures = ", ".join(_with_figure(voice, part, base, unit) for part in base.parts)
    return line if not figures else say("{line}; not compared: {figures}", line=line, figures=figures)


def _term(voice: Voice, part: Part) -> str:
    figure = "?" if part.value is None else value_text(voice.say, part.value)
    if part.share is None:
        return voice.say("a part of {figure}", figure=figure)
    return figure if part.share == WHOLE else f"{voice.say.exact(part.share)} × {figure}"


def _why(voice: Voice, base: Base) -> str:
    why = base.untold
    assert why is not None
    units = ", ".join(_name(part, base) for part in base.parts if _lacks(part, why))
    return voice.say.this(_WHY[why], units=units)


def _lacks(part: Part, why: Untold) -> bool:
    if why is Untold.SPLIT:
        return part.share is None
    return part.value is None if why is Untold.ABSENT else is_broken(part)


def _with_figure(voice: Voice, part: Part, base: Base, unit: UnitName | None) -> str:
    return f"{_name(part, base)}: {value_text(voice.say, _ANYTHING if part.value is None else part.value, unit)}"


def _name(part: Part, base: Base) -> str:
    """The name of a predecessor, with its identifier where another has the same name."""
    if part.name is None or part.name == part.unit:
        return part.unit
    is_shared = [one.name for one in base.parts].count(part.name) > 1
    return f"{part.name} ({part.unit})" if is_shared else part.name
