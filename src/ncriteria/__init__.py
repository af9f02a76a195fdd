"""Judge Vietnamese communes against public-security criteria: exact, cited, and honest about what is missing.

Criteria are dated files in a small declarative language. A verdict is met, not met, undetermined or not applicable;
an undetermined one names the facts that can still change it and the condition that is left.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ncriteria.analysis.comparison.compare import Comparison, compare
    from ncriteria.analysis.impact.above import AboveImpact
    from ncriteria.analysis.impact.causes import Cause
    from ncriteria.analysis.impact.counts import FlipKind, Transitions
    from ncriteria.analysis.impact.flips import Flip
    from ncriteria.analysis.impact.impact import Impact, OfYear, impact
    from ncriteria.analysis.lint.warnings import lint
    from ncriteria.analysis.proof.prove import Proof, ProofError, prove
    from ncriteria.analysis.proof.relation import ClauseRelation, Relation, Witness
    from ncriteria.analysis.room.rooms import ClauseRoom, FactRoom, NearMiss, Progress, Room, room
    from ncriteria.analysis.room.value_sets import Choices, NumberRange, ValueSet
    from ncriteria.errors import ArgumentError, CellPlace, NCriteriaError, Problem, TextPlace
    from ncriteria.evaluation.attesting.attested_tables import attest, read_attestations
    from ncriteria.evaluation.columns.asked.bounds import TableBounds
    from ncriteria.evaluation.columns.asked.parting import table_bounds, unit_families
    from ncriteria.evaluation.columns.table import RowByRowWarning, evaluate_table
    from ncriteria.evaluation.compiled import CompiledCriteria, compile_criteria
    from ncriteria.evaluation.criteria import Catalog, Criteria, catalog, load, loads
    from ncriteria.evaluation.errors import EvaluationError
    from ncriteria.evaluation.records.comparisons import Ground
    from ncriteria.evaluation.records.grounds import Open
    from ncriteria.evaluation.records.record import Record
    from ncriteria.evaluation.result import ClauseResult, Result, Verdicts
    from ncriteria.evaluation.self_tests import TestOutcome, run_tests
    from ncriteria.evaluation.table_years.judgement import Judgement
    from ncriteria.evaluation.tables import evaluate_rows, passed_over
    from ncriteria.facts.attestations.model import Attestation
    from ncriteria.facts.checks.doubts import TableWarning
    from ncriteria.facts.lineage.changes import Change, Share
    from ncriteria.facts.lineage.model import Lineage, Reform
    from ncriteria.facts.lineage.reading import read as read_lineage
    from ncriteria.facts.lineage.reading import read_text as read_lineage_text
    from ncriteria.facts.options import ReadingOptions
    from ncriteria.facts.readers import read as read_facts
    from ncriteria.facts.readers import read_text as read_facts_text
    from ncriteria.facts.table import FactRow, FactsError, FactTable, Unit
    from ncriteria.language.parser import parse
    from ncriteria.language.printer import show
    from ncriteria.language.source import ExpressionError
    from ncriteria.language.tree import Expr, FactKey
    from ncriteria.language.values import UNKNOWN, AtLeast, AtMost
    from ncriteria.sets.catalog import ChoiceError
    from ncriteria.sets.errors import CriteriaError
    from ncriteria.sets.model import CriteriaSet, Level, RollUp, Verdict

    reads_facts = read_facts_text

__version__ = "0.1.0"

__all__ = [
    "UNKNOWN",
    "AboveImpact",
    "ArgumentError",
    "AtLeast",
    "AtMost",
    "Attestation",
    "Catalog",
    "Cause",
    "CellPlace",
    "Change",
    "ChoiceError",
    "Choices",
    "ClauseRelation",
    "ClauseResult",
    "ClauseRoom",
    "Comparison",
    "CompiledCriteria",
    "Criteria",
    "CriteriaError",
    "CriteriaSet",
    "EvaluationError",
    "Expr",
    "ExpressionError",
    "FactKey",
    "FactRoom",
    "FactRow",
    "FactTable",
    "FactsError",
    "Flip",
    "FlipKind",
    "Ground",
    "Impact",
    "Judgement",
    "Level",
    "Lineage",
    "NCriteriaError",
    "NearMiss",
    "NumberRange",
    "OfYear",
    "Open",
    "Problem",
    "Progress",
    "Proof",
    "ProofError",
    "ReadingOptions",
    "Record",
    "Reform",
    "Relation",
    "Result",
    "RollUp",
    "Room",
    "RowByRowWarning",
    "Share",
    "TableBounds",
    "TableWarning",
    "TestOutcome",
    "TextPlace",
    "Transitions",
    "Unit",
    "ValueSet",
    "Verdict",
    "Verdicts",
    "Witness",
    "attest",
    "catalog",
    "compare",
    "compile_criteria",
    "evaluate_rows",
    "evaluate_table",
    "impact",
    "lint",
    "load",
    "loads",
    "parse",
    "passed_over",
    "prove",
    "read_attestations",
    "read_facts",
    "read_facts_text",
    "read_lineage",
    "read_lineage_text",
    "room",
    "run_tests",
    "show",
    "table_bounds",
    "unit_families",
]

_HOMES = {
    "ArgumentError": ("ncriteria.errors", "ArgumentError"),
    "AtLeast": ("ncriteria.language.values", "AtLeast"),
    "AtMost": ("ncriteria.language.values", "AtMost"),
    "Attestation": ("ncriteria.facts.attestations.model", "Attestation"),
    "Catalog": ("ncriteria.evaluation.criteria", "Catalog"),
    "Cause": ("ncriteria.analysis.impact.causes", "Cause"),
    "CellPlace": ("ncriteria.errors", "CellPlace"),
    "ChoiceError": ("ncriteria.sets.catalog", "ChoiceError"),
    "Change": ("ncriteria.facts.lineage.changes", "Change"),
    "Choices": ("ncriteria.analysis.room.value_sets", "Choices"),
    "ClauseRelation": ("ncriteria.analysis.proof.relation", "ClauseRelation"),
    "ClauseResult": ("ncriteria.evaluation.result", "ClauseResult"),
    "ClauseRoom": ("ncriteria.analysis.room.rooms", "ClauseRoom"),
    "Comparison": ("ncriteria.analysis.comparison.compare", "Comparison"),
    "CompiledCriteria": ("ncriteria.evaluation.compiled", "CompiledCriteria"),
    "Criteria": ("ncriteria.evaluation.criteria", "Criteria"),
    "CriteriaError": ("ncriteria.sets.errors", "CriteriaError"),
    "CriteriaSet": ("ncriteria.sets.model", "CriteriaSet"),
    "EvaluationError": ("ncriteria.evaluation.errors", "EvaluationError"),
    "Expr": ("ncriteria.language.tree", "Expr"),
    "ExpressionError": ("ncriteria.language.source", "ExpressionError"),
    "FactKey": ("ncriteria.language.tree", "FactKey"),
    "FactRoom": ("ncriteria.analysis.room.rooms", "FactRoom"),
    "FactRow": ("ncriteria.facts.table", "FactRow"),
    "FactsError": ("ncriteria.facts.table", "FactsError"),
    "FactTable": ("ncriteria.facts.table", "FactTable"),
    "AboveImpact": ("ncriteria.analysis.impact.above", "AboveImpact"),
    "OfYear": ("ncriteria.analysis.impact.impact", "OfYear"),
    "Flip": ("ncriteria.analysis.impact.flips", "Flip"),
    "FlipKind": ("ncriteria.analysis.impact.counts", "FlipKind"),
    "Ground": ("ncriteria.evaluation.records.comparisons", "Ground"),
    "Impact": ("ncriteria.analysis.impact.impact", "Impact"),
    "Judgement": ("ncriteria.evaluation.table_years.judgement", "Judgement"),
    "Level": ("ncriteria.sets.model", "Level"),
    "Lineage": ("ncriteria.facts.lineage.model", "Lineage"),
    "NCriteriaError": ("ncriteria.errors", "NCriteriaError"),
    "NearMiss": ("ncriteria.analysis.room.rooms", "NearMiss"),
    "NumberRange": ("ncriteria.analysis.room.value_sets", "NumberRange"),
    "Open": ("ncriteria.evaluation.records.grounds", "Open"),
    "Problem": ("ncriteria.errors", "Problem"),
    "Progress": ("ncriteria.analysis.room.rooms", "Progress"),
    "Proof": ("ncriteria.analysis.proof.prove", "Proof"),
    "ProofError": ("ncriteria.analysis.proof.prove", "ProofError"),
    "ReadingOptions": ("ncriteria.facts.options", "ReadingOptions"),
    "Record": ("ncriteria.evaluation.records.record", "Record"),
    "Reform": ("ncriteria.facts.lineage.model", "Reform"),
    "Relation": ("ncriteria.analysis.proof.relation", "Relation"),
    "Result": ("ncriteria.evaluation.result", "Result"),
    "RollUp": ("ncriteria.sets.model", "RollUp"),
    "Room": ("ncriteria.analysis.room.rooms", "Room"),
    "RowByRowWarning": ("ncriteria.evaluation.columns.table", "RowByRowWarning"),
    "Share": ("ncriteria.facts.lineage.changes", "Share"),
    "TableBounds": ("ncriteria.evaluation.columns.asked.bounds", "TableBounds"),
    "TableWarning": ("ncriteria.facts.checks.doubts", "TableWarning"),
    "TestOutcome": ("ncriteria.evaluation.self_tests", "TestOutcome"),
    "TextPlace": ("ncriteria.errors", "TextPlace"),
    "Transitions": ("ncriteria.analysis.impact.counts", "Transitions"),
    "UNKNOWN": ("ncriteria.language.values", "UNKNOWN"),
    "Unit": ("ncriteria.facts.table", "Unit"),
    "ValueSet": ("ncriteria.analysis.room.value_sets", "ValueSet"),
    "Verdict": ("ncriteria.sets.model", "Verdict"),
    "Verdicts": ("ncriteria.evaluation.result", "Verdicts"),
    "Witness": ("ncriteria.analysis.proof.relation", "Witness"),
    "attest": ("ncriteria.evaluation.attesting.attested_tables", "attest"),
    "catalog": ("ncriteria.evaluation.criteria", "catalog"),
    "compare": ("ncriteria.analysis.comparison.compare", "compare"),
    "compile_criteria": ("ncriteria.evaluation.compiled", "compile_criteria"),
    "evaluate_rows": ("ncriteria.evaluation.tables", "evaluate_rows"),
    "passed_over": ("ncriteria.evaluation.tables", "passed_over"),
    "table_bounds": ("ncriteria.evaluation.columns.asked.parting", "table_bounds"),
    "unit_families": ("ncriteria.evaluation.columns.asked.parting", "unit_families"),
    "evaluate_table": ("ncriteria.evaluation.columns.table", "evaluate_table"),
    "impact": ("ncriteria.analysis.impact.impact", "impact"),
    "lint": ("ncriteria.analysis.lint.warnings", "lint"),
    "load": ("ncriteria.evaluation.criteria", "load"),
    "loads": ("ncriteria.evaluation.criteria", "loads"),
    "parse": ("ncriteria.language.parser", "parse"),
    "prove": ("ncriteria.analysis.proof.prove", "prove"),
    "read_attestations": ("ncriteria.evaluation.attesting.attested_tables", "read_attestations"),
    "read_facts": ("ncriteria.facts.readers", "read"),
    "read_facts_text": ("ncriteria.facts.readers", "read_text"),
    "read_lineage": ("ncriteria.facts.lineage.reading", "read"),
    "read_lineage_text": ("ncriteria.facts.lineage.reading", "read_text"),
    "room": ("ncriteria.analysis.room.rooms", "room"),
    "run_tests": ("ncriteria.evaluation.self_tests", "run_tests"),
    "show": ("ncriteria.language.printer", "show"),
}


_RENAMED = {"Span": "NumberRange", "reads_facts": "read_facts_text"}
"""What public names that were are called now."""


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that importing the package costs little.

    A name as it was gives what it names, with a warning.
    """
    if name in _RENAMED:
        from warnings import warn

        warn(f"`ncriteria.{name}` is now called `ncriteria.{_RENAMED[name]}`", DeprecationWarning, stacklevel=2)
        return __getattr__(_RENAMED[name])
    if name not in _HOMES:
        raise AttributeError(f"module 'ncriteria' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    found: object = getattr(import_module(module), attribute)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
