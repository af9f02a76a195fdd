"""What is offered in a file in which nothing stands yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ncriteria.editor.completion.offering import Offer, OfferKind
from ncriteria.sets.files.begun import SetWanted, from_template
from ncriteria.sets.keys.tables import FORMAT
from ncriteria.words import Words

_NOTHING: Final = re.compile(r"\s*(\w*)\s*")


def offers_to_begin(text: str, wanted: SetWanted, say: Words) -> Iterator[Offer]:
    """The first line of a criteria file, and a whole one to fill in; nothing where more than a word stands there."""
    found = _NOTHING.fullmatch(text)
    if found is not None:
        start, end = found.span(1)
        yield Offer(OfferKind.KEY, f"format: {FORMAT}", say("the format of the file"), start, end)
        yield Offer(OfferKind.MAPPING, from_template(wanted, say), say("a whole set to fill in"), start, end)
