"""What verdicts wait for, as sheets to work through: figures with who has them, and all else; a row for each unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, assert_never

from ncriteria.language import tree as t
from ncriteria.report.sheets.sheet import Column, Kind, Row, Sheet, by_option
from ncriteria.report.summary.overview import FigureToCollect, OtherWait, Overview, WaitKind
from ncriteria.sets.names import LEVELS
from ncriteria.sets.sources import Bilingual
from ncriteria.words import Language, Message, Words, words

_WAITS: Final[Mapping[WaitKind, Message]] = {
    WaitKind.OPEN_PARAMETER: Message("Left open by the text"),
    WaitKind.NOT_ENCODED: Message("Not encoded, for the text is not known"),
    WaitKind.ATTESTATION: Message("To be attested"),
    WaitKind.ROLL_UP: Message("Waiting for the units inside"),
}


def figures_sheet(overview: Overview, language: Language) -> Sheet:
    """A row for each figure of each unit that waits for it: by supplier, the figure that most wait for first."""
    say = words(language)
    columns = (
        Column("supplier", say("Who has it"), width=24),
        Column("figure", say("Figure"), width=40),
        Column("measure", say("Measured in"), width=10),
        Column("figure_year", say("Year of the figure"), Kind.WHOLE, 9),
        *_unit_columns(say),
        Column("clauses", say("For the clauses"), width=24),
        Column("waiting", say("Units that wait for this figure"), Kind.WHOLE, 11),
        Column("attested_by", say("May be attested by"), width=24),
        Column("fact", say("Name in rules"), width=24),
    )
    return Sheet("figures", say("Figures to collect"), columns, lambda: _figures(overview, language))


def waits_sheet(overview: Overview, language: Language) -> Sheet:
    """A row for each unit and each other thing that its verdict waits for."""
    say = words(language)
    columns = (
        Column("kind", say("What is waited for"), Kind.NAME, 24, by_option(_WAITS)),
        Column("standard", say("Standard"), width=12),
        Column("clause", say("Clause or parameter"), width=20),
        Column("title", say("Title"), width=40),
        Column("level", say("Level of the units inside"), Kind.NAME, 10, by_option(LEVELS)),
        Column("attested_by", say("May be attested by"), width=24),
        *([Column("awaits", say("Document awaited"), width=32)] if _awaits_documents(overview) else []),
        *_unit_columns(say),
    )
    return Sheet("waits", say("Other things waited for"), columns, lambda: _waits(overview, language))


def _awaits_documents(overview: Overview) -> bool:
    return any(wait.awaits is not None for wait in overview.waits)


def _unit_columns(say: Words) -> tuple[Column, ...]:
    return (
        Column("unit", say("Unit code"), width=12),
        Column("name", say("Name"), width=20),
        Column("year", say("Assessment year"), Kind.WHOLE, 9),
    )


def _figures(overview: Overview, language: Language) -> Iterator[Row]:
    for figure in overview.figures_to_collect:
        clauses = "\n".join(dict.fromkeys(one.path for one in figure.clauses)) or None
        for one in figure.waiting:
            yield (
                _text(figure.supplier, language),
                figure.title.text(language),
                _text(figure.unit, language),
                _year(figure, one.year),
                one.unit,
                one.name,
                one.year,
                clauses,
                len(figure.waiting),
                _bodies(figure.attested_by, language),
                str(figure.fact),
            )


def _waits(overview: Overview, language: Language) -> Iterator[Row]:
    with_documents = _awaits_documents(overview)
    for wait in overview.waits:
        for one in wait.waiting:
            awaited = [_document(wait, language)] if with_documents else []
            yield (*_of_wait(wait, language), *awaited, one.unit, one.name, one.year)


def _of_wait(wait: OtherWait, language: Language) -> Row:
    title, bodies = _text(wait.title, language), _bodies(wait.attested_by, language)
    return wait.kind, wait.standard, wait.name, title, wait.level, bodies


def _document(wait: OtherWait, language: Language) -> str | None:
    """The document that is awaited, and who is to issue it."""
    awaited = wait.awaits
    return None if awaited is None else f"{awaited.document.text(language)} ({awaited.issuer.text(language)})"


def _year(figure: FigureToCollect, assessed: int) -> int:
    match figure.fact.period:
        case t.Ago(years=years):
            return assessed - years
        case t.InYear(year=year):
            return year
        case _:
            assert_never(figure.fact.period)


def _text(text: Bilingual | None, language: Language) -> str | None:
    return None if text is None else text.text(language)


def _bodies(bodies: tuple[Bilingual, ...], language: Language) -> str | None:
    return "\n".join(body.text(language) for body in bodies) or None
