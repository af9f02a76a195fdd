"""Shells complete the names of commands, options, standards and shipped sets."""

from __future__ import annotations

import pytest
from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete

from ncriteria.cli import program


@pytest.mark.parametrize("shell", [BashComplete, ZshComplete, FishComplete])
@pytest.mark.parametrize(
    ("call", "begun", "found"),
    [
        ([], "eval", ["evaluate"]),
        (["evaluate"], "--stand", ["--standard"]),
        (["evaluate", "--standard"], "ntm", ["ntm-19.2"]),
        (["room", "--criteria"], "vn.bca.hd", ["vn.bca.hd04-2024.commune", "vn.bca.hd06-2022.commune"]),
        (["evaluate", "--lang"], "", ["vi", "en"]),
    ],
)
def test_what_is_begun_is_completed(shell: type[ShellComplete], call: list[str], begun: str, found: list[str]) -> None:
    complete = shell(program, {}, "ncriteria", "_NCRITERIA_COMPLETE")
    assert sorted(one.value for one in complete.get_completions(call, begun)) == sorted(found)
    assert "_NCRITERIA_COMPLETE" in complete.source()
