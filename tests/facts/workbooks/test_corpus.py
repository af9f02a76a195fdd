"""Workbooks as offices and their programs make them are read as they are shown, whatever program saved them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from ncriteria.facts.formats.workbook import WorkbookKind, read_workbook
from ncriteria.facts.table import FactsError
from tests.case_files import cases
from tests.facts.workbooks.corpus import MADE
from tests.facts.workbooks.made import shown

KINDS: tuple[WorkbookKind, ...] = ("xlsx", "ods", "xls")
CASES = cases(__file__, "corpus")


def read(content: bytes, kind: WorkbookKind) -> str:
    try:
        return shown(read_workbook(content, kind, f"a.{kind}"))
    except FactsError as error:
        return str(error)


@pytest.mark.parametrize("case", CASES)
def test_a_workbook_is_read_as_it_is_shown(case: Any) -> None:
    kind: WorkbookKind = "xls" if case["id"].endswith(".xls") else "xlsx"
    assert read(MADE[case["id"]](), kind) == case["grid"].rstrip("\n")


def test_every_workbook_has_its_reading() -> None:
    assert [case.values[0]["id"] for case in CASES] == list(MADE)


def saved_again(folder: Path, names: Iterable[str], kinds: Iterable[WorkbookKind]) -> Path:
    """The folder, with each of the workbooks as LibreOffice saves it as each of the kinds."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    sources = []
    for name in names:
        sources.append(folder / f"{_number(name)}{'.xls' if name.endswith('.xls') else '.xlsx'}")
        sources[-1].write_bytes(MADE[name]())
    settings = f"-env:UserInstallation={(folder / 'settings').as_uri()}"
    for kind in kinds:
        command = [office, settings, "--headless", "--convert-to", kind, "--outdir", str(folder / kind), *sources]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder


def _number(name: str) -> int:
    return list(MADE).index(name)


def check_saved(case: Any, kind: WorkbookKind, folder: Path) -> None:
    saved = folder / kind / f"{_number(case['id'])}.{kind}"
    expected = case.get(kind, case.get("saved", case["grid"]))
    assert read(saved.read_bytes(), kind) == expected.rstrip("\n")


FEW = (
    "a form with titles and a signature",
    "headings in two rows with merged cells",
    "days and times",
    "percents of all kinds",
    "a table of an old program.xls",
)
"""Workbooks that LibreOffice saves as one kind in every run of the tests; the long runs try all of both."""


@pytest.fixture(scope="module")
def a_few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved_again(tmp_path_factory.mktemp("workbooks"), FEW, ["ods"])


@pytest.fixture(scope="module")
def all_of_every_kind(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved_again(tmp_path_factory.mktemp("workbooks"), MADE, KINDS)


@pytest.mark.parametrize("case", [case for case in CASES if case.id in FEW])
def test_what_libreoffice_saves_is_read_the_same(case: Any, a_few: Path) -> None:
    check_saved(case, "ods", a_few)


@pytest.mark.soak
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("case", CASES)
def test_all_that_libreoffice_saves_is_read_the_same(case: Any, kind: WorkbookKind, all_of_every_kind: Path) -> None:
    check_saved(case, kind, all_of_every_kind)
