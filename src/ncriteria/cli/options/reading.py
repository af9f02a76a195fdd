"""The options of commands that take a fact table: how it is to be read. A project file stands for them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import wraps
from typing import Any, TypeVar, cast

import click
from click.core import ParameterSource

from ncriteria.cli.options.shared import composed
from ncriteria.facts.options import LATEST_MONTHS_END, ReadingOptions
from ncriteria.facts.units.levels import WRITE_A_LEVEL, level_of
from ncriteria.sets.model import Level
from ncriteria.words import Language

F = TypeVar("F", bound=Callable[..., Any])


def _columns(_: click.Context, __: click.Parameter, given: Iterable[str]) -> dict[str, str]:
    """The column of each heading; a heading may hold `=`, the name of a column does not."""
    columns = {}
    for one in given:
        heading, equals, name = one.rpartition("=")
        if not equals or not heading.strip() or not name.strip():
            raise click.BadParameter(f'"{one}" is no heading with its column; write HEADING=FACT')
        columns[heading.strip()] = name.strip()
    return columns


def _level(_: click.Context, __: click.Parameter, given: str | None) -> Level | None:
    """The level that a word names, in English or as tables have it."""
    level = None if given is None else level_of(given)
    if given is not None and level is None:
        raise click.BadParameter(f'"{given}" is no level; {WRITE_A_LEVEL}')
    return level


_OPTIONS = (
    click.option(
        "--column",
        "columns",
        multiple=True,
        metavar="HEADING=FACT",
        callback=_columns,
        help="The fact, or `unit`, `name`, `year` and so on, that a column has; may be repeated.",
    ),
    click.option(
        "--ignore-column",
        "ignore",
        multiple=True,
        metavar="HEADING",
        callback=composed,
        help="Pass over this column of the table; may be repeated.",
    ),
    click.option("--ignore-unknown", is_flag=True, help="Pass over every column whose heading is not known."),
    click.option(
        "--blank", "blanks", multiple=True, metavar="MARK", help='A mark for "no figure", such as -; may be repeated.'
    ),
    click.option("--sheet", metavar="NAME", help="The sheet of a workbook."),
    click.option("--encoding", metavar="NAME", help="The encoding of a text, such as utf-16, tcvn3 or vni."),
    click.option("--header-row", type=click.IntRange(min=1), metavar="N", help="The last row of the headings."),
    click.option(
        "--level",
        metavar="LEVEL",
        callback=_level,
        help="The level of units that do not say it: hamlet, commune, district, province, or ấp, xã, huyện, tỉnh.",
    ),
    click.option("--table-year", type=int, metavar="YEAR", help="The year of a table without years."),
    click.option("--table-month", type=click.IntRange(1, 12), metavar="N", help="The month of a table without months."),
    click.option(
        "--months-end",
        type=click.IntRange(1, LATEST_MONTHS_END),
        metavar="DAY",
        help="The day on which the months of the table end, such as 15; else they are calendar months.",
    ),
    click.option("--table-unit", metavar="UNIT", callback=composed, help="The unit of a table without units."),
    click.option(
        "--territory", metavar="UNIT", callback=composed, help="The unit around the units of a table that says none."
    ),
    click.option("--show-reading", is_flag=True, help="Tell on standard error what was taken for what."),
)


def reading_options(command: F) -> F:
    """Options that are gathered into the arguments `reading`, and `show_reading`."""

    @wraps(command)
    def gathered(**values: Any) -> Any:
        level = values.pop("level")
        reading = ReadingOptions(
            level=level,
            year=values.pop("table_year"),
            month=values.pop("table_month"),
            unit=values.pop("table_unit"),
            **{name: values.pop(name) for name in _SAME_NAME},
        )
        return command(reading=reading, **values)

    for option in reversed(_OPTIONS):
        gathered = option(gathered)
    return gathered  # type: ignore[return-value]


_SAME_NAME = (
    "columns",
    "ignore",
    "ignore_unknown",
    "blanks",
    "sheet",
    "encoding",
    "header_row",
    "territory",
    "months_end",
)
_NAMES = (*_SAME_NAME, "level", "table_year", "table_month", "table_unit", "show_reading")

IN_COLUMNS = ("ignore", "level", "territory")
"""The options that hold for a table that is judged in columns, too."""


def refuse_but(context: click.Context, names: Collection[str]) -> None:
    """Raise a usage error for a reading option of the command line that is none of these."""
    for parameter in context.command.params:
        given = context.get_parameter_source(parameter.name or "") is ParameterSource.COMMANDLINE
        if given and parameter.name in _NAMES and parameter.name not in names:
            raise click.UsageError(f"{parameter.opts[0]} is for other tables; a Parquet table is judged as it stands")


def shown_in(language: str, *, asked: bool) -> Language | None:
    """The language in which what was taken for what is told, where that is asked for."""
    return cast("Language", language) if asked else None
