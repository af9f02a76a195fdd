"""How two criteria sets differ in what they say and in what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import field, frozen

from ncriteria.analysis.comparison.differences import (
    Aspect,
    Aspects,
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
from ncriteria.analysis.comparison.pairing import Pairing, paired, with_new_paths
from ncriteria.analysis.deadline import deadline_in
from ncriteria.analysis.proof.common_facts import measured
from ncriteria.analysis.proof.meaning import meaning, meanings, with_parameters
from ncriteria.analysis.proof.prove import TIMEOUT, relate
from ncriteria.analysis.proof.relation import WHOLE, ClauseRelation
from ncriteria.analysis.proof.relation_years import Setting, settings
from ncriteria.analysis.slicing import sliced
from ncriteria.evaluation.criteria import Criteria, definition_of
from ncriteria.evaluation.lowering import LoweredSet, lower
from ncriteria.language.printer import show
from ncriteria.language.queries import walk
from ncriteria.language.tree import FactRef, Met, Parameter
from ncriteria.sets.model import Clause, CriteriaSet, Group, Years

_RELATED = frozenset({"rule", "when_zero_base", "applies_when", "group", "n", "not_applicable", "members"})
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
    where the sets judge units of different levels, which no record is both of.
    """

    old: CriteriaSet = field(repr=False)
    new: CriteriaSet = field(repr=False)
    differences: tuple[Difference, ...]
    clauses: tuple[ComparedClause, ...]
    whole: tuple[YearRelation, ...] = field(default=())
    judged_as_if: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether the sets say the same."""
        return not self.differences and not self.clauses


def compare(
    old: Criteria | CriteriaSet, new: Criteria | CriteriaSet, *, year: int | None = None, timeout: float = TIMEOUT
) -> Comparison:
    """How `new` differs from `old`: what was added, removed, renamed and changed, and which rules became stricter.

    The order of clauses, facts, options and citations in the files makes no difference, nor does their layout, nor
    whether a set is written out or extends another. A clause counts as renamed where one of the same meaning stands
    under another path. Relations are those of `prove` for the years that both sets hold for, or else those of the new
    one, or one `year`; they are proved where z3 is installed, and otherwise searched for. `timeout` is in seconds and
    for each clause.

    Raises `EvaluationError` for a year that the new set does not hold for.
    """
    before, after = definition_of(old), definition_of(new)
    asked = settings(before, after, year) if before.level is after.level else ()
    pairing = paired(before, after, asked[0] if asked else None, timeout)
    clauses = tuple(_clauses(_Run(before, after, asked, pairing, timeout)))
    related = any(compared.relations for compared in clauses) or bool(pairing.added or pairing.removed)
    return Comparison(
        before,
        after,
        (*header_difference(before, after), *parameter_differences(before, after), *fact_differences(before, after)),
        clauses,
        tuple(YearRelation(setting.years, relate(setting, WHOLE, WHOLE, deadline_in(timeout))) for setting in asked)
        if related
        else (),
        asked[0].judged_as_if if asked else (),
    )


@frozen
class _Run:
    """One comparison: the sets, the years, and which clause of the one is which of the other."""

    old: CriteriaSet
    new: CriteriaSet
    settings: tuple[Setting, ...]
    pairing: Pairing
    timeout: float


def _clauses(run: _Run) -> Iterator[ComparedClause]:
    old = {member.path: member for member in run.old.members()}
    before = {path: old_path for old_path, path in run.pairing.pairs.items()}
    for member in run.new.members():
        if member.path in before:
            yield from _pair(run, old[before[member.path]], member)
        else:
            aspects = stated(member_aspects(member), gone=False)
            yield ComparedClause(Difference(Subject.CLAUSE, ChangeKind.ADDED, member.path, aspects=aspects))
    for path in run.pairing.removed:
        aspects = stated(member_aspects(old[path]), gone=True)
        yield ComparedClause(Difference(Subject.CLAUSE, ChangeKind.REMOVED, path, aspects=aspects))


def _pair(run: _Run, old: Clause | Group, new: Clause | Group) -> Iterator[ComparedClause]:
    renamed = run.pairing.is_renamed(old.path, new.path)
    aspects = differing(_aspects(run, old), member_aspects(new))
    own = any(aspect.key in _RELATED for aspect in aspects)
    # A group means something else whenever a clause in it does; only its own change is worth a relation.
    elsewhere = not own and isinstance(new, Clause) and _means_differently(run, old.path, new.path)
    if not (aspects or renamed or elsewhere):
        return
    causes = tuple(_causes(run, old.path, new.path)) if elsewhere else ()
    in_force = _in_force(run, old.path, new.path) if any(cause.startswith("param.") for cause in causes) else ()
    yield ComparedClause(
        Difference(
            Subject.CLAUSE,
            ChangeKind.RENAMED if renamed else ChangeKind.CHANGED,
            new.path,
            old.path if renamed else None,
            (*aspects, *in_force),
        ),
        _relations(run, old.path, new.path) if own or elsewhere else (),
        causes,
    )


def _aspects(run: _Run, old: Clause | Group) -> Aspects:
    return member_aspects(with_new_paths(run.pairing, old))


def _lowered(setting: Setting, old_path: str, new_path: str) -> tuple[LoweredSet, LoweredSet]:
    old, new = sliced(setting.old, [old_path]), sliced(setting.new, [new_path])
    return lower(old, setting.year), lower(new, setting.year)


def _means_differently(run: _Run, old_path: str, new_path: str) -> bool:
    for setting in run.settings:
        old, new = _lowered(setting, old_path, new_path)
        if meaning(old, old_path) != meaning(new, new_path):
            return True
    return False


def _relations(run: _Run, old_path: str, new_path: str) -> tuple[YearRelation, ...]:
    return tuple(
        YearRelation(setting.years, relate(setting, old_path, new_path, deadline_in(run.timeout)))
        for setting in run.settings
    )


def _in_force(run: _Run, old_path: str, new_path: str) -> Iterator[Aspect]:
    """The rules with their parameters put in, where that shows the difference; of the first year that has one."""
    for setting in run.settings:
        old, new = _lowered(setting, old_path, new_path)
        texts = [
            None if rule is None else show(with_parameters(lowered, rule))
            for lowered, rule in ((old, old.clauses[old_path].rule), (new, new.clauses[new_path].rule))
        ]
        if texts[0] != texts[1]:
            yield Aspect(IN_FORCE, texts[0], texts[1])
            return


def _causes(run: _Run, old_path: str, new_path: str) -> Iterator[str]:
    """What changed a meaning whose own words are the same: parameters, facts, and clauses that are referred to."""
    found: dict[str, None] = {}
    for setting in run.settings:
        old, new = _lowered(setting, old_path, new_path)
        before, after = meanings(old), meanings(new)
        rules = new.clauses[new_path]
        for node in (node for expr in (rules.rule, rules.applies_when) if expr is not None for node in walk(expr)):
            match node:
                case Parameter(name=name) if old.parameters.get(name) != new.parameters[name]:
                    found[f"param.{name}"] = None
                case FactRef(name=name) if _declared_otherwise(run, name):
                    found[name] = None
                case Met(path=path) if _refers_otherwise(run, before, after, path):
                    found[f'met("{path}")'] = None
                case _:
                    pass
    yield from found


def _declared_otherwise(run: _Run, name: str) -> bool:
    return name not in run.old.facts or measured(run.old.facts[name]) != measured(run.new.facts[name])


def _refers_otherwise(run: _Run, old: Mapping[str, str], new: Mapping[str, str], path: str) -> bool:
    """Whether what stands at `path` means something else than before; `old` and `new` are meanings by path."""
    before = next((before for before, after in run.pairing.pairs.items() if after == path), None)
    return before is None or old.get(before) != new[path]
