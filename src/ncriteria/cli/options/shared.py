"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from ncriteria.cli.console.answers import note_language
from ncriteria.cli.console.spoken import SpokenArgument
from ncriteria.cli.inputs.tables import FORMATS, note_format_asked
from ncriteria.cli.options import completion
from ncriteria.cli.options.given_files import GivenFile, from_here
from ncriteria.facts.units.identifiers import normal_identifier

F = TypeVar("F", bound=Callable[..., Any])


def composed(
    _: click.Context, __: click.Parameter, value: str | tuple[str, ...] | None
) -> str | tuple[str, ...] | None:
    """A text, or several, in the normal form of identifiers, as files are read."""
    if value is None:
        return None
    if isinstance(value, str):
        return normal_identifier(value)
    return tuple(normal_identifier(one) for one in value)


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
language_option = click.option(
    "--lang",
    "language",
    type=click.Choice(["vi", "en"]),
    default="vi",
    show_default=True,
    envvar="NCRITERIA_LANG",
    callback=note_language,
    is_eager=True,
    help="Language of the output.",
)


standard_option = click.option(
    "--standard",
    "standards",
    multiple=True,
    shell_complete=completion.standards,
    metavar="NAME",
    callback=composed,
    help="Show the verdicts under this standard only; may be repeated.",
)


def _rules_from_here(_: click.Context, __: click.Parameter, rules: tuple[str, ...]) -> tuple[str, ...]:
    """Names of sets as they are, and paths as those of other files are told."""
    return tuple(str(from_here(Path(one))) if Path(one).is_absolute() else one for one in rules)


_FILE = GivenFile(exists=True, dir_okay=False)
file_argument = click.argument("facts", cls=SpokenArgument, type=_FILE, shell_complete=completion.tables)


def facts_argument(command: F) -> F:
    """The argument FACTS, a file or `-` for the standard input, and the option that names its format."""
    return _facts_argument(command, required=True)


def optional_facts_argument(command: F) -> F:
    """The argument FACTS, which may be left out."""
    return _facts_argument(command, required=False)


def _facts_argument(command: F, *, required: bool) -> F:
    kind = GivenFile(exists=True, dir_okay=False, allow_dash=True)
    argument = click.argument(
        "facts", cls=SpokenArgument, type=kind, required=required, shell_complete=completion.tables
    )
    named = click.option(
        "--format",
        "table_format",
        type=click.Choice(FORMATS),
        expose_value=False,
        callback=note_format_asked,
        help="What FACTS is, where neither the ending of its name nor how it begins tells that.",
    )
    return argument(named(command))


def rules_option(told: str) -> Callable[[F], F]:
    """Criteria by name: a file, a folder or the identifier of a shipped set; `told` says what they are for."""
    return click.option(
        "--criteria",
        "rules",
        multiple=True,
        metavar="SET",
        shell_complete=completion.sets,
        callback=_rules_from_here,
        help=f"{told}; may be repeated.",
    )


criteria_option = rules_option(
    "Judge under this criteria file, the sets of this folder, or the shipped set of this identifier, "
    "instead of all shipped sets"
)
units_option = click.option(
    "--unit",
    "units",
    multiple=True,
    metavar="UNIT",
    shell_complete=completion.units,
    callback=composed,
    help="Show this unit only, by identifier or name; may be repeated.",
)
years_option = click.option(
    "--year",
    "years",
    multiple=True,
    type=int,
    shell_complete=completion.years,
    help="Show this year only; may be repeated.",
)
force_option = click.option("--force", is_flag=True, help="Write over a file that is there.")
attestations_option = click.option(
    "--attestations",
    "attestations",
    type=_FILE,
    multiple=True,
    shell_complete=completion.tables,
    help="A table of clauses and facts that named bodies attest (a workbook, CSV, JSON or YAML); may be repeated.",
)


def timeout_option(seconds: float, told: str) -> Callable[[F], F]:
    """The time that a command may take; what is not done by then is told."""
    return click.option(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True),
        default=seconds,
        show_default=True,
        metavar="SECONDS",
        help=told,
    )
