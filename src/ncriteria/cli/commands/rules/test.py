"""`ncriteria test`: run the tests that criteria files carry, and say what they leave untested."""

from __future__ import annotations

import click

from ncriteria.cli.console.answers import answer
from ncriteria.cli.inputs.criteria import criteria_paths
from ncriteria.cli.options.shared import json_option, timeout_option
from ncriteria.evaluation.self_tests import TestOutcome, run_tests
from ncriteria.sets.loader import load_located


@click.command("test")
@click.argument("files", nargs=-1)
@click.option("--coverage", is_flag=True, help="Say which conditions and thresholds of the rules no test tries.")
@click.option("--mutate", is_flag=True, help="Edit the rules one by one, and say which edits no test notices.")
@click.option("--suggest", is_flag=True, help="Write the missing cases as YAML, for an officer to confirm.")
@timeout_option(45, "Time for --mutate and --suggest, of all files together; what is not decided by then is told.")
@json_option
def command(files: tuple[str, ...], coverage: bool, mutate: bool, suggest: bool, timeout: float, as_json: bool) -> None:
    """Run the embedded tests of criteria FILES, of folders, or of shipped sets by identifier; without any, of them all.

    Exit status 1 where a test fails, and under --coverage, --mutate and --suggest where something is left untested, or
    where it is not known in time whether it is.
    """
    located = [load_located(path) for path in criteria_paths(files)]
    outcomes = [outcome for one in located for outcome in run_tests(one.criteria)]
    passed = all(outcome.passed for outcome in outcomes)
    if coverage or mutate or suggest:
        from ncriteria.cli.terminal import test_quality

        asked = test_quality.QualityAsked(coverage, mutate, suggest, timeout)
        # A test that fails shows nothing about its rule, so failures come first and alone.
        full = test_quality.report(located, asked, as_json) if passed else _report_failures(outcomes, as_json)
        raise SystemExit(0 if full else 1)
    if as_json:
        answer(_told(outcomes))
    else:
        _print(outcomes, [one.criteria.id for one in located if not one.criteria.tests])
    if not passed:
        raise SystemExit(1)


def _report_failures(outcomes: list[TestOutcome], as_json: bool) -> bool:
    failed = [outcome for outcome in outcomes if not outcome.passed]
    if as_json:
        answer(_told(failed))
    else:
        _print(failed, [])
    click.echo("What the tests leave untested is told once they pass.", err=True)
    return False


def _print(outcomes: list[TestOutcome], untested: list[str]) -> None:
    for outcome in outcomes:
        mark = click.style("passed", fg="green") if outcome.passed else click.style("FAILED", fg="red", bold=True)
        click.echo(f"{mark} {outcome.criteria_id} {outcome.test_id}")
        for failure in outcome.failures:
            click.echo(f"       {failure}")
        if not outcome.passed and outcome.place is not None:
            click.echo(f"       at {outcome.place}")
    for criteria_id in untested:
        click.echo(f"{criteria_id} carries no tests")
    failed = sum(not outcome.passed for outcome in outcomes)
    click.echo(f"{len(outcomes) - failed} passed, {failed} failed")


def _told(outcomes: list[TestOutcome]) -> object:
    from ncriteria.report.records.rule_testing import Tests

    return Tests(tuple(outcomes))
