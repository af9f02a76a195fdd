"""Judgements on the terminal: the verdict by clause, what is missing and what is left, beside the published result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

import click
from attrs import frozen

from ncriteria.cli.terminal.layout import VERDICT_COLOURS, fitted, terminal_width
from ncriteria.cli.terminal.unjudged import problem_lines, unjudged_lines
from ncriteria.cli.words import Words, words
from ncriteria.evaluation.explanation.grounds import ground_lines
from ncriteria.evaluation.explanation.values import Voice, fact_text
from ncriteria.evaluation.explanation.words import words as explanation_words
from ncriteria.evaluation.publication import Agreement, agreement
from ncriteria.evaluation.result import ClauseResult, Result
from ncriteria.evaluation.tables import Judgement
from ncriteria.facts.table import FactRow
from ncriteria.language.printer import show
from ncriteria.sets.model import Clause, Encodes, Group, Language, Verdict

_AGREEMENT_COLOURS = {Agreement.AGREES: "green", Agreement.OPEN: "yellow", Agreement.DIFFERS: "red"}


@frozen
class _Page:
    """What the lines are written in: the language, and the columns of the terminal."""

    language: Language
    width: int

    @property
    def said(self) -> Words:
        return words(self.language)

    def name(self, verdict: Verdict) -> str:
        return explanation_words(self.language).verdicts[verdict]

    @property
    def gutter(self) -> int:
        """The columns of a verdict that stands before a line."""
        return max(len(self.name(verdict)) for verdict in Verdict) + 4

    def beside(self, verdict: Verdict, text: str) -> Iterator[str]:
        """The lines of `text`, `verdict` before the first."""
        first, *rest = fitted(text, self.width, indent=" " * self.gutter)
        label = click.style(self.name(verdict), fg=VERDICT_COLOURS[verdict])
        yield f"  {label}{' ' * (self.gutter - 2 - len(self.name(verdict)))}{first[self.gutter :]}"
        yield from rest


def print_judgements(judgements: Sequence[Judgement], passed_over: Collection[FactRow], language: Language) -> None:
    """Print every judgement, then all verdicts in short, how they stand to the published results, and what has none.

    `passed_over` are the rows that no criteria are for.
    """
    page = _Page(language, terminal_width())
    standards = Counter((judgement.row.unit.id, judgement.row.year) for judgement in judgements)
    agreements: Counter[Agreement] = Counter()
    for judgement in judgements:
        # A published result does not say which standard it is of, so beside several it is compared with none.
        comparable = standards[judgement.row.unit.id, judgement.row.year] == 1
        relation = _relation(judgement) if comparable else None
        if relation is not None:
            agreements[relation] += 1
        click.echo("\n".join(_judgement_lines(page, judgement, relation)) + "\n")
    summary = _summary_lines(page, judgements, agreements)
    click.echo("\n".join((*summary, *unjudged_lines(judgements, passed_over, language, page.width))))


def _relation(judgement: Judgement) -> Agreement | None:
    return None if judgement.result is None else agreement(judgement.result.verdict, judgement.row.published)


def _heading(judgement: Judgement) -> str:
    row = judgement.row
    parts = (row.unit.name or row.unit.id, str(row.year), judgement.standard)
    return " · ".join(part for part in parts if part)


def _judgement_lines(page: _Page, judgement: Judgement, relation: Agreement | None) -> Iterator[str]:
    yield click.style(_heading(judgement), bold=True, underline=True)
    result = judgement.result
    if result is None:
        for problem in judgement.problems:
            yield from problem_lines(problem, page.language, page.width)
        return
    verdict = click.style(page.name(result.verdict), fg=VERDICT_COLOURS[result.verdict], bold=True)
    yield f"{page.said.computed}: {verdict}"
    yield from fitted(f"{page.said.criteria}: {result.criteria.instrument.number} ({result.criteria.id})", page.width)
    yield from _published_lines(page, judgement, relation)
    yield ""
    for outcome in result.clauses.values():
        yield from _clause_lines(page, result, outcome)
    if result.verdict is Verdict.UNDETERMINED:
        yield ""
        yield from _waiting_lines(page, result)


def _published_lines(page: _Page, judgement: Judgement, relation: Agreement | None) -> Iterator[str]:
    said, row = page.said, judgement.row
    if row.published is not None:
        told = {Agreement.AGREES: said.agrees, Agreement.OPEN: said.consistent, Agreement.DIFFERS: said.differs}
        line = f"{said.published}: {row.published}"
        if relation is None:
            yield from fitted(line, page.width)
        else:
            lines = fitted(f"{line} — {told[relation]}", page.width)
            yield from (click.style(one, fg=_AGREEMENT_COLOURS[relation]) for one in lines)
    if row.note is not None:
        yield from fitted(explanation_words(page.language).note.format(row.note), page.width)


def _clause_lines(page: _Page, result: Result, outcome: ClauseResult) -> Iterator[str]:
    clause = outcome.clause
    first, *rest = page.beside(outcome.verdict, f"{outcome.path}  {clause.title.text(page.language)}")
    yield first.replace(outcome.path, click.style(outcome.path, bold=True), 1) if isinstance(clause, Group) else first
    yield from rest
    for line in ground_lines(result, outcome, page.language):
        yield from fitted(line, page.width, indent=" " * (page.gutter + 2))
    if isinstance(clause, Clause) and clause.encodes is Encodes.NOT_ENCODED:
        reason = explanation_words(page.language).encodes[Encodes.NOT_ENCODED]
        yield from fitted(f"? {reason}", page.width, indent=" " * (page.gutter + 2))


def _waiting_lines(page: _Page, result: Result) -> Iterator[str]:
    said, voice = page.said, Voice(page.language, result.criteria)
    titles = {name: declared.title.text(page.language) for name, declared in result.criteria.parameters.items()}
    for heading, items in (
        (said.missing, [f"{fact_text(voice, key)} [{key}]" for key in result.missing]),
        (said.open_parameters, [f"{titles[name]} [param.{name}]" for name in result.open.parameters]),
        (said.not_encoded, list(result.open.clauses)),
        (said.roll_ups, [path for _, path in result.open.roll_ups]),
        (said.residual, [show(result.residual)]),
    ):
        if items:
            yield click.style(f"{heading}:", fg="yellow")
            for item in items:
                yield from fitted(f"- {item}", page.width, indent="  ")


def _summary_lines(page: _Page, judgements: Sequence[Judgement], agreements: Counter[Agreement]) -> Iterator[str]:
    if not judgements:
        yield page.said.nothing
        return
    results = [(judgement, judgement.result) for judgement in judgements if judgement.result is not None]
    counts = _counts(page, [result.verdict for _, result in results])
    yield click.style(page.said.summary.format(counts or "0"), bold=True)
    for judgement, result in results:
        clauses = [one.verdict for one in result.clauses.values() if isinstance(one.clause, Clause)]
        published = judgement.row.published
        beside = "" if published is None else f"; {page.said.published.lower()}: {published}"
        text = f"{_heading(judgement)}: {_counts(page, clauses)}{beside}"
        yield from page.beside(result.verdict, text)
    if agreements:
        counted = (agreements[kind] for kind in (Agreement.AGREES, Agreement.OPEN, Agreement.DIFFERS))
        lines = fitted(page.said.published_summary.format(*counted), page.width)
        yield from (click.style(line, bold=True) for line in lines)


def _counts(page: _Page, verdicts: Sequence[Verdict]) -> str:
    counted = Counter(verdicts)
    return ", ".join(f"{counted[verdict]} {page.name(verdict).lower()}" for verdict in Verdict if counted[verdict])
