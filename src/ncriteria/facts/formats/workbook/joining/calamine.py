"""The values of a sheet as calamine reads them."""

from __future__ import annotations

import datetime
import io
from types import ModuleType

from attrs import field

from ncriteria.errors import CellPlace
from ncriteria.facts.formats.workbook.refusing import damaged, locked, refused
from ncriteria.quick_classes import frozen
from ncriteria.words import phrase

CellValue = str | float | bool | datetime.date | datetime.time | datetime.timedelta


@frozen
class SheetValues:
    """The values between the first and the last cell that hold one; a blank cell is `""`.

    `first_row` is a number as the workbook shows it, `first_column` counts from 0.
    """

    first_row: int
    first_column: int
    rows: list[list[CellValue]] = field(repr=False)

    def at(self, row: int, column: int) -> CellValue:
        """The value of a cell; outside, all are blank."""
        cells, right = self.row(row), column - self.first_column
        return cells[right] if 0 <= right < len(cells) else ""

    def row(self, row: int) -> list[CellValue]:
        """The values of a row from the first column on; outside, there are none."""
        down = row - self.first_row
        return self.rows[down] if 0 <= down < len(self.rows) else []


def sheet_values(content: bytes, sheet: str, place: CellPlace) -> SheetValues:
    """The values of a sheet of the workbook in `content`; raises `FactsError`."""
    python_calamine = _library(place)
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            found = book.get_sheet_by_name(sheet)
            row, column = found.start or (0, 0)
            return SheetValues(row + 1, column, found.to_python(skip_empty_area=True))
    except python_calamine.PasswordError:
        raise locked(place.file) from None
    except python_calamine.CalamineError as error:
        raise damaged(" ".join(str(error).split()), place.file, place.sheet) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(phrase("its inside makes no sense"), place.file, place.sheet) from None


def _library(place: CellPlace) -> ModuleType:
    try:
        import python_calamine
    except ImportError:
        message = phrase("workbooks are read with python-calamine, which is not there")
        hint = phrase('install it: pip install "ncriteria[excel]"')
        raise refused("NC270", message, place, hint) from None
    return python_calamine
