"""What is written for a fact, and of which years, in words."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ncriteria.evaluation.explanation.values import Voice, period_text
from ncriteria.language.tree import Period
from ncriteria.sets.model import FactDeclaration, FactType
from ncriteria.sets.names import TYPES, options_text
from ncriteria.words import Words


def value_wanted(voice: Voice, declared: FactDeclaration) -> str:
    """Such as "whole number (cases); at most 9", or "one of: good, fair, poor"."""
    return "; ".join(_parts(voice, declared))


def _parts(voice: Voice, declared: FactDeclaration) -> Iterator[str]:
    say, kind = voice.say, voice.say.this(TYPES[declared.type])
    if declared.type is FactType.ENUMERATION:
        yield f"{kind}: {', '.join(options_text(declared, voice.language).values())}"
        return
    yield kind if declared.unit is None else f"{kind} ({declared.unit.text(voice.language)})"
    if (within := range_text(say, declared)) is not None:
        yield within
    if declared.decimals is not None:
        yield say.plural("{count} decimal", "{count} decimals", count=declared.decimals)
    if declared.window is not None:
        first, last = map(say.month_and_day, declared.window.days(voice.criteria.years.first))
        yield say("figures from {first} to {last}", first=first, last=last)


def range_text(say: Words, declared: FactDeclaration) -> str | None:
    """The declared range; that a count is 0 or more goes without saying."""
    low, high = declared.minimum, declared.maximum
    if declared.type is FactType.COUNT and low == Fraction(0) and high is None:
        return None
    if low is not None and high is not None:
        return say("{low} to {high}", low=low, high=high)
    if low is not None:
        return say("at least {low}", low=low)
    return None if high is None else say("at most {high}", high=high)


def year_wanted(voice: Voice, period: Period) -> str:
    """The period in words."""
    return period_text(voice.say, period) or voice.say("this year")
