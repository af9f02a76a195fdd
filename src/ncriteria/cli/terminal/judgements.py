"""Judgements on the terminal: the verdict by clause, what is missing and what is left, beside the published result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

import click

from ncriteria.cli.console.layout import VERDICT_COLOURS, fitted, heading, terminal_width
from ncriteria.cli.terminal.unjudged import problem_lines
from ncriteria.evaluation.explanation.conditions import condition_lines
from ncriteria.evaluation.explanation.grounds import ground_lines
from ncriteria.evaluation.explanation.sources import act_text, awaited_lines, unlike_most_lines
from ncriteria.evaluation.explanation.text import graded_lines, missing_text, time_lines
from ncriteria.evaluation.explanation.values import Voice, attested_text, clause_name
from ncriteria.evaluation.explanation.wording import waiting_text
from ncriteria.evaluation.publication import AGREEMENTS, Agreement, agreement
from ncriteria.evaluation.result import ClauseResult, Result
from ncriteria.evaluation.table_years.judgement import Judgement
from ncriteria.language.printer import show
from ncriteria.language.tree import FactKey
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import Clause, Encodes, Group, Verdict
from ncriteria.sets.names import ENCODES, VERDICTS, named_standard
from ncriteria.sets.overlaid.origins import main_origin
from ncriteria.words import Language, Words, words

if TYPE_CHECKING:
    from ncriteria.analysis.room.rows import RowRoom

_SHORT: Final = 40
"""Letters of a supplier that is told beside what is missing."""
_AGREEMENT_COLOURS = {Agreement.AGREES: "green", Agreement.OPEN: "yellow", Agreement.DIFFERS: "red"}


@frozen
class _VerdictPage:
    """What the lines are written in: the language, and the columns of the terminal."""

    language: Language
    width: int

    @property
    def say(self) -> Words:
        return words(self.language)

    def name(self, verdict: Verdict) -> str:
        return self.say.this(VERDICTS[verdict])

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


def account_blocks(judgements: Sequence[Judgement], language: Language) -> Iterator[list[str]]:
    """The lines of every judgement, with all that it rests on and waits for."""
    page = _VerdictPage(language, terminal_width())
    standards = Counter((judgement.row.unit.id, judgement.row.year) for judgement in judgements)
    for judgement in judgements:
        # A published result does not say which standard it is of, so beside several it is compared with none.
        comparable = standards[judgement.row.unit.id, judgement.row.year] == 1
        yield [*_judgement_lines(page, judgement, _relation(judgement) if comparable else None)]


def _relation(judgement: Judgement) -> Agreement | None:
    return None if judgement.result is None else agreement(judgement.result.verdict, judgement.row.published)


def judged_heading(one: Judgement | RowRoom, language: Language) -> str:
    """The unit, the year and the standard of what is told."""
    standard = named_standard(one.standard, one.standard_title, language)
    parts = (one.row.unit.name or one.row.unit.id, str(one.row.year), standard)
    return " · ".join(part for part in parts if part)


def _judgement_lines(page: _VerdictPage, judgement: Judgement, relation: Agreement | None) -> Iterator[str]:
    yield from heading(judged_heading(judgement, page.language), page.width, underline=True)
    result = judgement.result
    if result is None:
        for problem in judgement.problems:
            yield from problem_lines(problem, page.language, page.width)
        return
    verdict = click.style(page.name(result.verdict), fg=VERDICT_COLOURS[result.verdict], bold=True)
    yield f"{page.say('Computed')}: {verdict}"
    criteria = result.criteria
    yield from fitted(f"{page.say('Under')}: {criteria.instrument.number} ({criteria.id})", page.width)
    for line in time_lines(page.say, result):
        yield from fitted(line, page.width)
    if (most := main_origin(criteria)) is not None:
        act = act_text(page.say, page.language, most)
        yield from fitted(page.say("Where nothing else is said, by: {act}", act=act), page.width)
    yield from _published_lines(page, judgement, relation)
    for line in graded_lines(Voice(page.language, criteria), result):
        yield from fitted(line, page.width)
    if attested := result.attested:
        yield from fitted(attested_text(Voice(page.language, criteria), attested), page.width)
    yield ""
    for outcome in result.clauses.values():
        yield from _clause_lines(page, result, outcome)
    if result.verdict is Verdict.UNDETERMINED:
        yield ""
        yield from _waiting_lines(page, result)


def _published_lines(page: _VerdictPage, judgement: Judgement, relation: Agreement | None) -> Iterator[str]:
    row = judgement.row
    if row.published is not None:
        line = f"{page.say('Published')}: {row.published}"
        if relation is None:
            yield from fitted(line, page.width)
        else:
            lines = fitted(f"{line} — {page.say.this(AGREEMENTS[relation])}", page.width)
            yield from (click.style(one, fg=_AGREEMENT_COLOURS[relation]) for one in lines)
    if row.note is not None:
        yield from fitted(page.say("Note: {note}", note=row.note), page.width)


def _clause_lines(page: _VerdictPage, result: Result, outcome: ClauseResult) -> Iterator[str]:
    clause = outcome.clause
    first, *rest = page.beside(outcome.verdict, f"{outcome.path}  {clause.title.text(page.language)}")
    yield first.replace(outcome.path, click.style(outcome.path, bold=True), 1) if isinstance(clause, Group) else first
    yield from rest
    origin = unlike_most_lines(Voice(page.language, result.criteria), outcome.path)
    for line in (*ground_lines(result, outcome, page.language), *(f"• {one}" for one in origin)):
        yield from fitted(line, page.width, indent=" " * (page.gutter + 2))
    if isinstance(clause, Clause) and clause.encodes is Encodes.NOT_ENCODED and not outcome.attestations:
        reason = page.say.this(ENCODES[Encodes.NOT_ENCODED])
        for line in (reason, *awaited_lines(page.say, clause)):
            yield from fitted(f"? {line}", page.width, indent=" " * (page.gutter + 2))


def _waiting_lines(page: _VerdictPage, result: Result) -> Iterator[str]:
    say, voice = page.say, Voice(page.language, result.criteria)
    titles = {name: declared.title.text(page.language) for name, declared in result.criteria.parameters.items()}
    for head, items in (
        (say("Facts missing"), [_missing(voice, key, result) for key in result.missing]),
        (say("Left open by the text"), [f"{titles[name]} [param.{name}]" for name in result.open.parameters]),
        (say("Not encoded, for the text is not known"), [clause_name(voice, path) for path in result.open.clauses]),
        (say("Waiting for the units inside"), [waiting_text(voice, *one) for one in result.open.roll_ups]),
        (say("Left to decide"), list(condition_lines(voice, result.residual))),
        (say("The same, as the rules write it"), [show(result.residual)]),
    ):
        if items:
            yield from heading(f"{head}:", page.width, fg="yellow")
            for item in items:
                inner = len(item) - len(item.lstrip())
                mark = "" if inner else "- "
                yield from fitted(mark + item.lstrip(), page.width, indent=" " * (2 + 2 * (inner > 0) + inner))


def _missing(voice: Voice, key: FactKey, result: Result) -> str:
    """A missing fact, and who is said to have it where that is short."""
    supplier = voice.criteria.facts[key.name].supplier
    text = "" if supplier is None else supplier.text(voice.language)
    ask = f"; {voice.say('ask: {supplier}', supplier=text)}" if 0 < len(text) <= _SHORT else ""
    return f"{missing_text(voice, key, result.record.came_later)} [{key}]{ask}"
