"""`ncriteria test`: run the tests that criteria files carry, and say what they leave untested."""

from __future__ import annotations

import click

from ncriteria.cli.console.answers import answer
from ncriteria.cli.console.spoken import SpokenArgument, SpokenCommand
from ncriteria.cli.inputs.criteria import criteria_paths
from ncriteria.cli.options import completion
from ncriteria.cli.options.shared import json_option, language_option, timeout_option
from ncriteria.evaluation.self_tests import TestOutcome, run_tests
from ncriteria.sets.loader import LocatedSet, load_located
from ncriteria.sets.model import CriteriaSet
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
        answer(_told(outcomes, located), language)
    else:
        _print(outcomes, [one.criteria for one in located], language)
    if not passed:
        raise SystemExit(1)


def _report_failures(outcomes: list[TestOutcome], language: Language, as_json: bool) -> bool:
    failed = [outcome for outcome in outcomes if not outcome.passed]
    if as_json:
        answer(_told(failed, []), language)
    else:
        _print(failed, [], language)
    click.echo(words(language)("What the tests leave untested is told once they pass."), err=True)
    return False


def _print(outcomes: list[TestOutcome], tested: list[CriteriaSet], language: Language) -> None:
    say = words(language)
    passed, failing = click.style(say("passed"), fg="green"), click.style(say("FAILED"), fg="red", bold=True)
    for outcome in outcomes:
        label = passed if outcome.passed else failing
        click.echo(f"{label} {outcome.criteria_id} {outcome.test_id}{_carried(outcome, say)}")
        for failure in outcome.failures:
            click.echo(f"       {say.again(failure)}")
        if not outcome.passed and outcome.place is not None:
            click.echo(f"       {say('at {place}', place=outcome.place.text(say))}")
    for criteria in tested:
        if not criteria.all_tests:
            click.echo(say("{set} carries no tests", set=criteria.id))
        for carrier, names in criteria.not_inherited.items():
            click.echo(_not_inherited(criteria.id, carrier, names, say))
    failed = sum(not outcome.passed for outcome in outcomes)
    click.echo(say("{passed} passed, {failed} failed", passed=len(outcomes) - failed, failed=failed))


def _carried(outcome: TestOutcome, say: Words) -> str:
    """The set that carries a test, where that is not the one it is run for, and what the test is not asked for here."""
    if outcome.inherited_from is None:
        return ""
    told = say("test of {set}", set=outcome.inherited_from)
    if outcome.left_out:
        told += f"; {say('left out: {expectations}', expectations=', '.join(outcome.left_out))}"
    return f" ({told})"


def _not_inherited(criteria: str, carrier: str, names: tuple[str, ...], say: Words) -> str:
    """The tests of an extended set that were not run."""
    return say.plural(
        "{criteria}: {count} test of {set} does not hold for it and was left out: {tests}",
        "{criteria}: {count} tests of {set} do not hold for it and were left out: {tests}",
        count=len(names),
        criteria=criteria,
        set=carrier,
        tests=", ".join(names),
    )


def _told(outcomes: list[TestOutcome], located: list[LocatedSet]) -> object:
    from ncriteria.report.records.rule_testing import Tests, TestsNotInherited

    not_inherited = (
        TestsNotInherited(one.criteria.id, carrier, names)
        for one in located
        for carrier, names in one.criteria.not_inherited.items()
    )
    return Tests(tuple(outcomes), tuple(not_inherited))
