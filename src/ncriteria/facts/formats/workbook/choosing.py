"""Which sheet of a workbook is read."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.formats.workbook.refusing import refused
from ncriteria.facts.table import FactsError, SheetsError
from ncriteria.language.hints.near_misses import did_you_mean
from ncriteria.quick_classes import frozen
from ncriteria.words import joined, phrase


@frozen
class SheetEntry:
    """A sheet of a workbook; `key` finds its content, `has_cells` tells whether any cell holds something."""

    name: str
    key: str
    is_hidden: bool
    has_cells: Callable[[], bool]


def chosen(sheets: Sequence[SheetEntry], sheet: str | None, file: str | None) -> SheetEntry:
    """The sheet of that name; without one, the only one that is visible and holds something. Raises `FactsError`."""
    if sheet is not None:
        return _of_name(sheets, sheet, file)
    filled = [one for one in sheets if not one.is_hidden and one.has_cells()]
    if len(filled) == 1:
        return filled[0]
    if filled:
        message = phrase("{count} sheets hold something: {sheets}", count=len(filled), sheets=_listed(filled))
        hint = phrase("say which one: --sheet {sheet}", sheet=_argument(filled[0].name))
        raise SheetsError(Problem("NC276", message, CellPlace(file), hint), (one.name for one in filled))
    raise _without_cells([one for one in sheets if one.is_hidden and one.has_cells()], file)


def _of_name(sheets: Sequence[SheetEntry], sheet: str, file: str | None) -> SheetEntry:
    wanted = unicodedata.normalize("NFC", sheet).strip().casefold()
    for one in sheets:
        if unicodedata.normalize("NFC", one.name).strip().casefold() == wanted:
            return one
    hint = did_you_mean(sheet, [one.name for one in sheets])
    has = phrase("the workbook has {sheets}", sheets=_listed(sheets))
    told = has if sheets else phrase("the workbook has no sheets")
    message = joined("; ", [phrase('there is no sheet "{sheet}"', sheet=sheet), told])
    raise refused("NC275", message, CellPlace(file), hint)


def _without_cells(hidden: Sequence[SheetEntry], file: str | None) -> FactsError:
    if not hidden:
        return refused("NC221", phrase("the workbook is empty"), CellPlace(file))
    message = phrase("only hidden sheets hold something: {sheets}", sheets=_listed(hidden))
    hint = phrase("name the one that is meant: --sheet {sheet}", sheet=_argument(hidden[0].name))
    return refused("NC277", message, CellPlace(file), hint)


def _listed(sheets: Sequence[SheetEntry]) -> str:
    return joined(", ", map(_shown, sheets))


def _shown(sheet: SheetEntry) -> str:
    return phrase('"{sheet}" (hidden)', sheet=sheet.name) if sheet.is_hidden else f'"{sheet.name}"'


def _argument(name: str) -> str:
    """A name as it stands on a command line."""
    return name if name.isalnum() else f'"{name}"'
