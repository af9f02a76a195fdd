"""The oracle: what the suite says of a case holds in every way that its missing facts can be, or in many of them.

It shares no code of judging with the library (`tests.evaluation.completions`).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import prod

from ncriteria.evaluation.lowering import lower, resolve
from ncriteria.language import tree as t
from ncriteria.language.parser import parse
from ncriteria.language.queries import facts_of, walk, with_orders, year_of
from ncriteria.language.values import UNKNOWN, AtLeast, AtMost
from ncriteria.sets.grades.grade import Grade
from ncriteria.sets.grades.scales import graded
from ncriteria.sets.model import Clause, FactDeclaration, FactType, Verdict
from ncriteria.sets.structure import expressions, orders_of
from tests.conformance.suite import Case
from tests.evaluation.judges import Judge

MOST = 16
"""In how many ways the facts of a case are completed; where there are more, these are spread over all of them."""


def refusal(case: Case) -> str | None:
    """Why the oracle is not asked a case."""
    rules = list(_rules(case))
    if any(isinstance(node, t.Within) for rule in rules for node in walk(rule)):
        return "what is told of units inside is no fact"
    if case.attestations:
        return "an attestation stands for the clause that it decides"
    if any(isinstance(node, t.Known | t.Coalesce) for rule in rules for node in walk(rule)):
        return "in a completion all is known, and the rule looks at knowledge itself"
    if any(path in _earlier_verdicts(rule) for path, rule in _rules_by_path(case)):
        return "a verdict that rests on that of the year before rests on all years"
    lowered = lower(case.criteria.definition, case.year)
    asked = {node.name for rule in rules for node in walk(rule) if isinstance(node, t.Parameter)}
    return "the law leaves a parameter open" if any(lowered.parameters[name] is UNKNOWN for name in asked) else None


def contradictions(case: Case) -> Iterator[str]:
    """What the suite says of a case, and a completion does not bear out."""
    orders = orders_of(case.criteria.definition)
    left = {
        path: with_orders(parse(told["residual"]), orders) for path, told in case.expect.items() if "residual" in told
    }
    scales = {path or "set": (path, grades) for path, grades in graded(case.criteria.definition).items()}
    for judge in _worlds(case):
        if judge is None:
            continue
        if case.error is not None:
            yield f"{case.id}: {case.error}, and in {judge.facts} there are verdicts"
            continue
        for path, told in case.expect.items():
            if "grades" in told and not _may_be_graded(judge, scales[path], told["grades"]):
                yield f"{case.id}: the grade of {path} is told as {told}, and in {judge.facts} it is another"
            if path != "set" and "verdict" in told and not _bears_out(judge, path, told["verdict"], left.get(path)):
                yield f"{case.id}: {path} is told as {told}, and in {judge.facts} it is {judge.verdict(path)}"


def _may_be_graded(judge: Judge, scale: tuple[str, Sequence[Grade]], possible: Sequence[str]) -> bool:
    """Whether the grade of a world, the first whose condition holds, is among those that are possible."""
    path, grades = scale
    if path and judge.verdict(path) is Verdict.NOT_APPLICABLE:
        return True
    return next(grade.id for grade in grades if grade.rest or judge.holds(grade.when)) in possible


def _bears_out(judge: Judge, path: str, told: str, left: t.Expr | None) -> bool:
    found = judge.verdict(path)
    if told != "undetermined":
        return found.value == told
    if left is None or found is Verdict.NOT_APPLICABLE:
        return True
    try:
        return judge.holds(left) is (found is Verdict.MET)
    except ZeroDivisionError:
        return True


def _worlds(case: Case) -> Iterator[Judge | None]:
    """The verdicts in completions of what is known; `None` where a rule has no value."""
    definition = case.criteria.definition
    parameters = lower(definition, case.year).parameters
    open_paths = [one.path for one in definition.members() if isinstance(one, Clause) and one.rule is None]
    domains = _domains(case)
    for way in _ways([*domains.values(), *([False, True] for _ in open_paths)]):
        facts = dict(zip(domains, way, strict=False))
        decided = dict(zip(open_paths, way[len(facts) :], strict=True))
        try:
            yield Judge(definition, facts, decided, case.year, parameters)
        except ZeroDivisionError:
            yield None


def _ways(domains: Sequence[Sequence]) -> Iterator[list]:
    """All choices of one value of each domain, or `MOST` that are spread over them."""
    total = prod(map(len, domains))
    for number in range(min(total, MOST)):
        left, way = (number if total <= MOST else number * _PRIME % total), []
        for domain in domains:
            left, place = divmod(left, len(domain))
            way.append(domain[place])
        yield way


_PRIME = 2_654_435_761


def _rules(case: Case) -> Iterator[t.Expr]:
    return (rule for _, rule in _rules_by_path(case))


def _rules_by_path(case: Case) -> Iterator[tuple[str, t.Expr]]:
    for member in case.criteria.definition.members():
        yield from ((member.path, rule) for _, rule in expressions(member))


def _earlier_verdicts(rule: t.Expr) -> set[str]:
    names = {node.name for node in walk(rule) if isinstance(node, t.FactRef) and t.is_verdict(node.name)}
    return {t.path_of_verdict(name) for name in names}


def _domains(case: Case) -> dict[tuple[str, int], Sequence]:
    """The values that each fact can have, by name and year: those that are known, or some around each limit."""
    rules = list(_rules(case))
    limits = [node.value for rule in rules for node in walk(rule) if isinstance(node, t.Number | t.Date)]
    years = {*case.facts, *range(case.year - 2, case.year + 2)}
    keys = {
        (key.name, year_of(key.period, year))
        for rule in rules
        for year in years
        for key in facts_of(resolve(rule, t.THIS_YEAR, year))
        if not t.is_verdict(key.name)
    }
    declared = case.criteria.definition.facts
    known = {(name, year): value for year, facts in case.facts.items() for name, value in facts.items()}
    return {key: _allowed(declared[key[0]], known.get(key), limits) for key in sorted(keys)}


def _allowed(declaration: FactDeclaration, known: object, limits: Sequence) -> Sequence:
    match declaration.type:
        case _ if known is not None and not isinstance(known, AtLeast | AtMost):
            return [Fraction(known) if declaration.type.is_numeric else known]
        case FactType.BOOLEAN:
            return [False, True]
        case FactType.ENUMERATION:
            return declaration.options
        case FactType.DATE:
            days = {day for day in limits if isinstance(day, datetime.date)} | {datetime.date(2021, 3, 31)}
            return sorted({*days, *(day + datetime.timedelta(1) for day in days if day.year < 9999)})
    numbers = {Fraction(round(one)) for one in limits if isinstance(one, Fraction) and one < 50}
    near = {Fraction(0), *(one + step for one in numbers for step in (-1, 0, 1) if one + step >= 0)}
    match known:
        case AtLeast(limit=limit):
            return sorted({Fraction(limit), Fraction(limit + 1), *(one for one in near if one >= limit)})
        case AtMost(limit=limit):
            return sorted({Fraction(0), Fraction(limit), *(one for one in near if one <= limit)})
    return sorted(near)
