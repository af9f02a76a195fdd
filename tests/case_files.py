"""Cases kept as data: YAML files of mappings, one a case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml


def cases(test_file: str, name: str) -> list[Any]:
    """The cases of `cases/<name>.yaml` beside a test file, as parameters named after them."""
    found = read_cases(Path(test_file).parent / "cases" / f"{name}.yaml")
    return [pytest.param(case, id=str(case.get("id", case.get("text", index)))) for index, case in enumerate(found)]


def read_cases(path: Path) -> list[Any]:
    """The cases of a file."""
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert found, f"{path} holds no cases"
    return list(found)
