"""Lines that are typed at a prompt: edited, recalled and completed where Python has readline."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import click

Offers = Callable[[str, str], list[str]]
"""What may stand behind what is typed, and begins as the second text does."""

_KEYS: Final = ("tab: complete", "set show-all-if-ambiguous on", "set completion-query-items 500")
_KEYS_OF_LIBEDIT: Final = ("bind ^I rl_complete",)


def typed_lines(prompt: str, offers: Offers, breaks: str) -> Iterator[str]:
    """The lines that are typed, until the end of the input (Ctrl-D); what is interrupted (Ctrl-C) is dropped.

    The words that TAB completes stand between `breaks`. Where there is no readline, lines are read all the same.
    """
    _complete_by(offers, breaks)
    while True:
        try:
            typed = input(prompt)
        except KeyboardInterrupt:
            click.echo()
            continue
        except EOFError:
            click.echo()
            return
        yield from typed.splitlines() or ("",)  # lines that are pasted come as one text


def _complete_by(offers: Offers, breaks: str) -> None:
    """Let TAB complete; `input` has its history and editing from the same module."""
    try:
        import readline
    except ImportError:
        return

    found: list[str] = []

    def complete(begun: str, number: int) -> str | None:
        if number == 0:
            found[:] = offers(readline.get_line_buffer()[: readline.get_begidx()], begun)
            if len(found) == 1 and not found[0].endswith("("):
                found[0] += " "
        return found[number] if number < len(found) else None

    readline.set_completer(complete)
    readline.set_completer_delims(breaks)
    for line in _KEYS_OF_LIBEDIT if "libedit" in (readline.__doc__ or "") else _KEYS:
        readline.parse_and_bind(line)
