"""What the verdicts, levels and other options of criteria are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ncriteria.sets.model import Combination, Encodes, FactType, Level, Verdict
from ncriteria.sets.sources import Basis
from ncriteria.words import Message

VERDICTS: Final[Mapping[Verdict, Message]] = {
    Verdict.MET: Message("Met"),
    Verdict.NOT_MET: Message("Not met"),
    Verdict.UNDETERMINED: Message("Undetermined"),
    Verdict.NOT_APPLICABLE: Message("Not applicable"),
}
ENCODES: Final[Mapping[Encodes, Message]] = {
    Encodes.EXACT: Message("as the text says"),
    Encodes.APPROXIMATED: Message("approximated"),
    Encodes.ATTESTED: Message("as attested by a competent person"),
    Encodes.NOT_ENCODED: Message("not encoded, for the text is not known"),
}
BASES: Final[Mapping[Basis, Message]] = {
    Basis.FULL: Message("read in full"),
    Basis.PART: Message("read in part"),
    Basis.RESTATED: Message("restated by another source"),
    Basis.REPORTED: Message("reported locally"),
    Basis.MENTIONED: Message("only number and title known"),
    Basis.INFERRED: Message("the editors' reading"),
    Basis.NOT_FOUND: Message("not found"),
}
LEVELS: Final[Mapping[Level, Message]] = {
    Level.AGENCY: Message("public agency"),
    Level.ENTERPRISE: Message("business"),
    Level.SCHOOL: Message("school"),
    Level.HAMLET: Message("hamlet"),
    Level.COMMUNE: Message("commune"),
    Level.DISTRICT: Message("district"),
    Level.PROVINCE: Message("province"),
}
UNITS: Final[Mapping[Level, Message]] = {
    Level.AGENCY: Message("public agencies"),
    Level.ENTERPRISE: Message("businesses"),
    Level.SCHOOL: Message("schools"),
    Level.HAMLET: Message("hamlets"),
    Level.COMMUNE: Message("communes"),
    Level.DISTRICT: Message("districts"),
    Level.PROVINCE: Message("provinces"),
}
"""The units of each level."""
TYPES: Final[Mapping[FactType, Message]] = {
    FactType.COUNT: Message("whole number"),
    FactType.NUMBER: Message("number"),
    FactType.BOOLEAN: Message("yes or no"),
    FactType.ENUMERATION: Message("one of"),
    FactType.DATE: Message("day"),
}
"""What is written for a fact of each type."""
COMBINATIONS: Final[Mapping[Combination, Message]] = {
    Combination.ALL: Message("all must be met"),
    Combination.ANY: Message("at least one must be met"),
    Combination.AT_LEAST: Message("at least {minimum} must be met"),
}
