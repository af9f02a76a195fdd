"""What the lines of a summary are written in: the language, the columns of the terminal, and what is asked for."""

from __future__ import annotations

from collections.abc import Iterator

import click

from ncriteria.cli.console.layout import VERDICT_COLOURS, fitted, padded, shortened
from ncriteria.quick_classes import frozen
from ncriteria.report.summary.overview import VerdictMatrix
from ncriteria.report.summary.signs import ATTESTED_SIGN, SIGNS
from ncriteria.sets.model import Verdict
from ncriteria.sets.names import LEVELS, VERDICTS, named_standard, standard_text
from ncriteria.words import Language, Words, words

_READS_WELL = 100


@frozen
class SummaryAsked:
    """How a summary is asked for.

    `by_year` puts years side by side instead of clauses, `clauses` are the groups and clauses to show alone, and
    `all_figures` tells every figure to collect. `with_accounts` says that an account of each row follows.
    """

    by_year: bool = False
    clauses: tuple[str, ...] = ()
    all_figures: bool = False
    with_accounts: bool = False


@frozen
class SummaryPage:
    """What the lines are written in; each matrix has lines for so many rows, and for what so many columns are."""

    language: Language
    width: int
    asked: SummaryAsked = SummaryAsked()
    room: int = 20
    key_lines: int = 14

    @property
    def say(self) -> Words:
        """The words of the language."""
        return words(self.language)

    def verdict(self, verdict: Verdict | None) -> str:
        """What a verdict is called."""
        return self.say("No verdict") if verdict is None else self.say.this(VERDICTS[verdict])

    def sign(self, verdict: Verdict | None, width: int, *, attested: bool = False) -> str:
        """The sign of a verdict in so many columns, in its colour."""
        if verdict is None:
            return " " * width
        text = padded(self.say.this(SIGNS[verdict]) + (ATTESTED_SIGN if attested else ""), width)
        return click.style(text, fg=VERDICT_COLOURS[verdict])

    def about(self, matrix: VerdictMatrix, *, with_identifier: bool = False) -> str:
        """The standard and the level of a matrix."""
        named = named_standard if with_identifier else standard_text
        standard = named(matrix.standard, matrix.standard_title, self.language)
        return standard if matrix.level is None else f"{standard} · {self.say.this(LEVELS[matrix.level])}"

    @property
    def reads_well(self) -> int:
        """The columns of a text."""
        return min(self.width, _READS_WELL)

    def lines(self, text: str, *, indent: str = "", hang: int = 2) -> Iterator[str]:
        """A text in lines that are no longer than reads well; of a word that is longer, the beginning."""
        for line in fitted(text, self.reads_well, indent=indent, hang=hang):
            yield shortened(line, self.reads_well)

    def heading(self, text: str) -> Iterator[str]:
        """A line that stands above others."""
        yield from (click.style(line, bold=True) for line in self.lines(text))
