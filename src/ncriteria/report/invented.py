"""Units that do not exist, made up for examples: their names say so, and so does every page and paper on them."""

from __future__ import annotations

from typing import Final

_SAYS: Final = "(giả định)"


def is_invented(name: str) -> bool:
    """Whether a unit of this name is one of an example."""
    return _SAYS in name.casefold()
