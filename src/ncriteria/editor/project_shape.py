"""The keys of a project file, for its schema; how much each rule of the check counts is among them."""

from __future__ import annotations

from typing import Final

from ncriteria.editor.linting.rules.table import RULES
from ncriteria.facts.project import FORMAT, SEVERITIES
from ncriteria.sets.keys.heading import DAY, TEXT, TRUTH, WHOLE, YEAR, may, must
from ncriteria.sets.keys.shapes import EntryShape, KeysShape, ListShape, NamesShape, WordShape
from ncriteria.words import LANGUAGES, phrase

_TABLES: Final = KeysShape(
    "facts",
    {
        "columns": may(NamesShape(TEXT), phrase("the fact of a column, by its heading")),
        "ignore": may(ListShape(TEXT), phrase("headings of columns that are passed over")),
        "ignore_unknown": may(TRUTH, phrase("whether every column whose heading is not known is passed over")),
        "blanks": may(ListShape(TEXT), phrase("marks for «no figure»")),
        "sheet": may(TEXT, phrase("the sheet of a workbook")),
        "encoding": may(TEXT, phrase("the encoding of a text that is not UTF-8")),
        "unit": may(TEXT, phrase("the unit of a table without units")),
        "header_row": may(WHOLE, phrase("the last row of the headings, as the file counts")),
        "year": may(YEAR, phrase("the year of a table without years")),
        "month": may(WHOLE, phrase("the month of a table without months")),
        "months_end": may(WHOLE, phrase("the day on which the months of the table end")),
        "level": may(TEXT, phrase("the level of the units of a table that does not say it")),
        "series": may(TEXT, phrase("the series of the figures of a table that states none")),
        "known_on": may(DAY, phrase("the day as known on which the figures are judged")),
    },
)
_REFORM: Final = KeysShape(
    "reform",
    {
        "day": must(DAY, phrase("the day on which units were made anew")),
        "instrument": may(TEXT, phrase("the act that says so")),
    },
)
_CHECK: Final = KeysShape(
    "check", {code: EntryShape(WordShape(SEVERITIES), rule.title) for code, rule in RULES.items()}
)
PROJECT_FILE: Final = KeysShape(
    "project",
    {
        "format": must(WordShape((FORMAT,)), phrase("the format of the file")),
        "language": may(WordShape(LANGUAGES), phrase("the language of the outputs")),
        "criteria": may(TEXT, phrase("a file or a folder of criteria, from where the project file lies")),
        "standards": may(ListShape(TEXT), phrase("the standards whose verdicts are shown")),
        "territory": may(TEXT, phrase("the unit around the units of a table that says none")),
        "lineage": may(TEXT, phrase("the file that says which units were merged, split and renamed")),
        "reforms": may(ListShape(_REFORM), phrase("days on which units were made anew")),
        "facts": may(_TABLES, phrase("how tables are read")),
        "check": may(_CHECK, phrase("how much each rule of the check counts")),
    },
)
