"""What is asked of a table that does not say it: one question at a time, the likeliest answer first."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from attrs import fields

import ncriteria as nc
from ncriteria.facts.asking import Asked, Question, next_question, with_answer
from ncriteria.facts.lineage.model import NATIONAL_REFORM
from ncriteria.facts.options import AS_IT_STANDS
from ncriteria.facts.project import Project, read_project
from ncriteria.facts.writing_project import project_text
from tests.facts.declared import FACTS


def asked(path: Path) -> tuple[list[Question], nc.ReadingOptions]:
    """Every question, the likeliest answer taken; where there is none, it stays open."""
    options, questions = AS_IT_STANDS, list[Question]()
    while (question := next_question(path, FACTS, options, questions)) is not None:
        questions.append(question)
        if question.proposals:
            options = with_answer(options, question, question.proposals[0])
    return questions, options


def told(questions: list[Question]) -> list[tuple[str, str, str | None]]:
    return [(one.asked.value, one.about, next(iter(one.proposals), None)) for one in questions]


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "f.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_a_table_that_says_all_is_asked_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, "unit,level,year,cases\na,commune,2024,1\n")
    assert asked(path) == ([], AS_IT_STANDS)


def test_headings_marks_level_and_year_are_asked(tmp_path: Path) -> None:
    path = written(tmp_path, "Nơi,Số vụ phạm,Ngày QĐ,Điện thoại\nXã An,1,-,1234\nXã Bình,-,18/03/2024,567\n")
    questions, options = asked(path)
    assert told(questions) == [
        ("column", "Nơi", "name"),
        ("column", "Số vụ phạm", "cases"),
        ("column", "Ngày QĐ", "decided_on"),
        ("column", "Điện thoại", "-"),
        ("year", "", None),
        ("level", "", "commune"),
    ]
    questions, options = asked_with_year(path, options)
    assert told(questions) == [("blank", "-", "-")]
    rows = nc.read_facts(path, FACTS, options=options).rows
    assert [(row.unit.id, row.year, len(row.values)) for row in rows] == [("Xã An", 2024, 1), ("Xã Bình", 2024, 1)]


def asked_with_year(path: Path, options: nc.ReadingOptions) -> tuple[list[Question], nc.ReadingOptions]:
    options = with_answer(options, Question(Asked.YEAR), "2024")
    questions = list[Question]()
    while (question := next_question(path, FACTS, options, questions)) is not None:
        questions.append(question)
        options = with_answer(options, question, question.proposals[0])
    return questions, options


@pytest.mark.parametrize(("heading", "level"), [("Ấp", "hamlet"), ("Huyện", "district"), ("Xã", "commune")])
def test_the_heading_of_the_unit_says_its_likeliest_level(tmp_path: Path, heading: str, level: str) -> None:
    path = written(tmp_path, f"{heading},year,cases\na,2024,1\n")
    assert ("level", "", level) in told(asked(path)[0])


def test_the_encoding_is_asked(tmp_path: Path) -> None:
    text = "Đơn vị,Năm,Số vụ,Cấp\nXã Vĩnh Đại,2024,1,xã\n"
    path = written(tmp_path, text, "utf-16-le")
    questions, options = asked(path)
    assert questions[0].asked is Asked.ENCODING
    assert nc.read_facts(path, FACTS, options=options).rows[0].unit.id == "Xã Vĩnh Đại"


def test_the_sheet_is_asked(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("python_calamine")
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("Khác")):
        sheet.append(["unit", "level", "year", "cases"])
        sheet.append(["a", "commune", 2024, 1])
    book.active.title = "Số liệu"
    path = tmp_path / "f.xlsx"
    book.save(path)
    assert asked(path)[0] == [Question(Asked.SHEET, proposals=("Số liệu", "Khác"))]


def test_a_project_that_is_written_reads_back_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "sets").mkdir()
    merged = tmp_path / "lineage.csv"
    merged.write_text("from,to,share,day,instrument\na,b,whole,2025-07-01,1/EXAMPLE\n", encoding="utf-8")
    reading = nc.ReadingOptions(
        columns={'TNGT "mới": #1': "cases"},
        ignore=["STT"],
        ignore_unknown=True,
        blanks=["-", "…"],
        sheet="2024",
        encoding="vni",
        header_row=3,
        level=nc.Level.COMMUNE,
        year=2024,
        month=3,
        months_end=15,
        unit="a",
        territory="h",
        series="ttxh",
        known_on=date(2026, 2, 1),
        lineage=nc.read_lineage(merged),
        reforms=[nc.Reform(day=date(2026, 3, 1), levels=NATIONAL_REFORM.levels, instrument="2/EXAMPLE")],
    )
    alike = {
        one.name for one in fields(nc.ReadingOptions) if getattr(reading, one.name) == getattr(AS_IT_STANDS, one.name)
    }
    assert alike == {"keep_going"}  # which is said anew each time
    file = tmp_path / "ncriteria.yaml"
    project = Project(file, "en", tmp_path / "sets", ("ntm-19.2",), reading)
    file.write_text(project_text(project, {"stt": "STT"}), "utf-8")
    assert read_project(file) == project
    assert 'ignore: ["STT"]' in file.read_text("utf-8")


def test_facts_that_stand_below_each_other_are_asked_by_their_text(tmp_path: Path) -> None:
    path = written(tmp_path, "SỐ LIỆU NĂM 2024;\nNội dung;Xã An\n1. Số vụ;3\n2. Số người chết;1\n3. Vụ khác lạ;0\n")
    questions, options = asked(path)
    assert told(questions) == [
        ("column", "Số người chết", "-"),
        ("column", "Vụ khác lạ", "-"),
        ("level", "", "commune"),
    ]
    assert [len(row.values) for row in nc.read_facts(path, FACTS, options=options).rows] == [1]


def test_a_heading_is_asked_once_for_all_its_years(tmp_path: Path) -> None:
    path = written(tmp_path, "Xã;Số vụ phạm;;Người;\n;2023;2024;2023;2024\na;1;2;8;9\n")
    questions, options = asked(path)
    assert told(questions) == [
        ("column", "Số vụ phạm", "cases"),
        ("column", "Người", "-"),
        ("level", "", "commune"),
    ]
    rows = nc.read_facts(path, FACTS, options=options).rows
    assert [(row.year, list(row.values.values())) for row in rows] == [(2023, [1]), (2024, [2])]


def test_a_mark_is_asked_in_whatever_year_or_month_it_stands(tmp_path: Path) -> None:
    path = written(tmp_path, "Ấp;Số vụ T1/2024;Số vụ T2/2024;Số vụ T3/2024\na;-;1;2\n")
    assert ("blank", "-", "-") in told(asked(path)[0])


@pytest.mark.parametrize(
    ("heading", "fact"),
    [
        ("Trọng án (vụ)", "grave_crime_cases"),
        ("Vụ TNGT", "traffic_accidents"),
        ("Khiếu kiện đông người", "unlawful_mass_petitions"),
        ("Trong đó: số người chết", "-"),
        ("Số vụ", "-"),
    ],
)
def test_a_heading_is_the_fact_of_which_it_has_the_words(tmp_path: Path, heading: str, fact: str) -> None:
    path = written(tmp_path, f"Xã;Năm;{heading}\na;2024;1\n")
    facts = nc.catalog()["vn.bca.hd04-2024.commune"].facts
    question = next_question(path, facts, AS_IT_STANDS, ())
    assert question is not None
    assert question.proposals[0] == fact
