from __future__ import annotations

import re
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from ncriteria.language.parser import parse
from ncriteria.language.printer import show, show_number
from ncriteria.language.queries import nesting
from ncriteria.language.reading.limits import MAX_NESTING
from ncriteria.language.tree import And, Boolean, Not, Number
from tests.strategies import expressions, numbers

_SPACES = st.sampled_from([" ", "\n", "\t  ", "\u00a0"])


@given(expressions)
def test_parsing_the_printed_text_gives_the_tree_back(expr):
    assert parse(show(expr)) == expr


@given(numbers)
def test_parsing_a_printed_number_gives_the_tree_back(expr):
    assert parse(show(expr)) == expr


@given(expressions, st.data())
def test_the_printed_text_does_not_depend_on_the_layout(expr, data):
    text = show(expr)
    # What stands in quotes is no layout.
    outside = [
        part if index % 2 else re.sub(" ", lambda _: data.draw(_SPACES), part)
        for index, part in enumerate(text.split('"'))
    ]
    spread = '"'.join(outside)
    assert show(parse(spread)) == text
    assert show(parse(f"(({text}))")) == text


@given(expressions, expressions)
def test_trees_are_equal_exactly_when_their_texts_are(one, other):
    assert (one == other) == (show(one) == show(other))


@given(st.integers(0, 10**100 - 1), st.integers(-100, 100))
def test_every_number_within_the_limits_is_printed_so_that_it_is_read_back(digits, exponent):
    value = Fraction(digits) * Fraction(10) ** exponent
    text = show_number(value)
    assert fraction_of(text) == value


def fraction_of(text: str) -> Fraction:
    mantissa, _, exponent = text.partition("e")
    return Fraction(mantissa) * Fraction(10) ** int(exponent or 0)


@given(st.integers(0, 10**99), st.integers(-100, 0))
def test_literals_keep_their_exact_value(digits, exponent):
    text = f"{digits}e{exponent}"
    assert parse(text) == Number(Fraction(digits) * Fraction(10) ** exponent)


def test_the_deepest_tree_that_is_read_is_read_back():
    text = "not " * (MAX_NESTING - 1) + "x"
    tree = parse(text)
    assert nesting(tree) == MAX_NESTING
    assert parse(show(tree)) == tree


def test_nested_conjunctions_keep_their_grouping():
    inner = And((Boolean(True), Boolean(False)))
    assert show(And((inner, Not(inner)))) == "(true and false) and not (true and false)"
