"""What `impact` and `compare` find of an edit, made ready to be written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import evolve

from ncriteria.analysis.comparison.compare import Comparison
from ncriteria.analysis.impact.impact import Impact
from ncriteria.errors import Problem
from ncriteria.report.answers.answer import Answer
from ncriteria.report.records.impact import Impacted
from ncriteria.report.records.relation import Compared
from ncriteria.report.sheets.edits.comparisons import compared_relations, differences_sheet, relations_sheet
from ncriteria.report.sheets.edits.edit_words import EditVoice
from ncriteria.report.sheets.edits.impacts import flips_sheet, parents_sheet, transitions_sheet
from ncriteria.report.sheets.problems import UnjudgedRow, problems_sheet
from ncriteria.words import Language


def impacted(found: Impact, language: Language, problems: Sequence[Problem] = ()) -> Answer:
    """What `impact` found; a file of one table has the units that flip, with the causes."""
    table = flips_sheet(found, language)
    unjudged = [UnjudgedRow(None, found.new.standard, (problem,)) for problem in problems]
    sheets = (
        table,
        transitions_sheet(found, language),
        parents_sheet(found, language),
        problems_sheet(unjudged, (), (), language),
    )
    head = Impacted(evolve(found, touched=lambda _: iter(())))
    return Answer("impact", language, head, "flips", found.flips, table, sheets, None, tuple(problems))


def compared(comparison: Comparison, language: Language) -> Answer:
    """What `compare` found; a file of one table has the differences."""
    table = differences_sheet(comparison, language)
    voice = EditVoice(language, comparison.old, comparison.new)
    sheets = (table, relations_sheet(tuple(compared_relations(comparison)), voice))

    def listed() -> Iterable[object]:
        return (*comparison.differences, *comparison.clauses)

    return Answer("compare", language, Compared(comparison), "differences", listed, table, sheets)
