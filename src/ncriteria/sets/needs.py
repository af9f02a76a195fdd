"""What a criteria set needs to be told: each fact, the periods that its rules ask of it, and the clauses that do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import field

from ncriteria.language.queries import facts_of, walk, year_of
from ncriteria.language.tree import THIS_YEAR, Ago, FactKey, InYear, Period, Within
from ncriteria.quick_classes import frozen
from ncriteria.sets.grades.scales import graded_path, judged_members
from ncriteria.sets.inside import set_of_inside
from ncriteria.sets.model import CriteriaSet, FactDeclaration, Level
from ncriteria.sets.structure import declared_facts, expressions


@frozen
class FactNeed:
    """A declared fact, and the paths of the clauses and groups that ask for it, by period; the latest period first.

    A fact that no rule asks for has no periods. `inside` has those that ask it of units inside, by their level.
    """

    declaration: FactDeclaration
    asked: Mapping[Period, tuple[str, ...]]
    inside: Mapping[Level, tuple[str, ...]] = field(factory=dict)

    @property
    def clauses(self) -> tuple[str, ...]:
        """The paths of all clauses and groups that ask for the fact."""
        return tuple(dict.fromkeys(path for paths in (*self.asked.values(), *self.inside.values()) for path in paths))

    def years(self, year: int) -> tuple[int, ...]:
        """The years of which the fact is to be known when `year` is judged; a fact that nobody asks for, of `year`."""
        return tuple(dict.fromkeys(year_of(period, year) for period in self.asked or (THIS_YEAR,)))


def needs_of(criteria: CriteriaSet) -> tuple[FactNeed, ...]:
    """What `criteria` needs, in the order in which its facts are declared."""
    asked: dict[FactKey, dict[str, None]] = {}
    for member in judged_members(criteria):
        for key in (key for _, expr in expressions(member) for key in facts_of(expr)):
            asked.setdefault(key, {})[graded_path(member.path)] = None
    inside = _inside(criteria)
    return tuple(
        FactNeed(declared, _of(name, asked), inside.get(name, {}))
        for name, declared in declared_facts(criteria).items()
    )


def _inside(criteria: CriteriaSet) -> dict[str, dict[Level, tuple[str, ...]]]:
    """What the rules ask of units inside, by fact and level: the paths of the clauses and groups that ask."""
    found: dict[str, dict[Level, tuple[str, ...]]] = {}
    for member in criteria.members():
        nodes = (node for _, expr in expressions(member) for node in walk(expr) if isinstance(node, Within))
        for made in (one for node in nodes if (one := set_of_inside(criteria, node)) is not None):
            for need in needs_of(made):
                levels = found.setdefault(need.declaration.name, {})
                for level in (*([made.level] if need.asked else ()), *need.inside):
                    levels[level] = tuple(dict.fromkeys((*levels.get(level, ()), member.path)))
    return found


def _of(name: str, asked: Mapping[FactKey, Iterable[str]]) -> dict[Period, tuple[str, ...]]:
    found = {key.period: tuple(paths) for key, paths in asked.items() if key.name == name}
    return dict(sorted(found.items(), key=lambda one: _order(one[0])))


def _order(period: Period) -> tuple[int, int]:
    match period:
        case Ago(years):
            return 0, years
        case InYear(year):
            return 1, -year
