"""Files of an older format are brought to the one that is read, step by step; those of these tests are invented."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from ncriteria.cli import program
from ncriteria.editor.edits import TextEdit
from ncriteria.editor.formatting import upgrading
from ncriteria.editor.formatting.upgrading import FormatStep, upgraded
from ncriteria.errors import NCriteriaError
from ncriteria.sets.keys.tables import FORMAT
from ncriteria.sets.loader import loads_set
from tests.sets.writing import file_text

NOW = file_text({})
FIRST = NOW.replace(FORMAT, "invented/1").replace("clauses:", "criteria:  # what must hold").replace("level:", "tier:")
SECOND = NOW.replace(FORMAT, "invented/2").replace("clauses:", "clauses:  # what must hold").replace("level:", "tier:")


def renamed(old, new, *, within=None):
    """A step's edits: a key of the file, or of what stands under another, is called otherwise."""

    def edits(_, root):
        tables = [root] if within is None else [one.value for one in root.entries if one.key.text == within]
        keys = (entry.key for table in tables for entry in table.entries)
        return [TextEdit(key.start, key.end, new) for key in keys if key.text == old]

    return edits


STEPS = (
    FormatStep("invented/2", FORMAT, renamed("tier", "level", within="set")),
    FormatStep("invented/1", "invented/2", renamed("criteria", "clauses")),
)


@pytest.mark.parametrize("text", [FIRST, SECOND])
def test_a_file_goes_through_every_step_to_the_format_that_is_read_and_keeps_its_comments(text):
    after = upgraded(text, steps=STEPS)
    assert after == NOW.replace("clauses:", "clauses:  # what must hold")
    assert loads_set(after) == loads_set(after.replace("  # what must hold", ""))
    assert upgraded(after, steps=STEPS) == after


@pytest.mark.parametrize(
    ("text", "steps", "problem"),
    [
        (FIRST, (), f"line 1, column 9: NC109 nothing leads from the format `invented/1` to `{FORMAT}`"),
        (FIRST, STEPS[1:], f"line 1, column 9: NC109 nothing leads from the format `invented/2` to `{FORMAT}`"),
        ("set: {}\n", STEPS, "line 1, column 1: NC107 `format` is missing"),
        ("format: [\n", STEPS, "NC103"),
        (
            FIRST,
            (FormatStep("invented/1", FORMAT, lambda document, _: [TextEdit(30, len(document.text), "")]),),
            f"line 1, column 9: NC195 the file cannot be brought to `{FORMAT}` without losing a comment",
        ),
        (SECOND, (FormatStep("invented/2", FORMAT, renamed("x", "y")),), "NC106 `set` has no key `tier`"),
    ],
)
def test_a_file_that_cannot_be_brought_there_is_told_and_left(text, steps, problem):
    with pytest.raises(NCriteriaError) as error:
        upgraded(text, steps=steps)
    assert problem in str(error.value)


def test_the_command_upgrades_and_lays_out(tmp_path, monkeypatch):
    monkeypatch.setattr(upgrading, "STEPS", STEPS)
    file = tmp_path / "old.yaml"
    file.write_text(FIRST, encoding="utf-8")
    told = CliRunner().invoke(program, ["fmt", str(file), "--upgrade", "--lang", "en"])
    assert (told.exit_code, told.stdout) == (0, f"{file} is laid out\n1 file looked at: 1 differs\n")
    assert loads_set(file.read_text("utf-8")) == loads_set(NOW)
    monkeypatch.undo()
    assert CliRunner().invoke(program, ["fmt", str(file), "--upgrade", "--check", "--lang", "en"]).exit_code == 0


def test_the_command_refuses_a_format_that_nothing_leads_from(tmp_path):
    file = tmp_path / "new.yaml"
    file.write_text(NOW.replace(FORMAT, "ncriteria/2"), encoding="utf-8")
    told = CliRunner().invoke(program, ["fmt", str(file), "--upgrade", "--lang", "en"])
    assert told.exit_code == 2
    assert f"NC109 nothing leads from the format `ncriteria/2` to `{FORMAT}`" in told.stderr
    assert "ncriteria/2" in file.read_text("utf-8")
