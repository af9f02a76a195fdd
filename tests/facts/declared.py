"""Facts of every type, as the tests of this folder read them."""

from __future__ import annotations

import ncriteria as nc

_SET = """\
format: ncriteria/1
set:
  id: example.commune
  standard: example
  title: Example
  instrument: {number: 01/EXAMPLE, issuer: Example}
  years: {from: 2020}
  level: commune
facts:
  cases: {title: {vi: Số vụ, en: Cases}, type: count, unit: vụ, headings: [Vụ]}
  rate: {title: {vi: Tỷ lệ, en: Rate}, type: number, max: 2000, decimals: 3}
  share: {title: {vi: Tỷ lệ giải quyết, en: Settled}, type: number, min: 0, max: 1,
    headings: ["Giải quyết (%)", Tỷ lệ phần trăm]}
  percent: {title: {vi: Tỷ lệ hộ (%), en: Households (%)}, type: number, min: 0, max: 100}
  plan: {title: {vi: Kế hoạch, en: Plan}, type: boolean}
  status: {title: {vi: Tình trạng, en: Status}, type: enumeration, options: [đạt, chưa đạt]}
  decided_on: {title: {vi: Ngày quyết định, en: Decided on}, type: date}
clauses:
  c: {title: C, encodes: exact, cite: [{instrument: 01/EXAMPLE}],
      rule: cases = 0 and rate >= 0 and plan and status = "đạt" and known(decided_on)
      and share > 0.9 and percent > 90}
"""
FACTS = nc.loads(_SET).facts
