"""How the units inside are told that a roll-up was taken of."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from ncriteria.evaluation.inside.told import UnitInside
from ncriteria.evaluation.result import Result
from ncriteria.language.values import bounds
from ncriteria.report.structure import TellingContext, record
from ncriteria.sets.model import Verdict


@frozen
class UnitInsideTold:
    """A unit inside: how it came out, or the ends of what it adds to a sum; none of these where nothing is known."""

    unit: str
    name: str | None
    verdict: Verdict | None
    low: Fraction | None
    high: Fraction | None


@frozen
class InsideTold:
    """What is told of the units inside: the clause, the condition or the sum that is `asked`, and each unit.

    `not_in_table` are so many more of which the table has no row.
    """

    level: str
    asked: str
    units: tuple[UnitInsideTold, ...]
    not_in_table: int


def units_inside_told(result: Result, _: TellingContext) -> tuple[InsideTold, ...] | None:
    """The units inside that the roll-ups of the rules are taken of."""
    found = tuple(
        InsideTold(level, asked, tuple(map(_unit_inside, units.units)), units.unnamed)
        for (level, asked), units in sorted(result.record.inside.items(), key=lambda one: one[0])
    )
    return found or None


def _unit_inside(unit: UnitInside) -> UnitInsideTold:
    if unit.found is None or isinstance(unit.found, Verdict):
        return UnitInsideTold(unit.id, unit.name, unit.found, None, None)
    return UnitInsideTold(unit.id, unit.name, None, *bounds(unit.found))


record(UnitInsideTold)
record(InsideTold)
