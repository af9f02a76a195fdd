"""`ncriteria rule`: what a rule of the check is about, with examples."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import click

from ncriteria.cli.console.answers import answer
from ncriteria.cli.console.spoken import SpokenArgument, SpokenCommand
from ncriteria.cli.console.wrong_calls import WrongCallError
from ncriteria.cli.options.shared import json_option, language_option
from ncriteria.editor.linting.rules.rule import SEVERITIES, LintRule
from ncriteria.editor.linting.rules.table import RULES
from ncriteria.words import Language, Words, phrase, words

_WIDTH = 78


@click.command("rule", cls=SpokenCommand)
@click.argument("code", cls=SpokenArgument, required=False)
@click.option("--list", "listed", is_flag=True, help="List the rules.")
@language_option
@json_option
def command(code: str | None, listed: bool, language: Language, as_json: bool) -> None:
    """Explain the rule CODE of `ncriteria check`: what it warns of, why, what to do, and examples."""
    if code is None and not listed:
        raise WrongCallError(phrase("name the code of a rule, such as NC131; --list lists them"))
    rules = tuple(RULES.values()) if code is None else (_rule(code),)
    if as_json:
        from ncriteria.report.records.criteria import RulesTold, RuleTold

        told = (
            RuleTold(one.code, one.severity.value, one.title, one.why, one.do, one.fix, one.bad, one.good)
            for one in rules
        )
        answer(RulesTold(tuple(told)), language)
        return
    say = words(language)
    for rule in rules:
        if code is None:
            click.echo(_title(rule, say))
        else:
            click.echo("\n".join(_lines(rule, say)))


def _rule(code: str) -> LintRule:
    rule = RULES.get(code.upper())
    if rule is None:
        hint = phrase("--list lists the rules; an error is none")
        raise WrongCallError(phrase("there is no rule `{code}`; {hint}", code=code, hint=hint))
    return rule


def _title(rule: LintRule, say: Words) -> str:
    return f"{rule.code} ({say.again(SEVERITIES[rule.severity])}) {say.again(rule.title)}"


def _lines(rule: LintRule, say: Words) -> Iterator[str]:
    yield click.style(_title(rule, say), bold=True)
    yield from textwrap.wrap(say.again(rule.why), _WIDTH)
    yield from textwrap.wrap(say("Do: {what}", what=say.again(rule.do)), _WIDTH)
    if rule.fix is not None:
        yield from textwrap.wrap(say("With --fix {what}.", what=say.again(rule.fix)), _WIDTH)
    for heading, example in ((say("Told of"), rule.bad), (say("Not told of"), rule.good)):
        yield f"\n{heading}:"
        yield textwrap.indent(example.rstrip("\n"), "  ")
