"""`ncriteria check`: everything that is wrong with criteria files, and what is worth a second look."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from pathlib import Path

import click

from ncriteria.cli.console.answers import answer
from ncriteria.cli.console.spoken import SpokenArgument, SpokenCommand
from ncriteria.cli.console.written import written
from ncriteria.cli.console.wrong_calls import WrongCallError
from ncriteria.cli.inputs.criteria import criteria_paths
from ncriteria.cli.options import completion
from ncriteria.cli.options.shared import json_option, language_option
from ncriteria.editor.linting.checking import CheckedFiles, checked_files
from ncriteria.editor.linting.mending import mended_text
from ncriteria.editor.linting.rules.rule import SEVERITIES, Severity
from ncriteria.editor.linting.settings import LintSettings, settings_of
from ncriteria.errors import NCriteriaError
from ncriteria.sets.files.files import read_file
from ncriteria.words import Language, phrase, words

_FORMATS = ("text", "json", "github", "sarif", "junit")
_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "blue", Severity.ADVICE: "cyan"}


@click.command("check", cls=SpokenCommand)
@click.argument("files", cls=SpokenArgument, nargs=-1, shell_complete=completion.sets)
@click.option("--strict", is_flag=True, help="Count warnings as findings.")
@click.option("--advice", is_flag=True, help="Tell also what is only advice.")
@click.option("--fix", "mends", is_flag=True, help="Mend what can be mended without a choice, and write the files.")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", help="How the findings are told.")
@language_option
@json_option
def command(
    files: tuple[str, ...], strict: bool, advice: bool, mends: bool, form: str, language: Language, as_json: bool
) -> None:
    """Check criteria FILES, folders of them, or shipped sets by identifier; without any, all shipped sets.

    Errors keep a set from being used; warnings do not, and a notice says what could not be looked at. Files that are
    checked together must also fit together in one catalog, and years in which a territory is left without criteria are
    warned of. A `direction` that a set declares is proved where z3 is installed, otherwise a record that breaks it is
    searched for. `ncriteria rule` explains each rule; a project file may say how much it counts. Exit status 1 where
    there are errors, with --strict also where there are warnings.
    """
    if mends and not files:
        raise WrongCallError(phrase("--fix needs the files that it may write"))
    paths, settings = criteria_paths(files), _settings(advises=advice)
    mended = sum(_mend(path, settings) for path in paths) if mends else 0
    checked = checked_files(paths, alone=len(files) == 1 and not Path(files[0]).is_dir(), settings=settings)
    _tell(checked, "json" if as_json else form, mended, language, strict=strict)
    if checked.of(Severity.ERROR) or (strict and checked.of(Severity.WARNING)):
        raise SystemExit(1)


def _settings(*, advises: bool) -> LintSettings:
    """How much each rule counts, as the project file says."""
    project = click.get_current_context().obj
    return settings_of(() if project is None else project.rules_said, advises=advises)


def _mend(path: Path, settings: LintSettings) -> int:
    """Write the file with all safe edits made; how many findings they mended. Of no text the check tells."""
    try:
        content = read_file(path)
        text, count = mended_text(content, path, settings)
    except NCriteriaError:
        return 0
    if count:
        mark = BOM_UTF8 if content.startswith(BOM_UTF8) else b""
        written(path, mark + text.encode(), force=True)
    return count


def _tell(checked: CheckedFiles, form: str, mended: int, language: Language, *, strict: bool) -> None:
    match form:
        case "json":
            from ncriteria.report.records.criteria import CheckFindings

            found = CheckFindings(
                errors=checked.of(Severity.ERROR),
                warnings=checked.of(Severity.WARNING),
                notices=checked.of(Severity.NOTICE),
                advice=checked.of(Severity.ADVICE),
                mended=mended,
            )
            answer(found, language)
        case "github":
            from ncriteria.editor.linting.formats.github import github_lines

            for line in github_lines(checked.findings, words(language)):
                click.echo(line)
        case "sarif":
            from ncriteria.editor.linting.formats.sarif import sarif_log

            click.echo(json.dumps(sarif_log(checked, words(language)), ensure_ascii=False, indent=1))
        case "junit":
            from ncriteria.editor.linting.formats.junit import junit_report

            click.echo(junit_report(checked, language, strict=strict), nl=False)
        case _:
            _print(checked, mended, language)


def _print(checked: CheckedFiles, mended: int, language: Language) -> None:
    say = words(language)
    for severity, color in _COLORS.items():
        label = click.style(say.again(SEVERITIES[severity]), fg=color, bold=True)
        for problem in checked.of(severity):
            click.echo(f"{label} {problem.text(language)}")
    counts = {severity: len(checked.of(severity)) for severity in _COLORS}
    numbers = [
        say.plural("{count} error", "{count} errors", count=counts[Severity.ERROR]),
        say.plural("{count} warning", "{count} warnings", count=counts[Severity.WARNING]),
    ]
    if counts[Severity.NOTICE]:
        numbers.append(say.plural("{count} notice", "{count} notices", count=counts[Severity.NOTICE]))
    if counts[Severity.ADVICE]:
        numbers.append(say.plural("{count} piece of advice", "{count} pieces of advice", count=counts[Severity.ADVICE]))
    if mended:
        numbers.append(say.plural("{count} finding mended", "{count} findings mended", count=mended))
    told = say.plural("{count} file checked", "{count} files checked", count=checked.number)
    click.echo(f"{told}: {', '.join(numbers)}")
