"""Roll-ups of one row: the units inside put together, those that are awaited left open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, cast

from ncriteria.evaluation.criteria import Criteria
from ncriteria.evaluation.inside.told import UnitInside, UnitsInside, summed
from ncriteria.evaluation.records.record import Record, in_view
from ncriteria.facts.attestations.contents import SetContents
from ncriteria.language.tree import FactKey, FactRef, Measure, Within
from ncriteria.language.values import Interval, Quantity, bounds, intersection, interval, total
from ncriteria.quick_classes import frozen
from ncriteria.sets.inside import Asked, asked_inside, set_of_inside
from ncriteria.sets.model import CriteriaSet, FactDeclaration, Rolled, RollUp, Verdict


@frozen
class SetAsked:
    """What is asked of a set again and again: its paths, the roll-ups of its rules, and what may be attested.

    `made` are the criteria that judge what a roll-up asks, `None` for a clause of other sets.
    """

    paths: frozenset[str]
    inside: Mapping[Asked, Within]
    made: Mapping[Asked, Criteria | None]
    contents: SetContents


def set_asked(criteria: CriteriaSet) -> SetAsked:
    """What is asked of `criteria`."""
    inside = asked_inside(criteria)
    sets = {key: set_of_inside(criteria, asked) for key, asked in inside.items()}
    made = {key: None if one is None else Criteria(one) for key, one in sets.items()}
    return SetAsked(frozenset(member.path for member in criteria.members()), inside, made, SetContents(criteria))


class RolledUnits(NamedTuple):
    """What a rule sees of the units inside, and which units they are."""

    rolled: Rolled
    units: UnitsInside


def rolled_units(
    criteria: CriteriaSet,
    asked: Within,
    present: Sequence[UnitInside],
    absent: Sequence[UnitInside],
    stated: int | None,
) -> RolledUnits:
    """The units that are `present` in the year, with those that are `absent` in it, put together.

    Where the number of units is `stated`, it counts; so many as are not present are awaited.
    """
    roster = len(present) + len(absent) if stated is None else stated
    named = [*present, *absent] if roster >= len(present) + len(absent) else list(present)
    units = UnitsInside(tuple(named), roster - len(named))
    if asked.measure is Measure.SUM_OF:
        return RolledUnits(_sum(summed(criteria, asked), units), units)
    met, not_met, aside = (len(units.of(verdict)) for verdict in (Verdict.MET, Verdict.NOT_MET, Verdict.NOT_APPLICABLE))
    return RolledUnits(RollUp(met, not_met, roster - met - not_met - aside), units)


def term_of(criteria: CriteriaSet, asked: Within, record: Record) -> Quantity | None:
    """What is known of the fact that a sum adds up, in the record of a unit inside."""
    assert isinstance(asked.inner, FactRef)
    key = asked.inner.key
    found = record.values.get(FactKey.of(key.name, in_view(key.period, record.year)))
    if not isinstance(found, Interval):
        return cast("Fraction | None", found)
    return intersection(found, cast("Interval", summed(criteria, asked).when_missing)) or found


def _sum(declared: FactDeclaration, units: UnitsInside) -> Quantity:
    """The sum of what the units add; one of which nothing is known adds what is declared of the fact."""
    any_term = cast("Interval", declared.when_missing)
    terms = [any_term if one.found is None else cast("Quantity", one.found) for one in units.units]
    ends = [bounds(one) for one in terms]
    if units.unnamed:
        least, greatest = (None if end is None else end * units.unnamed for end in bounds(any_term))
        ends.append((least, greatest))
    return interval(total(low for low, _ in ends), total(high for _, high in ends))
