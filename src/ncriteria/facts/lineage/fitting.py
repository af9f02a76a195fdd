"""Whether the rows of a table and a lineage fit: each row is of a unit that there is at the end of its year."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from ncriteria.errors import Problem
from ncriteria.facts.checks.fitting import shown
from ncriteria.facts.lineage.bases import Base
from ncriteria.facts.lineage.changes import Change, Share, is_left
from ncriteria.facts.lineage.model import Lineage, Reform
from ncriteria.facts.lineage.yearly import End, Start, YearlyLineage
from ncriteria.facts.table import FactRow, FactTable
from ncriteria.facts.units.identifiers import shown_identifier, twin_key
from ncriteria.facts.units.levels import name_key
from ncriteria.language.tree import Ago, FactKey
from ncriteria.sets.model import Level
from ncriteria.words import Phrase, all_of, phrase

_GIVE_A_LINEAGE = phrase(
    "give the lineage of the units (--lineage FILE, `lineage`); a unit that did not change has a row there, "
    "from and to the same, share whole, or one row says so of all others: from *, share unchanged"
)

SHOWN = 3
"""So many units are named where a message is of all of them."""


def gone(lineage: YearlyLineage, rows: Iterable[FactRow]) -> Iterator[Problem]:
    """Rows of units that are no more at the end of their year."""
    for row in rows:
        event = lineage.standing(row.unit.id, row.year, None)
        if isinstance(event, End):
            into = all_of(_new_units(lineage, event))
            message = phrase(
                "{unit} is no unit at the end of {year}: it went into {new} on {day}",
                unit=row.unit.id,
                year=row.year,
                new=into,
                day=event.change.day,
            )
            yield Problem("NC374", message, row.place, _where_it_counts(row, event, into))


def _new_units(lineage: YearlyLineage, event: End) -> list[str]:
    return [one.new for one in lineage.lineage.by_day[event.change.day] if one.old == event.change.old]


def _where_it_counts(row: FactRow, event: End, into: str) -> Phrase:
    if row.year == event.year:
        return phrase(
            "its figures of {year} belong to {new}: give those the whole year, and leave this row out",
            year=row.year,
            new=into,
        )
    return phrase("leave the row out; a new unit of this identifier has a row of its own in the lineage")


def halves(lineage: YearlyLineage, rows: Iterable[FactRow]) -> Iterator[Problem]:
    """Units that gave a part away, and of which the lineage does not say what became of the rest."""
    left = {parts[0].old: parts for parts in _parts(lineage) if is_left(parts)}
    told: set[str] = set()
    for row in rows:
        parts = left.get(row.unit.id, [])
        event = lineage.standing(row.unit.id, row.year, None)
        if parts and row.unit.id not in told and isinstance(event, Start) and event.day == parts[0].day:
            told.add(row.unit.id)
            message = phrase(
                "{unit} has a row of {year}, and the lineage says that a part of it went into {new} on {day}, "
                "but not what became of the rest",
                unit=row.unit.id,
                year=row.year,
                new=parts[0].new,
                day=parts[0].day,
            )
            hint = phrase("add to the lineage the row {unit}, {unit}, remainder, of that day", unit=row.unit.id)
            yield Problem("NC375", message, row.place, hint)


def _parts(lineage: YearlyLineage) -> Iterator[list[Change]]:
    """The parts of each unit that no row of the day says is there after it."""
    for changes in lineage.lineage.by_day.values():
        parts = [one for one in changes if one.share is not Share.WHOLE]
        new, by_old = {one.new for one in changes} if parts else set[str](), dict[str, list[Change]]()
        for one in parts:
            by_old.setdefault(one.old, []).append(one)
        yield from (of_old for old, of_old in by_old.items() if old not in new)


def across_reforms(
    lineage: YearlyLineage, rows: Sequence[FactRow], looks_at: LooksAt, level: Level
) -> Iterator[Problem]:
    """A warning of the units that look back across a reform at figures, and of which nothing says what they were."""
    known = {(row.unit.id, row.year) for row in rows}
    for reform in lineage.lineage.reforms:
        first = lineage.first_year(reform.day)
        units = dict.fromkeys(
            row.unit.id
            for row in rows
            if row.year >= first
            and any(year < first and (row.unit.id, year) in known for year in looks_at(row.year))
            and _is_cut(lineage, row, row.unit.level or level, reform)
        )
        if units:
            yield not_compared([*units][:SHOWN], len(units), reform, first)


def cut_months(left_out: Mapping[str, Start]) -> Iterator[Problem]:
    """The warning of units whose months before a reform are not added to those after it."""
    by_reform: dict[Reform, list[str]] = {}
    for unit, start in left_out.items():
        if start.reform is not None:
            by_reform.setdefault(start.reform, []).append(unit)
    for reform, units in by_reform.items():
        message = phrase(
            "months before {day}, when units were made anew ({instrument}), are not added to those after it: nothing "
            "says that {units} are the same units ({count} in all)",
            day=reform.day,
            instrument=_act(reform),
            units=", ".join(shown_identifier(unit) for unit in units[:SHOWN]),
            count=len(units),
        )
        yield Problem("NC376", message, None, _GIVE_A_LINEAGE)


LooksAt = Callable[[int], Collection[int]]
"""The years that rules look at from a year; none where they do not judge it."""


def _is_cut(lineage: YearlyLineage, row: FactRow, level: Level, reform: Reform) -> bool:
    event = lineage.standing(row.unit.id, row.year, level)
    return isinstance(event, Start) and event.reform == reform


def not_compared(units: Iterable[str], count: int, reform: Reform, first: int) -> Problem:
    """The warning of `count` units of which nothing says what they were before a reform; `units` are those shown."""
    return Problem("NC376", _unsaid(units, count, reform, first), None, _GIVE_A_LINEAGE)


def _unsaid(units: Iterable[str], count: int, reform: Reform, first: int) -> Phrase:
    shown = ", ".join(map(shown_identifier, units))
    if count == 1:
        return phrase(
            "{units} has rows from before and after {day}, when units were made anew ({instrument}): nothing says that "
            "it is the same unit, so figures of before {year} are not known of it",
            units=shown,
            day=reform.day,
            instrument=_act(reform),
            year=first,
        )
    return phrase(
        "{count} units ({units} ...) have rows from before and after {day}, when units were made anew ({instrument}): "
        "nothing says that they are the same units, so figures of before {year} are not known of them",
        count=count,
        units=shown,
        day=reform.day,
        instrument=_act(reform),
        year=first,
    )


def _act(reform: Reform) -> str:
    return reform.instrument or phrase("a declared reform")


def stated_otherwise(row: FactRow, bases: Mapping[FactKey, Base]) -> Iterator[Problem]:
    """The warnings of figures of the year before that a row states, and that its predecessors do not come to."""
    for key, base in bases.items():
        own = FactKey.of(key.name, Ago(1))
        if own not in row.values or key != own or not base.is_contradicted or base.stated is None or base.value is None:
            continue
        stated = shown(base.stated)
        if base.source is not None:
            stated = phrase("{stated} ({source})", stated=stated, source=base.source)
        message = phrase(
            "{unit} states `{fact}` as {stated}, and its predecessors come to {value}; what it states is taken",
            unit=shown_identifier(row.unit.id),
            fact=str(key),
            stated=stated,
            value=shown(base.value),
        )
        place = row.places.get(own, row.place)
        yield Problem("NC380", message, place, phrase("find out which is right; the lineage may lack a unit"))


def another_unit(lineage: Lineage, unit: str, year: int) -> Phrase | None:
    """A hint with the units that there are in a `year` in the place of one that is no more, or is not yet."""
    for day, changes in reversed([*lineage.by_day.items()]):
        made = lineage.made_on[day]
        into = [one.new for one in changes if one.old == unit]
        if day.year <= year and into and unit not in made:
            return phrase(
                "{unit} went into {new} on {day}, and nothing that is attested for it is taken to hold for another "
                "unit: attest it for {new}",
                unit=shown_identifier(unit),
                new=all_of(map(shown_identifier, into)),
                day=day,
            )
        if day.year > year and unit in made and unit not in made[unit]:
            return phrase(
                "{unit} was made on {day}, of {old}: attest it for these in {year}",
                unit=shown_identifier(unit),
                day=day,
                old=all_of(map(shown_identifier, made[unit])),
                year=str(year),
            )
    return None


def no_unit_of_the_table(lineage: Lineage, unit: str | None) -> Problem:
    """The warning of a lineage that is of other units; `unit` is one of the table."""
    message = phrase("the lineage names no unit of the table")
    hint = phrase("its units have the identifiers of the table, such as {unit}", unit=unit or "001")
    return Problem("NC377", message, lineage.changes[0].place, hint)


def unlike_the_table(table: FactTable) -> Iterator[Problem]:
    """Warnings of units of the lineage that the table has not, where it has one that is nearly the same or so named."""
    if not table.lineage.changes:
        return
    units = {row.unit.id: row.unit.name for row in table.rows}
    twins = {twin_key(unit): unit for unit in units}
    named = {name_key(name): unit for unit, name in units.items() if name is not None and name != unit}
    places = {one: change for change in reversed(table.lineage.changes) for one in (change.old, change.new)}
    if not any(unit in units for unit in places):
        yield no_unit_of_the_table(table.lineage, next(iter(units), None))
    for unit, change in places.items():
        meant = twins.get(twin_key(unit)) or named.get(name_key(unit))
        if unit not in units and meant is not None:
            message = phrase(
                "the lineage names {unit}, and the table has {meant} instead",
                unit=shown_identifier(unit),
                meant=shown_identifier(meant),
            )
            yield Problem("NC377", message, change.place, phrase("write the identifier as the table has it"))
