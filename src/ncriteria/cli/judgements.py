"""Judgements on the terminal: the verdict by clause, what is missing and what is left, beside the published result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ncriteria.cli.words import words
from ncriteria.evaluation.explanation.grounds import ground_lines
from ncriteria.evaluation.explanation.values import Voice, fact_text
from ncriteria.evaluation.explanation.words import words as explanation_words
from ncriteria.evaluation.publication import Agreement, agreement
from ncriteria.evaluation.result import ClauseResult, Result
from ncriteria.evaluation.tables import Judgement
from ncriteria.language.printer import show
from ncriteria.sets.model import Group, Language, Verdict

_STYLES = {
    Verdict.MET: "green",
    Verdict.NOT_MET: "bold red",
    Verdict.UNDETERMINED: "yellow",
    Verdict.NOT_APPLICABLE: "dim",
}
_AGREEMENT_STYLES = {Agreement.AGREES: "green", Agreement.OPEN: "yellow", Agreement.DIFFERS: "bold red"}


def print_judgements(judgements: Iterable[Judgement], language: Language) -> None:
    """Print every judgement, then how many verdicts there are of each kind."""
    console = Console(highlight=False)
    said = words(language)
    verdicts: Counter[Verdict] = Counter()
    agreements: Counter[Agreement] = Counter()
    found = list(judgements)
    standards = Counter((judgement.row.unit.id, judgement.row.year) for judgement in found)
    for judgement in found:
        # A published result does not say which standard it is of, so beside several it is compared with none.
        comparable = standards[judgement.row.unit.id, judgement.row.year] == 1
        relation = _print_judgement(console, judgement, language, comparable=comparable)
        if judgement.result is not None:
            verdicts[judgement.result.verdict] += 1
        if relation is not None:
            agreements[relation] += 1
    if not found:
        console.print(said.nothing)
        return
    names = explanation_words(language).verdicts
    counts = ", ".join(f"{verdicts[verdict]} {names[verdict].lower()}" for verdict in Verdict if verdicts[verdict])
    console.print(said.summary.format(counts or "0"), style="bold")
    if agreements:
        counted = (agreements[kind] for kind in (Agreement.AGREES, Agreement.OPEN, Agreement.DIFFERS))
        console.print(said.published_summary.format(*counted), style="bold")


def _print_judgement(
    console: Console, judgement: Judgement, language: Language, *, comparable: bool
) -> Agreement | None:
    said, row = words(language), judgement.row
    name = row.unit.name or row.unit.id
    console.print(Text(f"{name} · {row.year} · {judgement.standard}", style="bold underline"))
    result = judgement.result
    if result is None:
        for problem in judgement.problems:
            console.print(Text(f"{said.no_result}: {problem.message}", style="yellow"))
        console.print()
        return None
    relation = agreement(result.verdict, row.published) if comparable else None
    console.print(_verdict_line(result, row.published, relation, language))
    console.print(_clause_table(result, language))
    for line in _waiting_lines(result, language):
        console.print(line, soft_wrap=True)
    console.print()
    return relation


def _verdict_line(result: Result, published: str | None, relation: Agreement | None, language: Language) -> Text:
    said = words(language)
    line = Text.assemble(f"{said.computed}: ", _verdict_text(result.verdict, language))
    line.append(f"   ({result.criteria.instrument.number}, {result.criteria.id})", style="dim")
    if published is not None:
        line.append(f"\n{said.published}: {published}")
    if relation is not None:
        told = {Agreement.AGREES: said.agrees, Agreement.OPEN: said.consistent, Agreement.DIFFERS: said.differs}
        line.append(f" — {told[relation]}", style=_AGREEMENT_STYLES[relation])
    return line


def _verdict_text(verdict: Verdict, language: Language) -> tuple[str, str]:
    return explanation_words(language).verdicts[verdict], _STYLES[verdict]


def _clause_table(result: Result, language: Language) -> Table:
    said = words(language)
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(said.verdict, no_wrap=True)
    table.add_column(said.clause, ratio=2)
    table.add_column(said.grounds, ratio=3)
    for outcome in result.clauses.values():
        label, style = _verdict_text(outcome.verdict, language)
        grounds = "\n".join(ground_lines(result, outcome, language))
        table.add_row(Text(label, style=style), _clause_text(outcome, language), Text(grounds))
    return table


def _clause_text(outcome: ClauseResult, language: Language) -> Text:
    title = outcome.clause.title.text(language)
    style = "bold" if isinstance(outcome.clause, Group) else ""
    return Text.assemble((outcome.path, style), (f"\n{title}", "dim"))


def _waiting_lines(result: Result, language: Language) -> Iterator[Text]:
    if result.verdict is not Verdict.UNDETERMINED:
        return
    said, voice = words(language), Voice(language, result.criteria)
    titles = {name: declared.title.text(language) for name, declared in result.criteria.parameters.items()}
    for heading, items in (
        (said.missing, [f"{fact_text(voice, key)} [{key}]" for key in result.missing]),
        (said.open_parameters, [f"{titles[name]} [param.{name}]" for name in result.open.parameters]),
        (said.not_encoded, list(result.open.clauses)),
        (said.roll_ups, [path for _, path in result.open.roll_ups]),
    ):
        if items:
            yield Text.assemble((f"{heading}: ", "yellow"), "; ".join(items))
    yield Text.assemble((f"{said.residual}: ", "yellow"), show(result.residual))
