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
from ncriteria.report.sheets.edits.comparisons import (
    compared_findings,
    compared_relations,
    differences_sheet,
    relations_sheet,
)
from ncriteria.report.sheets.edits.coverage import impact_findings
from ncriteria.report.sheets.edits.edit_words import EditVoice
from ncriteria.report.sheets.edits.impacts import flips_sheet, grades_sheet, parents_sheet, transitions_sheet
from ncriteria.report.sheets.problems import UnjudgedRow, problems_sheet
from ncriteria.report.sheets.sheet import Sheet
from ncriteria.report.sheets.tables import TablesTold, each_once
from ncriteria.words import Language, words


def impacted(found: Impact, language: Language, problems: Sequence[Problem] = ()) -> Answer:
    """What `impact` found; a file of one table has the units that flip, with the causes."""
    sheets = _impact_sheets(found, language, problems)
    told = TablesTold(
        lambda spoken: words(spoken)("Impact of a change of criteria"),
        lambda spoken: tuple(impact_findings(found, spoken)),
        lambda spoken: _impact_sheets(found, spoken, problems),
        each_once([found.old, found.new]),
        is_signed=True,
    )
    head = Impacted(evolve(found, touched=lambda _: iter(())))
    return Answer("impact", language, head, "flips", found.flips, sheets[0], sheets, None, tuple(problems), tables=told)


def _impact_sheets(found: Impact, language: Language, problems: Sequence[Problem]) -> tuple[Sheet, ...]:
    unjudged = [UnjudgedRow(None, found.new.standard, (problem,)) for problem in problems]
    return (
        flips_sheet(found, language),
        transitions_sheet(found, language),
        parents_sheet(found, language),
        *([grades_sheet(found, language)] if found.grades else []),
        problems_sheet(unjudged, (), (), language),
    )


def compared(comparison: Comparison, language: Language) -> Answer:
    """What `compare` found; a file of one table has the differences."""
    sheets = _compared_sheets(comparison, language)
    told = TablesTold(
        lambda spoken: words(spoken)("Two criteria sets compared"),
        lambda spoken: tuple(compared_findings(comparison, spoken)),
        lambda spoken: _compared_sheets(comparison, spoken),
        each_once([comparison.old, comparison.new]),
        is_signed=False,
    )

    def listed() -> Iterable[object]:
        return (*comparison.differences, *comparison.clauses, *comparison.grades)

    return Answer("compare", language, Compared(comparison), "differences", listed, sheets[0], sheets, tables=told)


def _compared_sheets(comparison: Comparison, language: Language) -> tuple[Sheet, ...]:
    voice = EditVoice(language, comparison.old, comparison.new)
    relations = relations_sheet(tuple(compared_relations(comparison)), voice)
    return differences_sheet(comparison, language), relations
