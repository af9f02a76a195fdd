"""Files whose layout was changed, and nothing that they say."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]
SHIPPED = tuple(sorted((ROOT / "criteria").glob("*.yaml")))
_KEY = re.compile(r'^((?:- )*[\w."/-]+): +(?=[^\s|>])')
_TEXT_BELOW = re.compile(r"[|>][+-]?$")


@st.composite
def messed(draw: st.DrawFn, text: str) -> str:
    """`text`, a laid out file, with other indentation, spaces, blank lines and line ends."""
    wide = draw(st.integers(2, 4))
    spaces = draw(st.sampled_from(("", " ", "   ")))
    end = draw(st.sampled_from(("", "  ", "\t"))) + draw(st.sampled_from(("\n", "\r\n")))
    more = draw(st.integers(0, 3))
    found, below = [], None
    for line in text.rstrip("\n").split("\n"):
        depth = len(line) - len(line.lstrip(" "))
        if below is not None and (not line or depth > below):
            base = below + 2
            found.append(" " * (base // 2 * wide + depth - base) + line.lstrip(" ") + "\n" if line else "\n")
        else:
            written = (
                _KEY.sub(rf"\1{spaces}: {spaces}", line.lstrip(" ")).replace("- ", "-" + " " * (wide - 1), 1)
                if line.lstrip(" ").startswith("- ")
                else _KEY.sub(rf"\1{spaces}: {spaces}", line.lstrip(" "))
            )
            found.append(" " * (depth // 2 * wide) + written + end if line else "\n" * (1 + more))
            below = depth if _TEXT_BELOW.search(line) else None
    return "".join(found)
