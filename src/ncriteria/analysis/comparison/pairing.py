"""Which clause of one set is which of another: at the same path, or renamed and of the same meaning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import Factory, evolve, field

from ncriteria.analysis.comparison.differences import identifier
from ncriteria.analysis.deadline import Deadline
from ncriteria.analysis.proof.judging import SetInYear, TwoSets
from ncriteria.analysis.proof.prove import relate, solver_installed
from ncriteria.analysis.proof.relation import Relation
from ncriteria.analysis.proof.relation_years import held_in
from ncriteria.language.queries import parts, with_parts
from ncriteria.language.tree import (
    Expr,
    FactKey,
    Met,
)
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import Clause, CriteriaSet, Group, Years
from ncriteria.sets.structure import facts_of_member

Member = Clause | Group


@frozen
class Pairing:
    """The paths of the old set with those of the new one that stand for the same clause, and the others of each.

    `undecided` are those among `removed` of which it was not decided in time whether they only have another path now.
    """

    pairs: Mapping[str, str]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    undecided: tuple[str, ...] = ()

    def is_renamed(self, old: str, new: str) -> bool:
        """Whether a pair was renamed itself, not only the group that it stands in."""
        followed = self.pairs.get(_group(old)) == _group(new) and identifier(old) == identifier(new)
        return old != new and not followed


def _group(path: str) -> str:
    return path.rpartition("/")[0]


@frozen
class _Candidates:
    """The clauses of two sets that stand at one path only, as they hold in one year, and those paired so far."""

    old: Mapping[str, Member]
    new: Mapping[str, Member]
    old_meanings: Mapping[str, str]
    new_meanings: Mapping[str, str]
    pairs: dict[str, str]
    taken: set[str] = field(init=False, default=Factory(lambda self: set(self.pairs.values()), takes_self=True))

    def left(self) -> Iterator[tuple[Member, Member]]:
        """The pairs that are still possible, each old clause with each new one of its kind."""
        for path, before in self.old.items():
            for other, after in self.new.items():
                if path not in self.pairs and other not in self.taken and type(before) is type(after):
                    yield before, after

    def pair(self, before: Member, after: Member) -> None:
        """Take the two for one clause."""
        self.pairs[before.path] = after.path
        self.taken.add(after.path)


def paired(old: CriteriaSet, new: CriteriaSet, both: TwoSets | None, deadline: Deadline) -> Pairing:
    """The pairing of two sets; `both` are the sets in the year in which meanings are compared, if there is any.

    A clause was renamed where one of the same meaning stands under a path that the old set does not have: the same
    rules in structure, or, of the same facts, rules that are proved equivalent. A group that keeps most of its members
    under their names is the same group.
    """
    undecided: tuple[str, ...] = ()
    before = {member.path: member for member in old.members()}
    after = {member.path: member for member in new.members()}
    pairs = {path: path for path in before if path in after}
    removed = {path: member for path, member in before.items() if path not in pairs}
    added = {path: member for path, member in after.items() if path not in pairs}
    if removed and added:
        year = new.years.first
        sets = (
            [SetInYear(held_in(one, Years(year, year)), year) for one in (old, new)]
            if both is None
            else [both.old, both.new]
        )
        candidates = _Candidates(removed, added, sets[0].meanings, sets[1].meanings, pairs)
        _pair_by_structure(candidates)
        _pair_groups(candidates)
        if both is not None and solver_installed():
            undecided = tuple(_pair_by_proof(candidates, both, deadline))
    return Pairing(
        pairs,
        tuple(path for path in added if path not in pairs.values()),
        tuple(path for path in removed if path not in pairs),
        undecided,
    )


def _pair_by_structure(candidates: _Candidates) -> None:
    """Pair what means the same; first under the same title, for a title tells two equal rules apart."""
    for titles_count in (True, False):
        for before, after in candidates.left():
            alike = before.title == after.title
            if (alike if titles_count else _has_meaning(before)) and _same_meaning(candidates, before, after):
                candidates.pair(before, after)


def _has_meaning(member: Member) -> bool:
    """Whether a member says enough to be known by it: a clause that is not encoded is known by its title only."""
    return isinstance(member, Group) or member.rule is not None


def _same_meaning(candidates: _Candidates, before: Member, after: Member) -> bool:
    return candidates.old_meanings[before.path] == candidates.new_meanings[after.path]


def _pair_groups(candidates: _Candidates) -> None:
    """Pair groups that keep most of their members, and the members that they keep."""
    for before, after in candidates.left():
        if isinstance(before, Group) and isinstance(after, Group):
            old_names = {identifier(member.path) for member in before.members}
            new_names = {identifier(member.path) for member in after.members}
            if 2 * len(old_names & new_names) > max(len(old_names), len(new_names)):
                candidates.pair(before, after)
    for before, after in candidates.left():
        inside = candidates.pairs.get(_group(before.path)) == _group(after.path)
        if inside and identifier(before.path) == identifier(after.path):
            candidates.pair(before, after)


def _pair_by_proof(candidates: _Candidates, both: TwoSets, deadline: Deadline) -> Iterator[str]:
    """Pair what is proved equivalent; gives the old paths of which that was not decided in time."""
    by_facts: dict[frozenset[FactKey], list[Member]] = {}
    for path, member in candidates.new.items():
        if isinstance(member, Clause) and path not in candidates.taken:
            by_facts.setdefault(facts_of_member(member), []).append(member)
    old = [member for path, member in candidates.old.items() if path not in candidates.pairs]
    asked = [
        (member, by_facts[facts])
        for member in old
        if isinstance(member, Clause) and member.rule is not None and (facts := facts_of_member(member)) in by_facts
    ]
    for number, (before, others) in enumerate(asked):
        turn = deadline.turn(len(asked) - number)
        late = False
        for after in (after for after in others if after.path not in candidates.taken):
            found = relate(both, before.path, after.path, turn)
            if found.proved and found.relation is Relation.EQUIVALENT:
                candidates.pair(before, after)
                break
            late = late or (found.relation is None and not found.in_time)
        if late and before.path not in candidates.pairs:
            yield before.path


def with_new_paths(pairing: Pairing, member: Member) -> Member:
    """A clause or group of the old set with the paths of the new set, where it refers to clauses or has members."""
    applies_when = None if member.applies_when is None else with_new_paths_in(pairing, member.applies_when)
    match member:
        case Clause(rule=rule, zero_base=zero_base):
            return evolve(
                member,
                rule=None if rule is None else with_new_paths_in(pairing, rule),
                zero_base=None if zero_base is None else with_new_paths_in(pairing, zero_base),
                applies_when=applies_when,
            )
        case Group(members=members):
            moved = tuple(evolve(inner, path=pairing.pairs.get(inner.path, inner.path)) for inner in members)
            return evolve(member, members=moved, applies_when=applies_when)


def with_new_paths_in(pairing: Pairing, expr: Expr) -> Expr:
    """An expression of the old set with the paths of the new set in its references."""
    if isinstance(expr, Met):
        return evolve(expr, path=pairing.pairs.get(expr.path, expr.path))
    return with_parts(expr, [with_new_paths_in(pairing, part) for part in parts(expr)])
