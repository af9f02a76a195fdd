"""The dossier of an edit, made ready to be written."""

from __future__ import annotations

from ncriteria.report.answers.answer import Answer
from ncriteria.report.dossier.model import Dossier
from ncriteria.report.dossier.relations import relations_of
from ncriteria.report.dossier.statements import FOOTINGS, statements
from ncriteria.report.records.dossier import EditTold
from ncriteria.report.sheets.edits.comparisons import differences_sheet, relations_sheet
from ncriteria.report.sheets.edits.edit_words import EditVoice
from ncriteria.report.sheets.edits.impacts import (
    flips_sheet,
    parents_sheet,
    touched_by_year_sheet,
    transitions_sheet,
)
from ncriteria.report.sheets.edits.rule_tests import slips_sheet, untried_sheet
from ncriteria.report.sheets.receipts import receipt_sheet
from ncriteria.report.sheets.sheet import Column, Kind, Sheet, by_option
from ncriteria.words import Language


def gathered(dossier: Dossier, language: Language) -> Answer:
    """The dossier; a file of one table has what whoever signs may rely on."""
    voice = EditVoice(language, dossier.old, dossier.new)
    related = relations_of(dossier.comparison, dossier.proof)
    relations = [(one.years, relation) for one in related for relation in one.all]
    table, found, tests = _statements_sheet(dossier, voice), dossier.impact, dossier.tests
    sheets = [table, differences_sheet(dossier.comparison, language), relations_sheet(relations, voice)]
    if found is not None:
        sheets += [flips_sheet(found, language), touched_by_year_sheet(found, language)]
        sheets += [transitions_sheet(found, language), parents_sheet(found, language)]
    sheets += [] if tests.coverage is None else [untried_sheet(tests.coverage, voice)]
    sheets += [] if tests.mutations is None else [slips_sheet(tests.mutations, voice)]
    sheets += [] if dossier.receipt is None else [receipt_sheet(dossier.receipt, language)]
    told = statements(dossier, language)
    return Answer(
        "dossier",
        language,
        EditTold(dossier),
        "statements",
        lambda: told,
        table,
        tuple(sheets),
        problems=dossier.problems,
        receipt=dossier.receipt,
        dossier=dossier,
    )


def _statements_sheet(dossier: Dossier, voice: EditVoice) -> Sheet:
    """A row for each statement."""
    say = voice.say
    columns = (
        Column("footing", say("What it rests on"), Kind.NAME, 44, by_option(FOOTINGS)),
        Column("text", say("What is said"), width=110),
    )
    title = say("What whoever signs may rely on")
    rows = statements(dossier, voice.language)
    return Sheet("statements", title, columns, lambda: ((one.footing, one.text) for one in rows))
