"""A table that is watched, on the terminal: what changed, then each member in charge with the units assigned."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TypeVar

import click

from ncriteria.analysis.room.text import inside_text
from ncriteria.analysis.watching.changes import WatchChanges
from ncriteria.analysis.watching.standing import Standing, WatchedRow
from ncriteria.analysis.watching.text import (
    PROJECTION,
    STANDINGS,
    absent_text,
    arrived_texts,
    count_text,
    left_out_text,
    left_text,
    reasons,
    silent_text,
    silent_units,
    standing_counts,
)
from ncriteria.analysis.watching.watch import MemberInCharge
from ncriteria.cli.console.layout import fitted, heading, terminal_width, visible
from ncriteria.cli.terminal.standings import STANDING_COLOURS, STANDING_SIGNS
from ncriteria.cli.terminal.unjudged import unjudged_lines
from ncriteria.evaluation.explanation.values import Voice, fact_text
from ncriteria.facts.table import FactRow
from ncriteria.quick_classes import frozen
from ncriteria.report.watching.telling import Watched
from ncriteria.sets.names import standard_text
from ncriteria.words import Language, Words, words

T = TypeVar("T")
_MANY_ROWS = 60


@frozen
class _Most:
    """How much is told: the units of one group that are told with what is wrong, and of each how much; the units that
    are named, on how many lines of a kind, and the figures that stand together on one.
    """

    told: int
    reasons: int
    named: int
    lines: int
    figures: int


_OF_FEW = _Most(told=7, reasons=99, named=12, lines=99, figures=99)
_OF_MANY = _Most(told=3, reasons=2, named=3, lines=5, figures=3)
"""A table with more rows than this is told in about 60 lines."""


@frozen
class _Sheet:
    """What the lines are written in; `several` standards stand beside the names of units."""

    language: Language
    width: int
    several: bool
    details: bool
    most: _Most

    @property
    def say(self) -> Words:
        return words(self.language)

    def voice(self, row: WatchedRow) -> Voice:
        assert row.criteria is not None, "what is told of a row is of its set"
        return Voice(self.language, row.criteria)

    def name(self, row: WatchedRow) -> str:
        """The unit, and the standard where there are several."""
        name = visible(row.row.unit.name or row.row.unit.id)
        return f"{name} ({self._standard(row)})" if self.several else name

    def names(self, rows: Sequence[WatchedRow]) -> str:
        """The units, at most so many; all where all are asked for. Those of one standard have it behind them, once."""
        if not self.several:
            return self.listed([self.name(row) for row in rows])
        standards: dict[str, list[str]] = {}
        for row in rows:
            standards.setdefault(self._standard(row), []).append(visible(row.row.unit.name or row.row.unit.id))
        return "; ".join(f"{self.listed(names)} ({standard})" for standard, names in standards.items())

    def _standard(self, row: WatchedRow) -> str:
        return standard_text(row.standard, row.standard_title, self.language)

    def listed(self, names: Sequence[str]) -> str:
        """Names, at most so many; all where all are asked for."""
        most = len(names) if self.details else self.most.named
        told = ", ".join(names[:most])
        return self.say("{units} and {count} more", units=told, count=len(names) - most) if len(names) > most else told

    def figures(self, titles: Sequence[str]) -> str:
        """Titles of figures, at most so many; all where all are asked for."""
        shown, more = self.first_of(titles, self.most.figures)
        told = "; ".join(shown)
        return self.say("{figures}; and {count} more", figures=told, count=more) if more else told

    def first_of(self, entries: Sequence[T], most: int) -> tuple[Sequence[T], int]:
        """The first of some entries, and how many are left; all where all are asked for."""
        shown = entries if self.details else entries[:most]
        return shown, len(entries) - len(shown)

    def left(self, count: int, indent: int) -> list[str]:
        """The line that says that more is told when asked for."""
        if not count:
            return []
        more = self.say.plural(
            "and {count} more line; --details tells all", "and {count} more lines; --details tells all", count=count
        )
        return self.lines(more, indent)

    def lines(self, text: str, indent: int = 2) -> list[str]:
        return fitted(text, self.width, indent=" " * indent)


def print_watched(found: Watched, passed_over: Collection[FactRow], language: Language, *, details: bool) -> None:
    """Print a table that is watched, and in the end the rows without a verdict and those that no criteria are for."""
    rows = found.table.rows
    several, most = len({row.standard for row in rows}) > 1, _OF_MANY if len(rows) > _MANY_ROWS else _OF_FEW
    sheet = _Sheet(language, terminal_width(), several, details, most)
    click.echo("\n".join((*_head(sheet, found), "")))
    if found.changes is not None:
        click.echo("\n".join((*_changes(sheet, found.changes), "")))
    if found.charges is None:
        click.echo("\n".join((*_group(sheet, rows), "")))
    else:
        for member in found.charges.members:
            click.echo("\n".join((*_member(sheet, found, member), "")))
        if found.charges.without_member:
            without = heading(sheet.say("Without a member in charge"), sheet.width)
            click.echo("\n".join((*without, *_group(sheet, found.charges.without_member), "")))
    judged = [one.judged for one in rows]
    closing = (*_none_at_all(sheet, rows), *_silent(sheet, found), *_legend(sheet, rows))
    click.echo("\n".join((*closing, *unjudged_lines(judged, passed_over, language, sheet.width))))


def _head(sheet: _Sheet, found: Watched) -> Iterator[str]:
    say, as_of = sheet.say, found.table.as_of
    yield from heading(say("Watched to the end of {month}", month=say.month(as_of.year, as_of.number)), sheet.width)
    for line in standing_counts(found.table.rows, say):
        yield from sheet.lines(line, 0)


def _changes(sheet: _Sheet, found: WatchChanges) -> Iterator[str]:
    say = sheet.say
    yield from heading(say("Since {month}", month=say.month(found.since.year, found.since.number)), sheet.width)
    for standing in (*Standing, None):
        for before in (*Standing, None):
            rows = [one.row for one in found.turned if (one.row.standing, one.before) == (standing, before)]
            if rows:
                now, was = (_standing_name(say, one) for one in (standing, before))
                turn = say("{now}, was: {before}", now=now, before=was.lower())
                yield from _marked(sheet, standing, turn, sheet.names(rows))
    arrived: dict[str, list[WatchedRow]] = {}
    for one in found.arrived:
        arrived.setdefault("; ".join(arrived_texts(sheet.voice(one.row), one)), []).append(one.row)
    for figures, units in arrived.items():
        yield from sheet.lines(say("Figures arrived: {unit}: {figures}", unit=sheet.names(units), figures=figures))
    if found.new:
        yield from sheet.lines(say("Not there the last time: {units}", units=sheet.names(found.new)))
    if found.gone:
        yield from sheet.lines(
            say("No longer there: {units}", units=", ".join(one.name or one.unit for one in found.gone))
        )
    if not (found.turned or found.arrived or found.new or found.gone):
        yield from sheet.lines(say("nothing changed where units stand, and no missing figure arrived"))


def _standing_name(say: Words, standing: Standing | None) -> str:
    return say("No verdict") if standing is None else say.this(STANDINGS[standing])


def _marked(sheet: _Sheet, standing: Standing | None, label: str, text: str) -> list[str]:
    """A line with the sign of where units stand, in its colour, which the words say too."""
    sign = "–" if standing is None else STANDING_SIGNS[standing]
    first, *rest = sheet.lines(f"{sign} {label}: {text}")
    colour = None if standing is None else STANDING_COLOURS[standing]
    head = f"{sign} {label}"
    return [first.replace(head, click.style(head, fg=colour), 1), *rest]


def _member(sheet: _Sheet, found: Watched, member: MemberInCharge) -> Iterator[str]:
    say = sheet.say
    count = len({row.row.unit.id for row in member.rows}) + len(member.without_rows)
    units = say.plural("{count} unit", "{count} units", count=count)
    yield from heading(f"{visible(member.member)} · {units}", sheet.width, underline=True)
    yield from _group(sheet, member.rows)
    if member.without_rows:
        known = {one.unit.id: one.unit.name or one.unit.id for one in found.table.silent}
        units = ", ".join(known.get(unit, unit) for unit in member.without_rows)
        yield from sheet.lines(say("No figures of the year that runs: {units}", units=units))
    if member.unknown:
        yield from sheet.lines(say("Not in the table: {units}", units=", ".join(member.unknown)))


def _group(sheet: _Sheet, rows: Sequence[WatchedRow]) -> Iterator[str]:
    for standing in (Standing.LOST, Standing.AT_RISK):
        own = [row for row in rows if row.standing is standing]
        yield from _told(sheet, standing, own)
    by_left: dict[str, list[WatchedRow]] = {}
    for row in rows:
        if row.standing is Standing.OPEN:
            by_left.setdefault("" if row.left is None else left_text(sheet.say, row.left), []).append(row)
    shown, more = sheet.first_of(list(by_left.items()), sheet.most.lines)
    for left, own in shown:
        label = ", ".join(part for part in (_standing_name(sheet.say, Standing.OPEN), left) if part)
        yield from _marked(sheet, Standing.OPEN, label, sheet.names(own))
        if sheet.details:
            yield from (line for row in own for line in _details(sheet, row))
    yield from sheet.left(more, 2)
    certain = [row for row in rows if row.standing is Standing.CERTAIN]
    if certain:
        label = _standing_name(sheet.say, Standing.CERTAIN)
        yield from _marked(sheet, Standing.CERTAIN, label, sheet.names(certain))
    if without := [row for row in rows if row.standing is None]:
        yield from _marked(sheet, None, _standing_name(sheet.say, None), sheet.names(without))
    yield from _to_come(sheet, rows)


def _told(sheet: _Sheet, standing: Standing, rows: Sequence[WatchedRow]) -> Iterator[str]:
    """The units that stand so one by one with the reason, as many as there is room for; then the names of others."""
    label = sheet.say.this(STANDINGS[standing])
    shown, _ = sheet.first_of(rows, sheet.most.told)
    for row in shown:
        yield from _marked(sheet, standing, label, sheet.name(row))
        told, more = sheet.first_of(list(reasons(row, sheet.language)), sheet.most.reasons)
        yield from (line for reason in told for line in sheet.lines(reason, 6))
        yield from sheet.left(more, 6)
    if others := rows[len(shown) :]:
        yield from _marked(sheet, standing, label, sheet.names(others))


def _details(sheet: _Sheet, row: WatchedRow) -> Iterator[str]:
    voice = sheet.voice(row)
    for one in row.counts:
        yield from sheet.lines(f"{sheet.name(row)}: {count_text(voice, one)}", 6)


_Waiting = dict[tuple[str, str], list[WatchedRow]]
"""Rows by what they wait for: which months of it or why, empty for all of it, and its title."""


def _to_come(sheet: _Sheet, rows: Sequence[WatchedRow]) -> Iterator[str]:
    """The figures that verdicts wait for, each with who has it and the units, and what has to be attested."""
    say, figures, attested = sheet.say, _Waiting(), _Waiting()
    for row in (row for row in rows if row.criteria is not None):
        for text in _figures(sheet, row):
            figures.setdefault(("", text), []).append(row)
        for key in (key for key in row.missing if key in row.left_out):
            figures.setdefault((left_out_text(say), fact_text(sheet.voice(row), key)), []).append(row)
        for one in row.absent:
            months = absent_text(say, one.months, is_left_out=one.is_left_out)
            figures.setdefault((months, fact_text(sheet.voice(row), one.fact)), []).append(row)
        titles = {} if row.criteria is None else {one.path: one.title for one in row.criteria.members()}
        for path in row.waits.clauses:
            attested.setdefault(("", titles[path].text(sheet.language)), []).append(row)
    heads = (
        (say("Figures still to come"), _in_order(sheet, figures)),
        (say("To be attested or settled by a document"), attested),
    )
    open_now = [row for row in rows if row.standing in (Standing.AT_RISK, Standing.OPEN)]
    for head, waiting in heads:
        if waiting:
            yield from sheet.lines(f"{head}:")
        together: dict[tuple[str, str], list[str]] = {}
        for (months, text), own in waiting.items():
            names = say("all that are open") if len(own) == len(open_now) > 1 else sheet.names(own)
            together.setdefault((months, names), []).append(text)
        shown, more = sheet.first_of(list(together.items()), sheet.most.lines)
        for (months, names), texts in shown:
            yield from sheet.lines(f"- {': '.join(part for part in (months, sheet.figures(texts), names) if part)}", 4)
        yield from sheet.left(more, 4)
    yield from _inside(sheet, rows)


def _inside(sheet: _Sheet, rows: Sequence[WatchedRow]) -> Iterator[str]:
    """The units inside that open verdicts wait for; of a unit at risk those that it is at risk by are told above."""
    told: dict[str, list[WatchedRow]] = {}
    for row in rows:
        for one in row.inside:
            if not one.has_no_room:
                told.setdefault(inside_text(sheet.voice(row), one), []).append(row)
    if told:
        yield from sheet.lines(f"{sheet.say('Waiting for units inside')}:")
    shown, more = sheet.first_of(list(told.items()), sheet.most.lines)
    for text, own in shown:
        yield from sheet.lines(f"- {sheet.names(own)}: {text}", 4)
    yield from sheet.left(more, 4)


def _in_order(sheet: _Sheet, figures: _Waiting) -> _Waiting:
    """Figures that are missing as a whole first; of many rows those that most units wait for."""
    by_units = sheet.most is _OF_MANY
    return dict(sorted(figures.items(), key=lambda one: (one[0][0] != "", -len(one[1]) if by_units else 0)))


def _figures(sheet: _Sheet, row: WatchedRow) -> Iterator[str]:
    voice, say = sheet.voice(row), sheet.say
    for key in (key for key in row.missing if key not in row.left_out):
        supplier = voice.criteria.facts[key.name].supplier
        title = fact_text(voice, key)
        yield (
            title
            if supplier is None
            else say("{figure} (from: {supplier})", figure=title, supplier=supplier.text(sheet.language))
        )


def _none_at_all(sheet: _Sheet, rows: Sequence[WatchedRow]) -> Iterator[str]:
    """What may not happen at all, and has not: once where it holds of every unit, else with the units it holds of."""
    own = [
        (row, [fact_text(sheet.voice(row), key) for key in row.none_at_all if key in row.none_so_far])
        for row in rows
        if row.none_at_all
    ]
    decided = [_none_so_far(sheet, row) for row in rows if not row.none_at_all]
    if not own:
        return
    every = [*(titles for _, titles in own), *decided]
    of_all = [one for one in own[0][1] if all(one in titles for titles in every)]
    if of_all:
        yield from sheet.lines(
            sheet.say("Not one case of these may happen, and none has: {facts}", facts=sheet.figures(of_all)), 0
        )
    further: dict[str, list[WatchedRow]] = {}
    for row, titles in own:
        if more := [title for title in titles if title not in of_all]:
            further.setdefault(sheet.figures(more), []).append(row)
    shown, left = sheet.first_of(list(further.items()), sheet.most.lines // 2)
    for facts, alike in shown:
        units = sheet.names(alike)
        if of_all:
            yield from sheet.lines(sheet.say("nor of these: {facts}: {units}", facts=facts, units=units))
        else:
            own_facts = f"{facts}: {units}"
            told = sheet.say("Not one case of these may happen, and none has: {facts}", facts=own_facts)
            yield from sheet.lines(told, 0)
    yield from sheet.left(left, 0)


def _none_so_far(sheet: _Sheet, row: WatchedRow) -> set[str]:
    """What has not happened in a unit that is decided; of one that is open, what may not happen is told."""
    if row.standing not in (Standing.LOST, Standing.CERTAIN):
        return set()
    return {fact_text(sheet.voice(row), key) for key in row.none_so_far if key.name in sheet.voice(row).criteria.facts}


def _silent(sheet: _Sheet, found: Watched) -> Iterator[str]:
    if found.table.silent:
        units = sheet.listed(silent_units(found.table))
        told = silent_text(sheet.say, units)
        yield from (click.style(line, fg="yellow") for line in sheet.lines(told, 0))


def _legend(sheet: _Sheet, rows: Sequence[WatchedRow]) -> Iterator[str]:
    if any(row.standing is Standing.AT_RISK for row in rows):
        yield from sheet.lines(sheet.say.this(PROJECTION), 0)
