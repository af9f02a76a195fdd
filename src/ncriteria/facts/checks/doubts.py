"""What fits together in a table and yet may not be meant: units that may be one, or are called otherwise elsewhere."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.checks.named_levels import named_apart
from ncriteria.facts.table import FactRow
from ncriteria.facts.units.identifiers import differences, near_twins, shown_identifier, twin_key
from ncriteria.facts.units.levels import name_key
from ncriteria.facts.units.parents import unknown_parents
from ncriteria.patterns import compiled_later
from ncriteria.sets.model import Level
from ncriteria.sets.names import LEVELS
from ncriteria.words import Phrase, phrase

_SHOWN = 20
"""How many warnings of one code a table gives; the last one says how many more there are."""
LIKE_BEFORE = phrase("write the identifier of a unit alike in all of its rows")
"""What to do where two identifiers are nearly one."""
_ZEROS = compiled_later("0[0-9]+")


def doubts(
    rows: Sequence[FactRow], numbers: Mapping[str, CellPlace], territory: str | None, made: Container[str] = ()
) -> Iterator[Problem]:
    """The warnings of a table's units: parents that are no unit, identifiers and names that may be slips.

    `numbers` are the identifiers that the file has as numbers, not as texts, each with a place. `territory` is the unit
    around all of them, where that is known apart from the table. The units that a lineage says are `made` of others may
    be called otherwise before.
    """
    yield from _of_parents(rows, territory)
    yield from _twins(rows)
    yield from _names(rows, made)
    yield from _levels(rows)
    yield from named_apart(rows)
    yield from _numbers(rows, numbers)


class TableWarning(UserWarning):
    """What was judged as it stands in a table, but may not be what was meant; `problems` tell each."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


def limited(warnings: Iterable[Problem], table: CellPlace) -> tuple[Problem, ...]:
    """The first 20 warnings of each code, then how many more there are of it."""
    shown: list[Problem] = []
    counted: dict[str, int] = {}
    for warning in warnings:
        counted[warning.code] = counted.get(warning.code, 0) + 1
        if counted[warning.code] <= _SHOWN:
            shown.append(warning)
    more = (
        Problem(code, phrase("and {count} more like these", count=count - _SHOWN), table)
        for code, count in counted.items()
        if count > _SHOWN
    )
    return (*shown, *more)


def _of_parents(rows: Sequence[FactRow], territory: str | None) -> Iterator[Problem]:
    parents: dict[str, CellPlace] = {}
    names: dict[str, str | None] = {}
    for row in rows:
        names[row.unit.id] = row.unit.name or names.get(row.unit.id)
        if row.unit.parent is not None and row.unit.parent != territory:
            parents.setdefault(row.unit.parent, row.place)
    yield from unknown_parents(parents, names)


def _twins(rows: Sequence[FactRow]) -> Iterator[Problem]:
    """Identifiers that a reader takes for one, each further one against the first."""
    first: dict[str, FactRow] = {}
    for row in rows:
        first.setdefault(row.unit.id, row)
    for unit, twin in near_twins(first):
        message = phrase(
            "`{unit}` differs from `{twin}` in {place} only in {difference}; they are read as two units",
            unit=shown_identifier(unit),
            twin=shown_identifier(twin),
            place=first[twin].place.as_phrase(),
            difference=differences(unit, twin),
        )
        yield Problem("NC236", message, first[unit].place, LIKE_BEFORE)


def _names(rows: Sequence[FactRow], made: Container[str]) -> Iterator[Problem]:
    """Units that are called otherwise in another row, and two units of a year that have one name within one unit."""
    of_unit: dict[str, FactRow] = {}
    of_name: dict[tuple[str, int, str | None, Level | None], FactRow] = {}
    told: set[str] = set()
    for row in rows:
        unit, name = row.unit, row.unit.name
        if name is None or name == unit.id:
            continue
        before = of_unit.setdefault(unit.id, row)
        is_told = unit.id in told or unit.id in made or before.unit.name == name
        if not is_told and name_key(before.unit.name or "") != name_key(name):
            told.add(unit.id)
            yield _called_otherwise(row, before)
        like = of_name.setdefault((name_key(name), row.year, unit.parent, unit.level), row)
        if like.unit.id != unit.id and unit.id not in told and twin_key(like.unit.id) != twin_key(unit.id):
            told.add(unit.id)
            hint = phrase("are they one unit, twice in the year? Then one row goes")
            yield Problem("NC237", _two_of_a_name(row, like), row.place, hint)


def _called_otherwise(row: FactRow, before: FactRow) -> Problem:
    message = phrase(
        '{unit} is called "{name}" in {year} and "{other}" in {other_year}',
        unit=row.unit.id,
        name=row.unit.name,
        year=row.year,
        other=before.unit.name,
        other_year=before.year,
    )
    hint = phrase(
        "one unit has one identifier in every year, and another unit another; compare {place}",
        place=before.place.as_phrase(),
    )
    return Problem("NC237", message, row.place, hint)


def _two_of_a_name(row: FactRow, like: FactRow) -> Phrase:
    place = like.place.as_phrase()
    if row.unit.parent is None:
        return phrase(
            '"{name}" is {unit} here, and {other} in {place}, in {year}',
            name=row.unit.name,
            unit=row.unit.id,
            other=like.unit.id,
            place=place,
            year=row.year,
        )
    return phrase(
        '"{name}" inside {parent} is {unit} here, and {other} in {place}, in {year}',
        name=row.unit.name,
        parent=row.unit.parent,
        unit=row.unit.id,
        other=like.unit.id,
        place=place,
        year=row.year,
    )


def _levels(rows: Sequence[FactRow]) -> Iterator[Problem]:
    """Units whose level some of their rows give and others do not."""
    given = {row.unit.id: row for row in reversed(rows) if row.unit.level is not None}
    told: set[str] = set()
    for row in rows:
        unit = row.unit
        if unit.level is None and unit.id in given and unit.id not in told:
            told.add(unit.id)
            other = given[unit.id]
            assert other.unit.level is not None
            message = phrase(
                "{unit} has no level here, and is a {level} in {place}",
                unit=unit.id,
                level=LEVELS[other.unit.level].as_phrase(),
                place=other.place.as_phrase(),
            )
            yield Problem("NC238", message, row.place, phrase("give the level in every row of the unit"))


def _numbers(rows: Sequence[FactRow], numbers: Mapping[str, CellPlace]) -> Iterator[Problem]:
    """Identifiers that are numbers, where others are texts with leading zeros, which a number has lost."""
    short = [unit for unit in numbers if not _ZEROS.fullmatch(unit)]
    long = next((row for row in rows if row.unit.id not in numbers and _ZEROS.fullmatch(row.unit.id)), None)
    if short and long is not None:
        place = long.place.as_phrase()
        if len(short) == 1:
            message = phrase(
                'the identifier {unit} is a number, and {place} has the text "{text}": a number keeps no leading zeros',
                unit=short[0],
                place=place,
                text=long.unit.id,
            )
        else:
            message = phrase(
                'the identifier {unit} is a number, and {place} has the text "{text}"; '
                "{count} identifiers are numbers: a number keeps no leading zeros",
                unit=short[0],
                place=place,
                text=long.unit.id,
                count=len(short),
            )
        hint = phrase('write every identifier as a text, in quotes: "001"')
        yield Problem("NC239", message, numbers[short[0]], hint)
