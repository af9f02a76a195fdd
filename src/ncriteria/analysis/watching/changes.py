"""What changed since the last time that a table was watched, from the plain data of that time."""

from __future__ import annotations

from collections.abc import Iterator

from ncriteria.analysis.watching.standing import Standing, WatchedRow
from ncriteria.analysis.watching.watch import WatchedTable
from ncriteria.facts.table import Month
from ncriteria.language.tree import FactKey
from ncriteria.quick_classes import frozen


@frozen
class FormerFigure:
    """A figure that was missing then."""

    fact: FactKey


@frozen
class FormerMonths:
    """Months without a figure then, of a count."""

    fact: FactKey
    months: tuple[Month, ...]


@frozen
class FormerRow:
    """Where a unit stood then; nothing where it could not be judged."""

    unit: str
    name: str | None
    year: int
    standard: str
    standing: Standing | None
    missing: tuple[FormerFigure, ...]
    absent: tuple[FormerMonths, ...]


@frozen
class FormerWatch:
    """What is known of the last time."""

    as_of: Month
    rows: tuple[FormerRow, ...]


@frozen
class StandingTurn:
    """A unit that stood elsewhere `before`."""

    row: WatchedRow
    before: Standing | None


@frozen
class ArrivedFigures:
    """The figures of a unit that were missing then, and are known now, and the months of others."""

    row: WatchedRow
    facts: tuple[FactKey, ...]
    months: tuple[FormerMonths, ...]


@frozen
class WatchChanges:
    """What changed `since` the month of the last time; `new` are rows that were not there then, `gone` not now."""

    since: Month
    turned: tuple[StandingTurn, ...]
    arrived: tuple[ArrivedFigures, ...]
    new: tuple[WatchedRow, ...]
    gone: tuple[FormerRow, ...]


def changes_since(former: FormerWatch, now: WatchedTable) -> WatchChanges:
    """What changed between the last time and now, by unit, year and standard."""
    before = {(one.unit, one.year, one.standard): one for one in former.rows}
    present = {(one.row.unit.id, one.row.year, one.standard): one for one in now.rows}
    both = [(before[key], one) for key, one in present.items() if key in before]
    arrived = (ArrivedFigures(one, tuple(_arrived(old, one)), tuple(_months(old, one))) for old, one in both)
    return WatchChanges(
        former.as_of,
        tuple(StandingTurn(one, old.standing) for old, one in both if old.standing is not one.standing),
        tuple(one for one in arrived if one.facts or one.months),
        tuple(one for key, one in present.items() if key not in before),
        tuple(one for key, one in before.items() if key not in present),
    )


def _arrived(old: FormerRow, now: WatchedRow) -> list[FactKey]:
    known = {} if now.judged.room is None else now.judged.room.record.values
    return [figure.fact for figure in old.missing if figure.fact in known]


def _months(old: FormerRow, now: WatchedRow) -> Iterator[FormerMonths]:
    """The months that had no figure then and have one now, or are in a figure of the whole year."""
    if now.judged.room is None:
        return
    record = now.judged.room.record
    for one in old.absent:
        monthly = record.monthly.get(one.fact)
        if monthly is None:
            known = one.months if one.fact in record.values else ()
        else:
            figures = dict(zip(monthly.months, monthly.figures, strict=True))
            known = tuple(month for month in one.months if figures.get(month) is not None)
        if known:
            yield FormerMonths(one.fact, known)
