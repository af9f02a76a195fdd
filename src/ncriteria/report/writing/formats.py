"""Which suffix stands for which format. A further format is a line of this table, and a function that writes it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import BinaryIO, Final

from ncriteria.errors import Problem, is_installed
from ncriteria.language.hints.near_misses import did_you_mean
from ncriteria.quick_classes import frozen
from ncriteria.report.answers.answer import Answer, Counts
from ncriteria.report.writing.csv_sheet import write_csv
from ncriteria.report.writing.errors import OutputError
from ncriteria.report.writing.json_lines import write_json, write_json_lines
from ncriteria.report.writing.page import write_page
from ncriteria.report.writing.paper import write_paper
from ncriteria.report.writing.parquet import write_parquet
from ncriteria.report.writing.whole_file import whole_file
from ncriteria.report.writing.workbook import write_answer_workbook
from ncriteria.words import one_of, phrase


@frozen
class OutputFormat:
    """How files of a suffix are written, and the package that this needs with the extra that brings it.

    `called` is the name of the package where it is installed under another than it is imported by.
    """

    write: Callable[[Answer, BinaryIO], Counts]
    package: str | None = None
    extra: str | None = None
    called: str | None = None


FORMATS: Final[Mapping[str, OutputFormat]] = {
    ".csv": OutputFormat(write_csv),
    ".xlsx": OutputFormat(write_answer_workbook, "xlsxwriter", "excel"),
    ".json": OutputFormat(write_json),
    ".jsonl": OutputFormat(write_json_lines),
    ".parquet": OutputFormat(write_parquet, "pyarrow", "table"),
    ".html": OutputFormat(write_page, "jinja2", "report"),
    ".docx": OutputFormat(write_paper, "docx", "docx", called="python-docx"),
}


def refuse_output(path: Path, inputs: Collection[Path], *, force: bool) -> None:
    """Raise `OutputError` where an answer cannot be written to `path`, before any work is done for it.

    `inputs` are the files that the answer comes from, which are never written over; another file that is there is
    written over with `force` only.
    """
    found = _format_of(path)
    if found.package is not None and not is_installed(found.package):
        message = phrase(
            "{suffix} is written with {package}, which is not installed",
            suffix=path.suffix,
            package=found.called or found.package,
        )
        hint = phrase("install the extra: {command}", command=f"pip install 'ncriteria[{found.extra}]'")
        raise OutputError(Problem("NC351", message, None, hint))
    refuse_place(path, inputs, force=force)


def refuse_place(path: Path, inputs: Collection[Path], *, force: bool) -> None:
    """Raise `OutputError` where no file can be written to `path`, in whatever format, as `refuse_output` does."""
    if not path.parent.is_dir():
        message = phrase("there is no folder `{folder}`", folder=str(path.parent))
        raise OutputError(Problem("NC352", message, None, phrase("make it first, or write to another one")))
    if not path.exists():
        return
    if any(one.exists() and path.samefile(one) for one in inputs):
        message = phrase("`{file}` is what the answer is made from", file=str(path))
        raise OutputError(Problem("NC353", message, None, phrase("give the output another name")))
    if not path.is_file():
        raise unwritable(path, phrase("it is no ordinary file"))
    if not force:
        message = phrase("`{file}` is there already", file=str(path))
        raise OutputError(Problem("NC354", message, None, phrase("give another name, or write over it with --force")))


def write_answer(answer: Answer, path: Path) -> Counts:
    """Write an answer to a file whose suffix says how: all of it, or nothing.

    Raises `OutputError` where that cannot be; what was there then stays.
    """
    found = _format_of(path)
    try:
        with whole_file(path) as file:
            return found.write(answer, file)
    except OSError as error:
        raise unwritable(path, error.strerror or str(error)) from None


def write_text(text: str, path: Path) -> None:
    """Write a text to a file: all of it, or nothing. Raises `OutputError` where that cannot be."""
    try:
        with whole_file(path) as file:
            file.write(text.encode())
    except OSError as error:
        raise unwritable(path, error.strerror or str(error)) from None


def _format_of(path: Path) -> OutputFormat:
    suffix = path.suffix.lower()
    if suffix in FORMATS:
        return FORMATS[suffix]
    message = phrase("`{file}`: nothing is written as {suffix}", file=path.name, suffix=f"`{suffix}`")
    if not suffix:
        message = phrase("`{file}` has no ending that says how to write it", file=path.name)
    hint = phrase("give a name that ends in {suffixes}", suffixes=one_of(FORMATS))
    near = did_you_mean(suffix, FORMATS) if suffix else None
    raise OutputError(Problem("NC350", message, None, near or hint))


def unwritable(path: Path, reason: str) -> OutputError:
    """The error of a file that cannot be written, for a `reason` that ends the sentence."""
    message = phrase("`{file}` cannot be written: {reason}", file=str(path), reason=reason)
    hint = phrase("close it where it is open, and see who may write there")
    return OutputError(Problem("NC355", message, None, hint))
