"""Units around others that no unit of the table is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ncriteria.errors import Place, Problem
from ncriteria.facts.units.identifiers import differences, shown_identifier, twin_key
from ncriteria.facts.units.levels import name_key

_LISTED = 5
_ADD = "add the units around as rows of their own, where something of theirs rests on the units inside"


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
        listed = ", ".join(f"`{shown_identifier(parent)}`" for parent in unknown[:_LISTED])
        more = f" and {len(unknown) - _LISTED} more" if len(unknown) > _LISTED else ""
        message = f"the units around, {listed}{more}, are not in the table, and nothing is rolled up into them"
        yield Problem("NC235", message, parents[unknown[0]], _ADD)
        return
    for parent in unknown:
        message = f"no unit has the identifier `{shown_identifier(parent)}`, given as the unit around"
        told, hint = meant[parent] or ("", _ADD)
        yield Problem("NC235", message + told, parents[parent], hint)


def _by_name(names: Mapping[str, str | None]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for unit, name in names.items():
        if name is not None and name != unit:
            found.setdefault(name_key(name), []).append(unit)
    return found


def _meant(parent: str, by_key: Mapping[str, str], by_name: Mapping[str, list[str]]) -> tuple[str, str] | None:
    """What else is known of a parent that is no unit, and what to write; `None` where it is nearly no other."""
    if twin := by_key.get(twin_key(parent)):
        return f"; it differs from `{shown_identifier(twin)}` in {differences(parent, twin)}", _write([twin])
    if units := by_name.get(name_key(parent)):
        return "; it is a name", _write(units)
    return None


def _write(units: Iterable[str]) -> str:
    shown = [f"`{shown_identifier(unit)}`" for unit in units]
    return f"write the identifier {' or '.join(shown[:3])}" + (" ..." if len(shown) > 3 else "")
