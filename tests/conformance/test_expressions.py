"""How expressions are read and checked, as the suite says; and that the suite has every construct."""

from __future__ import annotations

import json
import re
from typing import get_args

import attrs
import jsonschema
import pytest

import ncriteria as nc
from ncriteria.language import tree
from ncriteria.language.parser import parse
from ncriteria.language.printer import show
from ncriteria.language.queries import walk
from ncriteria.sets.keys import tables
from ncriteria.sets.keys.shapes import ChosenShape, EitherShape, KeysShape, LaterShape, ListShape, NamesShape
from ncriteria.sets.structure import expressions
from tests.conformance.suite import FOLDER, Case, cases_of, content, loaded, names, set_text, set_texts

READ, CHECKED = cases_of("reading"), cases_of("checking")
JUDGED = [Case(file, case) for file, case in cases_of("judging")]
IDS = [case["id"] for name in names() for case in content(name)["cases"]]


def test_expressions_are_read_as_the_suite_says():
    for _, case in READ:
        try:
            found = {"expression": show(parse(case["read"]))}
        except nc.NCriteriaError as error:
            found = {"error": error.problems[0].code}
        assert case.items() >= found.items(), case


def test_rules_are_taken_or_refused_as_the_suite_says():
    for _, case in CHECKED:
        assert _codes(case) == case.get("refused", []), case
        assert ("accepted" in case) is not ("refused" in case), case


def _codes(case):
    try:
        loaded(set_text(case["set"], json.dumps(case["clauses"])))
    except nc.CriteriaError as error:
        return [problem.code for problem in error.problems]
    return []


def test_the_suite_has_many_cases_each_of_its_own_name():
    assert len(IDS) == len(set(IDS)) >= 1000


@pytest.mark.parametrize("name", names())
def test_every_file_fits_the_schema(name):
    schema = json.loads((FOLDER / "schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    assert [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(content(name))] == []


def _judged_nodes():
    for text in {case.text for case in JUDGED}:
        for member in loaded(text).definition.members():
            for _, rule in expressions(member):
                yield from walk(rule)
    for _, case in cases_of("tables"):
        for name in case["sets"]:
            for text in _rules_in(set_texts(name)):
                yield from walk(parse(text))


def _rules_in(value):
    match value:
        case dict():
            yield from (one for key, one in value.items() if key == "rule")
            yield from (rule for one in value.values() for rule in _rules_in(one))
        case list():
            yield from (rule for one in value for rule in _rules_in(one))


def test_every_node_operation_and_measure_is_judged():
    nodes = list(_judged_nodes())
    assert {type(node) for node in nodes} >= set(get_args(tree.Expr))
    done = {
        getattr(node, name)
        for node in nodes
        for name in ("op", "function", "measure")
        if any(field.name == name for field in attrs.fields(type(node)))
    }
    assert done == {*tree.CompareOp, *tree.ArithmeticOp, *tree.Function, *tree.Measure}


NOT_HELD = {
    **dict.fromkeys(("tests", "attested_by", "direction"), "says who may do something, or how a file is tested"),
    **dict.fromkeys(
        ("title", "one", "headings", "supplier", "note", "url", "issued", "at", "basis"),
        "is for people, or for reading tables",
    ),
    **dict.fromkeys(("window", "windows", "over_months", "accepts_windows"), "is about months of tables"),
    **dict.fromkeys(("change_of", "difference_of", "unsigned"), "is about figures that are published beside others"),
    **dict.fromkeys(("series", "comparable", "published"), "is about figures that are compared when a table is read"),
    **dict.fromkeys(("awaits", "document", "sha256", "retrieved"), "is about texts to come, or that may have changed"),
    **dict.fromkeys(("in_force", "judges", "after_end", "only_when_named"), "chooses the set of a table among several"),
    "attested": "says that a fact is a judgement; it is judged as any other",
}
"""Keys of a criteria file that no case holds an engine to, and why."""


def _keys_in(value):
    match value:
        case dict():
            yield from value
            yield from (key for one in value.values() for key in _keys_in(one))
        case list():
            yield from (key for one in value for key in _keys_in(one))


def _shapes(shape, seen=None):
    """Every shape that stands in a shape, each once; but those of embedded tests, which are cases themselves."""
    seen = {id(tables.TEST): tables.TEST} if seen is None else seen
    if id(shape) in seen:
        return
    seen[id(shape)] = shape
    yield shape
    match shape:
        case ListShape(item=inner) | NamesShape(value=inner):
            inside = [inner]
        case KeysShape(keys=keys):
            inside = [entry.shape for entry in keys.values()]
        case EitherShape(shapes=shapes):
            inside = shapes
        case ChosenShape(by=by, otherwise=otherwise):
            inside = [*by.values(), *([] if otherwise is None else [otherwise])]
        case LaterShape(find=find):
            inside = [find()]
        case _:
            inside = []
    for one in inside:
        yield from _shapes(one, seen)


def test_every_key_of_a_criteria_file_occurs_or_is_said_not_to_be_held():
    table = {key for shape in _shapes(tables.CRITERIA_FILE) if isinstance(shape, KeysShape) for key in shape.keys}
    sets = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((FOLDER / "sets").glob("*.json"))]
    there = {*_keys_in(sets), *_keys_in([case.written.get("clauses", {}) for case in JUDGED])}
    assert table - there <= NOT_HELD.keys()


def test_the_examples_of_the_readme_are_cases_of_the_suite():
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    decoder, shown = json.JSONDecoder(), []
    for block in re.findall(r"```json\n(.*?)```", text, re.DOTALL):
        rest = block.strip()
        while rest:
            case, end = decoder.raw_decode(rest)
            shown.append(case)
            rest = rest[end:].strip()
    every = {case["id"]: case for name in names() for case in content(name)["cases"]}
    assert shown
    assert [case for case in shown if every[case["id"]] != case] == []


def test_the_readme_names_every_file():
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [name for name in names() if f"`{name}` | `{content(name)['kind']}`" not in text] == []
