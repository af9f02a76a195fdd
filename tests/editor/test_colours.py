"""Colours for rules: of Pygments, and of editors that read TextMate grammars."""

from __future__ import annotations

import json
import re
import tomllib

import pytest
from pygments.token import Comment, Keyword, Name, Number, Operator

from ncriteria.editor.highlighting import ExpressionLexer
from ncriteria.sets.loader import read_text
from tests.editor.messes import ROOT, SHIPPED
from tests.editor.syntaxes import FOLDER, RULE_KEYS, grammars


def test_the_parts_of_a_rule_have_their_colours():
    found = ExpressionLexer().get_tokens("số_vụ <= prev_year * 0.95 and known(x)")
    told = [(kind, text) for kind, text in found if text.strip()]
    assert told[:5] == [
        (Name, "số_vụ"),
        (Operator, "<="),
        (Keyword, "prev_year"),
        (Operator, "*"),
        (Number, "0.95"),
    ]
    assert (Name.Function, "known") in told


@pytest.mark.parametrize("path", SHIPPED[:3], ids=lambda path: path.stem)
def test_no_part_of_a_shipped_rule_is_without_colour(path):
    for node in read_text(path.read_bytes(), path=path).expressions.values():
        assert Comment not in {kind for kind, _ in ExpressionLexer().get_tokens(node.text)}


def test_the_lexer_is_found_by_its_name():
    points = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]
    assert points["pygments.lexers"] == {"ncriteria": f"{ExpressionLexer.__module__}:{ExpressionLexer.__qualname__}"}


def test_the_grammars_of_editors_are_made_from_the_words_of_the_language():
    assert {path.name: path.read_text("utf-8") for path in FOLDER.iterdir()} == grammars()
    package = json.loads((FOLDER.parent / "package.json").read_text("utf-8"))
    assert {grammar["path"].rpartition("/")[2] for grammar in package["contributes"]["grammars"]} == set(grammars())


def test_a_rule_is_coloured_under_each_key_that_has_one():
    begin = re.compile(
        json.loads(grammars()["rule-in-yaml.tmLanguage.json"])["patterns"][1]["begin"].replace(r"\p{L}", r"\w")
    )
    assert RULE_KEYS == ["applies_when", "residual", "rule", "when", "when_zero_base"]
    assert all(begin.search(f"  {key}: a <= 1") for key in RULE_KEYS)
    assert not begin.search("  title: a")
