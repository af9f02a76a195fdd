"""Which units of a table rest on each other, so that they are judged in one part of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import narwhals as nw
from attrs import field

from ncriteria.errors import Problem
from ncriteria.evaluation.columns.asked.bounds import RowsOfFamilies
from ncriteria.evaluation.columns.door.frames import Frame, collected
from ncriteria.evaluation.columns.door.matching import Matched
from ncriteria.evaluation.columns.lines import Line
from ncriteria.facts.lineage.model import Lineage, families
from ncriteria.quick_classes import define
from ncriteria.sets.inside import asked_inside
from ncriteria.sets.structure import verdicts_leaned_on
from ncriteria.words import phrase


@define
class UnitsTogether:
    """The units of a frame, how many rows each has, and which of them rest on each other."""

    rows: Counter[str] = field(factory=Counter)
    parents: set[str] = field(factory=set)
    inside: set[str] = field(factory=set)
    _found: dict[str, str] = field(factory=dict)

    def first(self, unit: str) -> str:
        """The unit that stands for all that rest on each other with this one."""
        last = unit
        while self._found.setdefault(last, last) != last:
            last = self._found[last]
        self._found[unit] = last
        return last

    def join(self, one: str, other: str) -> None:
        """Note that two units rest on each other; the least stands for all."""
        least, greatest = sorted((self.first(one), self.first(other)))
        self._found[greatest] = least

    def families(self) -> dict[str, str]:
        """The unit that stands for each unit."""
        return {unit: self.first(unit) for unit in [*self._found]}

    def counted(self) -> dict[str, int]:
        """The rows of each family of several units, by the units that may stand for it in a part.

        That is the least of them, and each that lies around others and in none: alone it would not show what it lacks.
        """
        by_unit = self.families()
        rows, sizes = Counter[str](), Counter(by_unit.values())
        for unit, number in self.rows.items():
            rows[by_unit[unit]] += number
        tops = (unit for unit in by_unit if unit in self.parents and unit not in self.inside)
        standing = {*by_unit.values(), *tops}
        return {unit: rows[by_unit[unit]] for unit in sorted(standing) if sizes[by_unit[unit]] > 1}

    def rows_of_families(self) -> RowsOfFamilies:
        """How many rows there are, of units and of families."""
        ((most, _),) = Counter(self.rows.values()).most_common(1) or [(0, 0)]
        return RowsOfFamilies(most, {unit: n for unit, n in self.rows.items() if n != most}, self.counted())


def rests_on_units_around(line: Line, *, is_catalog: bool) -> bool:
    """Whether verdicts may rest on the units inside a unit, or be those of sets that are chosen by the units around."""
    return any(asked_inside(one) or (is_catalog and verdicts_leaned_on(one)) for one in line.sets)


def units_together(frame: Frame, found: Matched, lineage: Lineage, *, with_parents: bool) -> UnitsTogether:
    """The units of a frame whose units, years and parents are in normal form."""
    keys = [found.unit, *([found.parent] if with_parents and found.parent is not None else [])]
    texts = [nw.col(key).cast(nw.String()).alias(key) for key in keys]
    counted = frame.select(*texts).group_by(*keys).agg(nw.len().alias("rows"))
    together = UnitsTogether()
    for unit, *parents, number in collected(counted).rows():
        together.rows[unit] += number
        together.first(unit)
        for parent in parents:
            if parent is not None:
                together.join(unit, parent)
                together.parents.add(parent)
                together.inside.add(unit)
    for unit, other in families(lineage).items():
        together.join(unit, other)
        together.inside |= {unit, other} if unit != other else set()
    return together


def torn_apart(whole: RowsOfFamilies, part: UnitsTogether) -> Iterator[Problem]:
    """The units of a part that lack rows, of their own or of units that they rest on."""
    hint = phrase("part the table by `unit_families`, so that units that rest on each other are together")
    by_family: dict[str, int] = {}
    for unit, family in part.families().items():
        by_family[family] = by_family.get(family, 0) + part.rows.get(unit, 0)
    sizes, told = Counter(part.families().values()), set[str]()
    for unit, number in sorted(part.rows.items()):
        family = part.first(unit)
        expected = whole.units.get(unit, whole.of_a_unit)
        if number != expected:
            message = phrase(
                "{unit} has {number} of its {expected} rows here", unit=unit, number=number, expected=expected
            )
            yield Problem("NC466", message, None, hint)
        elif family not in told and (sizes[family] > 1 or unit in whole.families):
            told.add(family)
            all_rows = whole.families.get(family, whole.families.get(unit))
            if all_rows != by_family[family]:
                message = phrase(
                    "not all rows are here of the units that {unit} rests on, or that rest on it", unit=unit
                )
                yield Problem("NC466", message, None, hint)
