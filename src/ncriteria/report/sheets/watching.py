"""A table that is watched as sheets: a row for each unit, each count, each figure to come, and what changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ncriteria.analysis.room.text import inside_text
from ncriteria.analysis.watching.changes import WatchChanges
from ncriteria.analysis.watching.standing import Standing, WatchedRow
from ncriteria.analysis.watching.text import (
    PROJECTION,
    STANDINGS,
    absent_text,
    arrived_texts,
    left_out_text,
    months_text,
    reasons,
    silent_text,
    silent_units,
    standing_counts,
)
from ncriteria.analysis.watching.watch import Charges, WatchedTable
from ncriteria.evaluation.explanation.values import Voice, fact_text
from ncriteria.language.tree import FactKey
from ncriteria.report.sheets.sheet import Cell, Column, Kind, Row, Sheet, by_option
from ncriteria.report.sheets.units import unit_cells, unit_columns
from ncriteria.words import Language, Words, words


def watch_findings(table: WatchedTable, charges: Charges | None, say: Words) -> Iterator[str]:
    """How many units stand where, and the units that somebody looks for and that have no row of the year."""
    yield from standing_counts(table.rows, say)
    if table.silent:
        yield silent_text(say, ", ".join(silent_units(table)))
    for member in () if charges is None else charges.members:
        if member.unknown:
            yield f"{member.member}: {say('Not in the table: {units}', units=', '.join(member.unknown))}"
    if any(row.standing is Standing.AT_RISK for row in table.rows):
        yield say.this(PROJECTION)


def standings_sheet(table: WatchedTable, charges: Charges | None, language: Language) -> Sheet:
    """A row for each unit, those that need most care first: who is in charge, where it stands, and why."""
    say, members = words(language), _members(charges)
    columns = (
        Column("members", say("In charge"), width=24),
        *unit_columns(say),
        _standing_column("standing", say("Stands"), say),
        Column("left", say("Cases left"), Kind.EXACT, 9),
        Column("reasons", say("Why"), width=50),
        Column("missing", say("Figures still to come"), width=40),
        Column("to_attest", say("To be attested or settled by a document"), width=30),
    )
    return Sheet("watch", say("Where units stand"), columns, lambda: _standings(table, members, language))


def counts_sheet(table: WatchedTable, language: Language) -> Sheet:
    """A row for each count that a verdict cannot bear any number of; the projection is no verdict."""
    say = words(language)
    columns = (
        *unit_columns(say),
        _standing_column("standing", say("Stands"), say),
        Column("figure", say("Figure"), width=36),
        Column("so_far", say("So far"), Kind.EXACT, 9),
        Column("is_least", say("May be more by now"), Kind.TRUTH, 9),
        Column("limit", say("At most"), Kind.EXACT, 9),
        Column("needed", say("At least"), Kind.EXACT, 9),
        Column("left", say("Cases left"), Kind.EXACT, 9),
        Column("sure", say("Certainly borne up to"), Kind.EXACT, 11),
        Column("projection", say("Projection for the year"), Kind.EXACT, 11),
        Column("leads_out", say("Leads out of what is allowed"), Kind.TRUTH, 11),
        Column("fact", say("Name in rules"), width=24),
    )
    return Sheet("counts", say("Counts of the year"), columns, lambda: _counts(table, language))


def to_come_sheet(table: WatchedTable, charges: Charges | None, language: Language) -> Sheet:
    """A row for each figure of each unit that can still change its verdict."""
    say, members = words(language), _members(charges)
    columns = (
        Column("members", say("In charge"), width=24),
        *unit_columns(say),
        Column("figure", say("Figure"), width=40),
        Column("months", say("Months without a figure"), width=20),
        Column("supplier", say("Who has it"), width=24),
        Column("fact", say("Name in rules"), width=24),
    )
    return Sheet("figures", say("Figures still to come"), columns, lambda: _to_come(table, members, language))


def changes_sheet(changes: WatchChanges, language: Language) -> Sheet:
    """A row for each unit that stands elsewhere than the last time, or of which a figure has come."""
    say = words(language)
    columns = (
        *unit_columns(say),
        _standing_column("before", say("Stood"), say),
        _standing_column("standing", say("Stands"), say),
        Column("arrived", say("Figures that have come"), width=40),
    )
    return Sheet("changes", say("Changes since the last time"), columns, lambda: _changes(changes, language))


def _standing_column(name: str, heading: str, say: Words) -> Column:
    return Column(name, heading, Kind.NAME, 14, by_option(STANDINGS))


def _members(charges: Charges | None) -> Mapping[str, str]:
    """The members in charge of each unit."""
    found: dict[str, dict[str, None]] = {}
    for member in () if charges is None else charges.members:
        for row in member.rows:
            found.setdefault(row.row.unit.id, {})[member.member] = None
    return {unit: ", ".join(members) for unit, members in found.items()}


def _standings(table: WatchedTable, members: Mapping[str, str], language: Language) -> Iterator[Row]:
    for row in table.rows:
        yield (
            members.get(row.row.unit.id),
            *unit_cells(row.judged, language),
            row.standing,
            row.left,
            "\n".join(reasons(row, language)) or None,
            "\n".join(": ".join(str(one) for one in cells[:2] if one) for cells in _figures(row, language)) or None,
            "\n".join((*_to_attest(row, language), *_inside(row, language))) or None,
        )


def _inside(row: WatchedRow, language: Language) -> Iterator[str]:
    """The units inside that are still open, apart from those that are told as a reason."""
    if row.criteria is not None:
        voice = Voice(language, row.criteria)
        yield from (inside_text(voice, one) for one in row.inside if not one.has_no_room)


def _to_attest(row: WatchedRow, language: Language) -> Iterator[str]:
    titles = {} if row.criteria is None else {one.path: one.title for one in row.criteria.members()}
    return (titles[path].text(language) for path in row.waits.clauses)


def _counts(table: WatchedTable, language: Language) -> Iterator[Row]:
    for row in table.rows:
        if row.criteria is None:
            continue
        voice = Voice(language, row.criteria)
        for one in row.counts:
            yield (
                *(
                    *unit_cells(row.judged, language),
                    row.standing,
                    fact_text(voice, one.standing.fact),
                    one.standing.now,
                ),
                *(one.is_least, one.standing.limit, one.standing.needed, one.standing.left, one.sure),
                *(one.projection, one.leads_out, str(one.standing.fact)),
            )
        # What a unit is lost by is told of the clause, for no count can mend the whole set.
        for lost in row.lost:
            for count in lost.counts:
                told: tuple[Cell, ...] = (count.limit, count.needed, count.left, None, None, None)
                figure = fact_text(voice, count.fact)
                yield (*unit_cells(row.judged, language), row.standing, figure, count.now, None, *told, str(count.fact))


def _figures(row: WatchedRow, language: Language) -> Iterator[Row]:
    """Each figure to come: its title, months, who has it, and its name."""
    if row.criteria is None:
        return
    voice = Voice(language, row.criteria)
    asked: list[tuple[FactKey, str | None]] = [
        (key, left_out_text(voice.say) if key in row.left_out else None) for key in row.missing
    ]
    for one in row.absent:
        told = absent_text(voice.say, one.months, is_left_out=True) if one.is_left_out else months_text(one.months)
        asked.append((one.fact, told))
    for key, months in asked:
        supplier = row.criteria.facts[key.name].supplier
        yield fact_text(voice, key), months, None if supplier is None else supplier.text(language), str(key)


def _to_come(table: WatchedTable, members: Mapping[str, str], language: Language) -> Iterator[Row]:
    for row in table.rows:
        for cells in _figures(row, language):
            yield (members.get(row.row.unit.id), *unit_cells(row.judged, language), *cells)


def _changes(changes: WatchChanges, language: Language) -> Iterator[Row]:
    arrived = {id(one.row): one for one in changes.arrived}
    before = {id(one.row): one.before for one in changes.turned}
    rows = {id(one.row): one.row for one in changes.turned} | {id(one.row): one.row for one in changes.arrived}
    for key, row in rows.items():
        came = arrived.get(key)
        titles = [] if came is None or not row.criteria else [*arrived_texts(Voice(language, row.criteria), came)]
        yield (
            *unit_cells(row.judged, language),
            before.get(key, row.standing),
            row.standing,
            "\n".join(titles) or None,
        )
