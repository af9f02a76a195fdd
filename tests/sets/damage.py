"""Texts as they come from outside: arbitrary ones, shipped ones that were damaged, and structures that almost fit."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import strategies as st

RUNS = pytest.mark.parametrize("run", ["quick", pytest.param("soak", marks=pytest.mark.soak)])
"""A generated test runs in both: for a moment with the others, and long under `make soak`."""

ODDITIES = (
    *(
        "\0",
        "\ufeff",
        "\u200b",
        "\u00a0",
        "\u0301",
        "\ud800",
        "\u2028",
        "\x85",
        "\x1b[31m",
        "\x0b",
        "\uffff",
        "😀",
        "ﬁ",
    ),
    *("\t", "\r", "\r\n", "\n", "\n\n", "  ", "\n---\n", "\n...\n", "%YAML 1.2\n---\n", "%FOO\n"),
    *("&a ", "*a", "!!str ", "!x ", "<<: ", "? ", ": ", "- ", "|\n", ">-\n", "# ", "'", '"', "`", "@", ",", ";"),
    *("{", "}", "[", "]", "[[[[[[[[", "{a: ", '"\\0"', '"\\ud800"', '"\\x1b"', '"e\\u0301"', "'", "''"),
    *("0.95", "1e999999999", "-1", "5%", "0o17", "0x1F", "1_000", "12:30:00", ".inf", ".nan", "NaN", "no", "yes", "~"),
    *("null", "true", "unknown", "２０２４", "9" * 120, "9" * 5000, ">=3", "≥3", "01/02", "1.704", "1,704", "0,95"),
    *("prev_year", "prev_year.crime_cases", "param.x", 'met("19.2")', 'share_met(commune, "a") > 80%', "not " * 120),
    *("../x.yaml", "/etc/passwd", "extends: x.yaml\n", "a" * 300, "Số vụ", "So\u0302\u0301 vu\u0323"),
)

plain_characters = st.characters(codec="utf-8")
any_characters = st.characters()
texts = st.text(any_characters, max_size=120)
yaml_texts = st.lists(st.sampled_from(ODDITIES) | st.sampled_from(["a", "a: ", "  b: ", "\n"]), max_size=30).map(
    "".join
)


@st.composite
def damaged(draw: st.DrawFn, originals: tuple[str, ...]) -> str:
    """One of `originals` after a few edits of its lines and characters."""
    text = draw(st.sampled_from(originals))
    for _ in range(draw(st.integers(1, 4))):
        text = draw(st.sampled_from((_line_edit, _character_edit)))(draw, text)
    return text


def _line_edit(draw: st.DrawFn, text: str) -> str:
    lines = text.splitlines(keepends=True) or [""]
    at, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
    match draw(st.sampled_from(("delete", "repeat", "move", "replace", "indent", "dedent", "insert"))):
        case "delete":
            del lines[at : at + draw(st.integers(1, 5))]
        case "repeat":
            lines.insert(other, lines[at])
        case "move":
            lines.insert(other, lines.pop(at))
        case "replace":
            lines[at] = lines[other]
        case "indent":
            lines[at] = "  " + lines[at]
        case "dedent":
            lines[at] = lines[at].removeprefix("  ")
        case _:
            lines.insert(at, draw(st.sampled_from(ODDITIES)))
    return "".join(lines)


def _character_edit(draw: st.DrawFn, text: str) -> str:
    at = draw(st.integers(0, len(text)))
    removed = draw(st.integers(0, 12))
    inserted = draw(st.sampled_from(ODDITIES) | st.text(any_characters, max_size=3))
    return text[:at] + inserted + text[at + removed :]


_SCALARS = st.sampled_from([oddity for oddity in ODDITIES if oddity != "\ud800"]) | st.text(
    plain_characters, max_size=8
)
_KEYS = st.sampled_from(
    [
        *(
            "id",
            "title",
            "vi",
            "en",
            "type",
            "unit",
            "value",
            "values",
            "from",
            "to",
            "cite",
            "instrument",
            "rule",
            "all",
        ),
        *(
            "any",
            "at_least",
            "n",
            "of",
            "encodes",
            "given",
            "expect",
            "prev_year",
            "years_ago",
            "options",
            "min",
            "a",
            "",
        ),
    ]
)
structures: st.SearchStrategy[Any] = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS | _SCALARS, inner, max_size=3),
    max_leaves=8,
)
"""Lists, mappings and texts, nested."""


def grafted(draw: st.DrawFn, node: Any) -> Any:
    """`node` with one part of it, at any depth, replaced by another structure or by another part."""
    if draw(st.integers(0, 4)) == 0 or not node or not isinstance(node, (list, dict)):
        return draw(structures)
    keys = list(node) if isinstance(node, dict) else list(range(len(node)))
    key = draw(st.sampled_from(keys))
    copy = dict(node) if isinstance(node, dict) else list(node)
    match draw(st.sampled_from(("within", "within", "within", "drop", "swap"))):
        case "drop":
            del copy[key]
        case "swap":
            copy[key] = node[draw(st.sampled_from(keys))]
        case _:
            copy[key] = grafted(draw, node[key])
    return copy
