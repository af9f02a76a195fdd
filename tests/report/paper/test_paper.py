"""The paper, read back with python-docx: what it says is what Python says, laid out so that it prints and is signed."""

from __future__ import annotations

import datetime
import io
import shutil
import subprocess
import zipfile
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pytest
from attrs import evolve

import ncriteria as nc
from ncriteria.evaluation.explanation.sources import citation_text
from ncriteria.evaluation.explanation.text import clause_text, telling
from ncriteria.evaluation.explanation.values import Voice, fact_text
from ncriteria.report.paper import paper_docx
from ncriteria.report.receipts.reading import read_receipt
from ncriteria.report.receipts.receipt import FileRole, file_seen, receipt_of
from ncriteria.sets.catalog import shared_facts
from ncriteria.sets.model import Clause
from ncriteria.sets.names import ENCODES, VERDICTS
from ncriteria.sets.sources import Bilingual
from ncriteria.words import words
from tests.report.page.judged import HOSTILE, attested, district, example

docx = pytest.importorskip("docx", reason="python-docx is not installed")
DISTRICT = Path(__file__).parents[3] / "examples" / "invented_district"
LANGUAGES = ("vi", "en")
TABLES = {one.__name__: one for one in (example, attested)}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@cache
def invented(*units):
    """Judgements on communes of the invented district, some of whose clauses are attested."""
    catalog = nc.catalog()
    table = nc.read_facts(DISTRICT / "facts.csv", shared_facts(catalog.sets.sets))
    attestations = nc.read_attestations(DISTRICT / "attestations.csv", catalog)
    wanted = {"standards": ["ntm-19.2"], "wanted": lambda row: row.unit.id in units}
    return tuple(nc.evaluate_rows(table, catalog, attestations=attestations, **wanted))


def receipt(judgements):
    facts = [file_seen(FileRole.FACTS, str(DISTRICT / "facts.csv"))]
    return receipt_of(judgements, ["evaluate", "facts.csv"], facts, datetime.date(2026, 1, 2))


def opened(content):
    return docx.Document(io.BytesIO(content))


def tables_of(document):
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]


def table_headed(document, *headings):
    (found,) = [table for table in tables_of(document) if table[0] == list(headings)]
    return found[1:]


def texts(document):
    return [one.text for one in document.paragraphs]


CLAUSES = {
    "en": ("Content and legal basis", "Numbers and limits", "Verdict", "Encodes the law"),
    "vi": ("Nội dung và căn cứ", "Số liệu và mức", "Kết quả", "Mức độ thể hiện văn bản"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", TABLES)
def test_each_clause_has_its_citations_numbers_verdict_and_how_surely_the_law_is_known(table, language):
    say = words(language)
    for judgement in TABLES[table]():
        result = judgement.result
        if result is None:
            continue
        voice, rows = (
            Voice(language, result.criteria),
            table_headed(opened(paper_docx([judgement], language)), *CLAUSES[language]),
        )
        assert len(rows) == len(result.clauses)
        for (basis, numbers, verdict, encodes), outcome in zip(rows, result.clauses.values(), strict=True):
            clause, told = outcome.clause, clause_text(telling(outcome.lowered, language), outcome, result.record)
            title, *sources = basis.split("\n")
            assert title.startswith(clause.title.text(language))
            assert sources[: len(clause.cite)] == [citation_text(voice, one) for one in clause.cite]
            lines = [line.strip() for part in (told.applies, told.rule, told.months, told.bases) for line in part]
            assert [line for line in lines if line not in numbers.split("\n")] == []
            assert verdict == say.this(VERDICTS[outcome.verdict])
            assert encodes == (say.this(ENCODES[clause.encodes]) if isinstance(clause, Clause) else "")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "vi",
            {
                "Đơn vị": "Xã Mẫu 7 (giả định) (m7)",
                "Cấp": "xã",
                "Năm đánh giá": "2024",
                "Tiêu chuẩn": "Chỉ tiêu 19.2 xã nông thôn mới (ntm-19.2)",
                "Bộ tiêu chí": "Chỉ tiêu 19.2 đối với xã nông thôn mới theo Hướng dẫn 04/HD-BCA-V05 "
                "(vn.bca.hd04-2024.commune)",
                "Văn bản": "04/HD-BCA-V05 (Bộ Công an, ban hành ngày 18/03/2024)",
            },
        ),
        (
            "en",
            {
                "Unit": "Xã Mẫu 7 (giả định) (m7)",
                "Level": "commune",
                "Assessment year": "2024",
                "Standard": "New rural indicator 19.2 (ntm-19.2)",
                "Criteria set": "Indicator 19.2 for new rural communes under Guidance 04/HD-BCA-V05 "
                "(vn.bca.hd04-2024.commune)",
                "Instrument": "04/HD-BCA-V05 (Ministry of Public Security, issued 2024-03-18)",
            },
        ),
    ],
)
def test_the_head_names_the_unit_the_year_the_set_and_the_instrument(language, expected):
    document = opened(paper_docx(invented("m7"), language))
    head = dict(tables_of(document)[0])
    assert {name: head[name] for name in expected} == expected


def test_the_sheet_says_the_verdict_and_carries_no_heading_of_the_state():
    told = texts(opened(paper_docx(invented("m1"), "vi")))
    assert told[1:4] == ["PHIẾU ĐÁNH GIÁ", "Xã Mẫu 1 (giả định) – năm 2024", "Kết quả: Đạt"]
    assert not any("CỘNG HÒA" in line.upper() for line in told)
    assert any("Đây không phải là mẫu do cơ quan nhà nước ban hành." in line for line in told)


def test_an_invented_unit_is_marked_at_the_head_and_at_the_foot_of_each_page():
    document = opened(paper_docx(invented("m1"), "en"))
    assert texts(document)[0] == "Example with invented units and figures"
    assert document.sections[0].footer.paragraphs[0].text == (
        "Xã Mẫu 1 (giả định) – year 2024 – Example with invented units and figures – page "
    )
    assert "Example with invented units and figures" not in texts(opened(paper_docx(district()[:1], "en")))


def test_what_is_attested_has_the_body_the_document_and_the_day():
    rows = table_headed(
        opened(paper_docx(invented("m1"), "vi")),
        "Nội dung",
        "Xác nhận là",
        "Cơ quan xác nhận",
        "Văn bản xác nhận",
        "Ngày",
    )
    assert rows == [["Cháy, nổ", "Đạt", "Công an huyện Mẫu (giả định)", "01/BC-GĐ (giả định)", "03/12/2024"]]


def test_what_is_missing_is_told_with_who_supplies_it_and_so_is_what_the_text_leaves_open():
    (judgement,) = invented("m7")
    document, result = opened(paper_docx([judgement], "en")), judgement.result
    rows = table_headed(document, "Figure", "To be supplied by (as the set says)")
    voice = Voice("en", result.criteria)
    assert sorted(figure for figure, _ in rows) == sorted(fact_text(voice, key) for key in result.missing)
    assert {supplier for _, supplier in rows} == {""}
    told = texts(document)
    after = told.index("Other things waited for")
    assert told[after + 1 : after + 3] == [
        "– Left open by the text: Whether a count equal to the year before is enough («kiềm chế»)",
        "– Not encoded: Fire and explosion",
    ]


def test_a_supplier_that_the_set_names_stands_beside_each_of_its_figures():
    criteria = nc.load("criteria/hd04-2024.commune.yaml")
    declared = criteria.definition.facts["crime_cases"]
    facts = {
        **criteria.definition.facts,
        "crime_cases": evolve(declared, supplier=Bilingual("Công an xã", "Commune police")),
    }
    named = nc.Criteria(evolve(criteria.definition, facts=facts))
    table = nc.read_facts_text("unit,year,level\na,2024,commune\n", "csv", named.facts)
    rows = table_headed(
        opened(paper_docx(nc.evaluate_rows(table, named), "vi")), "Số liệu", "Nơi cung cấp (theo bộ tiêu chí)"
    )
    assert ["Số vụ xâm phạm trật tự xã hội", "Công an xã"] in rows
    assert ["Số vụ xâm phạm trật tự xã hội (năm trước)", "Công an xã"] in rows


def test_there_is_room_for_two_to_sign_and_for_the_place_and_the_day():
    document = opened(paper_docx(invented("m1"), "vi"))
    assert "........................, ngày ..... tháng ..... năm 20....." in texts(document)
    signed = document.tables[-1].rows[0].cells
    assert [cell.text.split("\n") for cell in signed] == [
        ["Người lập", "(ký, ghi rõ họ tên)", "", "", "", "", ""],
        ["Người kiểm tra", "(ký, ghi rõ họ tên)", "", "", "", "", ""],
    ]


def test_several_units_have_a_section_each_on_new_pages_numbered_from_1_and_the_receipt_has_its_own():
    judgements = invented("m1", "m5", "m7")
    document = opened(paper_docx(judgements, "vi", receipt=receipt(judgements)))
    assert [one.footer.paragraphs[0].text.partition(" –")[0] for one in document.sections] == [
        *("Xã Mẫu 1 (giả định)", "Xã Mẫu 5 (giả định)", "Xã Mẫu 7 (giả định)", "Phiếu kiểm chứng"),
    ]
    for section in document.sections:
        assert section.start_type == docx.enum.section.WD_SECTION.NEW_PAGE
        assert section._sectPr.find(f"{W}pgNumType").get(f"{W}start") == "1"
        assert (section.page_width.cm, section.page_height.cm) == (
            pytest.approx(21, abs=0.01),
            pytest.approx(29.7, abs=0.01),
        )


def test_no_row_is_split_between_pages_and_headings_are_repeated():
    judgements = invented("m1", "m7")
    document = opened(paper_docx(judgements, "vi", receipt=receipt(judgements)))
    for table in document.tables:
        for place, row in enumerate(table.rows):
            assert row._tr.trPr.find(f"{W}cantSplit") is not None
            is_heading = row._tr.trPr.find(f"{W}tblHeader") is not None
            assert is_heading == (place == 0 and row.cells[0].text in ("Nội dung và căn cứ", "Nội dung", "Số liệu"))


def test_no_line_of_the_receipt_is_left_for_a_page_of_its_own():
    judgements = invented("m1")
    document = opened(paper_docx(judgements, "vi", receipt=receipt(judgements)))
    *_, table, last = document.element.body
    assert (table.tag, last.tag) == (f"{W}tbl", f"{W}sectPr")
    *rows, end = document.tables[-1].rows
    keeps = [{one.paragraph_format.keep_with_next for cell in row.cells for one in cell.paragraphs} for row in rows]
    assert keeps == [{True}] * len(rows)
    assert {one.paragraph_format.keep_with_next for cell in end.cells for one in cell.paragraphs} == {None}


def test_what_made_the_paper_stays_with_the_room_to_sign():
    document = opened(paper_docx(invented("m1"), "vi"))
    signed = [one for cell in document.tables[-1].rows[0].cells for one in cell.paragraphs]
    assert {one.paragraph_format.keep_with_next for one in signed} == {True}
    assert document.paragraphs[-1].text.startswith("Đánh giá bằng ncriteria")


def test_the_row_of_a_group_stays_with_its_first_member():
    (clauses,) = [
        one for one in opened(paper_docx(invented("m1"), "en")).tables if one.rows[0].cells[0].text == CLAUSES["en"][0]
    ]
    (judgement,) = invented("m1")
    for row, outcome in zip(clauses.rows[1:], judgement.result.clauses.values(), strict=True):
        stays = {one.paragraph_format.keep_with_next for cell in row.cells for one in cell.paragraphs}
        assert stays == ({None} if isinstance(outcome.clause, Clause) else {True})


def test_the_font_is_that_of_offices_in_every_style():
    document = opened(paper_docx(invented("m1"), "vi"))
    normal = document.styles["Normal"]
    assert (normal.font.name, normal.font.size.pt) == ("Times New Roman", 13)
    assert all("Theme" not in name for name in normal.element.rPr.rFonts.attrib)
    used = {one.style.name for one in document.paragraphs}
    assert all(document.styles[name].base_style.name == "Normal" for name in used)


def test_the_receipt_is_in_small_print_at_the_end_and_in_a_part_of_its_own(tmp_path):
    judgements = invented("m1")
    made = receipt(judgements)
    path = tmp_path / "m1.docx"
    path.write_bytes(paper_docx(judgements, "en", receipt=made))
    assert read_receipt(path) == made
    document = opened(path.read_bytes())
    told = dict(tables_of(document)[-1])
    assert told["File of facts"] == f"{DISTRICT / 'facts.csv'}\n{made.files[0].sha256}"
    assert told["Result as a whole"] == f"1 row\n{made.result}"
    small = [one.text for one in document.paragraphs if one.style.name == "PaperSmallPrint"]
    assert small == [
        f"Judged with ncriteria {nc.__version__}. This is no form of a public authority. "
        f"Receipt of 2026-01-02, result {made.result[:16]}.",
        "This file carries the whole receipt: ncriteria verify judges again.",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_judgements_give_the_same_bytes_whenever_they_are_written(language):
    judgements = invented("m1", "m7")
    first = paper_docx(judgements, language, receipt=receipt(judgements))
    with (
        patch("time.time", return_value=2_000_000_000.0),
        patch("time.localtime", return_value=(2033, 5, 18, 3, 33, 20)),
    ):
        again = paper_docx(judgements, language, receipt=receipt(judgements))
    assert first == again
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {member.date_time for member in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in package.namelist() if "thumbnail" in name]
    properties = opened(first).core_properties
    assert (properties.author, properties.comments, properties.created.year) == ("", "", 2000)


@pytest.mark.parametrize("name", [*HOSTILE, "=1+1", "tab\tline\nend", "\x00\x1b[31m", "half \ud800"])
def test_a_hostile_name_is_only_text(name):
    judgements = district(names=(name,), years=1)[:1]
    document = opened(paper_docx(judgements, "en"))
    shown = "".join("\ufffd" if not one.isprintable() and one not in "\t\n" else one for one in name)
    assert texts(document)[1] == f"{shown} – year {judgements[0].row.year}"
    tags = {one.tag.removeprefix(W) for one in document.element.body.iter()}
    assert tags <= {
        *(
            "p",
            "pPr",
            "pStyle",
            "keepNext",
            "ind",
            "r",
            "rPr",
            "b",
            "t",
            "br",
            "tab",
            "tbl",
            "tblPr",
            "tblW",
            "tblBorders",
        ),
        *(
            "top",
            "left",
            "bottom",
            "right",
            "insideH",
            "insideV",
            "tblLayout",
            "tblCellMar",
            "tblGrid",
            "gridCol",
            "tr",
        ),
        *("trPr", "cantSplit", "tblHeader", "tc", "tcPr", "tcW", "shd", "sectPr", "pgSz", "pgMar", "cols", "docGrid"),
        *("pgNumType", "footerReference", "type", "body"),
    }


def test_a_row_without_a_verdict_says_why():
    catalog = nc.catalog()
    facts = "unit,year,level,crime_cases\na,1990,commune,1\n"
    table = nc.read_facts_text(facts, "csv", shared_facts(catalog.sets.sets))
    told = texts(opened(paper_docx(nc.evaluate_rows(table, catalog, standards=["ntm-19.2"]), "en")))
    assert told[2:5] == [
        "Verdict: No verdict",
        "Why there is no verdict",
        'no criteria of "New rural indicator 19.2 (ntm-19.2)" for a commune hold in 1990',
    ]


def test_a_published_result_and_a_note_of_the_table_are_told():
    catalog = nc.catalog()
    facts = "unit,year,level,crime_cases,published,note\na,2023,commune,1,Đạt,as printed\n"
    table = nc.read_facts_text(facts, "csv", shared_facts(catalog.sets.sets))
    told = texts(opened(paper_docx(nc.evaluate_rows(table, catalog, standards=["ntm-19.2"]), "en")))
    assert told[2:5] == [
        "Verdict: Undetermined",
        "Published: Đạt (not enough to conclude; no clause contradicts the published result)",
        "Note: as printed",
    ]


def test_no_judgements_give_a_paper_that_opens():
    assert texts(opened(paper_docx([], "vi"))) == []


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_keeps_the_receipt(tmp_path):
    judgements = invented("m1", "m7")
    made, source = receipt(judgements), tmp_path / "paper.docx"
    source.write_bytes(paper_docx(judgements, "vi", receipt=made))
    profile, kept = f"-env:UserInstallation=file://{tmp_path}/profile", tmp_path / "kept"
    call = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(kept), str(source)]
    subprocess.run(call, check=True, capture_output=True, timeout=120)
    if not (kept / "paper.docx").exists():
        pytest.skip("LibreOffice is there without Writer")
    assert read_receipt(kept / "paper.docx") == made
    assert "Phiếu kiểm chứng" in texts(docx.Document(str(kept / "paper.docx")))
