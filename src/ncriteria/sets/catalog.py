"""Choosing a criteria set by standard, level, year and territory."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from attrs import evolve, frozen

from ncriteria.errors import Problem, TextPlace
from ncriteria.sets.files import criteria_files, shipped_folder
from ncriteria.sets.loader import load_set
from ncriteria.sets.model import CriteriaSet, FactDeclaration, Level
from ncriteria.sets.nodes import CriteriaError


class ChoiceError(CriteriaError):
    """No set, or more than one, holds for what was asked."""


@frozen
class SetCatalog:
    """Criteria sets that fit together: identifiers are unique, and no two hold for the same units in the same year."""

    sets: tuple[CriteriaSet, ...]

    def choose(self, standard: str, level: Level, year: int, lineage: Sequence[str] = ()) -> CriteriaSet:
        """The set of `standard` for units of `level` in the assessment `year`.

        `lineage` is the unit and the units around it, the nearest first. A set for the nearest of them wins over a
        set for one farther out, and any of them over one for the whole country. Raises `ChoiceError` where the sets
        that come into question do not cover the year: there is no falling back to another year or territory.
        """
        candidates = self.line(standard, level, lineage)
        chosen = next((criteria for criteria in candidates if year in criteria.years), None)
        if chosen is None:
            raise ChoiceError(self._refusal(standard, level, year, candidates))
        return chosen

    def line(self, standard: str, level: Level, lineage: Sequence[str] = ()) -> tuple[CriteriaSet, ...]:
        """The successive sets of `standard` for units of `level` with this `lineage`, whatever the year."""
        name, territories = _composed(standard), [_composed(unit) for unit in lineage]
        matching = [criteria for criteria in self.sets if criteria.standard == name and criteria.level is level]
        for territory in (*territories, None):
            nearest = tuple(criteria for criteria in matching if criteria.territory == territory)
            if nearest:
                return nearest
        return ()

    def standards(self, level: Level) -> tuple[str, ...]:
        """The standards that have a set for units of `level`."""
        return tuple(dict.fromkeys(criteria.standard for criteria in self.sets if criteria.level is level))

    def _refusal(self, standard: str, level: Level, year: int, candidates: tuple[CriteriaSet, ...]) -> Problem:
        if candidates:
            held = ", ".join(f"{criteria.id} for {criteria.years}" for criteria in candidates)
            hint = f"there are: {held}; another year's criteria are never used instead"
            return Problem("NC125", f'no criteria of "{standard}" for a {level.value} hold in {year}', hint=hint)
        known = dict.fromkeys(f"{criteria.standard} ({criteria.level.value})" for criteria in self.sets)
        hint = f"there are: {', '.join(known)}" if known else "the catalog is empty"
        return Problem("NC125", f'there are no criteria of "{standard}" for a {level.value}', hint=hint)


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def set_catalog(sets: Iterable[CriteriaSet]) -> SetCatalog:
    """The catalog of `sets`; raises `CriteriaError` where two share an identifier, or units and years."""
    ordered = tuple(sorted(sets, key=lambda criteria: (criteria.standard, criteria.level.value, criteria.years.first)))
    problems: list[Problem] = []
    by_id: dict[str, CriteriaSet] = {}
    for criteria in ordered:
        if criteria.id in by_id:
            other_file = by_id[criteria.id].source
            where = f", in {other_file}" if other_file else ""
            message = f"`{criteria.id}` is the identifier of another set too{where}"
            hint = "give each set its own `id`; keep copies out of the folder"
            problems.append(Problem("NC126", message, _place(criteria), hint))
        by_id[criteria.id] = criteria
    for index, one in enumerate(ordered):
        for other in ordered[index + 1 :]:
            if one.id != other.id and _overlap(one, other):
                message = f"`{one.id}` ({one.years}) and `{other.id}` ({other.years}) hold for the same units and years"
                hint = "end the years of the earlier set before the later one begins; check a draft on its own"
                problems.append(Problem("NC124", message, _place(other), hint))
    if problems:
        raise CriteriaError(problems)
    return SetCatalog(ordered)


def _place(criteria: CriteriaSet) -> TextPlace | None:
    return TextPlace(1, 1, file=criteria.source) if criteria.source else None


def _overlap(one: CriteriaSet, other: CriteriaSet) -> bool:
    same = (one.standard, one.level, one.territory) == (other.standard, other.level, other.territory)
    return same and (one.years.first in other.years or other.years.first in one.years)


def load_catalog(folder: str | Path | None = None) -> SetCatalog:
    """The catalog of every criteria file in `folder`, or of the shipped sets.

    Raises `CriteriaError` with the problems of all its files.
    """
    sets: list[CriteriaSet] = []
    problems: list[Problem] = []
    root = shipped_folder() if folder is None else Path(folder)
    for path in criteria_files(root):
        try:
            sets.append(load_set(path))
        except CriteriaError as error:
            problems.extend(error.problems)
    if not sets and not problems:
        problems.append(Problem("NC101", "the folder holds no criteria files", TextPlace(1, 1, file=str(root))))
    if problems:
        raise CriteriaError(dict.fromkeys(problems))
    return set_catalog(sets)


def shared_facts(sets: Iterable[CriteriaSet]) -> Mapping[str, FactDeclaration]:
    """The facts that any of `sets` declares, for tables that serve them all.

    Raises `CriteriaError` where two sets declare one name with another type, unit, range or values. Headings add up.
    """
    facts: dict[str, FactDeclaration] = {}
    problems: list[Problem] = []
    for criteria in sets:
        for declaration in criteria.facts.values():
            known = facts.setdefault(declaration.name, declaration)
            if _measured(known) != _measured(declaration):
                where = known.place.file if known.place is not None and known.place.file else "another set"
                message = f"`{declaration.name}` is declared differently in {where}"
                problems.append(Problem("NC127", message, declaration.place, "give it the same type, unit and range"))
            elif known is not declaration:
                facts[declaration.name] = _joined(known, declaration)
    if problems:
        raise CriteriaError(problems)
    return facts


def _measured(declaration: FactDeclaration) -> tuple[object, ...]:
    unit = declaration.unit.vi if declaration.unit else None
    extent = (declaration.minimum, declaration.maximum, declaration.decimals, frozenset(declaration.options))
    return (declaration.type, unit, *extent)


def _joined(one: FactDeclaration, other: FactDeclaration) -> FactDeclaration:
    titles = (other.title.vi, other.title.en)
    headings = tuple(dict.fromkeys((*one.headings, *other.headings, *titles)))
    return evolve(one, headings=tuple(heading for heading in headings if heading not in (one.title.vi, one.title.en)))
