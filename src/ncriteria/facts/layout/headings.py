"""Which column is which: headings against fact names, titles and the reserved columns."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import Enum

from attrs import frozen

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.cells.cells import folded
from ncriteria.language.hints.near_misses import did_you_mean
from ncriteria.language.tree import THIS_YEAR, Ago, FactKey
from ncriteria.sets.model import FactDeclaration, Level


class Reserved(Enum):
    """The columns that are not facts; each is one object, so that its hash is as quick as that of any object."""

    __hash__ = object.__hash__

    UNIT = "unit"
    NAME = "name"
    LEVEL = "level"
    PARENT = "parent"
    YEAR = "year"
    PUBLISHED = "published"
    NOTE = "note"
    SOURCE = "source"


@frozen
class ChildCount:
    """The column that says how many units of a level there are inside a unit."""

    level: Level


Column = Reserved | ChildCount | FactKey

_RESERVED: Mapping[Reserved, tuple[str, ...]] = {
    Reserved.UNIT: ("unit", "unit_id", "mã đơn vị", "mã"),
    Reserved.NAME: ("name", "unit_name", "tên đơn vị", "đơn vị", "tên xã", "xã"),
    Reserved.LEVEL: ("level", "cấp"),
    Reserved.PARENT: ("parent", "đơn vị cấp trên", "thuộc"),
    Reserved.YEAR: ("year", "năm"),
    Reserved.PUBLISHED: ("published", "kết quả công bố", "kết quả đã công bố"),
    Reserved.NOTE: ("note", "ghi chú"),
    Reserved.SOURCE: ("source", "nguồn"),
}
_CHILD_COUNTS = {
    Level.HAMLET: ("hamlet_count", "số ấp"),
    Level.COMMUNE: ("commune_count", "số xã"),
    Level.DISTRICT: ("district_count", "số huyện"),
}
_LAST_YEAR = re.compile(r"(.+?)\s*(?:\((?:năm trước|last year)\)|,?\s(?:năm trước|last year))")


def columns_of(
    headings: Iterable[str],
    declarations: Mapping[str, FactDeclaration],
    *,
    ignore: Collection[str],
    file: str | None,
    problems: list[Problem],
) -> dict[str, Column]:
    """The column that each heading names; headings that name none, or one that is taken, are reported."""
    known = names_of(declarations)
    passed_over = {folded(heading) for heading in ignore}
    found: dict[str, Column] = {}
    taken: dict[Column, str] = {}
    for heading in headings:
        name, place = folded(heading), CellPlace(file, heading=heading)
        if name in passed_over:
            continue
        candidates = column_of(heading, known)
        if len(candidates) != 1:
            problems.append(_unmatched(heading, candidates, (*_as_declared(declarations), *known), place))
        elif candidates[0] in taken:
            message = f'"{heading}" and "{taken[candidates[0]]}" are both the column of {_label(candidates[0])}'
            problems.append(Problem("NC211", message, place))
        else:
            found[heading] = candidates[0]
            taken[candidates[0]] = heading
    return found


def names_of(declarations: Mapping[str, FactDeclaration]) -> dict[str, tuple[Column, ...]]:
    """Every heading that is understood, folded, with the columns that it may mean."""
    found: dict[str, dict[Column, None]] = {}
    for name, declared in declarations.items():
        for heading in (name, declared.title.vi, declared.title.en, *declared.headings):
            found.setdefault(folded(heading), {})[FactKey.of(name, THIS_YEAR)] = None
        found.setdefault(folded(f"prev_year.{name}"), {})[FactKey.of(name, Ago(1))] = None
    for reserved, headings in _RESERVED.items():
        for heading in headings:
            found.setdefault(folded(heading), {}).setdefault(reserved)
    for level, headings in _CHILD_COUNTS.items():
        for heading in headings:
            found.setdefault(folded(heading), {}).setdefault(ChildCount(level))
    return {heading: tuple(columns) for heading, columns in found.items()}


def column_of(heading: str, known: Mapping[str, tuple[Column, ...]]) -> tuple[Column, ...]:
    """The columns that a heading may mean, of this year or the last; none where it is not known."""
    name = folded(heading)
    return known.get(name) or _of_last_year(name, known)


def _as_declared(declarations: Mapping[str, FactDeclaration]) -> Iterator[str]:
    for name, declared in declarations.items():
        yield from (name, declared.title.vi, declared.title.en, *declared.headings)


def _of_last_year(name: str, known: Mapping[str, tuple[Column, ...]]) -> tuple[Column, ...]:
    match = _LAST_YEAR.fullmatch(name)
    columns = known.get(match[1], ()) if match else ()
    return tuple(FactKey.of(column.name, Ago(1)) for column in columns if isinstance(column, FactKey))


def _unmatched(heading: str, candidates: tuple[Column, ...], known: Sequence[str], place: CellPlace) -> Problem:
    if not heading.strip():
        return Problem("NC210", "a column with values has no heading", place)
    if not candidates:
        hint = _near(heading, known) or _IGNORE_HINT
        return Problem("NC210", f'"{heading}" is no fact and no known column', place, hint)
    labels = " and ".join(_label(candidate) for candidate in candidates)
    return Problem("NC211", f'"{heading}" may mean {labels}', place, "use the name of the fact as the heading")


def _near(heading: str, known: Sequence[str]) -> str | None:
    """A hint with the heading that may have been meant, as it is declared; one without its accents is the nearest."""
    # Of headings that are one when folded, the first is shown: the one that the set declares.
    return did_you_mean(" ".join(heading.split()), {folded(one): one for one in reversed(known)}.values())


_IGNORE_HINT = "leave the column out, or name it with `ignore` (--ignore-column)"


def _label(column: Column) -> str:
    match column:
        case Reserved():
            return f"`{column.value}`"
        case ChildCount(level=level):
            return f"`{level.value}_count`"
        case FactKey():
            return f"`{column}`"
