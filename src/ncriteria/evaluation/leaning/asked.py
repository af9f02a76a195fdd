"""Verdicts that one record leans on: of earlier years, and under other standards in the same year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Protocol

from attrs import field

from ncriteria.language.tree import THIS_YEAR, Ago, FactKey, InYear, path_of_verdict
from ncriteria.quick_classes import frozen
from ncriteria.sets.elsewhere import title_of_fact
from ncriteria.sets.model import CriteriaSet, Verdict
from ncriteria.sets.sources import Bilingual
from ncriteria.sets.structure import is_own, verdicts_leaned_on
from ncriteria.words import phrase

if TYPE_CHECKING:
    from ncriteria.evaluation.result import Result

_HOLDS: Mapping[Verdict | None, bool] = {Verdict.MET: True, Verdict.NOT_APPLICABLE: True, Verdict.NOT_MET: False}


class JudgedElsewhere(Protocol):
    """The judgement that a verdict is of, which works its result out when it is asked for."""

    @property
    def result(self) -> Result | None:
        """The outcome with its grounds."""


@frozen
class MissingElsewhere:
    """A fact of a year that a verdict of another year or standard waits for, with its title."""

    fact: str
    year: int
    title: Bilingual


@frozen
class VerdictGround:
    """The set that a verdict of another year or standard is under, its instrument, and the facts that it waits for.

    A verdict that this one leans on itself, and that waits too, has its facts in its place.
    """

    criteria: str
    instrument: str
    missing: tuple[MissingElsewhere, ...] = ()


@frozen
class VerdictLeanedOn:
    """A verdict of another year or standard, under the set of its year; `reason` says why there is none.

    It is of `unit`, where that is another one, as before a change of name.
    """

    path: str
    year: int | None
    verdict: Verdict | None = None
    reason: str | None = None
    unit: str | None = None
    _judged: JudgedElsewhere | VerdictGround | None = field(default=None, repr=False, eq=False)

    @property
    def truth(self) -> bool | None:
        """Met or not applicable, not met, or not known."""
        return _HOLDS.get(self.verdict)

    @property
    def ground(self) -> VerdictGround | None:
        """What it rests on, worked out when it is asked for; `None` where there is no verdict."""
        if self._judged is None or isinstance(self._judged, VerdictGround):
            return self._judged
        result = self._judged.result
        assert result is not None, "what has a verdict has a result"
        missing = result[self.path].missing
        found = dict.fromkeys(one for key in missing for one in _missing(result, key, self.year))
        return VerdictGround(result.criteria.id, result.criteria.instrument.number, tuple(found))


def _missing(result: Result, key: FactKey, year: int | None) -> tuple[MissingElsewhere, ...]:
    leaned_on = result.record.verdicts.get(key)
    if leaned_on is not None and leaned_on.ground is not None and leaned_on.ground.missing:
        return leaned_on.ground.missing
    of_year = key.period.year if isinstance(key.period, InYear) else (year or 0) - key.period.years
    return (MissingElsewhere(key.name, of_year, title_of_fact(result.criteria, key.name)),)


def truths_of(verdicts: Mapping[FactKey, VerdictLeanedOn]) -> dict[FactKey, bool]:
    """The values of those that are known, as facts."""
    return {key: truth for key, one in verdicts.items() if (truth := one.truth) is not None}


@frozen
class VerdictAsked:
    """A verdict that rules ask for: where it stands among the facts, its standard, its path, and its year if known."""

    key: FactKey
    standard: str
    path: str
    year: int | None


def verdicts_asked(criteria: CriteriaSet, year: int | None) -> Iterator[VerdictAsked]:
    """The verdicts of other years and standards that a set leans on in the assessment `year`."""
    asked: dict[FactKey, FactKey] = {}
    for key in verdicts_leaned_on(criteria):
        view = key if year is None else FactKey.of(key.name, _seen(key, year))
        if view.period != THIS_YEAR or not is_own(key):
            asked[view] = key
    for view in asked:
        standard, _, path = path_of_verdict(view.name).rpartition(":")
        back = view.period.years if isinstance(view.period, Ago) else None
        known = None if year is None or back is None else year - back
        yield VerdictAsked(view, standard or criteria.standard, path, known)


def years_leaned_on(sets: Iterable[CriteriaSet], years: Iterable[int]) -> set[int]:
    """The years whose verdicts are asked for where `sets` judge any of `years`, and those that these ask for."""
    leaning = [one for one in sets if verdicts_leaned_on(one)]
    pending = [(one.standard, year) for year in years for one in leaning]
    found: set[tuple[str, int]] = set()
    while pending:
        standard, year = pending.pop()
        judging = (one for one in leaning if one.standard == standard and year in one.years)
        verdicts = (one for each in judging for one in verdicts_asked(each, year))
        asked = {(one.standard, one.year) for one in verdicts if one.year is not None}
        pending.extend(asked - found)
        found |= asked
    return {year for _, year in found}


def _seen(key: FactKey, year: int) -> Ago | InYear:
    period = key.period
    return Ago(year - period.year) if isinstance(period, InYear) and period.year <= year else period


def no_verdict(asked: VerdictAsked, reason: str) -> VerdictLeanedOn:
    """That there is no verdict, and why."""
    return VerdictLeanedOn(asked.path, asked.year, reason=reason)


def not_the_year(asked: VerdictAsked, year: int | None) -> VerdictLeanedOn:
    """Why a verdict without a year that can be judged is not known."""
    if year is None:
        return no_verdict(asked, phrase("the assessment year is not given"))
    return no_verdict(asked, phrase("it is of a year after {year}", year=year))
