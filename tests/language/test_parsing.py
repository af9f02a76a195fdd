from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncriteria.errors import NCriteriaError
from ncriteria.language.parser import parse
from ncriteria.language.printer import show
from ncriteria.language.reading.limits import MAX_CHARACTERS, MAX_DIGITS, MAX_NESTING
from ncriteria.language.source import ExpressionError
from ncriteria.language.tree import FactRef
from tests.case_files import cases
from tests.strategies import expressions


@pytest.mark.parametrize("case", cases(__file__, "valid"))
def test_valid_text_is_read_and_printed_canonically(case):
    tree = parse(case["text"])
    assert show(tree) == case["canonical"]
    assert parse(case["canonical"]) == tree


@pytest.mark.parametrize("case", cases(__file__, "invalid"))
def test_invalid_text_is_refused_with_its_place_and_a_hint(case):
    with pytest.raises(ExpressionError) as caught:
        parse(case["text"])
    assert str(caught.value) == case["error"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a" * (MAX_CHARACTERS + 1), "NC004"),
        ("(" * (MAX_NESTING + 1) + "a" + ")" * (MAX_NESTING + 1), "NC005"),
        ("not " * MAX_NESTING + "a", "NC005"),
        (" + ".join("a" * (MAX_NESTING + 1)) + " = 1", "NC005"),
        ("-" * 5000 + "a", "NC005"),
        ("(" * 5000, "NC002"),
        ("if a then " * 900 + "b", "NC002"),
        ("1" * (MAX_DIGITS + 1), "NC006"),
        ("0." + "0" * MAX_DIGITS + "1", "NC006"),
        ("1e" + "9" * 4000, "NC006"),
        ("not " * 60 + "(a" + " + 1" * 60 + " < prev_year)", "NC005"),
    ],
)
def test_each_limit_is_a_located_error(text, code):
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert [problem.code for problem in caught.value.problems] == [code]
    assert all(problem.place is not None for problem in caught.value.problems)


def test_what_lies_at_the_limits_is_read():
    assert parse("1" * MAX_DIGITS)
    assert parse("(" * MAX_NESTING + "a" + ")" * MAX_NESTING) == FactRef("a")
    assert parse(" + ".join("a" * MAX_NESTING))
    assert parse("a" * MAX_CHARACTERS)


def test_names_are_compared_in_composed_form():
    assert parse(unicodedata.normalize("NFD", "số_vụ")) == parse("số_vụ")


@pytest.mark.parametrize("name", ["số_vụ", "δείκτης", "пример", "指标", "हिन्दी"])
def test_names_may_be_of_any_script(name):
    assert parse(name) == FactRef(unicodedata.normalize("NFC", name))


@given(st.text(max_size=200))
def test_any_text_is_an_expression_or_a_located_error(text):
    _parse_or_refuse(text)


_WORDS = st.sampled_from(
    [
        "a",
        "b",
        "prev_year",
        ".",
        "(",
        ")",
        "[",
        "]",
        "..",
        ",",
        "if",
        "then",
        "else",
        "and",
        "or",
        "not",
        "in",
        "between",
        "=",
        "<",
        "<=",
        "+",
        "-",
        "*",
        "/",
        "%",
        "1",
        ".5",
        "0.95",
        "true",
        '"x"',
        "@",
        "met",
        "sum_years",
        "param",
        "at",
    ]
)


@given(st.lists(_WORDS, max_size=20).map(" ".join))
def test_any_sequence_of_words_is_an_expression_or_a_located_error(text):
    _parse_or_refuse(text)


@given(expressions, st.data())
def test_a_damaged_expression_is_read_or_refused(expr, data):
    text = show(expr)
    position = data.draw(st.integers(0, len(text)))
    damage = data.draw(st.sampled_from(["", "(", ")", '"', "prev_year", " not ", "≤", "9" * 120]))
    _parse_or_refuse(text[:position] + damage + text[position + data.draw(st.integers(0, 3)) :])


def _parse_or_refuse(text: str) -> None:
    try:
        tree = parse(text)
    except NCriteriaError as error:
        problems = error.problems
    else:
        assert parse(show(tree)) == tree
        return
    assert problems
    assert all(problem.place is not None for problem in problems)
