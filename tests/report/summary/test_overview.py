"""An overview says of a whole table what its judgements say one by one."""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from fractions import Fraction

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.evaluation.criteria import Catalog
from ncriteria.evaluation.publication import Agreement
from ncriteria.evaluation.tables import passed_over
from ncriteria.facts.table import FactRow
from ncriteria.language.tree import Ago, FactKey
from ncriteria.language.values import Interval
from ncriteria.report.structure import TellingContext, plain_object
from ncriteria.report.summary.gathering import overview_of
from ncriteria.report.summary.overview import WaitKind
from ncriteria.sets.catalog import set_catalog
from ncriteria.sets.model import Clause, FactType, Level, Verdict
from tests.attested_sets import attested
from tests.attested_sets import criteria as attested_criteria
from tests.engines.strategies import FACTS, YEARS, criteria_sets, value_of

EVERY_VERDICT = dict.fromkeys(Verdict, 0)


@st.composite
def tables(draw):
    """A table of units that say much the same, so that several wait for the same things."""
    chance = random.Random(draw(st.integers(0, 2**32)))
    pools = {name: [draw(value_of(declared)) for _ in range(2)] for name, declared in FACTS.items()}
    rows = [
        FactRow(nc.Unit(f"u{number}"), year, dict(_said(pools, chance)))
        for number in range(6)
        for year in range(YEARS.first, YEARS.last + 1)
    ]
    return nc.FactTable(tuple(rows))


def _said(pools, chance):
    for name, values in pools.items():
        value = chance.choice((None, *values))
        if value is None:
            continue
        is_count = FACTS[name].type is FactType.COUNT
        yield FactKey.of(name), Interval(value, None) if is_count and chance.random() < 0.2 else value


@settings(max_examples=max(8, settings().max_examples // 4), deadline=None)
@given(criteria_sets(), tables())
def test_an_overview_gathers_what_each_judgement_says(definition, table):
    judged = list(nc.evaluate_rows(table, nc.Criteria(definition)))
    overview = overview_of(judged)
    (matrix,) = overview.matrices
    results = [one.result for one in judged if one.result is not None]
    assert [row.verdicts for row in matrix.rows] == [one.verdicts.clauses for one in results]
    assert [(row.verdict, row.missing) for row in matrix.rows] == [(one.verdict, one.missing) for one in results]
    assert {figure.fact: _who_and_why(figure) for figure in overview.figures_to_collect} == _figures(judged)
    assert Counter({(one.kind, one.name): len(one.waiting) for one in overview.waits}) == _waits(results)
    counted = sum((Counter(one.verdicts) for one in matrix.counts), Counter())
    assert counted + Counter() == Counter(one.verdict for one in results)
    without = sum(one.without for one in matrix.counts)
    assert without == sum(len(reason.units) for reason in overview.unjudged) == len(judged) - len(results)


def _who_and_why(figure):
    return {one.path for one in figure.clauses}, {(one.unit, one.year) for one in figure.waiting}


def _figures(judged):
    found = defaultdict(lambda: (set(), set()))
    for one in judged:
        for key in () if one.result is None else one.result.missing:
            waiting = [path for path, clause in one.result.clauses.items() if key in clause.missing]
            found[key][0].update(path for path in waiting if isinstance(one.result[path].clause, Clause))
            found[key][1].add((one.row.unit.id, one.row.year))
    return dict(found)


def _waits(results):
    found = Counter()
    for one in results:
        found.update((WaitKind.NOT_ENCODED, path) for path in one.open.clauses)
        found.update((WaitKind.OPEN_PARAMETER, name) for name in one.open.parameters)
        found.update((WaitKind.ROLL_UP, path) for _, path in one.open.roll_ups)
    return found


SET = """\
format: ncriteria/1
set:
  id: test.{id}
  standard: {standard}
  title: Set {id}
  instrument: {{number: "1/TEST", issuer: Test}}
  years: {{from: {first}, to: {last}}}
  level: commune
facts:
  crimes: {{title: Crimes, type: count, supplier: Police}}
  fires: {{title: Fires, type: count, supplier: Police}}
  plans: {{title: Plans, type: count}}
clauses:
  g:
    title: Group of {id}
    all:
{members}
"""
MEMBER = "      - {{id: {id}, title: {title}, rule: {rule}, encodes: exact, cite: [{{instrument: T}}]}}\n"


def _set(identifier, first, last, standard="test", **rules):
    members = "".join(MEMBER.format(id=one, title=f"{one} {identifier}", rule=rule) for one, rule in rules.items())
    text = SET.format(id=identifier, first=first, last=last, standard=standard, members=members)
    return nc.loads(text).definition


CRIME, FIRE, PLAN = "crimes <= prev_year", "fires = 0", "plans >= 1"


def _judged(rows, *sets):
    catalog = Catalog(set_catalog(sets))
    table = nc.read_facts_text("unit,name,level,year,crimes,fires,plans,kết quả công bố\n" + rows, "csv", sets[0].facts)
    return overview_of(list(nc.evaluate_rows(table, catalog)), passed_over(table, catalog))


def test_successive_sets_share_a_matrix_whose_titles_are_those_of_the_latest():
    old = _set("old", 2021, 2022, crime=CRIME, fire=FIRE)
    new = _set("new", 2023, 2024, crime=CRIME, plan=PLAN)
    overview = _judged("a,An,xã,2022,1,0,1,\na,An,xã,2023,1,0,1,\n", old, new)
    (matrix,) = overview.matrices
    assert (matrix.standard, matrix.level, [one.id for one in matrix.sets]) == (
        "test",
        Level.COMMUNE,
        ["test.old", "test.new"],
    )
    titles = [(column.path, column.title.en, column.is_group) for column in matrix.columns]
    assert titles == [
        ("g", "Group of new", True),
        ("g/crime", "crime new", False),
        ("g/fire", "fire old", False),
        ("g/plan", "plan new", False),
    ]
    assert [list(row.verdicts) for row in matrix.rows] == [["g", "g/crime", "g/fire"], ["g", "g/crime", "g/plan"]]
    assert [(one.year, one.verdicts, one.without) for one in matrix.counts] == [
        (2022, {**EVERY_VERDICT, Verdict.UNDETERMINED: 1}, 0),
        (2023, {**EVERY_VERDICT, Verdict.MET: 1}, 0),
    ]


def test_figures_stand_by_supplier_the_one_that_most_wait_for_first():
    rows = "a,An,xã,2021,,,1,\nb,,xã,2021,,0,1,\nc,,xã,2021,1,9,,\n"
    overview = _judged(rows, _set("one", 2021, 2021, crime=CRIME, fire=FIRE, plan=PLAN))
    told = [
        (
            group.supplier and group.supplier.en,
            [(str(one.fact), [unit.unit for unit in one.waiting]) for one in group.figures],
        )
        for group in overview.figures
    ]
    assert told == [
        ("Police", [("crimes", ["a", "b"]), ("prev_year.crimes", ["a", "b"]), ("fires", ["a"])]),
    ]
    assert [(row.unit, row.verdict, len(row.missing)) for row in overview.matrices[0].rows] == [
        ("a", Verdict.UNDETERMINED, 3),
        ("b", Verdict.UNDETERMINED, 2),
        ("c", Verdict.NOT_MET, 0),
    ]
    assert overview.figures[0].figures[0].waiting[0].name == "An"


def test_a_figure_that_two_standards_wait_for_is_collected_once():
    sets = (_set("one", 2021, 2021, fire=FIRE), _set("two", 2021, 2021, "other", fire=FIRE, more="fires <= 3"))
    overview = _judged("a,,xã,2021,,,,Đạt\n", *sets)
    (figure,) = overview.figures_to_collect
    assert [unit.unit for unit in figure.waiting] == ["a"]
    assert {(one.standard, one.path) for one in figure.clauses} == {
        ("test", "g/fire"),
        ("other", "g/fire"),
        ("other", "g/more"),
    }
    assert overview.agreements == {}, "the published result does not say which standard it is of"


def test_what_has_no_verdict_is_counted_by_reason_and_what_is_passed_over_by_level():
    judged = "a,,xã,2021,,0,,Đạt\nb,,xã,2021,,1,,Đạt\nc,,xã,2021,,,,Đạt\n"
    others = "a,,xã,2022,,0,,\nb,,xã,2022,,0,,\nt,,tỉnh,2021,,,,\n"
    overview = _judged(judged + others, _set("one", 2021, 2021, fire=FIRE))
    (reason,) = overview.unjudged
    assert (reason.code, reason.standard, [(one.unit, one.year) for one in reason.units]) == (
        "NC125",
        "test",
        [("a", 2022), ("b", 2022)],
    )
    assert overview.passed_over == {Level.PROVINCE: 1}
    assert overview.agreements == {Agreement.AGREES: 1, Agreement.DIFFERS: 1, Agreement.OPEN: 1}
    assert [(one.year, one.without) for one in overview.matrices[0].counts] == [(2021, 0), (2022, 2)]


def test_verdicts_that_rest_on_attestations_and_those_that_wait_for_one_are_told():
    criteria = attested_criteria()
    values = {FactKey.of("crimes"): Fraction(1), FactKey.of("crimes", Ago(1)): Fraction(1)}
    row = FactRow(nc.Unit("a"), 2020, values | {FactKey.of("border"): True})
    table = nc.FactTable((row, evolve(row, unit=nc.Unit("b"))))
    given_to_a = evolve(attested("all/fire"), unit="a", year=2020)
    overview = overview_of(list(nc.evaluate_rows(table, criteria, attestations=[given_to_a])))
    assert [row.attested for row in overview.matrices[0].rows] == [("all/fire",), ()]
    told = [(one.kind, one.name, [by.en for by in one.attested_by], len(one.waiting)) for one in overview.waits]
    assert told == [
        (WaitKind.NOT_ENCODED, "some/gate", ["Border guard"], 2),
        (WaitKind.NOT_ENCODED, "all/fire", [], 1),
    ]
    by_fact = {str(one.fact): (one.attested, [by.en for by in one.attested_by]) for one in overview.figures_to_collect}
    assert by_fact["effective"] == (True, ["Department A"])


def test_an_overview_is_told_as_plain_data():
    overview = _judged("a,An,xã,2021,,,1,Đạt\n", _set("one", 2021, 2021, fire=FIRE))
    told = json.loads(json.dumps(plain_object(overview, TellingContext("en"))))
    assert list(told) == ["matrices", "figures", "waits", "unjudged", "passed_over", "agreements"]
    assert told["matrices"][0]["rows"] == [
        {
            "unit": "a",
            "name": "An",
            "year": 2021,
            "criteria": "test.one",
            "verdict": "undetermined",
            "verdicts": {"g": "undetermined", "g/fire": "undetermined"},
            "attested": [],
            "missing": ["fires"],
            "waits": 0,
            "published": "Đạt",
            "agreement": "open",
        }
    ]
    assert told["figures"] == [
        {
            "supplier": "Police",
            "figures": [
                {
                    "fact": "fires",
                    "title": "Fires",
                    "unit": None,
                    "supplier": "Police",
                    "attested": False,
                    "attested_by": [],
                    "clauses": [{"standard": "test", "path": "g/fire", "title": "fire one"}],
                    "waiting": [{"unit": "a", "name": "An", "year": 2021}],
                }
            ],
        }
    ]
    assert told["agreements"] == {"open": 1}
