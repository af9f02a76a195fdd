"""What the site adds to Sphinx: colours for the blocks of our pages, and the language that a page is in."""

from __future__ import annotations

import re
from enum import Enum
from typing import ClassVar

import attrs
from docutils import nodes
from pygments.lexer import RegexLexer
from pygments.lexers.special import TextLexer
from pygments.token import Comment, Keyword, Name, Operator, String, Text
from sphinx.application import Sphinx

from docsite.searching import SearchWithoutAccents
from ncriteria.editor.highlighting import ExpressionLexer

_MADE_DEFAULT = re.compile(r"attr_dict\[[^\]]*\]\.default|\bNOTHING\b")
VIETNAMESE = ("docs/vi/", "vi/")
"""Where the pages in Vietnamese stand."""


class GrammarLexer(RegexLexer):
    """Colours for the grammar."""

    name = "Lark grammar"
    aliases: ClassVar[list[str]] = ["lark"]
    tokens: ClassVar[dict[str, list[tuple[str, object]]]] = {
        "root": [
            (r"\s+", Text.Whitespace),
            (r"//.*", Comment),
            (r"%\w+", Keyword),
            (r'"[^"\n]*"', String),
            (r"/(\\.|[^/\n])+/", String.Regex),
            (r"->\s*\w+", Name.Label),
            (r"^\??[a-z_]+(?=:)", Name.Function),
            (r"^[A-Z_]+(\.\d+)?(?=:)", Name.Constant),
            (r"[a-z_]+", Name),
            (r"[A-Z_]+", Name.Constant),
            (r"[|?:()*+\[\]]", Operator),
            (r".", Text),
        ]
    }


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


def _public_signature(
    _app: Sphinx, kind: str, _name: str, documented: object, _options: object, signature: str | None, result: str | None
) -> tuple[str | None, str | None]:
    """How a class is made, unless the library alone makes it; what a default is made by is left out."""
    if kind == "class" and isinstance(documented, type) and (issubclass(documented, Enum) or _has_own(documented)):
        return "", result
    return (_MADE_DEFAULT.sub("...", signature) if signature else signature), result


def _has_own(documented: type) -> bool:
    """Whether a class has fields that are its own."""
    return attrs.has(documented) and any(one.name.startswith("_") for one in attrs.fields(documented))


def setup(app: Sphinx) -> dict[str, bool]:
    """Called by Sphinx."""
    app.add_lexer("expression", ExpressionLexer)
    app.add_lexer("lark", GrammarLexer)
    app.add_lexer("output", OutputLexer)
    app.add_lexer("csv", OutputLexer)
    app.add_search_language(SearchWithoutAccents)
    app.connect("autodoc-process-signature", _public_signature)
    app.connect("html-page-context", _language_of_page)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
