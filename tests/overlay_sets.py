"""A national set and that of a province which extends it, for tests of overlays: all kinds of changes in one file."""

from __future__ import annotations

from pathlib import Path

import ncriteria as nc

NATIONAL = """\
format: ncriteria/1
set:
  id: calm.national
  standard: calm
  title: {vi: "Xã bình yên", en: "Calm communes"}
  instrument: {number: 1/NATIONAL, issuer: {vi: "Bộ Ví dụ", en: "An example ministry"}, issued: 2023-12-01}
  years: {from: 2024}
  level: commune
parameters:
  most: {title: {vi: "Số vụ nhiều nhất", en: "Most cases"}, value: 10, cite: [{instrument: 1/NATIONAL, at: "Điều 2"}]}
facts:
  cases: {title: {vi: "Số vụ", en: "Cases"}, type: count, unit: {vi: vụ, en: cases}}
  patrol: {title: {vi: "Có tuần tra", en: "There is a patrol"}, type: boolean}
  lights: {title: {vi: "Có đèn đường", en: "There are street lights"}, type: boolean}
  cameras: {title: {vi: "Có camera", en: "There are cameras"}, type: boolean}
  plan: {title: {vi: "Có kế hoạch", en: "There is a plan"}, type: boolean}
clauses:
  calm:
    title: {vi: "Bình yên", en: "Calm"}
    all:
      - id: crime
        title: {vi: "Ít vụ", en: "Few cases"}
        rule: cases <= param.most
        encodes: exact
        cite: [{instrument: 1/NATIONAL, at: "Điều 2"}]
      - id: measures
        title: {vi: "Biện pháp", en: "Measures"}
        at_least:
          n: 1
          of:
            - {id: patrol, title: Tuần tra, rule: patrol, encodes: exact, cite: [{instrument: 1/NATIONAL}]}
            - {id: lights, title: Đèn đường, rule: lights, encodes: exact, cite: [{instrument: 1/NATIONAL}]}
      - {id: plan, title: Kế hoạch, rule: plan, encodes: exact, cite: [{instrument: 1/NATIONAL, at: "Điều 4"}]}
"""
PROVINCE = """\
format: ncriteria/1
set:
  id: calm.long-an
  standard: calm
  title: {vi: "Xã bình yên, Long An", en: "Calm communes, Long An"}
  instrument: {number: 2/LONG-AN, issuer: {vi: "UBND tỉnh Long An", en: "Long An"}, issued: 2024-08-05}
  years: {from: 2025}
  level: commune
  territory: long-an
extends: national.yaml
changes:
  - {set: most, value: 8, cite: [{instrument: 2/LONG-AN, at: "Điều 1"}]}
  - {set: calm/measures, n: 2, cite: [{instrument: 2/LONG-AN, at: "Điều 2"}]}
  - add: calm/measures
    clause: {id: cameras, title: Camera, rule: cameras, encodes: exact, cite: [{instrument: 2/LONG-AN, at: "Điều 3"}]}
    cite: [{instrument: 2/LONG-AN, at: "Điều 3"}]
  - {remove: calm/plan, cite: [{instrument: 2/LONG-AN, at: "Điều 4"}]}
"""


def written(folder: Path, **files: str) -> Path:
    """The folder with both sets in it, and others by the names of their files; a blank text leaves a file out."""
    for name, text in {"national": NATIONAL, "province": PROVINCE, **files}.items():
        if text:
            (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def province(folder: Path, **files: str) -> nc.Criteria:
    """The set of the province."""
    return nc.load(written(folder, **files) / "province.yaml")
