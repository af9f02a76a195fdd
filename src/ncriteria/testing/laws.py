"""Laws for an author's own tests: each is a function that tries many rows and raises `LawBroken` with the plainest.

A law says something of the rules for all facts, not for one case: `laws.never_more_met(criteria, "19.2/crime",
as_grows="crime_cases")` in a test asserts that no row of facts gets a better verdict when crime grows. How many rows
are tried is the setting `max_examples` of hypothesis.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import evolve
from hypothesis import assume
from hypothesis import strategies as st

from ncriteria.analysis.cases import Row
from ncriteria.analysis.rule_testing.mutation.edits import Direction
from ncriteria.analysis.rule_testing.mutation.mutation import Edit
from ncriteria.analysis.rule_testing.mutation.mutation import edits_of as all_edits_of
from ncriteria.analysis.slicing import sliced
from ncriteria.analysis.telling.boundaries import is_possible, smallest_step
from ncriteria.errors import Problem
from ncriteria.evaluation.criteria import Criteria, definition_of
from ncriteria.language.hints.near_misses import path_meant
from ncriteria.language.parser import parse
from ncriteria.language.queries import facts_of, walk
from ncriteria.language.tree import Coalesce, FactKey, FactRef, Known, Parameter
from ncriteria.language.values import Interval
from ncriteria.sets.loader import LocatedSet
from ncriteria.sets.model import CriteriaSet, FactType, FactValue, Verdict
from ncriteria.sets.structure import expressions
from ncriteria.testing import TestingError
from ncriteria.testing.engines import record_equals_columns
from ncriteria.testing.facts import facts_for, known_values
from ncriteria.testing.running import LawBroken, for_all, message, verdict_of, verdicts

__all__ = [
    "LawBroken",
    "knowledge_monotone",
    "never_less_met",
    "never_more_met",
    "only_stricter",
    "record_equals_columns",
    "scale_invariant",
    "stricter_edits_only_shrink",
]
Rules = Criteria | CriteriaSet


def never_less_met(criteria: Rules, path: str, *, as_grows: str) -> None:
    """Assert that the clause never goes from met to not met when the fact grows and all others stay.

    `as_grows` names a fact as rules do: `effective_models`, `prev_year.crime_cases`. A truth grows from false to true.
    Verdicts that are not decided, and rows to which the clause does not apply, break nothing. Raises `LawBroken`, and
    `TestingError` where no rule of the clause uses the fact.
    """
    _monotone(criteria, path, as_grows, (Verdict.MET, Verdict.NOT_MET), "met, then not met")


def never_more_met(criteria: Rules, path: str, *, as_grows: str) -> None:
    """Assert that the clause never goes from not met to met when the fact grows; otherwise as `never_less_met`."""
    _monotone(criteria, path, as_grows, (Verdict.NOT_MET, Verdict.MET), "not met, then met")


def _monotone(criteria: Rules, path: str, as_grows: str, broken: tuple[Verdict, Verdict], words: str) -> None:
    part = _part(definition_of(criteria), path)
    key = _key_of(part, path, as_grows)

    def law(rows: tuple[Row, Row]) -> None:
        smaller, larger = rows
        if (verdict_of(part, smaller, path), verdict_of(part, larger, path)) == broken:
            title = f'"{path}" is {words} as `{as_grows}` grows'
            raise LawBroken(message(title, [(part, smaller), (part, larger)], path))

    for_all(_growing(part, path, key), law)


def _growing(part: CriteriaSet, path: str, key: FactKey) -> st.SearchStrategy[tuple[Row, Row]]:
    """Pairs of rows that differ in one fact, which is larger in the second."""
    declaration = part.facts[key.name]
    rows = facts_for(part, paths=[path])

    @st.composite
    def pairs(draw: st.DrawFn) -> tuple[Row, Row]:
        row = draw(rows)
        value = row.facts[key] if key in row.facts else draw(known_values(declaration))
        smaller = evolve(row, facts={**row.facts, key: value})
        if isinstance(value, bool):
            assume(not value)
            return smaller, evolve(row, facts={**row.facts, key: True})
        assert isinstance(value, Fraction)
        grown = value + draw(st.sampled_from((1, 2, 10, 1000))) * smallest_step(declaration)
        assume(is_possible(declaration, grown))
        return smaller, evolve(row, facts={**row.facts, key: grown})

    return pairs()


def knowledge_monotone(criteria: Rules, path: str | None = None) -> None:
    """Assert that a verdict that is decided stays the same when more becomes known, for one clause or for all.

    Clauses whose rules look at knowledge itself (`known`, `coalesce`) are passed over, and refused where `path` names
    one. Raises `LawBroken`, and `TestingError`.
    """
    definition = definition_of(criteria)
    paths = [path] if path is not None else _without_knowledge_forms(definition)
    part = sliced(definition, paths)
    if path is not None and path not in _without_knowledge_forms(_part(definition, path)):
        refusal = f'"{path}" looks at what is known, so a further fact may change its verdict'
        raise TestingError(Problem("NC502", refusal, hint="the rules use `known` or `coalesce`"))

    def law(rows: tuple[Row, Row]) -> None:
        less, more = rows
        before, after = verdicts(part, less, paths), verdicts(part, more, paths)
        for one in paths:
            if before[one] is not Verdict.UNDETERMINED and before[one] is not after[one]:
                title = f'"{one}" is decided, and changes when more becomes known'
                raise LawBroken(message(title, [(part, less), (part, more)], one))

    for_all(_knowing(part), law)


def _knowing(part: CriteriaSet) -> st.SearchStrategy[tuple[Row, Row]]:
    """Pairs of rows of one unit; the first knows less: a fact is blank, or only a bound of it is known."""
    rows = facts_for(part)

    @st.composite
    def pairs(draw: st.DrawFn) -> tuple[Row, Row]:
        row = draw(rows)
        less: dict[FactKey, FactValue] = {}
        for key, value in row.facts.items():
            kept = draw(st.sampled_from(("blank", "exactly", "at least", "at most")))
            if kept == "exactly" or (kept != "blank" and not isinstance(value, Fraction)):
                less[key] = value
            elif isinstance(value, Fraction) and kept != "blank":
                slack = draw(st.integers(0, 3)) * smallest_step(part.facts[key.name])
                low = max(value - slack, Fraction(0)) if value >= 0 else value - slack
                less[key] = Interval(low, None) if kept == "at least" else Interval(None, value + slack)
        return evolve(row, facts=less), row

    return pairs()


def _without_knowledge_forms(definition: CriteriaSet) -> list[str]:
    return [
        member.path
        for member in definition.members()
        if not any(
            isinstance(node, (Known, Coalesce))
            for needed in sliced(definition, [member.path]).members()
            for _, expr in expressions(needed)
            for node in walk(expr)
        )
    ]


def only_stricter(old: Rules, new: Rules, path: str | None = None) -> None:
    """Assert that `new` is nowhere easier than `old`: what it finds met, `old` finds met, for one clause or for all.

    Clauses that only one of the two has are passed over. A search: `ncriteria prove` proves it. Raises `LawBroken`.
    """
    before, after = definition_of(old), definition_of(new)
    common = {member.path for member in after.members()}
    paths = [member.path for member in before.members() if member.path in common] if path is None else [path]
    for one in paths:
        parts = _part(before, one), _part(after, one)
        if _rules(parts[0]) != _rules(parts[1]):
            _stricter(*parts, one)


def _rules(part: CriteriaSet) -> object:
    """What the verdicts of a slice depend on."""
    used = {
        node.name
        for member in part.members()
        for _, expr in expressions(member)
        for node in walk(expr)
        if isinstance(node, Parameter)
    }
    return (part.clauses, {name: part.parameters[name].values for name in used}, dict(part.facts))


def _stricter(old: CriteriaSet, new: CriteriaSet, path: str) -> None:
    # A row that gives a parameter its value would hide that the two sets give it different ones.
    rows = facts_for(old, parameters=False) | facts_for(new, parameters=False)

    def law(row: Row) -> None:
        # Sets of different years are compared as of their own: the facts are counted back from the year.
        before, after = (row if row.year in part.years else evolve(row, year=part.years.first) for part in (old, new))
        if verdict_of(new, after, path) is Verdict.MET and verdict_of(old, before, path) is not Verdict.MET:
            title = f'"{path}" is met under the new set, and not under the old'
            raise LawBroken(message(title, [(old, before), (new, after)], path))

    for_all(rows, law)


def stricter_edits_only_shrink(criteria: Rules) -> None:
    """Assert that edits whose form makes a rule stricter only take rows out of those that meet it, and looser add.

    A law of the library on the rules of `criteria`. Raises `LawBroken`.
    """
    definition = definition_of(criteria)
    edits = [edit for edit in all_edits_of(LocatedSet(definition, {})) if edit.direction is not None]
    rows: dict[str, st.SearchStrategy[Row]] = {
        path: facts_for(definition, paths=[path]) for path in dict.fromkeys(edit.path for edit in edits)
    }
    if not edits:
        return
    cases = st.sampled_from(edits).flatmap(lambda edit: st.tuples(st.just(edit), rows[edit.path]))

    def law(case: tuple[Edit, Row]) -> None:
        edit, row = case
        before, after = sliced(definition, [edit.path]), sliced(edit.criteria, [edit.path])
        strict, loose = (after, before) if edit.direction is Direction.STRICTER else (before, after)
        if verdict_of(strict, row, edit.path) is Verdict.MET and verdict_of(loose, row, edit.path) is not Verdict.MET:
            title = f'"{edit.path}": {edit.what}; the stricter rule is met where the looser is not'
            raise LawBroken(message(title, [(strict, row), (loose, row)], edit.path))

    for_all(cases, law)


def scale_invariant(criteria: Rules, path: str, facts: Iterable[str] | None = None) -> None:
    """Assert that the verdict stays when `facts`, in all years, are multiplied by one whole number.

    Without `facts`, all numbers that the clause uses. Holds for rules that compare only shares and ratios, and fails
    where a rule has a threshold of its own. Raises `LawBroken`.
    """
    part = _part(definition_of(criteria), path)
    names = set(facts) if facts is not None else {name for name, one in part.facts.items() if one.type.is_numeric}
    cases = st.tuples(facts_for(part, paths=[path]), st.integers(2, 10))

    def law(case: tuple[Row, int]) -> None:
        row, factor = case
        scaled = evolve(row, facts=_scaled(part, row.facts, names, factor))
        if verdict_of(part, row, path) is not verdict_of(part, scaled, path):
            changed = ", ".join(sorted(names & {key.name for key in row.facts}))
            title = f'"{path}" changes when {changed} are multiplied by {factor}'
            raise LawBroken(message(title, [(part, row), (part, scaled)], path))

    for_all(cases, law)


def _scaled(
    part: CriteriaSet, facts: Mapping[FactKey, FactValue], names: set[str], factor: int
) -> dict[FactKey, FactValue]:
    found: dict[FactKey, FactValue] = {}
    for key, value in facts.items():
        if key.name in names and isinstance(value, Fraction):
            assume(is_possible(part.facts[key.name], value * factor))
            found[key] = value * factor
        else:
            found[key] = value
    return found


def _part(definition: CriteriaSet, path: str) -> CriteriaSet:
    if all(member.path != path for member in definition.members()):
        hint = path_meant(path, [member.path for member in definition.members()])
        raise TestingError(Problem("NC502", f'{definition.id} has no clause "{path}"', hint=hint))
    return sliced(definition, [path])


def _key_of(part: CriteriaSet, path: str, name: str) -> FactKey:
    """The fact that `name` stands for; it must be a number or a truth that the clause uses."""
    used = dict.fromkeys(key for member in part.members() for _, expr in expressions(member) for key in facts_of(expr))
    expr = parse(name)
    if not isinstance(expr, FactRef) or expr.key not in used:
        hint = f"it uses: {', '.join(map(str, used))}"
        raise TestingError(Problem("NC502", f'"{path}" does not use the fact `{name}`', hint=hint))
    kind = part.facts[expr.name].type
    if not (kind.is_numeric or kind is FactType.BOOLEAN):
        raise TestingError(Problem("NC502", f"`{name}` does not grow: it is neither a number nor a truth"))
    return expr.key
