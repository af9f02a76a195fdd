"""The package of a paper: the part that has the receipt, and equal bytes for equal content."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final

from ncriteria.report.receipts.carrying import NAMESPACE
from ncriteria.report.receipts.document import packed_receipt
from ncriteria.report.receipts.receipt import Receipt

if TYPE_CHECKING:
    from docx.document import Document

_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
_NAME: Final = "/customXml/item2.xml"
"""The first is one of the blank document."""
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)


def carrying(document: Document, receipt: Receipt) -> None:
    """Let the document carry the receipt, in a part that programs keep when they save it."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    document_told = packed_receipt(receipt)
    told = f'<?xml version="1.0" encoding="UTF-8"?>\n<receipt xmlns="{NAMESPACE}">{document_told}</receipt>'
    part = Part(PackURI(_NAME), "application/xml", told.encode("utf-8"), document.part.package)
    document.part.relate_to(part, _RELATION)


def saved(document: Document) -> bytes:
    """The document as a file, with nothing of when or where it was written."""
    source, target = io.BytesIO(), io.BytesIO()
    document.save(source)
    with zipfile.ZipFile(source) as read, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
        for name in read.namelist():
            member = zipfile.ZipInfo(name, _FIRST_DAY)
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 0
            written.writestr(member, read.read(name))
    return target.getvalue()
