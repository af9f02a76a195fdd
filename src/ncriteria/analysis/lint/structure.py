"""What is worth a second look in how a set is put together: names, groups, zero bases, tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ncriteria.analysis.rule_testing.conditions import place_of
from ncriteria.errors import Problem, TextPlace
from ncriteria.language import tree as t
from ncriteria.language.printer import show
from ncriteria.language.queries import earlier_terms, fact_names, walk
from ncriteria.sets.files.begun import TO_FILL_IN, is_unfilled
from ncriteria.sets.grades.scales import written_members
from ncriteria.sets.inside import with_inside
from ncriteria.sets.loader import LocatedSet
from ncriteria.sets.model import Clause, CriteriaSet, Encodes, FactType, Group
from ncriteria.sets.sources import Bilingual, Citation
from ncriteria.sets.structure import expressions
from ncriteria.words import joined, phrase

_Said = Iterable[tuple[str, Bilingual | str | None]]


def structure_warnings(located: LocatedSet) -> Iterator[Problem]:
    """What is not stated of zero bases, looks at what is known, is of no use, has no test, or is to be filled in."""
    criteria = located.criteria
    yield from _missing_zero_bases(located)
    yield from _knowledge_forms(located)
    yield from _unused_names(criteria)
    yield from _untested_set(criteria)
    yield from _groups_that_need_all(criteria)
    yield from _paths_in_capitals(criteria)
    yield from _numbers_of_what_is_counted(criteria)
    yield from _unfilled(criteria)


def _missing_zero_bases(located: LocatedSet) -> Iterator[Problem]:
    for clause in located.criteria.members():
        if isinstance(clause, Clause) and clause.rule is not None and clause.zero_base is None:
            ratios = [node for node in walk(clause.rule) if _is_ratio_to_earlier(node)]
            terms = earlier_terms(clause.rule)
            if ratios and len(terms) == 1 and not _looks_at_its_base(clause, ratios):
                uses = phrase(
                    '"{path}" uses a ratio to an earlier year, `{ratios}`', path=clause.path, ratios=show(ratios[0])
                )
                message = phrase("{uses}, and does not say what holds where that year is 0", uses=uses)
                hint = phrase("add `when_zero_base`, such as `{fact} = 0`", fact=min(fact_names(terms[0])))
                yield Problem("NC131", message, place_of(located, clause, "rule", ratios[0].span), hint)


def _looks_at_its_base(clause: Clause, ratios: Sequence[t.Expr]) -> bool:
    """Whether the clause compares its earlier year alone with a number; where it divides, with 0 or 1."""
    divides = any(isinstance(ratio, t.Arithmetic) and ratio.op is t.ArithmeticOp.DIV for ratio in ratios)
    compared = (node for _, expr in expressions(clause) for node in walk(expr) if isinstance(node, t.Compare))
    return any(
        earlier_terms(base) == (base,)
        and not fact_names(limit)
        and (not divides or (isinstance(limit, t.Number) and limit.value in (0, 1)))
        for node in compared
        for base, limit in ((node.left, node.right), (node.right, node.left))
    )


def _is_ratio_to_earlier(node: t.Expr) -> bool:
    return (
        isinstance(node, t.Arithmetic)
        and node.op in (t.ArithmeticOp.MUL, t.ArithmeticOp.DIV)
        and bool(earlier_terms(node))
    )


def _knowledge_forms(located: LocatedSet) -> Iterator[Problem]:
    for member in written_members(located.criteria):
        for role, expr in expressions(member):
            for node in walk(expr):
                if isinstance(node, (t.Known, t.Coalesce)):
                    message = phrase(
                        '`{node}` in the {role} of "{path}" looks at what is known: {effect}',
                        node=show(node),
                        role=role,
                        path=member.path,
                        effect=phrase("a further fact may turn its verdict from met to not met or back"),
                    )
                    place = place_of(located, member, role, node.span)
                    yield Problem("NC132", message, place, phrase("what is missing is told without it"))


def _unused_names(criteria: CriteriaSet) -> Iterator[Problem]:
    sets = with_inside([criteria])
    rules = [expr for one in sets for member in written_members(one) for _, expr in expressions(member)]
    facts = {name for expr in rules for name in fact_names(expr)}
    parameters = {node.name for expr in rules for node in walk(expr) if isinstance(node, t.Parameter)}
    for declaration in criteria.facts.values():
        if declaration.name not in facts and declaration.published is None:
            yield Problem(
                "NC133",
                phrase("no rule uses the fact `{name}`", name=declaration.name),
                declaration.place,
                phrase("remove it, or write the rule that needs it"),
            )
    for parameter in criteria.parameters.values():
        if parameter.name not in parameters:
            message = phrase("no rule uses the parameter `{name}`", name=parameter.name)
            hint = phrase("remove it, or write `param.{name}` in a rule", name=parameter.name)
            yield Problem("NC134", message, parameter.place, hint)


def _untested_set(criteria: CriteriaSet) -> Iterator[Problem]:
    tested = {path for test in criteria.all_tests for path in test.expect}
    for clause in criteria.members():
        if isinstance(clause, Clause) and clause.encodes is not Encodes.NOT_ENCODED and clause.path not in tested:
            message = phrase('no test expects a verdict of "{path}"', path=clause.path)
            yield Problem("NC135", message, clause.place, phrase("`ncriteria test --suggest` writes cases"))
    for path, origin in criteria.origins.items():
        if path not in tested and (own := [one.change for one in origin.changes if one.by.id == criteria.id]):
            message = phrase(
                'no test expects a verdict of "{path}", which the change of `{target}` makes another',
                path=path,
                target=own[-1].target,
            )
            place = next((one.place for one in own[-1].cite), None) or criteria.place_of()
            hint = phrase("add a test; those of {base} do not hold for it", base=_base(criteria))
            yield Problem("NC135", message, place, hint)


def _base(criteria: CriteriaSet) -> str:
    return "" if criteria.extended is None else criteria.extended.id


def _groups_that_need_all(criteria: CriteriaSet) -> Iterator[Problem]:
    for group in criteria.members():
        if isinstance(group, Group) and group.minimum == len(group.members) > 1:
            message = phrase(
                '"{path}" asks for {minimum} of {minimum} members: for all of them',
                path=group.path,
                minimum=group.minimum,
            )
            hint = phrase("write `all`, which passes over members that do not apply; or correct `n`")
            yield Problem("NC145", message, group.place, hint)


def _paths_in_capitals(criteria: CriteriaSet) -> Iterator[Problem]:
    """Clauses whose columns of verdicts DuckDB and Spark, which do not tell capitals apart, take for one."""
    first: dict[str, str] = {}
    for member in criteria.members():
        other = first.setdefault(member.path.lower(), member.path)
        if other != member.path:
            both = phrase('"{other}" and "{path}" differ in capitals only', other=other, path=member.path)
            message = phrase("{both}: frames of DuckDB and Spark take them for one", both=both)
            yield Problem("NC143", message, member.place, phrase("rename one of them"))


def _numbers_of_what_is_counted(criteria: CriteriaSet) -> Iterator[Problem]:
    """Facts of the type `number`, without decimals, whose unit other facts count in."""
    counted = {fact.unit.vi: fact.name for fact in criteria.facts.values() if fact.unit and fact.type is FactType.COUNT}
    for fact in criteria.facts.values():
        if fact.type is FactType.NUMBER and fact.decimals is None and fact.unit and fact.unit.vi in counted:
            unit, other = fact.unit.vi, counted[fact.unit.vi]
            message = phrase(
                "`{fact}` is any number of {unit}, which `{other}` counts: 2.5 {unit} would be read",
                fact=fact.name,
                unit=unit,
                other=other,
            )
            yield Problem(
                "NC148", message, fact.place, phrase("write `type: count`, or say how many `decimals` it has")
            )


def _unfilled(criteria: CriteriaSet) -> Iterator[Problem]:
    """A warning for the set, and for each fact, parameter, clause and group, in which something is to be filled in."""
    act = criteria.instrument
    header = (
        ("standard", criteria.standard_title),
        ("title", criteria.title),
        ("instrument.number", act.number),
        ("instrument.issuer", act.issuer),
        ("note", criteria.note),
    )
    place = criteria.place_of(*(key.partition(".")[0] for key, text in header if is_unfilled(text)))
    yield from _told(phrase("the set"), header, place)
    for fact in criteria.facts.values():
        said = (("title", fact.title), ("unit", fact.unit), ("note", fact.note))
        yield from _told(f"`{fact.name}`", said, fact.place)
    for parameter in criteria.parameters.values():
        said_of_parameter = (("title", parameter.title), ("note", parameter.note), *_cited(parameter.cite))
        yield from _told(f"`{parameter.name}`", said_of_parameter, parameter.place)
    for member in criteria.members():
        said_of_member = (("title", member.title), ("note", member.note), *_cited(member.cite))
        yield from _told(f'"{member.path}"', said_of_member, member.place)


def _cited(cite: Iterable[Citation]) -> _Said:
    return [("cite", text) for one in cite for text in (one.instrument, one.at)]


def _told(whose: str, said: _Said, place: TextPlace | None) -> Iterator[Problem]:
    keys = dict.fromkeys(key for key, text in said if is_unfilled(text))
    if keys:
        message = phrase(
            "to be filled in of {whose}: {keys}", whose=whose, keys=joined(", ", (f"`{key}`" for key in keys))
        )
        yield Problem("NC454", message, place, phrase("write what the text says in place of `{mark}`", mark=TO_FILL_IN))
