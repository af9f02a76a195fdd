"""A call with arguments of the wrong kind gives an error of the library, in its words, and never a bare traceback."""

from __future__ import annotations

from typing import Any

import pytest

import ncriteria as nc
from tests.case_files import cases

CATALOG = nc.catalog()
CRITERIA = CATALOG.choose(standard="ntm-19.2", level="commune", year=2024)
NAMES = {
    "nc": nc,
    "catalog": CATALOG,
    "criteria": CRITERIA,
    "table": nc.FactTable(()),
    "compiled": nc.compile_criteria(CRITERIA, 2024),
}


@pytest.mark.parametrize("case", cases(__file__, "wrong_calls"))
def test_a_wrong_call_is_refused_with_the_whole_message(case: Any) -> None:
    with pytest.raises((nc.NCriteriaError, KeyError)) as refused:
        eval(case["call"], dict(NAMES))
    told = refused.value.args[0] if isinstance(refused.value, KeyError) else str(refused.value)
    assert told == case["error"]


def test_an_argument_of_the_wrong_kind_is_a_type_error_too() -> None:
    with pytest.raises(TypeError) as refused:
        CRITERIA.evaluate([1])
    assert isinstance(refused.value, nc.ArgumentError)


def test_an_object_that_cannot_be_shown_is_refused_all_the_same() -> None:
    class Unshown:
        def __repr__(self) -> str:
            raise ValueError

    with pytest.raises(nc.ArgumentError, match=r"found this object \(Unshown\)"):
        nc.parse(Unshown())


def test_one_name_in_place_of_a_list_is_that_name() -> None:
    assert list(nc.room(CRITERIA, {}, year=2024, vary="crime_cases")["19.2/crime"].facts) == list(
        nc.room(CRITERIA, {}, year=2024, vary=["crime_cases"])["19.2/crime"].facts
    )


def test_an_error_of_the_caller_in_a_mapping_of_facts_is_shown_as_it_is() -> None:
    class Broken(dict[str, int]):
        def get(self, *_: object) -> None:
            raise AttributeError("of the caller")

    with pytest.raises(AttributeError, match="of the caller"):
        NAMES["compiled"](Broken())
