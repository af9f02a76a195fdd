"""Units of a frame that are nearly one another, or are named as of another level than they are judged as."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import narwhals as nw

from ncriteria.errors import CellPlace, Problem
from ncriteria.evaluation.columns.door.frames import Frame, collected, distinct
from ncriteria.evaluation.columns.door.keys import with_fewer_repeats
from ncriteria.evaluation.columns.door.matching import Matched
from ncriteria.facts.checks.doubts import LIKE_BEFORE
from ncriteria.facts.checks.named_levels import misnamed
from ncriteria.facts.units.identifiers import differences, near_twins, shown_identifier
from ncriteria.facts.units.levels import level_of
from ncriteria.sets.model import Level
from ncriteria.words import phrase

_LOOKED_THROUGH = 20_000
"""Up to how many units and names are looked through, one by one."""


def few_texts(frame: Frame, *columns: str) -> list[tuple[str, ...]] | None:
    """What the columns hold as texts, each once, a blank one as nothing; `None` where there is too much to look at."""
    texts = (nw.col(column).cast(nw.String()).alias(str(index)) for index, column in enumerate(columns))
    few = frame.select(*columns) if len(columns) > 1 else with_fewer_repeats(frame.select(*columns))
    found = distinct(few.select(*texts).filter(~nw.col("0").is_null())).head(_LOOKED_THROUGH + 1)
    rows = collected(found).rows()
    if len(rows) > _LOOKED_THROUGH:
        return None
    return sorted(tuple("" if value is None else str(value) for value in row) for row in rows)


def nearly_alike(units: Iterable[str], heading: str) -> Iterator[Problem]:
    """Units that a reader takes for one: they differ in letter case, tone marks, leading zeros or what is not seen."""
    for unit, twin in near_twins(units):
        yield nearly_one(unit, twin, heading)


def nearly_one(unit: str, twin: str, heading: str) -> Problem:
    """The warning of two units of a column that a reader takes for one."""
    message = phrase(
        "`{unit}` differs from `{twin}` only in {difference}; they are read as two units",
        unit=shown_identifier(unit),
        twin=shown_identifier(twin),
        difference=differences(unit, twin),
    )
    return Problem("NC236", message, CellPlace(heading=heading), LIKE_BEFORE)


def of_other_levels(frame: Frame, matched: Matched, level: Level) -> Iterator[Problem]:
    """Names that say another level than their rows, or than `level`, by which rows are judged that say none."""
    name = matched.name or matched.unit
    given = () if matched.level is None else (matched.level,)
    for row in few_texts(frame, name, *given) or ():
        told = misnamed(row[0], level_of(row[1]) if given and row[1] else None, level)
        if told is not None:
            yield Problem("NC260", told.message, CellPlace(heading=name), told.hint)
