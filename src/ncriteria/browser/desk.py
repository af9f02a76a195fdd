"""A desk: questions of a page in, answers as JSON out. It keeps what was read and judged last."""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

from attrs import field

from ncriteria import __version__
from ncriteria.browser.answering import Found, answered
from ncriteria.browser.asked import CriteriaText, PageAsked, asked_in, criteria_asked
from ncriteria.browser.judging import edit_of, impact_problems, json_of, judged, refused_json
from ncriteria.browser.reading import Files, ReadFor, TableAsRead, read_for, table_asked
from ncriteria.browser.receipts import receipt_for, receipted_edit
from ncriteria.browser.rules import rules_of
from ncriteria.errors import NCriteriaError
from ncriteria.evaluation.tables import years_of
from ncriteria.quick_classes import define
from ncriteria.report.account import account_lines
from ncriteria.report.answers.answer import Answer
from ncriteria.report.answers.edits import impacted
from ncriteria.report.page import page_html
from ncriteria.report.writing.formats import FORMATS
from ncriteria.sets.catalog import load_catalog
from ncriteria.sets.model import CriteriaSet
from ncriteria.words import Language


@define
class Desk:
    """Answers a page. A question is a JSON text (`PageAsked`), with the files that it names; its answer is a JSON text.

    Each answer has `problems` and `warnings`: code, the text that people read in the language asked for, and the place.
    Nothing that goes wrong leaves a question without an answer.
    """

    _read: tuple[object, TableAsRead] | None = field(default=None, init=False)
    _answers: dict[str, Answer] = field(factory=dict, init=False)

    def sets(self) -> str:
        """The shipped sets: identifier, title, standard, level, years, territory, and the text of each."""
        return answered(
            lambda: "vi", lambda: {"ncriteria": __version__, "sets": [*map(_told_set, load_catalog().sets)]}
        )

    def look(self, question: str, files: Files) -> str:
        """How a table is read: `account` line by line, its `years`, and how many `units`."""
        return _asking(question, lambda asked: self._look(asked, files))

    def judge(self, question: str, files: Files) -> str:
        """The verdicts on a table: `json` is what `ncriteria evaluate --json` prints of it."""
        return _asking(question, lambda asked: self._judge(asked, files))

    def page(self, question: str) -> str:
        """The verdicts that were judged last as a page of their own (`ncriteria.report.page`): its text is `html`."""
        return _asking(question, self._page)

    def impact(self, question: str, files: Files) -> str:
        """What an edited set does to a table: `json` is what `ncriteria impact --json` prints of it."""
        return _asking(question, lambda asked: self._impact(asked, files))

    def written(self, command: str, question: str) -> str:
        """The file that `-o` writes of the last answer to `evaluate` or `impact`, in base 64: its `content`."""
        return _asking(question, lambda asked: self._written(command, asked))

    def rules(self, question: str) -> str:
        """The rules that stand in the text of a set, each with its place, and what the tests of the text say."""
        return _asking(question, lambda asked: rules_of(_text(asked), asked.language))

    def _look(self, asked: PageAsked, files: Files) -> Found:
        criteria = criteria_asked(asked)
        read = self._table(asked, read_for(criteria), files)
        return {
            "account": [*account_lines(read.facts, asked.language)],
            "years": sorted({row.year for row in years_of(read.facts, criteria)}),
            "units": len({row.unit.id for row in read.facts.rows}),
            "warnings": read.warnings,
            "problems": read.facts.problems,
        }

    def _judge(self, asked: PageAsked, files: Files) -> Found:
        self._answers.pop("evaluate", None)
        try:
            criteria = criteria_asked(asked)
            read = self._table(asked, read_for(criteria), files)
            found = judged(asked, criteria, read.facts)
        except NCriteriaError as error:
            return _refused("evaluate", error)
        receipt = receipt_for(asked, found.judgements, files)
        answer = self._answers["evaluate"] = found.answer(read.facts.problems, asked.language, receipt)
        # The command line ends with the one or the other; a page has room for both.
        problems = [*found.problems, *read.facts.problems]
        return {"json": json_of(answer), "warnings": read.warnings, "problems": problems}

    def _page(self, asked: PageAsked) -> Found:
        last = self._answers["evaluate"]
        html = page_html(last.judgements or (), asked.language, invented=asked.is_invented, receipt=last.receipt)
        return {"html": html}

    def _impact(self, asked: PageAsked, files: Files) -> Found:
        self._answers.pop("impact", None)
        try:
            edit = edit_of(_text(asked), asked.original)
            read = self._table(asked, edit.read_for(), files)
            found = edit.impact(asked, read.facts)
            problems = impact_problems(found)
            answer = receipted_edit(impacted(found, asked.language, problems), asked, files)
            told = json_of(answer)
        except NCriteriaError as error:
            return _refused("impact", error)
        self._answers["impact"] = answer
        return {"json": told, "warnings": read.warnings, "problems": problems}

    def _written(self, command: str, asked: PageAsked) -> Found:
        written = io.BytesIO()
        FORMATS[asked.ending].write(self._answers[command], written)
        return {"content": b64encode(written.getvalue()).decode("ascii")}

    def _table(self, asked: PageAsked, purpose: ReadFor, files: Files) -> TableAsRead:
        """The table that is asked about, which is read again only where something of it is another."""
        key = asked.facts, asked.attestations, asked.lineage, asked.reading, purpose, files
        if self._read is None or self._read[0] != key:
            self._read = key, table_asked(asked, purpose, files)
        return self._read[1]


def _asking(question: str, find: Callable[[PageAsked], Found]) -> str:
    """The answer to a question; one that is no question is answered, too."""
    language: Language = "vi"

    def found() -> Found:
        nonlocal language
        asked = asked_in(question)
        language = asked.language
        return find(asked)

    return answered(lambda: language, found)


def _text(asked: PageAsked) -> CriteriaText:
    if not isinstance(asked.criteria, CriteriaText):
        raise TypeError("a question about the text of a set comes without one")
    return asked.criteria


def _refused(command: str, error: NCriteriaError) -> Found:
    """What the command line prints of an error, and the problems of it."""
    return {"json": refused_json(command, error.problems), "problems": error.problems}


def _shipped() -> Found:
    return {"ncriteria": __version__, "sets": [*map(_told_set, load_catalog().sets)]}


def _told_set(criteria: CriteriaSet) -> Found:
    return {
        "id": criteria.id,
        "title": {"vi": criteria.title.vi, "en": criteria.title.en},
        "standard": criteria.standard,
        "level": criteria.level.value,
        "years": [criteria.years.first, criteria.years.last],
        "territory": criteria.territory,
        "text": Path(criteria.source or "").read_text(encoding="utf-8"),
    }
