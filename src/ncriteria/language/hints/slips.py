"""What is written for the words of the language: by habit from spreadsheets and other languages, or by a slip."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ncriteria.language.hints.lookalikes import told_apart
from ncriteria.language.hints.near_misses import did_you_mean
from ncriteria.language.hints.vietnamese import word_of_vietnamese
from ncriteria.language.hints.words import ASSESSMENT_YEAR, FORMS, FUNCTIONS, KEYWORDS, RESERVED_NAMES
from ncriteria.language.reading.literals import day_meant
from ncriteria.language.source import Finding, Span
from ncriteria.patterns import compiled_later
from ncriteria.words import phrase

_CONDITIONAL: Final = phrase("write `if ... then ... else ...`")
_NO_END: Final = phrase("nothing ends a conditional: `if ... then ... else ...`")
_LAST_YEAR: Final = phrase("write `prev_year`")
_HABITS: Final = {
    "và": phrase("write `and`"),
    "hoặc": phrase("write `or`"),
    "nếu": _CONDITIONAL,
    "thì": _CONDITIONAL,
    "elif": phrase("write `else if`"),
    "elseif": phrase("write `else if`"),
    "elsif": phrase("write `else if`"),
    "iif": _CONDITIONAL,
    "end": _NO_END,
    "endif": _NO_END,
    "is": phrase("write `=`"),
    "là": phrase("write `=`"),
    "xor": phrase("write `!=` between two conditions"),
    "mod": phrase("there is no remainder of a division"),
    "round": phrase("write `round_half_up(x)` or `round_half_even(x)`"),
    "roundup": phrase("write `round_up(x)`"),
    "rounddown": phrase("write `round_down(x)`"),
    "avg": phrase("write `mean(...)`"),
    "average": phrase("write `mean(...)`"),
    "last_year": _LAST_YEAR,
    "lastyear": _LAST_YEAR,
    "previous_year": _LAST_YEAR,
    "prevyear": _LAST_YEAR,
    "prior_year": _LAST_YEAR,
    "assessmentyear": phrase("write `assessment_year`"),
}
_IN_CALLS: Final = {
    "and": phrase("write `a and b`"),
    "or": phrase("write `a or b`"),
    "not": phrase("write `not (a)`"),
    "if": _CONDITIONAL,
}
_OPERATORS: Final = ("and", "or", "in", "between", "then", "else")
_NAME: Final = r"[^\W\d]\w*"
_LAST_NAME: Final = compiled_later(rf"{_NAME}$")
_NAMES: Final = compiled_later(rf"{_NAME}(?:\s+{_NAME})+")
_OPEN_IF: Final = compiled_later(r"\bif\s*\([^()]*$")
_TEXTS: Final = compiled_later(r'"[^"\r\n]*"')
_DAY: Final = compiled_later(
    r"(?<![\w.])(?:[0-9]{4}([-/.])[0-9]{1,2}\1[0-9]{1,2}|[0-9]{1,2}([-/.])[0-9]{1,2}\2[0-9]{4})(?![\w.])"
)


def word_meant(name: str) -> str | None:
    """What to write instead of `name`, which is a word of the language in other letters or a word of another one."""
    small = name.casefold()
    if small != name and small in RESERVED_NAMES:
        return phrase("write `{small}` in small letters", small=small)
    if word_of_vietnamese(name, ("prev_year",)) is not None:
        return _LAST_YEAR
    return _HABITS.get(small) or told_apart(name, sorted(RESERVED_NAMES))


def function_meant(name: str) -> str:
    """What to write instead of a call of `name`."""
    if name == ASSESSMENT_YEAR:
        return phrase("write `{name}` alone: it takes no parentheses", name=name)
    known = sorted([*FUNCTIONS, *FORMS])
    near = _IN_CALLS.get(name.casefold()) or word_meant(name) or did_you_mean(name, [*known, "prev_year"])
    return near or phrase("there are: {known}", known=", ".join(known))


def after_value(text: str, start: int, word: str) -> str | None:
    """What to write where `word`, at `start`, follows a value: an operator, or one text in quotes."""
    if word.casefold() == "not" and re.match(r"\s*(in|between)\b", text[start + len(word) :]):
        return phrase("write `not (... in ...)`")
    end = len(text[:start].rstrip())
    if text[:end][-1:].isdigit() and (meant := word_meant(word)) is not None:
        return meant
    if text[:end][-1:].isdigit() and not re.search(rf"{_NAME}$", text[:end]) and word not in KEYWORDS:
        if word.strip("_").isdigit():
            return phrase("write a number without marks between its digits")
        return phrase("a number stands without its unit: delete `{word}`, or write an operator before it", word=word)
    before = _LAST_NAME.search(text[:end])
    previous = before[0] if before is not None else ""
    if (joined := f"{previous}_{word}") in {*FUNCTIONS, *FORMS}:
        return phrase("write `{value}`", value=joined)
    if previous and previous not in KEYWORDS and (meant := word_meant(previous)) is not None:
        return meant
    if (meant := word_meant(word) or did_you_mean(word, _OPERATORS)) is not None or before is None:
        return meant
    run = _NAMES.match(text, before.start())
    if run is None or previous in KEYWORDS or word in KEYWORDS:
        return None
    words = [one for one in run[0].split() if one not in KEYWORDS]
    return phrase(
        'write an operator between names, and a text of several words in quotes: `"{words}"`', words=" ".join(words)
    )


def before_dot(text: str, start: int) -> str | None:
    """What to write for a name before a dot, at `start`, that takes none."""
    before = _LAST_NAME.search(text[:start].rstrip())
    if before is None:
        return None
    if re.match(r"\.\s*prev_year\b", text[start:]):
        return phrase("write `prev_year.{before}`", before=before[0])
    return word_meant(before[0]) or did_you_mean(before[0], ("prev_year", "param"))


def is_in_call_of_if(text: str, start: int) -> bool:
    """Whether what stands at `start` is an argument of `if(...)`, as spreadsheets have it."""
    return _OPEN_IF.search(text[:start]) is not None


def bare_days(text: str) -> Iterator[Finding]:
    """The days that stand in `text` without quotes, where they would be read as arithmetic."""
    outside = _TEXTS.sub(lambda match: " " * len(match[0]), text)
    for match in _DAY.finditer(outside):
        day = day_meant(match[0])
        if day is not None:
            message = phrase("`{match}` is no day as it stands: it would be read as arithmetic", match=match[0])
            hint = phrase('write `@"{day}"`; where arithmetic is meant, put spaces around the signs', day=day)
            yield Finding("NC025", message, Span(*match.span()), hint)
