"""How the facts that a set needs are told."""

from __future__ import annotations

from ncriteria.language.tree import FactKey
from ncriteria.quick_classes import frozen
from ncriteria.report.structure import TellingContext, record
from ncriteria.sets.catalog import SetCatalog
from ncriteria.sets.declared.declared_facts import names_in_tables
from ncriteria.sets.declared.figures import Published
from ncriteria.sets.files.digest import digest_of
from ncriteria.sets.model import Clause, CriteriaSet
from ncriteria.sets.needs import FactNeed, needs_of
from ncriteria.sets.needs_behind import VerdictNeed, needs_behind
from ncriteria.sets.sources import AwaitedText, Bilingual
from ncriteria.sets.years.series import SeriesSince


@frozen
class FactsNeeded:
    """What `facts` finds: a set, what it needs, and what stands `behind` verdicts of other years and standards."""

    criteria: CriteriaSet
    facts: tuple[FactNeed, ...]
    behind: tuple[VerdictNeed, ...] = ()


@frozen
class AskedFact:
    """A fact with the period that rules ask it of, and the clauses that do."""

    fact: FactKey
    clauses: tuple[str, ...]


def facts_needed(criteria: CriteriaSet, sets: SetCatalog | None = None) -> FactsNeeded:
    """What a set needs, and what verdicts that it leans on do, which `sets` judge."""
    return FactsNeeded(criteria, needs_of(criteria), () if sets is None else needs_behind(criteria, sets))


@frozen
class AwaitedClause:
    """A clause that asks for no facts, for it awaits the document that will say which."""

    path: str
    title: Bilingual
    awaits: AwaitedText


def awaited_clauses(criteria: CriteriaSet) -> tuple[AwaitedClause, ...]:
    """The clauses of a set that await a document."""
    clauses = (member for member in criteria.members() if isinstance(member, Clause))
    return tuple(AwaitedClause(one.path, one.title, one.awaits) for one in clauses if one.awaits is not None)


def _awaited(found: FactsNeeded, _: TellingContext) -> tuple[AwaitedClause, ...]:
    return awaited_clauses(found.criteria)


def _digest(found: FactsNeeded, _: TellingContext) -> str:
    return digest_of(found.criteria)


def _asked(need: FactNeed, _: TellingContext) -> tuple[AskedFact, ...]:
    name = need.declaration.name
    return tuple(AskedFact(FactKey.of(name, period), clauses) for period, clauses in need.asked.items())


def _unit_of_one(need: FactNeed, _: TellingContext) -> Bilingual | None:
    unit = need.declaration.unit
    return None if unit is None else unit.behind_one


def understood_headings(need: FactNeed) -> tuple[str, ...]:
    """The headings by which tables may name the fact, besides its name."""
    return names_in_tables(need.declaration)[1:]


def _headings(need: FactNeed, _: TellingContext) -> tuple[str, ...]:
    return understood_headings(need)


record(AskedFact)
record(AwaitedClause)
record(SeriesSince, {"from": "since", "id": "id"})
record(Published)
record(
    FactNeed,
    {
        "name": "declaration.name",
        "title": "declaration.title",
        "headings": _headings,
        "type": "declaration.type",
        "unit": "declaration.unit",
        "unit_of_one": _unit_of_one,
        "min": "declaration.minimum",
        "max": "declaration.maximum",
        "decimals": "declaration.decimals",
        "options": "declaration.options",
        "option_titles": "declaration.option_titles",
        "asked": _asked,
        "clauses": "clauses",
        "attested": "declaration.attested",
        "supplier": "declaration.supplier",
        "window": "declaration.window",
        "series": "declaration.series",
        "published": "declaration.published",
        "note": "declaration.note",
        "inside": "inside",
    },
    without=("declaration",),
    omitted=("unit_of_one", "window", "published"),
    unless_empty=("option_titles", "series", "inside"),
)
record(
    VerdictNeed,
    {
        "verdict": "verdict",
        "criteria": "criteria.id",
        "instrument": "criteria.instrument.number",
        "years": "years",
        "facts": "facts",
    },
)
record(
    FactsNeeded,
    {
        "criteria": "criteria.id",
        "digest": _digest,
        "standard": "criteria.standard",
        "title": "criteria.title",
        "level": "criteria.level",
        "years": "criteria.years",
        "facts": "facts",
        "awaited": _awaited,
        "behind": "behind",
    },
    unless_empty=("awaited", "behind"),
)
