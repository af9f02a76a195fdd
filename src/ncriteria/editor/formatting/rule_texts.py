"""The texts of rules: one space around what joins two parts, none inside parentheses; bare `prev_year` written out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from ncriteria.editor.edits import TextEdit, applied
from ncriteria.language.parser import expression_in
from ncriteria.language.printer import show
from ncriteria.language.queries import walk
from ncriteria.language.reading.syntax import Word, words_of

_CLOSING: Final = {"COMMA", "RPAR", "RSQB", "DOT", "PERCENT", "RANGE"}
_OPENING: Final = {"LPAR", "LSQB", "DOT", "AT", "RANGE"}
_CALLED: Final = {"NAME", "ROUNDING", "PREV_YEAR"}
_VALUES: Final = {"NAME", "NUMBER", "TEXT", "TRUE", "FALSE", "PREV_YEAR", "RPAR", "RSQB", "PERCENT"}


def spaced(text: str) -> str:
    """The text of a rule with its parts in their usual distance, each in its line; what is no rule is left as it is."""
    if expression_in(text) is None:
        return text
    words = list(words_of(unicodedata.normalize("NFC", text)))
    return applied(text, _spacing(text, words))


def _spacing(text: str, words: Sequence[Word]) -> Iterator[TextEdit]:
    for index, word in enumerate(words):
        if word.text == "==":
            yield TextEdit(word.start, word.end, "=")
        elif word.kind == "ROUNDING":
            yield TextEdit(word.start, word.end, " ".join(word.text.split()))
        if index + 1 < len(words):
            after = words[index + 1]
            if not set(text[word.end : after.start]) & {"\n", "\r"}:
                yield TextEdit(word.end, after.start, _distance(words[:index], word, after))


def _distance(before: Sequence[Word], word: Word, after: Word) -> str:
    """What stands between two words of a rule in one line."""
    if word.kind == "RANGE" and after.text.startswith("."):
        return " "
    is_sign = word.kind == "MINUS" and (not before or before[-1].kind not in _VALUES)
    is_call = after.kind == "LPAR" and word.kind in _CALLED
    is_choice = after.kind == "LSQB" and word.kind == "NAME"
    joined = after.kind in _CLOSING or word.kind in _OPENING or is_sign or is_call or is_choice
    return "" if joined else " "


def bare_terms(text: str) -> Iterator[TextEdit]:
    """What each bare `prev_year` of a rule stands for, as an edit of its text; none where the rule cannot be read."""
    tree = expression_in(text)
    composed = unicodedata.normalize("NFC", text)
    if tree is not None:
        spans = {part.span: part for part in walk(tree) if part.span is not None}
        for span, part in sorted(spans.items(), key=lambda item: item[0].start):
            if composed[span.start : span.end] == "prev_year":
                yield TextEdit(span.start, span.end, show(part))


def same_rule(first: str, second: str) -> bool:
    """Whether two texts are the same rule."""
    return first == second or ((tree := expression_in(first)) is not None and tree == expression_in(second))
