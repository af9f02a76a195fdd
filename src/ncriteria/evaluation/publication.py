"""Computed verdicts beside published ones."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from enum import Enum
from typing import Final

from ncriteria.sets.model import Verdict
from ncriteria.words import Message

_PUBLISHED = {
    "đạt": Verdict.MET,
    "met": Verdict.MET,
    "chưa đạt": Verdict.NOT_MET,
    "không đạt": Verdict.NOT_MET,
    "not met": Verdict.NOT_MET,
}


class Agreement(Enum):
    """How a computed verdict stands to a published one; an undetermined one contradicts nothing."""

    AGREES = "agrees"
    OPEN = "open"
    DIFFERS = "differs"


AGREEMENTS: Final[Mapping[Agreement, Message]] = {
    Agreement.AGREES: Message("agrees with the published result"),
    Agreement.OPEN: Message("not enough to conclude; no clause contradicts the published result"),
    Agreement.DIFFERS: Message("DIFFERS from the published result"),
}


def published_verdict(text: str) -> Verdict | None:
    """The verdict that a published text states; `None` where it is none that is known."""
    return _PUBLISHED.get(" ".join(unicodedata.normalize("NFC", text).casefold().split()))


def agreement(computed: Verdict, published: str | None) -> Agreement | None:
    """How `computed` stands to a published text; `None` where that states no verdict."""
    stated = None if published is None else published_verdict(published)
    if stated is None:
        return None
    if computed is Verdict.UNDETERMINED:
        return Agreement.OPEN
    return Agreement.AGREES if computed is stated else Agreement.DIFFERS
