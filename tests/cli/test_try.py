"""`try`: lines that give facts, what each changes, and the test that they end in."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from ncriteria.cli import program

SET = "vn.bca.hd04-2024.commune"


@pytest.fixture
def lines():
    """Run `try` on a script, 80 columns wide."""

    def run(*script, options=(), language="en"):
        environment = {"COLUMNS": "80", "NCRITERIA_LANG": language}
        return CliRunner().invoke(program, ["try", SET, *options], input="\n".join(script), env=environment)

    return run


def test_each_line_shows_at_once_what_it_changes_and_the_whole_ends_in_a_test(lines):
    told = lines("crime_cases = 19", "prev_year.crime_cases = 20")
    assert (told.exit_code, told.stderr) == (0, "")
    assert (
        told.stdout
        == """\
Indicator 19.2 for new rural communes under Guidance 04/HD-BCA-V05
vn.bca.hd04-2024.commune, year 2024; `help` tells what may be written
> crime_cases = 19
  Undetermined    19.2/crime  Crime is contained and reduced
    left: 19 < prev_year.crime_cases or param.equal_count = "pass" and 19 =
      prev_year.crime_cases
    Social-order crime cases: only 0; undecided: at least 1; now 19; 19 fewer
      would be enough
  Whole set: Undetermined; 16 facts are missing
> prev_year.crime_cases = 20
  Met             19.2/crime  Crime is contained and reduced (was: Undetermined)
    Social-order crime cases: at most 19; undecided: only 20; now 19; no room
      left
  Whole set: Undetermined; 15 facts are missing

# as a test of the criteria file: confirm each verdict against the text
  - id: tried-1
    given: {crime_cases: 19, prev_year: {crime_cases: 20}}
    expect: {19.2/crime: met}
"""
    )


def test_a_wrong_line_is_told_changes_nothing_and_the_next_one_is_read(lines):
    told = lines("crime_case = 19", "# a remark", "", "wyh 19.2/crime", "why 19.2/crim", "undo", "crime_cases = 0")
    assert told.exit_code == 2
    assert (
        told.stderr
        == """\
line 1, column 1: NC123 there is no fact `crime_case`
  crime_case = 19
  ^^^^^^^^^^
  hint: did you mean `crime_cases`?
`wyh 19.2/crime` is not understood; `help` tells what may be written (did you
  mean `why`?)
there is no clause "19.2/crim" (did you mean `19.2/crime`?)
there is nothing to take back
"""
    )
    assert told.stdout.endswith("    given: {crime_cases: 0}\n    expect: {19.2/crime: met}\n")


@pytest.mark.parametrize(
    ("order", "shown"),
    [
        ("left 19.2/crime", "  7 < prev_year.crime_cases or "),
        ("room 19.2/crime", "    Social-order crime cases: "),
        ("why 19.2/crime", "  [Undetermined] 19.2/crime: Crime is contained and reduced\n"),
        ("missing", "  prev_year.crime_cases: Social-order crime cases (the year before)\n"),
        ("show", "  given: {crime_cases: 7}\n"),
        ("clear", "  Whole set: Undetermined; 16 facts are missing\n"),
        ("forget crime_cases", "  Whole set: Undetermined; 16 facts are missing\n"),
        ("undo", "  Whole set: Undetermined; 16 facts are missing\n"),
        ("test tie 19.2/crime", "  - id: tie\n    given: {crime_cases: 7}\n    expect: {19.2/crime: undetermined}\n"),
        ("help", "  forget NAME          take back what is given of a fact"),
        ("year = 2025", "  - id: tried-1\n    year: 2025\n"),
    ],
)
def test_each_order_shows_what_it_is_for(lines, order, shown):
    told = lines("crime_cases = 7", order)
    assert (told.exit_code, told.stderr) == (0, "")
    assert shown in told.stdout


def test_another_set_goes_on_with_what_both_declare_and_names_what_is_left_out(lines):
    told = lines("crime_cases = 2", "pc_plan = true", "attest 19.2/fire = met", "set vn.bca.hd06-2022.commune", "undo")
    assert (told.exit_code, told.stderr) == (0, "")
    assert (
        """
> set vn.bca.hd06-2022.commune
Indicator 19.2 for new rural communes under Guidance 06/HD-BCA-V05
vn.bca.hd06-2022.commune, year 2021; `help` tells what may be written
  left out: pc_plan, attest 19.2/fire
  given: {crime_cases: 2}
  Whole set: Undetermined; 8 facts are missing
> undo
Indicator 19.2 for new rural communes under Guidance 04/HD-BCA-V05
vn.bca.hd04-2024.commune, year 2024; `help` tells what may be written
"""
        in told.stdout
    )
    told = lines("year = 2025", "set ntm-9.4", "set ntm-19.4")
    assert "\nvn.bca.hd04-2024.district, year 2025;" in told.stdout
    assert told.stderr.startswith("there is no file and no shipped set `ntm-19.4`; ")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("crime_cases", "`crime_cases` is a fact; give it with `crime_cases = VALUE`\n"),
        ("19.2/fire", "`19.2/fire` is a clause; `why 19.2/fire` tells the grounds of its verdict\n"),
        ("sho", "`sho` is not understood; `help` tells what may be written (did you mean `show`?)\n"),
        ("test 19.2/crim", 'there is no clause "19.2/crim" (did you mean `19.2/crime`?)\n'),
        ("show = 3", "line 1, column 1: NC123 there is no fact `show`\n  show = 3\n  ^^^^\n"),
    ],
)
def test_what_was_nearly_right_is_told_how_to_write_it(lines, line, told):
    assert lines(line).stderr == told


def test_nothing_is_read_after_the_end_and_nothing_given_is_no_test(lines):
    told = lines("quit", "crime_cases = 7")
    assert (told.exit_code, told.stdout.splitlines()[2:]) == (0, ["> quit"])


def test_it_is_told_in_vietnamese_too(lines):
    told = lines("crime_cases = 0", "crime = 1", language="vi")
    assert "19.2/crime  Tội phạm được kiềm chế, kéo giảm (trước đó: Chưa" in told.stdout
    assert "# thành phép thử của tệp tiêu chí: đối chiếu từng kết quả với văn bản" in told.stdout
    assert told.stderr.startswith("dòng 2, cột 1: NC123 không có số liệu `crime`\n")


def test_json_is_one_object_with_the_test_and_the_problems(lines):
    told = json.loads(lines("crime_cases = 0", "crime_cases = x", options=["--json", "--year", "2025"]).stdout)
    assert (told["command"], told["criteria"], told["year"]) == ("try", SET, 2025)
    assert told["clauses"]["19.2/crime"] == "met"
    assert told["yaml"] == "  - id: tried-1\n    year: 2025\n    given: {crime_cases: 0}\n    expect: {19.2/crime: met}"
    assert [one["code"] for one in told["problems"]] == ["NC108"]
