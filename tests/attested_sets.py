"""A criteria set for tests of attestations: clauses that are open to them in every way, and others that are not."""

from __future__ import annotations

from functools import cache
from typing import Any

import ncriteria as nc

TEXT = """\
format: ncriteria/1
set:
  id: test.attested
  standard: test
  title: {vi: "Bộ thử", en: "A set for tests"}
  instrument: {number: "1/TEST", issuer: "Người thử"}
  years: {from: 2018, to: 2030}
  level: commune
facts:
  crimes: {title: {vi: "Số vụ", en: "Crimes"}, type: count}
  border: {title: {vi: "Có biên giới", en: "Has a border"}, type: boolean}
  effective:
    title: {vi: "Có hiệu quả", en: "Effective"}
    type: boolean
    attested: true
    attested_by: [{vi: "Sở A", en: "Department A"}]
  models: {title: {vi: "Số mô hình", en: "Models"}, type: count, attested: true}
clauses:
  all:
    title: {vi: "Tất cả", en: "All"}
    all:
      - {id: fire, title: {vi: "Cháy, nổ", en: "Fire"}, encodes: not_encoded, cite: [{instrument: T}]}
      - {id: crime, title: Tội phạm, rule: crimes <= prev_year, encodes: exact, cite: [{instrument: T}]}
  some:
    title: {vi: "Một số", en: "Some"}
    at_least:
      n: 2
      of:
        - id: gate
          title: {vi: "Cửa khẩu", en: "Gate"}
          applies_when: border
          encodes: not_encoded
          attested_by: [{vi: "Bộ đội Biên phòng", en: "Border guard"}]
          cite: [{instrument: T}]
        - id: plan
          title: {vi: "Kế hoạch", en: "Plan"}
          rule: effective and crimes < 5
          encodes: attested
          cite: [{instrument: T}]
        - id: model
          title: {vi: "Mô hình", en: "Model"}
          rule: models >= prev_year
          applies_when: border
          encodes: attested
          cite: [{instrument: T}]
  after: {title: Sau, rule: 'met("all/fire") or crimes = 0', encodes: exact, cite: [{instrument: T}]}
"""
OPEN_PATHS = ("all/fire", "some/gate", "some/plan", "some/model")
"""The clauses that an attestation may decide."""
BODY = {"some/gate": "Border guard", "effective": "Sở A"}
"""Who attests, where the set names those who may."""


@cache
def criteria() -> nc.Criteria:
    """The set as the text above has it."""
    return nc.loads(TEXT, file="attested.yaml")


def attested(content: str, value: Any = True, **more: Any) -> nc.Attestation:
    """An attestation by one who may attest."""
    return nc.Attestation(
        **{"by": BODY.get(content, "Ủy ban"), "document": "1/BC", **more, "content": content, "value": value}
    )
