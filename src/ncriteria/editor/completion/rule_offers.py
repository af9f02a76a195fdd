"""What may stand at a place of a rule that is being written, by what stands before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ncriteria.editor.authoring.naming import NameKind
from ncriteria.editor.completion.declared import DeclaredNames
from ncriteria.editor.completion.offering import Offered, OfferKind
from ncriteria.language.hints.glossary import GLOSSARY, OPERATORS
from ncriteria.language.hints.words import ASSESSMENT_YEAR, KEYWORDS
from ncriteria.sets.model import FactType, Level
from ncriteria.sets.names import LEVELS
from ncriteria.words import Words

_PATH: Final = re.compile(r'\bmet(_years)?\(\s*"[^"]*\Z')
_LEVEL: Final = re.compile(r"\b(share|count|sum)_(met|of)\(\s*\Z")
_OF_A_DAY: Final = re.compile(r"\b(year|month|quarter)\(\s*\Z")
_LAST_WORD: Final = re.compile(r"(\w+)\s*\Z")
_OPERAND_ENDS: Final = re.compile(r"""[\w)\]"%]\s*\Z""")
_OPENING: Final = KEYWORDS - {"true", "false", "prev_year", "param"}
"""Words after which a value or a condition begins."""
_VALUES: Final = ("not", "if", "true", "false")
_ALONE: Final = {"prev_year": "prev_year", ASSESSMENT_YEAR: ASSESSMENT_YEAR, "param": "param."}


def offered_in_rule(before: str, declared: DeclaredNames, say: Words) -> Iterator[Offered]:
    """What may follow the text `before` of a rule: an operator after a value, and a value elsewhere."""
    if before.endswith("param."):
        yield from _names(declared, NameKind.PARAMETER)
    elif _PATH.search(before):
        yield from _names(declared, NameKind.CLAUSE)
    elif before.endswith("prev_year."):
        yield from _names(declared, NameKind.FACT)
    elif before.count('"') % 2:
        yield from _options(before, declared)
    elif _ends_with_value(before):
        yield from _operators(before, say)
    else:
        if _LEVEL.search(before):
            yield from (Offered(OfferKind.WORD, one.value, say.this(LEVELS[one])) for one in Level)
        yield from _values(before, declared, say)


def _ends_with_value(before: str) -> bool:
    word = _LAST_WORD.search(before)
    return _OPERAND_ENDS.search(before) is not None and (word is None or word[1] not in _OPENING)


def _operators(before: str, say: Words) -> Iterator[Offered]:
    """What may follow a value; `then` and `else` only within a conditional."""
    is_conditional = re.search(r"\bif\b", before) is not None
    for sign, meaning in OPERATORS.items():
        if sign not in _VALUES and (is_conditional or sign not in ("then", "else")):
            yield Offered(OfferKind.OPERATOR, sign, f"{meaning.form}: {say.this(meaning.gives)}")


def _values(before: str, declared: DeclaredNames, say: Words) -> Iterator[Offered]:
    """What a value or a condition begins with; where a day is asked for, the days first."""
    is_day = _OF_A_DAY.search(before) is not None
    facts = list(_names(declared, NameKind.FACT))
    if is_day:
        facts.sort(key=lambda one: declared.type_of(one.name) != FactType.DATE.value)
    yield from facts
    for name, meaning in GLOSSARY.items():
        told = f"{meaning.form}: {say.this(meaning.gives)}"
        yield Offered(OfferKind.FUNCTION, _ALONE.get(name, f"{name}("), told)
    for word in _VALUES:
        written = OPERATORS.get(word)
        yield Offered(OfferKind.WORD, word, "" if written is None else f"{written.form}: {say.this(written.gives)}")


def _options(before: str, declared: DeclaredNames) -> Iterator[Offered]:
    """The options of the enumeration that was named last."""
    for name in reversed(re.findall(r"\w+", before)):
        found = declared.values_of(name)
        if found and "true" not in found:
            yield from (Offered(OfferKind.WORD, option, title) for option, title in found.items())
            return


def _names(declared: DeclaredNames, kind: NameKind) -> Iterator[Offered]:
    yield from (Offered(OfferKind(kind.value), name, title) for name, title in declared.names(kind).items())
