"""The units inside behind a roll-up, in words: which came out how, what each adds to a sum, and which are awaited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from typing import Final

from ncriteria.evaluation.explanation.values import Voice
from ncriteria.evaluation.explanation.wording import asked_text
from ncriteria.evaluation.inside.told import UnitInside, UnitsInside
from ncriteria.evaluation.lowering import LoweredClause
from ncriteria.evaluation.records.record import Record
from ncriteria.language.queries import walk
from ncriteria.language.tree import Expr, Measure, Within
from ncriteria.sets.model import Verdict
from ncriteria.sets.names import VERDICTS
from ncriteria.words import Words

_MOST_NAMES: Final = 8
"""So many units are named; the others are counted."""


def inside_lines(voice: Voice, rules: LoweredClause[Expr], record: Record) -> Iterator[str]:
    """A line for each roll-up of the rules whose units are known."""
    if not record.inside:
        return
    asked = {(node.level, node.path): node for expr in rules.forms for node in walk(expr) if isinstance(node, Within)}
    for key, node in asked.items():
        if key in record.inside:
            yield f"{asked_text(voice, node)}: {_told(voice, node, record.inside[key])}"


def _told(voice: Voice, asked: Within, units: UnitsInside) -> str:
    say = voice.say
    named = partial(_named, Counter(one.name for one in units.units))

    def listed(found: Sequence[UnitInside], tell: Callable[[UnitInside], str] = named) -> str:
        return _listed(say, found, tell)

    def with_term(unit: UnitInside) -> str:
        assert isinstance(unit.found, Fraction)
        return f"{named(unit)}: {say.number(unit.found)}"

    awaited = units.awaited
    parts = []
    if asked.measure is Measure.SUM_OF:
        known = [one for one in units.units if not one.is_awaited]
        parts += [listed(known, with_term)] if known else []
    else:
        by_verdict = {one: units.of(one) for one in (Verdict.MET, Verdict.NOT_MET, Verdict.NOT_APPLICABLE)}
        parts += [f"{_head(voice, asked, one)}: {listed(found)}" for one, found in by_verdict.items() if found]
    by_reason: dict[str | None, list[UnitInside]] = {}
    for one in awaited:
        by_reason.setdefault(one.reason, []).append(one)
    for reason, found in sorted(by_reason.items(), key=lambda one: one[0] is not None):
        told = say("awaited: {units}", units=listed(found))
        told_why = told if reason is None else say("{awaited} ({reason})", awaited=told, reason=say.again(reason))
        parts.append(told_why)
    if units.unnamed:
        parts.append(say("awaited and not in the table: {count}", count=units.unnamed))
    return "; ".join(parts)


def unit_names(say: Words, units: Sequence[UnitInside]) -> str:
    """The names of units inside, those that have the same name with their identifiers; of many the first."""
    return _listed(say, units, partial(_named, Counter(one.name for one in units)))


def _named(by_name: Counter[str | None], unit: UnitInside) -> str:
    """The name of a unit, with its identifier where another has the same name."""
    return unit.id if unit.name is None else f"{unit.name} ({unit.id})" if by_name[unit.name] > 1 else unit.name


def _listed(say: Words, found: Sequence[UnitInside], tell: Callable[[UnitInside], str]) -> str:
    names = ", ".join(map(tell, found[:_MOST_NAMES]))
    more = len(found) - _MOST_NAMES
    return names if more <= 0 else say("{units} and {count} more", units=names, count=more)


def _head(voice: Voice, asked: Within, verdict: Verdict) -> str:
    """The verdict on units; of a condition, whether it holds."""
    say = voice.say
    if asked.inner is None:
        return say.this(VERDICTS[verdict]).lower()
    return say("yes") if verdict is Verdict.MET else say("no")
