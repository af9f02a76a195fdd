"""The options of commands that take a fact table: how it is to be read. A project file stands for them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable
from functools import wraps
from pathlib import Path
from typing import Any, Final, TypeVar

import click
from attrs import evolve
from click.core import ParameterSource

from ncriteria.cli.console.wrong_calls import WrongCallError, WrongValueError
from ncriteria.cli.options.given_files import GivenFile
from ncriteria.facts.cells.days import read_day
from ncriteria.facts.cells.refusals import Refusal
from ncriteria.facts.lineage.model import NATIONAL_REFORM, Lineage, Reform
from ncriteria.facts.options import AS_IT_STANDS, LATEST_MONTHS_END
from ncriteria.facts.units.levels import WRITE_A_LEVEL, level_of
from ncriteria.sets.model import Level
from ncriteria.words import phrase

F = TypeVar("F", bound=Callable[..., Any])


def _columns(_: click.Context, __: click.Parameter, given: Iterable[str]) -> dict[str, str]:
    """The column of each heading; a heading may hold `=`, the name of a column does not."""
    columns = {}
    for one in given:
        heading, equals, name = one.rpartition("=")
        if not equals or not heading.strip() or not name.strip():
            raise WrongValueError(phrase('"{value}" is no heading with its column; write HEADING=FACT', value=one))
        columns[heading.strip()] = name.strip()
    return columns


def _level(_: click.Context, __: click.Parameter, given: str | None) -> Level | None:
    """The level that a word names, in English or as tables have it."""
    level = None if given is None else level_of(given)
    if given is not None and level is None:
        raise WrongValueError(phrase('"{given}" is no level; {hint}', given=given, hint=WRITE_A_LEVEL))
    return level


def _lineage(_: click.Context, __: click.Parameter, given: Path | None) -> Lineage | None:
    """The lineage in a file."""
    if given is None:
        return None
    from ncriteria.facts.lineage.reading import read  # which most calls have no need of

    return read(given)


def _day(_: click.Context, __: click.Parameter, given: str | None) -> datetime.date | None:
    """The day that a text says."""
    day = None if given is None else read_day(given.strip())
    if isinstance(day, Refusal):
        raise WrongValueError(phrase('"{value}" is no day; write one such as 2022-03-29', value=given))
    return day


def _reforms(_: click.Context, __: click.Parameter, given: Iterable[str]) -> tuple[Reform, ...]:
    """The days on which units were made anew, each perhaps with the act that says so."""
    found = []
    for one in given:
        written, *acts = one.split("=", 1)
        day = read_day(written.strip())
        if isinstance(day, Refusal):
            raise WrongValueError(phrase('"{value}" is no day; write DAY or DAY=INSTRUMENT', value=one))
        found.append(Reform(day=day, levels=NATIONAL_REFORM.levels, instrument=" ".join(acts).strip() or None))
    return tuple(found)


_PREFIX: Final = "reading_"
"""What the parameters begin with, so that a command may have a `--year` or `--unit` of its own."""


def _of(field: str, option: str, **settings: Any) -> Callable[[F], F]:
    """The option for a field of `ReadingOptions`."""
    return click.option(option, f"{_PREFIX}{field}", **settings)


_OPTIONS: Final = (
    _of(
        "columns",
        "--column",
        multiple=True,
        metavar="HEADING=FACT",
        callback=_columns,
        help="The fact, or `unit`, `name`, `year` and so on, that a column has; may be repeated.",
    ),
    _of(
        "ignore",
        "--ignore-column",
        multiple=True,
        metavar="HEADING",
        help="Pass over this column of the table; may be repeated.",
    ),
    _of("ignore_unknown", "--ignore-unknown", is_flag=True, help="Pass over every column whose heading is not known."),
    _of(
        "blanks",
        "--blank",
        multiple=True,
        metavar="MARK",
        help='A mark for "no figure", such as -; may be repeated.',
    ),
    _of("sheet", "--sheet", metavar="NAME", help="The sheet of a workbook."),
    _of("encoding", "--encoding", metavar="NAME", help="The encoding of a text, such as utf-16, tcvn3 or vni."),
    _of(
        "header_row", "--header-row", type=click.IntRange(min=1), metavar="NUMBER", help="The last row of the headings."
    ),
    _of(
        "level",
        "--level",
        metavar="LEVEL",
        callback=_level,
        help="The level of units that do not say it: hamlet, commune, district, province, or ấp, xã, huyện, tỉnh; "
        "also agency, enterprise, school.",
    ),
    _of("year", "--table-year", type=int, metavar="YEAR", help="The year of a table without years."),
    _of(
        "month",
        "--table-month",
        type=click.IntRange(1, 12),
        metavar="NUMBER",
        help="The month of a table without months.",
    ),
    _of(
        "months_end",
        "--months-end",
        type=click.IntRange(1, LATEST_MONTHS_END),
        metavar="DAY",
        help="The day on which the months of the table end, such as 15; else they are calendar months.",
    ),
    _of("unit", "--table-unit", metavar="UNIT", help="The unit of a table without units."),
    _of("territory", "--territory", metavar="UNIT", help="The unit around the units of a table that says none."),
    _of("series", "--series", metavar="SERIES", help="The series of the figures of a table that states none."),
    _of(
        "known_on",
        "--known-on",
        metavar="DAY",
        callback=_day,
        help="Judge by the figures that were on file on this day, and the sets that were in force then.",
    ),
    _of(
        "lineage",
        "--lineage",
        type=GivenFile(exists=True, dir_okay=False),
        callback=_lineage,
        help="A table of the units that were merged, split and renamed: from, to, share, day, instrument.",
    ),
    _of(
        "reforms",
        "--reform",
        multiple=True,
        metavar="DAY",
        callback=_reforms,
        help="A day on which communes were made anew, beside 2025-07-01, or DAY=INSTRUMENT; may be repeated.",
    ),
    click.option(
        "--show-reading", f"{_PREFIX}shown", is_flag=True, help="Tell on standard error what was taken for what."
    ),
)


def reading_options(command: F) -> F:
    """Options that are gathered into the argument `reading`, over what the project file says of it.

    The argument `show` is the language in which what was taken for what is told, `None` where that is not asked for.
    """

    @wraps(command)
    def gathered(**values: Any) -> Any:
        context = click.get_current_context()
        said = {name.removeprefix(_PREFIX): values.pop(name) for name in [*values] if name.startswith(_PREFIX)}
        show = values.get("language") if said.pop("shown") else None
        settled = AS_IT_STANDS if context.obj is None else context.obj.reading
        reading = evolve(settled, **{field: said[field] for field in said if _is_given(context, _PREFIX + field)})
        return command(reading=reading, show=show, **values)

    for option in reversed(_OPTIONS):
        gathered = option(gathered)
    return gathered  # type: ignore[return-value]


def _is_given(context: click.Context, parameter: str) -> bool:
    return context.get_parameter_source(parameter) is ParameterSource.COMMANDLINE


IN_COLUMNS = ("ignore", "known_on", "level", "lineage", "reforms", "territory")
"""The options that hold for a table that is judged in columns, too."""


def refuse_but(context: click.Context, fields: Collection[str]) -> None:
    """Raise a usage error for a reading option of the command line that is for none of these fields."""
    for parameter in context.command.params:
        name = parameter.name or ""
        if name.startswith(_PREFIX) and name.removeprefix(_PREFIX) not in fields and _is_given(context, name):
            raise WrongCallError(
                phrase("{option} is for other tables; a Parquet table is judged as it stands", option=parameter.opts[0])
            )
