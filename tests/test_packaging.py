"""What the built wheel carries."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--quiet", "--wheel", "--no-isolation"]
    subprocess.run([*build, "--outdir", folder, ROOT], check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with ZipFile(wheel) as opened:
        return frozenset(opened.namelist())


def test_the_wheel_carries_every_shipped_set(names):
    shipped = {f"ncriteria/_criteria/{path.name}" for path in (ROOT / "criteria").iterdir()}
    assert "ncriteria/_criteria/ncriteria-1.schema.json" in shipped
    assert shipped
    assert shipped == {name for name in names if name.startswith("ncriteria/_criteria/")}


def test_the_wheel_carries_every_module_the_grammar_the_messages_and_the_typing_mark(names):
    source = ROOT / "src"
    expected = {
        str(path.relative_to(source).as_posix())
        for pattern in ("*.py", "*.lark", "*.json", "*.po", "*.mo", "*.html", "*.css", "*.js", "py.typed")
        for path in source.rglob(pattern)
    }
    assert "ncriteria/language/reading/grammar.lark" in expected
    assert {"ncriteria/py.typed", "ncriteria/report/schemas/result.json"} <= expected
    assert {f"ncriteria/locale/vi/LC_MESSAGES/{name}.mo" for name in ("ncriteria", "command-line")} <= expected
    assert expected <= names


def test_the_wheel_carries_nothing_else(names):
    kinds = {Path(name).suffix for name in names if name.startswith("ncriteria/")}
    assert kinds == {".py", ".lark", ".json", ".typed", ".yaml", ".po", ".mo", ".html", ".css", ".js"}
    assert {name.split("/")[0].split("-")[0] for name in names} == {"ncriteria"}


def test_the_wheel_carries_the_licence(names):
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
