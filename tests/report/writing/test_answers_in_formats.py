"""Every answer of a command in every format: written whole, or not at all."""

from __future__ import annotations

import pytest

from ncriteria.report.answers.edits import compared, impacted
from ncriteria.report.answers.judged import evaluated
from ncriteria.report.writing import formats
from ncriteria.report.writing.errors import OutputError
from ncriteria.report.writing.formats import FORMATS, write_answer
from tests.report.dossier.edits import STRICTER, dossier
from tests.report.page.judged import attested
from tests.report.page.watched_tables import rooms, watched

for package in ("docx", "jinja2", "pyarrow", "xlsxwriter"):
    pytest.importorskip(package)
BEGINNINGS = {
    ".csv": b"\xef\xbb\xbf",
    ".xlsx": b"PK\x03\x04",
    ".json": b'{\n  "ncriteria": ',
    ".jsonl": b'{"ncriteria":',
    ".parquet": b"PAR1",
    ".html": b"<!DOCTYPE html>",
    ".docx": b"PK\x03\x04",
}


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """An answer of each command."""
    facts = tmp_path_factory.mktemp("answers") / "facts.csv"
    facts.write_text("unit,name,level,year,fires,floods\na,A,commune,2024,2,0\n", encoding="utf-8")
    found = dossier(STRICTER, facts)
    return {
        "evaluate": evaluated(attested(), (), (), "vi"),
        "room": rooms("vi"),
        "watch": watched("vi"),
        "impact": impacted(found.impact, "vi"),
        "compare": compared(found.comparison, "vi"),
    }


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("command", ["evaluate", "room", "watch", "impact", "compare"])
def test_each_answer_is_written_in_each_format(answers, tmp_path, command, suffix):
    target = tmp_path / f"a{suffix}"
    assert write_answer(answers[command], target)
    assert target.read_bytes().startswith(BEGINNINGS[suffix])


@pytest.mark.parametrize("suffix", FORMATS)
def test_what_fails_leaves_what_was_there(answers, tmp_path, monkeypatch, suffix):
    def broken(answer, file):
        write(answer, file)
        raise OSError(28, "No space left on device")

    write = FORMATS[suffix].write
    monkeypatch.setitem(formats.FORMATS, suffix, formats.OutputFormat(broken))
    target = tmp_path / f"a{suffix}"
    target.write_bytes(b"mine")
    with pytest.raises(OutputError, match="NC355"):
        write_answer(answers["compare"], target)
    assert target.read_bytes() == b"mine"
    assert [one.name for one in tmp_path.iterdir()] == [target.name]
