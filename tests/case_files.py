"""Cases kept as data: YAML files of mappings, one a case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""What reads YAML: quickly, since each worker reads all files of cases."""


def cases(test_file: str, name: str) -> list[Any]:
    """The cases of `cases/<name>.yaml` beside a test file, as parameters named after them."""
    found = read_cases(Path(test_file).parent / "cases" / f"{name}.yaml")
    return [pytest.param(case, id=str(case.get("id", case.get("text", index)))) for index, case in enumerate(found)]


def read_cases(path: Path) -> list[Any]:
    """The cases of a file."""
    found = document(path)
    assert found, f"{path} holds no cases"
    return list(found)


def document(path: Path) -> Any:
    """What a YAML file holds; half a pair of UTF-16, which the quick reader refuses, the slow one reads."""
    text = path.read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.SafeLoader if "\\ud8" in text else LOADER)
