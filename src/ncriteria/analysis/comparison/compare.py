"""How two criteria sets differ in what they say and in what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, field

from ncriteria.analysis.comparison.differences import (
    Aspect,
    ChangeKind,
    Difference,
    Subject,
    differing,
    fact_differences,
    header_difference,
    member_aspects,
    parameter_differences,
    stated,
)
from ncriteria.analysis.comparison.graded import grade_differences
from ncriteria.analysis.comparison.pairing import Pairing, paired, with_new_paths
from ncriteria.analysis.deadline import Deadline, deadline_in
from ncriteria.analysis.proof.common_facts import measured
from ncriteria.analysis.proof.judging import TwoSets
from ncriteria.analysis.proof.meaning import with_parameters
from ncriteria.analysis.proof.prove import TIMEOUT, relate_all
from ncriteria.analysis.proof.relation import WHOLE, ClauseRelation, Relation
from ncriteria.analysis.proof.relation_years import settings
from ncriteria.evaluation.criteria import Criteria, definition_of
from ncriteria.language.printer import show
from ncriteria.language.queries import walk
from ncriteria.language.tree import FactRef, Met, Parameter
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import Clause, CriteriaSet, Group, Years

_RELATED = frozenset({"rule", "when_zero_base", "applies_when", "group", "n", "not_applicable", "members"})
_PAIRING = 0.3
"""The share of the time in which it is found out what was renamed."""
IN_FORCE = "in_force"
"""The key under which a rule is shown with its parameters put in, where only these made a difference."""


@frozen
class YearRelation:
    """How a clause, or the whole set, stands to the old one in each of `years`."""

    years: Years
    relation: ClauseRelation


@frozen
class ComparedClause:
    """A clause or group that differs, and, where its meaning does, how the new one stands to the old.

    `because_of` are the parameters, facts and clauses whose changes alone change what it means.
    """

    difference: Difference
    relations: tuple[YearRelation, ...] = ()
    because_of: tuple[str, ...] = ()


@frozen
class Comparison:
    """Everything that differs between two sets: of the header, parameters and facts, then the clauses.

    `whole` is how the new set stands to the old one as a whole; it is empty where no clause differs in meaning, and
    where the sets judge units of different levels, which no record is both of. `undecided_renames` are the removed
    paths of which it was not decided in time whether an added one is the same clause. `grades` are the grades that
    differ; the relation of one is that of its level: of getting it or a better one.
    """

    old: CriteriaSet = field(repr=False)
    new: CriteriaSet = field(repr=False)
    differences: tuple[Difference, ...]
    clauses: tuple[ComparedClause, ...]
    whole: tuple[YearRelation, ...] = field(default=())
    grades: tuple[ComparedClause, ...] = ()
    judged_as_if: tuple[str, ...] = ()
    undecided_renames: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether the sets say the same."""
        return not (self.differences or self.clauses or self.grades)


def compare(
    old: Criteria | CriteriaSet, new: Criteria | CriteriaSet, *, year: int | None = None, timeout: float = TIMEOUT
) -> Comparison:
    """How `new` differs from `old`: what was added, removed, renamed and changed, and which rules became stricter.

    The order of clauses, facts, options and citations in the files makes no difference, nor does their layout, nor
    whether a set is written out or extends another. A clause counts as renamed where one of the same meaning stands
    under another path. Relations are those of `prove` for the years that both sets hold for, or else those of the new
    one, or one `year`; they are proved where z3 is installed, and otherwise searched for. `timeout` is in seconds and
    for the whole call, which the relations share; those that are not reached are said not to be decided in time.

    Raises `EvaluationError` for a year that the new set does not hold for.
    """
    deadline = deadline_in(timeout)
    before, after = definition_of(old), definition_of(new)
    asked = tuple(map(TwoSets.of, settings(before, after, year))) if before.level is after.level else ()
    pairing = paired(before, after, asked[0] if asked else None, deadline.part(_PAIRING))
    run = _SetsCompared(before, after, asked, pairing)
    found, grades = tuple(_clauses(run)), tuple(_grades(run))
    paths = [paths for _, paths in found if paths is not None]
    if paths or pairing.added or pairing.removed:
        paths.append((WHOLE, WHOLE))
    paths += [paths for _, paths in grades if paths is not None]
    relations = _relations(run, paths, deadline)
    return Comparison(
        before,
        after,
        (*header_difference(before, after), *parameter_differences(before, after), *fact_differences(before, after)),
        _related(found, relations),
        relations.get((WHOLE, WHOLE), ()),
        tuple(filter(_tells_something, _related(grades, relations))),
        asked[0].setting.judged_as_if if asked else (),
        pairing.undecided,
    )


def _related(
    found: Sequence[tuple[ComparedClause, _Paths | None]], relations: Mapping[_Paths, tuple[YearRelation, ...]]
) -> tuple[ComparedClause, ...]:
    return tuple(evolve(one, relations=() if paths is None else relations[paths]) for one, paths in found)


def _tells_something(grade: ComparedClause) -> bool:
    """Whether the words of a grade differ, or its level does: what it is made of may be said otherwise."""
    relations = [one.relation for one in grade.relations]
    alike = all(one.proved and one.relation is Relation.EQUIVALENT for one in relations)
    return bool(grade.difference.aspects) or not alike


@frozen
class _SetsCompared:
    """One comparison: the sets, in each run of years, and which clause of the one is which of the other."""

    old: CriteriaSet
    new: CriteriaSet
    by_year: tuple[TwoSets, ...]
    pairing: Pairing


_Paths = tuple[str, str]
"""A clause in the old set and in the new one."""


def _clauses(run: _SetsCompared) -> Iterator[tuple[ComparedClause, _Paths | None]]:
    """The clauses that differ, each with its paths where it is to be related to the old one."""
    old = {member.path: member for member in run.old.members()}
    before = {path: old_path for old_path, path in run.pairing.pairs.items()}
    for member in run.new.members():
        if member.path in before:
            yield from _pair(run, old[before[member.path]], member)
        else:
            aspects = stated(member_aspects(member), gone=False)
            yield ComparedClause(Difference(Subject.CLAUSE, ChangeKind.ADDED, member.path, aspects=aspects)), None
    for path in run.pairing.removed:
        aspects = stated(member_aspects(old[path]), gone=True)
        yield ComparedClause(Difference(Subject.CLAUSE, ChangeKind.REMOVED, path, aspects=aspects)), None


def _grades(run: _SetsCompared) -> Iterator[tuple[ComparedClause, _Paths | None]]:
    """The grades that differ, each with its paths where its level is to be related to the old one."""
    for difference, paths in grade_differences(
        run.old, run.new, run.pairing, lambda old, new: _means_differently(run, old, new)
    ):
        own = any(aspect.key in ("when", "otherwise") for aspect in difference.aspects)
        causes = tuple(_causes(run, *paths)) if paths is not None and not own else ()
        yield ComparedClause(difference, because_of=causes), paths


def _pair(
    run: _SetsCompared, old: Clause | Group, new: Clause | Group
) -> Iterator[tuple[ComparedClause, _Paths | None]]:
    renamed = run.pairing.is_renamed(old.path, new.path)
    aspects = differing(member_aspects(with_new_paths(run.pairing, old)), member_aspects(new))
    own = any(aspect.key in _RELATED for aspect in aspects)
    # A group means something else whenever a clause in it does; only its own change is worth a relation.
    elsewhere = not own and isinstance(new, Clause) and _means_differently(run, old.path, new.path)
    if not (aspects or renamed or elsewhere):
        return
    causes = tuple(_causes(run, old.path, new.path)) if elsewhere else ()
    in_force = _in_force(run, old.path, new.path) if any(cause.startswith("param.") for cause in causes) else ()
    difference = Difference(
        Subject.CLAUSE,
        ChangeKind.RENAMED if renamed else ChangeKind.CHANGED,
        new.path,
        old.path if renamed else None,
        (*aspects, *in_force),
    )
    yield ComparedClause(difference, because_of=causes), (old.path, new.path) if own or elsewhere else None


def _means_differently(run: _SetsCompared, old_path: str, new_path: str) -> bool:
    return any(not both.mean_the_same(old_path, new_path) for both in run.by_year)


def _relations(
    run: _SetsCompared, paths: Sequence[_Paths], deadline: Deadline
) -> Mapping[_Paths, tuple[YearRelation, ...]]:
    """The relations of the clauses at each two paths, in each run of years, as far as the time goes."""
    found: dict[_Paths, tuple[YearRelation, ...]] = dict.fromkeys(paths, ())
    for number, both in enumerate(run.by_year):
        relations = relate_all(both, paths, deadline.part(1 / (len(run.by_year) - number)))
        for at, relation in zip(paths, relations, strict=True):
            found[at] += (YearRelation(both.setting.years, relation),)
    return found


def _in_force(run: _SetsCompared, old_path: str, new_path: str) -> Iterator[Aspect]:
    """The rules with their parameters put in, where that shows the difference; of the first year that has one."""
    for both in run.by_year:
        old, new = (side.lowered for side in (both.old.side(old_path), both.new.side(new_path)))
        texts = [
            None if rule is None else show(with_parameters(rule, lowered.parameters))
            for lowered, rule in ((old, old.clauses[old_path].rule), (new, new.clauses[new_path].rule))
        ]
        if texts[0] != texts[1]:
            yield Aspect(IN_FORCE, texts[0], texts[1])
            return


def _causes(run: _SetsCompared, old_path: str, new_path: str) -> Iterator[str]:
    """What changed a meaning whose own words are the same: parameters, facts, and clauses that are referred to."""
    found: dict[str, None] = {}
    for both in run.by_year:
        old, new = (side.lowered for side in (both.old.side(old_path), both.new.side(new_path)))
        for node in (node for expr in new.clauses[new_path].forms for node in walk(expr)):
            match node:
                case Parameter(name=name) if old.parameters.get(name) != new.parameters[name]:
                    found[f"param.{name}"] = None
                case FactRef(name=name) if _declared_otherwise(run, name):
                    found[name] = None
                case Met(path=path) if _refers_otherwise(run, both, path):
                    found[f'met("{path}")'] = None
                case _:
                    pass
    yield from found


def _declared_otherwise(run: _SetsCompared, name: str) -> bool:
    return name not in run.old.facts or measured(run.old.facts[name]) != measured(run.new.facts[name])


def _refers_otherwise(run: _SetsCompared, both: TwoSets, path: str) -> bool:
    """Whether what stands at `path` means something else than before."""
    before = next((before for before, after in run.pairing.pairs.items() if after == path), None)
    return before is None or not both.mean_the_same(before, path)
