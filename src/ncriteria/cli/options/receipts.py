"""The receipt of what a command judged: the options `--receipt` and `--day`, and the file that they ask for."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ncriteria.cli.console.layout import fitted, terminal_width
from ncriteria.cli.console.wrong_calls import WrongCallError
from ncriteria.cli.inputs.tables import format_asked
from ncriteria.cli.options.writing import refuse_output_to
from ncriteria.quick_classes import frozen
from ncriteria.words import Language, phrase, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ncriteria.cli.inputs.recorded_answers import AnswerCall
    from ncriteria.cli.options.judged_table import GivenTable
    from ncriteria.evaluation.table_years.judgement import Judgement
    from ncriteria.report.answers.answer import Answer
    from ncriteria.report.receipts.receipt import Receipt

F = TypeVar("F", bound=Callable[..., Any])
_SUFFIX = ".json"


@frozen
class ReceiptAsked:
    """The file that the receipt goes to, if to one, and the day that it says it was made on."""

    file: Path | None
    day: datetime.date

    def refuse(self, inputs: Iterable[Path | str | None], output: Path | None, *, force: bool) -> None:
        """Raise where the file cannot be written, before the work is done."""
        if self.file is None:
            return
        if self.file.suffix.lower() != _SUFFIX:
            raise WrongCallError(phrase("a receipt is written as JSON: give a name that ends in .json"))
        if output is not None and self.file.absolute() == output.absolute():
            raise WrongCallError(phrase("the receipt and the answer need a file each"))
        refuse_output_to(self.file, inputs, force=force)

    def is_needed(self, output: Path | None, *, as_json: bool) -> bool:
        """Whether anything carries the receipt: what is printed for people does not, nor does a file of one table."""
        return self.file is not None or _is_carried(output, as_json=as_json)

    def of(
        self,
        judgements: Sequence[Judgement],
        given: GivenTable,
        units: tuple[str, ...],
        years: tuple[int, ...],
        *,
        keep_going: bool,
    ) -> Receipt:
        """The receipt of what was judged of the given table, of these units and years where some are asked for."""
        from ncriteria.cli.inputs.recorded_calls import JudgingCall
        from ncriteria.report.receipts.receipt import receipt_of

        context = click.get_current_context()
        assert context.info_name is not None
        project, call = context.obj, JudgingCall(given, units, years, keep_going, format_asked())
        return receipt_of(judgements, call.arguments(context.info_name, project), call.seen(project), self.day)

    def write(self, receipt: Receipt | None, language: Language) -> None:
        """Write the receipt to the file that is asked for, if one is, and tell so on standard error."""
        if self.file is None or receipt is None:
            return
        from ncriteria.report.receipts.writing import write_receipt

        write_receipt(receipt, self.file)
        told = words(language)("Receipt written to {file}", file=str(self.file))
        click.echo("\n".join(fitted(told, terminal_width())), err=True)


def _is_carried(output: Path | None, *, as_json: bool) -> bool:
    if as_json or output is None:
        return as_json
    from ncriteria.report.receipts.carrying import CARRIERS

    return output.suffix.lower() in CARRIERS


def receipted(
    made: Callable[[], Answer], call: AnswerCall, day: datetime.date, output: Path | None, *, as_json: bool
) -> Callable[[], Answer]:
    """The answer with the receipt of its call, where what is printed or written carries one; it is made once."""
    if not _is_carried(output, as_json=as_json):
        return made
    project = click.get_current_context().obj

    @cache
    def carrying() -> Answer:
        from ncriteria.report.answers.receipted import with_receipt

        return with_receipt(made(), call.arguments(project), call.seen(project), day)

    return carrying


def day_option(command: F) -> F:
    """The option `--day`: the argument `day` is when the answer is made, today where nothing else is said."""

    @wraps(command)
    def gathered(*, day: datetime.datetime | None, **values: Any) -> Any:
        return command(day=datetime.date.today() if day is None else day.date(), **values)

    found: Any = click.option(
        "--day",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="YYYY-MM-DD",
        help="The day that a receipt says it was made on; without it today.",
    )(gathered)
    return found  # type: ignore[no-any-return]


def receipt_options(command: F) -> F:
    """The options `--receipt` and `--day`, gathered into the argument `receipt`."""

    @wraps(command)
    def gathered(*, receipt: Path | None, day: datetime.date, **values: Any) -> Any:
        return command(receipt=ReceiptAsked(receipt, day), **values)

    found: Any = day_option(gathered)
    return click.option(  # type: ignore[no-any-return]
        "--receipt",
        type=click.Path(path_type=Path),
        metavar="FILE.json",
        help="Write to this file what the answer was made from, for `ncriteria verify`.",
    )(found)
