"""Reading a cell that says which month a row is of, `5`, `T5`, `Tháng 5`, `5/2026`, or that it is of a whole year."""

from __future__ import annotations

from functools import lru_cache

from ncriteria.facts.cells.cells import folded, formula_error
from ncriteria.facts.cells.raw_cells import raw_text
from ncriteria.facts.cells.refusals import Refusal, quoted
from ncriteria.facts.formats.raw import NumberText, RawValue
from ncriteria.patterns import compiled_later
from ncriteria.quick_classes import frozen
from ncriteria.words import phrase

MONTH_WORD = r"(?:tháng|month|th\.?|t)"
_NUMBER = "(?P<month>0?[1-9]|1[0-2])"
_YEAR = "(?P<year>(?:19|20|21)[0-9]{2})"
_FORMS = (
    compiled_later(rf"(?:{MONTH_WORD}\s*)?{_NUMBER}(?:\s*[-/.]\s*{_YEAR})?"),
    compiled_later(rf"{MONTH_WORD}\s*{_NUMBER}\s*,?\s*(?:năm|year)?\s*{_YEAR}"),
    compiled_later(rf"{_YEAR}-(?P<month>0[1-9]|1[0-2])"),
    compiled_later(rf"{_YEAR}-(?P<month>0[1-9]|1[0-2])-01(?: 00:00:00)?"),
)
"""The last is what Excel makes of `5/2026`: the first day of the month."""
_WHOLE_YEAR = compiled_later(rf"(?:(?:cả|trọn|toàn) năm|(?:whole|full) year)(?:\s*,?\s*{_YEAR})?")
_OF_JSON = compiled_later(rf"{_NUMBER}(?:\.0+)?")


@frozen
class MonthSaid:
    """A month from 1 to 12, or `None` for a whole year, and the year where the cell says it, too."""

    month: int | None
    year: int | None = None


@lru_cache(maxsize=1024)
def raw_month(value: RawValue) -> MonthSaid | Refusal:
    """The month that a cell names, or that it is of a whole year."""
    text = value.text if isinstance(value, NumberText) else raw_text(value)
    if refused := formula_error(text):
        return refused
    forms = (_OF_JSON,) if isinstance(value, NumberText) else _FORMS
    for form in forms:
        if match := form.fullmatch(folded(text)):
            said = match.groupdict()
            return MonthSaid(int(said["month"]), int(said["year"]) if said.get("year") else None)
    if whole := _WHOLE_YEAR.fullmatch(folded(text)):
        return MonthSaid(None, int(whole["year"]) if whole["year"] else None)
    message = phrase("expected a month such as 5, T5 or 5/2026, found {text}", text=quoted(text))
    hint = phrase("a row is of one month from 1 to 12, or of a whole year where the cell is blank")
    return Refusal("NC261", message, hint)
