"""What the cells of a form take: the format of each column, and the validation that tells of a slip at once.

The reader stays the judge; a validation only says earlier what it would say.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction
from typing import Final, assert_never

from ncriteria.facts.checks.shares import is_share, says_percent
from ncriteria.facts.forms.form import FormColumn
from ncriteria.language.printer import show_rational
from ncriteria.quick_classes import frozen
from ncriteria.report.form.planning import shortened
from ncriteria.report.needs.describing import range_text
from ncriteria.sets.model import FactDeclaration, FactType
from ncriteria.words import Words

TEXT: Final = "@"
"""The format in which a workbook leaves what is typed as it is: `01/02` is no date, and `001` no number."""
_DAY: Final = "dd/mm/yyyy"
_LONGEST_FORMULA: Final = 255
_LONGEST_MESSAGE: Final = 224
_LONGEST_TITLE: Final = 32
_FIRST_DAY: Final = datetime.date(1900, 1, 1)


@frozen
class CellsWanted:
    """The number format of cells of a column, and its validation as XlsxWriter takes it."""

    number_format: str | None
    validation: dict[str, object]


def cells_wanted(say: Words, declared: FactDeclaration, heading: str, cell: str, options: str | None) -> CellsWanted:
    """What the cells of a fact below a heading take.

    `cell` is the first of them, `options` the place of the values to choose from.
    """
    match declared.type:
        case FactType.COUNT:
            message = say(
                "Write a whole number, such as 12. Leave the cell blank where nothing is known; write 0 for none."
            )
            rule: dict[str, object] = {"validate": "custom", "value": _count_formula(declared, cell)}
            return CellsWanted(TEXT, rule | _refusal(say, declared, message))
        case FactType.NUMBER:
            message = say("Write a number. Leave the cell blank where nothing is known; write 0 for none.")
            if is_share(declared):
                message = say("Write a share with its sign, such as 95%. Leave the cell blank where nothing is known.")
            # A bound, such as >=0.9, is no number, and may be meant: the workbook asks, and takes it.
            rule = _within(declared) | {"error_type": "warning"}
            return CellsWanted(_number_format(declared, heading), rule | _refusal(say, declared, message))
        case FactType.BOOLEAN:
            yes_no = [say.within("form", "Yes"), say.within("form", "No")]
            message = say("Choose from the list. Leave the cell blank where nothing is known.")
            return CellsWanted(TEXT, {"validate": "list", "source": yes_no} | _refusal(say, declared, message))
        case FactType.ENUMERATION:
            message = say("Choose from the list. Leave the cell blank where nothing is known.")
            return CellsWanted(TEXT, {"validate": "list", "source": options} | _refusal(say, declared, message))
        case FactType.DATE:
            message = say("Write a day, such as 18/03/2024. Leave the cell blank where nothing is known.")
            rule = {"validate": "date", "criteria": ">=", "value": _FIRST_DAY}
            return CellsWanted(_DAY, rule | _refusal(say, declared, message))
        case _:
            assert_never(declared.type)


def nothing_wanted(say: Words, column: FormColumn) -> dict[str, object]:
    """The validation of cells of a form with months in which nothing is asked for."""
    message = say("This is asked for month by month: write it in the rows of the months.")
    if not column.by_month:
        message = say("This is asked for once: write it in the row of the whole year.")
    return {"validate": "custom", "value": "=FALSE", "ignore_blank": True, "error_message": message}


def _refusal(say: Words, declared: FactDeclaration, message: str) -> dict[str, object]:
    within = range_text(say, declared) if declared.type.is_numeric else None
    text = message if within is None else f"{message} {say('The range: {range}.', range=within)}"
    title = shortened(declared.title.text(say.language), _LONGEST_TITLE)
    return {"ignore_blank": True, "error_title": title, "error_message": shortened(text, _LONGEST_MESSAGE)}


def _within(declared: FactDeclaration) -> dict[str, object]:
    low, high = declared.minimum, declared.maximum
    if low is not None and high is not None:
        ends = {"minimum": f"={show_rational(low)}", "maximum": f"={show_rational(high)}"}
        return {"validate": "decimal", "criteria": "between", **ends}
    if high is not None:
        return {"validate": "decimal", "criteria": "<=", "value": f"={show_rational(high)}"}
    least = "-1E+307" if low is None else show_rational(low)
    return {"validate": "decimal", "criteria": ">=", "value": f"={least}"}


def _number_format(declared: FactDeclaration, heading: str) -> str | None:
    """Of a share whose heading says percent, that of percent: 95 that is typed there is 95 %, with its sign."""
    return "0.##########%" if is_share(declared) and says_percent(heading) else None


def _count_formula(declared: FactDeclaration, cell: str) -> str:
    """A whole number within the range, typed as a text or pasted as a number; a pair or a bound that ends in a digit.

    A workbook compares no text with a number, so that its own rule for whole numbers would refuse all that is typed.
    """
    ends = [f">={show_rational(declared.minimum or Fraction(0))}"]
    if declared.maximum is not None:
        ends.append(f"<={show_rational(declared.maximum)}")
    formula = _formula(cell, ends)
    return formula if len(formula) <= _LONGEST_FORMULA else _formula(cell, [">=0"])


def _formula(cell: str, ends: Sequence[str]) -> str:
    def is_whole(value: str) -> str:
        return f"AND({','.join((f'INT({value})={value}', *(f'{value}{end}' for end in ends)))})"

    is_other = f'OR(ISNUMBER(FIND("/",{cell})),ISNUMBER(FIND(LEFT({cell}),"<>≤≥")))'
    text = f'--SUBSTITUTE({cell},".","")'
    return f"=IF(ISNUMBER({cell}),{is_whole(cell)},IF({is_other},ISNUMBER(-RIGHT({cell})),{is_whole(text)}))"
