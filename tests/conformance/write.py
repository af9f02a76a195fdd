"""Writes `conformance/` anew from the cases of the tests: `python -m tests.conformance.write`."""

from __future__ import annotations

from tests.conformance.sources import files_of_cases, files_of_sets
from tests.conformance.suite import FOLDER


def main() -> None:
    """Sets first, for what comes out of the families is asked of them."""
    for files in (files_of_sets, files_of_cases):
        for name, text in files().items():
            path = FOLDER / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
