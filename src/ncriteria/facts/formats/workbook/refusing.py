"""The errors of workbooks that are not read."""

from __future__ import annotations

from ncriteria.errors import CellPlace, Problem
from ncriteria.facts.table import FactsError

_SAVE_AGAIN = "open the workbook in Excel or LibreOffice, and save it again"


def refused(code: str, message: str, place: CellPlace, hint: str | None = None) -> FactsError:
    """The error with one problem."""
    return FactsError(Problem(code, message, place, hint))


def damaged(reason: str, file: str | None, sheet: str | None = None) -> FactsError:
    """The error of a workbook whose inside is not whole; `reason` ends the sentence."""
    return refused("NC272", f"the workbook is damaged: {reason}", CellPlace(file, sheet), _SAVE_AGAIN)


def too_large(reason: str, file: str | None, sheet: str | None = None, hint: str | None = None) -> FactsError:
    """The error of a workbook that is over a limit; `reason` ends the sentence."""
    told = hint or "keep the facts in a workbook of their own"
    return refused("NC273", f"the workbook is too large: {reason}", CellPlace(file, sheet), told)


def locked(file: str | None) -> FactsError:
    """The error of a workbook with a password."""
    hint = "open it with its password, and save it without one"
    return refused("NC274", "the workbook is locked with a password", CellPlace(file), hint)


def unsure(told: str, place: CellPlace, hint: str | None = None) -> FactsError:
    """The error of a cell of which it is not sure what it holds."""
    return refused("NC278", told, place, hint or "write the value into the cell anew, and save the workbook")
