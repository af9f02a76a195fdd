"""How the sets of a catalog are told, and what the check of criteria files finds."""

from __future__ import annotations

from ncriteria.errors import Problem
from ncriteria.quick_classes import frozen
from ncriteria.report.structure import TellingContext, record
from ncriteria.sets.files.digest import digest_of
from ncriteria.sets.model import CriteriaSet, Level, Years
from ncriteria.sets.sources import Bilingual, EndedSet, Instrument
from ncriteria.sets.years.days_in_force import DaysInForce
from ncriteria.sets.years.windows import Window


@frozen
class SetOfResult:
    """The set that a result is under."""

    title: Bilingual
    level: Level
    territory: str | None
    years: Years
    instrument: Instrument
    standard_title: Bilingual | None = None
    stands_in_after: EndedSet | None = None


@frozen
class SetInCatalog:
    """One set of a catalog."""

    criteria: CriteriaSet


@frozen
class SetsInCatalog:
    """What `catalog` finds."""

    sets: tuple[SetInCatalog, ...]


@frozen
class CheckFindings:
    """What `check` finds."""

    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    notices: tuple[Problem, ...]
    advice: tuple[Problem, ...]
    mended: int


@frozen
class RuleTold:
    """One rule of the check, as `rule` tells it."""

    code: str
    severity: str
    title: str
    why: str
    do: str
    fix: str | None
    bad: str
    good: str


@frozen
class RulesTold:
    """What `rule` finds."""

    rules: tuple[RuleTold, ...]


def _clauses(one: SetInCatalog, _: TellingContext) -> tuple[str, ...]:
    return tuple(member.path for member in one.criteria.members())


def _digest(one: SetInCatalog, _: TellingContext) -> str:
    return digest_of(one.criteria)


def _tests(one: SetInCatalog, _: TellingContext) -> int:
    return len(one.criteria.tests)


record(
    SetInCatalog,
    {
        "id": "criteria.id",
        "standard": "criteria.standard",
        "title": "criteria.title",
        "years": "criteria.years",
        "level": "criteria.level",
        "territory": "criteria.territory",
        "window": "criteria.window",
        "in_force": "criteria.held",
        "instrument": "criteria.instrument.number",
        "supersedes": "criteria.supersedes",
        "only_when_named": "criteria.only_when_named",
        "after_end": "criteria.after_end",
        "clauses": _clauses,
        "tests": _tests,
        "digest": _digest,
        "source": "criteria.source",
    },
    without=("criteria",),
    omitted=("in_force",),
)
record(DaysInForce, {"from": "first", "to": "last", "judges": "judges", "cite": "cite"}, without=("place",))
record(Window, {"from": "first", "to": "last"}, without=("month", "day", "name"))
record(SetsInCatalog)
record(CheckFindings)
record(SetOfResult, omitted=("standard_title", "stands_in_after"))
record(EndedSet)
record(RuleTold)
record(RulesTold)
