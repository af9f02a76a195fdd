"""What was taken for what, where a table does not begin with its headings or has years and facts elsewhere."""

from __future__ import annotations

from enum import Enum

from ncriteria.quick_classes import frozen


class Shape(Enum):
    """How the rows and columns of a table are to be read."""

    ROWS = "one row for each unit and year"
    PERIODS_IN_HEADINGS = "years or months in the headings"
    FACTS_IN_ROWS = "one row for each fact"


class YearFrom(Enum):
    """Where the year of a table without years is from."""

    OPTIONS = "the options"
    TITLE = "the words above the table"
    SHEET = "the name of the sheet"


@frozen
class ColumnAccount:
    """A column: its letter, its heading as it stands, and what it was taken for; `None` where it was passed over."""

    letter: str
    heading: str
    taken_for: str | None


@frozen
class Account:
    """How a table was read: the rows of its headings, its shape, its columns, and where its year and unit are from."""

    heading_rows: tuple[int, ...]
    shape: Shape
    columns: tuple[ColumnAccount, ...]
    sheet: str | None = None
    encoding: str | None = None
    year_from: YearFrom | None = None
    hidden: tuple[str, ...] = ()
