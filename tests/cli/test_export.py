"""`ncriteria export`: a set as a DMN model, in a file or on the screen, and what it does not do."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

from click.testing import CliRunner

from ncriteria.cli import program

ROOT = Path(__file__).parents[2]
KEPT, GUIDANCE = "vn.ttg.qd18-2022.commune", "vn.bca.hd04-2024.commune"


def call(*arguments):
    return CliRunner().invoke(program, ["export", *map(str, arguments)], env={"COLUMNS": "100"})


def test_a_set_that_is_carried_whole_ends_with_status_0(tmp_path):
    path = tmp_path / "kept.dmn"
    found = call(KEPT, "--dmn", "-o", path, "--lang", "en")
    assert found.exit_code == 0
    assert found.stdout.split() == f"Written to {path} (3 inputs; 4 decisions)".split()
    assert ET.parse(path).getroot().get("name").startswith("Communes whose recognition is not to be revoked")


def test_without_a_file_the_model_is_printed_and_nothing_else():
    found = call(KEPT, "--dmn")
    assert found.stderr == ""
    assert ET.fromstring(found.stdout).tag.endswith("}definitions")


def test_what_is_not_carried_is_told_with_its_place_and_status_1(tmp_path):
    found = call(GUIDANCE, "--dmn", "-o", tmp_path / "g.dmn", "--lang", "vi")
    assert found.exit_code == 1
    told = " ".join(found.stdout.split())
    assert "Những điểm mô hình không làm đúng như bộ tiêu chí: 2" in told
    assert "9: 19.2/fire: chưa biết nội dung văn bản" in told
    assert (tmp_path / "g.dmn").is_file()


def test_what_is_not_carried_stands_beside_the_printed_model_on_standard_error():
    found = call(GUIDANCE, "--dmn", "--lang", "en")
    ET.fromstring(found.stdout)
    assert "19.2/fire" in found.stderr


def test_the_criteria_file_is_never_written_over(tmp_path):
    path = tmp_path / "set.yaml"
    path.write_bytes((ROOT / "criteria" / "qd18-2022.commune.yaml").read_bytes())
    before = path.read_bytes()
    found = call(path, "--dmn", "-o", path, "--force", "--lang", "en")
    assert (found.exit_code, path.read_bytes()) == (2, before)
    assert "NC353" in found.stderr


def test_a_file_that_is_there_is_written_over_with_force_only(tmp_path):
    path = tmp_path / "kept.dmn"
    path.write_text("mine", encoding="utf-8")
    assert call(KEPT, "--dmn", "-o", path).exit_code == 2
    assert path.read_text(encoding="utf-8") == "mine"
    assert call(KEPT, "--dmn", "-o", path, "--force").exit_code == 0


def test_a_format_must_be_named():
    found = call(KEPT, "--lang", "en")
    assert found.exit_code == 2
    assert "say as what: --dmn is what there is" in found.stderr


def test_json_says_what_was_written_and_what_is_not_in_it(tmp_path):
    path = tmp_path / "g.dmn"
    found = json.loads(call(GUIDANCE, "--dmn", "-o", path, "--json").stdout)
    assert (found["file"], found["criteria"], found["document"]) == (str(path), GUIDANCE, None)
    assert [one["name"] for one in found["not_carried"]] == ["19.2/direction", "19.2/fire"]
    assert found["not_carried"][1]["place"].startswith(str(ROOT / "criteria" / "hd04-2024.commune.yaml:"))
    printed = json.loads(call(KEPT, "--dmn", "--json").stdout)
    assert ET.fromstring(printed["document"]).tag.endswith("}definitions")
