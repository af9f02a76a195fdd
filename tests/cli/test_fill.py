"""`fill`: a clause whose text was not known becomes a rule in an overlay, and nothing else changes."""

from __future__ import annotations

import hashlib
import json

import pytest

from ncriteria.sets.loader import load_set
from tests.sets.writing import file_text

pytestmark = pytest.mark.usefixtures("english")
GAPS = file_text(
    {
        "facts": """\
facts:
  cases: {title: Cases, type: count}
  fires: {title: Fires, type: count}""",
        "clauses": """\
clauses:
  safe:
    title: Safe
    all:
      - {id: crime, title: Crime, rule: cases <= 3, encodes: exact, cite: [{instrument: 01/EXAMPLE}]}
      - {id: fires, title: Fires, encodes: not_encoded, cite: [{instrument: 01/EXAMPLE}]}
      - {id: border, title: Border, encodes: not_encoded, cite: [{instrument: 01/EXAMPLE}]}""",
    }
)


@pytest.fixture
def gaps(tmp_path):
    path = tmp_path / "gaps.yaml"
    path.write_text(GAPS, encoding="utf-8")
    return path


def test_each_clause_makes_the_file_grow_and_leaves_the_others_as_they_are(run, gaps, tmp_path):
    file = tmp_path / "mine.yaml"
    first = run("fill", file, "safe/fires", "--of", gaps, "--rule", "fires <= prev_year", "--at", "Article 2")
    assert first.exit_code == 0
    assert " ".join(first.stdout.split()) == (
        f"safe/fires has a rule in {file} 5 cases to test are suggested: confirm each verdict against the text "
        "proved: 2 other clauses and groups mean what they meant on it rest: safe still not encoded: safe/border "
        f"next: look at the file, and run `ncriteria check {file}` and `ncriteria test {file}`"
    )
    second = run(
        "fill", file, "safe/border", "--rule", "patrol and not refused", "--applies-when", "at_border", "--json"
    )
    told = json.loads(second.stdout)
    assert {key: told[key] for key in ("criteria", "clause", "declared", "same", "resting", "not_encoded")} == {
        "criteria": "mine",
        "clause": "safe/border",
        "declared": {"patrol": "boolean", "refused": "boolean", "at_border": "boolean"},
        "same": ["safe/crime", "safe/fires"],
        "resting": ["safe"],
        "not_encoded": [],
    }
    criteria = load_set(file)
    assert [change.target for change in criteria.changes] == ["safe/fires", "safe/border"]
    assert {test.id for test in criteria.tests} >= set(told["tests"])
    assert run("test", file).exit_code == 0
    assert {one["code"] for one in json.loads(run("check", file, "--json").stdout)["warnings"]} == {"NC454"}


@pytest.mark.parametrize(
    ("rule", "declared"),
    [
        ("x > 3", "count"),
        ("x", "boolean"),
        ("x or cases = 0", "boolean"),
        ("if x then cases = 0 else cases = 1", "boolean"),
        ("quarter(x) = 1", "date"),
        ('x <= @"2024-03-31"', "date"),
    ],
)
def test_a_fact_is_declared_by_its_place_in_the_rule(run, gaps, tmp_path, rule, declared):
    told = json.loads(run("fill", tmp_path / "mine.yaml", "safe/fires", "--of", gaps, "--rule", rule, "--json").stdout)
    assert told["declared"] == {"x": declared}


def test_the_text_at_hand_is_cited_by_its_hash(run, gaps, tmp_path):
    copy, file = tmp_path / "act.txt", tmp_path / "mine.yaml"
    copy.write_bytes(b"the text")
    run("fill", file, "safe/fires", "--of", gaps, "--rule", "fires = 0", "--copy", copy, "--act", "2/EXAMPLE")
    (change,) = load_set(file).changes
    (cite,) = change.cite
    assert (cite.instrument, cite.sha256) == ("2/EXAMPLE", hashlib.sha256(b"the text").hexdigest())


def test_a_file_of_another_layout_grows_as_it_is_laid_out(run, gaps, tmp_path):
    file = tmp_path / "mine.yaml"
    run("fill", file, "safe/fires", "--of", gaps, "--rule", "fires = 0")
    text = file.read_text("utf-8").split("tests:")[0].replace("\n  ", "\n")  # lists at the margin of their keys
    text = text.replace("\nid: ", "\n  id: ")
    act = "instrument: {number: 1, issuer: I}, years: {from: 2024}"
    header = f"set: {{id: mine, standard: example, title: T, {act}, level: commune}}"
    changes = text[text.index("changes:") :]
    file.write_text(f"format: ncriteria/1\n{header}\nextends: gaps.yaml\n\n{changes}# the end\n", encoding="utf-8")
    assert run("fill", file, "safe/border", "--rule", "cases = 0").exit_code == 0
    assert [change.target for change in load_set(file).changes] == ["safe/fires", "safe/border"]
    assert "# the end" in file.read_text("utf-8")


def test_without_a_clause_those_that_are_left_are_listed(run, gaps, tmp_path):
    assert run("fill", tmp_path / "mine.yaml", "--of", gaps).stdout.splitlines() == [
        "safe/fires: Fires",
        "safe/border: Border",
        "2 clauses are not encoded",
    ]
    told = json.loads(run("fill", tmp_path / "mine.yaml", "--of", gaps, "--json").stdout)
    assert told["not_encoded"] == ["safe/fires", "safe/border"]
    assert not (tmp_path / "mine.yaml").exists()


@pytest.mark.parametrize(
    ("clause", "options", "problem"),
    [
        ("safe/fire", (), 'NC396 `example.commune` has no clause "safe/fire"'),
        ("safe/crime", (), 'NC397 "safe/crime" of `example.commune` has a rule already'),
        ("safe/fires", ("--rule", "fires <"), "NC002 the expression ends too early"),
        ("safe/fires", ("--rule", "fires + 1"), "NC014 expected a condition; `fires + 1` is a number"),
        ("safe/fires", (), "say with --rule what the text says of `safe/fires`"),
        ("safe/fires", ("--rule", "x", "--fact", "x: often"), "expected a name and a type, such as `fires: count`"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(run, gaps, tmp_path, clause, options, problem):
    given = options if "--rule" in options or not clause.endswith(("fire", "crime")) else ("--rule", "fires = 0")
    outcome = run("fill", tmp_path / "mine.yaml", clause, "--of", gaps, *given)
    assert outcome.exit_code == 2
    assert problem in outcome.stderr
    assert not (tmp_path / "mine.yaml").exists()


def test_a_file_that_is_not_there_needs_the_set_that_it_extends(run, gaps, tmp_path):
    outcome = run("fill", tmp_path / "mine.yaml", "safe/fires", "--rule", "fires = 0")
    assert (outcome.exit_code, "--of SET" in outcome.stderr) == (2, True)
    run("fill", tmp_path / "mine.yaml", "safe/fires", "--of", gaps, "--rule", "fires = 0")
    other = run(
        "fill", tmp_path / "mine.yaml", "safe/border", "--of", "vn.bca.hd04-2024.commune", "--rule", "fires = 0"
    )
    assert "extends example.commune, not vn.bca.hd04-2024.commune" in " ".join(other.stderr.split())


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("from: 2024-02-15, to: 2026-12-31", "in_force: {from: 2024-02-15, to: 2026-12-31}"),
        ("from: 2024-02-15, judges: years_that_begin, cite: [{instrument: A}]", "years: {from: 2025}"),
    ],
)
def test_the_days_of_the_set_are_those_of_the_overlay(run, gaps, tmp_path, days, expected):
    gaps.write_text(GAPS.replace("years: {from: 2024}", f"in_force: {{{days}}}"), encoding="utf-8")
    run("fill", tmp_path / "mine.yaml", "safe/fires", "--of", gaps, "--rule", "fires = 0")
    assert f"  {expected}\n" in (tmp_path / "mine.yaml").read_text("utf-8")
    assert load_set(tmp_path / "mine.yaml").years == load_set(gaps).years


def test_a_clause_turns_out_to_have_several_contents_one_after_the_other(run, gaps, tmp_path):
    file = tmp_path / "mine.yaml"
    title = ("--title", "vi: Cháy giảm; en: Fewer fires")
    run("fill", file, "safe/fires/fewer", "--of", gaps, "--rule", "fires < prev_year", *title)
    so_far = load_set(file)
    assert [member.path for member in so_far.members()][-4:] == [
        "safe/fires",
        "safe/fires/fewer",
        "safe/fires/rest",
        "safe/border",
    ]
    told = json.loads(run("fill", file, "safe/fires/hurt", "--rule", "hurt = 0", "--last", "--json").stdout)
    assert told["same"] == ["safe/crime", "safe/fires/fewer", "safe/border"]
    assert told["resting"] == ["safe", "safe/fires"]
    members = {member.path: member for member in load_set(file).members()}
    assert "safe/fires/rest" not in members
    assert members["safe/fires/fewer"].title.en == "Fewer fires"
    assert members["safe/fires/hurt"].title.en == "???"
    assert run("test", file).exit_code == 0


def test_a_clause_may_have_one_content_that_is_named(run, gaps, tmp_path):
    run("fill", tmp_path / "mine.yaml", "safe/fires/few", "--of", gaps, "--rule", "fires <= 2", "--last")
    paths = [member.path for member in load_set(tmp_path / "mine.yaml").members()]
    assert "safe/fires/few" in paths
    assert "safe/fires/rest" not in paths


def test_what_was_known_of_a_clause_beside_its_text_stays(run, gaps, tmp_path):
    known = "id: border, title: Border, applies_when: cases > 0, attested_by: [Police], encodes"
    gaps.write_text(GAPS.replace("id: border, title: Border, encodes", known), encoding="utf-8")
    whole, part, other = (tmp_path / f"{name}.yaml" for name in ("whole", "part", "other"))
    rule = ("--of", gaps, "--rule", "patrol and\n  not refused", "--encodes", "attested")
    assert run("fill", whole, "safe/border", *rule).exit_code == 0
    assert run("fill", part, "safe/border/patrol", *rule).exit_code == 0
    assert run("fill", other, "safe/border", *rule, "--applies-when", "cases > 1").exit_code == 0
    assert "rule: patrol and not refused\n      applies_when: cases > 0\n" in whole.read_text("utf-8")
    assert '      encodes: attested\n      attested_by: ["Police"]\n' in whole.read_text("utf-8")
    assert "      applies_when: cases > 0\n      all:\n        - id: patrol\n" in part.read_text("utf-8")
    assert "applies_when: cases > 1\n" in other.read_text("utf-8")
    assert [run("check", file, "--json").exit_code for file in (whole, part, other)] == [0, 0, 0]


def test_the_grades_of_a_clause_stay(run, gaps, tmp_path):
    few = "{id: few, title: Few, when: fires < 3, cite: [{instrument: 01/EXAMPLE}]}"
    scale = f"grades: [{few}, {{id: many, title: Many, otherwise: true}}]"
    text = GAPS.replace("title: Fires, encodes: not_encoded", f"title: Fires, encodes: not_encoded, {scale}")
    gaps.write_text(text, encoding="utf-8")
    for name, path in (("whole", "safe/fires"), ("part", "safe/fires/first")):
        file = tmp_path / f"{name}.yaml"
        assert run("fill", file, path, "--of", gaps, "--rule", "fires <= prev_year").exit_code == 0
        before, after = ({one.path: one for one in load_set(each).members()} for each in (gaps, file))
        assert len(after["safe/fires"].grades) == 2
        assert after["safe/fires"].grades == before["safe/fires"].grades
