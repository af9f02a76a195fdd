"""Whole tables over the years of successive sets: each year by its own set, and a gap without verdicts."""

from __future__ import annotations

import random
import warnings

import duckdb
import polars as pl
from attrs import evolve

import ncriteria as nc
from ncriteria.evaluation.criteria import Catalog
from ncriteria.sets.catalog import set_catalog
from ncriteria.sets.loader import loads_set
from ncriteria.sets.model import Extended, FactType, Level
from ncriteria.sets.sources import AfterEnd

HEAD = """\
format: ncriteria/1
set:
  id: test.{number}
  standard: test
  title: A set
  instrument: {{number: "1/TEST", issuer: Test}}
  years: {{from: {first}, to: {last}}}
  level: commune
parameters:
  limit:
    title: Limit
    values: [{{from: {first}, value: 2}}, {{from: {last}, value: 1}}]
    cite: [{{instrument: "1/TEST"}}]
facts:
  crimes: {{title: Crimes, type: count}}
  fires: {{title: Fires, type: count}}
clauses:
"""
FACTS = {"crimes": (0, 1, 2, 3, None), "fires": (0, 1, 2, None)}


def clause(rule):
    return f"title: Clause, rule: '{rule}', encodes: exact, cite: [{{instrument: 1/TEST}}]"


def set_of(number, first, last, clauses):
    return loads_set(HEAD.format(number=number, first=first, last=last) + clauses)


def rows_of(years, facts, units=20):
    chance = random.Random(19)
    return [
        {"unit": f"c{number}", "year": year, "level": "commune"}
        | {name: chance.choice(values) for name, values in facts.items()}
        for number in range(units)
        for year in years
        if chance.random() < 0.8
    ]


def _cell(value):
    return "" if value is None else str(value).lower()


def check(rows, catalog, standard, territory=None):
    """Hold the frames to the judging row by row; returns the verdicts by unit and year, and the warnings."""
    sets = [turn.criteria for turn in catalog.sets.turns(standard, Level.COMMUNE, territory or ())]
    facts = {name: fact for one in sets for name, fact in one.facts.items()}
    content = "\n".join(",".join(map(_cell, row)) for row in [rows[0].keys(), *(row.values() for row in rows)])
    expected = {
        (one.row.unit.id, one.row.year): {"verdict": one.result.verdict.value}
        | {path: outcome.verdict.value for path, outcome in one.result.clauses.items()}
        if one.result
        else {}
        for one in nc.evaluate_rows(nc.read_facts_text(content, "csv", facts), catalog, standards=[standard])
    }
    frame = pl.DataFrame(rows, infer_schema_length=None)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", nc.RowByRowWarning)
        judged = nc.evaluate_table(frame, catalog, standard=standard, level="commune", territory=territory)
        relation = duckdb.from_arrow(frame.to_arrow())
        on_duckdb = nc.evaluate_table(relation, catalog, standard=standard, level="commune", territory=territory)
    for found in (judged, on_duckdb.pl()):
        verdicts = {
            (row["unit"], row["year"]): {
                name: value for name, value in row.items() if name not in frame.columns and value is not None
            }
            for row in found.iter_rows(named=True)
        }
        assert verdicts == expected
    return expected, [one.message for one in caught]


def test_guidance_06_and_04_judge_the_years_that_they_hold_for():
    catalog = nc.catalog()
    facts = {
        name: (0, 0, 1, 2, None) if fact.type is FactType.COUNT else (True, False, None)
        for turn in catalog.sets.turns("ntm-19.2", Level.COMMUNE)
        for name, fact in turn.criteria.facts.items()
    }
    found, warned = check(rows_of(range(2019, 2028), facts), catalog, "ntm-19.2")
    assert {verdicts.get("verdict") for verdicts in found.values()} == {None, "not_met", "undetermined"}
    assert {year for (_, year), verdicts in found.items() if not verdicts} == {2019, 2020, 2026, 2027}
    # The units of 2025 look back across the reform of that year, and no lineage says what they were.
    assert {problem.code for one in warned for problem in one.problems} == {"NC376"}


def test_a_gap_between_sets_has_no_verdict_and_dated_parameters_hold_from_their_year():
    earlier = set_of(1, 2018, 2019, f"  crime: {{{clause('crimes <= param.limit')}}}\n")
    later = set_of(2, 2021, 2023, f"  crime: {{{clause('crimes < param.limit')}}}\n")
    found, _ = check(rows_of(range(2017, 2025), FACTS), Catalog(set_catalog([earlier, later])), "test")
    assert {year for (_, year), verdicts in found.items() if not verdicts} == {2017, 2020, 2024}


def test_a_territory_has_the_set_that_its_own_supersedes_until_its_own_begins_in_every_engine():
    national = set_of(1, 2018, 2023, f"  crime: {{{clause('crimes <= param.limit')}}}\n")
    own = evolve(set_of(2, 2021, 2022, f"  crime: {{{clause('crimes < param.limit')}}}\n"), territory="long-an")
    rows = [row | {"parent": "long-an"} for row in rows_of(range(2017, 2025), FACTS)]
    follows = Catalog(set_catalog([national, evolve(own, supersedes="test.1")]))
    found, _ = check(rows, follows, "test", ["long-an"])
    assert {year for (_, year), verdicts in found.items() if not verdicts} == {2017, 2023, 2024}
    alone, _ = check(rows, Catalog(set_catalog([national, own])), "test", ["long-an"])
    assert {year for (_, year), verdicts in alone.items() if verdicts} == {2021, 2022}


def test_after_its_own_set_a_territory_has_the_one_around_where_its_own_says_so_in_every_engine():
    national = set_of(1, 2018, 2023, f"  crime: {{{clause('crimes <= param.limit')}}}\n")
    own = evolve(set_of(2, 2020, 2021, f"  fire: {{{clause('fires < 1')}}}\n"), territory="long-an")
    own = evolve(own, extended=Extended("test.1", national.years), after_end=AfterEnd.EXTENDED)
    rows = [row | {"parent": "long-an"} for row in rows_of(range(2017, 2025), FACTS)]
    found, _ = check(rows, Catalog(set_catalog([national, own])), "test", ["long-an"])
    judged = {year: set(verdicts) for (_, year), verdicts in found.items()}
    crime, fire = {"verdict", "crime"}, {"verdict", "fire"}
    assert judged == {
        2017: set(),
        **dict.fromkeys((2018, 2019, 2022, 2023), crime),
        2020: fire,
        2021: fire,
        2024: set(),
    }


def test_a_group_may_have_other_members_in_a_later_set():
    group, crime = "  g:\n    title: Group\n    all:\n", "      - {id: crime, %s}\n"
    earlier = set_of(1, 2018, 2020, group + crime % clause("crimes <= 1"))
    fire = f"      - {{id: fire, {clause('fires <= 1')}}}\n"
    later = set_of(2, 2021, 2023, group + fire + crime % clause("crimes <= prev_year"))
    found, warned = check(rows_of(range(2017, 2025), FACTS), Catalog(set_catalog([earlier, later])), "test")
    assert set(found["c0", 2018]) == {"verdict", "g", "g/crime"}
    assert set(found["c0", 2021]) == {"verdict", "g", "g/fire", "g/crime"}
    assert not warned


def test_sets_may_refer_from_one_clause_to_another_each_the_other_way():
    one, other = clause("crimes <= 1"), clause("fires <= 1")
    on_b, on_a = clause('crimes <= 2 and met("b")'), clause('fires <= 2 and met("a")')
    earlier = set_of(1, 2018, 2020, f"  a: {{{on_b}}}\n  b: {{{other}}}\n")
    later = set_of(2, 2021, 2023, f"  a: {{{one}}}\n  b: {{{on_a}}}\n")
    _, warned = check(rows_of(range(2018, 2024), FACTS), Catalog(set_catalog([earlier, later])), "test")
    (reasons, _) = (one.reasons for one in warned)
    assert list(reasons.values()) == ["it rests on a clause that rests on it in another set of the line"]
