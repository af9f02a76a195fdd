"""What is allowed in a criteria set but worth a second look: each finding is a warning, not an error."""

from __future__ import annotations

from collections.abc import Iterator

from ncriteria.errors import Problem, TextPlace
from ncriteria.language.printer import show
from ncriteria.language.queries import earlier_terms, fact_names, walk
from ncriteria.language.tree import Arithmetic, ArithmeticOp, Coalesce, Expr, Known, Parameter
from ncriteria.sets.model import Clause, CriteriaSet, Encodes
from ncriteria.sets.validation import expressions


def lint(criteria: CriteriaSet) -> list[Problem]:
    """The warnings for `criteria`, in the order of its clauses.

    Of a set that extends another only what its own file says is looked at: the rest was, when the other was checked.
    """
    found = (
        *_missing_zero_bases(criteria),
        *_knowledge_forms(criteria),
        *_unused_names(criteria),
        *_untested_set(criteria),
    )
    return [problem for problem in found if _is_own(criteria, problem)]


def _is_own(criteria: CriteriaSet, problem: Problem) -> bool:
    place = problem.place
    return not isinstance(place, TextPlace) or place.file == criteria.source


def _missing_zero_bases(criteria: CriteriaSet) -> Iterator[Problem]:
    for clause in criteria.members():
        if isinstance(clause, Clause) and clause.rule is not None and clause.zero_base is None:
            ratio = next((node for node in walk(clause.rule) if _is_ratio_to_earlier(node)), None)
            if ratio is not None and len(earlier_terms(clause.rule)) == 1:
                uses = f'"{clause.path}" uses a ratio to an earlier year, `{show(ratio)}`'
                message = f"{uses}, and does not say what holds where that year is 0"
                yield Problem("NC131", message, clause.place, "add `when_zero_base`, such as `crime_cases = 0`")


def _is_ratio_to_earlier(node: Expr) -> bool:
    return (
        isinstance(node, Arithmetic) and node.op in (ArithmeticOp.MUL, ArithmeticOp.DIV) and bool(earlier_terms(node))
    )


def _knowledge_forms(criteria: CriteriaSet) -> Iterator[Problem]:
    for member in criteria.members():
        for role, expr in expressions(member):
            for node in walk(expr):
                if isinstance(node, (Known, Coalesce)):
                    message = f'`{show(node)}` in the {role} of "{member.path}" looks at what is known: '
                    effect = "a further fact may turn its verdict from met to not met or back"
                    yield Problem("NC132", message + effect, member.place)


def _unused_names(criteria: CriteriaSet) -> Iterator[Problem]:
    rules = [expr for member in criteria.members() for _, expr in expressions(member)]
    facts = {name for expr in rules for name in fact_names(expr)}
    parameters = {node.name for expr in rules for node in walk(expr) if isinstance(node, Parameter)}
    for declaration in criteria.facts.values():
        if declaration.name not in facts:
            yield Problem("NC133", f"no rule uses the fact `{declaration.name}`", declaration.place)
    for parameter in criteria.parameters.values():
        if parameter.name not in parameters:
            yield Problem("NC134", f"no rule uses the parameter `{parameter.name}`", parameter.place)


def _untested_set(criteria: CriteriaSet) -> Iterator[Problem]:
    tested = {path for test in criteria.tests for path in test.expect}
    for clause in criteria.members():
        if isinstance(clause, Clause) and clause.encodes is not Encodes.NOT_ENCODED and clause.path not in tested:
            yield Problem("NC135", f'no test expects a verdict of "{clause.path}"', clause.place)
