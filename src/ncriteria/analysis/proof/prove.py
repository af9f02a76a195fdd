"""What an edit of a set does to every possible record: each clause and the whole set, proved where the solver can.

A record here is any choice of known and unknown facts, each known one with a value that both sets allow; a fact known
only within bounds ("at least 3 so far") is not among them. Records that one of the two clauses cannot judge, such as
those that make it divide by zero, are left out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from attrs import evolve, field

from ncriteria.analysis.deadline import Deadline, deadline_in
from ncriteria.analysis.proof.common_facts import declared_facts, joint, narrowed, unlike, used_names
from ncriteria.analysis.proof.judging import Pair, TwoSets
from ncriteria.analysis.proof.prove_remarks import Remarks
from ncriteria.analysis.proof.relation import IDENTICAL, WHOLE, ClauseRelation, Relation, Way
from ncriteria.analysis.proof.relation_years import Setting, settings
from ncriteria.analysis.proof.scales import ScaleProof
from ncriteria.analysis.proof.search import search
from ncriteria.errors import NCriteriaError, Problem, is_installed
from ncriteria.evaluation.criteria import Criteria, definition_of
from ncriteria.language.hints.near_misses import path_meant
from ncriteria.quick_classes import frozen
from ncriteria.sets.grades.scales import graded, path_of_grade, paths_of_grades
from ncriteria.sets.model import CriteriaSet, FactDeclaration, Years
from ncriteria.sets.names import LEVELS
from ncriteria.words import phrase

TIMEOUT = 60.0
"""Seconds that a whole call is given: to prove, and to search for what is not proved."""
_PROVING = 0.8
"""The share of the time of a clause that the solver is given; the rest is kept for a search."""
_PROVING_SCALES = 0.2
"""The share of what is left of the time in which the scales of each set are looked at."""
_RELATING = 0.7
"""The share of the time in which clauses are related; the rest is kept for remarks."""


class ProofError(NCriteriaError):
    """Two sets that cannot be set against each other, or a proof without the solver."""


@frozen
class YearProof:
    """What holds in each of `years`.

    `whole` relates the sets, `clauses` the clauses and groups that stand at one path in both, in the order of the new
    set. `added` and `removed` are paths of one set only. `old_remarks` and `new_remarks` are on clauses that are
    never met, always met, or made redundant. `grades` relates the levels of the grades that both have: getting one or
    a better one; `old_scales` and `new_scales` say whether each record has one grade. `judged_as_if` names the sets
    that do not hold in these years themselves and are judged as if they did.
    """

    years: Years
    whole: ClauseRelation
    clauses: tuple[ClauseRelation, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    old_remarks: Remarks
    new_remarks: Remarks
    judged_as_if: tuple[str, ...] = ()
    grades: tuple[ClauseRelation, ...] = ()
    old_scales: tuple[ScaleProof, ...] = ()
    new_scales: tuple[ScaleProof, ...] = ()


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
    seconds and for the whole call, which the questions share: what the solver has not decided in four fifths of the
    time of a clause is searched for in the rest, and said to be unproved; what is not reached is said not to be decided
    in time. `paths` are the only clauses to relate, if given.

    Raises `ProofError` where z3 is not installed, where the sets are for units of different levels, and for a path
    that the sets do not share; `EvaluationError` for a year that the new set does not hold for.
    """
    if not solver_installed():
        message = phrase("a proof needs z3, which is not installed")
        raise ProofError(Problem("NC401", message, hint=phrase("install it with: pip install 'ncriteria[prove]'")))
    before, after = definition_of(old), definition_of(new)
    _refuse_levels(before, after)
    deadline = deadline_in(timeout)
    asked = settings(before, after, year)
    found = tuple(
        _year_proof(setting, deadline.part(1 / (len(asked) - number)), paths) for number, setting in enumerate(asked)
    )
    return Proof(before, after, found)


def solver_installed() -> bool:
    """Whether z3 is there."""
    return is_installed("z3")


def _refuse_levels(old: CriteriaSet, new: CriteriaSet) -> None:
    if old.level is not new.level:
        message = phrase(
            "{old} judges a {level}, {new} a {other}: no record is one of both",
            old=old.id,
            level=LEVELS[old.level].as_phrase(),
            new=new.id,
            other=LEVELS[new.level].as_phrase(),
        )
        raise ProofError(Problem("NC402", message))


def _year_proof(setting: Setting, deadline: Deadline, paths: Collection[str] | None) -> YearProof:
    old_paths = [member.path for member in setting.old.members()]
    new_paths = [member.path for member in setting.new.members()]
    from ncriteria.analysis.proof.solving.remarks import remarks
    from ncriteria.analysis.proof.solving.scales import prove_scales

    shared = [path for path in new_paths if path in old_paths]
    wanted = shared if paths is None else _asked(paths, shared)
    both = TwoSets.of(setting)
    levels = _levels_of_both(setting) if paths is None else []
    related = [(path, path) for path in (WHOLE, *wanted, *levels)]
    relations = relate_all(both, related, deadline.part(_RELATING))
    scales = tuple(prove_scales(side, deadline.part(_PROVING_SCALES)) for side in (both.old, both.new))
    return YearProof(
        years=setting.years,
        whole=relations[0],
        clauses=relations[1 : len(wanted) + 1],
        added=tuple(path for path in new_paths if path not in old_paths),
        removed=tuple(path for path in old_paths if path not in new_paths),
        old_remarks=remarks(both.old, deadline.part(0.5)),
        new_remarks=remarks(both.new, deadline),
        judged_as_if=setting.judged_as_if,
        grades=relations[len(wanted) + 1 :],
        old_scales=scales[0],
        new_scales=scales[1],
    )


def _levels_of_both(setting: Setting) -> list[str]:
    """The grades that stand on one scale in both sets, but the last of each, which is reached by whoever is judged."""
    old, new = (
        {path_of_grade(path, grade.id) for path, scale in graded(one).items() for grade in scale[:-1]}
        for one in (setting.old, setting.new)
    )
    return [path for path in paths_of_grades(setting.new) if path in old & new]


def _asked(paths: Collection[str], shared: list[str]) -> list[str]:
    for path in paths:
        if path not in shared:
            hint = path_meant(path, shared)
            raise ProofError(Problem("NC403", phrase('the sets do not share a clause "{path}"', path=path), hint=hint))
    return [path for path in shared if path in paths]


def relate_all(both: TwoSets, paths: Sequence[tuple[str, str]], deadline: Deadline) -> tuple[ClauseRelation, ...]:
    """How the clauses at each two `paths`, in the old and in the new set, stand to each other.

    The time is shared by those that do not say the same in so many words.
    """
    waiting = sum(not both.mean_the_same(old, new) for old, new in paths)
    found = []
    for old, new in paths:
        found.append(relate(both, old, new, deadline.turn(waiting)))
        waiting -= not both.mean_the_same(old, new)
    return tuple(found)


def relate(both: TwoSets, old_path: str, new_path: str, deadline: Deadline) -> ClauseRelation:
    """How the clause at `new_path` stands to that at `old_path`: proved where z3 is installed and decides it in time.

    What is not proved is searched for, in the part of the time that is kept for that.
    """
    if both.mean_the_same(old_path, new_path):
        return ClauseRelation(old_path, new_path, ruled_out=IDENTICAL, when_complete=Relation.EQUIVALENT)
    if deadline.passed:
        return ClauseRelation(old_path, new_path, in_time=False)
    asked = both.pair(old_path, new_path)
    old, new = asked.old.lowered, asked.new.lowered
    declared = declared_facts(old, new)
    different = unlike(declared, used_names(old, new))
    if different is not None:
        return ClauseRelation(old_path, new_path, unlike_fact=different.name)
    found = ClauseRelation(old_path, new_path)
    if solver_installed():
        from ncriteria.analysis.proof.solving.pairs import prove_pair

        found = prove_pair(asked, declared, deadline.part(_PROVING))
    if not found.proved:
        found = _searched(asked, found, declared, deadline)
    in_time = found.proved or not deadline.passed
    return evolve(found, narrowed=narrowed(declared, used_names(old, new)), in_time=in_time)


def _searched(
    both: Pair, found: ClauseRelation, declared: Mapping[str, Sequence[FactDeclaration]], deadline: Deadline
) -> ClauseRelation:
    """`found` with records that a search comes to, for the ways of differing that are not settled."""
    shown = {witness.way for witness in found.witnesses}
    wanted = [way for way in Way if way not in shown | found.ruled_out and (way is not Way.OTHERWISE or not shown)]
    searched = search(both, {name: joint(given) for name, given in declared.items()}, wanted, deadline)
    return evolve(found, witnesses=(*found.witnesses, *searched.witnesses), searched=searched.tried)
