"""`try` at a terminal: completion, history, what Ctrl-C and Ctrl-D do, and the test that is pasted in the end."""

from __future__ import annotations

import builtins
import os
import re
import select
import subprocess
import sys
import time
import unicodedata

import pytest

from ncriteria.cli.console.typing import typed_lines
from ncriteria.evaluation.self_tests import run_tests
from ncriteria.sets.files.filled import with_tests
from ncriteria.sets.loader import loads_set
from tests.sets.writing import file_text

pty = pytest.importorskip("pty", reason="pseudo-terminals are not to be had here")
readline = pytest.importorskip("readline", reason="this Python has no readline")

_SET = file_text(
    {
        "facts": "facts:\n  số_vụ: {title: {vi: Số vụ, en: Cases}, type: count}",
        "clauses": """\
clauses:
  giảm:
    title: {vi: Giảm, en: Fewer}
    rule: số_vụ < prev_year
    encodes: exact
    cite: [{instrument: 01/EXAMPLE}]""",
        "tests": "tests:\n  - {id: ít, given: {số_vụ: 1, prev_year: {số_vụ: 2}}, expect: {giảm: met}}",
    }
)
_CONTROLS = re.compile(r"\x1b\[[?0-9;]*[A-Za-z]|[\r\a]")
_TAKEN_BACK = re.compile("[^\x08]\x08")
_SECONDS = 20.0


def _seen(raw):
    """What is seen of what a program wrote: letters that others were written over are gone."""
    shown = _CONTROLS.sub("", raw.decode("utf-8", "ignore"))
    while shown != (without := _TAKEN_BACK.sub("", shown, count=1)):
        shown = without
    return shown


class _Terminal:
    """A program at a terminal of 80 columns, and what it has shown that nobody asked for yet."""

    def __init__(self, *call, folder):
        self._own, others = pty.openpty()
        environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80", "INPUTRC": os.devnull, "LC_ALL": "C.UTF-8"}
        ends = {"stdin": others, "stdout": others, "stderr": others}
        self.program = subprocess.Popen(call, cwd=folder, env=environment, start_new_session=True, **ends)
        os.close(others)
        self._raw = b""

    def until(self, awaited):
        """What is shown up to some text, from where the last call ended."""
        end = time.monotonic() + _SECONDS
        while awaited not in (shown := _seen(self._raw)):
            is_told, _, _ = select.select([self._own], [], [], max(0.0, end - time.monotonic()))
            assert is_told, f"{awaited!r} is not in {shown!r}"
            self._raw += os.read(self._own, 4096)
        before, _, after = shown.partition(awaited)
        self._raw = after.encode()
        return before + awaited

    def type(self, keys, awaited):
        """Press some keys; what is shown up to some text."""
        os.write(self._own, keys.encode())
        return self.until(awaited)

    def close(self):
        os.close(self._own)
        self.program.kill()
        self.program.wait()


@pytest.fixture
def terminal(tmp_path):
    (tmp_path / "set.yaml").write_text(_SET, encoding="utf-8")
    # The first terminal that the leader of a session opens is that whose keys interrupt it.
    begin = "import os, signal; os.open(os.ttyname(0), os.O_RDWR)\n"
    begin += "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # which a run in the background has not
    begin += "from ncriteria.cli import program; program(['try', 'set.yaml', '--lang', 'en'])"
    found = _Terminal(sys.executable, "-c", begin, folder=tmp_path)
    yield found
    found.close()


def test_a_set_is_tried_at_a_terminal_and_ends_in_a_test_that_passes_when_it_is_pasted(terminal):
    terminal.until("> ")
    terminal.type("so\t", "số_vụ ")
    assert "Undetermined" in terminal.type("= 1\n", "Whole set: Undetermined; 1 fact is missing\n> ")
    assert terminal.type("số_vụ 3", "số_vụ 3")
    time.sleep(0.3)  # Python notices an interruption only while it waits for a key
    assert terminal.type("\x03", "> ")  # Ctrl-C drops the line
    told = terminal.type("số_vụ = x\n", "\n> ")
    assert '\n          ^\nNC108 expected a whole number of zero or more, found "x"\n' in told
    decomposed = unicodedata.normalize("NFD", "prev_year.số_vụ = 3")
    assert "Met" in terminal.type(f"{decomposed}\n", "Whole set: Met\n> ")
    assert "giảm" in terminal.type("why \t", "why giảm ")
    assert "the year before 3" in terminal.type("\n", "\n> ")
    assert terminal.type("\x1b[A", "why giảm ")  # the line before, from the history
    assert terminal.type("\x15test ít\n", "the set has a test `ít` already\n> ")
    assert terminal.type("undo\nundo\n", "1 fact is missing\n> ")
    terminal.type("\x1b[200~số_vụ = 1\nprev_year.số_vụ = 2\x1b[201~\n", "Whole set: Met\n> ")  # lines that are pasted
    ended = terminal.type("\x04", "expect: {giảm: met}\n")
    assert terminal.program.wait(_SECONDS) == 0
    pasted = ended[ended.index("  - id:") :].splitlines()
    assert pasted == ["  - id: tried-1", "    given: {số_vụ: 1, prev_year: {số_vụ: 2}}", "    expect: {giảm: met}"]
    assert [one.failures for one in run_tests(loads_set(with_tests(_SET, pasted)))] == [(), ()]


def test_without_readline_lines_are_typed_all_the_same(monkeypatch):
    typed = iter(["one", KeyboardInterrupt(), "", "two\nthree", EOFError()])

    def line(_):
        found = next(typed)
        if isinstance(found, str):
            return found
        raise found

    monkeypatch.setitem(sys.modules, "readline", None)
    monkeypatch.setattr(builtins, "input", line)
    assert list(typed_lines("> ", lambda before, begun: [], " ")) == ["one", "", "two", "three"]
