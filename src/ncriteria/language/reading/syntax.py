"""From text to Lark's parse tree, with errors that say what to write."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import cast

import lark

from ncriteria.language.hints.lookalikes import code_point, is_invisible
from ncriteria.language.hints.slips import after_value, bare_days, before_dot, is_in_call_of_if
from ncriteria.language.hints.words import KEYWORDS
from ncriteria.language.reading.beside_modules import beside_modules
from ncriteria.language.reading.limits import MAX_CHARACTERS
from ncriteria.language.source import Finding, FindingsError, Span
from ncriteria.patterns import compiled_later
from ncriteria.quick_classes import frozen
from ncriteria.words import one_of, phrase

_TERMINALS = {
    "NUMBER": phrase("a number"),
    "NAME": phrase("a name"),
    "ROUNDING": phrase("a name"),
    "TEXT": phrase("a text in quotes"),
    "COMPARISON": phrase("a sign of comparison"),
    "PLUS": "`+`",
    "MINUS": "`-`",
    "PRODUCT_OPERATOR": phrase("`*` or `/`"),
    "LPAR": "`(`",
    "RPAR": "`)`",
    "LSQB": "`[`",
    "RSQB": "`]`",
    "COMMA": "`,`",
    "DOT": "`.`",
    "PERCENT": "`%`",
    "AT": "`@`",
    "__ANON_0": "`..`",
    "$END": phrase("the end"),
}
_OPERAND = {
    "NUMBER",
    "NAME",
    "ROUNDING",
    "TEXT",
    "TRUE",
    "FALSE",
    "LPAR",
    "MINUS",
    "AT",
    "PREV_YEAR",
    "PARAM",
    "IF",
    "NOT",
}
_SIGNS = {"COMPARISON", "PLUS", "MINUS", "PRODUCT_OPERATOR", "LPAR", "RPAR", "LSQB", "RSQB", "COMMA", "AT", "__ANON_0"}
_CHARACTERS = {
    "&": phrase("write `and`"),
    "|": phrase("write `or`"),
    "!": phrase("write `not` before a condition, or `!=` for not equal"),
    "≤": phrase("write `<=`"),
    "≥": phrase("write `>=`"),
    "≠": phrase("write `!=`"),
    "×": phrase("write `*`"),
    "÷": phrase("write `/`"),
    "^": phrase("there are no powers: multiply"),
    "'": phrase('write texts in double quotes: "text"'),
    "“": phrase('write texts in straight quotes: "text"'),
    "”": phrase('write texts in straight quotes: "text"'),
    "‘": phrase('write texts in straight double quotes: "text"'),
    "–": phrase("write `-`"),
    "−": phrase("write `-`"),
    ";": phrase("write `,` between arguments"),
    "{": phrase("there are no lists or objects"),
    "#": phrase("comments stand in the YAML file, not in an expression"),
    '"': phrase("close the text with a double quote on the same line"),
}
_SEQUENCES = {
    ("<", ">"): phrase("write `!=` for not equal"),
    ("=", "<"): phrase("write `<=`"),
    ("=", ">"): phrase("write `>=`"),
    ("*", "*"): phrase("there are no powers: multiply"),
    ("=", "="): phrase("write `=` once"),
    (">", "<"): phrase("write `!=` for not equal"),
    ("<", "="): phrase("write `<=` without a space"),
    (">", "="): phrase("write `>=` without a space"),
}

_THREE_POINTS = compiled_later(r'"[^"\r\n]*"|\.{3,}')
_GRAMMAR = Path(__file__).with_name("grammar.lark")


@cache
def _parser() -> lark.Lark:
    grammar = _GRAMMAR.read_text(encoding="utf-8")
    tables = beside_modules(_GRAMMAR, ".tables")
    cache = False if tables is None else str(tables)
    return lark.Lark(grammar, parser="lalr", lexer="basic", propagate_positions=True, cache=cache)


def parse_tree(text: str) -> lark.Tree[lark.Token]:
    """Lark's tree of `text`, which is in composed form (NFC); raises `FindingsError`."""
    if len(text) > MAX_CHARACTERS:
        raise _error(
            "NC004",
            phrase(
                "the expression has {count} characters; at most {most} are read",
                count=len(text),
                most=MAX_CHARACTERS,
            ),
            0,
        )
    if not text.strip():
        raise _error(
            "NC002", phrase("the expression is empty"), 0, hint=phrase("write a condition such as `crime_cases <= 3`")
        )
    if days := list(bare_days(text)):
        raise FindingsError(days)
    _refuse_three_points(text)
    try:
        return _parser().parse(text)
    except lark.UnexpectedToken as error:
        raise FindingsError([_unexpected_token(text, error)]) from None
    except lark.UnexpectedCharacters as error:
        raise FindingsError([unexpected_character(text, cast("int", error.pos_in_stream))]) from None


@frozen
class Word:
    """One word or sign of an expression: its kind, how it is written, and from where to where."""

    kind: str
    text: str
    start: int
    end: int


def words_of(text: str) -> Iterator[Word]:
    """The words and signs of an expression in their order; `text` is one, in composed form (NFC)."""
    for token in _parser().lex(text):
        start = token.start_pos or 0
        kind = "RANGE" if token == ".." else token.type
        yield Word(kind, str(token), start, start + len(token))


def _refuse_three_points(text: str) -> None:
    """`[1...3]` would be read as a range from 1 to .3."""
    for match in _THREE_POINTS.finditer(text):
        if match[0].startswith("."):
            message = phrase("`{match}` stands between the ends of a range; a range has two points", match=match[0])
            raise FindingsError([Finding("NC020", message, Span(*match.span()), phrase("write `[1..3]`"))])


def unexpected_character(text: str, position: int) -> Finding:
    """The finding for a character that no word of the language begins with."""
    character = text[position]
    if character.isprintable() and not character.isspace():
        name = unicodedata.name(character, f"U+{ord(character):04X}")
        described = f"`{character}`" if character.isascii() else f"`{character}` ({name})"
    else:
        described = code_point(character)
    hint = _CHARACTERS.get(character) or _plain_form(character)
    return Finding(
        "NC001", phrase("unexpected character {described}", described=described), Span(position, position + 1), hint
    )


def _plain_form(character: str) -> str | None:
    """What to do about a character that has a plain form, or none to be seen."""
    if is_invisible(character):
        return phrase("it cannot be seen: delete it")
    if character.isdigit():
        return phrase("write the digit as `{digit}`", digit=unicodedata.digit(character, 0))
    plain = unicodedata.normalize("NFKC", character)
    return (
        phrase("write `{value}`", value=plain)
        if plain != character and plain.isascii() and plain.isprintable()
        else None
    )


def _unexpected_token(text: str, error: lark.UnexpectedToken) -> Finding:
    token, expected = error.token, error.accepts or error.expected
    wanted = _wanted(set(expected))
    if token.type == "$END":
        return Finding(
            "NC002",
            phrase("the expression ends too early; expected {wanted}", wanted=wanted),
            Span(len(text), len(text) + 1),
        )
    start = token.start_pos or 0
    span = Span(start, start + len(token))
    return Finding(
        "NC002",
        phrase("unexpected `{token}`; expected {wanted}", token=token, wanted=wanted),
        span,
        _token_hint(text, token, start, set(expected)),
    )


def _wanted(expected: set[str]) -> str:
    """The words that could stand here, the many that begin an operand told as one."""
    if expected >= {"NUMBER", "NAME", "LPAR"}:
        rest = expected - _OPERAND
        return one_of([phrase("a value"), *sorted(_TERMINALS.get(name, f"`{name.lower()}`") for name in rest)])
    if "$END" in expected:
        closing = sorted(_TERMINALS[name] for name in expected & {"RPAR", "COMMA", "RSQB"})
        return one_of([phrase("an operator"), *closing, phrase("the end")])
    if len(expected) > 6:
        closing = sorted(_TERMINALS[name] for name in expected & {"RPAR", "COMMA", "RSQB"})
        return one_of([phrase("an operator"), *closing])
    return one_of(sorted(_TERMINALS.get(name, f"`{name.lower()}`") for name in expected))


def _token_hint(text: str, token: lark.Token, start: int, expected: set[str]) -> str | None:
    before = text[:start].rstrip()
    pair = (before[-1:], str(token)[:1])
    if pair in _SEQUENCES:
        return _SEQUENCES[pair]
    if expected <= {"LPAR", "LSQB"} or (token.type == "COMMA" and "__ANON_0" in expected):
        return phrase("write `in (1, 2)` for a list of values, `in [1..2]` for a range")
    if token.type == "COMMA" and is_in_call_of_if(text, start):
        return phrase("write `if ... then ... else ...`")
    if token.type == "COMMA" and before[-1:].isdigit():
        return phrase("write decimals with a point: `0.95`")
    if token.type == "DOT":
        return before_dot(text, start)
    if token.type == "PERCENT":
        return phrase("a percent belongs to a number: `5%`")
    if "NAME" in expected and str(token) in KEYWORDS:
        return phrase("`{name}` is a word of the language and cannot be a name", name=token)
    if token.type == "NUMBER" and before[-1:].isdigit():
        return phrase("write a number without spaces between its digits")
    return after_value(text, start, str(token)) if token.type not in _SIGNS else None


def _error(code: str, message: str, position: int, hint: str | None = None) -> FindingsError:
    return FindingsError([Finding(code, message, Span(position, position + 1), hint)])
