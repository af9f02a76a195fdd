"""Regular expressions that are compiled when they are first used.

A table meets few of the more than a hundred that tell what its cells, headings and rows may say, and compiling all of
them was a thirtieth of the time in which the command line starts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from re import compile as compiled_later
else:

    def compiled_later(text: str, flags: int = 0) -> _Uncompiled:
        """As `re.compile`."""
        return _Uncompiled(text, flags)


__all__ = ["compiled_later"]


class _Uncompiled:
    """Stands for a compiled pattern, and keeps what it is first asked of that."""

    def __init__(self, text: str, flags: int) -> None:
        self._made_of = text, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._made_of), name)
        setattr(self, name, found)
        return found
