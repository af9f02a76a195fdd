"""`ncriteria form`: an empty form for the facts that a criteria set needs."""

from __future__ import annotations

from pathlib import Path

import click
from attrs import evolve

from ncriteria.cli.console.answers import answer
from ncriteria.cli.console.spoken import SpokenArgument, SpokenCommand
from ncriteria.cli.console.written import written
from ncriteria.cli.console.wrong_calls import WrongCallError
from ncriteria.cli.inputs.criteria import sets_beside
from ncriteria.cli.inputs.tables import read_table
from ncriteria.cli.options import completion
from ncriteria.cli.options.reading import reading_options
from ncriteria.cli.options.shared import force_option, json_option, language_option
from ncriteria.facts.layout.columns import Reserved
from ncriteria.facts.options import ReadingOptions
from ncriteria.facts.table import Unit
from ncriteria.sets.model import CriteriaSet
from ncriteria.sets.names import LEVELS
from ncriteria.words import Language, phrase, words

_BESIDE_FACTS = frozenset(column.value for column in Reserved)


@click.command("form", cls=SpokenCommand)
@click.argument("criteria", cls=SpokenArgument, metavar="SET", shell_complete=completion.sets)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The workbook to write (.xlsx).",
)
@click.option(
    "--year", "years", multiple=True, type=int, help="The assessment year, at first that of the set; may be repeated."
)
@click.option(
    "--units",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Fill in the units of this table: a list of them, or any table of facts.",
)
@click.option(
    "--months",
    "by_month",
    is_flag=True,
    help="Ask month by month for what adds up over the months of the assessment year; the units are needed.",
)
@force_option
@reading_options
@language_option
@json_option
def command(
    criteria: str,
    output: Path,
    years: tuple[int, ...],
    units: Path | None,
    by_month: bool,
    force: bool,
    reading: ReadingOptions,
    show: Language | None,
    language: Language,
    as_json: bool,
) -> None:
    """Write an empty form for SET, a file or the identifier of a shipped set: a workbook to fill in.

    It has a row for each unit, and a column for each fact in each year that the rules ask for. With --months a unit has
    a row for each month, too. What is filled in is read back as any other table. The options of reading are about the
    table of --units.
    """
    from ncriteria.report.form.planning import plan_of
    from ncriteria.report.form.telling import FormWritten
    from ncriteria.report.form.writing import form_workbook

    if output.suffix.lower() != ".xlsx":
        raise WrongCallError(phrase("a form is written as .xlsx, not as `{output}`", output=output.name))
    definition, sets = sets_beside(criteria)
    chosen = years or (definition.years.first,)
    for year in chosen:
        if year not in definition.years:
            raise WrongCallError(
                phrase(
                    "`{definition}` holds for the years {years}, not for {year}",
                    definition=definition.id,
                    years=definition.years,
                    year=year,
                )
            )
    listed = [] if units is None else _units(units, definition, evolve(reading, year=reading.year or chosen[0]), show)
    plan = plan_of(definition, chosen, language, by_month=by_month, sets=sets)
    written(output, form_workbook(plan, listed), force=force)
    if as_json:
        answer(FormWritten(str(output), plan.form, len(listed)), language)
    else:
        facts, columns = len({one.fact.name for one in plan.columns if one.fact}), len(plan.form.columns)
        say, told = words(language), ", ".join(map(str, plan.form.years))
        click.echo(
            say(
                "{file}: {facts} facts in {columns} columns, for {years} and {units} units",
                file=str(output),
                facts=facts,
                columns=columns,
                years=told,
                units=len(listed),
            )
        )


def _units(path: Path, criteria: CriteriaSet, reading: ReadingOptions, show: Language | None) -> list[Unit]:
    """The units of a table that are of the level of the set, or of none, as its latest rows have them."""
    columns = {heading: name for heading, name in reading.columns.items() if name in _BESIDE_FACTS}
    table = read_table(path, {}, evolve(reading, columns=columns, ignore_unknown=True), show=show, judged_as=None)
    latest: dict[str, tuple[int, Unit]] = {}
    for row in table.rows:
        if row.unit.id not in latest or row.year >= latest[row.unit.id][0]:
            latest[row.unit.id] = row.year, row.unit
    units = [unit for _, unit in latest.values() if unit.level in (None, criteria.level)]
    if not units:
        raise WrongCallError(
            phrase("`{path}` lists no unit of the level {level}", path=path, level=LEVELS[criteria.level].as_phrase())
        )
    return units
