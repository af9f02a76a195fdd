"""How a unit inside came out, with why there is no verdict on it, or what keeps it open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from attrs import evolve

from ncriteria.evaluation.inside.told import UnitInside, UnitsInside
from ncriteria.evaluation.leaning.table_rows import JudgedRow
from ncriteria.sets.inside import Asked
from ncriteria.sets.model import Verdict
from ncriteria.words import phrase


class JudgedInside(JudgedRow, Protocol):
    """What is looked at of the judgement of a unit inside."""

    @property
    def inside(self) -> Mapping[Asked, UnitsInside]:
        """The units that lie inside this unit again."""


def came_out(unit: UnitInside, judged: JudgedInside, path: str) -> UnitInside:
    """The unit with its verdict on a path, and with an error for which there is none, its own or of a unit inside."""
    if judged.verdicts is None:
        return evolve(unit, reason=judged.problems[0].message)
    verdict = judged.verdicts[path]
    return evolve(unit, found=verdict, reason=_of_one_inside(judged, path) if verdict is Verdict.UNDETERMINED else None)


def _of_one_inside(judged: JudgedInside, path: str) -> str | None:
    """The first error of a unit inside that a clause which is open waits for."""
    if not any(one.reason is not None for units in judged.inside.values() for one in units.units):
        return None
    result = judged.result
    assert result is not None, "what has verdicts has a result"
    for asked in result[path].open.roll_ups:
        for one in judged.inside[asked].units if asked in judged.inside else ():
            if one.reason is not None:
                return phrase("{unit}: {reason}", unit=one.name or one.id, reason=one.reason)
    return None
