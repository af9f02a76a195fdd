"""The words of the page itself: its headings, filters and buttons, in both languages.

What is said of a judgement is no part of it; that comes as sentences with the data.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ncriteria.report.page.cells import VERDICTS_IN_ORDER, Section
from ncriteria.sets.names import VERDICTS
from ncriteria.words import LANGUAGES, Message, words

INTERFACE: Final[Mapping[str, Message]] = {
    "title": Message("Results by commune and criterion"),
    "invented": Message("Example with invented units and figures"),
    "skip": Message("Skip to the table"),
    "other_language": Message("English"),
    "theme": Message("Colours"),
    "theme_auto": Message("as the device"),
    "theme_light": Message("light"),
    "theme_dark": Message("dark"),
    "print": Message("Print the rows shown"),
    "print_again": Message("Print"),
    "back": Message("Back to the table"),
    "too_many": Message("{count} pages would be printed: filter first, so that at most {most} rows are shown"),
    "pages": Message("{count} pages to print, one for each row shown"),
    "filters": Message("Filters"),
    "search": Message("Search by name or code"),
    "standard": Message("Standard"),
    "year": Message("Year"),
    "every_year": Message("All years"),
    "verdict": Message("Verdict"),
    "every_verdict": Message("All verdicts"),
    "clause": Message("Criterion"),
    "whole": Message("The whole set"),
    "figure": Message("Missing figure"),
    "every_figure": Message("With or without missing figures"),
    "any_figure": Message("Any figure missing"),
    "supplier": Message("Supplier"),
    "every_supplier": Message("All suppliers"),
    "no_supplier": Message("Supplier not named"),
    "reset": Message("Clear the filters"),
    "shown": Message("{shown} of {all} rows shown"),
    "nothing": Message("No row fits the filters"),
    "legend": Message("Signs"),
    "attested": Message("rests on an attestation"),
    "unit": Message("Unit"),
    "sets": Message("Criteria sets and their sources"),
    "grid": Message("Verdicts by unit and criterion"),
    "grid_help": Message("Arrow keys move, Enter opens the explanation, Esc closes it"),
    "titles": Message("Criteria of the table"),
    "no_clause": Message("not in the set of this row"),
    "close": Message("Close"),
    "previous": Message("Previous criterion"),
    "next": Message("Next criterion"),
    "criteria": Message("Criteria"),
    "sources": Message("Sources, and how surely they are known"),
    "how": Message("How members count"),
    "plot": Message("Number and limit over the years"),
    "value": Message("Number"),
    "limit": Message("Limit"),
    "relation_<=": Message("at most the limit is allowed"),
    "relation_<": Message("must be less than the limit"),
    "relation_>=": Message("at least the limit is required"),
    "relation_>": Message("must be more than the limit"),
    "relation_=": Message("must be the limit"),
    "relation_!=": Message("must not be the limit"),
    "not_known": Message("not known"),
    "missing_of": Message("To be supplied by: {supplier}"),
    "printed_by": Message("Judged with ncriteria {version} under {set}"),
    "receipt": Message("Receipt of {day}, result {digest}; ncriteria verify checks it"),
    "prepared": Message("Prepared by"),
    "confirmed": Message("Confirmed by"),
    "signature": Message("(signature, full name)"),
    "grounds": Message("Grounds"),
    "unreadable": Message("This browser cannot open the data of the page: use a current one"),
}
SECTIONS: Final[Mapping[Section, Message]] = {
    Section.GRADED: Message("Grade"),
    Section.APPLIES: Message("Whether it applies"),
    Section.RULE: Message("Numbers and limits"),
    Section.MONTHS: Message("Months added up"),
    Section.INSIDE: Message("Units inside"),
    Section.ATTESTED: Message("Attestations"),
    Section.WAITING: Message("What is missing"),
    Section.LEFT_IN_WORDS: Message("What must still hold"),
    Section.LEFT: Message("The same, as the rules write it"),
    Section.ROOM: Message("Room"),
    Section.PUBLISHED: Message("Published result"),
    Section.PROBLEM: Message("Why there is no verdict"),
    Section.TIME: Message("Point in time"),
    Section.BASES: Message("Figures of units that were merged, split or renamed"),
}
_NO_VERDICT: Final = Message("No verdict")


def interface() -> dict[str, object]:
    """All words of the page by key, each in Vietnamese and English; verdicts and sections in the order of numbers."""
    return {
        "words": told_in_both(INTERFACE),
        "verdicts": [*(_told(VERDICTS[verdict]) for verdict in VERDICTS_IN_ORDER), _told(_NO_VERDICT)],
        "sections": [_told(SECTIONS[section]) for section in Section],
        "numbered": {section.name: int(section) for section in Section},
    }


def told_in_both(messages: Mapping[str, Message]) -> dict[str, list[str]]:
    """Words of a page by key, each in Vietnamese and English."""
    return {key: _told(message) for key, message in messages.items()}


def _told(message: Message) -> list[str]:
    # What the page fills stays as it is.
    return [words(language).this(message, **_OPEN) for language in LANGUAGES]


_OPEN: Final = {
    name: f"{{{name}}}" for name in ("count", "most", "shown", "all", "supplier", "version", "set", "day", "digest")
}
