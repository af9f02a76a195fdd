"""Choosing a criteria set by standard, level, year and territory."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from attrs import Factory, evolve, field

from ncriteria.errors import Problem, TextPlace
from ncriteria.language.hints.near_misses import did_you_mean
from ncriteria.quick_classes import frozen
from ncriteria.sets.declared.declared_facts import DeclaredFacts
from ncriteria.sets.elsewhere import with_clauses_elsewhere
from ncriteria.sets.errors import CriteriaError
from ncriteria.sets.files.files import criteria_files, shipped_folder
from ncriteria.sets.files.keeping import kept_sets
from ncriteria.sets.model import CriteriaSet, FactDeclaration, Level
from ncriteria.sets.names import LEVELS, standard_among
from ncriteria.sets.structure import declared_facts, verdicts_leaned_on
from ncriteria.sets.years.leaning import circles, clauses_that_lack
from ncriteria.sets.years.territories import TerritoryInTime
from ncriteria.sets.years.turns import Lines, Turn, lines_of, refusal
from ncriteria.sets.years.windows import Window
from ncriteria.words import Phrase, joined, phrase

Around = Sequence[str | TerritoryInTime]
"""A unit and the units around it, the nearest first, by name or as they stood in a time."""


class ChoiceError(CriteriaError):
    """No set, or more than one, holds for what was asked."""


def _territories_of(catalog: SetCatalog) -> frozenset[str | None]:
    return frozenset(one.territory for one in catalog.sets)


def _unasked_of(catalog: SetCatalog) -> Mapping[Level | None, frozenset[str]]:
    unasked = [one for one in catalog.sets if not one.only_when_named]
    return {level: frozenset(one.standard for one in unasked if one.level is level) for level in Level}


@frozen
class SetCatalog:
    """Criteria sets that fit together: identifiers are unique, and no two hold for the same units in the same year."""

    sets: tuple[CriteriaSet, ...]
    territories: frozenset[str | None] = field(
        init=False, repr=False, eq=False, default=Factory(_territories_of, takes_self=True)
    )
    """The units that a set is particular to, and `None` where one is for the whole country."""
    _unasked: Mapping[Level | None, frozenset[str]] = field(
        init=False, repr=False, eq=False, default=Factory(_unasked_of, takes_self=True)
    )
    _turns: dict[tuple[str, Level, tuple[TerritoryInTime | None, ...]], tuple[Turn, ...]] = field(
        factory=dict, init=False, repr=False, eq=False
    )

    def choose(self, standard: str, level: Level, year: int, lineage: Around = ()) -> CriteriaSet:
        """The set of `standard` for units of `level` in the assessment `year`.

        `lineage` is the unit and the units around it, the nearest first. A set for the nearest of them wins over a
        set for one farther out, and any of them over one for the whole country; years before its own sets begin are
        those of the set that the first of them extends or supersedes. Raises `ChoiceError` where the sets that come
        into question do not cover the year: there is no falling back to another year or territory.
        """
        chosen = next((one for one in self.turns(standard, level, lineage) if year in one.years), None)
        if chosen is None:
            raise ChoiceError(self._refusal(standard, level, year, lineage))
        return chosen.criteria

    def turns(self, standard: str, level: Level, lineage: Around = ()) -> tuple[Turn, ...]:
        """The sets that judge units of `level` with this `lineage` under `standard`, each with its years.

        They are those of the nearest territory that has any. The years before the first of them are left to the sets
        of the territories around it, where that first one extends or supersedes one of these.
        """
        key = _composed(standard), level, self._territories(lineage)
        if key not in self._turns:
            self._turns[key] = self._lines(*key[:2]).turns(key[2])
        return self._turns[key]

    def _lines(self, standard: str, level: Level) -> Lines:
        matching = (one for one in self.sets if one.standard == standard and one.level is level)
        return lines_of(matching, {one.id: one for one in self.sets})

    def _territories(self, lineage: Around) -> tuple[TerritoryInTime | None, ...]:
        """The units of `lineage` that are the territory of a set, and the whole country."""
        found = (unit if isinstance(unit, TerritoryInTime) else TerritoryInTime(_composed(unit)) for unit in lineage)
        return (*(one for one in found if one.name in self.territories), None)

    def window(self, standard: str, level: Level) -> Window | None:
        """The window of the first set of a standard for units of `level`."""
        matching = (one.window for one in self.sets if one.standard == standard and one.level is level)
        return next(matching, None)

    def standards(self, level: Level) -> tuple[str, ...]:
        """The standards that have a set for units of `level`."""
        return tuple(dict.fromkeys(criteria.standard for criteria in self.sets if criteria.level is level))

    def unasked_standards(self, level: Level | None) -> frozenset[str]:
        """The standards that units of `level` are judged under though nobody names them."""
        return self._unasked.get(level, frozenset())

    def _refusal(self, standard: str, level: Level, year: int, lineage: Around) -> Problem:
        lines, territories = self._lines(_composed(standard), level), self._territories(lineage)
        if lines.own(territories):
            return refusal(lines, territories, standard, level, year)
        known = {(one.standard, one.level, one.territory): self._line_named(one) for one in self.sets}.values()
        listed = phrase("there are: {known}", known=joined("; ", known)) if known else phrase("the catalog is empty")
        standards = dict.fromkeys(one.standard for one in self.sets)
        hint = listed if standard in standards else did_you_mean(standard, standards) or listed
        return Problem(
            "NC125",
            phrase(
                'there are no criteria of "{standard}" for a {level}',
                standard=standard_among(self.sets, _composed(standard)),
                level=LEVELS[level].as_phrase(),
            ),
            hint=hint,
        )

    def _line_named(self, criteria: CriteriaSet) -> Phrase:
        """The standard, the level and the territory of a set."""
        standard, level = standard_among(self.sets, criteria.standard), LEVELS[criteria.level].as_phrase()
        if criteria.territory is None:
            return phrase("{standard}, {level}", standard=standard, level=level)
        territory = criteria.territory
        return phrase("{standard}, {level} of {territory}", standard=standard, level=level, territory=territory)


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
            where = phrase(", in {other_file}", other_file=other_file) if other_file else ""
            message = phrase(
                "`{criteria}` is the identifier of another set too{where}", criteria=criteria.id, where=where
            )
            hint = phrase("give each set its own `id`; keep copies out of the folder")
            problems.append(Problem("NC126", message, criteria.place_of("id"), hint))
        by_id[criteria.id] = criteria
    for index, one in enumerate(ordered):
        for other in ordered[index + 1 :]:
            if one.id != other.id and _overlap(one, other):
                message = phrase(
                    "`{criteria}` ({years}) and `{other}` ({other_years}) hold for the same units and years",
                    criteria=one.id,
                    years=one.years,
                    other=other.id,
                    other_years=other.years,
                )
                hint = _ended(one, other)
                problems.append(Problem("NC124", message, other.place_of("years", "in_force"), hint))
    found = SetCatalog(with_clauses_elsewhere(ordered))
    if problems := problems or list(_leaning(found)):
        raise CriteriaError(problems)
    return found


def _leaning(catalog: SetCatalog) -> Iterator[Problem]:
    """What is wrong with the verdicts of other years and standards that sets lean on."""
    for criteria in catalog.sets:
        if verdicts_leaned_on(criteria):
            around = () if criteria.territory is None else (criteria.territory,)
            standards = catalog.standards(criteria.level)
            turns = {one: catalog.turns(one, criteria.level, around) for one in standards}
            # What a set lacks itself was told when it was read.
            turns[criteria.standard] = tuple(
                turn for turn in turns[criteria.standard] if turn.criteria.id != criteria.id
            )
            yield from clauses_that_lack(criteria, turns)
    yield from circles(catalog.sets)


def _ended(earlier: CriteriaSet, later: CriteriaSet) -> Phrase:
    """What to write so that the years of two sets do not meet."""
    if earlier.held is None and later.held is None and earlier.years.first < later.years.first:
        return phrase(
            "write `years: {{from: {first}, to: {last}}}` in `{criteria}`; check a draft on its own",
            first=earlier.years.first,
            last=later.years.first - 1,
            criteria=earlier.id,
        )
    return phrase("end the years of the earlier set before the later one begins; check a draft on its own")


def _overlap(one: CriteriaSet, other: CriteriaSet) -> bool:
    same = (one.standard, one.level, one.territory) == (other.standard, other.level, other.territory)
    return same and (one.years.first in other.years or other.years.first in one.years)


def load_catalog(folder: str | Path | None = None) -> SetCatalog:
    """The catalog of every criteria file in `folder`, or of the shipped sets.

    Raises `CriteriaError` with the problems of all its files.
    """
    return SetCatalog(kept_sets(shipped_folder(), _read) if folder is None else _read(Path(folder)))


def _read(root: Path) -> tuple[CriteriaSet, ...]:
    """The sets of the files in a folder, which fit together."""
    from ncriteria.sets.loader import load_set

    sets: list[CriteriaSet] = []
    problems: list[Problem] = []
    for path in criteria_files(root):
        try:
            sets.append(load_set(path))
        except CriteriaError as error:
            problems.extend(error.problems)
    if not sets and not problems:
        problems.append(Problem("NC101", phrase("the folder holds no criteria files"), TextPlace(1, 1, file=str(root))))
    if problems:
        raise CriteriaError(dict.fromkeys(problems))
    return set_catalog(sets).sets


def shared_facts(sets: Iterable[CriteriaSet], beside: Iterable[CriteriaSet] = ()) -> Mapping[str, FactDeclaration]:
    """The facts that any of `sets` declares, for tables that serve them all. Headings add up.

    Those of the sets `beside` are there too, but for sets that declare a name otherwise: a table may hold their facts.

    Raises `CriteriaError` where two of `sets` declare one name with another type, unit, range or values.
    """
    facts: dict[str, FactDeclaration] = {}
    problems: list[Problem] = []
    declaring = list(sets)
    for criteria in declaring:
        facts, more = _with_facts(facts, criteria)
        problems.extend(more)
    if problems:
        raise CriteriaError(problems)
    for criteria in beside:
        with_its_own, more = _with_facts(facts, criteria)
        if not more:
            facts = with_its_own
            declaring.append(criteria)
    return DeclaredFacts(facts, tuple(declaring))


def _with_facts(
    known_facts: Mapping[str, FactDeclaration], criteria: CriteriaSet
) -> tuple[dict[str, FactDeclaration], list[Problem]]:
    """The facts with those of one more set, and what it declares otherwise."""
    facts, problems = dict(known_facts), []
    for declaration in declared_facts(criteria).values():
        known = facts.setdefault(declaration.name, declaration)
        if _measured(known) != _measured(declaration):
            message = phrase("`{name}` is declared differently in {where}", name=declaration.name, where=_where(known))
            problems.append(
                Problem("NC127", message, declaration.place, phrase("give it the same type, unit and range"))
            )
        elif _is_of_others(known, declaration):
            message = phrase(
                "`{name}` is counted over other months, or of another series, in {where}",
                name=known.name,
                where=_where(known),
            )
            problems.append(
                Problem(
                    "NC127",
                    message,
                    declaration.place,
                    phrase("give the two figures two names, or both sets the series of every year"),
                )
            )
        elif known is not declaration:
            facts[declaration.name] = _joined(known, declaration)
    return facts, problems


def _where(declaration: FactDeclaration) -> str:
    place = declaration.place
    return place.file if place is not None and place.file else phrase("another set")


def _is_of_others(one: FactDeclaration, other: FactDeclaration) -> bool:
    """Whether the figures of both cannot stand in one column: they are of other months, or of another series."""
    of_months = one.window is not None and other.window is not None and not one.window.has_days_of(other.window)
    return of_months or bool(one.series and other.series and one.series != other.series)


def _measured(declaration: FactDeclaration) -> tuple[object, ...]:
    unit = declaration.unit.vi if declaration.unit else None
    extent = (declaration.minimum, declaration.maximum, declaration.decimals, frozenset(declaration.options))
    return (declaration.type, unit, *extent)


def _joined(one: FactDeclaration, other: FactDeclaration) -> FactDeclaration:
    titles = (other.title.vi, other.title.en)
    headings = tuple(dict.fromkeys((*one.headings, *other.headings, *titles)))
    more = tuple(heading for heading in headings if heading not in (one.title.vi, one.title.en))
    published, supplier = one.published or other.published, one.supplier or other.supplier
    if (more, published, supplier) == (one.headings, one.published, one.supplier):
        return one
    return evolve(one, headings=more, published=published, supplier=supplier)
