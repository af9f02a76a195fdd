"""The tables of docs/language.md: each expression has, with the facts beside it, the value beside it."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import get_args

import pytest
from attrs import frozen

import ncriteria as nc
from ncriteria.language import tree
from ncriteria.language.queries import walk
from ncriteria.language.values import Interval
from tests.docs.criteria_blocks import codes_of, whole
from tests.docs.pages import ROOT

_PAGE = "docs/language.md"
_HEADER = "| Expression | Known | Value |"
_TRUTHS = {"true": nc.Verdict.MET, "false": nc.Verdict.NOT_MET, "unknown": nc.Verdict.UNDETERMINED}
_SHARE = re.compile(r"(\d+) met, (\d+) not met(?:, (\d+) undetermined)?")


@frozen
class Row:
    line: int
    expression: str
    known: str
    value: str


def _rows() -> list[Row]:
    found, inside = [], False
    for number, line in enumerate((ROOT / _PAGE).read_text(encoding="utf-8").splitlines(), start=1):
        if line == _HEADER:
            inside = True
        elif inside and line.startswith("|"):
            cells = [cell.strip().replace("`", "") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            if not set(cells[0]) <= set("-: "):
                found.append(Row(number, *cells))
        else:
            inside = False
    return found


@pytest.mark.parametrize("row", _rows(), ids=lambda row: f"{row.line}: {row.expression}")
def test_an_expression_of_the_page_has_the_value_beside_it(row: Row) -> None:
    truth = row.value in _TRUTHS
    rule = row.expression if truth or row.value.startswith("error") else f"({row.expression}) = {row.value}"
    expected = _TRUTHS.get(row.value, nc.Verdict.MET)
    clause = {"title": "x", "encodes": "exact", "cite": [{"instrument": "x"}], "rule": rule}
    criteria = nc.loads(whole(f"clauses:\n  tabled: {_flow(clause)}\n"))
    if row.value.startswith("error"):
        with pytest.raises(nc.NCriteriaError) as raised:
            criteria.judge(_record(row.known))
        assert codes_of(raised.value) == {row.value.removeprefix("error ")}
    else:
        assert criteria.judge(_record(row.known))["tabled"].verdict is expected


def _flow(value: object) -> str:
    match value:
        case dict():
            return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_flow, value)) + "]"
        case _:
            return '"' + str(value).replace('"', '\\"') + '"'


def _record(known: str) -> nc.Record:
    """What a cell says: `crime_cases = 1; prev_year.crime_cases >= 3`, or the verdicts that a roll-up counts."""
    values: dict[nc.FactKey, Fraction | bool | str | Interval] = {}
    shares = {}
    for part in filter(None, (part.strip() for part in known.split(";"))):
        if counts := _SHARE.fullmatch(part):
            shares["commune", "crime"] = nc.RollUp(int(counts[1]), int(counts[2]), int(counts[3] or 0))
        else:
            key, value = _fact(part)
            values[key] = value
    return nc.Record(values, 2026, shares)


def _fact(part: str) -> tuple[nc.FactKey, Fraction | bool | str | Interval]:
    said = nc.parse(part)
    assert isinstance(said, tree.Compare)
    assert isinstance(said.left, tree.FactRef)
    match said.op, said.right:
        case tree.CompareOp.EQ, tree.Number() | tree.Boolean() | tree.Text() | tree.Date():
            return said.left.key, said.right.value
        case tree.CompareOp.GE, tree.Number(value=value):
            return said.left.key, Interval(value, None)
        case tree.CompareOp.LE, tree.Number(value=value):
            return said.left.key, Interval(None, value)
    raise AssertionError(f"what does `{part}` say is known?")


def test_the_tables_show_every_construct_of_the_language() -> None:
    shown = [node for row in _rows() for node in walk(nc.parse(row.expression))]
    assert {type(node) for node in shown} >= set(get_args(tree.Expr))
    assert {node.function for node in shown if isinstance(node, tree.Call)} == set(tree.Function)
    assert {node.op for node in shown if isinstance(node, tree.Compare)} == set(tree.CompareOp)
    assert {node.op for node in shown if isinstance(node, tree.Arithmetic)} == set(tree.ArithmeticOp)
    ranges = {(node.low_closed, node.high_closed) for node in shown if isinstance(node, tree.InRange)}
    assert ranges == {(True, True), (True, False), (False, True), (False, False)}
