"""What a command found, made ready to be written: as sheets, as the object of `--json`, and as judgements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from attrs import field

from ncriteria.errors import Problem
from ncriteria.evaluation.table_years.judgement import Judgement
from ncriteria.quick_classes import frozen
from ncriteria.report.dossier.model import Dossier
from ncriteria.report.receipts.receipt import Receipt
from ncriteria.report.sheets.sheet import Sheet
from ncriteria.report.sheets.tables import TablesTold
from ncriteria.words import Language


@frozen
class Answer:
    """What `command` found in `language`.

    `head` is the record that `--json` tells, without its many `items`, which stand in its key `listed`. `problems` are
    those of the call as a whole. `table` is the sheet that a file of one table holds, `sheets` are those of a workbook.
    `judgements` are those of which pages and papers are made, or the `dossier` of an edit; other answers have none of
    them, but `tables`. `receipt` says what the answer was made from.
    """

    command: str
    language: Language
    head: object = field(repr=False)
    listed: str
    items: Callable[[], Iterable[object]] = field(repr=False)
    table: Sheet
    sheets: tuple[Sheet, ...]
    judgements: Sequence[Judgement] | None = field(default=None, repr=False)
    problems: tuple[Problem, ...] = ()
    receipt: Receipt | None = field(default=None, repr=False)
    dossier: Dossier | None = field(default=None, repr=False)
    tables: TablesTold | None = field(default=None, repr=False)


Counts = Mapping[str, int]
"""How many rows were written, by the title of the sheet; under an empty one how many entries of a list."""
