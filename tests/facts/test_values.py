"""Facts as a program gives them: exact, or refused."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

import ncriteria as nc
from ncriteria.facts.values import from_python
from ncriteria.language.values import Interval
from tests.facts.declared import FACTS


@pytest.mark.parametrize(
    ("name", "given", "value"),
    [
        ("cases", 3, Fraction(3)),
        ("cases", 3.0, Fraction(3)),
        ("cases", Decimal("3.0"), Fraction(3)),
        ("cases", Decimal("0E-999999"), Fraction(0)),
        ("cases", nc.AtLeast(3), Interval(Fraction(3), None)),
        ("rate", Fraction(19, 20), Fraction(19, 20)),
        ("rate", Decimal("0.95"), Fraction(19, 20)),
        ("rate", nc.AtMost(Decimal("0.5")), Interval(None, Fraction(1, 2))),
        ("plan", True, True),
        ("status", "ĐẠT", "đạt"),
        ("status", "chưa đạt", "chưa đạt"),
        ("decided_on", datetime.date(2024, 3, 18), datetime.date(2024, 3, 18)),
        ("decided_on", datetime.datetime(2024, 3, 18), datetime.date(2024, 3, 18)),
        ("decided_on", datetime.datetime(2024, 3, 18, tzinfo=datetime.UTC), datetime.date(2024, 3, 18)),
        ("cases", None, None),
        ("plan", nc.UNKNOWN, None),
    ],
)
def test_an_object_that_is_exact_is_a_fact(name: str, given: Any, value: object) -> None:
    assert from_python(FACTS[name], given) == value


_LARGE = "NC208 `rate` is a number of more than 200 digits"


@pytest.mark.parametrize(
    ("name", "given", "error"),
    [
        ("cases", -1, "NC203 `cases` = -1 is less than 0, the least that `cases` can be"),
        ("cases", 1.5, "NC208 `cases` = 1.5 is a float, which is not exact"),
        ("cases", Fraction(1, 2), "NC203 `cases` = Fraction(1, 2) is not a whole number, and a count is"),
        ("cases", True, "NC208 `cases` is a whole number of zero or more, not True (bool)"),
        ("cases", "3", "NC208 `cases` is a whole number of zero or more, not '3' (str)"),
        ("cases", nc.AtMost(-1), "NC203 `cases` = AtMost(limit=-1) is less than 0, the least that `cases` can be"),
        ("rate", 0.95, "NC208 `rate` = 0.95 is a float, which is not exact"),
        ("rate", float("nan"), "NC201 `rate` = nan is not a finite number"),
        ("rate", float("-inf"), "NC201 `rate` = -inf is not a finite number"),
        ("rate", Decimal("NaN"), "NC201 `rate` = Decimal('NaN') is not a finite number"),
        ("rate", nc.AtLeast(Decimal("Infinity")), "NC201 `rate` = Decimal('Infinity') is not a finite number"),
        ("rate", Fraction(1, 10**4), "NC203 `rate` = Fraction(1, 10000) has more than the 3 decimal places of `rate`"),
        ("rate", 10**5000, _LARGE),
        ("rate", -(10**5000), _LARGE),
        ("rate", 1e308, _LARGE),
        ("rate", Fraction(1, 10**5000), _LARGE),
        ("rate", Decimal("1E+999999999"), _LARGE),
        ("rate", Decimal("1E-999999999"), _LARGE),
        ("plan", 1, "NC208 `plan` is True or False, not 1 (int)"),
        ("plan", 10**5000, "NC208 `plan` is True or False, not a number of very many digits (int)"),
        ("plan", "x" * 500, f"NC208 `plan` is True or False, not '{'x' * 59}... (str)"),
        ("status", "dat", "NC206 `status` = 'dat' is none of its values"),
        ("status", True, "NC208 `status` is one of its values, not True (bool)"),
        (
            *("decided_on", datetime.datetime(2024, 3, 18, 8, 30)),
            "NC208 `decided_on` = datetime.datetime(2024, 3, 18, 8, 30) has a time that is not midnight, "
            "and a day has none",
        ),
        ("decided_on", "2024-03-18", "NC208 `decided_on` is a datetime.date, not '2024-03-18' (str)"),
    ],
    ids=range(25),
)
def test_an_object_that_is_not_exact_is_refused(name: str, given: Any, error: str) -> None:
    with pytest.raises(nc.NCriteriaError) as refused:
        from_python(FACTS[name], given)
    assert str(refused.value).splitlines()[0] == error
