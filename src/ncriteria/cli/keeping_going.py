"""Judging what can be read of a table, and telling what cannot: options, and the table of problems."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from ncriteria.errors import CellPlace, NCriteriaError, Problem
from ncriteria.facts.table import FactTable

F = TypeVar("F", bound=Callable[..., Any])
_HEADINGS = ("code", "file", "sheet", "row", "column", "cell", "problem", "cure")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet takes for a formula."""


class LeftOutError(NCriteriaError):
    """Cells and rows that were left out of a table that was judged all the same: findings, and no failure."""

    is_finding = True


def keep_going_options(command: F) -> F:
    """The options `keep_going` and `problems`."""
    problems = click.option(
        "--problems",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE.csv",
        help="With --keep-going: write what cannot be read to this file, a row for each problem.",
    )
    keep_going = click.option(
        "--keep-going", is_flag=True, help="Judge what can be read, and tell the cells and rows that cannot (status 1)."
    )
    return keep_going(problems(command))


def tell_left_out(table: FactTable, problems: Path | None) -> None:
    """Write the problems of a table to a file, and raise `LeftOutError` where there are any."""
    if problems is not None:
        if problems.suffix.lower() != ".csv":
            raise click.UsageError("problems are written as CSV: give a name that ends in .csv")
        # With the mark at its beginning, Excel reads the file as UTF-8.
        problems.write_text(problems_text(table), encoding="utf-8-sig", newline="")
    if table.problems:
        raise LeftOutError(table.problems)


def problems_text(table: FactTable) -> str:
    """The problems of a table as CSV: where each is, what is wrong, and what to write."""
    letters = {column.heading: column.letter for column in table.account.columns} if table.account else {}
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_HEADINGS)
    writer.writerows(map(list, (_row(problem, letters) for problem in table.problems)))
    return text.getvalue()


def _row(problem: Problem, letters: dict[str, str]) -> Iterator[str]:
    place = problem.place if isinstance(problem.place, CellPlace) else CellPlace()
    column = letters.get(place.heading or "")
    cell = f"{column}{place.row}" if column and place.row else ""
    told: Sequence[object] = (
        *(problem.code, place.file, place.sheet, place.row, place.heading, cell, problem.message, problem.hint),
    )
    for one in told:
        written = "" if one is None else str(one)
        yield f"'{written}" if written.startswith(_FORMULA) else written
