"""One cell of the page: the verdict on a clause of a row, with what is said of it and what its plots show.

A cell is a form, which many cells share, and the numbers that fill it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from fractions import Fraction
from typing import Final

from attrs import evolve, field

from ncriteria.analysis.room.rooms import ClauseRoom
from ncriteria.errors import Problem
from ncriteria.evaluation.explanation.text import (
    ClauseText,
    clause_text,
    graded_lines,
    telling,
    time_lines,
    waiting_lines,
)
from ncriteria.evaluation.explanation.values import Voice, attested_text, fact_text
from ncriteria.evaluation.lowering import LoweredSet
from ncriteria.evaluation.records.comparisons import Ground, compared
from ncriteria.evaluation.records.tracing import Step
from ncriteria.evaluation.result import ClauseResult, Result
from ncriteria.facts.table import FactRow
from ncriteria.language import tree as t
from ncriteria.language.tree import THIS_YEAR, Ago, FactKey
from ncriteria.language.values import UNKNOWN
from ncriteria.quick_classes import frozen
from ncriteria.report.page.sentences import Pair, Sentences
from ncriteria.sets.model import CriteriaSet, Verdict
from ncriteria.words import LANGUAGES, words

VERDICTS_IN_ORDER: Final = tuple(Verdict)
NO_VERDICT: Final = len(VERDICTS_IN_ORDER)
"""The number that stands for no verdict, after those of the verdicts."""
NOT_KNOWN: Final = -1


class Section(IntEnum):
    """What a line of a cell tells: each part of what is said of a clause, and more; the page has a heading for each."""

    APPLIES = 0
    RULE = 1
    MONTHS = 2
    BASES = 3
    """The units that the figures of earlier years are made of."""
    INSIDE = 4
    """The units inside that a roll-up is decided by, and those that it waits for."""
    ATTESTED = 5
    WAITING = 6
    LEFT_IN_WORDS = 7
    """The condition that is left, in words."""
    LEFT = 8
    """The same, as rules write it."""
    ROOM = 9
    PUBLISHED = 10
    PROBLEM = 11
    TIME = 12
    """The day as of which the verdict is, and that its act came into force after the year."""
    GRADED = 13


@frozen
class Plot:
    """A number against its limit: where both, and those of years before, stand among the numbers of the cell.

    `earlier` has how many years before, then where the number is, and so on. `is_continued` says that the year before
    is of the same unit: one that was merged, split or made anew begins with its first year.
    """

    fact: int
    relation: str
    value: int
    limit: int
    earlier: tuple[int, ...]
    is_continued: bool


@frozen
class CellForm:
    """A cell without its numbers: `lines` have sections and templates in turn, `more` numbers stand in no line.

    `missing` are the numbers of the figures that the verdict waits for.
    """

    verdict: int
    is_attested: bool
    lines: tuple[int, ...]
    plots: tuple[Plot, ...]
    more: int
    missing: tuple[int, ...]


@frozen
class NumbersCompared:
    """A comparison as a plot shows it: numbers as they are told in Vietnamese, `None` where they are not known."""

    fact: str
    relation: str
    value: str | None
    limit: str | None


@frozen
class Plotted:
    """What a plot is made of: the fact by its number, the comparison, and the numbers of years before."""

    fact: int
    compared: NumbersCompared
    earlier: Sequence[tuple[int, str]]
    is_continued: bool


@frozen(cache_hash=True)
class SaidOfCell:
    """What is said in a cell: each line in both languages, with the section that it is of."""

    lines: tuple[tuple[Section, Pair], ...]


@frozen
class Cell:
    """A cell: its form, and the numbers that fill it."""

    form: CellForm
    numbers: tuple[str, ...]


@frozen
class CellWriting:
    """What the cells of a page share: the templates of their sentences, and the facts that are plotted or missing.

    A fact that is plotted is kept as its title and unit; one that is missing as its title with the period, and who is
    said to have it (empty where nobody is).
    """

    sentences: Sentences = field(factory=Sentences)
    facts: dict[tuple[Pair, Pair], int] = field(factory=dict)
    figures: dict[tuple[Pair, Pair], int] = field(factory=dict)
    _written: dict[SaidOfCell, tuple[tuple[int, ...], tuple[str, ...]]] = field(factory=dict)

    def cell(
        self,
        verdict: int,
        said: SaidOfCell,
        *,
        is_attested: bool = False,
        plots: Sequence[Plotted] = (),
        missing: tuple[int, ...] = (),
    ) -> Cell:
        """The cell that says this, with these plots."""
        lines, in_lines = self._lines(said)
        numbers = list(in_lines)
        drawn = tuple([_plot(_Places(numbers), one) for one in plots])
        form = CellForm(verdict, is_attested, lines, drawn, len(numbers) - len(in_lines), missing)
        return Cell(form, tuple(numbers))

    def _lines(self, said: SaidOfCell) -> tuple[tuple[int, ...], tuple[str, ...]]:
        """Sections and templates in turn, and the numbers that fill them."""
        if said not in self._written:
            lines, numbers = list[int](), list[str]()
            for section, pair in said.lines:
                sentence = self.sentences.of(*pair)
                lines += (section, sentence.template)
                numbers += sentence.numbers
            self._written[said] = tuple(lines), tuple(numbers)
        return self._written[said]

    def fact(self, criteria: CriteriaSet, name: str) -> int:
        """The number of a fact that is plotted."""
        declared = criteria.facts[name]
        unit = ("", "") if declared.unit is None else (declared.unit.vi, declared.unit.en)
        return self.facts.setdefault(((declared.title.vi, declared.title.en), unit), len(self.facts))

    def missing(self, criteria: CriteriaSet, keys: Iterable[FactKey]) -> tuple[int, ...]:
        """The numbers of the figures that are missing."""
        return tuple([self._figure(criteria, key) for key in keys])

    def _figure(self, criteria: CriteriaSet, key: FactKey) -> int:
        one, other = (fact_text(Voice(language, criteria), key) for language in LANGUAGES)
        supplier = criteria.facts[key.name].supplier
        who = ("", "") if supplier is None else (supplier.vi, supplier.en)
        return self.figures.setdefault(((one, other), who), len(self.figures))


@frozen
class _Places:
    """Where numbers stand among those of a cell: where a line has a number, it is not kept again."""

    numbers: list[str]
    _taken: set[int] = field(init=False, factory=set)

    def of(self, told: str | None) -> int:
        """The place of a number, which is added where no line has it; `NOT_KNOWN` where there is none."""
        if told is None:
            return NOT_KNOWN
        if told not in self.numbers:
            self.numbers.append(told)
            return len(self.numbers) - 1
        place = self.numbers.index(told)
        if place in self._taken:
            alike = (later for later in range(place, len(self.numbers)) if self.numbers[later] == told)
            place = next((later for later in alike if later not in self._taken), place)
        self._taken.add(place)
        return place


def _plot(places: _Places, of: Plotted) -> Plot:
    value, limit = places.of(of.compared.value), places.of(of.compared.limit)
    before = tuple([part for years, number in of.earlier for part in (years, places.of(number))])
    return Plot(of.fact, of.compared.relation, value, limit, before, of.is_continued)


def clause_cell(
    writing: CellWriting, result: Result, outcome: ClauseResult, room: ClauseRoom | None, before: Before
) -> Cell:
    """The cell of a clause or group; `before` are numbers of years before that the page has no cells for."""
    lowered = outcome.lowered
    assert lowered is not None, "a judgement has the rules that it was made by"
    said = outcome.once("said on the page", lambda: SaidOfCell(tuple(_said(result, outcome, lowered))))
    if room is not None:
        said = SaidOfCell((*said.lines, *_room_lines(result.criteria, room)))
    bases = result.record.bases
    plots = [
        Plotted(
            writing.fact(result.criteria, one.fact),
            one,
            [(ago, words("vi").exact(number)) for ago, number in before.get(one.fact, ())],
            not bases or FactKey.of(one.fact, Ago(1)) not in bases,
        )
        for one in outcome.once("plotted", lambda: _plotted(outcome))
    ]
    missing = writing.missing(result.criteria, outcome.missing)
    verdict, is_attested = VERDICTS_IN_ORDER.index(outcome.verdict), bool(outcome.attestations)
    return writing.cell(verdict, said, is_attested=is_attested, plots=plots, missing=missing)


def _plotted(outcome: ClauseResult) -> list[NumbersCompared]:
    """The comparisons of numbers of the year; a limit that holds in one of two open cases alone is not known yet."""
    return [
        NumbersCompared(ground.fact.name, ground.relation.value, _told_number(ground.value), _told_number(ground.limit))
        for ground in _numbers_compared(outcome)
        if ground.fact is not None
    ]


def _told_number(value: object) -> str | None:
    return words("vi").exact(value) if isinstance(value, Fraction) else None


def _numbers_compared(outcome: ClauseResult) -> list[Ground]:
    step, lowered = outcome.rule, outcome.lowered
    in_cases = {compared(lowered, one) for one in _in_open_cases(step)} if step and lowered else set[Ground]()
    plotted: dict[Ground | FactKey, Ground] = {}
    for ground in outcome.comparisons:
        if ground.fact is None or ground.fact.period != THIS_YEAR or not ground.type.is_numeric:
            continue
        if ground in in_cases:
            # Of cases that compare one fact, the last stands for all: it is the rule, where one is for a zero base.
            plotted[ground.fact] = evolve(ground, limit=UNKNOWN)
        else:
            plotted[ground] = ground
    return list(plotted.values())


def _in_open_cases(step: Step) -> Iterator[Step]:
    """The comparisons below a condition of which it is not known which case holds."""
    if isinstance(step.expr, t.If) and not isinstance(step.parts[0].value, bool):
        pending = list(step.parts[1:])
        while pending:
            one = pending.pop()
            if isinstance(one.expr, t.Compare):
                yield one
            pending += one.parts
    else:
        for part in step.parts:
            yield from _in_open_cases(part)


Before = Mapping[str, Sequence[tuple[int, Fraction]]]
"""Known numbers of years before, by the fact: how many years before, and the number."""


def numbers_before(result: Result, judged: frozenset[int]) -> Before:
    """The known numbers of years before that are not `judged`, which have cells of their own."""
    year, found = result.year, dict[str, list[tuple[int, Fraction]]]()
    for key, value in result.record.values.items():
        ago = key.period.years if isinstance(key.period, Ago) else 0
        if ago and isinstance(value, Fraction) and (year is None or year - ago not in judged):
            found.setdefault(key.name, []).append((ago, value))
    return {name: sorted(numbers) for name, numbers in found.items()}


def _said(result: Result, outcome: ClauseResult, lowered: LoweredSet) -> Iterator[tuple[Section, Pair]]:
    vi, en = (clause_text(telling(lowered, language), outcome, result.record) for language in LANGUAGES)
    for part, one, other in zip(ClauseText._fields, vi, en, strict=True):
        if part != "sources":  # which are the same in every row
            yield from _in_section(Section[part.upper()], one, other)


def whole_cell(writing: CellWriting, result: Result, row: FactRow, room: ClauseRoom | None) -> Cell:
    """The cell of the whole set: what was published, how many contents are attested, and what the verdict waits for."""
    said = list(_published(row))
    said += _in_section(Section.TIME, *(time_lines(words(language), result) for language in LANGUAGES))
    graded = (graded_lines(Voice(language, result.criteria), result) for language in LANGUAGES)
    said += _in_section(Section.GRADED, *graded)
    if attested := result.attested:
        one, other = (attested_text(Voice(language, result.criteria), attested) for language in LANGUAGES)
        said.append((Section.ATTESTED, (one, other)))
    if result.verdict is Verdict.UNDETERMINED:
        waiting = (
            waiting_lines(Voice(language, result.criteria), result, result.record.came_later) for language in LANGUAGES
        )
        said += _in_section(Section.WAITING, *waiting)
    said += _room_lines(result.criteria, room)
    verdict, missing = VERDICTS_IN_ORDER.index(result.verdict), writing.missing(result.criteria, result.missing)
    return writing.cell(verdict, SaidOfCell(tuple(said)), is_attested=bool(result.attested), missing=missing)


def cell_without_verdict(writing: CellWriting, row: FactRow, problems: Sequence[Problem]) -> Cell:
    """The cell of a row that has no verdict: the problems why there is none."""
    told = [(problem.text("vi").split("\n"), problem.text("en").split("\n")) for problem in problems]
    said = [one for vi, en in told for one in _in_section(Section.PROBLEM, vi, en)]
    return writing.cell(NO_VERDICT, SaidOfCell((*_published(row), *said)))


def _published(row: FactRow) -> Iterator[tuple[Section, Pair]]:
    if row.published is not None:
        one, other = (f"{words(language)('Published')}: {row.published}" for language in LANGUAGES)
        yield Section.PUBLISHED, (one, other)
    if row.note is not None:
        one, other = (words(language)("Note: {note}", note=row.note) for language in LANGUAGES)
        yield Section.PUBLISHED, (one, other)


def _room_lines(criteria: CriteriaSet, room: ClauseRoom | None) -> Iterator[tuple[Section, Pair]]:
    for key, found in () if room is None else room.facts.items():
        one, other = (
            f"{fact_text(Voice(language, criteria), key)}: {found.text(criteria, language)}" for language in LANGUAGES
        )
        yield Section.ROOM, (one, other)


def _in_section(section: Section, vi: Iterable[str], en: Iterable[str]) -> Iterator[tuple[Section, Pair]]:
    """Lines in both languages, which say the same line by line."""
    for pair in zip(vi, en, strict=True):
        yield section, pair
