"""Writing what a command finds to a file: the options `-o` and `--force`, and what is told of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ncriteria.cli.console.layout import fitted, terminal_width
from ncriteria.words import Words, words

if TYPE_CHECKING:
    from ncriteria.report.answers.answer import Answer, Counts

F = TypeVar("F", bound=Callable[..., Any])


def output_options(command: F) -> F:
    """The options `output` and `force`."""
    output = click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Write the answer to this file, as its ending says: .xlsx, .csv, .json, .jsonl, .parquet, .html or .docx.",
    )
    force = click.option("--force", is_flag=True, help="Write over a file that is there.")
    return output(force(command))


def refuse_output_to(output: Path | None, inputs: Iterable[Path | str | None], *, force: bool) -> None:
    """Raise `OutputError` where the answer cannot be written, before the work is done; `inputs` are never written over.

    An input that is no file, such as the identifier of a set, counts for nothing.
    """
    if output is not None:
        from ncriteria.report.writing.formats import refuse_output

        files = [Path(one) for one in inputs if one is not None]
        refuse_output(output, files, force=force)


def write_out(output: Path | None, made: Callable[[], Answer]) -> None:
    """Write the answer to the file that is asked for, if one is, and tell on standard error what was written."""
    if output is None:
        return
    from ncriteria.report.writing.formats import write_answer

    answer = made()
    told = _told(output, write_answer(answer, output), words(answer.language))
    click.echo("\n".join(fitted(told, terminal_width())), err=True)


def _told(output: Path, counts: Counts, say: Words) -> str:
    what = "; ".join(_counted(title, count, say) for title, count in counts.items())
    return say("Written to {file} ({what})", file=str(output), what=what)


def _counted(title: str, count: int, say: Words) -> str:
    if not title:
        return say.plural("{count} entry", "{count} entries", count=count)
    return say.plural("{title}: {count} row", "{title}: {count} rows", title=title, count=count)
