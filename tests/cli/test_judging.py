"""`evaluate` and `explain`: what they print, for people and for programs."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from tests.cli.conftest import CRITERIA, FACTS

DECIDED = """
format: ncriteria/1
set:
  id: made-up.order
  standard: order
  title: {vi: Trật tự, en: Order}
  instrument: {number: 1/QĐ, issuer: {vi: Nơi ban hành, en: Issuer}}
  years: {from: 2023, to: 2023}
  level: commune
facts:
  cases: {title: {vi: Số vụ, en: Cases}, type: count, unit: vụ}
  people: {title: {vi: Số người, en: People}, type: count, unit: người}
clauses:
  order:
    title: {vi: Trật tự, en: Order}
    all:
      - id: rate
        title: {vi: Tỷ lệ, en: Rate}
        rule: 100 <= 1000 * cases / people
        encodes: exact
        cite: [{instrument: 1/QĐ, at: "1"}]
"""
REMAINDER_KEYS = ("missing", "residual", "not_encoded", "open_parameters", "roll_ups")
RESULT_KEYS = ("criteria", "standard", "set", "year", "verdict", *REMAINDER_KEYS, "attested", "clauses")
GROUND_KEYS = ("grounds", "comparisons", "attestations", "encodes", "group", "cite", "note")
CLAUSE_KEYS = ("path", "title", "verdict", *REMAINDER_KEYS, "residual_in_words", *GROUND_KEYS)
JUDGEMENT_KEYS = ("unit", "name", "level", "year", "standard", "published", "result", "problems")


@pytest.fixture
def order(tmp_path):
    path = tmp_path / "order.yaml"
    path.write_text(DECIDED, encoding="utf-8")
    return path


def test_each_language_prints_its_own_words(run):
    vietnamese = run("evaluate", FACTS, "--unit", "vinh-buu", "--standard", "ntm-19.2")
    english = run("evaluate", FACTS, "--unit", "vinh-buu", "--standard", "ntm-19.2", "--lang", "en")
    assert (vietnamese.exit_code, english.exit_code) == (0, 0)
    assert "  Đạt            19.2/crime  " in vietnamese.stdout
    assert "  Met             19.2/crime  " in english.stdout
    assert "Tính được: Chưa xác định\n" in vietnamese.stdout
    assert "Computed: Undetermined\n" in english.stdout
    assert vietnamese.stderr == english.stderr == ""


def test_json_holds_the_keys_that_programs_rely_on(run):
    result = run("evaluate", FACTS, "--unit", "vinh-buu", "--standard", "ntm-19.2", "--json")
    (judgement,) = json.loads(result.stdout)["judgements"]
    assert tuple(judgement) == JUDGEMENT_KEYS
    assert tuple(judgement["result"]) == RESULT_KEYS
    assert {tuple(clause) for clause in judgement["result"]["clauses"]} == {CLAUSE_KEYS}
    (crime,) = [clause for clause in judgement["result"]["clauses"] if clause["path"] == "19.2/crime"]
    assert (crime["verdict"], crime["missing"], crime["residual"]) == ("met", [], "true")
    assert judgement["result"]["verdict"] == "undetermined"
    assert result.stderr == ""


def test_json_is_the_same_at_every_run_and_every_width_and_never_has_colours(start):
    call = ("evaluate", FACTS, "--json")
    outputs = {start(*call, COLUMNS=width, PYTHONHASHSEED=seed).stdout for width, seed in (("60", "1"), ("200", "2"))}
    assert len(outputs) == 1
    (output,) = outputs
    assert len(json.loads(output)["judgements"]) == 14
    assert b"\x1b" not in output


def test_explain_and_evaluate_print_the_same_judgement_as_json(run):
    evaluated = run("evaluate", FACTS, "--unit", "vinh-buu", "--year", "2023", "--json")
    explained = run("explain", FACTS, "--unit", "vinh-buu", "--year", "2023", "--json")
    assert explained.exit_code == 0
    told, again = json.loads(evaluated.stdout), json.loads(explained.stdout)
    del told["summary"]  # of many units, which evaluate tells alone
    assert told.pop("receipt")["result"] == again.pop("receipt")["result"]
    assert again == {**told, "command": "explain"}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_explain_tells_the_numbers_the_limit_the_citation_and_the_faithfulness(language, run):
    call = ("explain", FACTS, "--unit", "vinh-buu", "--year", "2023", "--standard", "ntm-19.2")
    told = " ".join(run(*call, "--lang", language).stdout.split())
    expected = {
        "vi": ("1 vụ; tối đa cho phép 1 (vừa đúng mức); 95% của năm trước (2 vụ)", "Căn cứ: 06/HD-BCA-V05", "gần đúng"),
        "en": ("(exactly at the limit); 95% of the year before (2 cases)", "Source: 06/HD-BCA-V05", "approximated"),
    }
    for words in expected[language]:
        assert words in told


def test_a_unit_can_be_asked_for_by_name_in_either_encoding_of_the_accents(run):
    call = ("--year", "2023", "--json")
    by_identifier = json.loads(run("evaluate", FACTS, "--unit", "vinh-buu", *call).stdout)["judgements"]
    assert by_identifier
    decomposed = unicodedata.normalize("NFD", "Xã Vĩnh Bửu")
    assert decomposed != "Xã Vĩnh Bửu"
    for command in ("evaluate", "explain"):
        assert json.loads(run(command, FACTS, "--unit", decomposed, *call).stdout)["judgements"] == by_identifier


def test_headings_to_pass_over_are_taken_in_either_encoding_of_the_accents(run, table):
    path = table("unit,year,level,Diện tích,crime_cases\na,2023,xã,12,0\n")
    assert run("evaluate", path).exit_code == 2
    result = run("evaluate", path, "--ignore-column", unicodedata.normalize("NFD", "Diện tích"))
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_row_that_has_no_verdict_by_a_fault_ends_with_status_2_after_all_others_are_judged(run, order, table):
    path = table("unit,year,cases,people\na,2023,5,50\nb,2023,5,0\nc,2023,4,50\n")
    result = run("evaluate", path, "--criteria", order, "--lang", "en", "--details")
    assert result.exit_code == 2
    assert [line for line in result.stdout.splitlines() if line.startswith("Computed: ")] == [
        "Computed: Met",
        "Computed: Not met",
    ]
    assert "b · 2023 · order\nCould not be judged: " in result.stdout
    assert "division by zero: `people` is 0" in " ".join(result.stdout.split())
    assert "row 3" in result.stderr
    assert "NC303" in result.stderr
    judged = json.loads(run("evaluate", path, "--criteria", order, "--json").stdout)["judgements"]
    assert [one["result"] and one["result"]["verdict"] for one in judged] == ["met", None, "not_met"]
    assert [problem["code"] for one in judged for problem in one["problems"]] == ["NC303"]


def test_explaining_a_row_that_has_no_verdict_by_a_fault_prints_only_the_fault(run, order, table):
    path = table("unit,year,cases,people\nb,2023,5,0\n")
    result = run("explain", path, "--criteria", order, "--unit", "b", "--year", "2023")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "NC303" in result.stderr


def test_a_year_that_the_criteria_do_not_hold_for_has_no_verdict_and_is_no_fault(run):
    of_file = run("evaluate", FACTS, "--criteria", CRITERIA / "hd06-2022.commune.yaml", "--unit", "thanh-hung")
    assert of_file.exit_code == 1, "no row at all has a verdict"
    assert "Không xét được: vn.bca.hd06-2022.commune áp dụng cho các năm đánh giá" in of_file.stdout
    of_catalog = run("evaluate", FACTS, "--standard", "ntm-revocation", "--year", "2021", "--unit", "vinh-dai")
    assert of_catalog.exit_code == 1
    told = " ".join(of_catalog.stdout.split())
    assert 'không có tiêu chí nào của "Giữ quyết định công nhận nông thôn mới (ntm-revocation)" cấp xã' in told


def test_the_place_of_a_row_that_its_criteria_do_not_hold_for_is_told_to_programs(run):
    call = ("--criteria", CRITERIA / "hd06-2022.commune.yaml", "--unit", "thanh-hung", "--json")
    (judged,) = json.loads(run("evaluate", FACTS, *call).stdout)["judgements"]
    assert [problem["place"] for problem in judged["problems"]] == [f"{FACTS.relative_to(Path.cwd())}, row 5"]


def test_a_published_result_that_the_verdict_contradicts_is_shown_as_different(run, order, table):
    path = table("unit,year,cases,people,Kết quả công bố\na,2023,4,50,Đạt\nb,2023,5,50,Đạt\nc,2023,,50,Đạt\n")
    told = run("evaluate", path, "--criteria", order, "--lang", "en", "--details").stdout
    assert "Published: Đạt — DIFFERS from the published result" in told
    assert "Published: Đạt — agrees with the published result" in told
    assert (
        "Against published results: 1 agree, 1 open (none contradicts), 1 differ\n"
        "  a 2023: published Đạt, computed Not met\n"
    ) in told


YEARS = """\
unit,level,parent,year,crime_cases
a,commune,d,2023,1
a,commune,d,2026,1
b,commune,d,2026,2
d,district,,2026,
"""
UNJUDGED = {
    "vi": """\
Không có kết quả: 2 trên 3
  2: năm 2026 không có tiêu chí nào của "Chỉ tiêu 19.2 xã nông thôn mới
      (ntm-19.2)" cấp xã được áp dụng
     gợi ý: hiện có: 06/HD-BCA-V05 (vn.bca.hd06-2022.commune) cho 2021-2023,
       04/HD-BCA-V05 (vn.bca.hd04-2024.commune) cho 2024-2025; không bao giờ
       dùng tiêu chí của năm khác để thay thế
Không xét 1 dòng cấp huyện: không có bộ tiêu chí nào cho đơn vị đó
""",
    "en": """\
Without a verdict: 2 of 3
  2: no criteria of "New rural indicator 19.2 (ntm-19.2)" for a commune hold in
      2026
     hint: there are: 06/HD-BCA-V05 (vn.bca.hd06-2022.commune) for 2021-2023,
       04/HD-BCA-V05 (vn.bca.hd04-2024.commune) for 2024-2025; another year's
       criteria are never used instead
Not judged: 1 row of the level district, for no criteria are for this unit
""",
}


@pytest.mark.parametrize("command", ["evaluate", "room"])
@pytest.mark.parametrize("language", UNJUDGED)
def test_rows_without_a_verdict_are_counted_with_the_reason_and_the_hint(command, language, run, table):
    result = run(command, table(YEARS), "--standard", "ntm-19.2", "--lang", language)
    assert result.exit_code == 0
    assert result.stdout.endswith(UNJUDGED[language])
    assert result.stderr == ""


@pytest.mark.parametrize("command", ["evaluate", "room"])
def test_programs_get_the_hint_beside_each_row_and_the_rows_without_criteria_are_counted_apart(command, run, table):
    result = run(command, table(YEARS), "--standard", "ntm-19.2", "--json", "--lang", "en")
    rows = json.loads(result.stdout)["judgements" if command == "evaluate" else "rooms"]
    hints = [problem["hint"] for one in rows for problem in one["problems"]]
    assert len(hints) == 2
    assert all(hint.endswith("another year's criteria are never used instead") for hint in hints)
    assert result.stderr == "Not judged: 1 row of the level district, for no criteria are for this unit\n"


@pytest.mark.parametrize("command", ["evaluate", "room", "explain"])
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_the_status_is_1_where_no_row_at_all_could_be_judged(command, form, run, table):
    call = (command, table(YEARS), "--unit", "a", "--standard", "ntm-19.2", *form)
    assert run(*call, "--year", "2026").exit_code == 1
    assert run(*call, "--year", "2023").exit_code == 0


def test_showing_one_standard_changes_no_verdict(run, table):
    rows = "tan-hung,district,,2023,\na,commune,tan-hung,2023,1\nb,commune,tan-hung,2023,0\n"
    path = table("unit,level,parent,year,grave_crime_cases\n" + rows)
    every = json.loads(run("evaluate", path, "--json").stdout)["judgements"]
    call = ("evaluate", path, "--json", "--standard", "tan-hung-targets")
    (shown,) = json.loads(run(*call).stdout)["judgements"]
    assert shown == next(one for one in every if one["standard"] == "tan-hung-targets")
    (communes,) = [one for one in shown["result"]["clauses"] if one["path"] == "targets/communes"]
    assert communes["verdict"] == "not_met"
    explained = run("explain", path, "--json", "--standard", "tan-hung-targets", "--unit", "tan-hung", "--year", "2023")
    assert json.loads(explained.stdout)["judgements"] == [shown]


def test_nothing_to_judge_is_said(run):
    result = run("evaluate", FACTS, "--unit", "vinh-buu", "--year", "2021", "--lang", "en")
    assert (result.exit_code, result.stdout) == (1, "There are no rows to judge\n")
