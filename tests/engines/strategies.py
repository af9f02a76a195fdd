"""Generated criteria sets and records over the facts of `tests.strategies`, for holding the engines to each other."""

from __future__ import annotations

import datetime
from fractions import Fraction

from hypothesis import strategies as st

from ncriteria.language.parser import parse
from ncriteria.language.queries import earlier_terms, facts_of
from ncriteria.language.reading import forms
from ncriteria.language.tree import (
    Ago,
    And,
    Coalesce,
    Compare,
    Expr,
    FactKey,
    FactRef,
    If,
    Known,
    Measure,
    Met,
    Not,
    Or,
    Parameter,
    ParameterBy,
    Within,
)
from ncriteria.language.values import UNKNOWN
from ncriteria.sets.model import (
    Clause,
    Combination,
    CriteriaSet,
    DatedValue,
    Encodes,
    FactDeclaration,
    FactType,
    Group,
    Level,
    ParameterDeclaration,
    Years,
)
from ncriteria.sets.sources import Bilingual, Citation, Instrument
from ncriteria.sets.structure import with_verdicts
from tests import strategies as language

TITLE = Bilingual("tiêu đề", "title")
YEAR = 2021
YEARS = Years(2018, 2025)
FACTS = {
    **{name: FactDeclaration(name, TITLE, FactType.COUNT, minimum=Fraction(0)) for name in language.COUNTS},
    **{name: FactDeclaration(name, TITLE, FactType.BOOLEAN) for name in language.TRUTHS},
    language.ENUMERATION: FactDeclaration(
        language.ENUMERATION, TITLE, FactType.ENUMERATION, options=language.OPTIONS, ordered=True
    ),
    language.DAY: FactDeclaration(language.DAY, TITLE, FactType.DATE),
    "share": FactDeclaration("share", TITLE, FactType.NUMBER, minimum=Fraction(0), maximum=Fraction(1), decimals=2),
    "balance": FactDeclaration("balance", TITLE, FactType.NUMBER, decimals=1),
    "index": FactDeclaration("index", TITLE, FactType.NUMBER),
}
PARAMETERS = {
    "reduction": ParameterDeclaration(
        "reduction",
        TITLE,
        FactType.NUMBER,
        (DatedValue(None, Fraction(1, 20)), DatedValue(2022, Fraction(1, 10))),
    ),
    **{
        f"cap[{option}]": ParameterDeclaration(
            f"cap[{option}]",
            TITLE,
            FactType.NUMBER,
            (DatedValue(None, value), DatedValue(2021, later)),
            option=("cap", option),
        )
        for option, value, later in zip(
            language.OPTIONS,
            (Fraction(3), Fraction(5, 2), UNKNOWN),
            (Fraction(3), Fraction(4), Fraction(1)),
            strict=True,
        )
    },
    "limit": ParameterDeclaration("limit", TITLE, FactType.NUMBER, (DatedValue(None, UNKNOWN),)),
}


_decimals = st.builds(FactRef, st.sampled_from(("share", "balance", "index")), language.periods)
_by_option = st.builds(
    ParameterBy,
    st.just("cap"),
    st.builds(FactRef, st.just(language.ENUMERATION), language.periods) | language.texts,
)
_plain = _decimals | st.sampled_from((Parameter("reduction"), Parameter("limit"))) | _by_option
_numbers = language.numbers | _plain | language.rounded(_plain) | language.chains(language.truth_facts, _plain)
ASKED = [
    Within(Measure.SHARE_MET, "commune", "test:x"),
    Within(Measure.COUNT_MET, "commune", "test:x"),
    forms.within(Measure.COUNT_OF, "commune", parse(f"{language.COUNTS[0]} > 3")),
    forms.within(Measure.SUM_OF, "commune", parse(language.COUNTS[0])),
]
_shares = st.builds(Compare, language.comparisons, st.sampled_from(ASKED), language.number_literals)


def _knowing(inner):
    return st.one_of(
        st.builds(Not, inner),
        st.builds(And, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Or, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(If, inner, inner, inner),
        st.builds(Known, _numbers | inner),
        st.builds(Coalesce, inner, inner),
        st.builds(Compare, language.comparisons, st.builds(Coalesce, _numbers, _numbers), _numbers),
        st.builds(Compare, language.comparisons, _numbers, _numbers),
    )


conditions = st.recursive(language.truths | _shares, _knowing, max_leaves=3)
"""Conditions of every construct, decimals, parameters and roll-ups among them."""


@st.composite
def criteria_sets(draw, conditions=conditions):
    """A set of one to four clauses, alone or in groups, with rules that `conditions` gives."""
    done: list[str] = []
    members = [draw(_members(conditions, done, f"c{index}", 0)) for index in range(draw(st.integers(1, 3)))]
    return CriteriaSet(
        id="test.generated",
        standard="test",
        title=TITLE,
        instrument=Instrument("1/TEST", TITLE),
        years=YEARS,
        level=Level.DISTRICT,
        facts=FACTS,
        parameters=PARAMETERS,
        clauses=tuple(members),
    )


VERDICTS = tuple(
    map(
        parse,
        (
            'met("other:x")',
            'prev_year(met("other:x"))',
            'years_ago(2, met("c0"))',
            'met_years("other:x", 2)',
            'prev_year(met_years("other:x", 2))',
            'at(met("other:x"), 2020)',
        ),
    )
)
"""Verdicts of other years and standards, which a record gives as facts."""


def leaning_sets():
    """Sets that lean on verdicts of other years and standards."""
    leaning = st.sampled_from(VERDICTS)
    return criteria_sets(st.one_of(leaning, st.builds(Or, st.tuples(conditions, leaning)), conditions)).map(
        with_verdicts
    )


@st.composite
def _members(draw, conditions, done: list[str], path: str, depth: int):
    if depth < 2 and draw(st.integers(0, 3)) == 0:
        return draw(_groups(conditions, done, path, depth))
    rule = draw(st.none() | conditions | conditions)
    if rule is not None and done and draw(st.booleans()):
        referred = Met(draw(st.sampled_from(done)))
        rule = draw(st.sampled_from([referred, And((rule, referred)), Or((rule, referred))]))
    zero_base = draw(conditions) if rule is not None and _may_have_zero_base(rule) and draw(st.booleans()) else None
    applies_when = draw(st.none() | st.none() | conditions)
    done.append(path)
    encodes = Encodes.NOT_ENCODED if rule is None else Encodes.EXACT
    return Clause(path, TITLE, rule, encodes, (Citation("1/TEST"),), zero_base, applies_when)


def _may_have_zero_base(rule: Expr) -> bool:
    terms = earlier_terms(rule)
    return (
        len(terms) == 1 and not any(key.name in language.TRUTHS for key in facts_of(terms[0])) and _is_count(terms[0])
    )


def _is_count(term: Expr) -> bool:
    return isinstance(term, FactRef) and term.name in language.COUNTS


@st.composite
def _groups(draw, conditions, done: list[str], path: str, depth: int):
    combination = draw(st.sampled_from(Combination))
    size = draw(st.integers(1, 3))
    members = tuple(draw(_members(conditions, done, f"{path}/c{index}", depth + 1)) for index in range(size))
    minimum = draw(st.integers(1, size)) if combination is Combination.AT_LEAST else None
    counts = combination is Combination.AT_LEAST and draw(st.booleans())
    applies_when = draw(st.none() | st.none() | conditions)
    done.append(path)
    return Group(path, TITLE, combination, members, minimum, counts, applies_when)


_PARTS = 6
"""A number without declared decimals is a number of sixths."""
small_counts = st.integers(0, 4) | st.sampled_from([19, 20, 95, 100])
_VALUES = {
    FactType.COUNT: small_counts.map(Fraction),
    FactType.BOOLEAN: st.booleans(),
    FactType.ENUMERATION: st.sampled_from(language.OPTIONS),
    FactType.DATE: st.dates(datetime.date(2020, 1, 1), datetime.date(2026, 12, 31)),
}


def value_of(declaration: FactDeclaration):
    """Values that the declaration allows, with ties among them."""
    if declaration.type is not FactType.NUMBER:
        return _VALUES[declaration.type]
    scale = _PARTS if declaration.decimals is None else 10**declaration.decimals
    low, high = (0, scale) if declaration.maximum is not None else (-3 * scale, 3 * scale)
    return st.integers(low, high).map(lambda whole: Fraction(whole, scale))


def records(criteria: CriteriaSet, backs=(0, 1, 2, 3)):
    """What is known of one unit: some of the facts of the assessment year and of years before."""
    keys = [FactKey(name, Ago(back)) for name in criteria.facts for back in backs]
    return st.fixed_dictionaries({}, optional={key: value_of(criteria.facts[key.name]) for key in keys})
