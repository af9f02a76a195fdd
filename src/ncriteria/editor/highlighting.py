"""Colours for rules, for all that colours code with Pygments: Sphinx, Rich, notebooks."""

from __future__ import annotations

from typing import ClassVar

from pygments.lexer import RegexLexer, words
from pygments.token import Comment, Keyword, Literal, Name, Number, Operator, Punctuation, String, Text

from ncriteria.language.hints.words import FORMS, FUNCTIONS, KEYWORDS


class ExpressionLexer(RegexLexer):
    """Colours for expressions of the rule language."""

    name = "ncriteria expression"
    aliases: ClassVar[list[str]] = ["ncriteria", "expression"]
    tokens: ClassVar[dict[str, list[tuple[str, object]]]] = {
        "root": [
            (r"\s+", Text.Whitespace),
            (r'@"[^"\n]*"', Literal.Date),
            (r'"[^"\n]*"', String),
            (r"(\d+(\.\d+)?|\.\d+)([eE][+-]?\d+)?%?", Number),
            (r"<=|>=|!=|==|[=<>+*/-]|\.\.", Operator),
            (r"[(),\[\].]", Punctuation),
            (words(tuple(KEYWORDS), prefix=r"\b", suffix=r"\b"), Keyword),
            (words((*FUNCTIONS, *FORMS), prefix=r"\b", suffix=r"\b"), Name.Function),
            (r"[^\W\d]\w*", Name),
            (r".", Comment),
        ]
    }
