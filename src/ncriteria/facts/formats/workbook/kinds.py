"""What a file truly is, told by how it begins."""

from __future__ import annotations

from typing import Final, Literal

from ncriteria.facts.formats.workbook.refusing import SAVE_AS, locked, of_another_kind
from ncriteria.facts.table import FactsError
from ncriteria.words import phrase

WorkbookKind = Literal["xlsx", "xls", "ods"]
ZIP: Final = b"PK\x03\x04"
COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
"""The part of a compound file that holds a workbook with a password."""


def other_kind(content: bytes, kind: WorkbookKind, file: str | None) -> FactsError:
    """The error of a file that is no workbook of the kind that its name says."""
    if content.startswith(COMPOUND) and _LOCKED in content:
        return locked(file)
    begin = content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    found, hint = _found(begin)
    return of_another_kind(kind, found, file, hint)


def _found(begin: bytes) -> tuple[str, str]:
    small = begin.lower()
    if not begin:
        return phrase("an empty file"), phrase("save the workbook again")
    if begin.startswith(ZIP):
        hint = phrase("let its name end in .xlsx or .ods, as it was saved")
        return phrase("a zip file, as workbooks of other kinds are"), hint
    if begin.startswith(COMPOUND):
        return phrase("an older file of Excel (.xls)"), phrase("let its name end in .xls")
    if small.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<head")) or b"<html" in small:
        return phrase("a web page (HTML)"), SAVE_AS
    if small.startswith(b"<"):
        return phrase("a file of XML"), SAVE_AS
    if b"\0" not in begin:
        return phrase("a text, such as CSV"), phrase("let its name end in .csv, where it is CSV")
    return phrase("something else"), SAVE_AS
