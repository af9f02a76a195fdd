"""The verdicts of other years and standards that the row of a table leans on, across changes of its unit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from attrs import evolve

from ncriteria.errors import Problem
from ncriteria.evaluation.leaning.asked import (
    VerdictAsked,
    VerdictLeanedOn,
    no_verdict,
    not_the_year,
    verdicts_asked,
)
from ncriteria.evaluation.result import Result, Verdicts
from ncriteria.facts.lineage.changes import WHOLE
from ncriteria.facts.lineage.yearly import Start, YearlyLineage
from ncriteria.facts.table import FactRow
from ncriteria.language.tree import FactKey
from ncriteria.sets.model import CriteriaSet
from ncriteria.words import phrase


class JudgedRow(Protocol):
    """What is looked at of a judgement."""

    @property
    def verdicts(self) -> Verdicts | None:
        """The verdicts, if there are any."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Why there are none."""

    @property
    def result(self) -> Result | None:
        """The outcome with its grounds."""


Elsewhere = Callable[[str, VerdictAsked, int], "JudgedRow | str"]
"""The judgement of a unit on what is asked in a year, or why there is none."""


def leaned_on(
    criteria: CriteriaSet, row: FactRow, lineage: YearlyLineage, judged: Elsewhere
) -> dict[FactKey, VerdictLeanedOn]:
    """The verdicts that `criteria` lean on for a row, by where they stand among the facts."""
    return {
        asked.key: _leaned_on(criteria, row, lineage, judged, asked) for asked in verdicts_asked(criteria, row.year)
    }


def _leaned_on(
    criteria: CriteriaSet, row: FactRow, lineage: YearlyLineage, judged: Elsewhere, asked: VerdictAsked
) -> VerdictLeanedOn:
    year = asked.year
    if year is None:
        return not_the_year(asked, row.year)
    before = row.unit.id
    level = row.unit.level or criteria.level
    start = lineage.standing(before, row.year, level)
    if isinstance(start, Start) and year < start.year:
        if start.reform is not None:
            day = start.reform.day
            reason = phrase("units were made anew on {day}, and nothing says what this unit was before", day=day)
            return no_verdict(asked, reason)
        leaves = lineage.leaves(before, start, year, level)
        if leaves is None or list(leaves.values()) != [WHOLE]:
            reason = phrase("{unit} was made anew in {year}, and had no verdict before", unit=before, year=start.year)
            return no_verdict(asked, reason)
        ((before, _),) = leaves
    found = judged(before, asked, year)
    return evolve(_told(found, asked, year), unit=None if before == row.unit.id else before)


def _told(found: JudgedRow | str, asked: VerdictAsked, year: int) -> VerdictLeanedOn:
    if isinstance(found, str):
        return no_verdict(asked, found)
    if found.verdicts is None:
        return no_verdict(asked, found.problems[0].message)
    return VerdictLeanedOn(asked.path, year, found.verdicts[asked.path], judged=found)
