"""The sheets of judgements: verdicts, explanations, what is waited for, near misses and problems."""

from __future__ import annotations

from collections.abc import Sequence

from ncriteria.errors import Problem
from ncriteria.evaluation.table_years.judgement import Judgement
from ncriteria.facts.table import FactRow
from ncriteria.report.answers.answer import Answer
from ncriteria.report.receipts.receipt import Receipt
from ncriteria.report.records.results import Judgements
from ncriteria.report.sheets.grounds import explanations_sheet, near_misses_sheet
from ncriteria.report.sheets.problems import UnjudgedRow, problems_sheet
from ncriteria.report.sheets.receipts import receipt_sheet
from ncriteria.report.sheets.verdicts import verdicts_by_standard, verdicts_sheet
from ncriteria.report.sheets.waiting import figures_sheet, waits_sheet
from ncriteria.report.summary.gathering import overview_of
from ncriteria.words import Language


def evaluated(
    judgements: Sequence[Judgement],
    passed_over: Sequence[FactRow],
    left_out: Sequence[Problem],
    language: Language,
    problems: Sequence[Problem] = (),
    receipt: Receipt | None = None,
) -> Answer:
    """What `evaluate` found; `left_out` are the cells and rows of the table that could not be read.

    A file of one table has the verdicts.
    """
    overview = overview_of(judgements, passed_over)
    table = verdicts_sheet(judgements, overview, language)
    sheets = (
        *verdicts_by_standard(judgements, overview, language),
        explanations_sheet(judgements, language),
        figures_sheet(overview, language),
        waits_sheet(overview, language),
        near_misses_sheet(judgements, language),
        problems_sheet(_unjudged(judgements), passed_over, left_out, language),
        *([] if receipt is None else [receipt_sheet(receipt, language)]),
    )
    head = Judgements((), overview, receipt)
    return Answer(
        "evaluate",
        language,
        head,
        "judgements",
        lambda: judgements,
        table,
        sheets,
        judgements,
        tuple(problems),
        receipt,
    )


def explained(
    judgements: Sequence[Judgement],
    left_out: Sequence[Problem],
    language: Language,
    problems: Sequence[Problem] = (),
    receipt: Receipt | None = None,
) -> Answer:
    """What `explain` found; a file of one table has the explanations."""
    overview = overview_of(judgements)
    table = explanations_sheet(judgements, language)
    sheets = (
        table,
        *verdicts_by_standard(judgements, overview, language),
        figures_sheet(overview, language),
        waits_sheet(overview, language),
        problems_sheet(_unjudged(judgements), (), left_out, language),
        *([] if receipt is None else [receipt_sheet(receipt, language)]),
    )
    head = Judgements((), None, receipt)
    return Answer(
        "explain", language, head, "judgements", lambda: judgements, table, sheets, judgements, tuple(problems), receipt
    )


def _unjudged(judgements: Sequence[Judgement]) -> list[UnjudgedRow]:
    return [UnjudgedRow(one.row, one.standard, one.problems) for one in judgements if one.verdicts is None]
