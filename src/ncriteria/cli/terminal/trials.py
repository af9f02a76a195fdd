"""A trial of a set on the terminal: what a line changed, the clauses, what is missing, the room that is left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import click
from attrs import evolve

from ncriteria.analysis.cases import row_lines
from ncriteria.analysis.deadline import deadline_in
from ncriteria.analysis.room.rooms import FactRoom
from ncriteria.analysis.room.text import room_text
from ncriteria.analysis.trying.trial import Trial, changed
from ncriteria.cli.console.answers import USAGE
from ncriteria.cli.console.layout import VERDICT_COLOURS, fitted, heading
from ncriteria.errors import Problem
from ncriteria.evaluation.explanation.text import clause_lines, graded_lines, has_condition_left, telling
from ncriteria.evaluation.explanation.values import Voice, fact_text
from ncriteria.language.printer import show
from ncriteria.quick_classes import frozen
from ncriteria.sets.model import Clause, Verdict
from ncriteria.sets.names import VERDICTS
from ncriteria.words import Language, Message, Words, words

_SECONDS: Final = 5.0
"""How long the room of a line is looked for."""
_INDENT: Final = " " * 4

ORDERS: Final[Mapping[str, Message]] = {
    "NAME = VALUE": Message("give a fact: crime_cases = 19, prev_year.crime_cases = 20, years_ago(2, x) = 3"),
    "NAME >= VALUE": Message("give a bound that is known so far; <= likewise"),
    "year = 2024": Message("the assessment year"),
    "param.NAME = VALUE": Message("another value of a parameter"),
    "attest CLAUSE = met": Message("what is attested of a clause that nothing computes"),
    "forget NAME": Message("take back what is given of a fact, param.NAME or attest CLAUSE"),
    "set NAME": Message("go on with another set: a file, a shipped set, or the set of a standard for the year"),
    "undo": Message("take back the last line that gave something"),
    "clear": Message("begin anew"),
    "show": Message("the verdict of every clause, and what is given"),
    "missing": Message("the facts that can still change the verdict"),
    "left CLAUSE": Message("the condition that is left, of a clause or of the whole set"),
    "room CLAUSE": Message("what each fact of the year may be, for a clause or the whole set"),
    "why CLAUSE": Message("the grounds of a verdict, of a clause or of the whole set"),
    "test NAME CLAUSE": Message("the trial as a test of the criteria file; a name and clauses may be said"),
    "help": Message("these lines"),
    "quit": Message("end, with the test of what was given"),
}
"""The lines that a trial understands, and what each does."""


@frozen
class TrialPage:
    """What a trial is told in: the language, and the columns of the terminal."""

    language: Language
    width: int

    @property
    def say(self) -> Words:
        """What says messages."""
        return words(self.language)

    def opening(self, trial: Trial) -> Iterator[str]:
        """What is tried, and how to go on."""
        yield from heading(trial.criteria.title.text(self.language), self.width)
        yield from self._fitted(
            self.say("{set}, year {year}; `help` tells what may be written", set=trial.criteria.id, year=trial.row.year)
        )

    def turned(self, before: Trial, after: Trial) -> Iterator[str]:
        """The trial of another set: which it is, what is given now, and what was given before and is left out."""
        yield from self.opening(after)
        lost = [str(key) for key in before.row.facts if key not in after.row.facts]
        lost += [
            *(f"param.{name}" for name in before.row.parameters),
            *(f"attest {one}" for one in before.row.attested),
        ]
        if lost:
            yield from self._fitted(self.say("left out: {facts}", facts=", ".join(lost)), "  ")
        if after.given:
            yield from (f"  {line}" for line in row_lines(after.row, with_year=False))
        yield from self._whole(after)

    def wrong(self, problems: Sequence[Problem], *, is_typed: bool) -> Iterator[str]:
        """What is wrong with a line; below one that is typed stands only the mark of the place."""
        for one in problems:
            if one.code == USAGE:
                yield from self._fitted(self.say.again(one.message))
            elif is_typed:
                marks = "" if one.place is None else one.place.excerpt() or ""
                yield from (mark for mark in marks.split("\n")[1:] if len(mark) <= self.width)
                for line in evolve(one, place=None).text(self.language).split("\n"):
                    yield from self._fitted(line)
            else:
                yield one.text(self.language)

    def help(self) -> Iterator[str]:
        """The lines that are understood."""
        margin = max(map(len, ORDERS)) + 4
        for order, told in ORDERS.items():
            first, *rest = fitted(self.say.this(told), self.width, indent=" " * margin, hang=0)
            yield f"  {order}{first[len(order) + 2 :]}"
            yield from rest

    def change(self, before: Trial, after: Trial) -> Iterator[str]:
        """What came of a line: the clauses that it touches, with what is left and the room, and the whole set."""
        paths = changed(before, after)
        facts = after.facts_this_year(path for path in paths if isinstance(after.result[path].clause, Clause))
        room = after.room(facts, deadline_in(_SECONDS)) if facts else None
        for path in paths:
            yield from self._clause(after, path, before.result[path].verdict)
            if has_condition_left(after.result[path]):
                yield from self._below(self.say("left: {condition}", condition=show(after.result[path].residual)))
            if room is not None and isinstance(after.result[path].clause, Clause):
                told = (one for key, one in room[path].facts.items() if key in after.facts_of(path))
                yield from (line for one in told for line in self._room_lines(after, one))
        if not paths:
            yield from self._fitted(self.say("no clause looks at this"), "  ")
        yield from self._whole(after)

    def show(self, trial: Trial) -> Iterator[str]:
        """What is given, and the verdict of every clause."""
        for path in trial.result.clauses:
            yield from self._clause(trial, path, trial.result[path].verdict)
        yield from self._whole(trial)

    def missing(self, trial: Trial) -> Iterator[str]:
        """The facts that can still change the verdict, as they are written and as they are called."""
        voice = self._voice(trial)
        for key in trial.result.missing:
            yield from self._fitted(f"{key}: {fact_text(voice, key)}", "  ")
        if not trial.result.missing:
            yield from self._fitted(self.say("no fact is missing"), "  ")

    def left(self, trial: Trial, path: str | None) -> Iterator[str]:
        """The condition that is left to decide."""
        outcome = trial.result if path is None else trial.result[path]
        yield from self._fitted(show(outcome.residual), "  ")

    def room(self, trial: Trial, path: str | None) -> Iterator[str]:
        """The room of the facts of the year that a clause mentions, or a fact of the whole set can change."""
        named = [one for one in trial.result.clauses if path is None or _is_inside(one, path)]
        found = trial.room(trial.facts_this_year(named), deadline_in(_SECONDS))
        rooms = found.whole.facts if path is None else found[path].facts
        for one in rooms.values():
            yield from self._room_lines(trial, one)

    def why(self, trial: Trial, path: str | None) -> Iterator[str]:
        """The grounds of the verdict of a clause, and of those inside a group."""
        if path is None:
            yield from (part for line in trial.result.explain(self.language).split("\n") for part in self._fitted(line))
            return
        told = telling(trial.lowered, self.language)
        found = [outcome for one, outcome in trial.result.clauses.items() if _is_inside(one, path)]
        for outcome in found:
            for line in clause_lines(told, outcome, trial.result.record):
                yield from self._fitted(line)

    def _voice(self, trial: Trial) -> Voice:
        return Voice(self.language, trial.criteria, trial.lowered.fixed)

    def _clause(self, trial: Trial, path: str, before: Verdict) -> Iterator[str]:
        """A clause or group behind its verdict, with the verdict before where that was another."""
        outcome = trial.result[path]
        text = f"{path}  {outcome.clause.title.text(self.language)}"
        if before is not outcome.verdict:
            text += f" ({self.say('was: {verdict}', verdict=self._name(before))})"
        gutter = max(len(self._name(verdict)) for verdict in Verdict) + 4
        first, *rest = fitted(text, self.width, indent=" " * gutter)
        label = self._name(outcome.verdict)
        colour = VERDICT_COLOURS[outcome.verdict]
        yield f"  {click.style(label, fg=colour)}{' ' * (gutter - 2 - len(label))}{first[gutter:]}"
        yield from rest
        for line in graded_lines(self._voice(trial), outcome):
            yield from self._below(line)

    def _whole(self, trial: Trial) -> Iterator[str]:
        result = trial.result
        verdict = click.style(self._name(result.verdict), fg=VERDICT_COLOURS[result.verdict], bold=True)
        missing = len(result.missing)
        told = self.say.plural("{count} fact is missing", "{count} facts are missing", count=missing)
        yield f"  {self.say('Whole set')}: {verdict}{f'; {told}' if missing else ''}"
        for line in graded_lines(self._voice(trial), result):
            yield from self._below(line)

    def _name(self, verdict: Verdict) -> str:
        return self.say.this(VERDICTS[verdict])

    def _room_lines(self, trial: Trial, found: FactRoom) -> Iterable[str]:
        voice = self._voice(trial)
        return self._below(f"{fact_text(voice, found.fact)}: {room_text(voice, found)}")

    def _below(self, text: str) -> Iterable[str]:
        return self._fitted(text, _INDENT)

    def _fitted(self, text: str, indent: str = "") -> Iterable[str]:
        return fitted(text, self.width, indent=indent)


def _is_inside(one: str, path: str) -> bool:
    """Whether a clause or group is that at `path`, or inside of it."""
    return one == path or one.startswith(f"{path}/")
