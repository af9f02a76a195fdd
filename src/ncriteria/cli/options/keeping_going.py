"""Judging what can be read of a table, and telling what cannot: options, and the table of problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click

from ncriteria.cli.console.answers import language_asked
from ncriteria.cli.console.written import written
from ncriteria.cli.console.wrong_calls import WrongCallError
from ncriteria.cli.options.writing import refuse_output_to
from ncriteria.errors import CellPlace, NCriteriaError, Problem
from ncriteria.facts.formats.csv_writer import csv_text
from ncriteria.facts.table import FactTable
from ncriteria.words import Message, Words, phrase, words

F = TypeVar("F", bound=Callable[..., Any])
_HEADINGS = (
    *(Message("Code"), Message("File"), Message("Sheet"), Message("Row"), Message("Column"), Message("Cell")),
    *(Message("Problem"), Message("What to do")),
)


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


def refuse_problems_to(problems: Path | None, inputs: Iterable[Path]) -> None:
    """Raise an error where problems cannot be written to this file, before any work is done; never over an input."""
    if problems is not None and problems.suffix.lower() != ".csv":
        raise WrongCallError(phrase("problems are written as CSV: give a name that ends in .csv"))
    refuse_output_to(problems, inputs, force=True)


def tell_left_out(table: FactTable, problems: Path | None) -> None:
    """Write the problems of a table to a file, and raise `LeftOutError` where there are any."""
    if problems is not None:
        # With the mark at its beginning, Excel reads the file as UTF-8.
        written(problems, problems_text(table).encode("utf-8-sig"), force=True)
    if table.problems:
        raise LeftOutError(table.problems)


def problems_text(table: FactTable) -> str:
    """The problems of a table as CSV: where each is, what is wrong, and what to write."""
    say = words(language_asked())
    letters = {column.heading: column.letter for column in table.account.columns} if table.account else {}
    return csv_text([say.this(one) for one in _HEADINGS], (_row(problem, letters, say) for problem in table.problems))


def _row(problem: Problem, letters: dict[str, str], say: Words) -> Iterator[object]:
    place = problem.place if isinstance(problem.place, CellPlace) else CellPlace()
    column = letters.get(place.heading or "")
    cell = f"{column}{place.row}" if column and place.row else ""
    yield from (problem.code, place.file, place.sheet, place.row, place.heading, cell)
    yield from (say.again(problem.message), None if problem.hint is None else say.again(problem.hint))
