"""What must hold of a set as a whole: names, types and units of its rules, no cycles, one clause a path."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ncriteria.errors import TextPlace
from ncriteria.language.check import check
from ncriteria.language.checking.agreeing import Scope
from ncriteria.language.hints.near_misses import did_you_mean
from ncriteria.language.printer import show
from ncriteria.language.queries import earlier_terms, walk
from ncriteria.language.source import Finding
from ncriteria.language.tree import Expr, FactKey, FactRef, Measure, Within, path_of_verdict, verdict_name
from ncriteria.language.types import NumberType
from ncriteria.sets.declared.figures import Rate
from ncriteria.sets.grades.scales import written_members
from ncriteria.sets.model import Clause, CriteriaSet, Group
from ncriteria.sets.reading.declarations import type_of_fact, type_of_parameter
from ncriteria.sets.reading.fields import FileReading
from ncriteria.sets.structure import circle_from, expressions, references, verdicts_leaned_on
from ncriteria.sets.years.figures_together import unlike_series, unlike_windows
from ncriteria.sets.years.leaning import clauses_that_lack
from ncriteria.sets.years.parameter_years import value_at
from ncriteria.sets.years.turns import Turn
from ncriteria.words import phrase

_ADDING_UP: Final = phrase("take counts, or numbers with `aggregate: sum`")
MAX_PROBLEMS: Final = 1000
"""After so many problems the rules that are left are not checked."""


def validate(reading: FileReading, criteria: CriteriaSet) -> None:
    """Report everything that is wrong with `criteria` as a whole."""
    _report_repeated_paths(reading, criteria)
    _report_group_sizes(reading, criteria)
    _report_parameters_without_value(reading, criteria)
    _report_rates(reading, criteria)
    _report_published(reading, criteria)
    _report_expressions(reading, criteria)
    _report_needless_acceptance(reading, criteria)
    _report_zero_bases(reading, criteria)
    _report_cycles(reading, criteria)
    _report_verdicts(reading, criteria)


def scope_of(criteria: CriteriaSet, reading: FileReading | None = None) -> Scope:
    """The names that the rules of `criteria` may use; what the `reading` could not read is passed over."""
    reading = reading or FileReading()
    return Scope(
        facts={name: type_of_fact(declaration) for name, declaration in criteria.facts.items()},
        parameters={name: type_of_parameter(declared) for name, declared in criteria.parameters.items()},
        paths=tuple(member.path for member in criteria.members()),
        passed_over=reading.misdeclared,
        may_hold=reading.may_hold,
        levels={level.value: [one.value for one in level.inside] for level in criteria.level.inside},
    )


def _report_repeated_paths(reading: FileReading, criteria: CriteriaSet) -> None:
    first: dict[str, TextPlace | None] = {}
    for member in criteria.members():
        if member.path in first:
            where = _first(first[member.path], member.place)
            reading.report(
                "NC111", phrase('the clause "{path}" stands twice{where}', path=member.path, where=where), member.place
            )
        first.setdefault(member.path, member.place)
    ids: set[str] = set()
    for test in criteria.tests:
        if test.id in ids:
            reading.report("NC111", phrase("the test `{test}` stands twice", test=test.id), test.place)
        ids.add(test.id)


def _first(first: TextPlace | None, again: TextPlace | None) -> str:
    if first is None:
        return ""
    file = f"{first.file}, " if again is not None and again.file != first.file else ""
    return phrase("; first in {file}line {line}", file=file, line=first.line)


def _report_group_sizes(reading: FileReading, criteria: CriteriaSet) -> None:
    for group in criteria.members():
        if not isinstance(group, Group) or group.minimum is None or group.path in reading.incomplete:
            continue
        if group.members and not 1 <= group.minimum <= len(group.members):
            message = phrase(
                "`n` is {minimum}; it lies between 1 and the number of members, {count}",
                minimum=group.minimum,
                count=len(group.members),
            )
            reading.report("NC115", message, group.place)


def _report_rates(reading: FileReading, criteria: CriteriaSet) -> None:
    for declared in criteria.facts.values():
        parts = (declared.aggregate.of, declared.aggregate.over) if isinstance(declared.aggregate, Rate) else ()
        for name in parts:
            part = criteria.facts.get(name)
            if part is None and name not in reading.misdeclared:
                hint = did_you_mean(name, criteria.facts)
                reading.report(
                    "NC378",
                    phrase("`{declared}` is a rate of `{name}`, which is no fact", declared=declared.name, name=name),
                    declared.place,
                    hint,
                )
            elif part is not None and not part.adds_up_over_units:
                message = phrase(
                    "`{declared}` is a rate of `{name}`, whose values of several units do not add up",
                    declared=declared.name,
                    name=name,
                )
                reading.report("NC378", message, declared.place, _ADDING_UP)


def _report_parameters_without_value(reading: FileReading, criteria: CriteriaSet) -> None:
    for parameter in () if "years" in reading.unread else criteria.parameters.values():
        if parameter.values and value_at(parameter, criteria.years.first) is None:
            first = criteria.years.first
            reading.report(
                "NC113",
                phrase("the parameter `{name}` has no value in {first}", name=parameter.name, first=first),
                parameter.place,
            )


def _report_expressions(reading: FileReading, criteria: CriteriaSet) -> None:
    """What is wrong with the rules, up to the limit that keeps a hostile file from taking minutes to refuse."""
    scope = scope_of(criteria, reading)
    for member in written_members(criteria):
        if len(reading.problems) > MAX_PROBLEMS:
            reading.report(
                "NC102",
                phrase("more than {most} problems; from here on rules are not read", most=MAX_PROBLEMS),
                member.place,
            )
            return
        for role, expr in expressions(member):
            node = reading.expressions.get((member.path, role))
            for finding in check(expr, scope) or _together(criteria, member, expr):
                if node is not None:
                    reading.problems.append(finding.located(node.locate()))
                else:
                    reading.report(
                        finding.code,
                        phrase('in "{path}": {finding}', path=member.path, finding=finding.message),
                        member.place,
                        finding.hint,
                    )


def _together(criteria: CriteriaSet, member: Clause | Group, expr: Expr) -> list[Finding]:
    """What figures of a rule may not stand together."""
    accepts = isinstance(member, Clause) and member.accepts_windows is not None
    found = (None if accepts else unlike_windows(criteria, expr), unlike_series(criteria, expr))
    return [*(finding for finding in found if finding is not None), *_no_sums(criteria, expr)]


def _no_sums(criteria: CriteriaSet, expr: Expr) -> Iterator[Finding]:
    """Sums over the units inside of facts that do not add up."""
    for node in walk(expr):
        if isinstance(node, Within) and node.measure is Measure.SUM_OF and isinstance(node.inner, FactRef):
            name = node.inner.name
            if not criteria.facts[name].adds_up_over_units:
                message = phrase("the values of `{name}` of several units do not add up", name=name)
                yield Finding("NC408", message, node.span, _ADDING_UP)


def _report_needless_acceptance(reading: FileReading, criteria: CriteriaSet) -> None:
    for member in criteria.members():
        accepts = isinstance(member, Clause) and member.accepts_windows is not None
        if accepts and not any(unlike_windows(criteria, expr) for _, expr in expressions(member)):
            message = phrase('no figures of different months stand together in "{path}"', path=member.path)
            reading.report("NC417", message, member.place, phrase("leave out `accepts_windows`"))


def _report_published(reading: FileReading, criteria: CriteriaSet) -> None:
    for declared in criteria.facts.values():
        of = None if declared.published is None else declared.published.of
        counted = None if of is None else criteria.facts.get(of)
        if of is None or of in reading.misdeclared:
            continue
        if counted is None:
            message = phrase("`{fact}` is published of `{of}`, which is no fact", fact=declared.name, of=of)
            reading.report("NC416", message, declared.place, did_you_mean(of, criteria.facts))
        elif not counted.type.is_numeric or counted.published is not None:
            message = phrase("`{fact}` is published of `{of}`, which is no figure", fact=declared.name, of=of)
            reading.report("NC416", message, declared.place, phrase("take a count or a number that is counted itself"))


def _report_zero_bases(reading: FileReading, criteria: CriteriaSet) -> None:
    scope = scope_of(criteria, reading)
    for member in criteria.members():
        if isinstance(member, Clause) and member.zero_base is not None and member.rule is not None:
            terms = earlier_terms(member.rule)
            if len(terms) != 1:
                message = phrase(
                    "`when_zero_base` needs a rule with one earlier-year value; this one has {count}", count=len(terms)
                )
                reading.report("NC117", message, member.place)
            elif not check(member.rule, scope) and check(terms[0], scope, NumberType()):
                message = phrase(
                    "`when_zero_base` needs an earlier-year value that is a number; `{term}` is none",
                    term=show(terms[0]),
                )
                reading.report("NC117", message, member.place)


def _report_cycles(reading: FileReading, criteria: CriteriaSet) -> None:
    members = {member.path: member for member in criteria.members()}
    edges = {
        path: tuple(target for target in references(member, criteria.years) if target in members)
        for path, member in members.items()
    }
    settled: set[str] = set()
    for start in edges:
        cycle = circle_from(start, edges, settled)
        if cycle:
            shown = " → ".join(f'"{path}"' for path in cycle)
            reading.report(
                "NC116",
                phrase("clauses refer to each other in a circle: {paths}", paths=shown),
                members[cycle[0]].place,
            )


def _report_verdicts(reading: FileReading, criteria: CriteriaSet) -> None:
    """Verdicts of the set itself in other years that it cannot give, and its own standard where none is needed."""
    for key, member in verdicts_leaned_on(criteria).items():
        standard, _, path = path_of_verdict(key.name).rpartition(":")
        if standard == criteria.standard:
            message = phrase("`{verdict}` names the standard of the set itself", verdict=key)
            hint = phrase("write `{form}`", form=FactKey.of(verdict_name(path), key.period))
            reading.report("NC432", message, member.place, hint)
    turn = Turn(criteria, criteria.years)
    reading.problems.extend(clauses_that_lack(criteria, {criteria.standard: [turn]}))
