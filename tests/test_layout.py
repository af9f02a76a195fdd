"""How the source is laid out: each class name stands once, and neither files nor folders grow too large."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src" / "ncriteria"
MODULES = sorted(SOURCE.rglob("*.py"))
MOST_LINES, MOST_MODULES = 420, 12


def test_each_class_name_stands_once():
    found = defaultdict(list)
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(str(path.relative_to(SOURCE)))
    assert {name: places for name, places in found.items() if len(places) > 1} == {}


def test_no_file_is_long():
    lengths = {str(path.relative_to(SOURCE)): path.read_text("utf-8").count("\n") for path in MODULES}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


def test_no_folder_holds_many_modules():
    counts = defaultdict(int)
    for path in MODULES:
        counts[str(path.parent.relative_to(SOURCE))] += path.name != "__init__.py"
    assert {folder: count for folder, count in counts.items() if count > MOST_MODULES} == {}
