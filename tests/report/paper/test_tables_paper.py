"""The paper of tables: it says what the sheets say to people, what was found and on what it rests, and is signed."""

from __future__ import annotations

import datetime
import io
from functools import cache

import pytest

import ncriteria as nc
from ncriteria.analysis.comparison.compare import compare
from ncriteria.analysis.room.rows import room_rows
from ncriteria.evaluation.explanation.sources import citation_text
from ncriteria.evaluation.explanation.values import Voice
from ncriteria.report.answers.edits import compared
from ncriteria.report.answers.receipted import with_receipt
from ncriteria.report.answers.rooms import roomy
from ncriteria.report.paper.tables import tables_docx, told_again
from ncriteria.report.receipts.reading import read_receipt
from ncriteria.report.sheets import shown
from ncriteria.report.sheets.sheet import people_text
from ncriteria.report.writing.formats import write_answer
from ncriteria.words import words
from tests.report.dossier.edits import STRICTER, edited
from tests.report.page.judged import HOSTILE
from tests.report.page.watched_tables import MEMBERS, ROWS_OF_TABLE, rooms, watched

docx = pytest.importorskip("docx", reason="python-docx is not installed")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOT_SHOWN = {"fact", "standard"}


@cache
def differing(language="en"):
    """What `compare` finds of two small sets."""
    return compared(compare(nc.loads(edited(())), nc.loads(edited(STRICTER))), language)


ANSWERS = {"watch": watched, "room": rooms, "compare": differing}


@cache
def opened(name, language="en"):
    return docx.Document(io.BytesIO(tables_docx(ANSWERS[name](language).tables, language)))


def texts(document):
    return [one.text for one in document.paragraphs]


def shown_letters(text):
    return "".join("\ufffd" if not one.isprintable() and one != "\n" else one for one in text)


def titled(document):
    """The tables, each with the paragraph before it."""
    found, title = [], ""
    for child in document.element.body:
        if child.tag == f"{W}p":
            title = docx.text.paragraph.Paragraph(child, document).text
        elif child.tag == f"{W}tbl":
            found.append((title, docx.table.Table(child, document)))
    return found


def the_one(document, beginning):
    """The table whose title begins so, with its title, and its rows as texts; a band is one text."""
    (found,) = [(title, table) for title, table in titled(document) if title.split(" · ")[0] == beginning]
    title, table = found
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    bands = [row._tr.find(f".//{W}gridSpan") is not None for row in table.rows]
    return title, [row[0] if is_band else row for row, is_band in zip(cells, bands, strict=True)]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", ANSWERS)
def test_each_table_says_to_people_all_that_its_sheet_says(name, language):
    say = words(language)
    for sheet in ANSWERS[name](language).sheets:
        rest = iter(sheet.rows)
        if not list(sheet.rows):
            continue
        title, (headings, *told) = the_one(opened(name, language), sheet.title)
        band = ""
        for line in told:
            if isinstance(line, str):
                band = line
                continue
            for column, cell in zip(sheet.columns, next(rest), strict=True):
                expected = shown_letters(people_text(column, cell, say))
                if column.heading in headings:
                    assert line[headings.index(column.heading)] == expected
                elif column.name not in NOT_SHOWN:
                    assert expected in f"{title} {band}"
        assert list(rest) == []


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", ANSWERS)
def test_it_begins_with_the_sets_and_what_was_found(name, language):
    told, answer = texts(opened(name, language)), ANSWERS[name](language).tables
    assert told[0] == answer.title(language).upper()
    criteria = answer.criteria[-1]
    assert f"{criteria.title.text(language)} ({criteria.id})" in told
    found = [shown_letters(line) for line in answer.findings(language)]
    assert found
    start = told.index(found[0])
    assert told[start : start + len(found)] == found


def test_what_was_found_of_a_table_that_is_watched_counts_its_units():
    assert watched("en").tables.findings("en")[0] == (
        "test · 2024 · 8 of 12 months passed · 8 units: 2 already lost, 3 at risk, 3 still open, 0 already certain"
    )
    assert "No row of the year that runs, only of earlier years: Xã Cũ (2023)" in watched("en").tables.findings("en")


def test_what_was_found_of_room_counts_verdicts_and_those_that_one_case_changes():
    assert rooms("vi").tables.findings("vi") == (
        "Kết quả chung (9 dòng): Đạt: 4, Chưa đạt: 3, Chưa xác định: 2",
        "Thêm hoặc bớt 1 vụ việc thì 7 dòng đổi kết quả",
    )


def test_what_was_found_of_two_sets_counts_what_differs():
    assert differing("en").tables.findings("en") == (
        "1 clause means something else than before",
        "The whole set, years 2024-2025: stricter (proved)",
    )


@pytest.mark.parametrize("name", ANSWERS)
def test_each_clause_has_its_citations(name):
    expected = [
        (
            f"Nội dung và căn cứ: {criteria.title.vi}",
            [
                [one.title.vi, "\n".join(citation_text(Voice("vi", criteria), cite) for cite in one.cite)]
                for one in cited
            ],
        )
        for criteria in ANSWERS[name]("vi").tables.criteria
        if (cited := [one for one in criteria.members() if one.cite])
    ]
    found = [
        (title, [[cell.text for cell in row.cells] for row in one.rows]) for title, one in titled(opened(name, "vi"))
    ]
    assert [one for one in found if one[0].startswith("Nội dung và căn cứ")] == expected


@pytest.mark.parametrize(("name", "is_signed"), [("watch", True), ("room", True), ("compare", False)])
def test_what_is_said_of_units_has_room_to_sign_and_what_is_said_of_rules_has_none(name, is_signed):
    assert ("........................, ngày ..... tháng ..... năm 20....." in texts(opened(name, "vi"))) == is_signed


def test_pages_are_wide_and_numbered_and_say_what_they_are_of():
    (section,) = opened("watch", "vi").sections
    assert section.page_width > section.page_height
    assert section.footer.paragraphs[0].text == "Theo dõi đến hết tháng 08/2024 – trang "


def test_a_unit_with_several_rows_stands_once_above_them():
    _, (_, *told) = the_one(opened("room"), "Room")
    assert [one for one in told if isinstance(one, str)][:2] == ["Xã Mất (lost) – 2024", "Xã Không (plan) – 2024"]
    assert told[1][:2] == ["Whole set", "Trial"]


def test_what_begins_a_row_as_the_one_above_is_written_once():
    (table,) = [one for title, one in titled(opened("watch")) if title.startswith("Counts of the year")]
    merged = [one.get(f"{W}val") for one in table._tbl.iter(f"{W}vMerge")]
    assert merged.count("restart") <= merged.count("continue")
    assert "continue" in merged


FIGURES = "unit,year,crime_cases\nx,2023,1/2\n"


@pytest.mark.parametrize(
    ("alike", "begun"),
    [
        ([0, 2, 2, 0, 1], [0, 2, 2, 0, 1]),
        ([3] * 9, [3] * 7 + [0, 3]),
        ([1] * 6 + [0] + [1] * 3, [1] * 6 + [0] + [1] * 3),
    ],
)
def test_what_many_rows_share_is_told_again_so_that_no_page_begins_without_it(alike, begun):
    assert list(told_again(alike)) == begun


def test_people_are_told_once_what_the_only_group_says_as_the_whole_set_does(tmp_path):
    criteria = nc.catalog()["vn.bca.hd06-2022.commune"]
    (tmp_path / "facts.csv").write_text(FIGURES, encoding="utf-8")
    found = roomy(list(room_rows(nc.read_facts(tmp_path / "facts.csv", criteria.facts), criteria)), (), "en")
    assert found.tables is not None
    told, all_rows = (next(iter(sheets)) for sheets in (found.tables.sheets("en"), found.sheets))
    place = [column.name for column in told.columns].index("clause")
    assert {row[place] for row in all_rows.rows} - {row[place] for row in told.rows} == {"19.2"}


def test_a_name_is_only_text():
    told = [cell.text for table in opened("watch").tables for row in table.rows for cell in row.cells]
    assert shown_letters(HOSTILE[0]) in told
    assert MEMBERS[1] in told


def test_an_example_is_marked_at_its_head_and_at_the_foot_of_each_page():
    row = next(iter(ROWS_OF_TABLE)).replace("Xã Mất", "Xã Mất (giả định)")
    answer = watched("en", (row, *ROWS_OF_TABLE[1:]))
    document = docx.Document(io.BytesIO(tables_docx(answer.tables, "en")))
    assert texts(document)[0] == "Example with invented units and figures"
    assert "Example with invented units and figures" in document.sections[0].footer.paragraphs[0].text


def test_rows_that_are_left_out_are_counted(monkeypatch):
    monkeypatch.setattr(shown, "_MOST_ON_PAPER", 2)
    document = docx.Document(io.BytesIO(tables_docx(watched("en").tables, "en")))
    assert "... and 6 more; a workbook (.xlsx) has all of them" in texts(document)


def test_the_same_answer_gives_the_same_bytes_and_carries_its_receipt(tmp_path):
    answer = with_receipt(differing("vi"), ["compare", "old.yaml", "new.yaml"], [], datetime.date(2026, 1, 2))
    path = tmp_path / "a.docx"
    assert write_answer(answer, path)["Điểm khác nhau"] == 1
    assert path.read_bytes() == tables_docx(answer.tables, "vi", receipt=answer.receipt)
    assert read_receipt(path) == answer.receipt
