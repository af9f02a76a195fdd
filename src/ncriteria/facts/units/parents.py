"""Units around others that no unit of the table is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ncriteria.errors import Place, Problem
from ncriteria.facts.units.identifiers import differences, shown_identifier, twin_key
from ncriteria.facts.units.levels import name_key
from ncriteria.words import Phrase, joined, one_of, phrase

_LISTED = 5
_ADD = phrase("add the units around as rows of their own, where something of theirs rests on the units inside")


def unknown_parents(parents: Mapping[str, Place], names: Mapping[str, str | None]) -> Iterator[Problem]:
    """A warning of each parent that is no unit; one of all, where the table has none of the units around.

    `parents` are the parents that rows give, each with the place to tell, and `names` the units of the table by
    identifier, with a name of each. The hint has the identifier that was meant, where a parent is the name of a unit
    or nearly its identifier.
    """
    unknown = [parent for parent in parents if parent not in names]
    if not unknown:
        return
    by_key = {twin_key(unit): unit for unit in names}
    by_name = _by_name(names)
    meant = {parent: _meant(parent, by_key, by_name) for parent in unknown}
    if len(unknown) == len(parents) and not any(meant.values()):
        yield Problem("NC235", _not_in_the_table(unknown), parents[unknown[0]], _ADD)
        return
    for parent in unknown:
        message = phrase("no unit has the identifier `{unit}`, given as the unit around", unit=shown_identifier(parent))
        if (found := meant[parent]) is None:
            yield Problem("NC235", message, parents[parent], _ADD)
        else:
            yield Problem("NC235", joined("; ", [message, found[0]]), parents[parent], found[1])


def _not_in_the_table(unknown: Sequence[str]) -> Phrase:
    """What is told of a table that has none of the units around."""
    units = ", ".join(f"`{shown_identifier(parent)}`" for parent in unknown[:_LISTED])
    if (more := len(unknown) - _LISTED) > 0:
        return phrase(
            "the units around, {units} and {count} more, are not in the table, and nothing is rolled up into them",
            units=units,
            count=more,
        )
    return phrase("the units around, {units}, are not in the table, and nothing is rolled up into them", units=units)


def _by_name(names: Mapping[str, str | None]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for unit, name in names.items():
        if name is not None and name != unit:
            found.setdefault(name_key(name), []).append(unit)
    return found


def _meant(parent: str, by_key: Mapping[str, str], by_name: Mapping[str, list[str]]) -> tuple[Phrase, Phrase] | None:
    """What else is known of a parent that is no unit, and what to write; `None` where it is nearly no other."""
    if twin := by_key.get(twin_key(parent)):
        told = phrase(
            "it differs from `{unit}` in {difference}",
            unit=shown_identifier(twin),
            difference=differences(parent, twin),
        )
        return told, _write([twin])
    if units := by_name.get(name_key(parent)):
        return phrase("it is a name"), _write(units)
    return None


def _write(units: Iterable[str]) -> Phrase:
    shown = [f"`{shown_identifier(unit)}`" for unit in units]
    some = one_of(shown[:3])
    if len(shown) > 3:
        return phrase("write the identifier {unit} ...", unit=some)
    return phrase("write the identifier {unit}", unit=some)
