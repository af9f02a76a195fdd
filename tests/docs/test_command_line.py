"""The pages show every command, with every option."""

from __future__ import annotations

import click
import pytest

from ncriteria.cli import _COMMANDS, _Commands
from tests.docs.pages import Block, page_names, read_page


@pytest.mark.parametrize("name", _COMMANDS)
def test_a_command_is_run_on_a_page_that_names_its_options(name: str) -> None:
    pages = [read_page(page) for page in page_names()]
    showing = [page.text for page in pages if _runs(page.blocks, name)]
    assert showing, f"no console block runs `ncriteria {name}`"
    command = _Commands("ncriteria").get_command(click.Context(click.Command("ncriteria")), name)
    assert command is not None
    for parameter in command.params:
        for option in parameter.opts:
            if option.startswith("--") and option != "--help":
                assert any(option in text for text in showing), f"no page that runs `{name}` names {option}"


def _runs(blocks: tuple[Block, ...], name: str) -> bool:
    return any(block.kind == "console" and f"$ ncriteria {name}" in block.text for block in blocks)
