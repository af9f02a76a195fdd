"""Whether a Parquet table is judged in columns, as a whole, or row by row as other tables are."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Final

from attrs import evolve

from ncriteria.cli.console.wrong_calls import WrongCallError
from ncriteria.cli.inputs.tables import PARQUET, format_asked
from ncriteria.cli.options.judged_table import GivenTable
from ncriteria.errors import is_installed
from ncriteria.evaluation.criteria import Criteria
from ncriteria.words import phrase

MOST_ROWS: Final = 100_000
"""Up to so many rows of a Parquet table are brought into memory one by one."""


def is_judged_in_columns(given: GivenTable, *, as_file: bool, asks_for_rows: bool, as_json: bool) -> bool:
    """Whether FACTS is a Parquet table that is judged as a whole.

    It is where its verdicts are to be written as such a file, or an engine is named (`as_file`); where it has very many
    rows; and for programs, whose answer must not depend on how many there are. `asks_for_rows` says that something is
    asked of single rows; a usage error tells that there are too many for it.
    """
    if given.file.suffix.lower() != PARQUET or format_asked() is not None:
        return False
    rows = _rows_of(given.file)
    if as_file or not asks_for_rows:
        return as_file or as_json or rows is None or rows > MOST_ROWS
    if rows is not None and rows > MOST_ROWS:
        raise WrongCallError(
            phrase(
                "the Parquet table has {rows} rows; of more than {most_rows} it is judged as a whole, "
                "under one --standard; filter the verdicts that -o writes, or the table",
                rows=rows,
                most_rows=MOST_ROWS,
            )
        )
    return rows is None


def _rows_of(path: Path) -> int | None:
    """How many rows a Parquet file has; `None` where it cannot be read, which judging it tells."""
    if not is_installed("polars"):
        return None
    polars = import_module("polars")
    try:
        count: int = polars.scan_parquet(path).select(polars.len()).collect().item()
    except (OSError, polars.exceptions.PolarsError):
        return None
    return count


def with_level_of_standard(given: GivenTable) -> GivenTable:
    """A Parquet table that does not say the levels of its units is of the level of its standard, where that has one."""
    if given.file.suffix.lower() != PARQUET or given.reading.level is not None or isinstance(given.criteria, Criteria):
        return given
    levels = {one.level for one in given.criteria.sets.sets if one.standard in (given.standards or ())}
    if len(given.standards or ()) != 1 or len(levels) != 1:
        return given
    return evolve(given, reading=evolve(given.reading, level=levels.pop()))
