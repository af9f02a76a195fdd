"""The dossier as a page and as a paper: self-contained, inert, the same bytes again, and with its receipt."""

from __future__ import annotations

import io
import json
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from attrs import evolve

from ncriteria.report.dossier.model import Dossier
from ncriteria.report.dossier.page import dossier_html
from ncriteria.report.dossier.paper import dossier_docx
from ncriteria.report.dossier.sections import opening, sections
from ncriteria.report.dossier.statements import statements
from ncriteria.report.packing import unpacked
from ncriteria.report.sheets.sheet import Column, Sheet
from ncriteria.report.sheets.shown import MOST_ROWS, shown_table
from ncriteria.sets.sources import Bilingual
from ncriteria.words import Language, words
from tests.report.dossier.edits import STRICTER, dossier

HOSTILE = "<script>alert('\u202e')</script>\"'&"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    """A dossier with a unit that flips, whose name and whose new set's title are hostile."""
    path = Path(tmp_path_factory.mktemp("dossier")) / "facts.csv"
    name = HOSTILE.replace('"', '""')
    path.write_text(
        f'unit,name,level,year,fires,floods\na,"{name}",commune,2024,2,0\nb,B,commune,2024,1,0\n', encoding="utf-8"
    )
    made = dossier(STRICTER, path)
    return evolve(made, new=evolve(made.new, title=Bilingual(HOSTILE, HOSTILE)))


class _Elements(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_a_page_lets_nothing_in_and_runs_nothing(found: Dossier) -> None:
    pytest.importorskip("jinja2")
    elements = _Elements(dossier_html(found, "vi"))
    (policy,) = (one["content"] for tag, one in elements.found if tag == "meta" and "http-equiv" in one)
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[\w+/=]+'; base-uri 'none'; form-action 'none'", policy or ""
    )
    scripts = [one for tag, one in elements.found if tag == "script"]
    assert scripts == [{"type": "application/octet-stream", "id": "receipt"}]
    assert not [one for _, attributes in elements.found for one in attributes if one in ("src", "href", "style")]
    assert "<script>alert" in "".join(elements.text)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_page_and_a_paper_say_all_that_the_terminal_says(found: Dossier, language: Language) -> None:
    docx = pytest.importorskip("docx")
    pytest.importorskip("jinja2")
    page = "".join(_Elements(dossier_html(found, language)).text)
    document = docx.Document(io.BytesIO(dossier_docx(found, language)))
    paper = "\n".join(one.text for one in document.paragraphs)
    for text in (
        opening(found, language).verdict,
        *(one.text for one in statements(found, language)),
        *(section.title for section in sections(found, language)),
    ):
        assert text in page
        assert text in paper


def test_the_same_dossier_gives_the_same_bytes(found: Dossier) -> None:
    pytest.importorskip("docx")
    pytest.importorskip("jinja2")
    assert dossier_html(found, "vi") == dossier_html(found, "vi")
    assert dossier_docx(found, "vi") == dossier_docx(found, "vi")


def test_a_page_and_a_paper_carry_the_receipt(found: Dossier) -> None:
    pytest.importorskip("docx")
    pytest.importorskip("jinja2")
    assert found.receipt is not None
    told = re.search(r'id="receipt">([^<]+)<', dossier_html(found, "en"))
    assert told is not None
    assert json.loads(unpacked(told[1]))["receipt"]["result"] == found.receipt.result
    with zipfile.ZipFile(io.BytesIO(dossier_docx(found, "en"))) as package:
        carried = package.read("customXml/item2.xml").decode()
    told = re.search(r">([A-Za-z0-9+/=]+)</receipt>", carried)
    assert told is not None
    assert json.loads(unpacked(told[1]))["receipt"]["day"] == "2026-03-31"


def test_a_paper_has_no_letter_that_turns_the_direction_of_writing(found: Dossier) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document(io.BytesIO(dossier_docx(found, "en")))
    cells = [cell.text for one in document.tables for row in one.rows for cell in row.cells]
    assert not [text for text in cells if "\u202e" in text]
    assert [text for text in cells if "<script>alert('\ufffd')</script>\"'&" in text]


def test_a_long_table_stands_on_a_page_with_its_first_rows_and_says_how_many_more_there_are() -> None:
    sheet = Sheet("long", "Long", (Column("one", "One"),), lambda: ((str(number),) for number in range(MOST_ROWS + 3)))
    shown = shown_table(sheet, words("en"))
    assert len(shown.rows) == MOST_ROWS
    assert shown.left_out == "... and 3 more; a workbook (.xlsx) has all of them"
    assert shown.widths == (100,)
