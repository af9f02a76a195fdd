"""How the verdicts of other years and standards that a result leans on are told."""

from __future__ import annotations

from ncriteria.evaluation.result import Result
from ncriteria.language.tree import FactKey
from ncriteria.quick_classes import frozen
from ncriteria.report.structure import TellingContext
from ncriteria.sets.model import Verdict
from ncriteria.sets.sources import Bilingual
from ncriteria.words import words


@frozen
class MissingTold:
    """A fact of a year that a verdict of another year or standard waits for."""

    fact: str
    title: Bilingual
    year: int


@frozen
class VerdictTold:
    """A verdict of another year or standard that rules lean on, `None` where there is none, for a `reason`.

    It is of the `unit` in that `year`, where that was another one, and under `criteria`, the set of that year.
    """

    fact: FactKey
    path: str
    year: int | None
    verdict: Verdict | None
    criteria: str | None
    instrument: str | None
    unit: str | None
    reason: str | None
    missing: tuple[MissingTold, ...]


def verdicts_told(result: Result, around: TellingContext) -> tuple[VerdictTold, ...]:
    """The verdicts of other years and standards."""
    return tuple(
        VerdictTold(
            key,
            one.path,
            one.year,
            one.verdict,
            None if one.ground is None else one.ground.criteria,
            None if one.ground is None else one.ground.instrument,
            one.unit,
            None if one.reason is None else words(around.language).again(one.reason),
            tuple(
                MissingTold(each.fact, each.title, each.year)
                for each in (() if one.ground is None else one.ground.missing)
            ),
        )
        for key, one in sorted(result.record.verdicts.items(), key=lambda one: str(one[0]))
    )
