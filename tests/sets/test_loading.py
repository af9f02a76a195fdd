"""What a criteria file says is what the set holds: exact values, groups, parameters, and what another set changes."""

from __future__ import annotations

import datetime
import json
import unicodedata
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.language.tree import THIS_YEAR, Ago, FactKey, FactRef, InYear
from ncriteria.language.values import Interval
from ncriteria.sets.model import Clause, Combination, DatedValue, Encodes, FactType, Group
from ncriteria.sets.sources import Bilingual, UnitName
from ncriteria.sets.years.parameter_years import value_at
from tests.sets.writing import file_text

CITE = "cite: [{instrument: 01/EXAMPLE}]"


def loaded(**parts: str) -> nc.CriteriaSet:
    return nc.loads(file_text(parts)).definition


def facts_of(*lines: str) -> str:
    return "facts:\n  cases: {title: Cases, type: count}\n" + "".join(f"  {line}\n" for line in lines)


def parameter(value: str) -> nc.CriteriaSet:
    return loaded(parameters=f"parameters:\n  p: {{title: P, {value}, {CITE}}}")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("value: 0.95", Fraction(19, 20)),
        ("value: .5", Fraction(1, 2)),
        ("value: 5%", Fraction(1, 20)),
        ("value: 12.5 %", Fraction(1, 8)),
        ("value: -3", Fraction(-3)),
        ("value: 1e3", Fraction(1000)),
        ("value: 017", Fraction(17)),
        ("value: 0.1000000000000000055511151231257827", Fraction(1000000000000000055511151231257827, 10**34)),
        (f"value: {'9' * 100}", Fraction(10**100 - 1)),
        ("value: true", True),
        ("value: 2024-03-18", datetime.date(2024, 3, 18)),
        ("type: enumeration, options: [no, 19.20, 12:30:00], value: no", "no"),
        ("type: enumeration, options: [no, 19.20, 12:30:00], value: 19.20", "19.20"),
        ("type: enumeration, options: [no, 19.20, 12:30:00], value: 12:30:00", "12:30:00"),
        ("type: number, value: unknown", nc.UNKNOWN),
    ],
)
def test_scalars_keep_their_text_until_the_schema_types_them(written: str, value: object) -> None:
    declared = parameter(written).parameters["p"]
    assert declared.values == (DatedValue(None, value),)  # type: ignore[arg-type]
    assert type(declared.values[0].value) is type(value)
    assert declared.percent is ("%" in written)


def test_identifiers_that_yaml_would_make_numbers_stay_as_they_are() -> None:
    clause = f"{{title: T, rule: cases = 0, encodes: exact, {CITE}}}"
    definition = loaded(clauses=f"clauses:\n  19.20: {clause}\n  19.2: {clause}\n  no: {clause}\n  0o17: {clause}")
    assert [member.path for member in definition.members()] == ["19.20", "19.2", "no", "0o17"]


def test_a_set_says_who_issued_it_and_for_which_years_level_and_territory() -> None:
    definition = loaded(
        set="""\
set:
  id: vn.example.commune
  standard: example
  title: {vi: Ví dụ, en: Example}
  instrument: {number: 19.20, issuer: {en: Ministry}, issued: 2024-03-18, in_force: 2024-04-01, url: "https://x.vn/a"}
  years: {from: 2024, to: 2025}
  level: commune
  territory: long-an
  supersedes: vn.example-1.commune
  note: {vi: Ghi chú}"""
    )
    assert definition.title == Bilingual("Ví dụ", "Example")
    assert definition.instrument.number == "19.20"
    assert definition.instrument.issuer == Bilingual("Ministry", "Ministry")
    assert definition.instrument.issued == datetime.date(2024, 3, 18)
    assert definition.note == Bilingual("Ghi chú", "Ghi chú")
    assert [year in definition.years for year in (2023, 2024, 2025, 2026)] == [False, True, True, False]
    assert (definition.level, definition.territory) == (nc.Level.COMMUNE, "long-an")
    assert definition.supersedes == "vn.example-1.commune"


def test_facts_are_declared_with_their_type_unit_and_range() -> None:
    facts = loaded(
        facts=facts_of(
            "rate: {title: {vi: Tỷ lệ, en: Rate}, type: number, unit: '%', min: 0, max: 1e2, decimals: 2}",
            "status: {title: S, type: enumeration, options: [đạt, chưa đạt], attested: true}",
            "people: {title: P, type: count, unit: {vi: người, en: men}, aggregate: sum, headings: [Số người, 19.20],"
            " supplier: {vi: Công an xã, en: the police}}",
        )
    ).facts
    assert (facts["cases"].minimum, facts["cases"].maximum, facts["cases"].aggregate) == (0, None, None)
    assert (facts["rate"].minimum, facts["rate"].maximum, facts["rate"].decimals) == (0, 100, 2)
    assert (facts["status"].type, facts["status"].options) == (FactType.ENUMERATION, ("đạt", "chưa đạt"))
    assert [facts[name].attested for name in facts] == [False, False, True, False]
    assert (facts["people"].aggregate, facts["people"].headings) == ("sum", ("Số người", "19.20"))
    assert facts["people"].unit == UnitName("người", "men")
    assert facts["people"].supplier == Bilingual("Công an xã", "the police")
    assert facts["cases"].supplier is None


def test_groups_hold_clauses_and_groups_with_paths_under_them() -> None:
    clause = f"title: T, rule: cases = 0, encodes: approximated, {CITE}"
    definition = loaded(
        clauses=f"""\
clauses:
  "19.2":
    title: Group
    applies_when: cases > 0
    all:
      - id: a
        title: A
        rule: cases <= prev_year
        when_zero_base: cases = 0
        applies_when: cases > 1
        encodes: approximated
        {CITE}
      - id: any
        title: Any
        any:
          - {{id: b, {clause}}}
          - {{id: c, title: T, encodes: not_encoded, {CITE}}}
      - id: n
        title: N
        at_least: {{n: 2, not_applicable: counts, of: [{{id: d, {clause}}}, {{id: e, {clause}}}]}}"""
    )
    members = {member.path: member for member in definition.members()}
    assert list(members) == ["19.2", "19.2/a", "19.2/any", "19.2/any/b", "19.2/any/c", "19.2/n", "19.2/n/d", "19.2/n/e"]
    groups = [member for member in members.values() if isinstance(member, Group)]
    assert [group.combination for group in groups] == [Combination.ALL, Combination.ANY, Combination.AT_LEAST]
    assert [(group.minimum, group.counts_not_applicable) for group in groups] == [(None, False)] * 2 + [(2, True)]
    clause_a, clause_c = members["19.2/a"], members["19.2/any/c"]
    assert isinstance(clause_a, Clause)
    assert isinstance(clause_c, Clause)
    assert clause_a.zero_base is not None
    assert nc.show(clause_a.applies_when or clause_a.zero_base) == "cases > 1"
    assert (clause_c.rule, clause_c.encodes) == (None, Encodes.NOT_ENCODED)


def test_a_dated_parameter_holds_from_its_year_on() -> None:
    declared = parameter("values: [{from: 2020, value: 5%}, {from: 2023, value: unknown}, {from: 2025, value: 10%}]")
    values = declared.parameters["p"]
    found = {year: value_at(values, year) for year in (2019, 2020, 2022, 2023, 2024, 2025, 2030)}
    assert {year: None if dated is None else dated.value for year, dated in found.items()} == {
        2019: None,
        2020: Fraction(1, 20),
        2022: Fraction(1, 20),
        2023: nc.UNKNOWN,
        2024: nc.UNKNOWN,
        2025: Fraction(1, 10),
        2030: Fraction(1, 10),
    }
    assert value_at(values, None) is None


def test_embedded_tests_say_what_is_given_in_which_year() -> None:
    [test] = loaded(
        facts=facts_of("plan: {title: Plan, type: boolean}"),
        tests="""\
tests:
  - id: a
    year: 2025
    given:
      cases: ">=3"
      plan: unknown
      prev_year: {cases: 1, plan: true}
      years_ago: {2: {cases: <= 4}}
      at: {2019: {cases: 7}}
    share_met: {hamlet: {x: {met: 1, not_met: 2}}}
    expect: {crime: not_met}
    missing: [prev_year.cases, cases]
    residual: cases  =  0""",
    ).tests
    assert test.given == {
        FactKey("cases", THIS_YEAR): Interval(Fraction(3), None),
        FactKey("cases", Ago(1)): Fraction(1),
        FactKey("plan", Ago(1)): True,
        FactKey("cases", Ago(2)): Interval(None, Fraction(4)),
        FactKey("cases", InYear(2019)): Fraction(7),
    }
    assert test.shares == {("hamlet", "x"): nc.RollUp(1, 2, 0)}
    assert test.expect == {"crime": nc.Verdict.NOT_MET}
    missing = (FactKey("cases", Ago(1)), FactKey("cases", THIS_YEAR))
    assert (test.year, test.missing, test.residual) == (2025, missing, "cases = 0")


def test_decomposed_vietnamese_is_the_same_as_composed() -> None:
    text = file_text(
        {
            "facts": "facts:\n  số_vụ: {title: Số vụ, type: enumeration, options: [đạt, ổn]}",
            "clauses": f'clauses:\n  tội-phạm: {{title: Tội phạm, rule: số_vụ = "ổn", encodes: exact, {CITE}}}',
            "tests": "tests:\n  - {id: một, given: {số_vụ: ổn}, expect: {tội-phạm: met}}",
        }
    )
    decomposed = unicodedata.normalize("NFD", text)
    assert decomposed != text
    assert nc.loads(decomposed).definition == nc.loads(text).definition
    assert all(outcome.passed for outcome in nc.run_tests(nc.loads(decomposed).definition))


@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "M", "P", "S")), min_size=1, max_size=4))
@example("\u2118")
@example("số_vụ")
@example("\u1885a")
def test_a_name_that_can_be_declared_can_be_used(name: str) -> None:
    fact = json.dumps(name, ensure_ascii=False)
    try:
        facts = loaded(facts=facts_of(f"{fact}: {{title: T, type: count}}")).facts
    except nc.NCriteriaError:
        return
    declared = next(declared for declared in facts if declared != "cases")
    assert nc.parse(declared) == FactRef(declared)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    clauses = f"""\
clauses:
  g:
    title: G
    all:
      - {{id: a, title: A, rule: cases <= prev_year * (1 - param.p), when_zero_base: cases = 0, encodes: exact, {CITE}}}
      - {{id: b, title: B, rule: cases <= 9, encodes: exact, {CITE}}}
  h: {{title: H, encodes: not_encoded, {CITE}}}"""
    parts = {"parameters": f"parameters:\n  p: {{title: P, value: 0.05, {CITE}}}", "clauses": clauses}
    (tmp_path / "base.yaml").write_text(file_text(parts), encoding="utf-8")
    return tmp_path


def extending(folder: Path, changes: str, **parts: str) -> nc.CriteriaSet:
    header = """\
set:
  id: example.long-an
  standard: example
  title: Long An
  instrument: {number: 02/EXAMPLE, issuer: Long An}
  years: {from: 2025}
  level: commune
  territory: long-an"""
    usual = {"set": header, "extends": "extends: base.yaml", "facts": "", "clauses": "", "changes": changes}
    file = folder / "set.yaml"
    file.write_text(file_text({**usual, **parts}), encoding="utf-8")
    return nc.load(file).definition


def test_an_extending_set_replaces_adds_removes_and_sets_with_citations(folder: Path) -> None:
    cite = "cite: [{instrument: 02/EXAMPLE, at: Article %d}]"
    definition = extending(
        folder,
        f"""\
changes:
  - {{replace: g/b, clause: {{title: New, rule: cases <= 5 and plan, encodes: exact, {CITE}}}, {cite % 1}}}
  - {{add: g, clause: {{id: c, title: C, encodes: not_encoded, {CITE}}}, {cite % 2}}}
  - {{add: /, clause: {{id: i, title: I, rule: met("g/b"), encodes: exact, {CITE}}}, {cite % 3}}}
  - {{remove: h, {cite % 4}}}
  - {{set: p, values: [{{from: 2025, value: 7%}}, {{from: 2026, value: 10%}}], {cite % 5}}}""",
        facts="facts:\n  plan: {title: Plan, type: boolean}",
        tests="tests:\n  - {id: t, given: {cases: 5, plan: true}, expect: {g/b: met, i: met}}",
    )
    assert (definition.id, definition.extends, definition.territory) == ("example.long-an", "base.yaml", "long-an")
    assert [member.path for member in definition.members()] == ["g", "g/a", "g/b", "g/c", "i"]
    assert list(definition.facts) == ["cases", "plan"]
    assert [(change.verb, change.target) for change in definition.changes] == [
        *(("replace", "g/b"), ("add", "g"), ("add", "/"), ("remove", "h"), ("set", "p")),
    ]
    assert [change.cite[0].at for change in definition.changes] == [f"Article {number}" for number in range(1, 6)]
    declared = definition.parameters["p"]
    assert [dated.value for dated in declared.values] == [Fraction(7, 100), Fraction(1, 10)]
    assert declared.percent
    assert declared.cite[0].at == "Article 5"
    assert all(outcome.passed for outcome in nc.run_tests(definition))


def test_the_base_of_an_extending_set_stays_as_it_was(folder: Path) -> None:
    before = nc.load(folder / "base.yaml").definition
    extending(folder, f"changes:\n  - {{remove: h, {CITE}}}")
    assert nc.load(folder / "base.yaml").definition == before


def test_changes_are_made_one_after_the_other(folder: Path) -> None:
    definition = extending(
        folder,
        f"""\
changes:
  - {{remove: g/b, {CITE}}}
  - {{add: g, clause: {{id: b, title: Again, rule: cases = 0, encodes: exact, {CITE}}}, {CITE}}}
  - {{replace: g/b, clause: {{title: Thrice, rule: cases = 1, encodes: exact, {CITE}}}, {CITE}}}""",
    )
    assert {member.path: member.title.en for member in definition.members()}["g/b"] == "Thrice"


def test_a_set_without_a_folder_extends_a_shipped_one() -> None:
    text = file_text(
        {
            "extends": "extends: hd06-2022.commune.yaml",
            "facts": "",
            "clauses": "",
            "changes": "changes: []",
        }
    )
    assert nc.loads(text).definition.clauses == nc.catalog()["vn.bca.hd06-2022.commune"].definition.clauses
