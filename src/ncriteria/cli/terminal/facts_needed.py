"""The facts that a set needs, on the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ncriteria.cli.console.layout import fitted, terminal_width
from ncriteria.evaluation.explanation.sources import awaited_lines
from ncriteria.evaluation.explanation.values import Voice, clause_name, fact_text
from ncriteria.report.needs.describing import value_wanted, year_wanted
from ncriteria.report.needs.telling import FactsNeeded
from ncriteria.sets.model import Clause
from ncriteria.sets.names import UNITS
from ncriteria.sets.needs import FactNeed
from ncriteria.sets.needs_behind import VerdictNeed
from ncriteria.words import Language


def print_facts_needed(needed: FactsNeeded, language: Language) -> None:
    """Print the title of the set, then each fact: what is written for it, of which years, and the clauses that ask."""
    voice, width = Voice(language, needed.criteria), terminal_width()
    say, criteria = voice.say, needed.criteria
    for line in fitted(f"{criteria.title.text(language)} ({criteria.id})", width):
        click.echo(click.style(line, bold=True))
    if needed.facts or not needed.behind:
        _print_table(voice, needed.facts, width)
    count = len(needed.facts)
    click.echo("\n" + say.plural("{count} fact is needed", "{count} facts are needed", count=count))
    for behind in needed.behind:
        _print_behind(voice, behind, width)
    for member in criteria.members():
        for text in awaited_lines(say, member) if isinstance(member, Clause) else ():
            for line in fitted(f"{clause_name(voice, member.path)}: {text}", width):
                click.echo(line)


def _print_behind(voice: Voice, behind: VerdictNeed, width: int) -> None:
    """Print what stands behind a verdict that rules lean on: which set gives it, in which years, and its facts."""
    say, criteria = voice.say, behind.criteria
    text = say(
        "For {verdict}, under {instrument} ({criteria}) in {years}:",
        verdict=fact_text(voice, behind.verdict),
        instrument=criteria.instrument.number,
        criteria=criteria.id,
        years=behind.years.in_words(say),
    )
    click.echo("\n" + "\n".join(fitted(text, width)))
    _print_table(Voice(voice.language, criteria), behind.facts, width)


def _print_table(voice: Voice, facts: Sequence[FactNeed], width: int) -> None:
    say = voice.say
    table = Table(box=None, padding=(0, 2, 1, 0), header_style="bold")
    # A name is copied, so that it is not broken where there is room for it.
    longest = max((len(need.declaration.name) for need in facts), default=0)
    table.add_column(say("Fact"), overflow="fold", ratio=4, min_width=min(longest, width // 2))
    table.add_column(say("What to write"), overflow="fold", ratio=3)
    table.add_column(say("For the clauses"), overflow="fold", ratio=2)
    for need in facts:
        table.add_row(_fact(voice, need), Text("\n".join(_wanted(voice, need))), Text("\n".join(need.clauses)))
    console = Console(highlight=False, width=width)
    with console.capture() as captured:
        console.print(table)
    click.echo("\n" + "\n".join(line.rstrip() for line in captured.get().rstrip().splitlines()))


def _fact(voice: Voice, need: FactNeed) -> Text:
    declared = need.declaration
    title = declared.title.text(voice.language)
    found = Text.assemble((title, "bold"), "\n", (declared.name, "dim"))
    if declared.headings:
        found.append("\n" + voice.say("headings: {headings}", headings="; ".join(declared.headings)))
    return found


def _wanted(voice: Voice, need: FactNeed) -> Iterator[str]:
    say, declared = voice.say, need.declaration
    yield value_wanted(voice, declared)
    asked = [year_wanted(voice, period) for period in need.asked]
    asked += [say("of the {units} inside", units=say.this(UNITS[level])) for level in need.inside]
    yield ", ".join(asked) or say("no rule asks for it")
    if declared.attested:
        yield say("attested by a competent person")
    if declared.supplier is not None:
        yield say("ask: {supplier}", supplier=declared.supplier.text(voice.language))
