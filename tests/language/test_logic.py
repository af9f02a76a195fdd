from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from ncriteria.language.exact import EXACT
from ncriteria.language.values import UNKNOWN, Interval

negation = EXACT.negation
TRUTHS = (True, False, UNKNOWN)
PAIRS = list(product(TRUTHS, repeat=2))
TRIPLES = list(product(TRUTHS, repeat=3))


def conjunction(truths):
    return EXACT.all_of(*truths)


def disjunction(truths):
    return EXACT.any_of(*truths)


def _completions(truths):
    return list(product(*[(True, False) if truth is UNKNOWN else (truth,) for truth in truths]))


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_negation_is_an_involution_and_turns_and_into_or(a, b):
    assert negation(negation(a)) is a
    assert negation(conjunction([a, b])) is disjunction([negation(a), negation(b)])
    assert negation(disjunction([a, b])) is conjunction([negation(a), negation(b)])


@pytest.mark.parametrize(("a", "b", "c"), TRIPLES)
def test_and_and_or_are_lattice_operations(a, b, c):
    for operation, other in ((conjunction, disjunction), (disjunction, conjunction)):
        assert operation([a, b]) is operation([b, a])
        assert operation([operation([a, b]), c]) is operation([a, operation([b, c])])
        assert operation([a, a]) is a
        assert operation([a, other([a, b])]) is a
        assert operation([a, other([b, c])]) is other([operation([a, b]), operation([a, c])])


@pytest.mark.parametrize("truths", TRIPLES)
def test_what_is_decided_holds_whatever_the_unknown_turn_out_to_be(truths):
    for operation, decides in ((conjunction, all), (disjunction, any)):
        outcomes = {decides(completion) for completion in _completions(truths)}
        assert operation(truths) is (outcomes.pop() if len(outcomes) == 1 else UNKNOWN)


@pytest.mark.parametrize("truths", TRIPLES)
@pytest.mark.parametrize("needed", range(5))
def test_a_count_is_decided_exactly_when_the_unknown_cannot_change_it(truths, needed):
    outcomes = {sum(completion) >= needed for completion in _completions(truths)}
    expected = outcomes.pop() if len(outcomes) == 1 else UNKNOWN
    assert EXACT.at_least(needed, *truths) is expected


def test_nothing_conjoined_is_true_and_nothing_disjoined_is_false():
    assert conjunction([]) is True
    assert disjunction([]) is False
    assert EXACT.count_true() == 0
    assert EXACT.count_true(UNKNOWN) == Interval(Fraction(0), Fraction(1))
