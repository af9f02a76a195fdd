"""What each function and form of the language is given and gives, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ncriteria.quick_classes import frozen
from ncriteria.words import Message


@frozen
class Meaning:
    """How a function or a form is written, and what its value is."""

    form: str
    gives: Message


GLOSSARY: Final[Mapping[str, Meaning]] = {
    "abs": Meaning("abs(x)", Message("the number without its sign")),
    "floor": Meaning("floor(x)", Message("the greatest whole number that is not above x")),
    "ceiling": Meaning("ceiling(x)", Message("the least whole number that is not below x")),
    "round_up": Meaning("round_up(x, places)", Message("x rounded away from zero, to so many decimal places")),
    "round_down": Meaning("round_down(x, places)", Message("x rounded towards zero, to so many decimal places")),
    "round_half_up": Meaning(
        "round_half_up(x, places)", Message("x rounded to the nearest; a half goes away from zero")
    ),
    "round_half_even": Meaning(
        "round_half_even(x, places)", Message("x rounded to the nearest; a half goes to the even neighbour")
    ),
    "min": Meaning("min(x, y, ...)", Message("the least of the numbers")),
    "max": Meaning("max(x, y, ...)", Message("the greatest of the numbers")),
    "sum": Meaning("sum(x, y, ...)", Message("the sum of the numbers")),
    "mean": Meaning("mean(x, y, ...)", Message("the sum of the numbers divided by how many they are")),
    "count": Meaning("count(x, y, ...)", Message("how many arguments are written, known or not")),
    "all": Meaning("all(p, q, ...)", Message("whether every condition holds")),
    "any": Meaning("any(p, q, ...)", Message("whether at least one condition holds")),
    "count_true": Meaning("count_true(p, q, ...)", Message("how many of the conditions hold")),
    "year": Meaning("year(d)", Message("the year of a day")),
    "month": Meaning("month(d)", Message("the month of a day, from 1 to 12")),
    "quarter": Meaning("quarter(d)", Message("the quarter of a day, from 1 to 4")),
    "prev_year": Meaning("prev_year(x)", Message("the value one year earlier; alone, that of the other side")),
    "years_ago": Meaning("years_ago(n, x)", Message("the value n years earlier")),
    "at": Meaning("at(x, year)", Message("the value in a fixed year")),
    "sum_years": Meaning("sum_years(x, n)", Message("the sum over n years that end with the year judged")),
    "decreasing": Meaning(
        "decreasing(x, n)", Message("whether each of n years that end with the year judged is below the one before")
    ),
    "known": Meaning("known(x)", Message("whether the value is known exactly")),
    "coalesce": Meaning("coalesce(x, y)", Message("x where it is known exactly, otherwise y")),
    "met": Meaning('met("path")', Message("whether another clause is met or does not apply")),
    "met_years": Meaning(
        'met_years("path", n)', Message("whether a clause was met in each of n years that end with the year judged")
    ),
    "share_met": Meaning('share_met(level, "path")', Message("the share of the units inside that meet a clause")),
    "count_met": Meaning('count_met(level, "path")', Message("how many of the units inside meet a clause")),
    "share_of": Meaning("share_of(level, p)", Message("the share of the units inside of which a condition holds")),
    "count_of": Meaning("count_of(level, p)", Message("of how many of the units inside a condition holds")),
    "sum_of": Meaning("sum_of(level, fact)", Message("the sum of a fact of the units inside")),
    "date": Meaning('date("2024-03-18")', Message("the day that is written")),
    "assessment_year": Meaning("assessment_year", Message("the year that is judged, as a number")),
    "param": Meaning("param.name", Message("the value of a parameter in the year that is judged")),
}
"""By name. `x` and `y` are numbers or what else the name takes, `p` and `q` conditions, `d` is a day."""

OPERATORS: Final[Mapping[str, Meaning]] = {
    "<=": Meaning("x <= y", Message("whether x is at most y")),
    "<": Meaning("x < y", Message("whether x is less than y")),
    ">=": Meaning("x >= y", Message("whether x is at least y")),
    ">": Meaning("x > y", Message("whether x is more than y")),
    "=": Meaning("x = y", Message("whether both are the same")),
    "!=": Meaning("x != y", Message("whether the two differ")),
    "and": Meaning("p and q", Message("whether both conditions hold")),
    "or": Meaning("p or q", Message("whether at least one of two conditions holds")),
    "not": Meaning("not p", Message("whether the condition does not hold")),
    "in": Meaning("x in [1..5]", Message("whether x lies in a range, or is one of the values in parentheses")),
    "between": Meaning("x between 1 and 5", Message("whether x lies between two values, both included")),
    "+": Meaning("x + y", Message("the sum; of a day and a number, so many days later")),
    "-": Meaning("x - y", Message("the difference; of two days, in days")),
    "*": Meaning("x * y", Message("the product")),
    "/": Meaning("x / y", Message("the quotient, exactly")),
    "if": Meaning("if p then x else y", Message("x where the condition holds, otherwise y")),
    "then": Meaning("if p then x else y", Message("before the value where the condition holds")),
    "else": Meaning("if p then x else y", Message("before the value where it does not hold")),
}
"""Signs and words between values, and those that a condition begins with."""
