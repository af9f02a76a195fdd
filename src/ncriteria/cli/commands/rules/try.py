"""`ncriteria try`: a set tried by hand, one fact after the other, until it is a test to paste."""  # noqa: N999

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, Literal

import click
from attrs import field

from ncriteria.cli.console.answers import USAGE, answer
from ncriteria.cli.console.layout import terminal_width
from ncriteria.cli.console.spoken import SpokenArgument, SpokenCommand
from ncriteria.cli.console.wrong_calls import WrongCallError
from ncriteria.cli.options import completion
from ncriteria.cli.options.shared import json_option, language_option
from ncriteria.errors import NCriteriaError, Problem
from ncriteria.language.hints.near_misses import did_you_mean, path_meant
from ncriteria.quick_classes import define
from ncriteria.sets.reading.fields import IDENTIFIER
from ncriteria.words import Language, Phrase, phrase

if TYPE_CHECKING:
    from ncriteria.analysis.trying.trial import Trial
    from ncriteria.cli.terminal.trials import TrialPage

_PROMPT: Final = "> "


@click.command("try", cls=SpokenCommand)
@click.argument("criteria", metavar="SET", cls=SpokenArgument, shell_complete=completion.sets)
@click.option(
    "--year", type=int, shell_complete=completion.years, help="The assessment year; else the first of the set."
)
@language_option
@json_option
def command(criteria: str, year: int | None, language: Language, as_json: bool) -> None:
    """Try the criteria SET by hand: give facts line by line, and see at once what each changes.

    SET is a file, or the identifier of a shipped set. Lines come from the terminal or from the standard input; `help`
    tells them. The trial ends with a test to paste into the criteria file. Exit status 2 where a line of the standard
    input was wrong; what it gave is left out.
    """
    from ncriteria.analysis.trying.trial import begun
    from ncriteria.cli.inputs.criteria import set_called
    from ncriteria.cli.terminal.trials import TrialPage

    page, asked = TrialPage(language, terminal_width()), sys.stdin.isatty()
    session = _Session(page, [begun(set_called(criteria), year)], "silent" if as_json else "typed" if asked else "read")
    session.tell(page.opening(session.trial))
    for number, line in enumerate(session.typed() if asked else _read(), start=1):
        if session.ends_with(line, number):
            break
    if as_json:
        _answer(session.trial, language)
        if session.problems:
            raise NCriteriaError(session.problems)
    session.tell(session.ending())
    if session.problems and not asked:
        raise SystemExit(2)


def _answer(trial: Trial, language: Language) -> None:
    from ncriteria.analysis.trying.trial import lines_of_test
    from ncriteria.report.records.rule_testing import TrialTold

    result, test = trial.result, "\n".join(lines_of_test(trial)) if trial.given else ""
    name, year, verdicts = trial.criteria.id, trial.row.year, result.verdicts
    answer(TrialTold(name, year, verdicts.verdict, verdicts.clauses, result.missing, result.residual, test), language)


def _read() -> Iterator[str]:
    """The lines of the standard input."""
    return (line.rstrip() for line in sys.stdin.buffer.read().decode("utf-8-sig", "replace").splitlines())


@define
class _Session:
    """A trial with all that it was before, the newest last."""

    page: TrialPage
    trials: list[Trial]
    shown: Literal["typed", "read", "silent"]
    """Whether lines are typed, or read and shown as if they were, or nothing is shown."""
    problems: list[Problem] = field(factory=list)
    _orders: Mapping[str, Callable[[str], Iterator[str]]] = field(init=False)

    @_orders.default
    def _known(self) -> Mapping[str, Callable[[str], Iterator[str]]]:
        return {
            "help": lambda _: self.page.help(),
            "show": lambda _: self._shown(),
            "missing": lambda _: self.page.missing(self.trial),
            "left": lambda said: self.page.left(self.trial, self._path(said)),
            "room": lambda said: self.page.room(self.trial, self._path(said)),
            "why": lambda said: self.page.why(self.trial, self._path(said)),
            "test": self._test,
            "undo": lambda _: self._undone(),
            "clear": lambda _: self._cleared(),
            "forget": self._forgotten,
            "set": self._of_another_set,
        }

    @property
    def trial(self) -> Trial:
        """What is tried now."""
        return self.trials[-1]

    def typed(self) -> Iterator[str]:
        """The lines that are typed; TAB completes what the trial knows."""
        from ncriteria.analysis.trying.completing import BREAKS, completed
        from ncriteria.cli.console.typing import typed_lines
        from ncriteria.sets.catalog import load_catalog

        orders = (*self._orders, "quit")

        def sets() -> Iterator[str]:
            yield from (name for one in load_catalog().sets for name in (one.standard, one.id))

        def offers(before: str, begun: str) -> list[str]:
            return completed(self.trial, before, begun, orders, sets())

        return typed_lines(_PROMPT, offers, BREAKS)

    def tell(self, lines: Iterator[str]) -> None:
        """Print lines, unless nothing is shown."""
        for line in lines:
            if self.shown != "silent":
                click.echo(line)

    def ends_with(self, text: str, number: int) -> bool:
        """Do what a line says, and whether it is the last; one that is wrong is told, and changes nothing."""
        if self.shown == "read":
            click.echo(f"{_PROMPT}{text}")
        text = unicodedata.normalize("NFC", text)  # as files are read
        bare = text.strip()
        if not bare or bare.startswith("#"):
            return False
        if bare in ("quit", "exit"):
            return True
        try:
            self.tell(self._done(text, number))
        except NCriteriaError as error:
            self._wrong(error.problems)
        except WrongCallError as error:
            self._wrong((Problem(USAGE, error.message),))
        except KeyboardInterrupt:
            if self.shown != "typed":
                raise
            click.echo(f"\n{self.page.say('interrupted; `show` tells what is given')}")
        return False

    def ending(self) -> Iterator[str]:
        """The test of what was given."""
        if self.trial.given:
            yield ""
            yield f"# {self.page.say('as a test of the criteria file: confirm each verdict against the text')}"
            yield from self._test("")

    def _wrong(self, problems: Sequence[Problem]) -> None:
        self.problems += problems
        if self.shown != "silent":
            for line in self.page.wrong(problems, is_typed=self.shown == "typed"):
                click.echo(line, err=True)

    def _done(self, text: str, number: int) -> Iterator[str]:
        from ncriteria.analysis.trying.given_lines import TypedLine, gives, read_given

        order, _, rest = text.strip().partition(" ")
        if order in self._orders and not rest.lstrip().startswith(("=", "<=", ">=")):
            return self._orders[order](rest.strip())
        if not gives(text):
            raise WrongCallError(self._not_understood(text.strip(), order))
        given = read_given(self.trial.criteria, TypedLine(text, number))
        return self._now(self.trial.with_given(given))

    def _not_understood(self, text: str, order: str) -> Phrase:
        """What is told of a line that is nothing that may be written, with what may have been meant."""
        criteria, clauses = self.trial.criteria, self.trial.result.clauses
        if text in criteria.facts:
            return phrase("`{name}` is a fact; give it with `{name} = VALUE`", name=text)
        if text in clauses:
            return phrase("`{path}` is a clause; `why {path}` tells the grounds of its verdict", path=text)
        hint = did_you_mean(order, self._orders) or did_you_mean(text, (*criteria.facts, *clauses))
        message = phrase("`{line}` is not understood; `help` tells what may be written", line=text[:60])
        return phrase("{message} ({hint})", message=message, hint=hint) if hint else message

    def _now(self, trial: Trial) -> Iterator[str]:
        before = self.trial
        self.trials.append(trial)
        return self._turned(before)

    def _undone(self) -> Iterator[str]:
        if len(self.trials) == 1:
            raise WrongCallError(phrase("there is nothing to take back"))
        return self._turned(self.trials.pop())

    def _turned(self, before: Trial) -> Iterator[str]:
        """What is told of the trial as it is now, after what it was `before`."""
        if before.criteria is self.trial.criteria:
            return self.page.change(before, self.trial)
        return self.page.turned(before, self.trial)

    def _cleared(self) -> Iterator[str]:
        from ncriteria.analysis.trying.trial import begun

        return self._now(begun(self.trial.criteria, self.trial.row.year))

    def _forgotten(self, name: str) -> Iterator[str]:
        return self._now(self.trial.without(name))

    def _of_another_set(self, name: str) -> Iterator[str]:
        """Go on with the set of a file or an identifier, or with that of a standard: of this level and year if any."""
        from ncriteria.cli.inputs.criteria import set_called
        from ncriteria.sets.catalog import load_catalog

        here = self.trial
        level, year = here.criteria.level, here.row.year
        found = sorted(
            (one for one in load_catalog().sets if one.standard == name),
            key=lambda one: (one.level is level, year in one.years, one.years.first),
        )
        return self._now(here.of(found[-1] if found else set_called(name)))

    def _shown(self) -> Iterator[str]:
        from ncriteria.analysis.cases import row_lines

        yield from (f"  {line}" for line in row_lines(self.trial.row))
        yield from self.page.show(self.trial)

    def _test(self, said: str) -> Iterator[str]:
        from ncriteria.analysis.trying.trial import lines_of_test

        words = said.split()
        name = words.pop(0) if words and words[0] not in self.trial.result.clauses else None
        if name is not None and not IDENTIFIER.fullmatch(name):
            self._path(name)
        if name in {test.id for test in self.trial.criteria.all_tests}:
            raise WrongCallError(phrase("the set has a test `{name}` already", name=name))
        return iter(lines_of_test(self.trial, name, [path for word in words if (path := self._path(word)) is not None]))

    def _path(self, said: str) -> str | None:
        """The clause or group that is named, `None` where none is; raises a usage error where there is none such."""
        known = self.trial.result.clauses
        if not said or said in known:
            return said or None
        message, hint = phrase('there is no clause "{path}"', path=said[:60]), path_meant(said, known)
        raise WrongCallError(phrase("{message} ({hint})", message=message, hint=hint) if hint else message)
