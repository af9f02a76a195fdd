"""docs/command-line.md has every command, with every option."""

from __future__ import annotations

import re

import click
import pytest

from ncriteria.cli import _COMMANDS, _Commands
from tests.docs.pages import read_page


@pytest.mark.parametrize("name", _COMMANDS)
def test_a_command_has_a_section_that_names_its_options(name: str) -> None:
    text = read_page("docs/command-line.md").text
    section = re.search(rf"^## `ncriteria {name}`$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert section is not None, f"there is no section `ncriteria {name}`"
    command = _Commands("ncriteria").get_command(click.Context(click.Command("ncriteria")), name)
    assert command is not None
    for parameter in command.params:
        for option in parameter.opts:
            if option.startswith("--") and option != "--help":
                assert option in section[1], f"the section does not name {option}"
