"""Files that are kept beside Python's compiled modules: what takes long to make out of files of the package."""

from __future__ import annotations

import sys
from importlib.util import cache_from_source
from pathlib import Path


def beside_modules(source: Path, suffix: str) -> Path | None:
    """Where what is made of `source` is kept; nowhere where Python keeps no compiled modules, either."""
    return None if sys.dont_write_bytecode else Path(cache_from_source(str(source))).with_suffix(suffix)
