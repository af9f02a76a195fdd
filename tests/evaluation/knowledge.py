"""Generated knowledge: what is known of the facts of a rule, and the facts that it allows."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume
from hypothesis import strategies as st

from ncriteria.evaluation.records.record import Record
from ncriteria.language.values import Interval, bounds, interval
from tests.evaluation.sets import DOMAINS, YEAR

MOST_COMPLETIONS = 256


@st.composite
def knowledge(draw, keys, domains=DOMAINS, most=MOST_COMPLETIONS):
    """For each of `keys` nothing, a value, or bounds of a number; few enough facts stay open to try all of them."""
    known = {}
    for key in keys:
        domain = domains[key.name]
        kind = draw(st.sampled_from(("open", "exact", "bounds")))
        if kind == "exact" or (kind == "bounds" and not isinstance(domain[0], Fraction)):
            known[key] = draw(st.sampled_from(domain))
        elif kind == "bounds":
            low, high = sorted((draw(st.sampled_from(domain)), draw(st.sampled_from(domain))))
            known[key] = interval(draw(st.sampled_from((None, low))), draw(st.sampled_from((None, high))))
    size = 1
    for values in allowed(known, keys, domains).values():
        size *= len(values)
    assume(size <= most)
    return known


def allowed(known, keys, domains=DOMAINS):
    """The values that each of `keys` can have under what is known."""
    return {key: tuple(value for value in domains[key.name] if _fits(known.get(key), value)) for key in keys}


def _fits(known, value):
    if known is None:
        return True
    if isinstance(known, Interval):
        low, high = bounds(known)
        return (low is None or low <= value) and (high is None or value <= high)
    return known == value


@st.composite
def tightened(draw, known, keys, domains=DOMAINS):
    """More knowledge than `known`, which it does not contradict."""
    more = dict(known)
    for key, values in allowed(known, keys, domains).items():
        step = draw(st.sampled_from(("same", "exact", "bounds")))
        if step == "exact":
            more[key] = draw(st.sampled_from(values))
        elif step == "bounds" and isinstance(values[0], Fraction):
            low, high = sorted((draw(st.sampled_from(values)), draw(st.sampled_from(values))))
            more[key] = interval(low, high)
    return more


def record(known):
    """The record of what is known in the assessment year of the tests."""
    return Record(known, YEAR)
