"""The call that judged a table, as a receipt records it: its arguments and files, and the same call made again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Final

import click

from ncriteria.cli.inputs.criteria import paths_of
from ncriteria.cli.inputs.tables import STDIN, format_asked, standard_input
from ncriteria.cli.inputs.wanted import wanted_rows
from ncriteria.cli.options.judged_table import GivenTable, judged_table
from ncriteria.cli.options.shared import units_option, years_option
from ncriteria.errors import Problem
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.evaluation.table_years.judgement import Judgement
from ncriteria.evaluation.tables import evaluate_rows
from ncriteria.facts.project import Project
from ncriteria.facts.table import FactTable
from ncriteria.quick_classes import frozen
from ncriteria.report.receipts.arguments import JudgingArguments
from ncriteria.report.receipts.receipt import JUDGING, FileRole, FileSeen, content_seen, file_seen
from ncriteria.sets.files.files import criteria_files
from ncriteria.words import phrase

FILES: Final[Mapping[str | None, FileRole]] = {
    None: FileRole.FACTS,
    "--criteria": FileRole.CRITERIA,
    "--attestations": FileRole.ATTESTATIONS,
    "--lineage": FileRole.LINEAGE,
}
"""The options that name a file, and what it is for; that of facts stands without one."""
_ROLES: Final = tuple(FileRole)
FLAGS: Final = ("--ignore-unknown", "--keep-going")
TEXTS: Final = (
    *("--format", "--standard", "--unit", "--year", "--column", "--ignore-column", "--blank", "--sheet", "--encoding"),
    *(
        "--header-row",
        "--level",
        "--table-year",
        "--table-month",
        "--months-end",
        "--table-unit",
        "--territory",
        "--reform",
        "--series",
        "--known-on",
    ),
)


class UnlikeACallError(Exception):
    """Arguments that are those of no call that judges; `why` says the reason."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@frozen
class JudgedAgain:
    """What a call gives that is made again: the table, and the judgements."""

    table: FactTable
    judgements: Sequence[Judgement]


@frozen
class JudgingCall:
    """What a table was judged by: all that its judgements follow from, whatever is shown of them."""

    given: GivenTable
    units: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    keep_going: bool = False
    format: str | None = None

    def arguments(self, command: str, project: Project | None) -> Iterator[str]:
        """The arguments of the call, in one order, with those that the project file stands for."""
        given, lineage = self.given, self.given.reading.lineage.file

        def named(path: Path | str) -> str:
            return file_name(Path(path), project)

        found = JudgingArguments(
            command,
            named(given.file),
            given.reading,
            self.format,
            [named(one) if Path(one).exists() else one for one in given.rules],
            given.standards or (),
            [*map(named, given.attestations)],
            self.units,
            self.years,
            None if lineage is None else named(lineage),
            self.keep_going,
        )
        return found.in_order()

    def files(self, project: Project | None) -> Iterator[tuple[FileRole, Path]]:
        """The files that the judgements come from; of a folder of criteria each file."""
        given = self.given
        yield FileRole.FACTS, given.file
        yield from ((FileRole.ATTESTATIONS, one) for one in given.attestations)
        if given.reading.lineage.file is not None:
            yield FileRole.LINEAGE, Path(given.reading.lineage.file)
        yield from ((FileRole.CRITERIA, one) for path in paths_of(given.rules) for one in _criteria_in(path))
        if project is not None:
            yield FileRole.PROJECT, project.file

    def seen(self, project: Project | None) -> list[FileSeen]:
        """The same files as they are now, by the names that a receipt has for them."""
        return [_seen(role, file_name(path, project), path) for role, path in self.files(project)]

    def judged(self) -> JudgedAgain:
        """The table as it is now, and the judgements that the call gives."""
        given = self.given
        table = given.read(keep_going=self.keep_going)
        wanted = wanted_rows(self.units, self.years)
        return JudgedAgain(table, [*evaluate_rows(table, given.criteria, standards=given.standards, wanted=wanted)])


def _seen(role: FileRole, name: str, path: Path) -> FileSeen:
    return content_seen(role, name, standard_input()) if path == STDIN else file_seen(role, name, path)


def file_name(path: Path, project: Project | None) -> str:
    """What a receipt calls a file: its path as given, or from the working folder where it lies there or in the project.

    So a receipt says the same wherever its folder lies.
    """
    here = Path.cwd()
    if path.is_absolute():
        folder = here if project is None else project.file.parent.absolute()
        if path.is_relative_to(here) or path.is_relative_to(folder):
            return Path(os.path.relpath(path, here)).as_posix()
    return path.as_posix()


def _criteria_in(rules: Path) -> list[Path]:
    return criteria_files(rules) if rules.is_dir() else [rules]


Find = Callable[[str, FileRole], Path | None]
"""Where a file or a folder that a receipt names is now; criteria without one are those of a shipped set."""


def files_again(arguments: Sequence[str], find: Find) -> list[FileSeen]:
    """The files that recorded arguments name, as they are where they are found; of a folder of criteria each file.

    They stand in the order of a receipt: what is judged first, and the criteria last.
    """
    named = [(role, name) for option, name in _parted(arguments) if (role := FILES.get(option)) is not None]
    return [
        _seen(role, one, path)
        for role, name in sorted(named, key=lambda each: _ROLES.index(each[0]))
        if (found := find(name, role)) is not None
        for one, path in _files_of(name, found)
    ]


def _files_of(name: str, path: Path) -> Iterator[tuple[str, Path]]:
    if not path.is_dir():
        yield name, path
        return
    for one in criteria_files(path):
        yield PurePosixPath(name, one.relative_to(path).as_posix()).as_posix(), one


def call_again(arguments: Sequence[str], find: Find) -> JudgingCall:
    """The recorded call, with its files where they are found.

    Takes no option but those that decide what is judged. Raises `UnlikeACallError` for any other, and `EvaluationError`
    where the files as they are now do not have what the call asks for.
    """
    told: dict[bool, list[str]] = {True: [], False: []}
    for option, value in _parted(arguments):
        role = FILES.get(option)
        given = value if role is None else str(find(value, role) or value)
        told[option is None] += [one for one in (option, given) if one]
    around = click.get_current_context()
    try:
        with _call.make_context("receipt", [*told[False], "--", *told[True]]) as context:
            # It has the language that warnings are told in, and the standard input where that was read.
            context.meta.update({**around.meta, **context.meta})
            call = _call.invoke(context)
    except click.UsageError as error:
        message = phrase("the call of the receipt cannot be made again: {reason}", reason=error.format_message())
        raise EvaluationError(Problem("NC329", message)) from None
    assert isinstance(call, JudgingCall)
    return call


def _parted(arguments: Sequence[str]) -> Iterator[tuple[str | None, str]]:
    """The table of facts first, without an option, and then each option with its value."""
    match arguments:
        case [command, facts, *rest] if command in JUDGING:
            yield None, facts
        case _:
            raise UnlikeACallError(phrase("its arguments are those of no call that judges a table"))
    left = iter(rest)
    for option in left:
        value = "" if option in FLAGS else next(left, None)
        if value is None or option not in (*FILES, *FLAGS, *TEXTS):
            raise UnlikeACallError(phrase("its arguments have `{argument}`, which no receipt has", argument=option))
        yield option, value


@click.command("receipt", add_help_option=False)
@units_option
@years_option
@judged_table
@click.option("--keep-going", is_flag=True)
def _call(given: GivenTable, units: tuple[str, ...], years: tuple[int, ...], keep_going: bool) -> JudgingCall:
    return JudgingCall(given, units, years, keep_going, format_asked())
