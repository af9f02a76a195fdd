"""From text to Lark's parse tree, with errors that say what to write."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import cast

import lark

from ncriteria.language.hints.lookalikes import code_point, is_invisible
from ncriteria.language.hints.slips import after_value, bare_days, before_dot, is_in_call_of_if
from ncriteria.language.hints.words import KEYWORDS
from ncriteria.language.limits import MAX_CHARACTERS
from ncriteria.language.reading.beside_modules import beside_modules
from ncriteria.language.source import Finding, FindingsError, Span

_TERMINALS = {
    "NUMBER": "a number",
    "NAME": "a name",
    "TEXT": "a text in quotes",
    "COMPARISON": "a comparison",
    "PLUS": "`+`",
    "MINUS": "`-`",
    "PRODUCT_OPERATOR": "`*` or `/`",
    "LPAR": "`(`",
    "RPAR": "`)`",
    "LSQB": "`[`",
    "RSQB": "`]`",
    "COMMA": "`,`",
    "DOT": "`.`",
    "PERCENT": "`%`",
    "AT": "`@`",
    "__ANON_0": "`..`",
    "$END": "the end",
}
_OPERAND = {"NUMBER", "NAME", "TEXT", "TRUE", "FALSE", "LPAR", "MINUS", "AT", "PREV_YEAR", "PARAM", "IF", "NOT"}
_SIGNS = {"COMPARISON", "PLUS", "MINUS", "PRODUCT_OPERATOR", "LPAR", "RPAR", "LSQB", "RSQB", "COMMA", "AT", "__ANON_0"}
_CHARACTERS = {
    "&": "write `and`",
    "|": "write `or`",
    "!": "write `not` before a condition, or `!=` for not equal",
    "≤": "write `<=`",
    "≥": "write `>=`",
    "≠": "write `!=`",
    "×": "write `*`",
    "÷": "write `/`",
    "^": "there are no powers: multiply",
    "'": 'write texts in double quotes: "text"',
    "“": 'write texts in straight quotes: "text"',
    "”": 'write texts in straight quotes: "text"',
    "‘": 'write texts in straight double quotes: "text"',
    "–": "write `-`",
    "−": "write `-`",
    ";": "write `,` between arguments",
    "{": "there are no lists or objects",
    "#": "comments stand in the YAML file, not in an expression",
    '"': "close the text with a double quote on the same line",
}
_SEQUENCES = {
    ("<", ">"): "write `!=` for not equal",
    ("=", "<"): "write `<=`",
    ("=", ">"): "write `>=`",
    ("*", "*"): "there are no powers: multiply",
    ("=", "="): "write `=` once",
    (">", "<"): "write `!=` for not equal",
    ("<", "="): "write `<=` without a space",
    (">", "="): "write `>=` without a space",
}

_THREE_POINTS = re.compile(r'"[^"\r\n]*"|\.{3,}')
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
        raise _error("NC004", f"the expression has {len(text)} characters; at most {MAX_CHARACTERS} are read", 0)
    if not text.strip():
        raise _error("NC002", "the expression is empty", 0, hint="write a condition such as `crime_cases <= 3`")
    if days := list(bare_days(text)):
        raise FindingsError(days)
    _refuse_three_points(text)
    try:
        return _parser().parse(text)
    except lark.UnexpectedToken as error:
        raise FindingsError([_unexpected_token(text, error)]) from None
    except lark.UnexpectedCharacters as error:
        raise FindingsError([unexpected_character(text, cast("int", error.pos_in_stream))]) from None


def _refuse_three_points(text: str) -> None:
    """`[1...3]` would be read as a range from 1 to .3."""
    for match in _THREE_POINTS.finditer(text):
        if match[0].startswith("."):
            message = f"`{match[0]}` stands between the ends of a range; a range has two points"
            raise FindingsError([Finding("NC020", message, Span(*match.span()), "write `[1..3]`")])


def unexpected_character(text: str, position: int) -> Finding:
    """The finding for a character that no word of the language begins with."""
    character = text[position]
    if character.isprintable() and not character.isspace():
        name = unicodedata.name(character, f"U+{ord(character):04X}")
        described = f"`{character}`" if character.isascii() else f"`{character}` ({name})"
    else:
        described = code_point(character)
    hint = _CHARACTERS.get(character) or _plain_form(character)
    return Finding("NC001", f"unexpected character {described}", Span(position, position + 1), hint)


def _plain_form(character: str) -> str | None:
    """What to do about a character that has a plain form, or none to be seen."""
    if is_invisible(character):
        return "it cannot be seen: delete it"
    if character.isdigit():
        return f"write the digit as `{unicodedata.digit(character, 0)}`"
    plain = unicodedata.normalize("NFKC", character)
    return f"write `{plain}`" if plain != character and plain.isascii() and plain.isprintable() else None


def _unexpected_token(text: str, error: lark.UnexpectedToken) -> Finding:
    token, expected = error.token, error.accepts or error.expected
    wanted = _wanted(set(expected))
    if token.type == "$END":
        return Finding("NC002", f"the expression ends too early; expected {wanted}", Span(len(text), len(text) + 1))
    start = token.start_pos or 0
    span = Span(start, start + len(token))
    return Finding(
        "NC002", f"unexpected `{token}`; expected {wanted}", span, _token_hint(text, token, start, set(expected))
    )


def _wanted(expected: set[str]) -> str:
    """The words that could stand here, the many that begin an operand told as one."""
    if expected >= {"NUMBER", "NAME", "LPAR"}:
        rest = expected - _OPERAND
        return " or ".join(["a value", *sorted(_TERMINALS.get(name, f"`{name.lower()}`") for name in rest)])
    if "$END" in expected:
        closing = sorted(_TERMINALS[name] for name in expected & {"RPAR", "COMMA", "RSQB"})
        return " or ".join(["an operator", *closing, "the end"])
    if len(expected) > 6:
        closing = sorted(_TERMINALS[name] for name in expected & {"RPAR", "COMMA", "RSQB"})
        return " or ".join(["an operator", *closing])
    return " or ".join(sorted(_TERMINALS.get(name, f"`{name.lower()}`") for name in expected))


def _token_hint(text: str, token: lark.Token, start: int, expected: set[str]) -> str | None:
    before = text[:start].rstrip()
    pair = (before[-1:], str(token)[:1])
    if pair in _SEQUENCES:
        return _SEQUENCES[pair]
    if expected <= {"LPAR", "LSQB"} or (token.type == "COMMA" and "__ANON_0" in expected):
        return "write `in (1, 2)` for a list of values, `in [1..2]` for a range"
    if token.type == "COMMA" and is_in_call_of_if(text, start):
        return "write `if ... then ... else ...`"
    if token.type == "COMMA" and before[-1:].isdigit():
        return "write decimals with a point: `0.95`"
    if token.type == "DOT":
        return before_dot(text, start)
    if token.type == "PERCENT":
        return "a percent belongs to a number: `5%`"
    if "NAME" in expected and str(token) in KEYWORDS:
        return f"`{token}` is a word of the language and cannot be a name"
    if token.type == "NUMBER" and before[-1:].isdigit():
        return "write a number without spaces between its digits"
    return after_value(text, start, str(token)) if token.type not in _SIGNS else None


def _error(code: str, message: str, position: int, hint: str | None = None) -> FindingsError:
    return FindingsError([Finding(code, message, Span(position, position + 1), hint)])
