"""The desk answers as the command line does, and leaves no question without an answer."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

import ncriteria as nc
from ncriteria.browser import Desk
from ncriteria.browser.labels import labels
from ncriteria.cli import program
from ncriteria.report.page import page_html
from tests.browser.corpus import corpus
from tests.report.page.opened import data_of

CASES = {case.name: case for case in corpus()}
HD06, HD04 = "vn.bca.hd06-2022.commune", "vn.bca.hd04-2024.commune"


def asked(question, ask, *files):
    return json.loads(ask(json.dumps({"language": "vi", **question}), *files))


def text_of(identifier):
    return next(one["text"] for one in json.loads(Desk().sets())["sets"] if one["id"] == identifier)


@cache
def found_of(name):
    """What a page is told of a case, which two tests look at."""
    case, desk = CASES[name], Desk()
    return asked(case.question, desk.judge if case.asks == "evaluate" else desk.impact, case.files)


@pytest.mark.parametrize("name", CASES)
def test_what_is_asked_in_a_page_gives_the_json_of_the_command_line(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    case, found = CASES[name], found_of(name)
    assert found["json"] == case.printed(tmp_path)
    assert bool(found["problems"]) == bool(json.loads(found["json"])["problems"])


def test_the_cases_have_tables_that_are_judged_and_tables_that_are_refused():
    found = [json.loads(found_of(name)["json"]) for name, case in CASES.items() if case.asks == "evaluate"]
    assert sum(bool(one.get("judgements")) for one in found) >= 25
    assert sum(not one.get("judgements") for one in found) >= 8


def test_a_table_is_told_as_it_was_read():
    facts = b"unit;level;year;traffic_accidents\na;commune;2024;1\nb;commune;2023;2"
    found = asked({"facts": "bảng.csv"}, Desk().look, {"bảng.csv": facts})
    assert found["account"][0] == "bảng.csv: 2 dòng của 2 đơn vị"
    assert (found["years"], found["units"], found["problems"], found["warnings"]) == ([2023, 2024], 2, [], [])


def test_every_column_is_told_by_its_name():
    facts = "unit;level;year;Số xã;Số vụ tai nạn giao thông;Ghi chú\na;district;2024;3;1;x".encode()
    account = asked({"facts": "t.csv"}, Desk().look, {"t.csv": facts})["account"]
    told = [line.split()[-1] for line in account if line.startswith("    ")]
    assert told == ["unit", "level", "year", "commune_count", "traffic_accidents", "note"]


def test_a_table_is_read_anew_where_its_content_is_another():
    desk, question = Desk(), {"facts": "t.csv"}
    for years in ([2023], [2023, 2024]):
        rows = "\n".join(f"a;commune;{year};1" for year in years)
        found = asked(question, desk.look, {"t.csv": f"unit;level;year;traffic_accidents\n{rows}".encode()})
        assert found["years"] == years


def test_problems_are_told_in_the_language_of_the_page_with_place_and_hint():
    facts = {"t.csv": b"unit;level;year;traffic_accidents\na;commune;2024;-1"}
    for language, text in (
        ("vi", 't.csv, hàng 2, cột "traffic_accidents": NC203 "-1" nhỏ hơn 0, trong khi số lượng không nhỏ hơn 0'),
        ("en", 't.csv, row 2, column "traffic_accidents": NC203 "-1" is less than 0, and a count is not'),
    ):
        (problem,) = asked({"language": language, "facts": "t.csv"}, Desk().judge, facts)["problems"]
        assert (problem["code"], problem["text"].splitlines()[0]) == ("NC203", text)


def test_what_cannot_be_read_and_what_cannot_be_judged_are_both_told():
    facts = b"unit;level;year;traffic_accidents\na;commune;2024;-1\nb;;2024;1"
    found = asked({"facts": "t.csv", "reading": {"keep_going": True}}, Desk().judge, {"t.csv": facts})
    assert [one["code"] for one in found["problems"]] == ["NC307", "NC203"]


def test_a_fault_of_the_program_is_told_with_its_lines():
    (problem,) = asked({"facts": "absent.csv"}, Desk().judge, {})["problems"]
    assert problem["code"] == "unforeseen"
    assert "KeyError: 'absent.csv'" in problem["text"]
    assert "đây là lỗi của chương trình" in problem["text"]


@pytest.mark.parametrize("question", ["", "[]", "{}", '{"language": "vi", "reading": {"colour": 1}}'])
def test_what_is_no_question_is_answered_all_the_same(question):
    found = json.loads(Desk().look(question, {}))
    assert [one["code"] for one in found["problems"]] == ["unforeseen"]


def test_the_shipped_sets_come_with_their_text():
    found = json.loads(Desk().sets())["sets"]
    assert {one["id"] for one in found} >= {HD06, "vn.bca.hd04-2024.commune"}
    assert all(one["text"].startswith(("format:", "#")) for one in found)


def test_a_rule_and_a_value_stand_where_they_are_said_to_stand():
    criteria = {"text": text_of(HD06), "file": "x.yaml"}
    found = asked({"criteria": criteria}, Desk().rules)
    shown = {(one["path"], one["role"]): found["text"][one["start"] : one["end"]] for one in found["rules"]}
    assert shown["param.crime_reduction", "value"] == "5%"
    assert shown["19.2/crime", "rule"] == "crime_cases <= prev_year * (1 - param.crime_reduction)"
    assert shown["19.2/crime", "when_zero_base"] == "crime_cases = 0"
    assert found["tests"] > 0
    assert found["failed"] == []


def test_places_are_counted_as_a_page_counts_them():
    text = text_of(HD06).replace("title:", "title: # \U0001d54f\n   ", 1)
    before = asked({"criteria": {"text": text_of(HD06), "file": "x.yaml"}}, Desk().rules)["rules"][0]
    (after, *_) = asked({"criteria": {"text": text, "file": "x.yaml"}}, Desk().rules)["rules"]
    units = text.encode("utf-16-le")
    assert units[2 * after["start"] : 2 * after["end"]].decode("utf-16-le") == "5%"
    assert after["start"] == before["start"] + len("# XX\n   ") + 1


def test_a_rule_in_several_lines_is_to_be_changed_in_the_text():
    text = text_of(HD06).replace("social_evil_cases <= prev_year", "social_evil_cases\n            <= prev_year", 1)
    found = asked({"criteria": {"text": text, "file": "x.yaml"}}, Desk().rules)
    (rule,) = [one for one in found["rules"] if (one["path"], one["role"]) == ("19.2/social_evils", "rule")]
    assert rule["end"] is None
    assert found["text"][rule["start"] :].startswith("social_evil_cases\n")


def test_an_edit_that_breaks_tests_of_the_set_is_told():
    text = text_of(HD06).replace("value: 5%", "value: 50%")
    found = asked({"criteria": {"text": text, "file": "x.yaml"}}, Desk().rules)
    assert found["failed"]
    assert all(one["failures"] for one in found["failed"])


def test_a_text_that_is_no_set_is_told_with_the_place():
    found = asked({"criteria": {"text": "format: ncriteria/1\nset: [", "file": "x.yaml"}}, Desk().rules)
    assert "rules" not in found
    assert [(one["line"], one["column"]) for one in found["problems"]] == [(2, 6)]


def test_the_words_of_the_page_have_the_same_names_and_slots_in_both_languages():
    vi, en = labels("vi"), labels("en")
    assert vi.keys() == en.keys()
    for name, told in vi.items():
        assert re.findall(r"\{\w+\}", told) == sorted(re.findall(r"\{\w+\}", en[name]), key=told.index), name


def test_the_verdicts_that_were_judged_last_are_shown_as_the_page_of_the_library():
    desk = Desk()
    facts = b"unit;name;level;year;traffic_accidents\na;X\xc3\xa3 </script>;commune;2024;1"
    assert asked({"facts": "t.csv"}, desk.judge, {"t.csv": facts})["problems"] == []
    for language in ("vi", "en"):
        table = nc.read_facts_text(facts.decode(), "csv", nc.catalog()[HD04].facts, file="t.csv")
        judgements = list(nc.evaluate_rows(table, nc.catalog()))
        shown = asked({"language": language, "is_invented": True}, desk.page)["html"]
        bare = page_html(judgements, language, invented=True)
        assert data_of(shown)["rows"] == data_of(bare)["rows"]
        assert data_of(shown)["invented"] is True


def test_what_was_judged_before_is_not_shown_for_a_table_that_is_refused():
    desk = Desk()
    judged = asked({"facts": "t.csv"}, desk.judge, {"t.csv": b"unit;level;year;traffic_accidents\na;commune;2024;1"})
    assert judged["problems"] == []
    asked({"facts": "t.csv"}, desk.judge, {"t.csv": b"unit;level;year;traffic_accidents\na;commune;2024;-1"})
    assert "html" not in asked({}, desk.page)


def test_the_files_to_take_away_are_those_that_the_command_line_writes(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for case in (CASES["attested"], CASES["edit-open-value"]):
        desk = Desk()
        asked(case.question, desk.judge if case.asks == "evaluate" else desk.impact, case.files)
        for ending in (".csv", ".xlsx"):
            case.printed(tmp_path, "-o", f"out-{case.asks}{ending}")
            written = json.loads(desk.written(case.asks, json.dumps({"language": "vi", "ending": ending})))
            assert b64decode(written["content"]) == (tmp_path / f"out-{case.asks}{ending}").read_bytes()


def test_the_lineage_of_units_is_a_file_beside_the_figures():
    lineage = b"from,to,share,day,instrument\na,m,whole,2025-07-01,1/NQ\nb,m,whole,2025-07-01,1/NQ\n"
    facts = b"unit,level,year,traffic_accidents\na,commune,2024,2\nb,commune,2024,3\nm,commune,2025,4\n"
    question = {"facts": "t.csv", "lineage": "l.csv", "standards": ["ntm-19.2"], "years": [2025]}
    (judged,) = json.loads(asked(question, Desk().judge, {"t.csv": facts, "l.csv": lineage})["json"])["judgements"]
    (traffic,) = [one for one in judged["result"]["clauses"] if one["path"] == "19.2/traffic"]
    assert traffic["verdict"] == "met"


def test_a_receipt_of_the_page_is_verified_by_the_command_line(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    case = CASES["judged-by-open-value"]
    case.printed(tmp_path)  # puts the files into the folder
    Path("answer.json").write_text(asked(case.question, Desk().judge, case.files)["json"], encoding="utf-8")
    checked = CliRunner().invoke(program, ["verify", "answer.json", "--json"])
    assert checked.exit_code == 0, checked.output
    found = json.loads(checked.stdout)
    assert (found["same"], found["differences"]) == (True, [])
