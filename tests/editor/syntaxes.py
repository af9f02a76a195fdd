"""The TextMate grammars of rules, from the words of the language: `python -m tests.editor.syntaxes` writes them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Final

from ncriteria.language.hints.words import FORMS, FUNCTIONS, KEYWORDS
from ncriteria.report.structure import Plain
from ncriteria.sets.keys import tables
from ncriteria.sets.keys.shapes import ScalarKind, ScalarShape
from tests.editor.messes import ROOT

FOLDER: Final = ROOT / "editors" / "vscode" / "syntaxes"
_CONSTANTS: Final = ("true", "false")
RULE_KEYS: Final = sorted(
    {
        key
        for shape in (tables.CLAUSE, tables.GROUP, tables.GRADE, tables.TEST)
        for key, entry in shape.keys.items()
        if entry.shape == ScalarShape(ScalarKind.RULE)
    }
)
"""The keys under which a rule stands."""


def grammars() -> Mapping[str, str]:
    """The grammars by the name of their file."""
    made = {"expression.tmLanguage.json": _expression(), "rule-in-yaml.tmLanguage.json": _in_yaml()}
    return {name: json.dumps(one, ensure_ascii=False, indent=2) + "\n" for name, one in made.items()}


def _words(words: Iterable[str]) -> str:
    return rf"\b(?:{'|'.join(sorted(words))})\b"


def _expression() -> Plain:
    keywords = KEYWORDS - set(_CONSTANTS)
    return {
        "name": "ncriteria expression",
        "scopeName": "source.ncriteria",
        "patterns": [
            {"name": "constant.other.date.ncriteria", "match": r'@"[^"]*"'},
            {"name": "string.quoted.double.ncriteria", "match": r'"[^"]*"'},
            {"name": "constant.numeric.ncriteria", "match": r"(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?\s*%?"},
            {"name": "constant.language.ncriteria", "match": _words(_CONSTANTS)},
            {"name": "keyword.control.ncriteria", "match": _words(keywords)},
            {"name": "support.function.ncriteria", "match": _words((*FUNCTIONS, *FORMS))},
            {"name": "keyword.operator.ncriteria", "match": r"<=|>=|!=|==|\.\.|[=<>+*/-]"},
            {"name": "variable.other.ncriteria", "match": r"[\p{L}_][\p{L}\p{M}\p{N}_]*"},
        ],
    }


def _in_yaml() -> Plain:
    key = rf"(?:^|(?<=[\s{{,-]))({'|'.join(RULE_KEYS)})(:)(?=\s)"
    captures = {"1": {"name": "entity.name.tag.yaml"}, "2": {"name": "punctuation.separator.key-value.mapping.yaml"}}
    inner = [{"include": "source.ncriteria"}]
    return {
        "scopeName": "ncriteria.rule.injection",
        "injectionSelector": "L:source.yaml -comment -string",
        "patterns": [
            {
                "begin": rf"{key}\s+[>|][+-]?\s*$",
                "beginCaptures": captures,
                "while": r"^\s{6,}|^\s*$",
                "contentName": "meta.embedded.ncriteria",
                "patterns": inner,
            },
            {
                "begin": rf"{key}\s+",
                "beginCaptures": captures,
                "end": r"(?=\s+#|,\s+\p{L}+:|[}]|$)",
                "contentName": "meta.embedded.ncriteria",
                "patterns": inner,
            },
        ],
    }


if __name__ == "__main__":
    for name, text in grammars().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
