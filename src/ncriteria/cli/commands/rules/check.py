"""`ncriteria check`: everything that is wrong with criteria files, and what is worth a second look."""

from __future__ import annotations

from pathlib import Path

import click
from attrs import field

from ncriteria.analysis.lint.warnings import findings_around, lint
from ncriteria.cli.console.answers import answer
from ncriteria.cli.console.spoken import SpokenArgument, SpokenCommand
from ncriteria.cli.inputs.criteria import criteria_paths
from ncriteria.cli.options import completion
from ncriteria.cli.options.shared import json_option, language_option
from ncriteria.errors import NCriteriaError, Problem
from ncriteria.quick_classes import frozen
from ncriteria.sets.catalog import set_catalog, shared_facts
from ncriteria.sets.files.files import criteria_files, shipped_folder
from ncriteria.sets.loader import LocatedSet, extended_set, load_located, load_set
from ncriteria.sets.model import CriteriaSet
from ncriteria.sets.years.turns import gaps
from ncriteria.words import Language, words


@click.command("check", cls=SpokenCommand)
@click.argument("files", cls=SpokenArgument, nargs=-1, shell_complete=completion.sets)
@click.option("--strict", is_flag=True, help="Count warnings as findings.")
@language_option
@json_option
def command(files: tuple[str, ...], strict: bool, language: Language, as_json: bool) -> None:
    """Check criteria FILES, folders of them, or shipped sets by identifier; without any, all shipped sets.

    Errors keep a set from being used; warnings do not, and a notice says what could not be looked at. Files that are
    checked together must also fit together in one catalog, and years in which a territory is left without criteria are
    warned of. A `direction` that a set declares is proved where z3 is installed, otherwise a record that breaks it is
    searched for. Exit status 1 where there are errors, with --strict also where there are warnings.
    """
    paths = criteria_paths(files)
    found = _findings(paths, alone=len(files) == 1 and not Path(files[0]).is_dir())
    if as_json:
        from ncriteria.report.records.criteria import CheckFindings

        answer(CheckFindings(tuple(found.errors), tuple(found.warnings), tuple(found.notices)), language)
    else:
        _print(paths, found, language)
    if found.errors or (strict and found.warnings):
        raise SystemExit(1)


@frozen
class _FilesChecked:
    """What the check found, each kind in the order of the files; a notice never counts as a finding."""

    errors: dict[Problem, None] = field(factory=dict)
    warnings: list[Problem] = field(factory=list)
    notices: list[Problem] = field(factory=list)


def _findings(paths: list[Path], *, alone: bool) -> _FilesChecked:
    found = _FilesChecked()
    sets: dict[Path, LocatedSet] = {}
    for path in paths:
        try:
            sets[path] = load_located(path)
        except NCriteriaError as error:
            found.errors.update(dict.fromkeys(error.problems))
        else:
            found.warnings.extend(lint(sets[path].criteria, sets[path].places))
            _look_at_direction(path, sets[path].criteria, found)
    _look_around(sets, found)
    for fits_together in (set_catalog, shared_facts):
        try:
            fits_together(located.criteria for located in sets.values())
        except NCriteriaError as error:
            found.errors.update(dict.fromkeys(error.problems))
    if not alone and not found.errors:
        found.warnings.extend(gaps([located.criteria for located in sets.values()]))
    return found


def _look_at_direction(path: Path, criteria: CriteriaSet, found: _FilesChecked) -> None:
    """Whether a set stands to the one that it extends as it says; loading the other was no problem before."""
    base = None if criteria.direction is None else extended_set(criteria, path.parent)
    if base is not None:
        from ncriteria.analysis.lint.direction import direction_findings

        for problem in direction_findings(base, criteria):
            if problem.code == "NC440":
                found.errors[problem] = None
            else:
                found.notices.append(problem)


def _look_around(sets: dict[Path, LocatedSet], found: _FilesChecked) -> None:
    """What the sets name in others, against the sets that are checked, those beside them, and the shipped ones.

    Of a file that stands alone nothing is certain: the other sets may lie elsewhere. Nor is it where a file beside it
    cannot be read.
    """
    known = {path.resolve(): located.criteria for path, located in sets.items()}
    for path, located in sets.items():
        if not findings_around(located, [*known.values()]):
            continue
        beside = [other for other in sorted(path.parent.glob("*.y*ml")) if other.resolve() != path.resolve()]
        around = [_read(other, known) for other in (*beside, *criteria_files(shipped_folder()))]
        readable = [criteria for criteria in around if criteria is not None]
        is_certain = (bool(beside) or len(sets) > 1) and len(readable) == len(around)
        problems = findings_around(located, [*known.values(), *readable])
        (found.warnings if is_certain else found.notices).extend(problems)


def _read(path: Path, known: dict[Path, CriteriaSet]) -> CriteriaSet | None:
    try:
        return known.get(path.resolve()) or load_set(path)
    except NCriteriaError:
        return None


def _print(paths: list[Path], found: _FilesChecked, language: Language) -> None:
    say = words(language)
    kinds = (
        (say("error"), "red", found.errors),
        (say("warning"), "yellow", found.warnings),
        (say("notice"), "blue", found.notices),
    )
    for label, color, problems in kinds:
        for problem in problems:
            click.echo(f"{click.style(label, fg=color, bold=True)} {problem.text(language)}")
    numbers = [
        say.plural("{count} error", "{count} errors", count=len(found.errors)),
        say.plural("{count} warning", "{count} warnings", count=len(found.warnings)),
    ]
    if found.notices:
        numbers.append(say.plural("{count} notice", "{count} notices", count=len(found.notices)))
    checked = say.plural("{count} file checked", "{count} files checked", count=len(paths))
    click.echo(f"{checked}: {', '.join(numbers)}")
