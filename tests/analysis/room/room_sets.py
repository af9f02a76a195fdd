"""Criteria sets for the tests of room: facts over all that counts and numbers can be, and any clauses over them."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from attrs import evolve

from ncriteria.evaluation.criteria import Criteria, loads
from ncriteria.language.parser import parse
from ncriteria.sets.model import Clause, Encodes, FactType
from ncriteria.sets.sources import Bilingual

YEAR = 2024

_TEXT = """\
format: ncriteria/1
set:
  id: test.room
  standard: test
  title: {vi: "Bộ tiêu chí thử", en: "A set for tests"}
  instrument: {number: "1/TEST", issuer: "Người thử"}
  years: {from: 2018, to: 2030}
  level: district
parameters:
  reduction: {title: {vi: "Mức giảm", en: "Reduction"}, value: 5%, cite: [{instrument: "1/TEST"}]}
  equal_count:
    {title: "Bằng năm trước", type: enumeration, options: [pass, fail], value: unknown, cite: [{instrument: "1/TEST"}]}
  limit: {title: "Mức", type: number, value: unknown, cite: [{instrument: "1/TEST"}]}
facts:
  crimes: {title: {vi: "Số vụ phạm tội", en: "Crimes"}, type: count, unit: {vi: vụ, en: cases}}
  số_vụ: {title: {vi: "Số vụ", en: "Cases"}, type: count, unit: {vi: vụ, en: cases}}
  accidents: {title: {vi: "Tai nạn", en: "Accidents"}, type: count, unit: {vi: vụ, en: cases}}
  area: {title: {vi: "Diện tích", en: "Area"}, type: number}
  rate: {title: {vi: "Tỷ lệ", en: "Rate"}, type: number, min: 0, max: 100, decimals: 1}
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


def with_clauses(*members, maximum: Fraction | None = None, **declared: FactType) -> Criteria:
    """The set with other clauses, taken as they are; `declared` gives facts other types, and a `maximum` to those."""
    facts = dict(base().definition.facts)
    for name, kind in declared.items():
        minimum = None if kind is FactType.NUMBER and maximum is None else Fraction(0)
        facts[name] = evolve(facts[name], type=kind, minimum=minimum, maximum=maximum)
    return Criteria(evolve(base().definition, clauses=tuple(members), facts=facts))


def clause(path, rule, **fields) -> Clause:
    """A clause with a rule, as a tree or as a text; other expressions too."""
    trees = {name: parse(value) if isinstance(value, str) else value for name, value in fields.items()}
    tree = parse(rule) if isinstance(rule, str) else rule
    return Clause(path, Bilingual(path, path), tree, Encodes.APPROXIMATED, (), **trees)
