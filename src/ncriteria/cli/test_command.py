"""`ncriteria test`: run the tests that criteria files carry."""

from __future__ import annotations

from pathlib import Path

import click

from ncriteria.cli.options import json_option
from ncriteria.evaluation.self_tests import TestOutcome, run_tests
from ncriteria.sets.files import criteria_files, shipped_folder
from ncriteria.sets.loader import load_set


@click.command("test")
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
@json_option
def command(files: tuple[Path, ...], as_json: bool) -> None:
    """Run the embedded tests of criteria FILES, or of folders of them; without any, of the shipped sets.

    Exit status 1 where a test fails.
    """
    given = files or (shipped_folder(),)
    paths = [path for one in given for path in (criteria_files(one) if one.is_dir() else [one])]
    outcomes = [outcome for path in paths for outcome in run_tests(load_set(path))]
    if as_json:
        _print_json(outcomes)
    else:
        _print(outcomes)
    if not all(outcome.passed for outcome in outcomes):
        raise SystemExit(1)


def _print(outcomes: list[TestOutcome]) -> None:
    for outcome in outcomes:
        mark = click.style("passed", fg="green") if outcome.passed else click.style("FAILED", fg="red", bold=True)
        click.echo(f"{mark} {outcome.criteria_id} {outcome.test_id}")
        for failure in outcome.failures:
            click.echo(f"       {failure}")
        if not outcome.passed and outcome.place is not None:
            click.echo(f"       at {outcome.place}")
    failed = sum(not outcome.passed for outcome in outcomes)
    click.echo(f"{len(outcomes) - failed} passed, {failed} failed")


def _print_json(outcomes: list[TestOutcome]) -> None:
    import json

    plain = [
        {
            "criteria": outcome.criteria_id,
            "test": outcome.test_id,
            "passed": outcome.passed,
            "failures": list(outcome.failures),
            "place": None if outcome.place is None else str(outcome.place),
        }
        for outcome in outcomes
    ]
    click.echo(json.dumps(plain, ensure_ascii=False, indent=2))
