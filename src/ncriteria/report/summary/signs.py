"""The signs of verdicts in a matrix: a letter each, that tells without colour beside a legend."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ncriteria.sets.model import Verdict
from ncriteria.words import Message

SIGNS: Final[Mapping[Verdict, Message]] = {
    Verdict.MET: Message("m"),
    Verdict.NOT_MET: Message("N"),
    Verdict.UNDETERMINED: Message("?"),
    Verdict.NOT_APPLICABLE: Message("–"),
}
ATTESTED_SIGN: Final = "*"
"""What stands behind the sign of a verdict that rests on an attestation."""
