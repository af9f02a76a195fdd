"""The data of the page: rows, their cells, and what is said, all of it kept once and told by its number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from attrs import field

from ncriteria.analysis.room.rooms import Room
from ncriteria.evaluation.explanation.sources import citation_text, source_lines
from ncriteria.evaluation.explanation.text import combination_text, opening_lines
from ncriteria.evaluation.explanation.values import Voice
from ncriteria.evaluation.table_years.judgement import Judgement
from ncriteria.quick_classes import frozen
from ncriteria.report.page.cells import (
    Cell,
    CellForm,
    CellWriting,
    Plot,
    cell_without_verdict,
    clause_cell,
    numbers_before,
    whole_cell,
)
from ncriteria.report.page.sentences import Pair
from ncriteria.report.structure import Plain
from ncriteria.sets.model import WHOLE_SET, Clause, CriteriaSet, Group, Level
from ncriteria.sets.names import LEVELS
from ncriteria.sets.sources import Bilingual
from ncriteria.words import LANGUAGES, words

K = TypeVar("K")
Rooms = Mapping[tuple[str, int, str], Room]
"""The room of rows, by unit, year and standard."""


@frozen
class _Row:
    """A row of the page: texts as they are, all else by its number; `standard` is of one level."""

    unit: str
    name: str
    year: int
    standard: int
    criteria: int


@frozen
class PageData:
    """What was gathered of the judgements so far."""

    rooms: Rooms
    years: Mapping[tuple[str, str], frozenset[int]]
    writing: CellWriting = field(factory=CellWriting)
    rows: list[_Row] = field(factory=list)
    cells: list[int] = field(factory=list)
    numbers: list[str] = field(factory=list)
    forms: dict[CellForm, int] = field(factory=dict)
    standards: dict[tuple[str, Level | None], int] = field(factory=dict)
    standard_titles: dict[str, Bilingual] = field(factory=dict)
    sets: dict[str, int] = field(factory=dict)
    told_sets: list[Plain] = field(factory=list)

    def add(self, judgement: Judgement) -> None:
        """Add a row: the cell of the whole set, then those of every clause and group."""
        result, row, number = judgement.result, judgement.row, -1
        if result is None:
            self._put(cell_without_verdict(self.writing, row, judgement.problems))
        else:
            number = self._set(result.criteria)
            key = row.unit.id, row.year, judgement.standard
            room = self.rooms.get(key)
            clauses = {} if room is None else room.clauses
            before = numbers_before(result, self.years.get((row.unit.id, judgement.standard), frozenset()))
            self._put(whole_cell(self.writing, result, row, clauses.get(WHOLE_SET)))
            for path, outcome in result.clauses.items():
                self._put(clause_cell(self.writing, result, outcome, clauses.get(path), before))
        level = row.unit.level if result is None else result.criteria.level
        standard = _number(self.standards, (judgement.standard, level))
        if judgement.standard_title is not None:
            self.standard_titles[judgement.standard] = judgement.standard_title
        self.rows.append(_Row(row.unit.id, row.unit.name or row.unit.id, row.year, standard, number))

    def data(self) -> Plain:
        """All of it as plain data."""
        return {
            "templates": list(self.writing.sentences.templates),
            "facts": list(self.writing.facts),
            "figures": list(self.writing.figures),
            "standards": [
                (standard, _level_words(level), _pair(self.standard_titles.get(standard)))
                for standard, level in self.standards
            ],
            "sets": self.told_sets,
            "forms": [_told_form(form) for form in self.forms],
            "rows": {
                name: [getattr(row, name) for row in self.rows]
                for name in ("unit", "name", "year", "standard", "criteria")
            },
            "cells": self.cells,
            "numbers": " ".join(self.numbers),
        }

    def _put(self, cell: Cell) -> None:
        self.cells.append(_number(self.forms, cell.form))
        self.numbers.extend(cell.numbers)

    def _set(self, criteria: CriteriaSet) -> int:
        if criteria.id not in self.sets:
            self.told_sets.append(_told_set(criteria))
        return _number(self.sets, criteria.id)


def gathered(judgements: Iterable[Judgement], rooms: Rooms) -> PageData:
    """What the page needs of judgements, one after the other."""
    kept = list(judgements)
    years: dict[tuple[str, str], set[int]] = {}
    for one in kept:
        if one.verdicts is not None:
            years.setdefault((one.row.unit.id, one.standard), set()).add(one.row.year)
    found = PageData(rooms, {key: frozenset(of_unit) for key, of_unit in years.items()})
    for one in kept:
        found.add(one)
    return found


def _number(found: dict[K, int], one: K) -> int:
    return found.setdefault(one, len(found))


def _pair(text: Bilingual | None) -> Pair:
    return ("", "") if text is None else (text.vi, text.en)


def _level_words(level: Level | None) -> Pair:
    if level is None:
        return ("", "")
    vi, en = (words(language).this(LEVELS[level]) for language in LANGUAGES)
    return (vi, en)


def _told_form(form: CellForm) -> list[object]:
    plots = [_told_plot(plot) for plot in form.plots]
    return [form.verdict, int(form.is_attested), form.lines, plots, form.more, form.missing]


def _told_plot(plot: Plot) -> list[object]:
    return [plot.fact, plot.relation, plot.value, plot.limit, plot.earlier, int(plot.is_continued)]


def _told_set(criteria: CriteriaSet) -> Plain:
    voices = [Voice(language, criteria) for language in LANGUAGES]
    return {
        "id": criteria.id,
        "title": _pair(criteria.title),
        "since": criteria.years.first,
        "opening": list(zip(*(opening_lines(voice) for voice in voices), strict=True)),
        "members": [_told_member(voices, member) for member in criteria.members()],
    }


def _told_member(voices: list[Voice], member: Clause | Group) -> Plain:
    return {
        "path": member.path,
        "title": _pair(member.title),
        "how": [combination_text(voice, member) for voice in voices] if isinstance(member, Group) else None,
        "cite": [[citation_text(voice, one) for voice in voices] for one in member.cite],
        "sources": list(zip(*(source_lines(voice, member) for voice in voices), strict=True)),
    }
