"""What the site adds to Sphinx: colours for the blocks of our pages, and the language that a page is in."""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from pygments.lexer import RegexLexer
from pygments.lexers.special import TextLexer
from pygments.token import Comment, Keyword, Literal, Name, Number, Operator, Punctuation, String, Text
from sphinx.application import Sphinx

from ncriteria.language.hints.words import FORMS, FUNCTIONS, KEYWORDS

VIETNAMESE = ("docs/vi/", "vi/")
"""Where the pages in Vietnamese stand."""


class ExpressionLexer(RegexLexer):
    """Colours for expressions of the rule language."""

    name = "ncriteria expression"
    aliases: ClassVar[list[str]] = ["expression"]
    tokens: ClassVar[dict[str, list[tuple[str, object]]]] = {
        "root": [
            (r"\s+", Text.Whitespace),
            (r'@"[^"\n]*"', Literal.Date),
            (r'"[^"\n]*"', String),
            (r"(\d+(\.\d+)?|\.\d+)([eE][+-]?\d+)?%?", Number),
            (r"<=|>=|!=|==|[=<>+*/-]|\.\.", Operator),
            (r"[(),\[\].]", Punctuation),
            (r"[^\W\d]\w*", lambda lexer, match: iter([(match.start(), _kind(match[0]), match[0])])),
            (r".", Comment),
        ]
    }


def _kind(word: str) -> object:
    if word in KEYWORDS:
        return Keyword
    return Name.Function if word in FUNCTIONS or word in FORMS else Name


class OutputLexer(TextLexer):
    """What programs print, and tables: no colours."""

    name = "output"
    aliases: ClassVar[list[str]] = ["output", "csv"]


def in_vietnamese(page: str) -> bool:
    """Whether a page is in Vietnamese."""
    return page.startswith(VIETNAMESE)


def _language_of_page(
    _app: Sphinx, page: str, _template: str, context: dict[str, object], _tree: nodes.document | None
) -> None:
    if in_vietnamese(page):
        context["language"] = "vi"


def setup(app: Sphinx) -> dict[str, bool]:
    """Called by Sphinx."""
    app.add_lexer("expression", ExpressionLexer)
    app.add_lexer("output", OutputLexer)
    app.add_lexer("csv", OutputLexer)
    app.connect("html-page-context", _language_of_page)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
