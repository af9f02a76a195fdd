"""What the verdicts, levels and other options of criteria are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from ncriteria.quick_classes import frozen
from ncriteria.sets.model import (
    Combination,
    CriteriaSet,
    Encodes,
    FactDeclaration,
    FactType,
    Level,
    ParameterDeclaration,
    Verdict,
)
from ncriteria.sets.sources import Basis, Bilingual
from ncriteria.sets.years.days_in_force import DaysInForce, YearsJudged
from ncriteria.words import Language, Message, Words

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

YEARS_JUDGED: Final[Mapping[YearsJudged, Message]] = {
    YearsJudged.ENDING: Message("judges the years that end then"),
    YearsJudged.BEGINNING: Message("judges the years that begin then"),
    YearsJudged.WHOLE: Message("judges the years that begin and end then"),
}


def days_in_force_text(held: DaysInForce, say: Words) -> str:
    """From which day to which a set is in force, and which years it judges."""
    days = say("in force from {first}", first=held.first)
    if held.last is not None:
        days = say("in force from {first} to {last}", first=held.first, last=held.last)
    return f"{days}; {say.this(YEARS_JUDGED[held.judges])}"


def options_text(declared: FactDeclaration | ParameterDeclaration, language: Language) -> Mapping[str, str]:
    """What each option of an enumeration is called; the option itself where it has no title."""
    titles = {option: title.text(language) for option, title in declared.option_titles.items()}
    return {option: titles.get(option, option) for option in declared.options}


def standard_text(standard: str, title: Bilingual | None, language: Language) -> str:
    """What a standard is called; its identifier where it has no title."""
    return standard if title is None else title.text(language)


def named_standard(standard: str, title: Bilingual | None, language: Language) -> str:
    """What a standard is called, with the identifier by which it is asked for."""
    return standard if title is None else f"{title.text(language)} ({standard})"


@frozen
class StandardInWords:
    """A standard in a message: what it is called, with its identifier, in the language of the message."""

    standard: str
    title: Bilingual | None

    def in_words(self, say: Words) -> str:
        """The standard in the language of `say`."""
        return named_standard(self.standard, self.title, say.language)

    def __str__(self) -> str:
        return named_standard(self.standard, self.title, "en")


def standard_among(sets: Iterable[CriteriaSet], standard: str) -> StandardInWords:
    """A standard as the last of its sets that gives it a title calls it."""
    titles = [one.standard_title for one in sets if one.standard == standard and one.standard_title is not None]
    return StandardInWords(standard, titles[-1] if titles else None)
