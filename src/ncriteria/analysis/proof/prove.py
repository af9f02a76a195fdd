"""What an edit of a set does to every possible record: each clause and the whole set, proved where the solver can.

A record here is any choice of known and unknown facts, each known one with a value that both sets allow; a fact known
only within bounds ("at least 3 so far") is not among them. Records that one of the two clauses cannot judge, such as
those that make it divide by zero, are left out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from importlib.util import find_spec

from attrs import evolve, field, frozen

from ncriteria.analysis.deadline import Deadline, deadline_in
from ncriteria.analysis.proof.common_facts import declared_facts, joint, narrowed, unlike, used_names
from ncriteria.analysis.proof.judging import Pair, pair
from ncriteria.analysis.proof.meaning import meaning
from ncriteria.analysis.proof.prove_remarks import Remarks
from ncriteria.analysis.proof.relation import IDENTICAL, WHOLE, ClauseRelation, Relation, Way
from ncriteria.analysis.proof.relation_years import Setting, settings
from ncriteria.analysis.proof.search import search
from ncriteria.errors import NCriteriaError, Problem
from ncriteria.evaluation.criteria import Criteria, definition_of
from ncriteria.language.hints.near_misses import path_meant
from ncriteria.sets.model import CriteriaSet, FactDeclaration, Years

TIMEOUT = 10.0
"""Seconds that one clause is given: to prove, and to search for what is not proved."""
_PROVING = 0.8
"""The share of the time that the solver is given; the rest is kept for a search."""


class ProofError(NCriteriaError):
    """Two sets that cannot be set against each other, or a proof without the solver."""


@frozen
class YearProof:
    """What holds in each of `years`.

    `whole` relates the sets, `clauses` the clauses and groups that stand at one path in both, in the order of the new
    set. `added` and `removed` are paths of one set only. `old_remarks` and `new_remarks` are on clauses that are
    never met, always met, or made redundant. `judged_as_if` names the sets that do not hold in these years themselves
    and are judged as if they did.
    """

    years: Years
    whole: ClauseRelation
    clauses: tuple[ClauseRelation, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    old_remarks: Remarks
    new_remarks: Remarks
    judged_as_if: tuple[str, ...] = ()


@frozen
class Proof:
    """How the set `new` stands to the set `old`, in each run of years in which parameters say the same."""

    old: CriteriaSet = field(repr=False)
    new: CriteriaSet = field(repr=False)
    years: tuple[YearProof, ...]


def prove(
    old: Criteria | CriteriaSet,
    new: Criteria | CriteriaSet,
    *,
    year: int | None = None,
    timeout: float = TIMEOUT,
    paths: Collection[str] | None = None,
) -> Proof:
    """How `new` stands to `old` over all possible records, clause by clause and as a whole.

    Compared are the assessment years that both hold for, or else those of the new set; or one `year`. `timeout` is in
    seconds and for each clause: what the solver has not decided in four fifths of it is searched for in the rest, and
    said to be unproved. `paths` are the only clauses to relate, if given.

    Raises `ProofError` where z3 is not installed, where the sets are for units of different levels, and for a path
    that the sets do not share; `EvaluationError` for a year that the new set does not hold for.
    """
    if not solver_installed():
        message = "a proof needs z3, which is not installed"
        raise ProofError(Problem("NC401", message, hint="install it with: pip install 'ncriteria[prove]'"))
    before, after = definition_of(old), definition_of(new)
    _refuse_levels(before, after)
    found = tuple(_year_proof(setting, timeout, paths) for setting in settings(before, after, year))
    return Proof(before, after, found)


def solver_installed() -> bool:
    """Whether z3 is there."""
    return find_spec("z3") is not None


def _refuse_levels(old: CriteriaSet, new: CriteriaSet) -> None:
    if old.level is not new.level:
        message = f"{old.id} judges a {old.level.value}, {new.id} a {new.level.value}: no record is one of both"
        raise ProofError(Problem("NC402", message))


def _year_proof(setting: Setting, timeout: float, paths: Collection[str] | None) -> YearProof:
    old_paths = [member.path for member in setting.old.members()]
    new_paths = [member.path for member in setting.new.members()]
    from ncriteria.analysis.proof.solving.remarks import remarks

    shared = [path for path in new_paths if path in old_paths]
    wanted = shared if paths is None else _asked(paths, shared)
    return YearProof(
        years=setting.years,
        whole=relate(setting, WHOLE, WHOLE, deadline_in(timeout)),
        clauses=tuple(relate(setting, path, path, deadline_in(timeout)) for path in wanted),
        added=tuple(path for path in new_paths if path not in old_paths),
        removed=tuple(path for path in old_paths if path not in new_paths),
        old_remarks=remarks(setting.old, setting.year, timeout),
        new_remarks=remarks(setting.new, setting.year, timeout),
        judged_as_if=setting.judged_as_if,
    )


def _asked(paths: Collection[str], shared: list[str]) -> list[str]:
    for path in paths:
        if path not in shared:
            hint = path_meant(path, shared)
            raise ProofError(Problem("NC403", f'the sets do not share a clause "{path}"', hint=hint))
    return [path for path in shared if path in paths]


def relate(setting: Setting, old_path: str, new_path: str, deadline: Deadline) -> ClauseRelation:
    """How the clause at `new_path` stands to that at `old_path`: proved where z3 is installed and decides it in time.

    What is not proved is searched for, in the part of the time that is kept for that.
    """
    both = pair(setting, old_path, new_path)
    old, new = both.old.lowered, both.new.lowered
    declared = declared_facts(old, new)
    different = unlike(declared, used_names(old, new))
    if different is not None:
        return ClauseRelation(old_path, new_path, unlike_fact=different.name)
    if meaning(old, both.old.path) == meaning(new, both.new.path):
        return ClauseRelation(old_path, new_path, ruled_out=IDENTICAL, when_complete=Relation.EQUIVALENT)
    found = ClauseRelation(old_path, new_path)
    if solver_installed():
        from ncriteria.analysis.proof.solving.pairs import prove_pair

        found = prove_pair(both, declared, deadline.part(_PROVING))
    if not found.proved:
        found = _searched(both, found, declared, deadline)
    return evolve(found, narrowed=narrowed(declared, used_names(old, new)))


def _searched(
    both: Pair, found: ClauseRelation, declared: Mapping[str, Sequence[FactDeclaration]], deadline: Deadline
) -> ClauseRelation:
    """`found` with records that a search comes to, for the ways of differing that are not settled."""
    shown = {witness.way for witness in found.witnesses}
    wanted = [way for way in Way if way not in shown | found.ruled_out and (way is not Way.OTHERWISE or not shown)]
    searched = search(both, {name: joint(given) for name, given in declared.items()}, wanted, deadline)
    return evolve(found, witnesses=(*found.witnesses, *searched.witnesses), searched=searched.tried)
