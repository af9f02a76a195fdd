"""Criteria sets for the tests: declarations for the facts of `tests.strategies`, and any clauses over them."""

from __future__ import annotations

import datetime
from fractions import Fraction
from functools import cache

from attrs import evolve

from ncriteria.evaluation.criteria import Criteria, loads
from ncriteria.language.parser import parse
from ncriteria.sets.model import Clause, Encodes
from ncriteria.sets.sources import Bilingual

YEAR = 2021
COUNT_DOMAIN = tuple(map(Fraction, range(4)))
DOMAINS = {
    **dict.fromkeys(("crimes", "số_vụ", "accidents"), COUNT_DOMAIN),
    **dict.fromkeys(("has_border", "resolution"), (False, True)),
    "status": ("đạt", "chưa đạt", "chưa xét"),
    "decided_on": (datetime.date(2020, 1, 1), datetime.date(2023, 5, 5), datetime.date(2026, 12, 31)),
}
"""All values that each fact can have, as the declarations below say; days are a sample."""

_TEXT = """\
format: ncriteria/1
set:
  id: test.generated
  standard: test
  title: {vi: "Bộ tiêu chí thử", en: "A set for tests"}
  instrument: {number: "1/TEST", issuer: "Người thử"}
  years: {from: 2018, to: 2030}
  level: district
parameters:
  reduction: {title: {vi: "Mức giảm", en: "Reduction"}, value: 5%, cite: [{instrument: "1/TEST"}]}
  open_value: {title: "Để ngỏ", type: boolean, value: unknown, cite: [{instrument: "1/TEST"}]}
  open_number: {title: "Số để ngỏ", type: number, value: unknown, cite: [{instrument: "1/TEST"}]}
facts:
  crimes: {title: {vi: "Số tội phạm", en: "Crimes"}, type: count, max: 3}
  số_vụ: {title: "Số vụ", type: count, max: 3}
  accidents: {title: {vi: "Tai nạn", en: "Accidents"}, type: count, max: 3}
  has_border: {title: {vi: "Có biên giới", en: "Has a border"}, type: boolean}
  resolution: {title: {vi: "Có nghị quyết", en: "Has a resolution"}, type: boolean}
  status: {title: {vi: "Trạng thái", en: "Status"}, type: enumeration, options: [đạt, chưa đạt, chưa xét]}
  decided_on: {title: {vi: "Ngày quyết định", en: "Decided on"}, type: date}
clauses:
  "19.2":
    title: "Nhóm"
    all:
      - {id: crime, title: "Điều", rule: crimes = 0, encodes: approximated, cite: [{instrument: "1/TEST"}]}
"""


@cache
def base() -> Criteria:
    """The set as the text above has it."""
    return loads(_TEXT)


def with_clauses(*members) -> Criteria:
    """The set with other clauses; they are taken as they are, without the checks of loading."""
    return Criteria(evolve(base().definition, clauses=tuple(members)))


def clause(path, rule, **fields) -> Clause:
    """A clause with a rule, as a tree or as a text; other expressions too."""
    trees = {name: parse(value) if isinstance(value, str) else value for name, value in fields.items()}
    tree = parse(rule) if isinstance(rule, str) else rule
    return Clause(path, Bilingual(path, path), tree, Encodes.APPROXIMATED, (), **trees)


def with_rule(rule, **fields) -> Criteria:
    """The set with one clause `c`."""
    return with_clauses(clause("c", rule, **fields))
