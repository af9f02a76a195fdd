"""What was taken for what in a table, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from ncriteria.facts.layout.account import Account, Shape, YearFrom
from ncriteria.facts.table import FactTable
from ncriteria.words import Language, Message, Words, words

_SHAPES = {
    Shape.ROWS: Message("one row for each unit and year"),
    Shape.PERIODS_IN_HEADINGS: Message("years or months in the headings"),
    Shape.FACTS_IN_ROWS: Message("one row for each fact"),
}
_YEARS = {
    YearFrom.OPTIONS: Message("the year is that of the options"),
    YearFrom.TITLE: Message("the year is that of the words above the table"),
    YearFrom.SHEET: Message("the year is that of the name of the sheet"),
}


def account_lines(table: FactTable, language: Language) -> Iterator[str]:
    """How the table was read: its headings, its shape, each column, and how many rows there are of how many units."""
    say, account = words(language), table.account
    yield f"{table.file or ''}: {rows_of_units(say, len(table.rows), len({row.unit.id for row in table.rows}))}"
    if account is not None:
        yield from _laid_out(account, say)


def rows_of_units(say: Words, rows: int, units: int) -> str:
    """How many rows there are of how many units."""
    counted = say.plural("{count} row", "{count} rows", count=rows)
    return say("{rows} of {units}", rows=counted, units=say.plural("{count} unit", "{count} units", count=units))


def _laid_out(account: Account, say: Words) -> Iterator[str]:
    if account.sheet is not None:
        yield say("  sheet: {sheet}", sheet=account.sheet)
    if account.encoding is not None:
        yield say("  encoding: {encoding}", encoding=say.again(account.encoding))
    yield say("  headings in row {rows}", rows=", ".join(map(str, account.heading_rows)))
    yield f"  {say.this(_SHAPES[account.shape])}"
    if account.year_from is not None:
        yield f"  {say.this(_YEARS[account.year_from])}"
    if account.hidden:
        yield say("  hidden, and read as all others: {hidden}", hidden=", ".join(account.hidden))
    widest = max((len(column.heading) for column in account.columns), default=0)
    for column in account.columns:
        taken_for = column.taken_for or say("passed over")
        yield f"  {column.letter:>3}  {column.heading:<{widest}}  {taken_for}"
