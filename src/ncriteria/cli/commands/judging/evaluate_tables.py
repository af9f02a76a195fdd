"""`ncriteria evaluate` of a Parquet file: judged in columns, with a summary of what came out."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ncriteria.cli.console.answers import answer
from ncriteria.cli.console.layout import fitted, terminal_width
from ncriteria.cli.console.progress import progress_bar
from ncriteria.cli.console.warned import warn
from ncriteria.cli.console.wrong_calls import WrongCallError
from ncriteria.cli.inputs.tables import PARQUET
from ncriteria.errors import Problem, is_installed
from ncriteria.evaluation.criteria import Catalog, Criteria
from ncriteria.evaluation.errors import EvaluationError
from ncriteria.facts.attestations.model import Attestation
from ncriteria.facts.options import ReadingOptions
from ncriteria.quick_classes import frozen
from ncriteria.report.records.tables import ClauseCounts, TableVerdicts
from ncriteria.sets.catalog import ChoiceError
from ncriteria.sets.model import WHOLE_SET, CriteriaSet, Level, Verdict
from ncriteria.sets.names import LEVELS, VERDICTS, standard_among
from ncriteria.words import Language, Message, Words, joined, phrase, words

if TYPE_CHECKING:
    from ncriteria.evaluation.columns.files.files import FileSummary, JudgedBy, Stage

_STAGES: Final = {
    "splitting": Message("Splitting by unit"),
    "judging": Message("Judging"),
    "counting": Message("Counting"),
}


@frozen
class TableOptions:
    """What the command line says of the judging of a table in columns."""

    standard: str | None
    missing: bool
    reading: ReadingOptions
    engine: str
    output: Path | None
    attestations: tuple[Attestation, ...] = ()


def evaluate_table_file(
    facts: Path, criteria: Criteria | Catalog, options: TableOptions, language: Language, *, as_json: bool
) -> None:
    """Judge the Parquet file `facts`, write its rows with the verdicts, and print a summary.

    Raises `EvaluationError` at the end where a rule had no value in some of the rows; ends with the status 1 where no
    row was judged.
    """
    if not is_installed("narwhals"):
        message = phrase("judging a Parquet file needs narwhals, which cannot be imported")
        raise EvaluationError(
            Problem("NC245", message, None, phrase("install the extra: pip install 'ncriteria[table]'"))
        )
    from ncriteria.evaluation.columns.files.files import Engine, JudgedBy, judge_file

    standard, level = _chosen(criteria, options)
    engine, reading = Engine(options.engine), options.reading
    ignore, attestations = tuple(reading.ignore), options.attestations
    by = JudgedBy(
        criteria,
        standard,
        level,
        reading.territory,
        options.missing,
        ignore,
        engine,
        attestations,
        reading.whole_lineage,
        reading.known_on,
    )
    started = time.perf_counter()
    with _target(options.output) as target, _progress(language) as told:
        summary = judge_file(facts, target, by, told)
    seconds = time.perf_counter() - started
    warn(summary.warnings)
    if as_json:
        answer(_told(facts, by, options, summary, seconds))
    else:
        click.echo("\n".join(_lines(by, options, summary, seconds, language)))
        say = words(language)
        for name, reason in summary.reasons.items():
            click.echo(f"{say('evaluated row by row, exactly but slowly')}: {name}: {reason}", err=True)
    if summary.failed_rows:
        raise EvaluationError(_failures(facts, summary))
    if not summary.judged:
        raise SystemExit(1)


def _chosen(criteria: Criteria | Catalog, options: TableOptions) -> tuple[str | None, Level | None]:
    """The standard and the level to judge by, the level where the standard has one only."""
    if isinstance(criteria, Criteria):
        if options.reading.level not in (None, criteria.level):
            raise WrongCallError(
                phrase(
                    "{criteria} judges units of the level {level}",
                    criteria=criteria.id,
                    level=LEVELS[criteria.level].as_phrase(),
                )
            )
        return None, None
    standards = dict.fromkeys(one.standard for one in criteria.sets.sets)
    if options.standard is None:
        raise WrongCallError(
            phrase(
                "a Parquet file is judged under one --standard; there are: {standards}",
                standards=joined("; ", (standard_among(criteria.sets.sets, one) for one in standards)),
            )
        )
    levels = [level for level in Level if options.standard in criteria.sets.standards(level)]
    if options.reading.level is None and len(levels) > 1:
        known = ", ".join(level.value for level in levels)
        raise WrongCallError(
            phrase(
                "`{standard}` judges units of several levels; give --level, one of: {known}",
                standard=options.standard,
                known=known,
            )
        )
    return options.standard, options.reading.level or levels[0]


@contextmanager
def _target(output: Path | None) -> Iterator[Path]:
    """Where the verdicts go: to the output, or to a place that is forgotten once they are counted."""
    if output is not None:
        yield output
        return
    with tempfile.TemporaryDirectory(prefix="ncriteria-") as folder:
        yield Path(folder) / f"verdicts{PARQUET}"


@contextmanager
def _progress(language: Language) -> Iterator[Callable[[Stage, int, int | None], None]]:
    """A bar on the terminal that shows how many rows of a stage are done; nothing where there is no terminal."""
    with progress_bar() as bar:
        yield lambda stage, done, total: bar.show(words(language).this(_STAGES[stage.value]), done, total)


def _titles(sets: tuple[CriteriaSet, ...], language: Language) -> dict[str, str]:
    """The titles of the clauses and groups by path, each group before its members, as the latest set has them."""
    found = {}
    for criteria in sets:
        for member in criteria.members():
            found[member.path] = member.title.text(language)
    return found


def _told(facts: Path, by: JudgedBy, options: TableOptions, summary: FileSummary, seconds: float) -> TableVerdicts:
    line, counts = by.line, dict(summary.counts)
    return TableVerdicts(
        facts=str(facts),
        output=None if options.output is None else str(options.output),
        engine=by.engine.value,
        criteria=tuple(criteria.id for criteria in line.sets),
        standard=line.sets[0].standard,
        level=line.level,
        rows=summary.rows,
        judged=summary.judged,
        not_judged=summary.rows - summary.judged - summary.failed_rows,
        years_without_criteria=summary.unheld,
        hint=_hint(by, summary),
        without_value=summary.failed_rows,
        verdicts=counts.pop(WHOLE_SET),
        clauses=tuple(ClauseCounts(path, numbers) for path, numbers in counts.items()),
        row_by_row=dict(summary.reasons),
        seconds=round(seconds, 3),
    )


def _lines(
    by: JudgedBy, options: TableOptions, summary: FileSummary, seconds: float, language: Language
) -> Iterator[str]:
    say, width, line = words(language), terminal_width(), by.line
    sets = ", ".join(criteria.id for criteria in line.sets)
    yield from fitted(f"{say('Under')}: {sets}", width)
    yield say("Rows: {rows}; judged: {judged}", rows=_grouped(summary.rows), judged=_grouped(summary.judged))
    unheld = sum(summary.unheld.values())
    if other := summary.rows - summary.judged - summary.failed_rows - unheld:
        level = say.this(LEVELS[line.level])
        told = say("Not judged: {rows} (not of the level {level})", rows=_grouped(other), level=level)
        yield click.style(told, fg="yellow")
    if unheld:
        years = ", ".join(map(str, summary.unheld))
        told = say("Without criteria: {rows} (of {years})", rows=_grouped(unheld), years=years)
        yield from (click.style(part, fg="yellow") for part in fitted(told, width))
        yield from fitted(f"{say('hint')}: {_hint(by, summary)}", width, indent="  ")
    if summary.failed_rows:
        yield click.style(say("A rule has no value in: {rows}", rows=_grouped(summary.failed_rows)), fg="red")
    yield ""
    yield from _table(summary, _titles(line.sets, language), say, width)
    yield ""
    yield from fitted(_written(options.output, say), width)
    yield say("Computed on {engine} in {seconds} s", engine=by.engine.value, seconds=f"{seconds:.1f}")


def _written(output: Path | None, say: Words) -> str:
    if output is None:
        return say("The verdicts of each row are not written; add -o verdicts.parquet to write them")
    return say("The verdicts of each row are written to {file}", file=output)


def _hint(by: JudgedBy, summary: FileSummary) -> str | None:
    """What would help rows in years that no set holds for; `None` where there are none."""
    year = next(iter(summary.unheld), None)
    if year is None:
        return None
    if isinstance(by.criteria, Criteria):
        return phrase("{set} holds for {years}", set=by.criteria.id, years=by.criteria.years)
    assert by.standard is not None
    try:
        by.criteria.choose(
            standard=by.standard, level=by.line.level, year=year, territory=by.territory, lineage=by.lineage
        )
    except ChoiceError as error:
        return error.problems[0].hint
    return None


def _table(summary: FileSummary, titles: dict[str, str], say: Words, width: int) -> Iterator[str]:
    """How many rows have each verdict: of the whole set, and of each clause and group."""
    columns = {verdict: say.this(VERDICTS[verdict]) for verdict in Verdict}
    sizes = {
        verdict: max(len(name), *(len(_grouped(numbers[verdict])) for numbers in summary.counts.values()))
        for verdict, name in columns.items()
    }
    gutter = sum(size + 2 for size in sizes.values()) + 2
    yield click.style("".join(f"  {columns[verdict]:>{sizes[verdict]}}" for verdict in Verdict), bold=True)
    for path, numbers in summary.counts.items():
        text = say("the whole set") if path == "" else f"{path}  {titles[path]}"
        first, *rest = fitted(text, max(width, gutter + 30), indent=" " * gutter)
        cells = "".join(f"  {_grouped(numbers[verdict]):>{sizes[verdict]}}" for verdict in Verdict)
        yield f"{cells}  {first[gutter:]}"
        yield from rest


def _grouped(number: int) -> str:
    """A number of rows with spaces between thousands, which neither language reads as a decimal."""
    return f"{number:,}".replace(",", " ")


def _failures(facts: Path, summary: FileSummary) -> list[Problem]:
    from ncriteria.errors import CellPlace

    hint = phrase("see `ncriteria explain`, and say with `when_zero_base` or `applies_when` what holds there")
    found = [
        Problem(
            "NC309",
            phrase("a rule has no value for {unit} in {year}, such as a division by zero", unit=unit, year=year),
            CellPlace(str(facts)),
            hint,
        )
        for unit, year in summary.failed
    ]
    if (more := summary.failed_rows - len(found)) > 0:
        found.append(Problem("NC309", phrase("the same holds for {more} more rows", more=more), CellPlace(str(facts))))
    return found
