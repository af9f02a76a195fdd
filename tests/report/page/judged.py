"""Tables of invented units, judged, for tests of the page."""

from __future__ import annotations

import random
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

import ncriteria as nc
from ncriteria.facts.checks.doubts import TableWarning
from ncriteria.facts.table import FactRow, FactTable, Unit
from ncriteria.language.tree import FactKey
from ncriteria.language.values import Interval
from ncriteria.sets.catalog import shared_facts
from ncriteria.sets.model import FactType
from tests import attested_sets

ROOT = Path(__file__).parents[3]
TWELVE = ROOT / "benchmarks" / "twelve.yaml"
EXAMPLE = ROOT / "examples" / "tan_hung" / "facts.csv"
NAMES = ("Xã An Bình", "Xã Đông Đô", "Xã Ấp Mới", "Phường Kỳ Hòa")
HOSTILE = (
    "</script><script>document.title='broken'</script>",
    "\"><img src=x onerror=alert(1)>'",
    "{{ 7 * 7 }}{% raw %}",
    "\u202eảo\u202c & <b>đậm</b> \u2066x",
)


def value(chance: random.Random, declared):
    """Something known of a fact, or nothing."""
    if chance.random() < 0.12:
        return None
    match declared.type:
        case FactType.BOOLEAN:
            return chance.random() < 0.9
        case FactType.ENUMERATION:
            return chance.choice(declared.options)
        case _:
            number = chance.choice((0, 1, 2, 19, 20, 1704, 25000)) + int(declared.minimum or 0)
            bounded = Interval(Fraction(number), Fraction(number + 3))
            return chance.choice([Fraction(number)] * 8 + [bounded])


@cache
def district(seed: int = 5, names: tuple[str, ...] = NAMES, years: int = 4) -> tuple[nc.Judgement, ...]:
    """Communes in several years, under the twelve clauses that the benchmarks have."""
    chance, criteria = random.Random(seed), nc.load(TWELVE)
    rows = [
        FactRow(
            Unit(f"x{number}", name),
            year,
            {
                FactKey.of(fact): known
                for fact, declared in criteria.facts.items()
                if (known := value(chance, declared)) is not None
            },
        )
        for number, name in enumerate(names)
        for year in range(2021, 2021 + years)
    ]
    return tuple(nc.evaluate_rows(FactTable(tuple(rows)), criteria))


@cache
def hamlets() -> tuple[nc.Judgement, ...]:
    """A hamlet with figures by month and a commune, both under the standard of Circular 124."""
    catalog = nc.catalog()
    text = (
        "unit,name,level,year,month,criminal_offence_cases,social_evil_cases\n"
        "h,Ấp 1,hamlet,2022,,3,1\nh,Ấp 1,hamlet,2023,1,1,\nh,Ấp 1,hamlet,2023,2,2,0\nx,Xã An,commune,2023,,5,\n"
    )
    return tuple(nc.evaluate_rows(nc.read_facts_text(text, "csv", shared_facts(catalog.sets.sets)), catalog))


@cache
def made_anew() -> tuple[nc.Judgement, ...]:
    """Communes from before and after the day on which units were made anew, so that earlier figures are not theirs."""
    with pytest.warns(TableWarning, match="NC376"):
        return district(names=("Xã A", "Xã B"), years=5)


@cache
def example() -> tuple[nc.Judgement, ...]:
    """The communes of the example under every standard, some of them without a verdict."""
    catalog = nc.catalog()
    return tuple(nc.evaluate_rows(nc.read_facts(EXAMPLE, shared_facts(catalog.sets.sets)), catalog))


@cache
def attested(units: int = 3) -> tuple[nc.Judgement, ...]:
    """Units of which clauses and a fact are attested."""
    criteria = attested_sets.criteria()
    rows = tuple(
        FactRow(Unit(f"u{number}", f"Xã {number}"), 2024, {FactKey.of("crimes"): Fraction(number)})
        for number in range(units)
    )
    said = [attested_sets.attested(content, unit="u1", year=2024) for content in ("all/fire", "effective")]
    return tuple(nc.evaluate_rows(FactTable(rows), criteria, attestations=said))
