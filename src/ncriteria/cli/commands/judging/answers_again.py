"""The answer of a receipt that tells no rows: its command is called again, and what it writes is compared."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from pathlib import Path
from typing import Final, get_args

import click
from attrs import evolve

from ncriteria.cli.inputs.recorded_calls import FILES, FLAGS, TEXTS, UnlikeACallError
from ncriteria.errors import NCriteriaError, Problem
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.quick_classes import frozen
from ncriteria.report.receipts.comparing import ReceiptChecked, checked
from ncriteria.report.receipts.reading import read_receipt
from ncriteria.report.receipts.receipt import FileSeen, Receipt, in_order
from ncriteria.words import Language, phrase


@frozen
class _Command:
    """A command: where it stands, and which of its own options decide what it finds, with a value or without one."""

    module: str
    texts: tuple[str, ...]
    flags: tuple[str, ...] = ()


_COMMANDS: Final[Mapping[str, _Command]] = {
    "room": _Command("judging.room", ("--fact", "--as-of", "--timeout"), ("--near-misses",)),
    "watch": _Command("judging.watch", ("--as-of", "--assignments", "--since", "--timeout")),
    "impact": _Command("rules.impact", ("--years", "--as-of-year")),
    "compare": _Command("rules.compare", ("--timeout",)),
    "dossier": _Command("rules.dossier", ("--years", "--as-of-year", "--timeout")),
}


def answer_again(receipt: Receipt, path: Path, project: list[FileSeen]) -> ReceiptChecked:
    """What comes of the recorded call now, and whether the file at `path` is, byte for byte, what it writes.

    `project` is the project file as it is now, where there still is one: the call says all that it said. Takes no
    option but those that decide what is found. Raises `UnlikeACallError` for any other, and what the command raises
    where it cannot answer.
    """
    content, found = path.read_bytes(), None
    for language in get_args(Language):
        again, written = _again(receipt, path.suffix, language)
        again = evolve(again, files=in_order([*again.files, *project]))
        found = checked(receipt, again)
        if again != receipt:
            return evolve(found, not_compared=phrase("its receipt would now be another"))
        if written == content:
            return evolve(found, as_written=True)
    assert found is not None, "there is a language"
    return evolve(found, as_written=False)


def _again(receipt: Receipt, suffix: str, language: Language) -> tuple[Receipt, bytes]:
    """The receipt of now, and the file that carries it."""
    name, *_ = receipt.arguments
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"again{suffix}")
        shown = ("--output", str(file), "--day", receipt.day.isoformat(), "--lang", language)
        _call(name, [*shown, *_given(receipt.arguments)], file)
        return read_receipt(file), file.read_bytes()


def _call(name: str, arguments: list[str], file: Path) -> None:
    command = import_module(f"ncriteria.cli.commands.{_COMMANDS[name].module}").command
    assert isinstance(command, click.Command)
    around = click.get_current_context()
    try:
        with (
            redirect_stdout(io.StringIO()),
            redirect_stderr(io.StringIO()),
            command.make_context(name, arguments) as context,
        ):
            # The standard input is there where it was read.
            context.meta.update({**around.meta, **context.meta})
            command.invoke(context)
    except click.UsageError as error:
        message = phrase("the call of the receipt cannot be made again: {reason}", reason=error.format_message())
        raise EvaluationError(Problem("NC329", message)) from None
    except (SystemExit, NCriteriaError):
        # What is found wrong is told once the answer is written.
        if not file.exists():
            raise


def _given(arguments: tuple[str, ...]) -> Iterator[str]:
    """The recorded arguments as a call has them: options with their values, and then what stands without one."""
    name, *rest = arguments
    if name not in _COMMANDS:
        raise UnlikeACallError(phrase("its arguments are those of no call that gives an answer"))
    known, plain = _COMMANDS[name], list[str]()
    left = iter(rest)
    for one in left:
        if not one.startswith("--"):
            plain.append(one)
        elif one in (*FLAGS, *known.flags):
            yield one
        elif one in (*FILES, *TEXTS, *known.texts) and (value := next(left, None)) is not None:
            yield f"{one}={value}"
        else:
            raise UnlikeACallError(phrase("its arguments have `{argument}`, which no receipt has", argument=one))
    yield from ("--", *plain)
