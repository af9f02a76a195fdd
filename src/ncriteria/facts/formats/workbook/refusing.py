"""The errors of workbooks that are not read."""

from __future__ import annotations

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.table import FactsError
from ncriteria.words import phrase

SAVE_AS = phrase("open it in Excel or LibreOffice, and save it as a workbook (.xlsx)")
_SAVE_AGAIN = phrase("open the workbook in Excel or LibreOffice, and save it again")


def refused(code: str, message: str, place: CellPlace, hint: str | None = None) -> FactsError:
    """The error with one problem."""
    return FactsError(Problem(code, message, place, hint))


def of_another_kind(kind: str, found: str, file: str | None, hint: str = SAVE_AS) -> FactsError:
    """The error of a file that its name calls a workbook of the `kind`, and that is what `found` says."""
    message = phrase("this is not a .{kind} workbook but {found}", kind=kind, found=found)
    return refused("NC271", message, CellPlace(file), hint)


def before_97(file: str | None) -> FactsError:
    """The error of a workbook of the kinds of .xls that are not read."""
    return of_another_kind("xls", phrase("one of Excel before 97"), file)


def damaged(reason: str, file: str | None, sheet: str | None = None) -> FactsError:
    """The error of a workbook whose inside is not whole; `reason` ends the sentence."""
    message = phrase("the workbook is damaged: {reason}", reason=reason)
    return refused("NC272", message, CellPlace(file, sheet), _SAVE_AGAIN)


def too_large(reason: str, file: str | None, sheet: str | None = None, hint: str | None = None) -> FactsError:
    """The error of a workbook that is over a limit; `reason` ends the sentence."""
    message = phrase("the workbook is too large: {reason}", reason=reason)
    told = hint or phrase("keep the facts in a workbook of their own")
    return refused("NC273", message, CellPlace(file, sheet), told)


def locked(file: str | None) -> FactsError:
    """The error of a workbook with a password."""
    hint = phrase("open it with its password, and save it without one")
    return refused("NC274", phrase("the workbook is locked with a password"), CellPlace(file), hint)


def unsure(told: str, place: CellPlace) -> FactsError:
    """The error of a cell of which it is not sure what it holds."""
    return refused("NC278", told, place, phrase("write the value into the cell anew, and save the workbook"))
