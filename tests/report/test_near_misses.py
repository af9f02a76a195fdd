"""Which comparisons are near misses: by one case, or by a twentieth of the limit, stated exactly."""

from __future__ import annotations

from fractions import Fraction
from math import floor

import pytest

import ncriteria as nc
from ncriteria.report.sheets.grounds import is_near, near_misses_sheet

RULES = """\
format: ncriteria/1
set:
  id: example.near.commune
  standard: example
  title: {{vi: "Ví dụ", en: "An example"}}
  instrument: {{number: 00/EXAMPLE, issuer: {{vi: "Ví dụ", en: "Example"}}}}
  years: {{from: 2024}}
  level: commune
facts:
  cases: {{title: {{vi: "Số vụ", en: "Cases"}}, type: count}}
  share: {{title: {{vi: "Tỷ lệ", en: "Share"}}, type: number, min: 0, max: 1}}
clauses:
  one: {{title: {{vi: "Một", en: "One"}}, rule: "{rule}", encodes: exact, cite: [{{instrument: 00/EXAMPLE}}]}}
"""


@pytest.mark.parametrize(
    ("rule", "known", "near", "distance"),
    [
        ("cases <= 10", {"cases": 10}, True, 0),  # one more would be too many
        ("cases <= 10", {"cases": 11}, True, -1),  # one fewer would be enough
        ("cases <= 10", {"cases": 9}, False, 1),
        ("cases <= 10", {"cases": 12}, False, -2),
        ("cases <= 100", {"cases": 95}, True, 5),  # a twentieth of the limit
        ("cases <= 100", {"cases": 94}, False, 6),
        ("cases >= 3", {"cases": 3}, True, 0),
        ("cases >= 3", {"cases": 2}, True, -1),
        ("cases >= 3", {"cases": 4}, False, 1),
        ("cases = 0", {"cases": 0}, False, 0),  # nothing is allowed, and there is nothing
        ("cases = 0", {"cases": 1}, True, -1),
        ("share >= 0.7", {"share": "0.665"}, True, Fraction("-0.035")),
        ("share >= 0.7", {"share": "0.66"}, False, Fraction("-0.04")),
        ("share >= 0.7", {"share": "0.735"}, True, Fraction("0.035")),
        ("cases <= 10", {}, False, None),
    ],
)
def test_a_comparison_is_near_its_limit(rule, known, near, distance):
    values = {name: Fraction(value) for name, value in known.items()}
    (ground,) = nc.loads(RULES.format(rule=rule)).evaluate(values, year=2024)["one"].comparisons
    assert (is_near(ground), ground.distance) == (near, distance)


def test_what_has_no_decimals_has_about_how_much_it_is_beside_it():
    criteria = nc.loads(RULES.format(rule="cases <= 200 / 3"))
    judged = list(nc.evaluate_rows(nc.read_facts_text("unit,year,cases\na,2024,66\n", "csv", criteria.facts), criteria))
    sheet = near_misses_sheet(judged, "en")
    names = [column.name for column in sheet.columns]
    (row,) = sheet.rows
    told = dict(zip(names, row, strict=True))
    assert (told["limit_about"], told["distance_about"]) == (round_up(told["limit"]), round_up(told["distance"]))


def round_up(value):
    """To two decimals, a half upwards."""
    return Fraction(floor(value * 100 + Fraction(1, 2)), 100)
