"""What verdicts wait for, turned round: figures by who has them, and all else, with the units that wait."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import click

from ncriteria.cli.console.layout import abridged, text_width, visible
from ncriteria.cli.terminal.summary.page import SummaryPage
from ncriteria.evaluation.explanation.sources import awaited_text
from ncriteria.evaluation.explanation.values import period_text
from ncriteria.language.tree import InYear, Period
from ncriteria.quick_classes import frozen
from ncriteria.report.summary.overview import FigureToCollect, OtherWait, Overview, WaitingUnit, WaitKind
from ncriteria.sets.model import Level
from ncriteria.sets.names import LEVELS
from ncriteria.words import Message

_MOST_FIGURES: Final = 8
_MOST_OTHERS: Final = 5
_MOST_OF_A_LINE: Final = 70
"""The part of a line, of a hundred, for what is waited for; the rest is for names."""
_MOST_NAMES: Final = 12
_ENOUGH: Final = 70
"""The columns from which on a line has room for names, whatever stands before them."""
_KINDS: Final[Mapping[WaitKind, Message]] = {
    WaitKind.OPEN_PARAMETER: Message("a value that the text leaves open"),
    WaitKind.NOT_ENCODED: Message("a text that is not known"),
    WaitKind.ATTESTATION: Message("an attestation"),
    WaitKind.ROLL_UP: Message("verdicts ({level})"),
}


@frozen
class _FigureAsked:
    """A figure to collect, and the units that wait for it; where the table has several years, it is of one `year`."""

    figure: FigureToCollect
    year: int | None
    waiting: tuple[WaitingUnit, ...]


def figure_lines(page: SummaryPage, overview: Overview) -> Iterator[str]:
    """The figures to collect by supplier: how many units wait for each, and the first of them."""
    suppliers = [(one.supplier, _asked(overview, one.figures)) for one in overview.figures]
    figures = [one for _, asked in suppliers for one in asked]
    most = len(figures) if page.asked.all_figures else _MOST_FIGURES
    if not figures:
        return
    yield from page.heading(page.say("Figures to collect, by how many units wait for them"))
    shown = sorted(figures, key=lambda one: -len(one.waiting))[:most]
    for supplier, asked in suppliers:
        own = [one for one in asked if one in shown]
        if own and supplier is not None:
            yield from page.lines(page.say("ask: {supplier}", supplier=supplier.text(page.language)), indent="  ")
        for one in own:
            yield from _entry(page, _figure(page, one), one.waiting, has_years=False)
    if left := len(figures) - len(shown):
        told = page.say.plural(
            "and {count} more figure; --missing tells all", "and {count} more figures; --missing tells all", count=left
        )
        yield from page.lines(told, indent=" " * 7)


def _asked(overview: Overview, figures: Iterable[FigureToCollect]) -> list[_FigureAsked]:
    """The figures to ask for, each once: of one year where there are several, whichever year looks back at it."""
    if len(overview.years) == 1:
        return [_FigureAsked(one, None, one.waiting) for one in figures]
    found: dict[tuple[str, int], tuple[FigureToCollect, dict[str, WaitingUnit]]] = {}
    for figure in figures:
        for one in figure.waiting:
            key = figure.fact.name, _year_of(figure.fact.period, one.year)
            found.setdefault(key, (figure, {}))[1].setdefault(one.unit, one)
    asked = [_FigureAsked(figure, year, tuple(units.values())) for (_, year), (figure, units) in found.items()]
    return sorted(asked, key=lambda one: -len(one.waiting))


def _year_of(period: Period, year: int) -> int:
    """The year that a period is, as seen from an assessment year."""
    return period.year if isinstance(period, InYear) else year - period.years


def _figure(page: SummaryPage, one: _FigureAsked) -> str:
    """The title of a figure with its period, whether it is attested, and its name where all figures are asked for."""
    figure, fact = one.figure, one.figure.fact
    when = period_text(page.say, fact.period) if one.year is None else str(one.year)
    beside = [when, page.say("attested") if figure.attested else ""]
    told = ", ".join(text for text in beside if text)
    title = figure.title.text(page.language) + (f" ({told})" if told else "")
    name = fact if one.year is None else fact.name
    return f"{title} [{name}]" if page.asked.all_figures else title


def wait_lines(page: SummaryPage, overview: Overview) -> Iterator[str]:
    """What verdicts wait for beside figures."""
    waits = overview.waits
    if not waits:
        return
    yield from page.heading(page.say("Besides figures, verdicts wait for"))
    most = len(waits) if page.asked.all_figures else _MOST_OTHERS
    has_years = len(overview.years) > 1
    for one in waits[:most]:
        yield from _entry(page, _asked_for(page, one), one.waiting, has_years=has_years)
    if left := len(waits[most:]):
        told = page.say.plural(
            "and {count} more thing; --missing tells all", "and {count} more things; --missing tells all", count=left
        )
        yield from page.lines(told, indent=" " * 7)


def _asked_for(page: SummaryPage, one: OtherWait) -> str:
    """What is waited for: of which kind, its title, its name and who may attest it.

    That of units inside has its name where there is no title, and where all is asked for: it is long.
    """
    level = "" if one.level is None else page.say.this(LEVELS[Level(one.level)])
    parts = [f"{page.say.this(_KINDS[one.kind], level=level)}:"]
    if one.title is not None:
        parts.append(one.title.text(page.language))
    if one.kind is not WaitKind.ROLL_UP or one.title is None or page.asked.all_figures:
        parts.append(f"[{one.name}]")
    if one.attested_by:
        bodies = ", ".join(body.text(page.language) for body in one.attested_by)
        parts.append(f"({page.say('may be attested by {bodies}', bodies=bodies)})")
    if one.awaits is not None and page.asked.all_figures:
        parts.append(f"({awaited_text(page.say, one.awaits)})")
    return " ".join(parts)


def _entry(page: SummaryPage, text: str, waiting: Sequence[WaitingUnit], *, has_years: bool) -> Iterator[str]:
    """How many units wait, what for, and in the columns that are left the first of them; all of it where asked for."""
    units = len({one.unit for one in waiting})
    if page.asked.all_figures:
        names = ", ".join(_name(one, has_years=has_years) for one in waiting[:_MOST_NAMES])
        more = ", …" if len(waiting) > _MOST_NAMES else ""
        yield from page.lines(f"{units:>4} {text}: {names}{more}", indent="  ", hang=5)
        return
    most = page.width * _MOST_OF_A_LINE // 100 if page.width >= _ENOUGH else page.width
    line = f"  {units:>4} {abridged(text, most - 7)}"
    yield line + _names(waiting, page.width - text_width(line), has_years=has_years)


def _names(waiting: Iterable[WaitingUnit], room: int, *, has_years: bool) -> str:
    """The first of the units, as many as there is room for with all that they are called."""
    text = ""
    for one in waiting:
        name = _name(one, has_years=has_years)
        longer = f"{text}, {name}" if text else f": {name}"
        if text_width(longer) > room - 3:
            return click.style(f"{text}, …" if text else "", dim=True)
        text = longer
    return click.style(text, dim=True)


def _name(one: WaitingUnit, *, has_years: bool) -> str:
    name = visible(one.name or one.unit)
    return f"{name} {one.year}" if has_years else name
