"""Units of a frame that may not be meant as they are written, as the reader of files tells them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import narwhals as nw

from ncriteria.errors import CellPlace, Problem
from ncriteria.evaluation.columns.door.frames import Frame, collected, distinct
from ncriteria.evaluation.columns.door.keys import with_fewer_repeats
from ncriteria.evaluation.columns.door.matching import Matched
from ncriteria.evaluation.columns.door.named_units import few_texts, nearly_alike, nearly_one, of_other_levels
from ncriteria.facts.checks.doubts import limited
from ncriteria.facts.units.parents import unknown_parents
from ncriteria.language.hints.lookalikes import without_invisible
from ncriteria.sets.model import Level

_LOOKED_THROUGH = 20_000
"""Up to how many units are looked through for the one that was meant by a parent that is none."""


def doubts_of(frame: Frame, matched: Matched, odd_units: Collection[str], level: Level) -> tuple[Problem, ...]:
    """Parents that are no unit of the frame, units that are nearly others, and names of other levels than `level`.

    `frame` is one whose units and years are in normal form; `odd_units` are those that may hold what cannot be seen,
    and `level` is that of the units that are judged. Where there are too many units to look at, those are told that
    differ from others in what cannot be seen only.
    """
    units = few_texts(frame, matched.unit)
    if units is None:
        return limited([*_parents(frame, matched), *_twins(frame, matched, odd_units)], CellPlace())
    alike = nearly_alike((unit for (unit,) in units), matched.unit)
    return limited([*_parents(frame, matched), *alike, *of_other_levels(frame, matched, level)], CellPlace())


def _text(column: str) -> nw.Expr:
    return nw.col(column).cast(nw.String())


def _once(frame: Frame, column: str) -> Frame:
    """The texts of a column, each once, in the column `unit`."""
    return distinct(with_fewer_repeats(frame.select(column)).select(_text(column).alias("unit")))


def _parents(frame: Frame, matched: Matched) -> Iterator[Problem]:
    if matched.parent is None:
        return
    given = _once(frame, matched.parent).filter(~nw.col("unit").is_null())
    units = _once(frame, matched.unit)
    unknown = {str(parent) for (parent,) in collected(given.join(units, on="unit", how="anti")).rows()}
    if not unknown:
        return
    place = CellPlace(heading=matched.parent)
    parents = {str(parent): place for (parent,) in collected(given.sort("unit")).rows()}
    number = collected(units.select(nw.len())).item()
    names = _names(frame, matched) if number <= _LOOKED_THROUGH else dict.fromkeys(parents.keys() - unknown)
    yield from unknown_parents(parents, names)


def _names(frame: Frame, matched: Matched) -> Mapping[str, str | None]:
    """The units of the frame, with a name of each."""
    name = nw.lit(None, dtype=nw.String()) if matched.name is None else _text(matched.name)
    named = frame.select(_text(matched.unit).alias("unit"), name.alias("name"))
    found = collected(named.group_by("unit").agg(nw.col("name").max())).rows()
    return {str(unit): None if name is None else str(name) for unit, name in found}


def _twins(frame: Frame, matched: Matched, odd_units: Collection[str]) -> Iterator[Problem]:
    """Units that hold invisible characters, where there is a unit without them."""
    visible = {text: seen for text in sorted(odd_units) if (seen := without_invisible(text)) != text}
    if not visible:
        return
    unit = _text(matched.unit)
    same = distinct(frame.filter(unit.is_in(sorted(set(visible.values())))).select(unit.alias("unit")))
    known = {str(text) for (text,) in collected(same).rows()}
    for text, seen in visible.items():
        if seen in known:
            yield nearly_one(text, seen, matched.unit)
