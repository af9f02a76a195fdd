"""`ncriteria check`: everything that is wrong with criteria files, and what is worth a second look."""

from __future__ import annotations

from pathlib import Path

import click

from ncriteria.cli.inputs import criteria_paths
from ncriteria.cli.layout import print_json
from ncriteria.cli.options import json_option
from ncriteria.errors import NCriteriaError, Problem
from ncriteria.sets.catalog import set_catalog, shared_facts
from ncriteria.sets.lint import lint
from ncriteria.sets.loader import load_set
from ncriteria.sets.model import CriteriaSet
from ncriteria.sets.turns import gaps


@click.command("check")
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--strict", is_flag=True, help="Count warnings as findings.")
@json_option
def command(files: tuple[Path, ...], strict: bool, as_json: bool) -> None:
    """Check criteria FILES, or folders of them; without any, the shipped sets.

    Errors keep a set from being used; warnings do not. Files that are checked together must also fit together in one
    catalog, and years in which a territory is left without criteria are warned of. Exit status 1 where there are
    errors, with --strict also where there are warnings.
    """
    paths = criteria_paths(files)
    errors, warnings = _findings(paths, alone=[*files] == paths and len(paths) == 1)
    if as_json:
        _print_json(errors, warnings)
    else:
        _print(paths, errors, warnings)
    if errors or (strict and warnings):
        raise SystemExit(1)


def _findings(paths: list[Path], *, alone: bool) -> tuple[list[Problem], list[Problem]]:
    errors: dict[Problem, None] = {}
    warnings: list[Problem] = []
    sets: list[CriteriaSet] = []
    for path in paths:
        try:
            sets.append(load_set(path))
        except NCriteriaError as error:
            errors.update(dict.fromkeys(error.problems))
        else:
            warnings += lint(sets[-1])
    for fits_together in (set_catalog, shared_facts):
        try:
            fits_together(sets)
        except NCriteriaError as error:
            errors.update(dict.fromkeys(error.problems))
    if not alone and not errors:
        warnings += gaps(sets)
    return list(errors), warnings


def _print(paths: list[Path], errors: list[Problem], warnings: list[Problem]) -> None:
    for label, color, problems in (("error", "red", errors), ("warning", "yellow", warnings)):
        for problem in problems:
            click.echo(f"{click.style(label, fg=color, bold=True)} {problem}")
    files, found = _number(len(paths), "file"), (_number(len(errors), "error"), _number(len(warnings), "warning"))
    click.echo(f"{files} checked: {', '.join(found)}")


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _print_json(errors: list[Problem], warnings: list[Problem]) -> None:
    from ncriteria.evaluation.plain import plain_problem

    found = {"errors": [plain_problem(one) for one in errors], "warnings": [plain_problem(one) for one in warnings]}
    print_json(found)
