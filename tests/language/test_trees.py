from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncriteria.language.queries import parts, walk, with_parts
from ncriteria.language.tree import CompareOp
from tests.strategies import expressions

numbers = st.integers(-3, 3).map(Fraction)


@given(expressions)
def test_an_expression_made_of_its_own_parts_is_itself(expr):
    for node in walk(expr):
        assert with_parts(node, parts(node)) == node


@pytest.mark.parametrize("op", CompareOp)
@given(one=numbers, other=numbers)
def test_the_opposite_holds_where_a_comparison_does_not_and_the_mirrored_with_sides_exchanged(op, one, other):
    assert op.opposite.holds(one, other) is not op.holds(one, other)
    assert op.mirrored.holds(other, one) is op.holds(one, other)
