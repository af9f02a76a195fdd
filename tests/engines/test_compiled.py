from __future__ import annotations

import copy
import pickle
from fractions import Fraction

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ncriteria.errors import NCriteriaError
from ncriteria.evaluation.compiled import compile_criteria
from ncriteria.evaluation.criteria import Criteria
from ncriteria.facts.values import MOST_NUMERATOR
from ncriteria.language.parser import parse
from ncriteria.language.tree import Ago, FactKey, Measure
from ncriteria.language.values import Interval
from ncriteria.sets.model import Clause, CriteriaSet, Encodes, FactDeclaration, FactType, Level, RollUp, Verdict
from ncriteria.sets.sources import Citation, Instrument
from tests.engines.strategies import (
    ASKED,
    FACTS,
    TITLE,
    YEAR,
    YEARS,
    criteria_sets,
    leaning_sets,
    records,
    small_counts,
)

_counts = st.builds(RollUp, *[st.integers(0, 3)] * 3)
_sums = small_counts.map(Fraction) | small_counts.map(lambda low: Interval(Fraction(low), None))
shares = st.fixed_dictionaries(
    {},
    optional={(asked.level, asked.path): _sums if asked.measure is Measure.SUM_OF else _counts for asked in ASKED},
)


def _by_year(record):
    years: dict[int, dict[str, object]] = {}
    for key, value in record.items():
        assert isinstance(key.period, Ago)
        plain = (
            int(value)
            if not isinstance(value, bool) and hasattr(value, "denominator") and value.denominator == 1
            else value
        )
        years.setdefault(key.period.years, {})[key.name] = plain
    return years


def _outcome(judge):
    try:
        return judge()
    except NCriteriaError as error:
        return [problem.code for problem in error.problems]


def _agree(criteria: Criteria, record, shares, compiled=None) -> None:
    compiled, years = compiled or compile_criteria(criteria, YEAR), _by_year(record)
    facts, prev_year = years.pop(0, {}), years.pop(1, {})
    earlier = {YEAR - back: facts for back, facts in years.items()}

    def reference():
        result = criteria.evaluate(facts, prev_year=prev_year, earlier=earlier, year=YEAR, shares=shares)
        return result.verdict, {path: outcome.verdict for path, outcome in result.clauses.items()}

    def fast():
        found = compiled(facts, prev_year, earlier, shares)
        return found.verdict, found.clauses

    assert _outcome(fast) == _outcome(reference)


@settings(phases=(Phase.explicit, Phase.reuse, Phase.generate), max_examples=max(15, settings().max_examples // 4))
@given(st.data())
def test_the_compiled_function_gives_the_verdicts_of_the_reference(data):
    criteria = Criteria(data.draw(criteria_sets()))
    for _ in range(5):
        _agree(criteria, data.draw(records(criteria.definition)), data.draw(shares))


@settings(phases=(Phase.explicit, Phase.reuse, Phase.generate), max_examples=max(8, settings().max_examples // 20))
@given(st.data())
def test_the_compiled_function_takes_verdicts_of_other_years_as_facts(data):
    criteria = Criteria(data.draw(leaning_sets()))
    for _ in range(2):
        _agree(criteria, data.draw(records(criteria.definition)), data.draw(shares))


def _judging(rule):
    clause = Clause("c", TITLE, parse(rule), Encodes.EXACT, (Citation("1/TEST"),))
    instrument = Instrument("1/TEST", TITLE)
    return Criteria(
        CriteriaSet("test.one", "test", TITLE, instrument, YEARS, Level.COMMUNE, FACTS | _MORE, {}, (clause,))
    )


_LONG = 10**201
_MORE = {
    "n": FactDeclaration("n", TITLE, FactType.COUNT, minimum=Fraction(0)),
}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("crimes", _LONG),
        ("crimes", 10**200),
        ("crimes", 10**200 - 1),
        ("balance", -_LONG),
        ("index", -_LONG),
        ("index", Fraction(1, _LONG)),
        ("index", Fraction(_LONG, 3**400)),
        ("index", Fraction(1, 3)),
    ],
)
def test_numbers_of_too_many_digits_are_refused_as_by_the_reference(name, value):
    criteria = _judging(f"{name} <= 5")
    _agree(criteria, {FactKey(name, Ago(0)): value}, {})


@pytest.mark.parametrize("carried", [copy.copy, copy.deepcopy, lambda it: pickle.loads(pickle.dumps(it))])
def test_compiled_criteria_can_be_copied_and_carried_to_other_processes(carried):
    compiled = compile_criteria(_judging("crimes <= 5"), YEAR)
    assert carried(compiled)({"crimes": 6}) == compiled({"crimes": 6})


@pytest.mark.soak
@pytest.mark.parametrize("part", range(10))
@settings(phases=(Phase.explicit, Phase.reuse, Phase.generate), max_examples=max(50, settings().max_examples // 40))
@given(data=st.data())
def test_it_does_so_for_long(part, data):
    criteria = Criteria(data.draw(criteria_sets()))
    for _ in range(5):
        _agree(criteria, data.draw(records(criteria.definition)), data.draw(shares))


def _nested(form, times):
    expr = "crimes"
    for _ in range(times):
        expr = form.format(expr)
    return f"{expr} > 3"


@pytest.mark.parametrize(
    "rule",
    [
        _nested("(if {} > 1 then crimes else accidents)", 45),
        _nested("round_half_up({} / 2 + accidents, 1)", 16),
        _nested("abs({} - accidents)", 45),
        _nested("({} + crimes) * accidents", 45),
        _nested("accidents / ({} + 1)", 45),
        _nested("coalesce({} + accidents, crimes * 2)", 45),
        _nested("(crimes = 1) = ({}", 30) + ")" * 30,
        " * ".join(["max(crimes, accidents, 1)"] * 30) + " > 3",
    ],
)
def test_a_rule_whose_integer_form_would_be_endless_is_judged_by_the_reference(rule):
    criteria = _judging(rule)
    assert list(compile_criteria(criteria, YEAR).by_reference.values()) == ["its integer form is too large"]
    _agree(criteria, {FactKey("crimes", Ago(0)): 7}, {})


def test_a_long_sum_still_has_an_integer_form():
    criteria = _judging(" + ".join(["min(crimes, accidents, 7)"] * 20) + " > 3")
    assert not compile_criteria(criteria, YEAR).by_reference


def _chain(form, times, last):
    """`form` in itself, `{}` being its inner part and `#` the number of the level."""
    expr = last
    for level in reversed(range(times)):
        expr = form.replace("#", str(level)).replace("{}", expr)
    return expr


_KNOWN = [
    {},
    {FactKey("crimes", Ago(0)): 3, FactKey("n", Ago(0)): 3},
    {FactKey("accidents", Ago(0)): 0},
    {FactKey("crimes", Ago(0)): 3, FactKey("accidents", Ago(0)): 0},
    {FactKey("crimes", Ago(0)): 2, FactKey("accidents", Ago(0)): 7, FactKey("has_border", Ago(0)): True},
]


@pytest.mark.parametrize(
    "rule",
    [
        _chain("if crimes = # then accidents <= # else {}", 16, "accidents = 0"),
        _chain("if crimes = # then accidents <= # else {}", 95, "accidents = 0"),
        _chain("if crimes = # then {} else accidents <= #", 95, "has_border"),
        f"accidents <= ({_chain('if crimes <= # then # else {}', 95, '0')})",
        f"({_chain('if crimes <= # then accidents * # else {}', 95, 'crimes')}) >= 4",
        f"round_half_up({_chain('if crimes <= # then accidents / 3 else {}', 90, 'crimes / 7')}) >= 2",
        _chain("(crimes = # or (has_border and {}))", 45, "resolution"),
        _chain("not (crimes = # and {})", 45, "resolution"),
        _chain("max(min({}, crimes), #)", 45, "accidents") + " > 3",
        "(" * 95 + "crimes = 1" + ")" * 95,
        " or ".join(f"n = {number}" for number in range(800)),
        " and ".join(f"n != {number}" for number in range(700)),
        " or ".join(f"(has_border and crimes = {number})" for number in range(250)),
        "not(" + " or ".join(f"n > {number}" for number in range(700)) + ")",
        f"crimes in ({', '.join(str(number) for number in range(1200))})",
        f"sum({', '.join(['crimes'] * 800)}) > 3",
        f"count_true({', '.join(f'crimes = {number}' for number in range(150))}) = 1",
    ],
)
def test_a_long_rule_within_the_limits_has_code_that_is_as_long(rule):
    criteria = _judging(rule)
    compiled = compile_criteria(criteria, YEAR)
    assert not compiled.by_reference
    for record in _KNOWN:
        _agree(criteria, record, {}, compiled)


@pytest.mark.parametrize("rule", ["floor(index) > crimes", "ceiling(index * 2) = crimes", "floor(1 / index) = crimes"])
@pytest.mark.parametrize("value", [Fraction(1, 3), Fraction(7, 2), Fraction(2), 2, 0])
def test_a_number_without_decimals_may_be_broken(rule, value):
    _agree(_judging(rule), {FactKey("index", Ago(0)): value, FactKey("crimes", Ago(0)): 1}, {})


@pytest.mark.parametrize("value", [0, 2**30 - 1, 2**30, 2**60, MOST_NUMERATOR])
def test_a_number_of_any_size_that_a_fact_may_have_is_judged_without_the_reference(value):
    compiled = compile_criteria(_judging("accidents >= 1073741824"), YEAR)
    # The reference would refuse the name that it does not know.
    verdict = compiled({"accidents": value, "acidents": 1}).verdict
    assert verdict is (Verdict.MET if value >= 2**30 else Verdict.NOT_MET)


@pytest.mark.parametrize(
    ("facts", "prev_year", "earlier"),
    [
        ({"acidents": 1}, {"accidents": 1}, {}),
        ({"accidents": 1}, {"acidents": 1}, {}),
        ({}, {"acidents": 1}, {}),
        ({}, {}, {YEAR - 2: {"acidents": 1}}),
        ({}, {}, {YEAR - 2: {}, YEAR - 3: {"crims": 1}}),
        ({}, {}, {YEAR - 2: {"accidents": 1}, YEAR - 4: {"accidents": -1}}),
        ({}, {}, {YEAR: {}}),
    ],
)
def test_a_name_and_a_year_that_are_wrong_are_found_where_a_fact_is_missing(facts, prev_year, earlier):
    rule = "accidents <= prev_year and crimes <= prev_year + years_ago(2, accidents) + years_ago(3, accidents)"
    compiled = compile_criteria(_judging(rule), YEAR)
    with pytest.raises(NCriteriaError) as by_function:
        compiled(facts, prev_year, earlier)
    with pytest.raises(NCriteriaError) as by_reference:
        compiled.criteria.evaluate(facts, prev_year=prev_year, earlier=earlier, year=YEAR)
    assert by_function.value.problems == by_reference.value.problems
