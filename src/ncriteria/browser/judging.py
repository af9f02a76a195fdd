"""A table judged, and what an edited set does to it: what the command line tells of the same, with what it warns of."""

from __future__ import annotations

import io
from collections.abc import Sequence

from ncriteria.analysis.impact.common_facts import facts_of_a_table
from ncriteria.analysis.impact.impact import Impact, impact
from ncriteria.browser.asked import CriteriaText, PageAsked
from ncriteria.browser.reading import ReadFor
from ncriteria.errors import Problem
from ncriteria.evaluation.criteria import Catalog, Criteria, catalog, loads
from ncriteria.evaluation.table_years.judgement import Judgement
from ncriteria.evaluation.tables import evaluate_rows, passed_over
from ncriteria.evaluation.unjudged import failures
from ncriteria.facts.table import FactRow, FactTable
from ncriteria.quick_classes import frozen
from ncriteria.report.answers.answer import Answer
from ncriteria.report.answers.judged import evaluated
from ncriteria.report.documents import document, json_text
from ncriteria.report.receipts.receipt import Receipt
from ncriteria.report.writing.json_lines import write_json
from ncriteria.sets.model import CriteriaSet
from ncriteria.words import Language


@frozen
class TableInBrowser:
    """The judgements that were asked for, and the rows that no criteria are for."""

    judgements: tuple[Judgement, ...]
    others: tuple[FactRow, ...]

    @property
    def problems(self) -> list[Problem]:
        """Why rows could not be judged."""
        return failures(self.judgements)

    def answer(self, left_out: Sequence[Problem], language: Language, receipt: Receipt) -> Answer:
        """What `ncriteria evaluate` finds; it ends with the rows that failed, or else with what was left out."""
        return evaluated(self.judgements, self.others, left_out, language, self.problems or left_out, receipt)


def judged(asked: PageAsked, criteria: Catalog | Criteria, table: FactTable) -> TableInBrowser:
    """The table judged: its rows of the years, and under the standards, that are asked for."""

    def wanted(row: FactRow) -> bool:
        return not asked.years or row.year in asked.years

    found = evaluate_rows(table, criteria, standards=asked.standards or None, wanted=wanted)
    return TableInBrowser(tuple(found), tuple(passed_over(table, criteria, wanted, standards=asked.standards)))


@frozen
class EditedSet:
    """A set that comes with the library, and the text of a page that takes its place."""

    old: CriteriaSet
    new: CriteriaSet
    around: Catalog

    def read_for(self) -> ReadFor:
        """What a table is read for that both sets judge."""
        sets = self.around.sets.sets
        others = [one for one in sets if one.id not in (self.old.id, self.new.id)]
        return ReadFor(facts_of_a_table(self.old, self.new, sets), [self.old, self.new, *others], self.old.level)

    def impact(self, asked: PageAsked, table: FactTable) -> Impact:
        """What the edit does to a table."""
        return impact(
            self.old,
            self.new,
            table,
            years="all" if asked.tries_all_years else "as-law",
            around=self.around,
            in_years=asked.years or None,
        )


def edit_of(text: CriteriaText, original: str) -> EditedSet:
    """The text in the place of the shipped set `original`; raises `CriteriaError` with every problem of the text."""
    around = catalog()
    return EditedSet(around[original].definition, loads(text.text, file=text.file).definition, around)


def impact_problems(found: Impact) -> list[Problem]:
    """Why rows, and the units above them, could not be judged."""
    return [*found.problems, *(problem for above in found.above for problem in above.problems)]


def json_of(answer: Answer) -> str:
    """What the command line prints of an answer with `--json`."""
    written = io.BytesIO()
    write_json(answer, written)
    return written.getvalue().decode().removesuffix("\n")


def refused_json(command: str, problems: Sequence[Problem]) -> str:
    """What the command line prints with `--json` where nothing was found for these problems."""
    return json_text(document(command, {}, problems))
