"""What a form says of itself in a sheet that is not shown: the set that it is of, and what its columns are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.cells.raw_cells import raw_text
from ncriteria.facts.formats.grid import Grid
from ncriteria.facts.table import FactsError
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import Level
from ncriteria.words import LANGUAGES, Language, phrase

FORM_SHEET: Final = "_ncriteria"
"""The name of the sheet that is not shown."""
_FORMAT: Final = "ncriteria-form/1"
_FORMAT_OF_MONTHS: Final = "ncriteria-form/2"
_COLUMN: Final = "column"
_BY_MONTH: Final = "months"
"""What stands in the place of the year of a column whose values are of months."""
_WIDTH: Final = 4
"""The columns of that sheet that say what the form is; beside them stand the values of drop-downs."""


@frozen
class FormColumn:
    """A column: its heading, the name of its fact, or `unit` and so on, and the year that its values are of.

    Where they are asked for `by_month`, the rows say of which.
    """

    heading: str
    name: str
    year: int | None = None
    by_month: bool = False

    @property
    def is_of_fact(self) -> bool:
        """Whether its values are those of a fact."""
        return self.year is not None or self.by_month


@frozen(kw_only=True)
class Form:
    """A form: its set with the digest of it, the assessment years, the sheet to fill in, and its columns.

    `version` is that of the library that made it, `language` that of its headings, `level` that of its units. Where
    some columns are asked `by_month` there is a row for each month of a unit, and one for its whole year; `months_end`
    is the day on which the months end, `None` for calendar months.
    """

    criteria: str
    digest: str
    version: str
    language: Language
    level: Level
    years: tuple[int, ...]
    sheet: str
    columns: tuple[FormColumn, ...]
    months_end: int | None = None

    @property
    def has_months(self) -> bool:
        """Whether there are rows of months."""
        return any(column.by_month for column in self.columns)

    def row_year(self, year: int) -> int:
        """The assessment year in whose row a value of `year` stands: its own, else the first one after it."""
        return min((one for one in self.years if one >= year), default=year)


def rows_of(form: Form) -> Iterator[tuple[str, ...]]:
    """The rows of the sheet that is not shown; `form_of` reads them."""
    yield "format", _FORMAT_OF_MONTHS if form.has_months else _FORMAT
    yield "criteria", form.criteria
    yield "digest", form.digest
    yield "version", form.version
    yield "language", form.language
    yield "level", form.level.value
    yield "years", " ".join(map(str, form.years))
    yield "sheet", form.sheet
    if form.months_end is not None:
        yield "months_end", str(form.months_end)
    for column in form.columns:
        year = "" if column.year is None else str(column.year)
        yield _COLUMN, column.heading, column.name, _BY_MONTH if column.by_month else year


def form_of(grid: Grid, place: CellPlace) -> Form:
    """The form that the sheet describes; raises `FactsError` where it describes none."""
    rows = [[*map(raw_text, row.cells[:_WIDTH]), *("",) * _WIDTH][:_WIDTH] for row in grid.rows]
    said = {key: value for key, value, *_ in rows if key != _COLUMN}
    if said.get("format") not in (_FORMAT, _FORMAT_OF_MONTHS):
        found = said.get("format", "")[:40]
        raise _damaged(
            phrase('its format is "{found}", and this version reads `{known}`', found=found, known=_FORMAT_OF_MONTHS),
            place,
        )
    try:
        return Form(
            criteria=said["criteria"],
            digest=said["digest"],
            version=said["version"],
            language=_language(said["language"]),
            level=Level(said["level"]),
            years=tuple(map(int, said["years"].split())),
            sheet=said["sheet"],
            columns=tuple(_columns(row for row in rows if row[0] == _COLUMN)),
            months_end=int(said["months_end"]) if "months_end" in said else None,
        )
    except (KeyError, ValueError):
        reason = phrase("what the sheet `{sheet}` says of it is not whole", sheet=FORM_SHEET)
        raise _damaged(reason, place) from None


def _language(text: str) -> Language:
    if text not in LANGUAGES:
        raise ValueError(text)
    return text


def _columns(rows: Iterable[list[str]]) -> Iterator[FormColumn]:
    for _, heading, name, year in rows:
        by_month = year == _BY_MONTH
        yield FormColumn(heading, name, int(year) if year and not by_month else None, by_month)


def _damaged(reason: str, place: CellPlace) -> FactsError:
    message = phrase("the form cannot be read: {reason}", reason=reason)
    hint = phrase("make the form anew; or copy its table into a workbook without the sheet `{sheet}`", sheet=FORM_SHEET)
    return FactsError(Problem("NC299", message, place, hint))
