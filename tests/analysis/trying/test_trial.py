"""A trial gives facts line by line, and ends in a test that the file of its set carries."""

from __future__ import annotations

from pathlib import Path

import pytest

from ncriteria.analysis.cases import row_lines
from ncriteria.analysis.trying.given_lines import TypedLine, gives, read_given
from ncriteria.analysis.trying.trial import begun, changed, lines_of_test
from ncriteria.errors import NCriteriaError
from ncriteria.evaluation.self_tests import run_tests
from ncriteria.sets.files.filled import with_tests
from ncriteria.sets.loader import load_set, loads_set
from tests.sets.writing import file_text

SHIPPED = Path(__file__).parents[3] / "criteria"
SET = file_text(
    {
        "parameters": "parameters:\n  most: {title: Most, value: 3, cite: [{instrument: 01/EXAMPLE}]}",
        "facts": """\
facts:
  cases: {title: Cases, type: count}
  kind: {title: Kind, type: enumeration, options: [poor, rich]}
  rate: {title: Rate, type: number, max: 1}
  since: {title: Since, type: date}""",
        "clauses": """\
clauses:
  safe:
    title: Safe
    any:
      - {id: few, title: Few, rule: cases <= param.most, encodes: exact, cite: [{instrument: 01/EXAMPLE}]}
      - {id: fewer, title: Fewer, rule: "cases < prev_year and at(cases, 2019) < years_ago(2, cases)", encodes: exact,
         cite: [{instrument: 01/EXAMPLE}]}
      - {id: rich, title: Rich, rule: 'kind = "rich" and rate < 5% and year(since) < 2020', encodes: exact,
         cite: [{instrument: 01/EXAMPLE}]}
      - {id: good, title: Good, encodes: not_encoded, cite: [{instrument: 01/EXAMPLE}]}""",
    }
)


@pytest.fixture(scope="module")
def criteria():
    return loads_set(SET)


def given(criteria, *lines):
    trial = begun(criteria)
    for line in lines:
        trial = trial.with_given(read_given(criteria, TypedLine(line)))
    return trial


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("cases = 19", "given: {cases: 19}"),
        ("cases==19", "given: {cases: 19}"),
        ("cases >= 3", 'given: {cases: ">=3"}'),
        ("  cases <= 3", 'given: {cases: "<=3"}'),
        ('cases = ">=3"', 'given: {cases: ">=3"}'),
        ("prev_year.cases = 20", "given: {prev_year: {cases: 20}}"),
        ("prev_year(cases) = 20", "given: {prev_year: {cases: 20}}"),
        ("years_ago(2, cases) = 20", "given: {years_ago: {2: {cases: 20}}}"),
        ("at(cases, 2019) = 20", "given: {at: {2019: {cases: 20}}}"),
        ("kind = rich", "given: {kind: rich}"),
        ('kind = "rich"', "given: {kind: rich}"),
        ("rate = 5%", "given: {rate: 0.05}"),
        ("since = 2019-03-18", "given: {since: 2019-03-18}"),
        ("param.most = 5", "parameters: {most: 5}"),
        ("attest safe/good = met", "attested: {safe/good: met}"),
        ('attest "safe/good" = not_met', "attested: {safe/good: not_met}"),
        ("given: {cases: 1, prev_year: {cases: 2}}", "given: {cases: 1, prev_year: {cases: 2}}"),
    ],
)
def test_a_line_gives_what_it_says(criteria, line, row):
    assert gives(line)
    assert row in row_lines(given(criteria, line).row)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("case = 3", "line 7, column 1: NC123 there is no fact `case`\n  hint: did you mean `cases`?"),
        ("cases = 1,5", 'line 7, column 9: NC108 expected a whole number of zero or more, found "1,5"'),
        ("rate = 2", "line 7, column 8: NC123 `rate` lies outside its range"),
        ("prev_year.case = 3", "line 7, column 11: NC123 there is no fact `case`\n  hint: did you mean `cases`?"),
        ("kind = riche", 'NC108 "riche" is none of the values: poor, rich\n  hint: did you mean `rich`?'),
        ("cases + 1 = 3", "line 7, column 1: NC123 `cases + 1` is not the name of a fact"),
        ("param.mots = 3", "line 7, column 7: NC123 there is no parameter `mots`\n  hint: did you mean `most`?"),
        ("attest safe/few = met", 'line 7, column 8: NC123 "safe/few" is not decided by attestations'),
        ("cases =", "NC108 expected a whole number of zero or more, found nothing"),
        ("given: {cases: [", "line 7, column"),
    ],
)
def test_a_wrong_line_is_told_with_its_place(criteria, line, problem):
    with pytest.raises(NCriteriaError) as error:
        read_given(criteria, TypedLine(line, 7))
    told = "\n".join(one for one in str(error.value).split("\n") if "^" not in one and one.strip() != line)
    assert problem in told


def test_a_year_that_the_set_does_not_judge_is_refused(criteria):
    with pytest.raises(NCriteriaError, match="holds for"):
        given(criteria, "year = 1999")


def test_what_is_taken_back_is_as_if_it_had_not_been_given(criteria):
    trial = given(criteria, "cases = 9", "param.most = 9", "attest safe/good = met", "prev_year.cases = 3")
    assert trial.result["safe/few"].verdict.value == "met"
    for name in ("param.most", "attest safe/good", "prev_year.cases", "cases"):
        trial = trial.without(name)
    assert trial.row == begun(criteria).row
    with pytest.raises(NCriteriaError, match="nothing is given of `cases`"):
        trial.without("cases")


def test_a_change_tells_the_clauses_that_come_out_otherwise_or_look_at_it(criteria):
    before = given(criteria, "cases = 5")
    assert changed(begun(criteria), before) == ("safe/few", "safe/fewer")
    assert changed(before, given(criteria, "cases = 2")) == ("safe", "safe/few", "safe/fewer")
    assert changed(before, given(criteria, "cases = 5", "attest safe/good = met")) == ("safe", "safe/good")


def test_of_one_open_clause_the_test_says_what_is_missing_and_left(criteria):
    trial = given(criteria, "cases = 5", "at(cases, 2019) = 1")
    assert lines_of_test(trial, "open", ["safe/fewer"]) == [
        "  - id: open",
        "    given: {cases: 5, at: {2019: {cases: 1}}}",
        "    expect: {safe/fewer: undetermined}",
        '    missing: [prev_year.cases, "years_ago(2, cases)"]',
        "    residual: '5 < prev_year.cases and 1 < years_ago(2, cases)'",
    ]


@pytest.mark.parametrize(
    "name", ["hd04-2024.commune", "tt124-2021.commune", "tan-hung.district", "qd926-2022.province", "hd07-2016.commune"]
)
def test_every_trial_ends_in_a_test_that_its_file_accepts_and_passes(name):
    path = SHIPPED / f"{name}.yaml"
    criteria, text = load_set(path), path.read_text(encoding="utf-8")
    trials = []
    for number, test in enumerate(criteria.tests[:12]):
        trial = begun(criteria, test.year).with_given(test)
        paths = list(test.expect)[:1] if number % 2 else []
        text = with_tests(text, lines_of_test(trial, f"of-trial-{number}", paths))
        trials.append(f"of-trial-{number}")
    outcomes = {one.test_id: one.failures for one in run_tests(loads_set(text, file=str(path)))}
    assert trials
    assert {one: outcomes[one] for one in trials} == dict.fromkeys(trials, ())
