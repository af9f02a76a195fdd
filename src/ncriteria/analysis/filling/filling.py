"""A clause that is not encoded becomes a rule in an overlay: what it needs, how it is tried, that all else stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import evolve

from ncriteria.analysis.deadline import Deadline
from ncriteria.analysis.proof.judging import TwoSets
from ncriteria.analysis.proof.relation_years import settings
from ncriteria.analysis.rule_testing.coverage import coverage_of
from ncriteria.analysis.rule_testing.suggest import Suggestion, case_lines, suggest, suggestion
from ncriteria.analysis.slicing import dependents
from ncriteria.errors import NCriteriaError, Problem
from ncriteria.language import tree as t
from ncriteria.language.hints.near_misses import path_meant
from ncriteria.language.operators import DAY_PARTS
from ncriteria.language.parser import expression_in
from ncriteria.language.queries import fact_names, walk
from ncriteria.quick_classes import frozen
from ncriteria.sets.errors import CriteriaError
from ncriteria.sets.files.begun import TO_FILL_IN
from ncriteria.sets.files.filled import REST, FillPlace, RuleWanted, with_rule, with_tests
from ncriteria.sets.loader import LocatedSet, read_text
from ncriteria.sets.model import Clause, CriteriaSet, Encodes, FactType, Verdict
from ncriteria.sets.sources import Bilingual
from ncriteria.words import Words, phrase

_TITLE = f'{{vi: "{TO_FILL_IN}", en: "{TO_FILL_IN}"}}'


class FillingError(NCriteriaError):
    """A clause that cannot be filled in, or a change that would reach further than the clause."""


@frozen
class ClauseFilled:
    """A file in which a clause has become a rule, and what is known of it.

    `declared` are the facts that the rule names and nobody had declared, with the type that their place in the rule
    shows. `tests` are suggested cases, by identifier. `same` are the other clauses and groups, which mean what they
    meant; `resting` the groups and clauses that rest on the filled one; `left` those that are still not encoded.
    """

    text: str
    criteria: CriteriaSet
    path: str
    declared: Mapping[str, FactType]
    tests: tuple[str, ...]
    same: tuple[str, ...]
    resting: tuple[str, ...]
    left: tuple[str, ...]


def place_of(criteria: CriteriaSet, path: str, title: Bilingual | None = None, *, last: bool = False) -> FillPlace:
    """Where a rule is to stand; a path below a clause that is not encoded is one of the contents that it has.

    Raises `FillingError` where there is no such clause, or it has a rule.
    """
    members, waiting = {member.path: member for member in criteria.members()}, not_encoded(criteria)
    own, whole = members.get(path), path.rpartition("/")[0]
    if isinstance(own, Clause) and path in waiting:
        return FillPlace(path, title or own.title, own)
    if own is not None:
        message = phrase('"{path}" of `{set}` has a rule already', path=path, set=criteria.id)
        raise FillingError(Problem("NC397", message, own.place, _listed(waiting)))
    around = members.get(whole)
    if around is not None and (whole in waiting or f"{whole}/{REST}" in waiting):
        of = around if isinstance(around, Clause) else None
        return FillPlace(path, title or Bilingual(TO_FILL_IN, TO_FILL_IN), of, last)
    hint = path_meant(path, waiting) or _listed(waiting)
    message = phrase('`{set}` has no clause "{path}"', set=criteria.id, path=path)
    raise FillingError(Problem("NC396", message, None, hint))


def not_encoded(criteria: CriteriaSet) -> tuple[str, ...]:
    """The paths of the clauses whose text is not known."""
    members = (member for member in criteria.members() if isinstance(member, Clause))
    return tuple(member.path for member in members if member.encodes is Encodes.NOT_ENCODED)


def _listed(paths: tuple[str, ...]) -> str:
    if not paths:
        return phrase("every clause of it has a rule")
    return phrase("not encoded are: {paths}", paths=", ".join(paths))


@frozen
class OverlaySoFar:
    """The text of an overlay that is to stand in `file`, and what is judged so far: by it, or by the set it extends."""

    file: Path
    text: str
    criteria: CriteriaSet


def filled(overlay: OverlaySoFar, place: FillPlace, wanted: RuleWanted, say: Words, deadline: Deadline) -> ClauseFilled:
    """The overlay with a rule in its place.

    Raises `CriteriaError` with the problems of
    the rule, and `FillingError` where another clause would mean something else.
    """
    before, file, path = overlay.criteria, overlay.file, place.path
    declared = undeclared_facts(before, wanted)
    entries = {**wanted.facts, **{name: f"{{title: {_TITLE}, type: {kind.value}}}" for name, kind in declared.items()}}
    text = with_rule(overlay.text, place, evolve(wanted, facts=entries))
    located = _read(text, file)
    cases = list(_cases(located, path, deadline))
    names = _names(path, len(cases), {test.id for test in located.criteria.tests})
    if cases:
        remark = say("{path}: the verdicts follow from the rule; confirm each against the text", path=path)
        lines = [line for case, name in zip(cases, names, strict=True) for line in case_lines(case, name)]
        text = with_tests(text, [f"  # {remark}", *lines])
    criteria = _read(text, file).criteria
    resting = dependents(criteria, [path]) - {path}
    now = {member.path for member in criteria.members()} - {path} - resting
    others = [member.path for member in before.members() if member.path in now]
    refuse_changes(before, criteria, others)
    in_order = tuple(member.path for member in criteria.members() if member.path in resting)
    return ClauseFilled(text, criteria, path, declared, tuple(names), tuple(others), in_order, not_encoded(criteria))


def undeclared_facts(criteria: CriteriaSet, wanted: RuleWanted) -> Mapping[str, FactType]:
    """The names in a rule that nobody declares, with the type that their place shows: a truth, a day, or a count."""
    texts = (wanted.rule, wanted.zero_base, wanted.applies_when)
    rules = [rule for text in texts if text is not None and (rule := expression_in(text)) is not None]
    known = {*criteria.facts, *wanted.facts}
    names = dict.fromkeys(name for rule in rules for name in sorted(fact_names(rule)) if name not in known)
    truths = {name for rule in rules for name in _truths(rule)}
    days = {name for rule in rules for name in _days(rule)}
    return {
        name: FactType.BOOLEAN if name in truths else FactType.DATE if name in days else FactType.COUNT
        for name in names
        if not t.is_verdict(name)
    }


def _truths(rule: t.Expr) -> Iterator[str]:
    """The facts that stand where only a truth may."""
    for node in (t.And((rule, rule)), *walk(rule)):
        match node:
            case t.And(operands=inner) | t.Or(operands=inner):
                yield from (one.key.name for one in inner if isinstance(one, t.FactRef))
            case t.Not(operand=t.FactRef(key=key)) | t.If(condition=t.FactRef(key=key)):
                yield key.name


def _days(rule: t.Expr) -> Iterator[str]:
    """The facts of which a rule takes the year, the month or the quarter, or that it compares with a day."""
    for node in walk(rule):
        match node:
            case t.Call(function=function, arguments=(t.FactRef(key=key),)) if function in DAY_PARTS:
                yield key.name
            case (
                t.Compare(left=t.FactRef(key=key), right=t.Date()) | t.Compare(left=t.Date(), right=t.FactRef(key=key))
            ):
                yield key.name


def _read(text: str, file: Path) -> LocatedSet:
    read = read_text(text, path=file)
    if (located := read.located) is None:
        raise CriteriaError(read.problems)
    return located


def _cases(located: LocatedSet, path: str, deadline: Deadline) -> Iterator[Suggestion]:
    """Cases for everything that the rule should be tried with, and one for each group that the clause decides."""
    coverage = coverage_of(located)
    own = evolve(coverage, conditions=tuple(one for one in coverage.conditions if one.condition.path == path))
    cases = suggest(own, deadline=deadline).cases
    yield from cases
    around = [member.path for member in located.criteria.members() if path.startswith(f"{member.path}/")]
    for group in around:
        whole = (suggestion(located.criteria, group, case.row) for case in cases)
        telling = next((one for one in whole if one.verdict is not Verdict.UNDETERMINED), None)
        if telling is not None:
            yield telling


def _names(path: str, count: int, taken: set[str]) -> list[str]:
    """Identifiers for so many tests of a clause, none of which is taken."""
    name, found, number = path.rpartition("/")[2], list[str](), 0
    while len(found) < count:
        number += 1
        if f"{name}-{number}" not in taken:
            found.append(f"{name}-{number}")
    return found


def refuse_changes(before: CriteriaSet, after: CriteriaSet, paths: list[str]) -> None:
    """Raise `FillingError` where another clause means something else, in any year that both sets judge."""
    for setting in settings(before, after):
        both = TwoSets.of(setting)
        if changed := [path for path in paths if not both.mean_the_same(path, path)]:
            message = phrase("the change would reach further than the clause: to {paths}", paths=", ".join(changed))
            raise FillingError(Problem("NC398", message))
