"""What is said of a result: the numbers that decided, the limit and the distance to it, in two languages."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from math import ceil, floor
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.explanation.grounds import ground_lines
from ncriteria.evaluation.lowering import resolve
from ncriteria.evaluation.records.record import Record
from ncriteria.language.printer import show
from ncriteria.language.queries import facts_of
from ncriteria.language.tree import THIS_YEAR
from ncriteria.language.values import Interval, bounds
from ncriteria.sets.catalog import shared_facts
from ncriteria.sets.model import RollUp
from tests.case_files import cases
from tests.evaluation import test_rules
from tests.evaluation.knowledge import knowledge
from tests.evaluation.sets import YEAR, base, clause, with_clauses
from tests.strategies import expressions

EXAMPLE = Path(__file__).parents[2] / "examples" / "tan_hung" / "facts.csv"
LANGUAGES = ("vi", "en")
OPTIONS = """\
format: ncriteria/1
set:
  id: test.options
  standard: test
  title: {vi: Bộ, en: Set}
  instrument: {number: 1/TEST, issuer: Test}
  years: {from: 2024}
  level: commune
parameters:
  equal:
    title: {vi: Khi bằng, en: When equal}
    type: enumeration
    options: &OPTIONS
    value: YES
    cite: [{instrument: 1/TEST}]
facts:
  kind: {title: {vi: Loại, en: Kind}, type: enumeration, options: &OPTIONS}
clauses:
  main: {title: {vi: Chung, en: Main}, rule: 'RULE', encodes: exact, cite: [{instrument: 1/TEST}]}
""".replace("&OPTIONS", "[{id: good, title: {vi: tốt, en: Good}}, {id: poor, title: {vi: kém, en: Poor}}]")


@pytest.mark.parametrize(
    ("rule", "value", "vi", "en"),
    [
        ('"good" = param.equal', "good", "✓ Khi bằng: tốt; phải là «tốt»", "✓ When equal: Good; must be «Good»"),
        ('"good" = param.equal', "poor", "✗ Khi bằng: kém; phải là «tốt»", "✗ When equal: Poor; must be «Good»"),
        ('"good" = param.equal', "unknown", "? Khi bằng: chưa có số liệu; phải là «tốt»", None),
        ('param.equal != "poor"', "poor", "✗ Khi bằng: kém; không được là «kém»", None),
        ('"good" = prev_year.kind', "good", "? «tốt» = «Loại (năm trước)»: chưa có số liệu; phải bằng tốt", None),
    ],
)
def test_an_option_on_either_side_is_called_by_its_title(rule, value, vi, en):
    result = nc.loads(OPTIONS.replace("RULE", rule).replace("YES", value)).evaluate({}, year=2024)
    assert list(ground_lines(result, result["main"], "vi")) == [vi]
    assert en is None or list(ground_lines(result, result["main"], "en")) == [en]


@cache
def example():
    catalog = nc.catalog()
    table = nc.read_facts(EXAMPLE, shared_facts(catalog.sets.sets))
    return {
        (judgement.row.unit.id, judgement.row.year, judgement.standard): judgement
        for judgement in nc.evaluate_rows(table, catalog, standards=["ntm-19.2", "tan-hung-targets"])
    }


@pytest.mark.parametrize("case", cases(__file__, "explanations"))
def test_the_example_is_explained_as_the_case_says(case):
    standard = "tan-hung-targets" if case["unit"] == "tan-hung" else "ntm-19.2"
    result = example()[case["unit"], case["year"], standard].result
    for language in LANGUAGES:
        assert "\n".join(ground_lines(result, result[case["path"]], language)) == case[language]
        indented = case[language].replace("• ", "").replace("\n", "\n      ")
        assert f"\n      {indented}\n" in result.explain(language)


TITLES = {
    "title: Crimes, type: count": 'title: {vi: "Số vụ", en: Cases}, type: count, unit: {vi: vụ, en: cases}',
    "title: Rate": 'title: {vi: "Tỷ lệ", en: Rate}',
    "title: Resolution": 'title: {vi: "Nghị quyết", en: Resolution}',
    "title: Status": 'title: {vi: "Trạng thái", en: Status}',
    "title: Rating": 'title: {vi: "Xếp loại", en: Rating}',
    "title: Decided on": 'title: {vi: "Ngày quyết định", en: Decided on}',
    "title: Recognised": 'title: {vi: "Được công nhận", en: Recognised}',
    "title: Units": 'title: {vi: "Đơn vị", en: Units}',
}


@pytest.mark.parametrize("case", cases(__file__, "statements"))
def test_a_rule_is_told_as_the_case_says(case, monkeypatch):
    text = test_rules.SET
    for plain, bilingual in TITLES.items():
        text = text.replace(plain, bilingual)
    monkeypatch.setattr(test_rules, "SET", text)
    result = test_rules.evaluated(case)
    for language in LANGUAGES:
        assert "\n".join(ground_lines(result, result["c"], language)) == case[language]


GENERATED = base()


@given(expressions, st.data())
def test_every_result_is_explained_with_no_number_that_is_not_of_the_trace(rule, data):
    criteria = with_clauses(clause("19.2/crime", "crimes = 0"), clause("19.2", "true"), clause("c", rule))
    keys = facts_of(resolve(rule, THIS_YEAR, YEAR))
    assume(len(keys) <= 8)
    known = data.draw(knowledge(keys, most=10**9))
    shares = {("commune", "ntm-19.2:19.2"): RollUp(7, 2, data.draw(st.integers(0, 2)))}
    try:
        result = criteria.judge(Record(known, YEAR, shares))
    except EvaluationError:
        return
    step = result["c"].rule
    values, written = numbers_of(step), set(_NUMBER.findall(show(step.expr)))
    for language in LANGUAGES:
        assert result.explain(language)
        for line in ground_lines(result, result["c"], language):
            for number in _NUMBER.findall(_NO_VALUE.sub(" ", line)):
                assert number in written or _stands_for(_read(number, language), values), line


_NUMBER = re.compile(r"(?<![\w.,/])-?\d+(?:[.,]\d+)*(?:/\d+)?")
_NO_VALUE = re.compile(
    r"\d\d/\d\d/\d{4}|\d{4}-\d\d-\d\d|\((?:năm|in) \d{4}\)|19\.2[:/\w.]*|\d+ năm trước|\d+ years before"
    r"|about \S+ (?=\()|khoảng \S+, (?=tức)"
)
"""Days, names and counts of years; and a share that is rounded, beside which the exact one stands."""


def _read(text, language):
    return Fraction(text.replace(".", "").replace(",", ".") if language == "vi" else text.replace(",", ""))


def numbers_of(step):
    """The numbers of a trace, and the ends of the bounds in it."""
    quantities = [one.value for one in _steps(step) if isinstance(one.value, (Fraction, Interval))]
    return {end for quantity in quantities for end in bounds(quantity) if end is not None}


def _stands_for(number, values):
    """Whether it is a number of the trace, a share in percent, a whole limit, or the distance to a limit."""
    if number in values or number / 100 in values:
        return True
    whole = {near for value in values for near in (floor(value), ceil(value), floor(value) + 1, ceil(value) - 1)}
    return number in whole or any(value + number in values | whole for value in values)


def _steps(step):
    yield step
    for part in step.parts:
        yield from _steps(part)
