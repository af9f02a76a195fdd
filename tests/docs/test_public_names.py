from __future__ import annotations

import re
from pathlib import Path

import ncriteria as nc

PAGE = Path(__file__).parents[2] / "docs" / "python.md"


def test_the_page_names_every_public_name_and_no_other() -> None:
    named = set(re.findall(r"^\| (`.*?`) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    found = {name for cell in named for name in re.findall(r"`(\w+)`", cell)}
    assert found | {"NCriteriaError", "Problem", "TextPlace", "CellPlace"} == set(nc.__all__)
