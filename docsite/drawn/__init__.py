"""Pages that are drawn from the code and the shipped sets when the site is built, and kept nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from docsite.drawn import api, guidances, language, sets, truths


def drawn_pages(root: Path) -> Mapping[str, str]:
    """Every drawn page by its path; `root` is the top of the checkout."""
    return {
        "api.md": api.page(root),
        "types.md": api.types_page(),
        "functions.md": language.page("en"),
        "truths.md": truths.page("en"),
        "vi/functions.md": language.page("vi"),
        "vi/truths.md": truths.page("vi"),
        **guidances.pages(),
        **sets.pages(),
    }
