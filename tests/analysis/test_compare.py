"""Comparing sets: order and layout are no difference, and every difference is found both ways."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ncriteria.analysis.comparison.compare import compare
from ncriteria.analysis.comparison.differences import ChangeKind, Subject
from ncriteria.sets.files.files import shipped_folder
from ncriteria.sets.loader import load_set, loads_set
from ncriteria.sets.model import CriteriaSet
from tests.case_files import LOADER

SHIPPED = sorted(shipped_folder().glob("*.yaml"))
ORDERED = ("values",)


def _shuffle(node: yaml.Node, random: Random, key: str = "") -> None:
    """Put the mappings, clauses, options, headings and citations of a document in another order and layout."""
    if isinstance(node, yaml.CollectionNode):
        node.flow_style = random.random() < 0.3
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            _shuffle(value, random, name.value)
        random.shuffle(node.value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _shuffle(item, random)
        if key not in ORDERED:
            random.shuffle(node.value)


def _moved(path: Path, random: Random) -> CriteriaSet:
    document = yaml.compose(path.read_bytes(), Loader=LOADER)
    _shuffle(document, random)
    width, indent = random.choice([40, 80, 1000]), random.choice([2, 4])
    return loads_set(yaml.serialize(document, Dumper=yaml.SafeDumper, allow_unicode=True, width=width, indent=indent))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
@given(seed=st.integers(0, 2**32))
@settings(max_examples=max(2, settings().max_examples // 25))
def test_a_file_in_another_order_and_layout_shows_nothing(path: Path, seed: int) -> None:
    assert compare(load_set(path), _moved(path, Random(seed))).same


def test_what_one_way_adds_the_other_way_removes() -> None:
    old, new = (load_set(shipped_folder() / f"{name}.commune.yaml") for name in ("hd06-2022", "hd04-2024"))
    there, back = _names(old, new), _names(new, old)
    assert there[ChangeKind.ADDED] == back[ChangeKind.REMOVED]
    assert there[ChangeKind.REMOVED] == back[ChangeKind.ADDED]
    assert there[ChangeKind.CHANGED] == back[ChangeKind.CHANGED]


def _names(old: CriteriaSet, new: CriteriaSet) -> dict[ChangeKind, set[str]]:
    found = compare(old, new)
    differences = [*found.differences, *(compared.difference for compared in found.clauses)]
    parts = [one for one in differences if one.subject is not Subject.HEADER]
    return {change: {one.name for one in parts if one.change is change} for change in ChangeKind}


def test_a_set_written_out_is_the_same_as_one_that_extends_another(tmp_path: Path) -> None:
    base = (shipped_folder() / "hd06-2022.commune.yaml").read_text(encoding="utf-8")
    head = base[: base.index("\nparameters:")]
    overlay = """
extends: hd06-2022.commune.yaml
changes:
  - set: crime_reduction
    value: 10%
    cite: [{instrument: "Draft"}]
"""
    written = base.replace("value: 5%", "value: 10%")
    start, end = (
        written.index("    cite:\n", written.index("value: 10%")),
        written.index("    note:", written.index("value: 10%")),
    )
    written = written[:start] + '    cite: [{instrument: "Draft"}]\n' + written[end:]
    assert compare(loads_set(head + overlay), loads_set(written)).same


def test_sets_of_different_levels_are_compared_without_relations() -> None:
    commune, hamlet = (load_set(shipped_folder() / f"tt124-2021.{level}.yaml") for level in ("commune", "hamlet"))
    found = compare(hamlet, commune)
    assert found.whole == ()
    assert all(compared.relations == () for compared in found.clauses)


def test_days_of_force_awaited_documents_and_copies_of_sources_are_compared() -> None:
    text = (shipped_folder() / "qd51-2025.commune.yaml").read_text(encoding="utf-8")
    edited = text.replace("to: 2030-12-31", "to: 2029-12-30").replace(
        'phụ lục I, tiêu chí 10"', 'phụ lục I", sha256: ' + "0" * 64
    )
    edited = edited.replace("    in_force: 2026-02-15\n", "    in_force: 2026-02-15\n    retrieved: 2026-01-05\n")
    edited = edited.replace('from: {vi: "Bộ Công an", en: "Ministry of Public Security"}', "from: Chính phủ")
    compared = compare(loads_set(text), loads_set(edited))
    found = (*compared.differences, *(one.difference for one in compared.clauses))
    aspects = {(one.name, aspect.key): (aspect.old, aspect.new) for one in found for aspect in one.aspects}
    name, path = "vn.ttg.qd51-2025.commune", "10/security"
    assert aspects.keys() == {
        (name, "years"),
        (name, "in_force.days"),
        (name, "instrument.retrieved"),
        (path, "cite"),
        (path, "awaits.from"),
    }
    assert aspects[name, "in_force.days"] == (
        "2026-02-15 to 2030-12-31, years_that_end",
        "2026-02-15 to 2029-12-30, years_that_end",
    )
