"""How the units inside are told that a roll-up was taken of."""

from __future__ import annotations

from fractions import Fraction

from ncriteria.evaluation.inside.told import UnitInside
from ncriteria.evaluation.result import Result
from ncriteria.language.values import bounds
from ncriteria.quick_classes import frozen
from ncriteria.report.structure import TellingContext, record
from ncriteria.sets.model import Verdict
from ncriteria.words import Words, words


@frozen
class UnitInsideTold:
    """A unit inside: how it came out, or the ends of what it adds to a sum; none of these where nothing is known.

    `reason` is the error for which it is awaited, of the unit or of one inside it, where there is one.
    """

    unit: str
    name: str | None
    verdict: Verdict | None
    low: Fraction | None
    high: Fraction | None
    reason: str | None = None


@frozen
class InsideTold:
    """What is told of the units inside: the clause, the condition or the sum that is `asked`, and each unit.

    `not_in_table` are so many more of which the table has no row.
    """

    level: str
    asked: str
    units: tuple[UnitInsideTold, ...]
    not_in_table: int


def units_inside_told(result: Result, around: TellingContext) -> tuple[InsideTold, ...]:
    """The units inside that the roll-ups of the rules are taken of."""
    say = words(around.language)
    return tuple(
        InsideTold(level, asked, tuple(_unit_inside(one, say) for one in units.units), units.unnamed)
        for (level, asked), units in sorted(result.record.inside.items(), key=lambda one: one[0])
    )


def _unit_inside(unit: UnitInside, say: Words) -> UnitInsideTold:
    reason = None if unit.reason is None else say.again(unit.reason)
    if unit.found is None or isinstance(unit.found, Verdict):
        return UnitInsideTold(unit.id, unit.name, unit.found, None, None, reason)
    return UnitInsideTold(unit.id, unit.name, None, *bounds(unit.found), reason)


record(UnitInsideTold, omitted=("reason",))
record(InsideTold)
