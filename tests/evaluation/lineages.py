"""Sets, tables and lineages for the tests of what merged, split and renamed units are judged by."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

import ncriteria as nc

SET = """\
format: ncriteria/1
set:
  id: test.lineage.commune
  standard: lineage
  title: Communes
  instrument: {number: 1/TEST, issuer: Test}
  years: {from: 2015}
  level: commune
  WINDOW
facts:
  cases: {title: {vi: "Số vụ", en: Cases}, type: count, unit: {vi: vụ, en: cases}, aggregate: sum}
  fell: {title: {vi: "Tỷ lệ", en: Rate}, type: number, min: 0}
  received: {title: {vi: "Tiếp nhận", en: Received}, type: count}
  settled: {title: {vi: "Giải quyết", en: Settled}, type: count}
  share: {title: {vi: "Tỷ lệ giải quyết", en: Share}, type: number, aggregate: {rate: {of: settled, over: received}}}
  spot: {title: {vi: "Có điểm nóng", en: Spot}, type: boolean, aggregate: any}
  camera: {title: {vi: "Có camera", en: Camera}, type: boolean, aggregate: all}
clauses:
  c: {title: C, rule: "RULE", encodes: exact, cite: [{instrument: 1/T}]}
"""
HEADINGS = "from,to,share,day\n"


def commune_set(rule: str = "cases <= prev_year", window: str = "") -> nc.Criteria:
    """A set with one clause."""
    return nc.loads(SET.replace("RULE", rule).replace("WINDOW", window))


def lineage_of(text: str | None, *, reforms: bool = False) -> nc.Lineage:
    """The lineage of rows without their headings; with the national reform only where that is asked for."""
    changes = () if not text else nc.read_lineage_text(HEADINGS + text, "csv").changes
    return nc.Lineage(changes) if reforms else nc.Lineage(changes, ())


def judged(
    table: str, lineage: nc.Lineage, criteria: nc.Criteria | nc.Catalog | None = None
) -> tuple[list[nc.Judgement], list[nc.Problem]]:
    """The judgements on a table of communes, and what is told of its lineage."""
    criteria = criteria or commune_set()
    facts = criteria.facts if isinstance(criteria, nc.Criteria) else criteria.sets.sets[0].facts
    read = nc.read_facts_text(table, "csv", facts, options=nc.ReadingOptions(lineage=lineage))
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        found = list(nc.evaluate_rows(read, criteria))
    return found, [problem for one in told for problem in one.message.problems]  # type: ignore[union-attr]


def result_of(found: list[nc.Judgement], unit: str, year: int) -> Any:
    """The result of one unit and year."""
    return next(one.result for one in found if (one.row.unit.id, one.row.year) == (unit, year))


def lines_of(found: list[nc.Judgement], language: Any = "en") -> Iterator[str]:
    """What is told of the figures of each judgement, with its unit, year and verdict."""
    for one in found:
        assert one.result is not None
        lines = one.result.to_dict(language)
        yield f"{one.row.unit.id} {one.row.year}: {one.result.verdict.value}"
        yield from (line for line in lines["result"]["clauses"][0]["grounds"] if line.startswith("•"))
