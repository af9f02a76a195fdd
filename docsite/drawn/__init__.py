"""Pages that are drawn from the code and the shipped sets when the site is built, and kept nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def drawn_pages(root: Path) -> Mapping[str, str]:
    """Every drawn page by its path; `root` is the top of the checkout."""
    return {}
