"""The markup of a paper: paragraphs and tables of WordprocessingML as text, all that they hold made inert."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import accumulate
from typing import Final
from xml.sax.saxutils import escape

from ncriteria.patterns import compiled_later
from ncriteria.quick_classes import frozen
from ncriteria.report.writing.letters import shown_letters

_NAMESPACE: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TURNING: Final = compiled_later("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What turns the direction of writing, so that a name could read as another."""
_INDENT: Final = 200
"""How far a level stands further in, in twentieths of a point."""


def paper_letters(text: str) -> str:
    """The text with a mark in the place of what no paper shows, and of what turns the direction of writing."""
    return _TURNING.sub("\ufffd", shown_letters(text))


def paragraph(text: str, style: str, *, depth: int = 0, is_bold: bool = False, keeps_next: bool = False) -> str:
    """A paragraph in one of the styles of the paper; `depth` is how far it stands in."""
    indent = f'<w:ind w:left="{depth * _INDENT}"/>' if depth else ""
    keep = "<w:keepNext/>" if keeps_next else ""
    bold = "<w:rPr><w:b/></w:rPr>" if is_bold else ""
    told = escape(paper_letters(text)).split("\n")
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in told)
    properties = f'<w:pPr><w:pStyle w:val="{style}"/>{keep}{indent}</w:pPr>'
    return f"<w:p>{properties}<w:r>{bold}{lines}</w:r></w:p>"


def page_break() -> str:
    """What follows stands on a new page."""
    return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def line_paragraphs(lines: Iterable[str], style: str) -> str:
    """A paragraph for each line, as far in as the spaces say that it begins with."""
    return "".join(paragraph(line.lstrip(" "), style, depth=(len(line) - len(line.lstrip(" "))) // 2) for line in lines)


def together(parts: Iterable[str]) -> str:
    """Paragraphs and tables as one text of XML."""
    return f'<w:body xmlns:w="{_NAMESPACE}">{"".join(parts)}</w:body>'


class Merging(Enum):
    """How a cell joins others of its column: it is the first of them, or goes on with the one above."""

    BEGINS = "restart"
    WITH_ABOVE = "continue"


@frozen
class PaperCell:
    """A cell: its paragraphs, whether it is shaded, the columns it spans, and how it joins those above and below."""

    content: str
    is_shaded: bool = False
    spans: int = 1
    merging: Merging | None = None


@frozen
class PaperRow:
    """A row, which is never split between pages; one that `is_heading` is repeated on each."""

    cells: tuple[PaperCell, ...]
    is_heading: bool = False


def table(rows: Sequence[PaperRow], widths: Sequence[int], *, has_lines: bool = True) -> str:
    """A table whose columns have these widths, in twentieths of a point."""
    side = '<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    sides = "".join(side.format(side=one) for one in ("top", "left", "bottom", "right", "insideH", "insideV"))
    borders = f"<w:tblBorders>{sides}</w:tblBorders>" if has_lines else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    margins = '<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
    properties = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>{borders}<w:tblLayout w:type="fixed"/>{margins}'
    body = "".join(_row(row, widths) for row in rows)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def _row(row: PaperRow, widths: Sequence[int]) -> str:
    heading = "<w:tblHeader/>" if row.is_heading else ""
    ends = list(accumulate(cell.spans for cell in row.cells))
    assert ends[-1] == len(widths), "the cells of a row fill the columns of its table"
    cells = "".join(_cell(cell, sum(widths[end - cell.spans : end])) for cell, end in zip(row.cells, ends, strict=True))
    return f"<w:tr><w:trPr><w:cantSplit/>{heading}</w:trPr>{cells}</w:tr>"


def _cell(cell: PaperCell, width: int) -> str:
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="E7E6E6"/>' if cell.is_shaded else ""
    spans = f'<w:gridSpan w:val="{cell.spans}"/>' if cell.spans > 1 else ""
    merging = "" if cell.merging is None else f'<w:vMerge w:val="{cell.merging.value}"/>'
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>{spans}{merging}{shade}'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{cell.content}</w:tc>"
