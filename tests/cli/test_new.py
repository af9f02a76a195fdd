"""`new`: begin a criteria file."""

from __future__ import annotations

import json

import pytest

from ncriteria.report.documents import schema_text
from ncriteria.sets.loader import load_set
from tests.cli.conftest import CRITERIA

BEGUN = (
    ("from the template", ()),
    ("from a set", ("--from", "vn.bca.hd04-2024.commune")),
    ("from a set of a territory", ("--from", "vn.long-an.qd32-2024.commune")),
    ("from a set with cases of some years", ("--from", "vn.bca.hd07-2016.commune")),
    ("as an overlay", ("--overlay-of", "vn.bca.hd04-2024.commune", "--territory", "tay-ninh")),
    ("as an overlay of a file", ("--overlay-of", str(CRITERIA / "tan-hung.district.yaml"))),
)
pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.parametrize("options", [options for _, options in BEGUN], ids=[name for name, _ in BEGUN])
def test_what_is_begun_has_no_errors_passes_its_tests_and_says_what_to_fill_in(run, tmp_path, options):
    file = tmp_path / "begun.yaml"
    begun = run("new", file, *options, "--id", "vn.example.begun", "--year", "2027")
    assert begun.exit_code == 0
    assert begun.stdout.splitlines()[:2] == [
        f"{file} is written",
        "editors check it by ncriteria-1.schema.json, which lies beside it",
    ]
    assert file.read_text("utf-8").startswith("# yaml-language-server: $schema=ncriteria-1.schema.json\n# ")
    assert file.with_name("ncriteria-1.schema.json").read_text("utf-8") == schema_text("set")
    assert run("fmt", file, "--check").exit_code == 0
    checked = run("check", file, "--json")
    assert checked.exit_code == 0
    warned = json.loads(checked.stdout)["warnings"]
    assert warned
    assert {one["code"] for one in warned} <= {"NC454", "NC135"}
    assert run("test", file).exit_code == 0
    criteria = load_set(file)
    assert (criteria.id, criteria.years.first) == ("vn.example.begun", 2027)


def test_a_set_that_is_begun_from_another_follows_it_and_cites_nothing_of_it(run, tmp_path):
    file = tmp_path / "next.yaml"
    run("new", file, "--from", "vn.bca.hd04-2024.commune", "--year", "2026")
    old, new = load_set(CRITERIA / "hd04-2024.commune.yaml"), load_set(file)
    assert (new.supersedes, new.standard, new.level) == (old.id, old.standard, old.level)
    assert [member.path for member in new.members()] == [member.path for member in old.members()]
    assert old.instrument.number not in {one.instrument for member in new.members() for one in member.cite}


def test_what_is_to_be_filled_in_is_told_where_it_stands(run, tmp_path):
    file = tmp_path / "a b.yaml"
    begun = json.loads(run("new", file, "--year", "2026", "--json").stdout)
    assert begun["criteria"] == "a-b"
    assert [one["message"] for one in begun["warnings"]] == [
        "to be filled in of the set: `standard`, `title`, `instrument.number`, `instrument.issuer`",
        "to be filled in of `cases`: `title`",
        'to be filled in of "1": `title`',
        'to be filled in of "1/a": `title`, `cite`',
        'to be filled in of "1/b": `title`, `cite`',
    ]
    assert [one["place"].split(":")[-2] for one in begun["warnings"]] == ["6", "14", "18", "21", "27"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--from", "vn.bca.hd04-2024.commune", "--overlay-of", "vn.bca.hd04-2024.commune"), "not both"),
        (("--id", "a b"), "`a b` is no identifier"),
        (("--overlay-of", "elsewhere.yaml"), "can extend a shipped set, or a file beside it or in a folder inside"),
        (("--from", "vn.bca.hd04-2024.comune"), "did you mean"),
        (("--from", "flow.yaml"), "NC455 `set` of that file is not written with a key in each line"),
    ],
)
def test_what_cannot_be_begun_is_refused_and_nothing_is_written(run, tmp_path, monkeypatch, options, told):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "inside").mkdir()
    text = (CRITERIA / "tan-hung.district.yaml").read_text(encoding="utf-8")
    (tmp_path / "elsewhere.yaml").write_text(text, encoding="utf-8")
    head, clauses = text[: text.index("\nset:")], text[text.index("\nparameters:") :]
    act = '{number: "1", issuer: A}'
    flow = f"set: {{id: a, standard: a, title: A, instrument: {act}, years: {{from: 2021}}, level: district}}\n"
    (tmp_path / "flow.yaml").write_text(f"{head}\n{flow}{clauses}", encoding="utf-8")
    refused = run("new", "inside/new.yaml", *options)
    assert refused.exit_code == 2
    assert told in refused.stderr
    assert not (tmp_path / "inside/new.yaml").exists()
    (tmp_path / "inside/new.yaml").write_text("kept", encoding="utf-8")
    assert "is there already" in run("new", "inside/new.yaml").stderr
