"""Every construct of the language has cases: what it means, how it is read, and every message that refuses it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import get_args

import attrs
import pytest

from ncriteria.evaluation.lowering import resolve
from ncriteria.language import tree
from ncriteria.language.parser import parse
from ncriteria.language.queries import walk
from ncriteria.language.tree import THIS_YEAR
from tests.case_files import document

TESTS = Path(__file__).parents[1]
SOURCE = Path(tree.__file__).parents[1]


def cases_of(name):
    return document(TESTS / name)


READ = [node for case in cases_of("language/cases/valid.yaml") for node in walk(parse(case["text"]))]
JUDGED_RULES = [case["rule"] for case in cases_of("evaluation/cases/rules.yaml") if "error" not in case]
JUDGED = [node for rule in JUDGED_RULES for node in walk(parse(str(rule)))]
CHECKED = [node for case in cases_of("language/cases/check_valid.yaml") for node in walk(parse(case["rule"]))]

NODES = get_args(tree.Expr)
OPERATIONS = [*tree.CompareOp, *tree.ArithmeticOp, *tree.Function]


def operations(nodes):
    return {
        getattr(node, name)
        for node in nodes
        for name in ("op", "function")
        if any(field.name == name for field in attrs.fields(type(node)))
    }


def test_the_tree_has_the_nodes_that_its_module_defines():
    defined = {kind for kind in vars(tree).values() if isinstance(kind, type) and issubclass(kind, tree.Node)}
    assert set(NODES) == defined - {tree.Node}


@pytest.mark.parametrize("kind", NODES, ids=lambda kind: kind.__name__)
def test_every_node_has_cases_that_read_it_and_cases_that_judge_it(kind):
    assert any(isinstance(node, kind) for node in READ)
    assert any(isinstance(node, kind) for node in JUDGED)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: f"{type(operation).__name__}.{operation.name}")
def test_every_operation_has_cases_that_judge_it(operation):
    assert operation in operations(JUDGED)


def test_what_is_left_after_the_period_forms_are_written_out_has_none_of_them():
    for rule in JUDGED_RULES:
        for node in walk(resolve(parse(str(rule)), THIS_YEAR, 2021)):
            assert not isinstance(node, (tree.Earlier, tree.SumYears, tree.Decreasing))


CODE = re.compile(r'"(NC\d{3})"')


def codes_in(*folders):
    return {
        code
        for folder in folders
        for path in (SOURCE / folder).rglob("*.py")
        for code in CODE.findall(path.read_text(encoding="utf-8"))
    }


def texts_in(value):
    """Every text in a case, but for its name."""
    match value:
        case str():
            yield value
        case list():
            yield from (text for one in value for text in texts_in(one))
        case dict():
            yield from (text for key, one in value.items() if key != "id" for text in texts_in(one))


@cache
def messages_of_cases():
    judged = sorted(path.relative_to(TESTS) for path in (TESTS / "evaluation" / "cases").glob("*.yaml"))
    files = ("language/cases/invalid.yaml", "language/cases/check.yaml", *judged)
    return "\n".join(text for name in files for text in texts_in(cases_of(name)))


LIMITS = {"NC004", "NC005"}
"""Limits of size and nesting, whose texts are made in `test_parsing.py`."""


@pytest.mark.parametrize("code", sorted(codes_in("language") - LIMITS))
def test_every_code_of_the_language_has_an_invalid_case_with_its_message(code):
    assert f"{code} " in messages_of_cases()


JUDGING = {code for code in codes_in("evaluation") if code.startswith("NC3")}
COLUMNS_ONLY = JUDGING - {
    code
    for path in (SOURCE / "evaluation").rglob("*.py")
    if "columns" not in path.parts
    for code in CODE.findall(path.read_text(encoding="utf-8"))
}
"""Codes that need a dataframe, whose messages are held by the tests of the columns."""
READ_BACK = {"NC311"}
"""The code of a result that was read back, whose message is held by the tests of the reports."""

OF_TABLES = {"NC317", "NC322"}
"""Codes of whole tables, whose messages are held by `test_attested_tables.py` and `test_partial_tables.py`."""


@pytest.mark.parametrize("code", sorted(JUDGING - COLUMNS_ONLY - READ_BACK - OF_TABLES))
def test_every_code_of_judging_has_an_invalid_case_with_its_message(code):
    assert f"{code} " in messages_of_cases()
