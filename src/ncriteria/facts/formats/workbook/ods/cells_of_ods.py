"""One cell of an .ods: what it holds, by the attributes of its XML and by the text that it shows."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Final

from attrs import evolve

from ncriteria.errors import CellPlace
from ncriteria.facts.cells.cells import formula_error
from ncriteria.facts.formats.raw import NumberText, RawValue
from ncriteria.facts.formats.workbook.joining.cell_values import composed, digits, duration, moment, with_sign
from ncriteria.facts.formats.workbook.joining.sheet_cells import cell_name
from ncriteria.facts.formats.workbook.markup import Attributes
from ncriteria.facts.formats.workbook.number_formats import PercentSign
from ncriteria.facts.formats.workbook.refusing import unsure
from ncriteria.patterns import compiled_later
from ncriteria.words import phrase

_ODF: Final = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE: Final = f"{_ODF}office:1.0 "
TABLE: Final = f"{_ODF}table:1.0 "
TEXT: Final = f"{_ODF}text:1.0 "
_SHOWN_KIND: Final = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_LONGEST: Final = 400
_REFERENCE = compiled_later(r"\[\.?([^\]]*)\]")
_DURATION = compiled_later(r"(-?)PT([0-9]{1,9})H([0-9]{1,2})M([0-9]{1,2}(?:[.,][0-9]+)?)S")


def cell_value(attributes: Attributes, shown: str, place: CellPlace, row: int, column: int) -> RawValue:
    """What a grid holds for a cell with these attributes, which shows the text `shown`; raises `FactsError`."""
    text = composed(shown, place, row, column)
    kind = attributes.get(f"{OFFICE}value-type")
    formula = attributes.get(f"{TABLE}formula")
    if attributes.get(_SHOWN_KIND) == "error":
        return text if formula_error(text.strip()) is not None else "#VALUE!"
    if formula is not None and formula_error(text.strip()) is not None:
        # So do programs tell of errors that have no kind for them: a number, 0, which is shown as an error.
        return text.strip()
    value = attributes.get(f"{OFFICE}{_VALUES.get(kind or '', 'value')}")
    match kind:
        case None:
            return text if formula is None or text else f"={_formula(formula)}"
        case "string":
            return composed(value, place, row, column) if value else text
        case "float" if formula in _TRUTHS:
            return _TRUTHS[formula]
        case "float" | "percentage" | "currency" if value is not None and (number := _number(value)) is not None:
            return _with_sign(number, kind, text)
        case "boolean" if value in ("true", "false"):
            return value == "true"
        case "date" if value:
            return moment(value)
        case "time" if value and (match := _DURATION.fullmatch(value)):
            seconds = int(match[2]) * 3600 + int(match[3]) * 60 + float(match[4].replace(",", "."))
            return duration(-seconds if match[1] else seconds)
        case _:
            told = phrase(
                'it is not sure what the cell {cell} holds, which shows "{text}"',
                cell=cell_name(row, column),
                text=text[:60],
            )
            raise unsure(told, evolve(place, row=row))


_TRUTHS: Final = {"of:=TRUE()": True, "of:=FALSE()": False}
"""How a truth is kept that was not written as one."""
_VALUES: Final = {"string": "string-value", "boolean": "boolean-value", "date": "date-value", "time": "time-value"}


def _number(value: str) -> NumberText | None:
    """A number of as many digits as a workbook can hold; `None` for others."""
    try:
        number = Decimal(value) if len(value) <= _LONGEST else Decimal("NaN")
    except InvalidOperation:
        return None
    return NumberText(digits(str(number))) if number.is_finite() and abs(number.adjusted()) <= _LONGEST else None


def _with_sign(number: NumberText, kind: str, text: str) -> RawValue:
    if kind == "percentage":
        return with_sign(number, PercentSign.HUNDREDTHS)
    return with_sign(number, PercentSign.TEXT) if text.rstrip().endswith("%") else number


def _formula(formula: str) -> str:
    """A formula as a workbook shows it: `of:=[.B3]/[.C3]` is B3/C3."""
    return _REFERENCE.sub(r"\1", formula.partition("=")[2] or formula).replace(":.", ":").strip() or "..."
