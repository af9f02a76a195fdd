"""From Lark's parse tree to the syntax tree: literals made exact, bare `prev_year` written out, limits kept."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TypeGuard

import lark
from attrs import evolve

from ncriteria.language import tree as t
from ncriteria.language.hints.words import ASSESSMENT_YEAR
from ncriteria.language.queries import fact_names, nesting
from ncriteria.language.reading import forms
from ncriteria.language.reading.limits import MAX_NESTING
from ncriteria.language.reading.literals import read_date, read_number, written_decimals
from ncriteria.language.reading.syntax import unexpected_character
from ncriteria.language.source import Finding, FindingsError, Span
from ncriteria.quick_classes import frozen
from ncriteria.words import phrase

_ParseTree = lark.Tree[lark.Token]
_TESTS = {"test_comparison", "test_range"}
_COMPARISONS = {"compare", "between", "in_range", "in_set"}
_PREV_YEAR_HINT = phrase("write the fact: `prev_year.crime_cases`, or `prev_year(...)` around what is meant")


@frozen
class _Context:
    """Where the pass stands: the text, the depth, and what a bare `prev_year` stands for here."""

    text: str
    depth: int = 0
    parentheses: int = 0
    bare: t.Expr | None = None
    bare_refusal: str = phrase("bare `prev_year` stands for the other side of a comparison, and here is none")


def build(text: str, tree: _ParseTree) -> t.Expr:
    """The syntax tree of a parsed `text`; raises `FindingsError`."""
    return _build(_child(tree), _Context(text))


def _build(tree: _ParseTree, outer: _Context) -> t.Expr:
    span = _span(tree)
    if outer.depth >= MAX_NESTING or outer.parentheses > MAX_NESTING:
        raise _too_deep(span)
    if tree.data == "parentheses":
        return _build(_child(tree), evolve(outer, parentheses=outer.parentheses + 1))
    context = evolve(outer, depth=outer.depth + 1)
    match tree.data:
        case "conditional":
            condition, consequence, alternative = (_build(part, context) for part in _trees(tree))
            return t.If(condition, consequence, alternative, span=span)
        case "or_":
            return t.Or(tuple(_build(part, context) for part in _trees(tree)), span=span)
        case "and_":
            return t.And(tuple(_build(part, context) for part in _trees(tree)), span=span)
        case "not_":
            return t.Not(_build(_child(tree), context), span=span)
        case "compare" | "between" | "in_range" | "in_set":
            return _comparison(tree, context)
        case "chain":
            return _chain(tree, context)
        case "negative":
            return t.Negate(_build(_child(tree), context), span=span)
        case "prev_year":
            return forms.period_form(_build(_child(tree), context), t.Ago(1), span)
        case "bare_prev_year":
            return _bare_prev_year(context, span)
        case "call":
            return _call(tree, context)
        case "parameter_by":
            return forms.parameter_by(_name_after_param(tree, context), _build(_child(tree), context), span)
        case _:
            return _leaf(tree, context, span)


def _bare_prev_year(context: _Context, span: Span) -> t.Expr:
    if context.bare is None:
        raise _failure("NC010", context.bare_refusal, span, _PREV_YEAR_HINT)
    if context.depth + nesting(context.bare) > MAX_NESTING:
        raise _too_deep(span)
    return forms.period_form(context.bare, t.Ago(1), span)


def _leaf(tree: _ParseTree, context: _Context, span: Span) -> t.Expr:
    match tree.data:
        case "number" | "percent":
            percent = tree.data == "percent"
            token = _token(tree)
            value = read_number(token, span, percent=percent)
            return t.Number(value, percent, decimals=written_decimals(token), span=span)
        case "true" | "false":
            return t.Boolean(tree.data == "true", span=span)
        case "text":
            return t.Text(_token(tree)[1:-1], span=span)
        case "date":
            return read_date(_token(tree)[1:-1], span)
        case "fact":
            name = _name(tree, context)
            return t.AssessmentYear(span=span) if name == ASSESSMENT_YEAR else t.FactRef(name, span=span)
        case "prev_year_fact":
            return t.FactRef(_name(tree, context), t.Ago(1), span=span)
        case "parameter":
            return t.Parameter(_name(tree, context), span=span)
        case other:
            raise AssertionError(f"the grammar has a rule {other} that is not built")


def _comparison(tree: _ParseTree, context: _Context) -> t.Expr:
    operands = _trees(tree)
    if tree.data == "compare" and len(operands) > 2:
        raise _chained(tree, context.text)
    value_tree, others = operands[0], operands[1:]
    if not _has_bare(value_tree):
        value = _build(value_tree, evolve(context, bare=None))
        inner = _standing_for(value, context) if any(_has_bare(other) for other in others) else context
        if any(other.data in _TESTS for other in others):
            return _tested(tree, value, others, evolve(inner, depth=inner.depth + 1))
        built = [_build(other, inner) for other in others]
    elif len(others) == 1 and not _has_bare(others[0]) and others[0].data not in _TESTS:
        built = [_build(others[0], evolve(context, bare=None))]
        value = _build(value_tree, _standing_for(built[0], context))
    else:
        refusal = phrase("bare `prev_year` stands on both sides, so neither says what it is of")
        raise _failure("NC010", refusal, _span(tree), _PREV_YEAR_HINT)
    return _compared(tree, value, built)


def _tested(tree: _ParseTree, value: t.Expr, tests: list[_ParseTree], context: _Context) -> t.Expr:
    """`value in (< 5, [7..9], 12)` as the `or` that it is short for."""
    found: list[t.Expr] = []
    plain = tuple(_build(test, context) for test in tests if test.data not in _TESTS)
    for test in tests:
        if test.data in _TESTS:
            kind = "compare" if test.data == "test_comparison" else "in_range"
            built = [_build(part, context) for part in _trees(test)]
            found.append(_compared(lark.Tree(kind, test.children, test.meta), value, built))
    if plain:
        found.append(t.InSet(value, plain, span=_span(tree)))
    return found[0] if len(found) == 1 else t.Or(tuple(found), span=_span(tree))


def _standing_for(other: t.Expr, context: _Context) -> _Context:
    """The context in which a bare `prev_year` stands for `other` one year earlier."""
    names = fact_names(other)
    if len(names) == 1:
        return evolve(context, bare=other)
    found = (
        phrase("{count} facts ({names})", count=len(names), names=", ".join(sorted(names)))
        if names
        else phrase("no fact")
    )
    refusal = phrase(
        "bare `prev_year` needs exactly one fact on the other side of the comparison; it mentions {found}", found=found
    )
    return evolve(context, bare=None, bare_refusal=refusal)


def _compared(tree: _ParseTree, value: t.Expr, others: list[t.Expr]) -> t.Expr:
    span = _span(tree)
    tokens = [child for child in tree.children if isinstance(child, lark.Token)]
    match tree.data:
        case "compare":
            op = "=" if tokens[0] == "==" else str(tokens[0])
            return t.Compare(t.CompareOp(op), value, others[0], span=span)
        case "between":
            return t.InRange(value, others[0], others[1], span=span)
        case "in_range":
            return t.InRange(value, others[0], others[1], tokens[0] == "[", tokens[-1] == "]", span=span)
        case _:
            return t.InSet(value, tuple(others), span=span)


def _chain(tree: _ParseTree, context: _Context) -> t.Expr:
    """Operators of one rank, from left to right."""
    first, *rest = tree.children
    levels = len(rest) // 2
    if context.depth + levels > MAX_NESTING:
        raise _too_deep(_span(tree), phrase("write `sum(a, b, ...)` for many terms"))
    # The first operand lies deepest in the tree, so each operand is built at the depth that it will have.
    assert isinstance(first, lark.Tree)
    start = _span(tree).start
    result = _build(first, evolve(context, depth=context.depth + levels - 1))
    for index in range(0, len(rest), 2):
        operator, operand = rest[index], rest[index + 1]
        assert isinstance(operand, lark.Tree)
        right = _build(operand, evolve(context, depth=context.depth + levels - 1 - index // 2))
        result = t.Arithmetic(t.ArithmeticOp(str(operator)), result, right, span=Span(start, _span(operand).end))
    return result


def _call(tree: _ParseTree, context: _Context) -> t.Expr:
    token = tree.children[0]
    assert isinstance(token, lark.Token)
    is_spaced = token.type == "ROUNDING"
    name = "_".join(token.split()) if is_spaced else _checked_name(token, context)
    start = token.start_pos or 0
    arguments = [_build(argument, context) for argument in _trees(tree)]
    return forms.call(name, arguments, Span(start, start + len(token)), _span(tree))


def _chained(tree: _ParseTree, text: str) -> FindingsError:
    operands = [text[_span(part).start : _span(part).end] for part in _trees(tree)]
    operators = [str(child) for child in tree.children if isinstance(child, lark.Token)]
    pairs = [f"{left} {op} {right}" for (left, right), op in zip(pairwise(operands), operators, strict=True)]
    return _failure(
        "NC003", phrase("comparisons do not chain"), _span(tree), phrase("write `{value}`", value=" and ".join(pairs))
    )


def _has_bare(tree: _ParseTree) -> bool:
    """Whether a bare `prev_year` stands in `tree` and belongs to no comparison inside it."""
    pending = [tree]
    while pending:
        current = pending.pop()
        if current.data == "bare_prev_year":
            return True
        if current.data not in _COMPARISONS:
            pending.extend(_trees(current))
    return False


def _trees(tree: _ParseTree) -> list[_ParseTree]:
    return list(_subtrees(tree))


def _subtrees(tree: _ParseTree) -> Iterator[_ParseTree]:
    for child in tree.children:
        if _is_tree(child):
            yield child


def _is_tree(child: object) -> TypeGuard[_ParseTree]:
    return isinstance(child, lark.Tree)


def _child(tree: _ParseTree) -> _ParseTree:
    return _trees(tree)[0]


def _token(tree: _ParseTree) -> str:
    return str(tree.children[0])


def _name(tree: _ParseTree, context: _Context) -> str:
    token = tree.children[0]
    assert isinstance(token, lark.Token)
    return _checked_name(token, context)


def _name_after_param(tree: _ParseTree, context: _Context) -> str:
    name = next(child for child in tree.children if isinstance(child, lark.Token) and child.type == "NAME")
    return _checked_name(name, context)


def _checked_name(token: lark.Token, context: _Context) -> str:
    """The name, all of whose characters are letters, digits or `_` (Unicode Standard Annex 31, XID)."""
    name, start = str(token), token.start_pos or 0
    if not name.isidentifier():
        bad = next(end for end in range(1, len(name) + 1) if not name[:end].isidentifier())
        raise FindingsError([unexpected_character(context.text, start + bad - 1)])
    return name


def _span(tree: _ParseTree) -> Span:
    return Span(tree.meta.start_pos, tree.meta.end_pos)


def _too_deep(span: Span, hint: str | None = None) -> FindingsError:
    return _failure(
        "NC005",
        phrase("the expression is nested deeper than {most} levels", most=MAX_NESTING),
        span,
        hint,
    )


def _failure(code: str, message: str, span: Span, hint: str | None = None) -> FindingsError:
    return FindingsError([Finding(code, message, span, hint)])
