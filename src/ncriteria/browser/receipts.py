"""The receipt of what a page judged: the call of the command line that gives the same, and the files given."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import evolve

from ncriteria.browser.asked import CriteriaText, PageAsked
from ncriteria.browser.reading import Files
from ncriteria.evaluation.table_years.judgement import Judgement
from ncriteria.report.answers.answer import Answer
from ncriteria.report.answers.receipted import with_receipt
from ncriteria.report.receipts.arguments import JudgingArguments
from ncriteria.report.receipts.receipt import FileRole, FileSeen, Receipt, content_seen, receipt_of


def receipt_for(asked: PageAsked, judgements: Sequence[Judgement], files: Files) -> Receipt:
    """The receipt of `judgements`, made today, by which `ncriteria verify` judges again."""
    return receipt_of(judgements, _arguments(asked), _files(asked, files), datetime.date.today())


def receipted_edit(answer: Answer, asked: PageAsked, files: Files) -> Answer:
    """What the edit of a text changes, with the receipt of it, made today."""
    assert isinstance(asked.criteria, CriteriaText), "an edit is one of a text"
    _, *of_table = _judging("impact", evolve(asked, standards=(), years=()), [])
    years = [part for year in asked.years for part in ("--year", str(year))]
    tried = "all" if asked.tries_all_years else "as-law"
    arguments = ["impact", asked.original, asked.criteria.file, *of_table, "--years", tried, *years]
    return with_receipt(answer, arguments, _files(asked, files), datetime.date.today())


def _arguments(asked: PageAsked) -> Iterator[str]:
    match asked.criteria:
        case None:
            criteria = []
        case CriteriaText(file=file):
            criteria = [file]
        case identifier:
            criteria = [identifier]
    return _judging("evaluate", asked, criteria)


def _judging(command: str, asked: PageAsked, criteria: Sequence[str]) -> Iterator[str]:
    return JudgingArguments(
        command,
        _name(asked.facts),
        evolve(asked.reading, keep_going=False),
        criteria=criteria,
        standards=asked.standards,
        attestations=[*map(_name, asked.attestations)],
        years=asked.years,
        lineage=None if asked.lineage is None else _name(asked.lineage),
        keep_going=asked.reading.keep_going,
    ).in_order()


def _files(asked: PageAsked, files: Files) -> Iterator[FileSeen]:
    given = [(FileRole.FACTS, asked.facts), *((FileRole.ATTESTATIONS, one) for one in asked.attestations)]
    if asked.lineage is not None:
        given.append((FileRole.LINEAGE, asked.lineage))
    for role, name in given:
        yield content_seen(role, _name(name), files[name])
    if isinstance(asked.criteria, CriteriaText):
        yield content_seen(FileRole.CRITERIA, asked.criteria.file, asked.criteria.text.encode())


def _name(path: str) -> str:
    return Path(path).name
