"""The schema of criteria files accepts what the reader accepts, key by key, and editors find it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ncriteria.editor import project_shape
from ncriteria.editor.edits import TextEdit, applied
from ncriteria.editor.linting.rules.table import RULES
from ncriteria.editor.schema import project_schema, set_schema
from ncriteria.facts import project
from ncriteria.sets.files.files import MODELINE, SET_SCHEMA
from ncriteria.sets.keys import heading, tables
from ncriteria.sets.keys.shapes import ChosenShape, EitherShape, KeysShape, LaterShape, ListShape, NamesShape, Shape
from ncriteria.sets.keys.tables import CRITERIA_FILE
from ncriteria.sets.loader import read_text
from ncriteria.sets.reading.documents import document_of
from ncriteria.sets.reading.nodes import Listing, Node, Scalar, Table, read_nodes
from ncriteria.words import words
from tests.docs.criteria_blocks import whole_files
from tests.docs.pages import Block, page_names, read_page
from tests.editor.messes import ROOT, SHIPPED

FULL = {path.stem: path.read_text("utf-8") for path in Path(__file__).with_name("cases").glob("every_key_*.yaml")}
SHAPES = [
    *(one for module in (heading, tables) for one in vars(module).values() if isinstance(one, KeysShape)),
    *tables.CHANGES.values(),
]


@pytest.fixture(scope="module")
def validator():
    jsonschema = pytest.importorskip("jsonschema")
    schema = set_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def plain(node: Node) -> object:
    """A tree as the editors' YAML (1.2) types it."""
    match node:
        case Listing(items=items):
            return [plain(item) for item in items]
        case Table(entries=entries):
            return {entry.key.text: plain(entry.value) for entry in entries}
        case Scalar(text=text):
            if not node.plain:
                return text
            if node.is_empty:
                return None
            if text in ("true", "false"):
                return text == "true"
            if re.fullmatch(r"[-+]?[0-9]+", text):
                return int(text)
            return float(text) if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", text) else text


def root_of(text: str) -> Node:
    root = read_nodes(document_of(text, None), [])
    assert root is not None
    return root


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_shipped_sets_fit_the_schema_that_they_name(validator, path):
    text = path.read_text("utf-8")
    assert text.startswith(f"{MODELINE}{SET_SCHEMA}\n")
    assert [error.message for error in validator.iter_errors(plain(root_of(text)))] == []


def test_the_examples_name_the_schema():
    found = [path for path in sorted((ROOT / "examples").rglob("*.yaml")) if "format: ncriteria/1" in path.read_text()]
    assert found
    for path in found:
        first = path.read_text("utf-8").splitlines()[0]
        assert (path.parent / first.removeprefix(MODELINE)).resolve() == ROOT / "criteria" / SET_SCHEMA


def is_set(block: Block) -> bool:
    return block.kind == "yaml" and ("fragment" in block.attributes or "format: ncriteria/1" in block.text)


def test_the_files_of_the_documentation_fit_the_schema(validator):
    for name in page_names():
        for block in read_page(name).blocks:
            if "error" not in block.attributes and is_set(block):
                texts = whole_files(block.text).values() if "fragment" in block.attributes else [block.text]
                assert all(validator.is_valid(plain(root_of(text))) for text in texts), (name, block.line)


def mappings(node: Node, shape: Shape) -> Iterator[tuple[KeysShape, Table]]:
    """Each mapping of known keys in a file, with the table that it is of."""
    match shape, node:
        case LaterShape(), _:
            yield from mappings(node, shape.find())
        case EitherShape(shapes=shapes), _:
            for one in shapes:
                if not isinstance(one, KeysShape) or (isinstance(node, Table) and node.entries[0].key.text in one.keys):
                    yield from mappings(node, one)
        case ChosenShape(by=by, otherwise=otherwise), Table():
            keys = {entry.key.text for entry in node.entries}
            yield from mappings(node, next((one for key, one in by.items() if key in keys), otherwise))
        case ListShape(item=item), Listing():
            for one in node.items:
                yield from mappings(one, item)
        case NamesShape(value=value), Table():
            for entry in node.entries:
                yield from mappings(entry.value, value)
        case KeysShape(keys=keys), Table():
            yield shape, node
            for entry in node.entries:
                yield from mappings(entry.value, keys[entry.key.text].shape)
        case _:
            pass


def test_the_full_files_have_every_key_of_every_mapping_and_no_problem():
    written = set()
    for text in FULL.values():
        assert read_text(text).problems == ()
        for shape, node in mappings(root_of(text), CRITERIA_FILE):
            written |= {(shape.name.removeprefix("inner_"), entry.key.text) for entry in node.entries}
    assert {(shape.name, key) for shape in SHAPES for key in shape.keys} - written == {("set_value", "n")}


UNLIKE = "_of_something_quite_different_z"
"""What makes of any key one that looks like none, for a misspelt key is read as the one that was meant."""
CHOOSING = {"id", "extends", *(verb.value for verb in tables.CHANGES)}


@pytest.mark.parametrize("name", FULL)
def test_the_schema_and_the_reader_know_and_need_the_same_keys(validator, name):
    """All keys of a mapping are others at once, but for those that say what it is or of which one is needed."""
    text, seen = FULL[name], set()
    for shape, node in mappings(root_of(text), CRITERIA_FILE):
        kept = {*CHOOSING, *(key for group in shape.one_of for key in group)}
        keys = [entry.key for entry in node.entries if entry.key.text not in kept]
        if keys and shape.name not in seen:
            seen.add(shape.name)
            changed = applied(text, (TextEdit(key.end, key.end, UNLIKE) for key in keys))
            problems = read_text(changed).problems
            assert sum(problem.code == "NC106" for problem in problems) >= len(keys), shape.name
            missed = {
                one for one in shape.keys if any(problem.message == f"`{one}` is missing" for problem in problems)
            }
            assert missed - kept == set(shape.required) - kept, shape.name
            assert not validator.is_valid(plain(root_of(changed))), shape.name


def test_the_schema_of_project_files_knows_their_keys_and_every_rule():
    keys = project_shape.PROJECT_FILE.keys
    assert tuple(keys) == project._KEYS
    assert tuple(keys["facts"].shape.keys) == tuple(project.READING_KEYS)
    assert tuple(keys["check"].shape.keys) == tuple(RULES)
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(project_schema())
    is_valid = jsonschema.Draft202012Validator(project_schema()).is_valid
    assert is_valid({"format": "ncriteria-project/1", "check": {"NC157": "warning"}, "facts": {"blanks": ["-"]}})
    assert not is_valid({"format": "ncriteria-project/1", "check": {"NC999": "warning"}})
    assert not is_valid({"format": "ncriteria-project/1", "check": {"NC157": "warn"}})


def test_every_key_is_told_in_both_languages_and_stands_in_the_documentation():
    page = (ROOT / "docs" / "criteria-files.md").read_text("utf-8")
    for shape in SHAPES:
        for key, entry in shape.keys.items():
            assert words("vi").again(entry.told) != words("en").again(entry.told), (shape.name, key)
            assert re.search(rf"\b{key}\b", page), (shape.name, key)
