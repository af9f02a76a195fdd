"""Which rows of a table are asked for; what the table or the criteria do not have is refused."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from ncriteria.cli.console.wrong_calls import WrongCallError
from ncriteria.evaluation.criteria import Catalog, Criteria
from ncriteria.evaluation.tables import Wanted, years_of
from ncriteria.facts.table import FactRow, FactTable
from ncriteria.facts.units.levels import name_key, unit_meant
from ncriteria.language.hints.near_misses import did_you_mean, path_meant
from ncriteria.sets.model import CriteriaSet
from ncriteria.sets.names import standard_among
from ncriteria.words import Phrase, joined, phrase


def is_called(row: FactRow, unit: str) -> bool:
    """Whether the row is of the unit with this identifier or name."""
    return unit in (row.unit.id, row.unit.name)


def wanted_rows(units: Collection[str], years: Collection[int]) -> Wanted:
    """Which rows are of one of `units` and of one of `years`; where none are named, of any."""

    def wanted(row: FactRow) -> bool:
        return (not units or any(is_called(row, unit) for unit in units)) and (not years or row.year in years)

    return wanted


def refuse_unknown_standards(standards: Iterable[str], criteria: Catalog | Criteria) -> None:
    """Raise a usage error where one of `standards` is none of the criteria's."""
    sets = (criteria.definition,) if isinstance(criteria, Criteria) else criteria.sets.sets
    known = dict.fromkeys(definition.standard for definition in sets)
    for standard in standards:
        if standard not in known:
            hint = did_you_mean(standard, known) or phrase(
                "there are: {known}", known=joined("; ", (standard_among(sets, one) for one in known))
            )
            raise WrongCallError(phrase("there is no standard `{standard}`; {hint}", standard=standard, hint=hint))


def units_asked(units: Iterable[str], rows: Collection[FactRow]) -> tuple[str, ...]:
    """The units as they are called; a name without the word of its level will do where it is that of one unit only.

    Raises a usage error where no row is of one of `units`.
    """
    return tuple(_unit_asked(unit, rows) for unit in units)


def _unit_asked(unit: str, rows: Collection[FactRow]) -> str:
    if any(is_called(row, unit) for row in rows):
        return unit
    meant = {row.unit.id for row in rows if name_key(row.unit.name or row.unit.id) == name_key(unit)}
    if len(meant) == 1:
        return meant.pop()
    near = unit_meant(unit, dict.fromkeys((row.unit.id, row.unit.name) for row in rows))
    raise WrongCallError(_with_hint(phrase("the table has no unit `{unit}`", unit=unit), near))


def refuse_unknown_years(years: Iterable[int], rows: Collection[FactRow]) -> None:
    """Raise a usage error where no row is of one of `years`."""
    known = sorted({row.year for row in rows})
    for year in years:
        if year not in known:
            raise WrongCallError(
                phrase("the table has no year {year}; it has {years}", year=year, years=", ".join(map(str, known)))
            )


def rows_asked(
    table: FactTable, criteria: Catalog | Criteria, units: Collection[str], years: Collection[int]
) -> Wanted:
    """Which rows are of `units` and `years`; raises a usage error for one that the table does not have."""
    called = units_asked(units, table.rows)
    refuse_unknown_years(years, years_of(table, criteria))
    return wanted_rows(called, years)


def clauses_asked(
    paths: Iterable[str], sets: Sequence[CriteriaSet], standards: Collection[str] | None
) -> tuple[str, ...]:
    """The paths of clauses and groups of the sets; the last parts of one will do where no other ends so.

    No other of the `standards` that are asked for is meant. Raises a usage error where one of `paths` is of none.
    """
    shown = [one for one in sets if not standards or one.standard in standards]
    short = dict.fromkeys(member.path for definition in shown for member in definition.members())
    known = dict.fromkeys(member.path for definition in sets for member in definition.members())
    return tuple(_clause_asked(path, known, short) for path in paths)


def _clause_asked(path: str, known: Collection[str], short: Collection[str]) -> str:
    ending = [one for one in short if one.endswith(f"/{path}")]
    if path in known or len(ending) == 1:
        return path if path in known else ending[0]
    hint = path_meant(path, known) or did_you_mean(path, known)
    raise WrongCallError(_with_hint(phrase("there is no clause or group `{path}`", path=path), hint))


def _with_hint(message: Phrase, hint: str | None) -> Phrase:
    return message if hint is None else phrase("{message}; {hint}", message=message, hint=hint)
