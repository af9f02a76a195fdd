"""What the number formats of a workbook show beside a number: a percent sign that is a hundredth, or one as a text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from typing import Final

from ncriteria.facts.formats.workbook.markup import Attributes, local, walk
from ncriteria.patterns import compiled_later

_LITERAL = compiled_later(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]', re.DOTALL)
_PERCENT_IDS: Final = ("9", "10")


class PercentSign(Enum):
    """What a `%` in a number format does: it shows hundredths, or it is a text behind the number."""

    HUNDREDTHS = "hundredths"
    TEXT = "text"


def percent_sign(number_format: str) -> PercentSign | None:
    """What the `%` of a number format does; `None` where it has none."""
    if "%" not in number_format:
        return None
    is_sign = "%" in _LITERAL.sub("", number_format)
    return PercentSign.HUNDREDTHS if is_sign else PercentSign.TEXT


def percent_styles(styles: bytes, name: str, file: str | None) -> Mapping[str, PercentSign]:
    """The styles of cells, by their numbers in the part `styles`, whose number format has a `%`."""
    formats: dict[str, PercentSign | None] = dict.fromkeys(_PERCENT_IDS, PercentSign.HUNDREDTHS)
    found: dict[str, PercentSign] = {}
    number, is_within = 0, False

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal number, is_within
        match local(tag):
            case "numFmt":
                formats[attributes.get("numFmtId", "")] = percent_sign(attributes.get("formatCode", ""))
            case "cellXfs":
                is_within = True
            case "cellStyleXfs" | "cellStyles" | "dxfs":
                is_within = False
            case "xf" if is_within:
                if (sign := formats.get(attributes.get("numFmtId", ""))) is not None:
                    found[str(number)] = sign
                number += 1

    walk(styles, name, file, start)
    return found
