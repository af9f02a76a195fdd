"""What others publish on npm, as `make outside-test` installs it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def installed(package: str, *parts: str) -> Path:
    """A file or a folder of a package; skips the test where Node or the package is absent."""
    if shutil.which("node") is None:
        pytest.skip("there is no Node.js")
    path = HERE.joinpath("node_modules", package, *parts)
    if not path.exists():
        pytest.skip(f"there is no {package}: `make outside-test` installs it")
    return path
