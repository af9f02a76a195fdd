"""Measuring a table once, and telling which of its units stay together, so that its parts can be judged apart."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from functools import partial

from ncriteria.evaluation.columns.asked.bounds import FactBounds, TableBounds
from ncriteria.evaluation.columns.asked.families import UnitsTogether, rests_on_units_around, units_together
from ncriteria.evaluation.columns.asked.known_days import seen_on, sets_on
from ncriteria.evaluation.columns.door.admission import Admitted, admit
from ncriteria.evaluation.columns.door.frames import NativeFrame, open_frame
from ncriteria.evaluation.columns.door.matching import renamed
from ncriteria.evaluation.columns.engines.taken import taken
from ncriteria.evaluation.columns.lines import Line, lineage_of
from ncriteria.evaluation.columns.naming import PREFIX
from ncriteria.evaluation.columns.planned_tables import TableChoice, columns_in_question, facts_in_question
from ncriteria.evaluation.criteria import Catalog, Criteria
from ncriteria.facts.lineage.model import NO_LINEAGE, Lineage
from ncriteria.sets.model import Level


def table_bounds(
    frame: NativeFrame,
    criteria: Criteria | Catalog,
    *,
    standard: str | None = None,
    level: Level | str | None = None,
    territory: str | Sequence[str] | None = None,
    ignore: Collection[str] = (),
    lineage: Lineage | None = None,
    known_on: datetime.date | None = None,
) -> TableBounds:
    """What the judging of a whole table depends on, measured once, for `evaluate_table(part, criteria, bounds=...)`.

    The arguments are those of `evaluate_table`. The bounds are small, and can be pickled and written as JSON. A part
    that is judged by them has the same plan as the whole table; a value outside of them, and rows that the units of the
    part lack, are errors. Raises `FactsError` for what is wrong with the table.
    """
    admitted, together = _looked_at(
        frame, criteria, standard, level, territory, ignore, lineage or NO_LINEAGE, known_on
    )
    facts = {
        name: FactBounds(one.least or 0, one.greatest or 0, admitted.scales[name])
        for name, one in admitted.extents.items()
    }
    years = admitted.years
    return TableBounds(facts, years.least, years.greatest, admitted.most_inside, together.rows_of_families())


def unit_families(
    frame: NativeFrame,
    criteria: Criteria | Catalog,
    *,
    standard: str | None = None,
    level: Level | str | None = None,
    territory: str | Sequence[str] | None = None,
    ignore: Collection[str] = (),
    lineage: Lineage | None = None,
    known_on: datetime.date | None = None,
) -> dict[str, str]:
    """The family of each unit, by identifier: units of one family are judged in one part of the table.

    They are the units that were made of each other by the `lineage`, and, where rules ask for units inside, all that
    lie around each other. Any other unit is a family by itself. The arguments are those of `evaluate_table`.
    """
    _, together = _looked_at(frame, criteria, standard, level, territory, ignore, lineage, known_on)
    return together.families()


def _looked_at(
    frame: NativeFrame,
    criteria: Criteria | Catalog,
    standard: str | None,
    level: Level | str | None,
    territory: str | Sequence[str] | None,
    ignore: Collection[str],
    given: Lineage | None,
    known_on: datetime.date | None,
) -> tuple[Admitted, UnitsTogether]:
    lineage = given or NO_LINEAGE
    sets = sets_on(criteria, standard, level, territory, lineage, known_on)
    line, catalog = sets.line, sets.criteria if isinstance(sets.criteria, Catalog) else None
    choice = TableChoice(catalog, lineage_of(territory), ignore, lineage)
    columns = partial(columns_in_question, line=line, choice=choice)
    seen = seen_on(taken(frame).native, columns, known_on)
    opened = open_frame(seen.frame, lambda headings: columns(headings).headings())
    by_heading = {heading: column for column, heading in opened.names.items()}
    found = renamed(columns(opened.headings), by_heading)
    admitted = admit(opened.frame, found, facts_in_question(line, catalog), PREFIX, in_order=opened.in_order)
    return admitted, together_of(admitted, line, choice)


def together_of(admitted: Admitted, line: Line, choice: TableChoice) -> UnitsTogether:
    """The units of a frame at the door that rest on each other."""
    with_parents = rests_on_units_around(line, is_catalog=choice.catalog is not None)
    return units_together(admitted.frame, admitted.matched, choice.lineage, with_parents=with_parents)
