"""The words of the language: keywords, functions, and forms with an example of each."""

from __future__ import annotations

from ncriteria.language.tree import Function

FUNCTIONS = {function.value: function for function in Function}
ASSESSMENT_YEAR = "assessment_year"
FORMS = {
    "years_ago": "years_ago(2, crime_cases)",
    "at": "at(crime_cases, 2019)",
    "sum_years": "sum_years(crime_cases, 3)",
    "decreasing": "decreasing(crime_cases, 3)",
    "known": "known(crime_cases)",
    "coalesce": "coalesce(crime_cases, 0)",
    "met": 'met("19.2/crime")',
    "met_years": 'met_years("19.2", 3)',
    "share_met": 'share_met(commune, "19.2")',
    "count_met": 'count_met(commune, "19.2")',
    "share_of": "share_of(hamlet, crime_cases = 0)",
    "count_of": "count_of(hamlet, crime_cases = 0)",
    "sum_of": "sum_of(hamlet, crime_cases)",
    "date": 'date("2024-03-18")',
}
KEYWORDS = frozenset({"or", "and", "not", "in", "between", "if", "then", "else", "true", "false", "prev_year", "param"})
RESERVED_NAMES = KEYWORDS | FUNCTIONS.keys() | FORMS.keys() | {ASSESSMENT_YEAR}
"""Names that a fact cannot have."""
