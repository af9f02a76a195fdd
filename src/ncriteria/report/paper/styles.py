"""How the paper looks: A4 with the margins of offices, Times New Roman 13, and a style for each kind of paragraph."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final

from ncriteria.quick_classes import frozen
from ncriteria.report.paper.markup import paper_letters
from ncriteria.words import Language, Words

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph

TITLE, VERDICT, HEADING = "PaperTitle", "PaperVerdict", "PaperHeading"
CELL, SMALL, SMALL_PRINT, MARK = "PaperCell", "PaperSmall", "PaperSmallPrint", "PaperMark"
PLACE, SIGNED, RUNNING = "PaperPlace", "PaperSigned", "PaperRunning"
_FONT: Final = "Times New Roman"
_SIZES: Final = {
    TITLE: 14,
    VERDICT: 13,
    HEADING: 13,
    CELL: 11,
    SMALL: 9,
    SMALL_PRINT: 8,
    MARK: 11,
    PLACE: 13,
    SIGNED: 13,
    RUNNING: 9,
}
_BOLD: Final = (TITLE, VERDICT, HEADING, MARK)
_ITALIC: Final = (SMALL, PLACE)
_CENTRED: Final = (TITLE, SIGNED, MARK)
_SPACED: Final = {
    TITLE: (0, 4),
    VERDICT: (8, 2),
    HEADING: (8, 3),
    CELL: (1, 1),
    PLACE: (10, 3),
    SMALL_PRINT: (2, 1),
    MARK: (0, 6),
}
"""The points before and after a paragraph."""
_HEADINGS: Final = {TITLE: 0, HEADING: 1}
"""Which styles are headings, as programs that read aloud or list the contents find them."""
_LOCALES: Final = {"vi": "vi-VN", "en": "en-GB"}
_MADE: Final = datetime.datetime(2000, 1, 1)
"""Said of every paper, so that the same input gives the same bytes."""


def blank_document(language: Language) -> Document:
    """A document without text, with all styles of the paper."""
    import docx
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    document = docx.Document()
    _drop_picture(document)
    for name in ("author", "comments", "last_modified_by", "title", "keywords"):
        setattr(document.core_properties, name, "")
    document.core_properties.created = document.core_properties.modified = _MADE
    document.core_properties.language = _LOCALES[language]
    _set_font(document.styles["Normal"], 13, _LOCALES[language])
    for name, size in _SIZES.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.font.size, style.font.bold, style.font.italic = Pt(size), name in _BOLD, name in _ITALIC
        before, after = _SPACED.get(name, (0, 0))
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.line_spacing = 1.0
        if name in _CENTRED:
            style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if name == PLACE:
            style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if name in _HEADINGS:
            _set_outline(style, _HEADINGS[name])
    return document


def _drop_picture(document: Document) -> None:
    """Leave out the small picture of the blank document, which is none of this one."""
    relations = document.part.package.rels
    for key in [key for key, one in relations.items() if one.reltype.endswith("/thumbnail")]:
        del relations[key]


def _set_font(style: ParagraphStyle, size: int, locale: str) -> None:
    """The font of every script, in the place of those of the theme."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement
    from docx.shared import Pt

    style.font.name, style.font.size = _FONT, Pt(size)
    fonts = style.element.rPr.rFonts
    for name in [*fonts.attrib]:
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), _FONT)
    said = OxmlElement("w:lang")
    said.set(qn("w:val"), locale)
    style.element.rPr.append(said)


def _set_outline(style: ParagraphStyle, level: int) -> None:
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), str(level))
    style.element.get_or_add_pPr().append(outline)


@frozen
class Layout:
    """How a page of A4 lies, in centimetres; `width` is what the margins leave, in twentieths of a point."""

    across: float
    down: float
    left: float
    right: float
    width: int


TALL: Final = Layout(21, 29.7, 3, 1.5, 9_355)
"""With the margins of offices."""
WIDE: Final = Layout(29.7, 21, 2, 1.5, 14_853)
"""For tables of many columns."""


def set_page(document: Document, running_title: str, say: Words, *, is_first: bool, layout: Layout = TALL) -> None:
    """Begin a section on a page of its own, numbered from 1, with its title at the foot of each page."""
    from docx.enum.section import WD_ORIENT, WD_SECTION
    from docx.shared import Cm

    section = document.sections[0] if is_first else document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE if layout.across > layout.down else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(layout.across), Cm(layout.down)
    section.left_margin, section.right_margin = Cm(layout.left), Cm(layout.right)
    section.top_margin = section.bottom_margin = Cm(2)
    _number_from_1(section)
    footer = section.footer
    footer.is_linked_to_previous = False
    line = footer.paragraphs[0]
    line.style = document.styles[RUNNING]
    line.add_run(f"{paper_letters(running_title)} – {say('page')} ")
    _add_page_number(line)


def _number_from_1(section: Section) -> None:
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    numbers = OxmlElement("w:pgNumType")
    numbers.set(qn("w:start"), "1")
    # It stands before what says how columns are, as the schema of Word wants it.
    columns = section._sectPr.find(qn("w:cols"))
    columns.addprevious(numbers)


def _add_page_number(line: Paragraph) -> None:
    """A field that programs fill with the number of the page."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    line._p.append(number)
    shown = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    shown.append(text)
    number.append(shown)
