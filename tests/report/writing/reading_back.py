"""Reading what was written, with other programs than those that wrote it, each cell as the value that it stands for."""

from __future__ import annotations

import csv
import datetime
import io
import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl

from ncriteria.report.answers.answer import Answer
from ncriteria.report.sheets.sheet import Kind, Sheet
from ncriteria.report.writing.formats import FORMATS
from ncriteria.words import words

_UTF_8 = "csv:Text - txt - csv (StarCalc):44,34,76"
Rows = list[tuple[Any, ...]]


def answer_of(*sheets: Sheet, language: Any = "vi", items: Any = ()) -> Answer:
    from ncriteria.report.records.results import Judgements

    return Answer("evaluate", language, Judgements(()), "judgements", lambda: items, sheets[0], sheets)


def written(answer: Answer, suffix: str) -> bytes:
    file = io.BytesIO()
    FORMATS[suffix].write(answer, file)
    return file.getvalue()


def rows_of_csv(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def rows_of_workbook(content: bytes, title: str) -> Rows:
    """The rows of a sheet, its headings first; a formula would come as a text that begins with `=`."""
    sheet = openpyxl.load_workbook(io.BytesIO(content))[title]
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


def rows_of_parquet(content: bytes) -> list[dict[str, Any]]:
    from pyarrow import parquet  # type: ignore[import-untyped]

    return list(parquet.read_table(io.BytesIO(content)).to_pylist())


def lines_of(content: bytes) -> list[Any]:
    return [json.loads(line) for line in content.decode("utf-8").splitlines()]


def exact(value: object) -> Fraction | None:
    """The number that a cell stands for, as text or as a number of a workbook."""
    if value is None or value == "":
        return None
    if isinstance(value, float):
        return Fraction(Decimal(repr(value)))
    text = str(value)
    hundredth = Fraction(1, 100) if text.endswith("%") else Fraction(1)
    over, _, under = text.removesuffix("%").partition("/")
    return Fraction(Decimal(over)) / Fraction(Decimal(under or "1")) * hundredth


def said(sheet: Sheet, place: int, value: object, language: Any) -> object:
    """The value that a cell for people stands for: options and truths by their words, numbers exactly."""
    column, say = sheet.columns[place], words(language)
    if value is None or value == "":
        return None
    match column.kind:
        case Kind.NAME:
            return next(option for option, message in column.names.items() if say.this(message) == value)
        case Kind.TRUTH:
            return {say("yes"): True, say("no"): False}[str(value)]
        case Kind.DAY:
            if isinstance(value, datetime.datetime):
                return value.date()
            text = str(value)
            return datetime.datetime.strptime(text, "%d/%m/%Y" if "/" in text else "%Y-%m-%d").date()
        case Kind.WHOLE | Kind.EXACT | Kind.PERCENT:
            return exact(value)
        case Kind.TEXT:
            return value


def libreoffice(content: bytes, folder: Path) -> Path:
    """The first sheet of a workbook as LibreOffice converts it to CSV."""
    import subprocess

    source = folder / "book.xlsx"
    source.write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", _UTF_8, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / "book.csv"
