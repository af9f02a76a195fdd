"""The words of a page of tables: its headings, filters and buttons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ncriteria.report.page.interface import INTERFACE
from ncriteria.words import Message

_SHARED: Final = (
    *("invented", "other_language", "theme", "theme_auto", "theme_light", "theme_dark"),
    *("filters", "reset", "shown", "nothing", "receipt", "sets"),
)
TABLE_WORDS: Final[Mapping[str, Message]] = {
    **{key: INTERFACE[key] for key in _SHARED},
    "print": Message("Print the table shown"),
    "skip": Message("Skip to the table"),
    "tables": Message("Tables"),
    "search": Message("Search in all texts"),
    "every": Message("All"),
    "none": Message("none"),
    "more": Message("Show {count} more rows"),
    "made_with": Message("Made with ncriteria {version}"),
}
