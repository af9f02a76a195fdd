"""The explanation of a result as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from ncriteria.evaluation.explanation.statements import Statement, statements
from ncriteria.evaluation.explanation.values import Voice, fact_text
from ncriteria.evaluation.records.grounds import Open
from ncriteria.evaluation.result import ClauseResult, Result
from ncriteria.language.printer import show
from ncriteria.language.tree import Boolean, FactKey
from ncriteria.language.values import Value
from ncriteria.sets.model import Citation, Clause, Encodes, Group, Verdict
from ncriteria.sets.names import BASES, COMBINATIONS, ENCODES, VERDICTS
from ncriteria.words import Language

_INDENT = "  "


def explain(result: Result, language: Language) -> str:
    """The whole result: the verdict, then every clause with its grounds."""
    voice = Voice(language, result.criteria)
    lines = [*_heading(voice, result)]
    for outcome in result.clauses.values():
        depth = outcome.path.count("/")
        lines += [_INDENT * depth + line for line in clause_lines(voice, outcome)]
    if result.verdict is Verdict.UNDETERMINED:
        lines += ["", *_waiting(voice, result.missing, result.open)]
    return "\n".join(lines)


def _heading(voice: Voice, result: Result) -> Iterator[str]:
    say, criteria = voice.say, result.criteria
    year = f" ({say('year {year}', year=result.year)})" if result.year is not None else ""
    yield f"{say.this(VERDICTS[result.verdict]).upper()}: {criteria.title.text(voice.language)}{year}"
    instrument = criteria.instrument
    issued = f", {say('issued {day}', day=instrument.issued)}" if instrument.issued else ""
    yield say("Source: {source}", source=f"{instrument.number} ({instrument.issuer.text(voice.language)}{issued})")
    if criteria.note is not None:
        yield say("Note: {note}", note=criteria.note.text(voice.language))
    yield ""


def clause_lines(voice: Voice, outcome: ClauseResult) -> list[str]:
    """One clause or group: its verdict and title, then the grounds, each line indented."""
    clause = outcome.clause
    title = clause.title.text(voice.language)
    head = f"[{voice.say.this(VERDICTS[outcome.verdict])}] {clause.path}: {title}"
    if isinstance(clause, Group):
        head += f" ({combination_text(voice, clause)})"
    lines = [head]
    lines += [_INDENT * 2 + line for line in _grounds(voice, outcome)]
    return lines


def combination_text(voice: Voice, group: Group) -> str:
    """How many members of a group must be met."""
    return voice.say.this(COMBINATIONS[group.combination], minimum=group.minimum)


def _grounds(voice: Voice, outcome: ClauseResult) -> Iterator[str]:
    say, clause = voice.say, outcome.clause
    if outcome.verdict is Verdict.NOT_APPLICABLE:
        yield say("Does not apply here")
    if outcome.applies_when is not None:
        yield f"{say('Applies when')}:"
        yield from statement_lines(statements(voice, outcome.applies_when), 1)
    if outcome.rule is not None and outcome.verdict is not Verdict.NOT_APPLICABLE:
        yield from statement_lines(statements(voice, outcome.rule), 0)
    if outcome.verdict is Verdict.UNDETERMINED and isinstance(clause, Clause):
        yield from _waiting(voice, outcome.missing, outcome.open)
        if not isinstance(outcome.residual, Boolean) and clause.encodes is not Encodes.NOT_ENCODED:
            yield say("Left to decide: {condition}", condition=show(outcome.residual))
    for citation in clause.cite:
        yield say("Source: {source}", source=citation_text(voice, citation))
    if isinstance(clause, Clause):
        yield say("Encodes the law: {faithfulness}", faithfulness=say.this(ENCODES[clause.encodes]))
    if clause.note is not None:
        yield say("Note: {note}", note=clause.note.text(voice.language))


def citation_text(voice: Voice, citation: Citation) -> str:
    """The instrument, the place in it, and how much of its text is known."""
    where = f"{citation.instrument}, {citation.at}" if citation.at else citation.instrument
    if citation.basis is None:
        return where
    return f"{where} ({voice.say('text: {basis}', basis=voice.say.this(BASES[citation.basis]))})"


def statement_lines(told: tuple[Statement, ...], depth: int) -> Iterator[str]:
    """The statements with their marks, those that others rest on indented below them."""
    for statement in told:
        yield f"{_INDENT * depth}{_mark(statement.value)} {statement.text}"
        yield from statement_lines(statement.parts, depth + 1)


def _mark(value: Value) -> str:
    return {True: "✓", False: "✗"}[value] if isinstance(value, bool) else "?"


def _waiting(voice: Voice, missing: tuple[FactKey, ...], waiting: Open) -> Iterator[str]:
    say = voice.say
    if missing:
        yield say("Missing: {facts}", facts="; ".join(fact_text(voice, key) for key in missing))
    if waiting.parameters:
        titles = (voice.criteria.parameters[name].title.text(voice.language) for name in waiting.parameters)
        yield say("Left open by the text: {parameters}", parameters="; ".join(titles))
    if waiting.clauses:
        yield say("Not encoded: {clauses}", clauses="; ".join(waiting.clauses))
    if waiting.roll_ups:
        yield say("Waiting for the units inside: {clauses}", clauses="; ".join(path for _, path in waiting.roll_ups))
