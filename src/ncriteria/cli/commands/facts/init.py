"""`ncriteria init`: look at a real table, ask what it does not say, and write the project file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import click
from attrs import field

from ncriteria.cli.console.answers import answer
from ncriteria.cli.console.complaints import complain
from ncriteria.cli.console.spoken import SpokenCommand
from ncriteria.cli.console.written import refuse_over, written
from ncriteria.cli.console.wrong_calls import WrongCallError
from ncriteria.cli.inputs.begun_files import PROJECT_SCHEMA, lay_schema_beside, with_schema
from ncriteria.cli.inputs.criteria import criteria_of, paths_of
from ncriteria.cli.options.shared import criteria_option, file_argument, force_option, json_option, language_option
from ncriteria.errors import told
from ncriteria.facts.asking import PASS_OVER, Asked, Question, next_question, with_answer
from ncriteria.facts.cells.cells import folded
from ncriteria.facts.layout.columns import Reserved
from ncriteria.facts.options import AS_IT_STANDS, ReadingOptions
from ncriteria.facts.project import PROJECT_FILE, Project
from ncriteria.facts.readers import read
from ncriteria.facts.table import FactsError, FactTable
from ncriteria.facts.writing_project import project_text
from ncriteria.quick_classes import define
from ncriteria.report.account import rows_of_units
from ncriteria.report.documents import ProjectBegun
from ncriteria.sets.model import FactDeclaration, Level
from ncriteria.sets.names import LEVELS
from ncriteria.words import Language, Message, Words, phrase, words

_YEARS = click.IntRange(1800, 2999)
"""The years that a project file may have."""
_COLUMNS: Final[Mapping[str, Message]] = {
    Reserved.UNIT.value: Message("Unit code"),
    Reserved.NAME.value: Message("Name"),
    Reserved.LEVEL.value: Message("Level"),
    Reserved.PARENT.value: Message("Parent"),
    Reserved.YEAR.value: Message("Year"),
    Reserved.MONTH.value: Message("Month"),
    Reserved.DAYS.value: Message("First and last day"),
    Reserved.PUBLISHED.value: Message("Published result"),
    Reserved.NOTE.value: Message("Note"),
    Reserved.SOURCE.value: Message("Source of the figures"),
    Reserved.SERIES.value: Message("Series of the counts"),
    Reserved.BASIS_SOURCE.value: Message("Source of the figures of the year before"),
    Reserved.KNOWN_ON.value: Message("On file since"),
    Reserved.SERIAL.value: Message("Running number"),
}
"""What the columns are called that are no facts."""


@click.command("init", cls=SpokenCommand)
@file_argument
@criteria_option
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=PROJECT_FILE,
    show_default=True,
    help="The project file to write.",
)
@click.option("--yes", is_flag=True, help="Take what is likeliest without asking; what only you know is told.")
@force_option
@language_option
@json_option
def command(
    facts: Path, rules: tuple[str, ...], output: Path, yes: bool, force: bool, language: Language, as_json: bool
) -> None:
    """Look at the table FACTS as an office keeps it, ask what it does not say, and write the project file.

    Afterwards the same table, and others like it, are judged without options. Beside the file lies the schema by which
    editors check it.

    Exit status 1 where something stays open that only you know.
    """
    refuse_over(output, force=force)
    criteria = _kept(rules)
    declarations, say = criteria_of(rules).facts, words(language)
    known = (*declarations, *(column.value for column in Reserved))
    talk, table, refused = _Talk(yes=yes, say=say, known=known, declarations=declarations), None, None
    try:
        talk.ask_about(facts, declarations)
        table = None if talk.left else read(facts, declarations, options=talk.reading, keep_going=True)
    except FactsError as error:
        if talk.reading == AS_IT_STANDS:
            raise
        refused = error
    project = Project(output, language, criteria, (), talk.reading)
    text = with_schema(project_text(project, talk.headings), PROJECT_SCHEMA)
    written(output, text.encode(), force=force)
    lay_schema_beside(output, PROJECT_SCHEMA)
    left = talk.left
    found = _found(output, table, left)
    if as_json:
        answer(found, language)
    else:
        _print(found, table, say)
    if table is not None and table.problems:
        for line in told(table.problems, language):
            complain(line)
    for question in left:
        click.echo(say("still open: {what}", what=_question(question, say)), err=True)
    if refused is not None:
        raise refused
    if left:
        raise SystemExit(1)


@define
class _Talk:
    """The questions about a table and what was answered; where reading it fails in the end, the answers are kept."""

    yes: bool
    say: Words
    known: tuple[str, ...]
    declarations: Mapping[str, FactDeclaration]
    reading: ReadingOptions = AS_IT_STANDS
    left: list[Question] = field(factory=list)
    headings: dict[str, str] = field(factory=dict)

    def ask_about(self, facts: Path, declarations: Mapping[str, FactDeclaration]) -> None:
        """Ask all that the table does not say."""
        settled: list[Question] = []
        while (question := next_question(facts, declarations, self.reading, settled)) is not None:
            settled.append(question)
            self.headings[folded(question.about)] = question.about
            said = _likeliest(question) if self.yes else _asked(question, self)
            if said is None:
                self.left.append(question)
            elif said:
                self.reading = with_answer(self.reading, question, said)
                if self.yes:
                    click.echo(f"{_question(question, self.say)} {self.called(question, said)}", err=True)

    def called(self, question: Question, answer: str) -> str:
        """An answer with what it is called, where it is a name: a fact, a column of rows, a level."""
        match question.asked:
            case Asked.COLUMN if answer == PASS_OVER:
                told = self.say("it is passed over")
            case Asked.COLUMN if (declared := self.declarations.get(answer)) is not None:
                told = declared.title.text(self.say.language)
            case Asked.COLUMN if answer in _COLUMNS:
                told = self.say.this(_COLUMNS[answer])
            case Asked.LEVEL:
                told = self.say.this(LEVELS[Level(answer)])
            case _:
                return answer
        return answer if told == answer else f"{answer} ({told})"


def _kept(rules: tuple[str, ...]) -> Path | None:
    """The file or folder that the project file names, which needs not name shipped sets.

    Raises a usage error where there are others beside it, which the file has no place for.
    """
    paths = paths_of(rules)
    if paths and len(rules) > 1:
        raise WrongCallError(phrase("a project file names one file or folder of criteria; give --criteria such a path"))
    return paths[0] if paths else None


def _found(output: Path, table: FactTable | None, left: Iterable[Question]) -> ProjectBegun:
    rows = () if table is None else table.rows
    unread = 0 if table is None else len(table.problems)
    return ProjectBegun(
        str(output), len(rows), len({row.unit.id for row in rows}), unread, tuple(one.asked.value for one in left)
    )


def _print(found: ProjectBegun, table: FactTable | None, say: Words) -> None:
    click.echo(say("{file} is written", file=found.file))
    if table is not None:
        click.echo(f"{table.file}: {rows_of_units(say, found.rows, found.units)}")
    if found.unread:
        click.echo(say.plural("{count} cell cannot be read", "{count} cells cannot be read", count=found.unread))
    click.echo(say("editors check it by {schema}, which lies beside it", schema=PROJECT_SCHEMA))


def _likeliest(question: Question) -> str | None:
    return next(iter(question.proposals), None)


def _asked(question: Question, talk: _Talk) -> str | None:
    """The answer of a person; an empty one where a mark is a figure after all."""
    text = _question(question, talk.say)
    if question.asked is Asked.BLANK:
        return question.about if click.confirm(text, default=True) else ""
    if question.asked is Asked.UNIT:
        return str(click.prompt(text, type=str))
    if question.asked is Asked.YEAR:
        return str(click.prompt(text, type=_YEARS, default=_likeliest(question)))
    if len(question.proposals) > 1:
        click.echo("\n".join(f"  {talk.called(question, one)}" for one in question.proposals))
    allowed = {
        Asked.COLUMN: (*talk.known, PASS_OVER),
        Asked.LEVEL: tuple(level.value for level in Level),
    }.get(question.asked, question.proposals)
    return str(click.prompt(text, default=_likeliest(question), type=click.Choice(allowed), show_choices=False))


def _question(question: Question, say: Words) -> str:
    match question.asked:
        case Asked.SHEET:
            return say("Which sheet?")
        case Asked.ENCODING:
            return say("Which encoding? The likeliest is proposed")
        case Asked.COLUMN:
            return say('Which column is "{heading}"? (- passes it over)', heading=question.about)
        case Asked.YEAR:
            return say("Of which year is the table?")
        case Asked.UNIT:
            return say("Of which unit is the table?")
        case Asked.LEVEL:
            return say("Of which level are the units?")
        case Asked.BLANK:
            return say('Does "{mark}" mean that there is no figure?', mark=question.about)
