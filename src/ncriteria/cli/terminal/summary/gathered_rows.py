"""Rows of a matrix, one by one where they are few, and else together where their verdicts are decided the same way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ncriteria.quick_classes import frozen
from ncriteria.sets.model import Verdict


@frozen
class ShownRow:
    """A row of a matrix as it is shown: who it is of, the verdict in each column, and that of the set.

    `attested` are the places of columns that rest on attestations, `waits` how much the verdict waits for. `grade` is
    that of the set, in words.
    """

    name: str
    when: str
    cells: tuple[Verdict | None, ...]
    verdict: Verdict | None
    attested: frozenset[int] = frozenset()
    waits: int = 0
    grade: str = ""


@frozen
class GatheredRows:
    """Rows that are decided the same way; a cell in which they differ has nothing."""

    rows: tuple[ShownRow, ...]
    cells: tuple[Verdict | None, ...]
    attested: frozenset[int]

    @property
    def verdict(self) -> Verdict | None:
        """The verdict of all of them."""
        return self.rows[0].verdict

    @property
    def grade(self) -> str:
        """The grade of all of them; nothing where they have several."""
        grades = {row.grade for row in self.rows}
        return grades.pop() if len(grades) == 1 else ""


@frozen
class Gathering:
    """The lines that there is room for, and of each verdict how many rows are left, decided in how many ways."""

    lines: tuple[GatheredRows, ...]
    rest: Mapping[Verdict | None, tuple[int, int]]


_ORDER: Final = (Verdict.NOT_MET, Verdict.UNDETERMINED, Verdict.MET, Verdict.NOT_APPLICABLE, None)


def gathered(rows: Sequence[ShownRow], room: int) -> Gathering:
    """The rows in about `room` lines: those not met first, the commonest reason before others, then those nearest to
    their decision.

    Every verdict has a line at least, and those not met leave half of the others to what is open.
    """
    ways: dict[Verdict | None, dict[object, list[ShownRow]]] = {verdict: {} for verdict in _ORDER}
    for row in rows:
        ways[row.verdict].setdefault(_decided_by(row), []).append(row)
    found = {verdict: [_together(tuple(own)) for own in by_way.values()] for verdict, by_way in ways.items()}
    lines: list[GatheredRows] = []
    rest: dict[Verdict | None, tuple[int, int]] = {}
    for verdict, most in _rooms(found, room):
        own = sorted(found[verdict], key=_first)
        lines += own[:most]
        if left := own[most:]:
            rest[verdict] = sum(len(one.rows) for one in left), len(left)
    return Gathering(tuple(lines), rest)


def _rooms(found: Mapping[Verdict | None, Sequence[GatheredRows]], room: int) -> Iterator[tuple[Verdict | None, int]]:
    """How many lines the rows of each verdict have."""
    left = room
    asking = [verdict for verdict in _ORDER if found[verdict]]
    for place, verdict in enumerate(asking):
        later = sum(min(len(found[one]), room // 2) for one in asking[place + 1 :])
        most = min(len(found[verdict]), max(1, left - later, left // 2))
        left = max(1, left - most)
        yield verdict, most


def _decided_by(row: ShownRow) -> object:
    """The columns that decide the verdict, or keep it open; what is met is met all the same."""
    if row.verdict in (Verdict.NOT_MET, Verdict.UNDETERMINED):
        return tuple(place for place, cell in enumerate(row.cells) if cell is row.verdict)
    return ()


def _together(rows: tuple[ShownRow, ...]) -> GatheredRows:
    cells = tuple(
        one if len(set(column)) == 1 else None
        for column in zip(*(row.cells for row in rows), strict=True)
        for one in column[:1]
    )
    return GatheredRows(rows, cells, frozenset.intersection(*(row.attested for row in rows)))


def _first(one: GatheredRows) -> tuple[int, int]:
    waits = min(row.waits for row in one.rows) if one.verdict is Verdict.UNDETERMINED else 0
    return waits, -len(one.rows)
