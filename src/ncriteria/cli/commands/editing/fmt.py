"""`ncriteria fmt`: the canonical layout of criteria files."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from pathlib import Path

import click

from ncriteria.cli.console.answers import answer
from ncriteria.cli.console.spoken import SpokenArgument, SpokenCommand
from ncriteria.cli.console.written import written
from ncriteria.cli.options.shared import json_option, language_option
from ncriteria.editor.formatting.layout import formatted
from ncriteria.editor.formatting.upgrading import upgraded
from ncriteria.errors import NCriteriaError, Problem
from ncriteria.quick_classes import frozen
from ncriteria.sets.files.files import criteria_files, read_file, shown_path
from ncriteria.words import Language, words

_INPUT = Path("-")


@click.command("fmt", cls=SpokenCommand)
@click.argument(
    "files",
    cls=SpokenArgument,
    nargs=-1,
    required=True,
    type=click.Path(exists=True, allow_dash=True, path_type=Path),
)
@click.option("--check", is_flag=True, help="Write nothing; exit status 1 where a file would change.")
@click.option("--diff", "as_diff", is_flag=True, help="Write nothing; print what would change.")
@click.option("--explicit", is_flag=True, help="Write out what each bare `prev_year` stands for.")
@click.option("--upgrade", is_flag=True, help="Bring files of an older format to the one that this version reads.")
@language_option
@json_option
def command(
    files: tuple[Path, ...],
    check: bool,
    as_diff: bool,
    explicit: bool,
    upgrade: bool,
    language: Language,
    as_json: bool,
) -> None:
    """Lay out criteria FILES, and those of folders, in the canonical way; `-` is the standard input.

    What a file says, its comments and its order stay: the file is read before and after, and written only where both
    say the same. Exit status 2 where a file cannot be read; the others are laid out all the same.
    """
    laid, problems = [], list[Problem]()
    for path in _files(files):
        try:
            laid.append(_laid_out(path, explicit=explicit, upgrade=upgrade))
        except NCriteriaError as error:
            problems.extend(error.problems)
    for one in laid:
        if not check and not as_diff:
            one.write()
    if as_json:
        from ncriteria.report.documents import FileLaidOut, FilesLaidOut

        answer(FilesLaidOut(tuple(FileLaidOut(one.name, one.is_changed) for one in laid)), language)
    elif as_diff:
        click.echo("".join(line for one in laid for line in one.difference()), nl=False)
    elif laid and (_INPUT not in files or check):
        _print(laid, language, only_checked=check)
    if problems:
        raise NCriteriaError(problems)
    if check and any(one.is_changed for one in laid):
        raise SystemExit(1)


@frozen
class _LaidOutFile:
    """A file with its content before and after."""

    path: Path
    before: bytes
    after: str

    @property
    def name(self) -> str:
        """The file as messages name it."""
        return shown_path(self.path)

    @property
    def is_changed(self) -> bool:
        """Whether the two contents differ, be it in line ends or the form of letters alone."""
        return self.before != self.after.encode()

    def write(self) -> None:
        """Write what changed; what came from the standard input goes to the standard output."""
        if self.path == _INPUT:
            click.echo(self.after, nl=False)
        elif self.is_changed:
            written(self.path, self.after.encode(), force=True)

    def difference(self) -> Iterator[str]:
        """The lines that change, as a patch."""
        old, new = self.before.decode("utf-8-sig"), self.after
        for line in unified_diff(old.splitlines(True), new.splitlines(True), self.name, self.name):
            yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _files(given: Sequence[Path]) -> Iterator[Path]:
    for path in given:
        yield from criteria_files(path) if path.is_dir() else (path,)


def _laid_out(path: Path, *, explicit: bool, upgrade: bool) -> _LaidOutFile:
    content = sys.stdin.buffer.read() if path == _INPUT else read_file(path)
    file = None if path == _INPUT else path
    text = upgraded(content, path=file) if upgrade else content
    return _LaidOutFile(path, content, formatted(text, path=file, explicit=explicit).after)


def _print(laid: Sequence[_LaidOutFile], language: Language, *, only_checked: bool) -> None:
    say = words(language)
    changed = [one for one in laid if one.is_changed]
    for one in changed:
        told = say("{file} would change", file=one.name) if only_checked else say("{file} is laid out", file=one.name)
        click.echo(told)
    counts = (
        say.plural("{count} file looked at", "{count} files looked at", count=len(laid)),
        say.plural("{count} differs", "{count} differ", count=len(changed)),
    )
    click.echo(": ".join(counts))
