"""Parameters that have a value for each option of a fact."""

from __future__ import annotations

import pytest

import ncriteria as nc

SET = """\
format: ncriteria/1
set:
  id: test.by
  standard: test
  title: A set
  instrument: {number: "1/TEST", issuer: Test}
  years: {from: 2021, to: 2024}
  level: commune
parameters:
  most: {title: Most, by: region, VALUE, cite: [{instrument: "1/TEST"}]}
facts:
  crimes: {title: Crimes, type: count}
  region: {title: Region, type: enumeration, options: [hills, plains]}
clauses:
  c: {title: C, rule: "crimes <= param.most[region]", encodes: exact, cite: [{instrument: "1/TEST"}]}
"""


def loaded(value):
    return nc.loads(SET.replace("VALUE", value))


def verdict(criteria, year, **facts):
    return criteria.evaluate(facts, year=year)["c"].verdict.value


def test_values_by_option_are_dated():
    criteria = loaded(
        "values: [{from: 2021, value: {hills: 5, plains: 3}}, {from: 2023, value: {hills: 4, plains: 3}}]"
    )
    assert verdict(criteria, 2022, crimes=5, region="hills") == "met"
    assert verdict(criteria, 2023, crimes=5, region="hills") == "not_met"


def test_a_value_that_the_text_leaves_open_is_unknown_for_its_option_only():
    criteria = loaded("value: {hills: 5, plains: unknown}")
    assert verdict(criteria, 2022, crimes=5, region="hills") == "met"
    assert verdict(criteria, 2022, crimes=5, region="plains") == "undetermined"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("value: 5", "NC108 expected a value for each option of the fact in `by`"),
        ("value: {hills: 5}", "NC042 `param.most[region]` has no value for plains"),
        (
            "values: [{from: 2021, value: {hills: 5, plains: 3}}, {from: 2023, value: {hills: 4}}]",
            "NC042 the values from 2023 are not for the same options",
        ),
    ],
)
def test_every_option_has_a_value_in_every_year(value, message):
    with pytest.raises(nc.NCriteriaError) as caught:
        loaded(value)
    assert message in str(caught.value)
