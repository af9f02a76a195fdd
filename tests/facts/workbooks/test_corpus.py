"""Workbooks as offices and their programs make them are read as they are shown, whatever program saved them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from ncriteria.facts.formats.workbook import WorkbookKind, read_workbook
from ncriteria.facts.table import FactsError
from tests.case_files import cases
from tests.facts.workbooks.corpus import MADE
from tests.facts.workbooks.made import shown

KINDS: tuple[WorkbookKind, ...] = ("xlsx", "ods", "xls")


def read(content: bytes, kind: WorkbookKind) -> str:
    try:
        return shown(read_workbook(content, kind, f"a.{kind}"))
    except FactsError as error:
        return str(error)


@pytest.mark.parametrize("case", cases(__file__, "corpus"))
def test_a_workbook_is_read_as_it_is_shown(case: Any) -> None:
    kind: WorkbookKind = "xls" if case["id"].endswith(".xls") else "xlsx"
    assert read(MADE[case["id"]](), kind) == case["grid"].rstrip("\n")


def test_every_workbook_has_its_reading() -> None:
    assert [case.values[0]["id"] for case in cases(__file__, "corpus")] == list(MADE)


@pytest.fixture(scope="session")
def saved_again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with each workbook, saved by LibreOffice as every kind."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("workbooks")
    sources = []
    for number, (name, made) in enumerate(MADE.items()):
        sources.append(folder / f"{number}{'.xls' if name.endswith('.xls') else '.xlsx'}")
        sources[-1].write_bytes(made())
    settings = f"-env:UserInstallation={(folder / 'settings').as_uri()}"
    for kind in KINDS:
        command = [office, settings, "--headless", "--convert-to", kind, "--outdir", str(folder / kind), *sources]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("case", cases(__file__, "corpus"))
def test_what_libreoffice_saves_is_read_the_same(case: Any, kind: WorkbookKind, saved_again: Path) -> None:
    saved = saved_again / kind / f"{list(MADE).index(case['id'])}.{kind}"
    expected = case.get(kind, case.get("saved", case["grid"]))
    assert read(saved.read_bytes(), kind) == expected.rstrip("\n")
