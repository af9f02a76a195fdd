"""`ncriteria verify`: judge again what a receipt was made from, and say whether the result is the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import chdir
from pathlib import Path, PurePosixPath

import click
from attrs import evolve

from ncriteria.cli.commands.judging.answers_again import answer_again
from ncriteria.cli.console.answers import answer
from ncriteria.cli.console.spoken import SpokenArgument, SpokenCommand
from ncriteria.cli.inputs.recorded_calls import UnlikeACallError, call_again, files_again
from ncriteria.cli.inputs.tables import STDIN
from ncriteria.cli.inputs.written_again import as_compared
from ncriteria.cli.options.shared import json_option, language_option
from ncriteria.cli.terminal.receipts import print_changes, print_checked
from ncriteria.errors import Problem, TextPlace
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.report.receipts.comparing import NO_NAMES, ReceiptChecked, RowNames, changed_files, checked, row_names
from ncriteria.report.receipts.reading import read_receipt, receipt_refused
from ncriteria.report.receipts.receipt import FileRole, FileSeen, Receipt, file_seen, receipt_of
from ncriteria.sets.files.files import shown_path
from ncriteria.words import Language, Phrase, one_of, phrase


@click.command("verify", cls=SpokenCommand)
@click.argument("receipt", cls=SpokenArgument, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Where the files of the receipt are; without it this folder, and then that of the receipt.",
)
@language_option
@json_option
def command(receipt: Path, folder: Path | None, language: Language, as_json: bool) -> None:
    """Judge again what RECEIPT was made from, and say whether the same comes out.

    RECEIPT is a file that --receipt wrote, or an answer that carries a receipt: .json, .jsonl, .xlsx, .html or .docx.
    Files that have changed are told first, and what they hold now is judged all the same. Of an answer it is told
    whether it is, byte for byte, what is written again.

    An answer of room, watch, impact, compare or dossier is made again by its command, in as much time as it took.

    Exit status 1 where the result is not the same.
    """
    was, file = read_receipt(receipt), receipt.absolute()
    folders = (Path(), file.parent) if folder is None else (folder,)
    base = _folder_of_all(was, folders)
    try:
        if base is None:
            _verify(was, receipt, folders, language, as_json=as_json)
        else:
            # An answer names its files as they were given, so the call is made again from where those names lead.
            with chdir(base):
                _verify(was, file, (Path(),), language, as_json=as_json, by_names=True)
    except UnlikeACallError as error:
        raise receipt_refused(receipt, error.why) from None


def _verify(
    was: Receipt,
    receipt: Path,
    folders: Sequence[Path],
    language: Language,
    *,
    as_json: bool,
    by_names: bool = False,
) -> None:
    if not was.is_of_rows:
        _verify_answer(was, receipt, folders, language, as_json=as_json, by_names=by_names)
        return

    def find(name: str, role: FileRole) -> Path | None:
        path = STDIN if name == str(STDIN) else _found(name, folders)
        if path is None and role is not FileRole.CRITERIA:
            raise _nowhere(receipt, name, folders)
        return path

    files = [*files_again(was.arguments, find), *_project_now(was, folders)]
    changes = tuple(changed_files(was.files, files))
    if not as_json:
        print_changes(changes, was, language)
    call = call_again(was.arguments, find)
    judged = call.judged()
    names = row_names(judged.judgements)
    found = checked(was, receipt_of(judged.judgements, was.arguments, files, was.day), names)
    found = as_compared(receipt, call, judged, found)
    if found.as_written is False and not by_names:
        # Problems tell the places of files, which are others where a file was found by its own name alone.
        why = phrase("its files were found elsewhere, and it names places")
        found = evolve(found, as_written=None, not_compared=why)
    _tell(found, changes, language, names, as_json=as_json)


def _verify_answer(
    was: Receipt, receipt: Path, folders: Sequence[Path], language: Language, *, as_json: bool, by_names: bool
) -> None:
    """The same for an answer that tells more than verdicts: its files lie where their names lead from one folder."""
    if not by_names:
        lost = next(file.name for file in was.files if not any((folder / file.name).exists() for folder in folders))
        raise _nowhere(receipt, lost, folders)
    found = answer_again(was, receipt, list(_project_now(was, folders)))
    changes = tuple(changed_files(was.files, found.again.files))
    if not as_json:
        print_changes(changes, was, language)
    _tell(found, changes, language, as_json=as_json)


def _tell(
    found: ReceiptChecked, changes: Sequence[Phrase], language: Language, names: RowNames = NO_NAMES, *, as_json: bool
) -> None:
    if as_json:
        answer(found, language)
    else:
        print_checked(found, changes, language, names)
    if not found.same:
        raise SystemExit(1)


def _folder_of_all(was: Receipt, folders: Sequence[Path]) -> Path | None:
    """The folder from which every file that was judged is found by its name; `None` where there is none."""
    names = [file.name for file in was.files if file.role is not FileRole.PROJECT and file.name != str(STDIN)]
    return next((folder for folder in folders if all((folder / name).exists() for name in names)), None)


def _found(name: str, folders: Sequence[Path]) -> Path | None:
    """Where a file is: by its path from each folder, or else by its own name in one."""
    places = (*(folder / name for folder in folders), *(folder / PurePosixPath(name).name for folder in folders))
    return next((path for path in places if path.exists()), None)


def _project_now(was: Receipt, folders: Sequence[Path]) -> Iterator[FileSeen]:
    """The project file, where there still is one: the call says all that it said."""
    for file in was.files:
        if file.role is FileRole.PROJECT and (path := _found(file.name, folders)) is not None:
            yield file_seen(file.role, file.name, path)


def _nowhere(receipt: Path, name: str, folders: Sequence[Path]) -> EvaluationError:
    places = one_of(f"`{one.absolute()}`" for one in folders)
    message = phrase("`{file}` is not in {folders}", file=name, folders=places)
    hint = phrase("say where the files of the receipt are: --folder FOLDER")
    return EvaluationError(Problem("NC328", message, TextPlace(1, 1, file=shown_path(receipt)), hint))
