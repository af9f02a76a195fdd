"""`ncriteria test`: run the tests that criteria files carry, and say what they leave untested."""

from __future__ import annotations

import click

from ncriteria.cli.console.answers import answer
from ncriteria.cli.console.spoken import SpokenArgument, SpokenCommand
from ncriteria.cli.inputs.criteria import criteria_paths
from ncriteria.cli.options import completion
from ncriteria.cli.options.shared import json_option, language_option, timeout_option
from ncriteria.evaluation.self_tests import TestOutcome, run_tests
from ncriteria.sets.loader import load_located
from ncriteria.words import Language, Words, words


@click.command("test", cls=SpokenCommand)
@click.argument("files", cls=SpokenArgument, nargs=-1, shell_complete=completion.sets)
@click.option("--coverage", is_flag=True, help="Say which conditions and thresholds of the rules no test tries.")
@click.option("--mutate", is_flag=True, help="Edit the rules one by one, and say which edits no test notices.")
@click.option("--suggest", is_flag=True, help="Write the missing cases as YAML, for an officer to confirm.")
@timeout_option(45, "Time for --mutate and --suggest, of all files together; what is not decided by then is told.")
@language_option
@json_option
def command(
    files: tuple[str, ...],
    coverage: bool,
    mutate: bool,
    suggest: bool,
    timeout: float,
    language: Language,
    as_json: bool,
) -> None:
    """Run the embedded tests of criteria FILES, of folders, or of shipped sets by identifier; without any, of them all.

    Exit status 1 where a test fails, and under --coverage, --mutate and --suggest where something is left untested, or
    where it is not known in time whether it is.
    """
    located = [load_located(path) for path in criteria_paths(files)]
    outcomes = [outcome for one in located for outcome in run_tests(one.criteria)]
    passed = all(outcome.passed for outcome in outcomes)
    if coverage or mutate or suggest:
        from ncriteria.cli.terminal import test_quality

        asked = test_quality.QualityAsked(coverage, mutate, suggest, timeout, language)
        # A test that fails shows nothing about its rule, so failures come first and alone.
        full = test_quality.report(located, asked, as_json) if passed else _report_failures(outcomes, language, as_json)
        raise SystemExit(0 if full else 1)
    if as_json:
        answer(_told(outcomes), language)
    else:
        _print(outcomes, [one.criteria.id for one in located if not one.criteria.all_tests], language)
    if not passed:
        raise SystemExit(1)


def _report_failures(outcomes: list[TestOutcome], language: Language, as_json: bool) -> bool:
    failed = [outcome for outcome in outcomes if not outcome.passed]
    if as_json:
        answer(_told(failed), language)
    else:
        _print(failed, [], language)
    click.echo(words(language)("What the tests leave untested is told once they pass."), err=True)
    return False


def _print(outcomes: list[TestOutcome], untested: list[str], language: Language) -> None:
    say = words(language)
    passed, failing = click.style(say("passed"), fg="green"), click.style(say("FAILED"), fg="red", bold=True)
    for outcome in outcomes:
        label = passed if outcome.passed else failing
        click.echo(f"{label} {outcome.criteria_id} {outcome.test_id}{_carried(outcome, say)}")
        for failure in outcome.failures:
            click.echo(f"       {say.again(failure)}")
        if not outcome.passed and outcome.place is not None:
            click.echo(f"       {say('at {place}', place=outcome.place.text(say))}")
    for criteria_id in untested:
        click.echo(say("{set} carries no tests", set=criteria_id))
    failed = sum(not outcome.passed for outcome in outcomes)
    click.echo(say("{passed} passed, {failed} failed", passed=len(outcomes) - failed, failed=failed))


def _carried(outcome: TestOutcome, say: Words) -> str:
    """The set that carries a test, where that is not the one it is run for."""
    return "" if outcome.inherited_from is None else f" ({say('test of {set}', set=outcome.inherited_from)})"


def _told(outcomes: list[TestOutcome]) -> object:
    from ncriteria.report.records.rule_testing import Tests

    return Tests(tuple(outcomes))
